// What changed in one module, as rows of a label and what it is about: the same in text and in Markdown.

import type { ChildrenChange } from '../../changes/children/model.js';
import type { ModuleChange, NameChanges, RecordChange, StateChange } from '../../changes/module-change.js';
import { formatAtom } from '../../term/format-token.js';
import { visible } from '../visible.js';
import { childrenTexts } from './children.js';

/** A label and its text. */
export type Row = readonly [label: string, text: string];

/** Names that a row lists; the rest is counted. */
const NAMES_SHOWN = 30;

/** Returns the rows of a module; none where nothing is to be said but that it differs. */
export function moduleRows(change: ModuleChange): readonly Row[] {
  const { functions, exports, behaviours, attributes, records, state, children } = change;
  const changed = functions.changed.map(
    ({ name, lineLiteralsOnly }) =>
      `~ ${functionText(name)}${lineLiteralsOnly && !change.lineLiteralsOnly ? ' (line literals only)' : ''}`,
  );
  const rows: readonly Row[] = [
    ['functions', listText([...signed(functions, functionText), ...changed])],
    ['exports', listText(signed(exports, functionText))],
    ['behaviours', listText(signed(behaviours, nameText))],
    ['attributes', listText(attributes.filter((name) => !name.startsWith('behavio')).map((name) => `~ ${nameText(name)}`))],
    ...(records ?? []).map((record): Row => ['record', recordText(record)]),
    ['state', state === null ? '' : stateText(state)],
    ...(children === null ? [] : childrenRows(children)),
    ['chunks', change.level === 'code' ? '' : listText(change.chunks.map(visible))],
  ];
  return rows.filter(([, text]) => text !== '');
}

function signed({ added, removed }: NameChanges, show: (name: string) => string): readonly string[] {
  return [...added.map((name) => `+ ${show(name)}`), ...removed.map((name) => `- ${show(name)}`)];
}

function listText(items: readonly string[]): string {
  const rest = items.length - NAMES_SHOWN;
  return items.slice(0, NAMES_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Renders `name/arity` with the name as Erlang has it. */
function functionText(name: string): string {
  const slash = name.lastIndexOf('/');
  return `${nameText(name.slice(0, slash))}${name.slice(slash)}`;
}

/** Renders a name as an Erlang atom. */
export function nameText(name: string): string {
  return visible(formatAtom(name));
}

function recordText({ name, kind, from, to, defaults, types }: RecordChange): string {
  if (kind === 'added') return `+ ${nameText(name)}${fieldsText(to)}`;
  if (kind === 'removed') return `- ${nameText(name)}${fieldsText(from)}`;
  const [old, now] = [from ?? [], to ?? []];
  const kept = old.filter((field) => now.includes(field));
  const isMoved = kept.join() !== now.filter((field) => old.includes(field)).join();
  const parts = [
    ...now.filter((field) => !old.includes(field)).map((field) => `+ ${nameText(field)}`),
    ...old.filter((field) => !now.includes(field)).map((field) => `- ${nameText(field)}`),
    ...(isMoved ? [`order ${now.map(nameText).join(' ')}`] : []),
    ...defaults.map((field) => `other default of ${nameText(field)}`),
    ...types.map((field) => `other type of ${nameText(field)}`),
  ];
  return `~ ${nameText(name)}: ${listText(parts)}`;
}

function fieldsText(fields: readonly string[] | null): string {
  return `{${listText((fields ?? []).map(nameText))}}`;
}

const STATUSES: Readonly<Record<StateChange['status'], string>> = {
  kept: 'kept as it is',
  migrated: 'migrated from the old build',
  unhandled: 'laid out otherwise, and no migration',
  unknown: 'no debug info that tells of it',
};

function stateText({ record, status, callback }: StateChange): string {
  const own = callback === null || status === 'kept' ? '' : `; ${callback} is the author's own`;
  return `#${nameText(record)}{} ${STATUSES[status]}${own}`;
}

function childrenRows(change: ChildrenChange): readonly Row[] {
  const { children, flags } = childrenTexts(change);
  return [
    ['children', listText(children)],
    ['flags', listText(flags)],
  ];
}
