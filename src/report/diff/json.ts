// `diff` as JSON; docs/json.md lists the keys.

import type { BuildChanges } from '../../changes/build-changes.js';
import { childrenJson } from './children.js';
import { type BuildCoverage, countChanges, type DiffReport } from './report.js';

/** Returns the answer as it is printed. */
export function diffJson(report: DiffReport): unknown {
  const { from, to, isStrict, coverage } = report;
  return {
    schema: 'beamtool-diff/1',
    from,
    to,
    strict: isStrict,
    ...changesJson(report),
    coverage: { from: coverageJson(coverage.from), to: coverageJson(coverage.to) },
  };
}

/** Returns what changed between two builds as it is printed. */
export function changesJson(changes: BuildChanges) {
  const { releases, compilers, conflicts, applications } = changes;
  return {
    releases,
    compilers,
    conflicts,
    counts: countChanges(changes),
    applications: applications.map((one) => ({
      ...one,
      changed: one.changed.map(moduleJson),
      others: one.others.map(({ module, chunks }) => ({ module, chunks })),
    })),
  };
}

function moduleJson({ isStrict: _, children, ...change }: DiffReport['applications'][number]['changed'][number]): unknown {
  return { ...change, children: children === null ? null : childrenJson(children) };
}

function coverageJson({ files, failed, skipped }: BuildCoverage): unknown {
  return { files, failed, skipped };
}
