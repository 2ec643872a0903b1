// Refusals: what can't be done is said as data, for a run over many modules goes on.

import type { Refusal, RefusalCode } from './model.js';

/** Makes a refusal about one file. */
export function refusal(about: { readonly module: string; readonly file: string }, code: RefusalCode, reason: string): Refusal {
  return { kind: 'refused', module: about.module, file: about.file, code, reason };
}

/** Tells whether something was refused. */
export function isRefusal(value: object): value is Refusal {
  return 'kind' in value && value.kind === 'refused';
}
