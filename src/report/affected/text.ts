// Renders what `deps affected` answers for a person: what differs, who depends on it and by which chain, and which tests to run.

import type { DifferentModule } from '../../affected/compare-sides.js';
import { INTERFACE_PARTS, type InterfaceChange, type PartChange } from '../../affected/module-interface.js';
import type { TestCommand } from '../../affected/test-commands.js';
import { counted } from '../counted.js';
import { nameText } from '../diff/module-lines.js';
import type { DiffStyle } from '../diff/text.js';
import { visible } from '../visible.js';
import type { AffectedReport } from './report.js';

/** Renders the answer, a line at a time. */
export function* renderAffectedText(report: AffectedReport, style: DiffStyle): Generator<string> {
  const { compilers, changed, lineLiterals, dependants } = report;
  if (compilers !== null && compilers.from.length > 0 && compilers.to.length > 0)
    yield `compiled by OTP ${compilers.from.join(', ')} -> OTP ${compilers.to.join(', ')}\n`;
  yield* section(
    'changed',
    changed.map((one) => changedLine(one, style)),
    style,
  );
  yield* section(
    'line literals only',
    lineLiterals.map(({ module }) => `~ ${nameText(module)}`),
    style,
  );
  yield* section(
    'dependants',
    dependants.map(({ distance, chain }) => `${distance}  ${chainText(chain)}`),
    style,
  );
  yield* section('suites', suiteLines(report), style);
  yield `${sumLine(report)}\n`;
  if (report.suites.known === 0) yield 'no tests were read: --tests DIR names where their beams are\n';
}

function* section(head: string, lines: readonly string[], { bold }: DiffStyle): Generator<string> {
  if (lines.length === 0) return;
  yield `${bold(head)}\n`;
  for (const line of lines) yield `  ${line}\n`;
}

const SIGNS: Readonly<Record<DifferentModule['fate'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  lines: '~',
  unreadable: '?',
};

function changedLine({ module, fate, surface }: DifferentModule, { dim }: DiffStyle): string {
  const head = `${SIGNS[fate]} ${nameText(module)}`;
  if (fate === 'unreadable') return `${head} ${dim('(not readable)')}`;
  if (surface === null) return head;
  return `${head} ${dim(surface.isChanged ? `(interface: ${surfaceText(surface)})` : '(inner)')}`;
}

function surfaceText({ parts }: InterfaceChange): string {
  const texts = INTERFACE_PARTS.flatMap((part) => {
    const change = parts[part];
    const names = change === null ? [] : partNames(change);
    return names.length === 0 ? [] : [`${part} ${names.join(', ')}`];
  });
  return texts.join('; ');
}

function partNames({ added, removed, changed }: PartChange): readonly string[] {
  return [
    ...added.map((name) => `+ ${visible(name)}`),
    ...removed.map((name) => `- ${visible(name)}`),
    ...changed.map((name) => `~ ${visible(name)}`),
  ];
}

function chainText(chain: readonly string[]): string {
  return chain.map(nameText).join(' -> ');
}

function suiteLines({ suites }: AffectedReport): readonly string[] {
  return [
    ...suites.reached.map(({ distance, chain }) => `${distance}  ${chainText(chain)}`),
    ...suites.commands.map((command) => `$ ${commandText(command)}`),
  ];
}

/** Renders a command for a POSIX shell. */
function commandText({ tool, arguments: words }: TestCommand): string {
  return [tool, ...words]
    .map((word) => (/^[\w./,=+-]+$/.test(word) ? word : `'${visible(word).replaceAll("'", "'\\''")}'`))
    .join(' ');
}

function sumLine({ changed, lineLiterals, dependants, depth, suites }: AffectedReport): string {
  const count = (fate: DifferentModule['fate']) => changed.filter((one) => one.fate === fate).length;
  const unreadable = count('unreadable');
  const parts = [
    `${counted(count('changed'), 'module')} changed, ${count('added')} added, ${count('removed')} removed`,
    ...(unreadable === 0 ? [] : [`${unreadable} not readable`]),
    `${lineLiterals.length} with other line literals only`,
    `${counted(dependants.length, 'dependant')}${depth === null ? '' : ` up to distance ${depth}`}`,
    ...(suites.known === 0 ? [] : [`${suites.reached.length} of ${counted(suites.known, 'suite')}`]),
  ];
  return parts.join(', ');
}
