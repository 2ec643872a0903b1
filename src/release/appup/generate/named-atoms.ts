// Which atoms a module has in its code and its literals: a module that it names, whatever for, is among them.

import type { BeamModule } from '../../../beam/module.js';
import type { Term } from '../../../term/model.js';

/** Tells whether a module has one of the atoms; throws ParseError. */
export function hasAtom(module: BeamModule, names: ReadonlySet<string>): boolean {
  return module.atoms.names().some((name) => names.has(name)) || literalsHave(module, names);
}

function literalsHave(module: BeamModule, names: ReadonlySet<string>): boolean {
  if (module.chunk('LitT') === undefined) return false;
  const waiting: Term[] = [...module.located('LitT', () => module.literals.terms())];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (typeof term !== 'object') continue;
    if (term.kind === 'atom' && names.has(term.name)) return true;
    if (term.kind === 'tuple' || term.kind === 'list') for (const item of term.items) waiting.push(item);
    if (term.kind === 'list') waiting.push(term.tail);
    if (term.kind === 'map') for (const [key, value] of term.pairs) waiting.push(key, value);
  }
  return false;
}
