// The tests of a term's type, as instructions have them and as functions of `erlang`: they have the same names.

import { itemsOf } from './list-items.js';
import type { PartialTerm } from './partial-term.js';
import { isPartialTuple } from './values.js';

type Test = (value: Exclude<PartialTerm, { kind: 'unknown' }>) => boolean;

const isInteger: Test = (value) => typeof value === 'number' || typeof value === 'bigint';
const ofKind =
  (...kinds: readonly string[]): Test =>
  (value) =>
    typeof value === 'object' && kinds.includes(value.kind);
const isFloat = ofKind('float');
const isFunction = ofKind('export', 'fun', 'closure');

/** By name. */
export const TYPE_TESTS: Readonly<Record<string, Test>> = {
  is_integer: isInteger,
  is_float: isFloat,
  is_number: (value) => isInteger(value) || isFloat(value),
  is_atom: ofKind('atom'),
  is_pid: ofKind('pid'),
  is_reference: ofKind('reference'),
  is_port: ofKind('port'),
  is_nil: ofKind('nil'),
  is_binary: (value) => typeof value === 'object' && value.kind === 'bitstring' && value.bits === 8,
  is_bitstr: ofKind('bitstring'),
  is_bitstring: ofKind('bitstring'),
  is_list: ofKind('list', 'nil'),
  is_nonempty_list: ofKind('list'),
  is_tuple: ofKind('tuple'),
  is_map: ofKind('map'),
  is_function: isFunction,
  is_boolean: (value) => typeof value === 'object' && value.kind === 'atom' && (value.name === 'true' || value.name === 'false'),
};

/** Tells whether a fun has that arity. */
export function hasArity(value: PartialTerm, arity: PartialTerm): boolean {
  if (typeof value !== 'object') return false;
  return (value.kind === 'export' || value.kind === 'fun' || value.kind === 'closure') && value.arity === arity;
}

/** Returns how many items a proper list has; undefined for anything else. */
export function lengthOf(value: PartialTerm): number | undefined {
  return itemsOf(value)?.length;
}

/** Returns how many items a tuple has; undefined for anything else. */
export function sizeOf(value: PartialTerm): number | undefined {
  return isPartialTuple(value) ? value.items.length : undefined;
}
