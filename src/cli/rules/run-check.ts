// One check, from the arguments to its result: what is read depends on the rules, and what is looked up for places on what they found.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeUtf8 } from '../../bytes/text.js';
import { UsageError } from '../../errors.js';
import { writeFileAtomically } from '../../io/write.js';
import { MAX_BASELINE_BYTES } from '../../limits.js';
import { type Baseline, formatBaseline, parseBaseline, unlikeSettings } from '../../rules/baseline/baseline.js';
import { compareBaseline, makeBaseline, pruneBaseline } from '../../rules/baseline/compare-baseline.js';
import { askRules } from '../../rules/check/ask-rules.js';
import { type Draft, identityOf, subjectText } from '../../rules/check/draft.js';
import type { Config } from '../../rules/config/config.js';
import { type LocatedDraft, makeResult, type ResultParts } from '../../rules/make-result.js';
import type { CheckResult, CheckSettings } from '../../rules/model.js';
import { type Needs, needsOf } from '../../rules/needs.js';
import type { Located } from '../../rules/places/locate-drafts.js';
import { traceDrafts } from '../../rules/places/trace-drafts.js';
import { suppress } from '../../rules/suppressions.js';
import type { Terminal } from '../terminal.js';
import { baseFromResult } from './base-result.js';
import type { CheckedModules, CheckReadArgs } from './checked-modules.js';
import { pathFrom, readText } from './load-config.js';
import { readModules } from './read-modules.js';
import { openOwners, openRepository, type PlaceArgs, placeNames } from './repository.js';
import { runWithin } from './run-within.js';

/** The arguments of a check. */
export interface CheckArgs extends CheckReadArgs, PlaceArgs {
  readonly baseline: string | undefined;
  readonly writeBaseline: boolean;
  readonly prune: boolean;
  readonly newOnly: string | undefined;
  readonly minCoverage: number | undefined;
  readonly maxFindings: number;
}

/** What was found in one build, suppressed or not. */
interface Found {
  readonly drafts: readonly Draft[];
  readonly suppressed: ReadonlyMap<string, string | null>;
  readonly modules: CheckedModules;
}

/** Checks; resolves to undefined where nothing could be read. */
export async function runCheck(args: CheckArgs, config: Config, terminal: Terminal): Promise<CheckResult | undefined> {
  const needs = needsOf(config);
  const settings: CheckSettings = {
    level: config.level,
    edges: [...config.edges],
    source: needs.source,
    builtins: config.builtins,
  };
  const file = baselineFile(args, config);
  // Before anything is read: to be refused after a minute helps nobody.
  const known = readBaseline(args, config, file, settings);
  const repository = openRepository(args, config);
  const owners = openOwners(config, repository);
  const base = args.newOnly === undefined ? null : await findBase(args, args.newOnly, config, { needs, settings }, terminal);
  const found = await findAll(args, config, needs, terminal);
  const { coverage, appOf } = found.modules;
  if (coverage.files === 0) return undefined;
  const baseline = updateBaseline(args, known, settings, found, file);
  return makeResult({
    config,
    settings,
    found: await locate(found, config, (draft) => isNew(draft, found, baseline, base)),
    places: placeNames(repository, appOf),
    owners,
    suppressed: found.suppressed,
    baseline,
    base,
    coverage,
    leastCoverage: args.minCoverage ?? null,
    mostFindings: args.maxFindings,
  });
}

async function findAll(args: CheckReadArgs, config: Config, needs: Needs, terminal: Terminal): Promise<Found> {
  const modules = await readModules(args, config, needs, terminal);
  const drafts = askRules(config, modules.input, runWithin);
  // Where nobody says anything, nobody asks whose modules make what.
  const traced = modules.suppressions.size === 0 ? [] : traceDrafts(drafts, modules.input.graphs);
  const { reasons, drafts: about } = suppress(traced, modules.suppressions, config);
  return { drafts: [...drafts, ...about], suppressed: reasons, modules };
}

function isNew(draft: Draft, { suppressed }: Found, baseline: ResultParts['baseline'], base: ResultParts['base']): boolean {
  const key = identity(draft);
  return !suppressed.has(key) && baseline?.entries.has(key) !== true && base?.findings.has(key) !== true;
}

