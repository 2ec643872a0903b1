// Which modules release_handler looks for a child by: the `modules` of its specification in a supervisor's init/1, where these are written out.
//   #{id => I, start => {M, F, A}, modules => [M]}      {I, {M, F, A}, Restart, Shutdown, Type, [M]}
// A child whose modules lack the one whose code changes is passed over without a word (release-upgrade, 4.1).

import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import { type Node, walk } from '../forms/walk.js';

/** A child that some module starts, with the modules it is found by. */
export interface ChildModules {
  readonly start: string;
  readonly modules: readonly string[];
}

/** Returns the children in a function whose modules are a constant list; `dynamic` and what is left out need no look. */
export function childModules(init: FunctionForm): readonly ChildModules[] {
  const found: ChildModules[] = [];
  walk(init, (node) => {
    const [start, modules] = specification(node);
    const names = modules === undefined ? undefined : atomsIn(modules);
    const [module] = start?.kind === 'tuple' && start.elements.length === 3 ? start.elements : [];
    if (module?.kind === 'atom' && names !== undefined) found.push({ start: module.name, modules: names });
  });
  return found;
}

function specification(node: Node): readonly [start?: Expression | undefined, modules?: Expression | undefined] {
  if (node.kind === 'tuple') return node.elements.length === 6 ? [node.elements[1], node.elements[5]] : [];
  if (node.kind !== 'map') return [];
  const field = (name: string): Expression | undefined =>
    node.fields.find(({ key }) => key.kind === 'atom' && key.name === name)?.value;
  return [field('start'), field('modules')];
}

function atomsIn(node: Expression): readonly string[] | undefined {
  if (node.kind === 'nil') return [];
  if (node.kind !== 'cons' || node.head.kind !== 'atom') return undefined;
  const rest = atomsIn(node.tail);
  return rest === undefined ? undefined : [node.head.name, ...rest];
}
