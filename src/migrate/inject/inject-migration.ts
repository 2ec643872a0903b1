// Puts a migration into a compiled module: rows and functions at the end of its tables and code, its own callback under another name, the
// forms of all that into the debug info, and a mark among the attributes. What isn't edited stays byte for byte, and `removeMigration` gives
// the original file again; both are made sure of here.

import type { BeamModule } from '../../beam/module.js';
import { isSame } from '../../bytes/compare.js';
import { compileFunctions } from '../../compile/compile.js';
import type { CompileContext } from '../../compile/tables.js';
import { UsageError } from '../../errors.js';
import { encodeTerm } from '../../term/etf-encode.js';
import { type Term, textOf } from '../../term/model.js';
import type { MigrationForms } from '../model.js';
import { openBody } from './chunk-body.js';
import { type FoundCode, findFunctions } from './code-functions.js';
import { editContainer, refuseDuplicates } from './edit-container.js';
import { growTables } from './grow-tables.js';
import { inFile } from './in-file.js';
import { buildInjected } from './injection-chunks.js';
import { collectEdits, type Injection } from './injection-edits.js';
import { aboutTerm, readMarker } from './marker.js';
import { type OpenForms, openForms } from './open-forms.js';
import { type KnownContents, ORIGINAL_CHUNK, removeMigration } from './remove-migration.js';
import { validateInjection } from './validate-injection.js';

/** How to inject. */
export interface InjectOptions {
  /** The OTP release whose loader takes the file; by default the one that compiled the module. */
  readonly otp?: number;
  /**
   * Versions of compilers whose debug info was seen to be deflated to the very bytes that OTP's zlib gives, so that it needn't be tried for each
   * module: it takes longer than all the rest. Those that are seen to be are added.
   */
  readonly trusted?: Set<string>;
}

/**
 * Returns the module with the migration in it; the very module where it is in it already. What was injected before is taken out first. Throws
 * UsageError where the module has names of what is generated, or can't be edited; CompileError for forms that can't be compiled; ParseError
 * for a broken file, `encrypted` where the debug info needs a key.
 */
export function injectMigration(module: BeamModule, migration: MigrationForms, options: InjectOptions = {}): BeamModule {
  return inFile(module, () => {
    const about = aboutTerm(migration);
    const marker = readMarker(module);
    if (marker === undefined) return injectInto(module, migration, about, options);
    if (isSame(encodeTerm(marker.about), encodeTerm(about))) return module;
    return injectInto(removeMigration(module), migration, about, options);
  });
}

function injectInto(module: BeamModule, migration: MigrationForms, about: Term, options: InjectOptions): BeamModule {
  refuseDuplicates(module);
  const { callback, functions } = migration;
  const code = findFunctions(module);
  refuseNames(module, code, migration);
  const otp = options.otp ?? module.compiledBy.release;
  const user = code.functions.find(({ name, arity }) => name === callback.name && arity === callback.arity);
  const tables = growTables(module, code.labelCount);
  const context: CompileContext = {
    module: module.name,
    otp,
    tables,
    records: migration.records,
    existing: callable(module, migration, user?.entry),
    shadowed: new Set(code.functions.map(({ name, arity }) => `${name}/${arity}`)),
  };
  const compiled = compileFunctions(functions, context);
  const forms = openForms(module);
  const injection: Injection = { module, migration, code, user, tables, compiled, about, forms };
  const injected = buildInjected(injection, collectEdits(injection), otp);
  const added = compiled.map((one) => one.code);
  validateInjection(injected, code, added, otp);
  return restorable(injected, injection, options);
}

/** The names that migrations use, and those of the funs in their functions. */
const GENERATED = /^(-?beamtool@|(system_)?code_change@user$)/;

/** Generated names belong to us; where they are in a module that has no mark, somebody else put them there, or took the mark away. */
function refuseNames(module: BeamModule, { functions }: FoundCode, migration: MigrationForms): void {
  const { callback, renamed } = migration;
  const names = new Set(functions.map(({ name, arity }) => `${name}/${arity}`));
  const refuse = (name: string) => {
    throw new UsageError(`${module.file ?? module.name}: the module has a function ${name} already, and no mark of an injection`);
  };
  const generated = functions.find(({ name }) => GENERATED.test(name) || name === renamed?.to);
  if (generated !== undefined) refuse(`${generated.name}/${generated.arity}`);
  for (const { name, arity } of migration.functions) {
    const isCallback = name === callback.name && arity === callback.arity;
    if (names.has(`${name}/${arity}`) && !(isCallback && renamed !== undefined)) refuse(`${name}/${arity}`);
  }
}

/**
 * Returns the functions of the module that appended code may call: the exported ones, and the user's callback if it was one. Others are
 * compiled for the arguments that the compiler saw.
 */
function callable(
  module: BeamModule,
  { callback, renamed }: MigrationForms,
  entry: number | undefined,
): CompileContext['existing'] {
  const labels = new Map(module.exports.map(({ name, arity, label }) => [`${name}/${arity}`, label]));
  const own = `${callback.name}/${callback.arity}`;
  if (renamed !== undefined && entry !== undefined && labels.has(own)) labels.set(`${renamed.to}/${renamed.arity}`, entry);
  labels.delete(own);
  return (name, arity) => labels.get(`${name}/${arity}`);
}

/** Makes sure that the original can be had again, by keeping it whole where some of its bytes can't be made. */
function restorable(injected: BeamModule, { module, forms }: Injection, options: InjectOptions): BeamModule {
  const { trusted } = options;
  const compiler = textOf(module.compileInfoValue('version')) ?? '';
  const known = trusted?.has(compiler) === true ? deflatedContents(module, forms) : undefined;
  if (!givesBack(injected, known)) {
    return editContainer(injected, new Map([[ORIGINAL_CHUNK, { kind: 'set', data: module.bytes }]]));
  }
  if (forms !== undefined) trusted?.add(compiler);
  return injected;
}

/** The contents of the chunks that zlib is around. */
function deflatedContents(module: BeamModule, forms: OpenForms | undefined): KnownContents {
  const bodies = new Map<string, Uint8Array>();
  if (forms !== undefined) bodies.set(forms.id, forms.body.plain);
  if (module.chunk('LitT') !== undefined) bodies.set('LitT', openBody(module, 'LitT').plain);
  return new Map([...bodies].map(([id, plain]) => [id, { plain, data: module.reader(id).data }]));
}

function givesBack(injected: BeamModule, known: KnownContents | undefined): boolean {
  try {
    // It compares MD5s.
    removeMigration(injected, known);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
