// Reads a module into a program: its code as columns, without an object for each function and call, where nothing but calls is asked for.

import type { BeamModule } from '../../beam/module.js';
import { readCodeColumns } from '../facts/code/read-code.js';
import type { FactContext } from '../facts/context.js';
import { type FactSource, type ReadFacts, readFacts, tryAbstract } from '../facts/read-facts.js';
import { addColumns } from './add-columns.js';
import { addModule, type ProgramBuilder } from './program-builder.js';

/** Whether a module was added: not where there is one of its name already; and why it was read otherwise than asked, as in {@link ReadFacts}. */
export interface AddedModule extends Omit<ReadFacts, 'facts'> {
  readonly added: boolean;
}

/** Reads a module that stands at `order` in the input, and adds it; throws ParseError as readFacts does. */
export function readModule(
  builder: ProgramBuilder,
  module: BeamModule,
  context: FactContext,
  source: FactSource,
  order: number,
): AddedModule {
  const asFacts = source === 'tables' || source === 'abstract' || context.references === true;
  if (asFacts || builder.options.mode === 'modules') {
    const { facts, ...read } = readFacts(module, context, source);
    return { ...read, added: addModule(builder, facts, order) };
  }
  const abstract = source === 'auto' ? tryAbstract(module, context) : undefined;
  if (abstract?.facts !== undefined) return { added: addModule(builder, abstract.facts, order) };
  const notes = readCodeColumns(module, context, builder.module);
  return {
    added: addColumns(builder, notes, builder.module, order),
    ...(abstract !== undefined && { fallback: abstract.reason }),
  };
}
