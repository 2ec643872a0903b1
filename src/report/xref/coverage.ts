// What a program was read from, as a line for people and as JSON.
//
//   1182 modules: 1180 exact, 2 from code, 0 skipped

import { counted } from '../counted.js';
import { visible } from '../visible.js';

interface LeftOut {
  readonly file: string;
  readonly reason: string;
}

/** What was read, how, and what wasn't. */
export interface ReadCoverage {
  readonly files: number;
  readonly failed: readonly LeftOut[];
  readonly skipped: readonly LeftOut[];
  /** How many modules the facts of abstract code, of the code, and of the tables alone are of. */
  readonly modules: { readonly abstract: number; readonly code: number; readonly tables: number };
  readonly fallbacks: readonly { readonly module: string; readonly file: string; readonly reason: string }[];
  readonly duplicates: readonly { readonly module: string; readonly file: string; readonly first: string }[];
}

/** Renders the coverage as a line, and a line for each reason why modules were read from code. */
export function renderCoverageText(coverage: ReadCoverage): string {
  const { abstract, code, tables } = coverage.modules;
  const left = coverage.failed.length + coverage.skipped.length + coverage.duplicates.length;
  const read = tables > 0 ? `${tables} from import tables` : `${abstract} exact, ${code} from code`;
  return `${counted(abstract + code + tables, 'module')}: ${read}, ${left} skipped${renderLeft(coverage)}\n${renderFallbacks(coverage)}`;
}

function renderLeft({ failed, skipped, duplicates }: ReadCoverage): string {
  const parts = [
    ...(failed.length > 0 ? [`${failed.length} not readable`] : []),
    ...(skipped.length > 0 ? [`${skipped.length} left out`] : []),
    ...(duplicates.length > 0 ? [counted(duplicates.length, 'duplicate')] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function renderFallbacks({ fallbacks }: ReadCoverage): string {
  const byReason = new Map<string, number>();
  for (const { reason } of fallbacks) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  return [...byReason]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([reason, modules]) => `  ${modules} from code: ${visible(reason)}\n`)
    .join('');
}
