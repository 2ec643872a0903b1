// For what systools refused (test/golden/otp/relup/README.md) `appup check` has a finding with systools' own name for it, and no error of
// systools where it made a relup.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkBuilds } from '../../../../src/release/appup/check/check-builds.js';
import type { AppupFinding } from '../../../../src/release/appup/check/model.js';
import { codeOf } from '../../../../src/release/appup/check/systools-finding.js';
import { isAtom, isTuple, properList, type Term } from '../../../../src/term/model.js';
import { parseTerms } from '../../../../src/term/parse.js';
import { releasedBuild } from './released-builds.js';

const goldens = fileURLToPath(new URL('../../../golden/otp/relup', import.meta.url));

interface Case {
  readonly top: string;
  readonly ups: readonly (string | { readonly rel: string })[];
  readonly downs: Case['ups'];
  readonly path: readonly string[];
  readonly opts: readonly string[];
}

function checkCase(name: string): readonly AppupFinding[] {
  const folder = join(goldens, name);
  const { top, ups, downs, path } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case;
  const rels = new Set([...ups, ...downs].map((one) => (typeof one === 'string' ? one : one.rel)));
  const olds = [...rels].map((rel) => releasedBuild(folder, rel, path));
  return checkBuilds({ now: releasedBuild(folder, top, path), olds, only: null, onFault: () => undefined }).findings;
}

const names = readdirSync(goldens).filter((name) => existsSync(join(goldens, name, 'case.json')));

/** An option of systools, one direction only, and an appup that systools has no need to read. */
const OTHERWISE: ReadonlySet<string> = new Set(['61_erts_warn_as_error', '72_up_only', '15_same_app_version']);

describe('what systools says of appups', () => {
  it.each(names.filter((name) => !OTHERWISE.has(name)))('%s', (name) => {
    const [expected] = parseTerms(readFileSync(join(goldens, name, 'expected.result'), 'utf8')) as readonly [Term];
    const found = checkCase(name);
    const errors = found.filter(({ severity, why }) => severity === 'error' && why.kind === 'error');
    const parts = isTuple(expected) ? expected.items : [];
    if (isAtom(parts[0], 'error')) {
      expect(found.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toContain(codeOf(parts[2] as Term));
    } else {
      expect(errors).toEqual([]);
      const warnings = new Set((properList(parts[3]) ?? []).map(codeOf));
      const ours = found.filter(({ why }) => why.kind === 'warning').map(({ code }) => code);
      expect(new Set(ours)).toEqual(warnings);
    }
  });

  it('is told with its place', () => {
    const [finding] = checkCase('120_undef_depmod');
    expect(finding).toMatchObject({
      ...{ code: 'undef-module', severity: 'error', file: 'lib/a-2/ebin/a.appup', module: 'm_b', application: 'a' },
      place: ['up from "1"', 'instruction 1'],
    });
  });
});