/** Looks up the places of what was found; import tables have none, so that the calls of the modules are read that make something new. */
async function locate(
  { drafts, modules }: Found,
  { minConfidence }: Config,
  isNew: (draft: Draft) => boolean,
): Promise<readonly LocatedDraft[]> {
  const { program, graphs } = modules.input;
  const isWanted = drafts.map((draft) => program !== null || isNew(draft));
  const detailed = drafts.map((draft) => (isNew(draft) ? { ...draft, ...draft.inDetail?.() } : draft));
  const traced = traceDrafts(
    detailed.filter((_, at) => isWanted[at]),
    graphs,
  );
  const makers = new Set(traced.flatMap(({ lookups }) => lookups.map(({ module }) => module)));
  const calls = makers.size === 0 ? null : await modules.callsOf(makers);
  const located = new Map<Draft, Located>();
  if (traced.length > 0) {
    const { locateDraft } = await import('../../rules/places/locate-drafts.js');
    for (const one of traced) located.set(one.draft, locateDraft(one, calls, minConfidence));
  }
  return detailed.map((draft) => ({ draft, located: located.get(draft) ?? NOWHERE }));
}

const NOWHERE = { modules: [], sites: [], count: 0 };

const BASELINE = 'beamtool.baseline.jsonl';

/** The baseline that is named, or the one beside the config. */
function baselineFile({ baseline }: CheckArgs, config: Config): { readonly path: string; readonly isNamed: boolean } {
  if (baseline !== undefined) return { path: baseline, isNamed: true };
  if (config.baseline !== null) return { path: pathFrom(config.baseline), isNamed: true };
  return { path: join(dirname(config.file), BASELINE), isNamed: false };
}

function readBaseline(
  args: CheckArgs,
  config: Config,
  { path, isNamed }: ReturnType<typeof baselineFile>,
  settings: CheckSettings,
): Baseline | null {
  if (args.writeBaseline && args.prune) throw new UsageError('--write-baseline and --prune: one or the other');
  const isThere = existsSync(path);
  if (!isThere && isNamed && !args.writeBaseline) throw new UsageError(`${path}: no such baseline: --write-baseline makes one`);
  if (!isThere && args.prune) throw new UsageError(`--prune: there is no ${path}`);
  if (!isThere) return null;
  const baseline = parseBaseline(readText(path, MAX_BASELINE_BYTES), path);
  const unlike = unlikeSettings(baseline.settings, settings);
  if (unlike === undefined) return baseline;
  if (args.writeBaseline) return { settings, entries: baseline.entries };
  throw new UsageError(`${path}: ${unlike} (as ${config.file} has it): make it anew with --write-baseline`);
}

/** Holds what was found against the baseline, after it was written or pruned. */
function updateBaseline(
  args: CheckArgs,
  known: Baseline | null,
  settings: CheckSettings,
  { drafts: found, suppressed }: Found,
  { path }: ReturnType<typeof baselineFile>,
): ResultParts['baseline'] {
  const drafts = found.filter((draft) => !suppressed.has(identity(draft)));
  const today = new Date().toISOString().slice(0, 10);
  let baseline = known;
  if (args.writeBaseline || args.prune) {
    const make = args.prune ? pruneBaseline : makeBaseline;
    const text = formatBaseline(settings, make(drafts, known?.entries ?? [], today));
    writeFileAtomically(path, encodeUtf8(text));
    baseline = parseBaseline(text, path);
  }
  if (baseline === null) return null;
  return { ...compareBaseline(drafts, baseline.entries, today), file: path, count: baseline.entries.length };
}

const identity = ({ rule, subject }: Draft) => identityOf(rule.name, subject);

/** What the base has: an answer of an earlier check, or a build that is checked in the same way. */
async function findBase(
  args: CheckArgs,
  path: string,
  config: Config,
  { needs, settings }: { readonly needs: Needs; readonly settings: CheckSettings },
  terminal: Terminal,
): Promise<NonNullable<ResultParts['base']>> {
  if (path.endsWith('.json')) return baseFromResult(path, settings);
  const { drafts, suppressed, modules } = await findAll({ ...args, path: [path] }, config, needs, terminal);
  if (modules.coverage.files === 0) throw new UsageError(`--new-only ${path}: nothing could be read`);
  const findings = drafts.flatMap((draft) => {
    const key = identity(draft);
    return suppressed.has(key) ? [] : [[key, { rule: draft.rule.name, text: subjectText(draft.subject) }] as const];
  });
  return { name: path, findings: new Map(findings) };
}
