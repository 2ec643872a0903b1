// Maps, built and updated. All keys and values are computed before anything is built; then each run of fields with distinct constant keys
// is one instruction, and every other field is one of its own, since beam_validator wants no key twice.
//   put_map_assoc fail src dst live [key value ...]       put_map_exact likewise: a missing key is an error

import type { Label } from '../beam/chunks/entries.js';
import type { MapField, MapNode, MapUpdate } from '../forms/expression-model.js';
import { map, type Term } from '../term/model.js';
import { equalTerms } from '../term/order.js';
import {
  type Builder,
  constantOperand,
  deferAt,
  emit,
  inRegister,
  newLabel,
  type Source,
  temporary,
  to,
  unsigned,
  withTemporaries,
} from './builder.js';
import { raiseError } from './calls.js';
import { refuse } from './compile-error.js';
import { constantOf } from './constant.js';
import type { Mode } from './mode.js';

/** Emits what builds a map. */
export function buildMap(builder: Builder, node: MapNode, mode: Mode): Source {
  const empty = constantOperand(builder, map([]));
  if (node.fields.length === 0) return empty;
  for (const field of node.fields) if (field.kind !== 'map_field_assoc') refuse(field, 'a new map has => only');
  const result = temporary(builder);
  withTemporaries(builder, () => putFields(builder, evaluateFields(builder, node.fields, mode), empty, result, mode));
  return result;
}

/** Emits what updates a map; in a body what isn't a map is an error, after the fields are computed. */
export function updateMap(builder: Builder, node: MapUpdate, mode: Mode): Source {
  const result = temporary(builder);
  withTemporaries(builder, () => {
    const source = inRegister(builder, mode.value(builder, node.map));
    const fields = evaluateFields(builder, node.fields, mode);
    const wrong = mode.fail === 0 ? newLabel(builder) : mode.fail;
    emit(builder, 'is_map', to(wrong), source);
    if (mode.fail === 0) deferAt(builder, wrong, () => raiseError(builder, 'badmap', source));
    if (fields.length === 0) emit(builder, 'move', source, result);
    else putFields(builder, fields, source, result, mode);
  });
  return result;
}

interface Field {
  readonly opcode: 'put_map_assoc' | 'put_map_exact';
  readonly constantKey: Term | undefined;
  readonly key: Source;
  readonly value: Source;
}

function evaluateFields(builder: Builder, fields: readonly MapField[], mode: Mode): readonly Field[] {
  return fields.map((field) => ({
    opcode: field.kind === 'map_field_assoc' ? 'put_map_assoc' : 'put_map_exact',
    constantKey: constantOf(builder.unit, field.key),
    key: mode.value(builder, field.key),
    value: mode.value(builder, field.value),
  }));
}

function putFields(builder: Builder, fields: readonly Field[], source: Source, result: Source, mode: Mode): void {
  let from = source;
  for (const run of runsOf(fields)) {
    const items = run.flatMap(({ key, value }) => [key, value]);
    const { opcode } = run[0] as Field;
    if (mode.fail !== 0 && opcode === 'put_map_exact') testKeys(builder, run, from, mode.fail);
    emit(builder, opcode, to(0), from, result, unsigned(0), { kind: 'list', items });
    from = result;
  }
}

/** In a guard a missing key has to be found before: the instruction itself only knows exceptions. */
function testKeys(builder: Builder, run: readonly Field[], source: Source, fail: Label): void {
  for (const { key } of run) emit(builder, 'has_map_fields', to(fail), source, { kind: 'list', items: [key] });
}

function runsOf(fields: readonly Field[]): readonly (readonly Field[])[] {
  const runs: Field[][] = [];
  for (const field of fields) {
    const run = runs.at(-1);
    if (run !== undefined && belongs(field, run)) run.push(field);
    else runs.push([field]);
  }
  return runs;
}

/** Longest run: finding out that keys are distinct compares each with each. */
const MAX_RUN = 64;

function belongs({ opcode, constantKey }: Field, run: readonly Field[]): boolean {
  if (constantKey === undefined || run.length >= MAX_RUN || run[0]?.opcode !== opcode) return false;
  return run.every((other) => other.constantKey !== undefined && !areAlike(other.constantKey, constantKey));
}

/** 0.0 and -0.0 were one key before OTP 27. */
function areAlike(left: Term, right: Term): boolean {
  const isFloat = typeof left === 'object' && left.kind === 'float' && typeof right === 'object' && right.kind === 'float';
  return isFloat || equalTerms(left, right);
}
