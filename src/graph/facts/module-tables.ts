// The facts of a module that need neither code nor debug info: exports, imports, attributes, documentation.

import type { BeamModule } from '../../beam/module.js';
import type { ModuleFacts } from '../module-facts.js';
import { attributeFacts } from './attribute-facts.js';
import { builtinTest, type FactContext, releaseFor } from './context.js';
import { docFacts } from './doc-facts.js';

/** Reads what the tables of a module say, as facts without functions and calls; throws ParseError. */
export function readTableFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const isBuiltin = builtinTest(releaseFor(module, context));
  const docs = context.docs === true ? module.term('Docs') : undefined;
  return {
    module: module.name,
    app: context.app,
    file: context.file,
    source: 'tables',
    functions: [],
    exports: module.exports.map(({ name, arity }) => ({ name, arity })),
    calls: [],
    ...attributeFacts(module.name, module.attributes),
    ...(docs !== undefined && { docs: docFacts(docs) }),
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
