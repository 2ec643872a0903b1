// The facts of a module by the reader that fits: abstract code where there is some, the code elsewhere, and of a module without either its
// tables. What stood in the way of a better reader is said, so that a report can say how much it knows.

import type { BeamModule } from '../../beam/module.js';
import { ParseError } from '../../errors.js';
import type { ModuleFacts } from '../module-facts.js';
import { readAbstractFacts } from './abstract/read-abstract.js';
import { readCodeFacts } from './code/read-code.js';
import type { FactContext } from './context.js';
import { readTableFacts } from './module-tables.js';
import { tableReferences } from './references/read-references.js';

/**
 * Which reader: `abstract` alone, `code` alone, `auto` the former where there is abstract code and the latter elsewhere, `tables`
 * neither (what xref's modules mode reads).
 */
export type FactSource = 'abstract' | 'code' | 'auto' | 'tables';

/** The facts, and why a better reader couldn't make them. */
export interface ReadFacts {
  readonly facts: ModuleFacts;
  /** One phrase; undefined where the first choice of reader did it. */
  readonly fallback?: string;
}

/**
 * Reads the facts of a module; throws ParseError where the chosen reader can't. `auto` goes on to the code whatever is wrong with the debug
 * info, and throws only where the code or the tables are damaged as well.
 */
export function readFacts(module: BeamModule, context: FactContext, source: FactSource): ReadFacts {
  switch (source) {
    case 'tables':
      return { facts: withTableReferences(module, context) };
    case 'code':
      return { facts: readCodeFacts(module, context) };
    case 'abstract':
      return { facts: readAbstractFacts(module, context) };
    case 'auto':
      return readBest(module, context);
  }
}

function withTableReferences(module: BeamModule, context: FactContext): ModuleFacts {
  const callbacks = context.references === true && context.callbacks !== false;
  const facts = readTableFacts(module, { ...context, callbacks });
  return context.references === true ? { ...facts, references: tableReferences(module, facts) } : facts;
}

function readBest(module: BeamModule, context: FactContext): ReadFacts {
  const abstract = tryAbstract(module, context);
  return abstract.facts === undefined ? { facts: readCodeFacts(module, context), fallback: abstract.reason } : abstract;
}

/** Reads the facts of a module from its debug info, or says in one phrase why that can't be. */
export function tryAbstract(
  module: BeamModule,
  context: FactContext,
): { readonly facts: ModuleFacts } | { readonly facts?: undefined; readonly reason: string } {
  try {
    return { facts: readAbstractFacts(module, context) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { reason: error.reason };
  }
}
