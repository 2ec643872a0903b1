// The facts of a module that need neither code nor debug info: exports, imports, attributes, documentation.

import type { Attribute } from '../../beam/chunks/attributes.js';
import { visitEntries } from '../../beam/chunks/entries.js';
import { visitImports } from '../../beam/chunks/imports.js';
import { decodePairs } from '../../beam/chunks/pairs.js';
import type { BeamModule } from '../../beam/module.js';
import { releaseOfCompiler } from '../../beam/release.js';
import { properList, type Term, textOf } from '../../term/model.js';
import type { FunctionName, ModuleFacts, ModuleNotes } from '../module-facts.js';
import type { LibraryFacts } from '../program/program.js';
import { ATTRIBUTES, attributeFacts } from './attribute-facts.js';
import { callbackFacts } from './callback-facts.js';
import { builtinTest, type FactContext, releaseFor } from './context.js';
import { docFacts } from './doc-facts.js';
import { elixirDeprecations } from './elixir-deprecated.js';

/** Reads what the tables of a module say, as facts without functions and calls; throws ParseError. */
export function readTableFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const exports = readExports(module);
  const isBehaviour = exports.some(({ name, arity }) => isBehaviourInfo(name, arity));
  const notes = readNotes(module, context, 'tables', isBehaviour);
  return { ...notes, functions: [], exports, targets: [], calls: [], imports: readImports(module, context, notes.otp) };
}

/** Tells whether a module that exports such a function is a behaviour. */
export function isBehaviourInfo(name: string, arity: number): boolean {
  return arity === 1 && name === 'behaviour_info';
}

/** Reads what is kept of a module whose functions and calls come from that source; throws ParseError. */
export function readNotes(
  module: BeamModule,
  context: FactContext,
  source: ModuleNotes['source'],
  isBehaviour: boolean,
): ModuleNotes {
  const info = readPairs(module, 'CInf', COMPILE_INFO);
  const textOfKey = (wanted: string) => textOf(info.findLast(([key]) => key === wanted)?.[1]);
  const otp = context.otp ?? releaseOfCompiler(textOfKey('version') ?? '') ?? releaseFor(module, context);
  const docs = context.docs === true ? module.term('Docs') : undefined;
  const elixirDeprecated = context.elixirDeprecated === true ? elixirDeprecations(module) : [];
  const { app, file } = context;
  const notes = { module: module.name, app, file, source, otp, sourceFile: textOfKey('source') ?? null };
  // To spread what most modules don't have takes longer than to read what they have.
  return Object.assign(
    notes,
    attributeFacts(module.name, readAttributes(module)),
    // To go over the code for them takes longer than to read all tables.
    isBehaviour && context.callbacks !== false ? callbackFacts(module) : undefined,
    docs === undefined ? undefined : { docs: docFacts(docs) },
    elixirDeprecated.length === 0 ? undefined : { elixirDeprecated },
  );
}

/** Reads what a module on a library path exports, and what is said of it; throws ParseError. */
export function readLibraryFacts(module: BeamModule, context: FactContext): LibraryFacts {
  const { deprecated, unsafe } = attributeFacts(module.name, readAttributes(module));
  const docs = context.docs === true ? module.term('Docs') : undefined;
  return {
    module: module.name,
    exports: readExports(module),
    deprecated,
    ...(unsafe !== undefined && { unsafe }),
    ...(docs !== undefined && { docs: docFacts(docs) }),
  };
}

const NO_PAIRS: ReturnType<typeof decodePairs> = [];
const COMPILE_INFO: ReadonlySet<string> = new Set(['source', 'version']);

function readPairs(module: BeamModule, id: string, keys: ReadonlySet<string>): typeof NO_PAIRS {
  return module.chunk(id) === undefined ? NO_PAIRS : module.located(id, () => decodePairs(module.reader(id), keys));
}

/** Returns the attributes that facts are made of, the values of those that stand more than once joined. */
function readAttributes(module: BeamModule): readonly Attribute[] {
  const attributes: { readonly name: string; readonly values: Term[] }[] = [];
  for (const [name, value] of readPairs(module, 'Attr', ATTRIBUTES)) {
    const values = properList(value) ?? [value];
    const before = attributes.find((attribute) => attribute.name === name);
    if (before === undefined) attributes.push({ name, values: [...values] });
    else for (const each of values) before.values.push(each);
  }
  return attributes;
}

function readExports(module: BeamModule): readonly FunctionName[] {
  const exports: FunctionName[] = [];
  if (module.chunk('ExpT') === undefined) return exports;
  const { atoms } = module;
  module.located('ExpT', () =>
    visitEntries(module.reader('ExpT'), (name, arity) => exports.push({ name: atoms.name(name), arity })),
  );
  return exports;
}

/** Returns the import table, where it is wanted. */
export function readImports(module: BeamModule, context: FactContext, otp: number): ModuleFacts['imports'] {
  const imports: ModuleFacts['imports'][number][] = [];
  if (context.imports === false || module.chunk('ImpT') === undefined) return imports;
  const { atoms } = module;
  const isBuiltin = builtinTest(otp);
  module.located('ImpT', () =>
    visitImports(module.reader('ImpT'), (moduleIndex, nameIndex, arity) => {
      const [target, name] = [atoms.name(moduleIndex), atoms.name(nameIndex)];
      imports.push({ module: target, name, arity, builtin: isBuiltin(target, name, arity) });
    }),
  );
  return imports;
}
