// The forms of a module that a later migration can need: the records that the state can hold, and from there whatever is named in types,
// defaults and functions, until nothing new is found.

import { atomNode, GENERATED } from '../forms/build.js';
import type { AttributeForm, Form, FunctionForm, RecordForm } from '../forms/form-model.js';
import type { RecordDefinition } from '../forms/records.js';
import { type Node, walk } from '../forms/walk.js';
import { atom, list, tuple } from '../term/model.js';
import type { StateDescription } from './model.js';

/** Returns the forms of the module that its records depend on: attributes, types, records, functions. */
export function snapshotForms(state: StateDescription): readonly Form[] {
  const named = state.stateRecords.filter((name) => state.records.has(name));
  const records = new Set(named.length > 0 ? named : state.records.keys());
  const types = new Set<string>();
  const functions = new Map<string, FunctionForm>();
  const imports = new Set<string>();
  // A set's iteration comes to what is added on the way.
  for (const name of records) visitRecord(state.records.get(name));
  return [
    ...attributeForms(state, records, imports),
    ...[...types].flatMap((key) => state.types.get(key) ?? []),
    ...[...records].flatMap((name) => state.records.get(name) ?? []).map(recordForm),
    ...functions.values(),
  ];

  function visitRecord(record: RecordDefinition | undefined): void {
    for (const field of record?.fields ?? []) {
      if (field.type !== undefined) visit(field.type);
      if (field.default !== undefined) visit(field.default);
    }
  }

  /** Types and functions are visited at once; records wait for their turn, and so do functions of functions. */
  function visit(root: Node): void {
    const pending = [root];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) walk(next, (node) => pending.push(...met(node)));
  }

  function met(node: Node): readonly Node[] {
    switch (node.kind) {
      case 'record_type':
        if (node.name.kind === 'atom') meetRecord(node.name.name);
        return [];
      case 'record':
      case 'record_update':
      case 'record_access':
      case 'record_index':
        if (typeof node.name === 'string') meetRecord(node.name);
        return [];
      case 'user_type':
        return meetType(`${node.name}/${node.args.length}`);
      case 'call':
        // is_record(X, r) and record_info(fields, r) name a record too.
        for (const arg of node.args) if (arg.kind === 'atom' && isAboutRecords(node.callee)) meetRecord(arg.name);
        return node.callee.kind === 'atom' ? meetFunction(node.callee.name, node.args.length) : [];
      case 'local_fun':
        return meetFunction(node.name, node.arity);
      default:
        return [];
    }
  }

  function isAboutRecords(callee: Node): boolean {
    const name = callee.kind === 'remote' ? callee.name : callee;
    return name.kind === 'atom' && (name.name === 'is_record' || name.name === 'record_info');
  }

  function meetRecord(name: string): void {
    if (state.records.has(name)) records.add(name);
  }

  function meetType(key: string): readonly Node[] {
    const form = state.types.get(key);
    if (form === undefined || types.has(key)) return [];
    types.add(key);
    return [form.type];
  }

  function meetFunction(name: string, arity: number): readonly Node[] {
    const key = `${name}/${arity}`;
    if (state.imports.has(key)) imports.add(key);
    const form = functions.has(key) ? undefined : state.functionForm(name, arity);
    if (form === undefined) return [];
    functions.set(key, form);
    return [form];
  }
}

function recordForm({ name, native, anno, fields }: RecordDefinition): RecordForm {
  return {
    kind: native ? 'native_record_form' : 'record_form',
    ...{ anno, name },
    fields: fields.map((field) => ({ kind: 'field', anno, ...field, name: { ...atomNode(field.name), anno } })),
  };
}

function attributeForms(
  state: StateDescription,
  records: ReadonlySet<string>,
  imports: ReadonlySet<string>,
): readonly AttributeForm[] {
  const form = (name: string, value: AttributeForm['value']): AttributeForm => ({
    kind: 'attribute',
    anno: GENERATED,
    name,
    value,
  });
  const exported = [...state.exportedRecords].filter((name) => records.has(name));
  return [
    ...[...imports].map((key) => {
      const [, name = '', arity = ''] = /^(.*)\/(\d+)$/s.exec(key) ?? [];
      return form('import', tuple(atom(state.imports.get(key) ?? ''), list([tuple(atom(name), Number(arity))])));
    }),
    ...(exported.length === 0 ? [] : [form('export_record', list(exported.map(atom)))]),
    ...state.renames.map(({ record, old, new: newName }) =>
      form('state_rename', tuple(...[...(record === undefined ? [] : [record]), old, newName].map(atom))),
    ),
    ...state.conversions.map(({ record, field, module, name }) =>
      form('state_convert', tuple(...(record === undefined ? [] : [atom(record)]), atom(field), tuple(atom(module), atom(name)))),
    ),
  ];
}
