// Defaults as expressions for the new module. They may mean functions, BIFs and records of another build, so nothing in them is left to what
// a name happens to mean in the new module: records are written out as tuples, BIFs and imported functions with their module, and a
// function of the build that the new module doesn't export becomes a private copy, with all that it reaches. (A private function of
// the compiled module may not be called: it is compiled for the arguments that the compiler saw.)

import { atomNode, remoteNode } from '../forms/build.js';
import type { Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import { rewrite } from '../forms/rewrite.js';
import type { Node } from '../forms/walk.js';
import { expanded } from './expanded.js';
import { copyName } from './generated-names.js';
import type { Default, StateDescription } from './model.js';

/** Makes expressions of defaults, and collects the functions that they need. */
export interface DefaultWriter {
  readonly expression: (value: Default) => Expression;
  /** The private copies, in the order in which they were met. */
  readonly functions: () => readonly FunctionForm[];
}

type Build = Default['build'];

/** Makes a writer of defaults for a migration between these builds. */
export function defaultWriter(to: StateDescription, from: readonly StateDescription[]): DefaultWriter {
  const names = new Map<string, string>();
  const pending: { readonly name: string; readonly form: FunctionForm; readonly build: Build }[] = [];
  const functions: FunctionForm[] = [];
  // Several defaults stand in one clause.
  const taken = new Set<string>();
  return {
    expression: ({ build, expression }) => (expression === undefined ? atomNode('undefined') : adopt(expression, build)),
    functions: () => {
      for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        functions.push({ ...adopt(next.form, next.build), name: next.name });
      }
      return functions;
    },
  };

  function adopt<N extends Expression | FunctionForm>(node: N, build: Build): N {
    return rewrite(expanded(node, stateOf(build).records, taken), (inner) => adoptNode(inner, build));
  }

  function stateOf(build: Build): StateDescription {
    return build === 'to' ? to : (from[build] as StateDescription);
  }

  function adoptNode(node: Node, build: Build): Node {
    if (node.kind === 'call' && node.callee.kind === 'atom') {
      const callee = resolve(node.callee.name, node.args.length, build);
      return { ...node, callee: callee.module === undefined ? atomNode(callee.name) : remoteNode(callee.module, callee.name) };
    }
    if (node.kind !== 'local_fun') return node;
    const { module, name } = resolve(node.name, node.arity, build);
    if (module === undefined) return { ...node, name };
    const arity = { kind: 'integer', anno: node.anno, value: node.arity } as const;
    return { kind: 'remote_fun', anno: node.anno, module: atomNode(module), name: atomNode(name), arity };
  }

  /** What a name without a module means in a build. */
  function resolve(name: string, arity: number, build: Build): { readonly module?: string; readonly name: string } {
    const state = stateOf(build);
    const key = `${name}/${arity}`;
    const form = state.functionForm(name, arity);
    if (form === undefined) return { module: state.imports.get(key) ?? 'erlang', name };
    if (build === 'to' && to.exports.has(key)) return { name };
    return { name: copyOf(form, build) };
  }

  function copyOf(form: FunctionForm, build: Build): string {
    const key = `${build} ${form.name}/${form.arity}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = copyName(build, form.name, names.size);
    names.set(key, name);
    pending.push({ name, form, build });
    return name;
  }
}
