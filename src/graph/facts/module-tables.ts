// The facts of a module that need neither code nor debug info: exports, imports, attributes, documentation.

import type { Attribute } from '../../beam/chunks/attributes.js';
import { visitEntries } from '../../beam/chunks/entries.js';
import { visitImports } from '../../beam/chunks/imports.js';
import { decodePairs } from '../../beam/chunks/pairs.js';
import type { BeamModule } from '../../beam/module.js';
import { releaseOfCompiler } from '../../beam/release.js';
import { properList, type Term, textOf } from '../../term/model.js';
import type { FunctionName, ModuleFacts } from '../module-facts.js';
import type { LibraryFacts } from '../program/program.js';
import { ATTRIBUTES, attributeFacts } from './attribute-facts.js';
import { callbackFacts } from './callback-facts.js';
import { builtinTest, type FactContext, releaseFor } from './context.js';
import { docFacts } from './doc-facts.js';
import { elixirDeprecations } from './elixir-deprecated.js';

/** Reads what the tables of a module say, as facts without functions and calls; throws ParseError. */
export function readTableFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const info = new Map(readPairs(module, 'CInf', COMPILE_INFO));
  const otp = context.otp ?? releaseOfCompiler(textOf(info.get('version')) ?? '') ?? releaseFor(module, context);
  const exports = readExports(module);
  // To go over the code for it takes longer than to read all tables.
  const isBehaviour = context.callbacks !== false && exports.some(({ name, arity }) => name === 'behaviour_info' && arity === 1);
  const docs = context.docs === true ? module.term('Docs') : undefined;
  const elixirDeprecated = context.elixirDeprecated === true ? elixirDeprecations(module) : [];
  return {
    module: module.name,
    app: context.app,
    file: context.file,
    source: 'tables',
    otp,
    sourceFile: textOf(info.get('source')) ?? null,
    functions: [],
    exports,
    targets: [],
    calls: [],
    ...attributeFacts(module.name, readAttributes(module)),
    ...(isBehaviour && callbackFacts(module)),
    ...(docs !== undefined && { docs: docFacts(docs) }),
    ...(elixirDeprecated.length > 0 && { elixirDeprecated }),
    imports: context.imports === false ? [] : readImports(module, otp),
  };
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

function readImports(module: BeamModule, otp: number): ModuleFacts['imports'] {
  const imports: ModuleFacts['imports'][number][] = [];
  if (module.chunk('ImpT') === undefined) return imports;
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
