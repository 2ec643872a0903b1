// Patterns to ids: functions of V by module, name and arity; modules of M, applications and releases by their names.

import type { Program } from '../program/program.js';
import { type Level, variableSet } from '../program/variables.js';
import type { VertexSet } from '../sets/vertex-set.js';
import { exactFunctions } from './cast.js';
import { matchesWhole, translateRegexp } from './regexp.js';
import type { Pattern } from './syntax.js';
import type { Value } from './value.js';

/** Returns what a pattern matches: three parts for functions, one for names. */
export function matchNames(program: Program, level: Level, parts: readonly Pattern[]): Value {
  if (level === 'function') return matchFunctions(program, parts);
  return { kind: 'vertices', set: matchOthers(program, level, tester(parts[0] as Pattern)) };
}

function matchOthers(program: Program, level: Exclude<Level, 'function'>, test: Tester): VertexSet {
  switch (level) {
    case 'module':
      return variableSet(program, 'M').filter((id) => test(program.functions.modules[id] as string));
    case 'application':
      return variableSet(program, 'A').filter((id) => test(program.applications[id] as string));
    case 'release':
      return variableSet(program, 'R').filter((id) => test(program.releases[id] as string));
  }
}

function matchFunctions(program: Program, parts: readonly Pattern[]): Value {
  const { modules, names, moduleOf, nameOf, arityOf } = program.functions;
  const [module, name, arity] = parts.map(tester) as [Tester, Tester, Tester];
  const [isModule, isName] = [remembered(modules, module), remembered(names, name)];
  const set = variableSet(program, 'V').filter(
    (id) => isModule(moduleOf[id] as number) && isName(nameOf[id] as number) && arity(String(arityOf[id])),
  );
  if (parts[1]?.kind !== 'any' || parts[2]?.kind !== 'any') return exactFunctions(program, set);
  return { kind: 'vertices', set, modules: () => variableSet(program, 'M').filter(isModule) };
}

type Tester = (name: string) => boolean;

/** Each name is tried once, however many functions have it. */
function remembered(names: readonly string[], test: Tester): (at: number) => boolean {
  const answers = new Uint8Array(names.length);
  return (at) => {
    if (answers[at] === 0) answers[at] = test(names[at] as string) ? 1 : 2;
    return answers[at] === 1;
  };
}

function tester(pattern: Pattern): Tester {
  switch (pattern.kind) {
    case 'any':
      return () => true;
    case 'atom':
      return (name) => name === pattern.name;
    case 'integer':
      return (name) => name === String(pattern.value);
    case 'regexp': {
      const translated = translateRegexp(pattern.source);
      // The parser has refused what can't be translated.
      return translated.kind === 'regexp' ? (name) => matchesWhole(translated.regexp, name) : () => false;
    }
  }
}
