// The attributes by which a module says more about its state than its records do.
//   -state_rename([{old, new}, {record, old, new}]).
//   -state_convert([{field, {module, name}}, {record, field, {module, name}}]).

import { type Atom, isAtom, isTuple, type Term } from '../term/model.js';
import type { FieldConversion, FieldRename } from './model.js';

/** Reads the values of `-state_rename`; what has another shape is left out. */
export function readRenames(values: readonly Term[]): readonly FieldRename[] {
  return values.flatMap((value): FieldRename[] => {
    if (!isTuple(value) || !value.items.every((item) => isAtom(item))) return [];
    const names = value.items.map((item) => (item as Atom).name);
    if (names.length === 2) return [{ old: names[0] as string, new: names[1] as string }];
    return names.length === 3 ? [{ record: names[0] as string, old: names[1] as string, new: names[2] as string }] : [];
  });
}

/** Reads the values of `-state_convert`; what has another shape is left out. */
export function readConversions(values: readonly Term[]): readonly FieldConversion[] {
  return values.flatMap((value): FieldConversion[] => {
    if (!isTuple(value)) return [];
    const [by, field, record, ...more] = value.items.toReversed();
    if (more.length > 0 || !isAtom(field) || !isTuple(by, 2)) return [];
    const [module, name] = by.items;
    if (!isAtom(module) || !isAtom(name)) return [];
    const plain = { field: field.name, module: module.name, name: name.name };
    if (record === undefined) return [plain];
    return isAtom(record) ? [{ record: record.name, ...plain }] : [];
  });
}
