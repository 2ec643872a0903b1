// Functions that data names: in a child specification, or as {M, F, A}.

import type { Confidence } from '../module-facts.js';
import { findName } from '../program/function-table.js';
import type { Program, ProgramReference } from '../program/program.js';

const CONFIDENCES: readonly Confidence[] = ['exact', 'literal', 'inferred'];

/** Returns by function the reference that names it: a child specification before others, then the surest, then the first. */
export function namedFunctions(program: Program): ReadonlyMap<number, ProgramReference> {
  const found = new Map<number, ProgramReference>();
  const rank = ({ kind, confidence }: ProgramReference) =>
    (kind === 'child_spec' ? 0 : CONFIDENCES.length) + CONFIDENCES.indexOf(confidence);
  for (const reference of program.references) {
    if (reference.kind !== 'mfa' && reference.kind !== 'child_spec') continue;
    for (const id of functionsNamed(program, reference)) {
      const known = found.get(id);
      if (known === undefined || rank(reference) < rank(known)) found.set(id, reference);
    }
  }
  return found;
}

/** A child specification that names a module alone means its child_spec/1; an unknown arity is any. */
function functionsNamed({ functions }: Program, reference: ProgramReference): readonly number[] {
  const isModule = reference.name === null;
  if (isModule && reference.kind === 'mfa') return [];
  const module = reference.toModule;
  const name = findName(functions.names, reference.name ?? 'child_spec');
  if (module < 0 || name < 0) return [];
  const arity = isModule ? 1 : reference.arity;
  const ids: number[] = [];
  for (let id = functions.firstOf[module] as number; id < (functions.firstOf[module + 1] as number); id++) {
    if (functions.nameOf[id] === name && (arity === null || arity < 0 || functions.arityOf[id] === arity)) ids.push(id);
  }
  return ids;
}
