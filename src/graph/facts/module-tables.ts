// The facts of a module that need neither code nor debug info: exports, imports, attributes, documentation.

import type { BeamModule } from '../../beam/module.js';
import { textOf } from '../../term/model.js';
import type { ModuleFacts } from '../module-facts.js';
import type { LibraryFacts } from '../program/program.js';
import { attributeFacts } from './attribute-facts.js';
import { callbackFacts } from './callback-facts.js';
import { builtinTest, type FactContext, releaseFor } from './context.js';
import { docFacts } from './doc-facts.js';
import { elixirDeprecations } from './elixir-deprecated.js';

/**
 * Reads what the tables of a module say, as facts without functions and calls, and the callbacks of a behaviour unless these aren't wanted,
 * for which its code has to be gone over; throws ParseError.
 */
export function readTableFacts(module: BeamModule, context: FactContext, withCallbacks = true): ModuleFacts {
  const isBuiltin = builtinTest(releaseFor(module, context));
  const docs = context.docs === true ? module.term('Docs') : undefined;
  const elixirDeprecated = context.elixirDeprecated === true ? elixirDeprecations(module) : [];
  return {
    module: module.name,
    app: context.app,
    file: context.file,
    source: 'tables',
    otp: releaseFor(module, context),
    sourceFile: textOf(module.compileInfoValue('source')) ?? null,
    functions: [],
    exports: module.exports.map(({ name, arity }) => ({ name, arity })),
    calls: [],
    ...attributeFacts(module.name, module.attributes),
    ...(withCallbacks && callbackFacts(module)),
    ...(docs !== undefined && { docs: docFacts(docs) }),
    ...(elixirDeprecated.length > 0 && { elixirDeprecated }),
    imports: module.located('ImpT', () =>
      module.imports.map(({ module: target, name, arity }) => ({
        module: target,
        name,
        arity,
        builtin: isBuiltin(target, name, arity),
      })),
    ),
  };
}

/** Reads what a module on a library path exports, and what is said of it; throws ParseError. */
export function readLibraryFacts(module: BeamModule, context: FactContext): LibraryFacts {
  const { deprecated, unsafe } = attributeFacts(module.name, module.attributes);
  const docs = context.docs === true ? module.term('Docs') : undefined;
  return {
    module: module.name,
    exports: module.exports.map(({ name, arity }) => ({ name, arity })),
    deprecated,
    ...(unsafe !== undefined && { unsafe }),
    ...(docs !== undefined && { docs: docFacts(docs) }),
  };
}
