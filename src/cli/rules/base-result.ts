// The base of `--new-only` as the answer of an earlier check: `deps check --format json > base.json`.

import { UsageError } from '../../errors.js';
import { MAX_BASELINE_BYTES } from '../../limits.js';
import { unlikeSettings } from '../../rules/baseline/baseline.js';
import type { ResultParts } from '../../rules/make-result.js';
import type { CheckSettings } from '../../rules/model.js';
import { readText } from './load-config.js';

/** Reads the findings of an answer that were not suppressed; throws UsageError where it is none, or one of other settings. */
export function baseFromResult(path: string, settings: CheckSettings): NonNullable<ResultParts['base']> {
  const fault = (reason: string) => new UsageError(`--new-only ${path}: ${reason}`);
  const value = parse(readText(path, MAX_BASELINE_BYTES), fault);
  if (value.schema !== 'beamtool-check/1' || !Array.isArray(value.findings)) throw fault('no answer of deps check --format json');
  const unlike = unlikeSettings((value.settings ?? {}) as CheckSettings, settings);
  if (unlike !== undefined) throw fault(unlike);
  const findings = value.findings.flatMap((finding: unknown) => {
    const { identity, rule, message, status } = (finding ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof identity !== 'string' || typeof rule !== 'string') throw fault('a finding without rule or identity');
    return status === 'suppressed' ? [] : [[identity, { rule, text: String(message) }] as const];
  });
  return { name: path, findings: new Map(findings) };
}

function parse(text: string, fault: (reason: string) => UsageError): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    throw fault('not JSON');
  }
  throw fault('not an answer of a check');
}
