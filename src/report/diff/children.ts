// How the children of a supervisor changed, as rows of text and as JSON.

import { formatPartial } from '../../changes/children/format-partial.js';
import type { ChildChange, ChildrenChange, PartialChildSpec, SupervisorFlags } from '../../changes/children/model.js';
import type { PartialTerm } from '../../changes/children/partial-term.js';
import { fieldValue } from '../../changes/compare-children.js';
import { formatTerm } from '../../term/format.js';
import type { Term } from '../../term/model.js';
import { visible } from '../visible.js';

/** Returns what there is to say of the children, of which each is an item, and of the flags; empty where nothing is. */
export function childrenTexts(change: ChildrenChange): {
  readonly children: readonly string[];
  readonly flags: readonly string[];
} {
  if (change.kind === 'unknown')
    return { children: [visible(`not known in the ${change.build} build: ${change.because}`)], flags: [] };
  const { added, removed, changed, flags, isReordered, isTemplate } = change;
  const children = [
    ...added.map((child) => `+ ${idText(child.id)}${conditionText(child)}`),
    ...removed.map((child) => `- ${idText(child.id)}${conditionText(child)}`),
    ...changed.map((child) => `~ ${isTemplate ? 'the template' : idText(child.id)} (${fieldsText(child)})`),
    ...(isReordered ? ['other order'] : []),
  ];
  return { children, flags: flags.map((flag) => `~ ${FLAG_NAMES[flag]}`) };
}

const FLAG_NAMES: Readonly<Record<keyof SupervisorFlags, string>> = {
  strategy: 'strategy',
  intensity: 'intensity',
  period: 'period',
  autoShutdown: 'auto_shutdown',
};

function idText(id: Term): string {
  return visible(formatTerm(id));
}

function conditionText({ condition }: PartialChildSpec): string {
  return condition === null ? '' : visible(` (depends on ${condition.because})`);
}

function fieldsText({ fields, unclear }: ChildChange): string {
  return [...fields, ...unclear.map((field) => `perhaps ${field}`)].join(', ');
}

/** Returns the change as JSON, terms as Erlang text with `_` for what isn't known. */
export function childrenJson(change: ChildrenChange): unknown {
  const { kind, name } = change;
  const supervisor = name.kind === 'known' ? { name: name.name, nameUnknown: null } : { name: null, nameUnknown: name.because };
  if (change.kind === 'unknown') return { kind, ...supervisor, build: change.build, because: change.because };
  return {
    kind,
    ...supervisor,
    template: change.isTemplate,
    added: change.added.map(specJson),
    removed: change.removed.map(specJson),
    changed: change.changed.map(({ id, from, to, fields, unclear }) => ({
      id: formatTerm(id),
      fields,
      unclear,
      from: specJson(from),
      to: specJson(to),
    })),
    reordered: change.isReordered,
    flags: change.flags.map((flag) => FLAG_NAMES[flag]),
  };
}

const FIELDS = ['start', 'restart', 'shutdown', 'type', 'modules', 'significant'] as const;

function specJson(spec: PartialChildSpec): unknown {
  const text = (value: PartialTerm): string => formatPartial(value);
  const fields = Object.fromEntries(FIELDS.map((field) => [field, text(fieldValue(spec, field))]));
  return { id: text(spec.id), ...fields, condition: spec.condition?.because ?? null };
}
