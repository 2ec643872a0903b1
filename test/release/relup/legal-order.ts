// Relups that differ only where systools leaves the order open: instructions that are done together may come in any order in which each
// stands before what it depends on (on the way down; after it on the way up). The check is made from the appups and the script alone.
import { formatTerm } from '../../../src/term/format.js';
import { isAtom, isTuple, properList, type Term } from '../../../src/term/model.js';

/** Modules that an appup entry has an instruction for, with those that each depends on. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

const text = (term: Term) => formatTerm(term, { otp: 25, mode: 'w' });
const nameOf = (term: Term | undefined) =>
  isAtom(term) ? term.name : isTuple(term) && isAtom(term.items[0]) ? term.items[0].name : '';

/** Reads the dependencies of instructions. */
export function dependenciesOf(instructions: readonly Term[]): Dependencies {
  const found = new Map<string, readonly string[]>();
  for (const term of instructions) {
    if (!isTuple(term) || !['update', 'load_module', 'add_module', 'delete_module'].includes(nameOf(term.items[0]))) continue;
    const last = term.items.length > 2 ? properList(term.items.at(-1)) : undefined;
    found.set(nameOf(term.items[1]), (last ?? []).map(nameOf));
  }
  return found;
}

function bundleNames(dependencies: Dependencies): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const neighbours = new Map<string, Set<string>>();
  for (const [module, deps] of dependencies) {
    for (const dep of [module, ...deps]) {
      neighbours.set(module, (neighbours.get(module) ?? new Set()).add(dep));
      neighbours.set(dep, (neighbours.get(dep) ?? new Set()).add(module));
    }
  }
  for (const module of neighbours.keys()) {
    if (names.has(module)) continue;
    const open = [module];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (names.has(next)) continue;
      names.set(next, module);
      open.push(...(neighbours.get(next) ?? []));
    }
  }
  return names;
}

/** The module that a load, a remove or the purge after it is about; undefined for other instructions. */
function movedModule(term: Term): string | undefined {
  if (!isTuple(term, 2)) return undefined;
  const [name, part] = term.items;
  if (isAtom(name, 'load') || isAtom(name, 'remove')) return nameOf(part);
  const purged = isAtom(name, 'purge') ? properList(part) : undefined;
  return purged?.length === 1 ? nameOf(purged[0]) : undefined;
}

/** Returns lines that are the same for all legal orders. */
export function withoutOrder(script: readonly Term[], dependencies: Dependencies): readonly string[] {
  const bundles = bundleNames(dependencies);
  const lines: { bundle: string | undefined; line: string }[] = script.map((term) => {
    const module = movedModule(term);
    if (module !== undefined) return { bundle: bundles.get(module), line: text(term) };
    const list = isTuple(term) ? properList(term.items.at(-1)) : undefined;
    if (isTuple(term) && list !== undefined && ['suspend', 'resume', 'code_change'].includes(nameOf(term.items[0]))) {
      return { bundle: undefined, line: `${text(term.items[0] as Term)} ${list.map(text).sort().join()}` };
    }
    if (isTuple(term, 2) && isAtom(term.items[0], 'load_object_code') && isTuple(term.items[1], 3)) {
      const [lib, vsn, modules] = term.items[1].items as readonly [Term, Term, Term];
      return { bundle: '', line: `read ${text(lib)} ${text(vsn)} ${(properList(modules) ?? []).map(text).sort().join()}` };
    }
    return { bundle: undefined, line: text(term) };
  });
  // Libraries are read in the order of the first module of each, which may be open too: the empty bundle.
  for (let at = 0; at < lines.length; ) {
    const bundle = lines[at]?.bundle;
    let end = at + 1;
    while (bundle !== undefined && end < lines.length && lines[end]?.bundle === bundle) end++;
    const sorted = lines.slice(at, end).sort((left, right) => (left.line < right.line ? -1 : 1));
    lines.splice(at, end - at, ...sorted);
    at = end;
  }
  return lines.map(({ line }) => line);
}

/** Returns what is wrong with the order of a script: a module that is loaded on the wrong side of one that it depends on. */
export function orderFaults(script: readonly Term[], dependencies: Dependencies, isUp: boolean): readonly string[] {
  const positions = new Map<string, number[]>();
  script.forEach((term, at) => {
    const module = movedModule(term);
    if (module !== undefined && !(isTuple(term) && isAtom(term.items[0], 'purge'))) {
      positions.set(module, [...(positions.get(module) ?? []), at]);
    }
  });
  // A module that a whole application or a line by hand moves as well has no one place.
  const placeOf = (module: string) => {
    const [place = Number.NaN, ...more] = positions.get(module) ?? [];
    return more.length === 0 ? place : Number.NaN;
  };
  const reaches = (from: string, to: string) => {
    const seen = new Set<string>();
    const open = [from];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === to) return true;
      if (!seen.has(next)) open.push(...(dependencies.get(next) ?? []));
      seen.add(next);
    }
    return false;
  };
  return [...dependencies].flatMap(([module, deps]) =>
    deps
      .filter((dep) => dep !== module && !reaches(dep, module))
      .filter((dep) => (isUp ? placeOf(module) < placeOf(dep) : placeOf(module) > placeOf(dep)))
      .map((dep) => `${module} and ${dep}`),
  );
}
