// Renders what `info` says for a person: a heading, then a row for each thing that there is.

import type { ModuleInfo } from './module-info.js';
import { recordText } from './records.js';
import { visible } from './visible.js';

/** Styles that a terminal may have. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const LABEL = 14;
const WIDTH = 100;

/** Renders one module, with an empty line after it. */
export function renderInfoText(info: ModuleInfo, style: Style): string {
  const row = (label: string, value: string) => (value === '' ? [] : [`  ${style.dim(label.padEnd(LABEL))}${value}`]);
  const names = (label: string, items: readonly string[]) => row(`${label} ${items.length}`, wrap(items.map(visible)));
  const compiled = info.otp.startsWith('at least') ? `OTP ${info.otp.slice('at least '.length)} or later` : `OTP ${info.otp}`;
  const lines = [
    `${style.bold(visible(info.module))}  ${style.dim(visible(info.file))}`,
    ...row('compiled by', `${compiled}${compilerVersion(info)}`),
    ...row('md5', info.md5),
    ...row('vsn', info.vsn ?? ''),
    ...row('debug info', info.debugInfo),
    ...row('code', `${info.functions} functions, ${info.labels} labels, ${info.atoms} atoms`),
    ...row('chunks', info.chunks.map(({ id, size }) => `${visible(id)} ${size}`).join(', ')),
    ...row('behaviours', info.behaviours.map(visible).join(', ')),
    ...row('state record', visible(info.stateRecord ?? '')),
    ...names('exports', info.exports),
    ...names('locals', info.locals),
    ...names('imports', info.imports),
    ...Object.entries(info.attributes).flatMap(([name, value]) => (shown(name) ? row(`-${visible(name)}`, cut(value)) : [])),
    ...info.records.flatMap((record) => row('record', indent(recordText(record)))),
  ];
  return `${lines.join('\n')}\n\n`;
}

/** These have rows of their own. */
function shown(attribute: string): boolean {
  return !['vsn', 'behaviour', 'behavior', 'state_record'].includes(attribute);
}

function compilerVersion(info: ModuleInfo): string {
  const version = info.compileInfo.version;
  return version === undefined ? '' : ` (compiler ${version.replaceAll('"', '')})`;
}

function wrap(items: readonly string[]): string {
  const lines: string[] = [];
  let current = '';
  for (const item of items) {
    if (current.length + item.length + 2 > WIDTH - LABEL - 2 && current !== '') {
      lines.push(`${current},`);
      current = item;
    } else {
      current = current === '' ? item : `${current}, ${item}`;
    }
  }
  return indent([...lines, current].join('\n'));
}

function indent(text: string): string {
  return text.replaceAll('\n', `\n${' '.repeat(LABEL + 2)}`);
}

function cut(text: string): string {
  return text.length > WIDTH * 2 ? `${text.slice(0, WIDTH * 2)}...` : text;
}
