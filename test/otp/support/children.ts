// What the real init/1 of supervisors returns, held against what was read of their code.

import type { Children, PartialChildSpec } from '../../../src/changes/children/model.js';
import type { PartialTerm } from '../../../src/changes/children/partial-term.js';
import { fieldValue } from '../../../src/changes/compare-children.js';
import { decodeTerm } from '../../../src/term/etf-decode.js';
import { encodeTerm } from '../../../src/term/etf-encode.js';
import { atom, isAtom, isTuple, list, properList, type Term } from '../../../src/term/model.js';
import { equalTerms } from '../../../src/term/order.js';
import { insidePath, type OtpRelease } from './erlang.js';
import { runOracle } from './oracle.js';

/** What the real init/1 returned: flags and specifications as maps. */
export type RealChildren =
  | { readonly kind: 'ok'; readonly flags: Term; readonly specs: readonly Term[] }
  | { readonly kind: 'ignore' | 'failed' };

/** Asks the real init/1 of modules, each with an argument. */
export function askInit(
  release: OtpRelease,
  questions: readonly (readonly [module: string, argument: Term])[],
  ebins: readonly string[],
): readonly RealChildren[] {
  const asked = questions.map(([module, argument]) => [module, encodeTerm(argument)]);
  const paths = ebins.map((path) => insidePath(release, path));
  return (properList(decodeTerm(runOracle(release, 'children_oracle', 'ask', [asked, paths]))) ?? []).map(realFrom);
}

/** Reads what the oracle answers for one module. */
export function realFrom(answer: Term): RealChildren {
  if (isAtom(answer)) return { kind: answer.name === 'ignore' ? 'ignore' : 'failed' };
  if (!isTuple(answer, 3)) return { kind: 'failed' };
  return { kind: 'ok', flags: answer.items[1] as Term, specs: properList(answer.items[2]) ?? [] };
}

/** Puts something in place of all that isn't known, so that a real function can be called with it. */
export function filled(value: PartialTerm): Term {
  if (typeof value !== 'object') return value;
  switch (value.kind) {
    case 'unknown':
    case 'splice':
    case 'closure':
      return atom('undefined');
    case 'tuple':
      return { kind: 'tuple', items: value.items.map(filled) };
    case 'list':
      return list(value.items.map(filled), filled(value.tail));
    case 'map':
      return { kind: 'map', pairs: value.pairs.map(([key, item]) => [key, filled(item)] as const) };
    default:
      return value;
  }
}

/** Says what of the real children isn't what was read; empty where all is as it was read, as far as that is known. */
export function differences(read: Children, real: RealChildren): readonly string[] {
  // What may be ignored as well as not is read as if it never were.
  if (read.kind === 'unknown' || real.kind !== 'ok') return [];
  if (read.kind === 'ignore') return ['not ignored'];
  const names = { strategy: 'strategy', intensity: 'intensity', period: 'period', auto_shutdown: 'autoShutdown' } as const;
  const flags = Object.entries(names).filter(([name, key]) => {
    const flag = read.flags[key];
    return !matches(typeof flag === 'string' ? atom(flag) : flag, fieldOf(real.flags, name));
  });
  return [...flags.map(([name]) => `flag ${name}`), ...childDifferences(read.children, real.specs)];
}

function fieldOf(map: Term, name: string): Term | undefined {
  if (typeof map !== 'object' || map.kind !== 'map') return undefined;
  return map.pairs.find(([key]) => isAtom(key, name))?.[1];
}

/** The real ones come in the order of those that were read, unless some of these aren't always there. */
function childDifferences(read: readonly PartialChildSpec[], real: readonly Term[]): readonly string[] {
  const isOrdered = read.every(({ condition }) => condition === null);
  const left = [...read];
  const found = real.flatMap((spec, at) => {
    const place = isOrdered ? 0 : left.findIndex((child) => isOf(child, spec));
    const [child] = place < 0 ? [] : left.splice(place, 1);
    if (child === undefined) return [`child ${at + 1} more`];
    if (!isOf(child, spec)) return [`child ${at + 1} is another`];
    return fieldDifferences(child, spec).map((field) => `${field} of child ${at + 1}`);
  });
  return left.some(({ condition }) => condition === null) ? [...found, 'children fewer'] : found;
}

function isOf({ id }: PartialChildSpec, spec: Term): boolean {
  return matches(id, fieldOf(spec, 'id'));
}

function fieldDifferences(child: PartialChildSpec, spec: Term): readonly string[] {
  const fields = ['start', 'restart', 'shutdown', 'type', 'modules', 'significant'] as const;
  return fields.filter((field) => !matches(fieldValue(child, field), fieldOf(spec, field)));
}

/** Tells whether a real term may be what was read; funs are only told by their arity and module. */
export function matches(read: PartialTerm, real: Term | undefined): boolean {
  if (real === undefined) return false;
  if (typeof read !== 'object') return equalTerms(read, real);
  if (read.kind === 'unknown') return true;
  if (read.kind === 'closure') return typeof real === 'object' && real.kind === 'fun' && real.arity === read.arity;
  if (typeof real !== 'object') return false;
  if (read.kind === 'tuple') {
    return (
      real.kind === 'tuple' &&
      real.items.length === read.items.length &&
      read.items.every((item, at) => matches(item, real.items[at]))
    );
  }
  if (read.kind === 'map') {
    if (real.kind !== 'map' || real.pairs.length !== read.pairs.length) return false;
    return read.pairs.every(([key, item]) => matches(item, real.pairs.find(([other]) => equalTerms(other, key))?.[1]));
  }
  if (read.kind === 'list') return listMatches(read.items, read.tail, real);
  return read.kind !== 'splice' && equalTerms(read as Term, real);
}

function listMatches(items: readonly PartialTerm[], tail: PartialTerm, real: Term): boolean {
  const [first, ...rest] = items;
  if (first === undefined) return matches(tail, real);
  if (typeof first === 'object' && first.kind === 'splice') {
    return first.alternatives.some((alternative) => listMatches([...alternative, ...rest], tail, real));
  }
  if (typeof real !== 'object' || real.kind !== 'list') return false;
  return matches(first, real.items[0]) && listMatches(rest, tail, list(real.items.slice(1), real.tail));
}
