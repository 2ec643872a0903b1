// Renderers of explained exports: the part of the answer to `exports_not_used` that says who may use a function all the same.

import { EXPORT_CLASSES, type ExplainedExport, type ExportClass } from '../graph/analyses/explain-exports.js';
import type { Program } from '../graph/program/program.js';
import { formatAtom } from '../term/format-token.js';
import { visible } from './visible.js';

/** An explained export as JSON has it. */
export interface ExplainedRow {
  /** `module:name/arity` without quotes. */
  readonly function: string;
  readonly class: ExportClass;
  readonly detail: string | null;
}

/** Returns the rows of JSON, in order of their functions. */
export function explainedRows({ functions }: Program, explained: readonly ExplainedExport[]): readonly ExplainedRow[] {
  return explained.map(({ function: id, class: why, detail }) => {
    const module = functions.modules[functions.moduleOf[id] as number];
    return {
      function: `${module}:${functions.names[functions.nameOf[id] as number]}/${functions.arityOf[id]}`,
      class: why,
      detail,
    };
  });
}

/** Counts the entries of each class, in the order in which classes are tried; classes without any are there. */
export function countClasses(explained: readonly ExplainedExport[]): Readonly<Record<ExportClass, number>> {
  const counts = Object.fromEntries(EXPORT_CLASSES.map((name) => [name, 0])) as Record<ExportClass, number>;
  for (const { class: name } of explained) counts[name]++;
  return counts;
}

/** Renders a line for each function, `m:f/1: callback of gen_server`, then how many there are of each class. */
export function renderExplained({ functions }: Program, explained: readonly ExplainedExport[]): string {
  const lines = explained.map(({ function: id, class: why, detail }) => {
    const module = formatAtom(functions.modules[functions.moduleOf[id] as number] as string);
    const name = formatAtom(functions.names[functions.nameOf[id] as number] as string);
    return visible(`${module}:${name}/${functions.arityOf[id]}: ${phraseOf(why, detail)}`);
  });
  const counts = Object.entries(countClasses(explained)).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
  return `${[...lines, counts.length === 0 ? 'no unused exports' : counts.join(', ')].join('\n')}\n`;
}

/** A dispatch table. */
function phraseOf(why: ExportClass, detail: string | null): string {
  switch (why) {
    case 'on_load':
      return 'called when the module is loaded';
    case 'application':
      return `starts and stops the application ${detail}`;
    case 'callback':
      return `callback of ${detail}`;
    case 'child_spec':
      return `in a child specification of ${detail}`;
    case 'mfa':
      return `named by data of ${detail}`;
    case 'glue':
    case 'convention':
      return `called by ${detail}`;
    case 'test':
      return detail === null ? 'in a module of tests' : `a test of ${detail}`;
    case 'tests_only':
      return `used by tests alone: ${detail}`;
    case 'open':
      return `may be a callback of ${detail}, whose callbacks aren't known`;
    case 'nobody':
      return detail === null ? 'exported for nobody' : `exported for nobody, used by ${detail}`;
  }
}
