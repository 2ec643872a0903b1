// `deps affected` as JSON; docs/json.md lists the keys.

import type { DifferentModule } from '../../affected/compare-sides.js';
import type { AffectedReport } from './report.js';

/** Returns the answer as it is printed. */
export function affectedJson(report: AffectedReport): unknown {
  const { base, head, compilers, edges, depth, changed, lineLiterals, dependants, suites, coverage } = report;
  const count = (fate: DifferentModule['fate']) => changed.filter((one) => one.fate === fate).length;
  return {
    schema: 'beamtool-affected/1',
    base,
    head,
    edges,
    depth,
    compilers,
    counts: {
      changed: count('changed'),
      added: count('added'),
      removed: count('removed'),
      unreadable: count('unreadable'),
      lineLiteralsOnly: lineLiterals.length,
      dependants: dependants.length,
      suites: suites.reached.length,
    },
    changed: changed.map(changedJson),
    lineLiteralsOnly: lineLiterals.map(({ module, app }) => ({ module, app })),
    dependants: dependants.map(({ module, app, distance, chain }) => ({ module, app, distance, chain })),
    suites: {
      known: suites.known,
      reached: suites.reached.map(({ module, app, kind, file, distance, chain }) => ({
        module,
        app,
        kind,
        file,
        distance,
        chain,
      })),
      commands: suites.commands,
    },
    coverage,
  };
}

function changedJson({ module, app, fate, surface }: DifferentModule): unknown {
  return { module, app, change: fate, interface: surface === null ? null : { changed: surface.isChanged, ...surface.parts } };
}
