// Makes nodes of the abstract format that no person wrote. Their annotation says so, with line 0: neither the compiler's warnings nor cover
// nor dialyzer take them for something in the source.

import { ParseError } from '../errors.js';
import { atom, list, type Term, textOf, tuple } from '../term/model.js';
import type { Anno } from './anno.js';
import type { BinElement, Clause, Expression } from './expression-model.js';
import type { FunctionForm } from './form-model.js';
import type { AtomNode, VarNode } from './type-model.js';

/** The annotation of generated nodes: `[{generated, true}, {location, 0}]`. */
export const GENERATED: Anno = list([tuple(atom('generated'), atom('true')), tuple(atom('location'), 0)]);

/** Builds an atom. */
export function atomNode(name: string): AtomNode {
  return { kind: 'atom', anno: GENERATED, name };
}

/** Builds a variable; `_` too. */
export function variable(name: string): VarNode {
  return { kind: 'var', anno: GENERATED, name };
}

/** Builds a tuple. */
export function tupleNode(...elements: readonly Expression[]): Expression {
  return { kind: 'tuple', anno: GENERATED, elements };
}

/** Builds a list; `tail` is `[]` unless it is given. */
export function listNode(items: readonly Expression[], tail: Expression = { kind: 'nil', anno: GENERATED }): Expression {
  return items.reduceRight((rest, head): Expression => ({ kind: 'cons', anno: GENERATED, head, tail: rest }), tail);
}

/** Builds `name(Args)`, a call of a function of the same module. */
export function localCall(name: string, ...args: readonly Expression[]): Expression {
  return { kind: 'call', anno: GENERATED, callee: atomNode(name), args };
}

/** Builds `module:name(Args)`. */
export function remoteCall(module: string, name: string, ...args: readonly Expression[]): Expression {
  return { kind: 'call', anno: GENERATED, callee: remoteNode(module, name), args };
}

/** Builds `module:name`, the callee of a remote call. */
export function remoteNode(module: string, name: string): Expression {
  return { kind: 'remote', anno: GENERATED, module: atomNode(module), name: atomNode(name) };
}

/** Builds `Left op Right`. */
export function operation(left: Expression, operator: string, right: Expression): Expression {
  return { kind: 'op', anno: GENERATED, operator, left, right };
}

/** Builds `Pattern = Value`. */
export function matchNode(pattern: Expression, value: Expression): Expression {
  return { kind: 'match', anno: GENERATED, pattern, value };
}

/** Builds a clause; `guards` are alternatives, each a list of tests. */
export function clause(
  patterns: readonly Expression[],
  body: readonly Expression[],
  guards: readonly (readonly Expression[])[] = [],
): Clause {
  return { kind: 'clause', anno: GENERATED, patterns, guards, body };
}

/** Builds `case Expression of Clauses end`. */
export function caseOf(expression: Expression, ...clauses: readonly Clause[]): Expression {
  return { kind: 'case', anno: GENERATED, expression, clauses };
}

/** Builds `try Body of Clauses catch Handlers end`. */
export function tryOf(body: Expression, clauses: readonly Clause[], handlers: readonly Clause[]): Expression {
  return { kind: 'try', anno: GENERATED, body: [body], clauses, handlers, after: [] };
}

/** Builds the handler `throw:Pattern -> Body` of a `try`. */
export function throwHandler(pattern: Expression, body: Expression): Clause {
  return clause([tupleNode(atomNode('throw'), pattern, variable('_'))], [body]);
}

/** Builds a function of clauses that all have the same number of patterns, at least one. */
export function functionOf(name: string, clauses: readonly Clause[]): FunctionForm {
  return { kind: 'function', anno: GENERATED, name, arity: clauses[0]?.patterns.length ?? 0, clauses };
}

/** Builds the expression whose value is `term`; throws ParseError for pids, ports, references, funs with environment and native records. */
export function termNode(term: Term): Expression {
  if (typeof term === 'number' || typeof term === 'bigint') return integerNode(term);
  switch (term.kind) {
    case 'atom':
      return atomNode(term.name);
    case 'float':
      return floatNode(term.value);
    case 'tuple':
      return tupleNode(...term.items.map(termNode));
    case 'nil':
      return listNode([]);
    case 'list': {
      const text = textOf(term);
      return text === undefined
        ? listNode(term.items.map(termNode), termNode(term.tail))
        : { kind: 'string', anno: GENERATED, text };
    }
    case 'bitstring':
      return binaryNode(term.bytes, term.bits);
    case 'map': {
      const fields = term.pairs.map(([key, value]) => {
        return { kind: 'map_field_assoc', anno: GENERATED, key: termNode(key), value: termNode(value) } as const;
      });
      return { kind: 'map', anno: GENERATED, fields };
    }
    case 'export': {
      const { module, name, arity } = term;
      return {
        ...{ kind: 'remote_fun', anno: GENERATED, module: atomNode(module.name), name: atomNode(name.name) },
        arity: integerNode(arity),
      };
    }
    default:
      throw new ParseError({ code: 'unsupported', reason: `a ${term.kind} can't be written in a program`, space: 'term' });
  }
}

function integerNode(value: number | bigint): Expression {
  if (value >= 0) return { kind: 'integer', anno: GENERATED, value };
  return { kind: 'prefix_op', anno: GENERATED, operator: '-', operand: { kind: 'integer', anno: GENERATED, value: -value } };
}

/** The parser has no negative numbers either. */
function floatNode(value: number): Expression {
  if (value > 0 || Object.is(value, 0)) return { kind: 'float', anno: GENERATED, value };
  return { kind: 'prefix_op', anno: GENERATED, operator: '-', operand: { kind: 'float', anno: GENERATED, value: -value } };
}

function binaryNode(bytes: Uint8Array, bits: number): Expression {
  const whole = bits === 8 ? bytes : bytes.subarray(0, -1);
  const text = String.fromCharCode(...whole);
  const elements: BinElement[] = [];
  if (text !== '') elements.push(binElement({ kind: 'string', anno: GENERATED, text }, 'default'));
  if (bits !== 8) elements.push(binElement(integerNode((bytes.at(-1) ?? 0) >> (8 - bits)), integerNode(bits)));
  return { kind: 'bin', anno: GENERATED, elements };
}

function binElement(value: Expression, size: Expression | 'default'): BinElement {
  return { kind: 'bin_element', anno: GENERATED, value, size, types: 'default' };
}
