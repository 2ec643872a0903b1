// The answer of `apps` as plain data for JSON, in the order of docs/json.md.

import type { AppFile } from '../graph/applications/app-file.js';
import type { ApplicationCall, CheckedApplication, QualifiedFunction } from '../graph/applications/check-applications.js';
import type { AppsReport } from './apps.js';

/** Returns the report as it goes into JSON, in the order of the documentation. */
export function appsJson(report: AppsReport): unknown {
  return {
    schema: 'beamtool-apps/1',
    coverage: report.coverage,
    counts: report.counts,
    applications: report.applications.map(applicationJson),
    cycles: report.cycles,
    placelessModules: report.placelessModules,
    assumed: report.assumed,
    releases: report.releases,
    releaseMismatches: report.releaseMismatches,
    corrected: report.corrected?.map(({ application, ...list }) => ({ application: application.name, ...list })) ?? null,
  };
}

function applicationJson({ application, undeclared, unused, ...rest }: CheckedApplication): unknown {
  const { name, vsn, path, file, modules } = application;
  return {
    name,
    vsn: file?.vsn ?? vsn,
    file: path,
    modules: modules.length,
    declared: file === null ? null : declaredJson(file),
    undeclared: undeclared.map(({ application: used, isRuntimeDependency, through, calls }) => ({
      application: used,
      runtimeDependency: isRuntimeDependency,
      through,
      calls: calls.map(callJson),
    })),
    unused: unused.map(({ application: used, key, isCompiled }) => ({ application: used, key, compileTime: isCompiled })),
    ...rest,
  };
}

function declaredJson({
  name,
  applications,
  included,
  optional,
  runtimeDependencies,
  registered,
  mod,
  startPhases,
}: AppFile): unknown {
  return {
    name,
    applications: applications ?? [],
    included,
    optional,
    runtimeDependencies: runtimeDependencies.map((one) => (one.vsn === null ? one.name : `${one.name}-${one.vsn}`)),
    registered,
    mod: mod?.module ?? null,
    startPhases: startPhases?.map(({ phase }) => phase) ?? null,
  };
}

function callJson({ from, to, sourceFile, sites }: ApplicationCall): unknown {
  return { from: plainName(from), to: plainName(to), source: sourceFile, sites };
}

function plainName({ module, name, arity }: QualifiedFunction): string {
  return `${module}:${name}/${arity}`;
}
