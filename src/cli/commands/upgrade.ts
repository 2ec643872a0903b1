// `beamtool upgrade OLD [OLD...] NEW`: everything that a hot upgrade needs, in one step. All is made in memory and the plan printed before the first
// file is written.

import { join } from 'node:path';
import { encodeUtf8 } from '../../bytes/text.js';
import { type NewTarMember, type ReadySegments, writeTarGz } from '../../io/tar-write.js';
import type { OutputBytes } from '../../io/write.js';
import { formatGenerated, isChanged } from '../../release/appup/generate/format-generated.js';
import { buildBootScript, encodeBootScript, otpOf } from '../../release/boot/boot-script.js';
import { planFolderTar } from '../../release/folder/folder-parts.js';
import { overlayFiles } from '../../release/overlay-files.js';
import { ReleaseError } from '../../release/release-error.js';
import { formatRelup } from '../../release/relup/format-relup.js';
import type { TarPart } from '../../release/tar/plan-tar.js';
import { remarkText, type UpgradeReport } from '../../report/upgrade/report.js';
import { visible } from '../../report/visible.js';
import { readAppupChoices } from '../appup/choices.js';
import type { Command } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import { findKeys } from '../keys.js';
import { checkRenames } from '../migration/check-renames.js';
import { orExplain } from '../release-options.js';
import { sourceDateEpoch, tarMembers } from '../tar-members.js';
import type { Terminal } from '../terminal.js';
import { startDeflating, unchangedFolders } from '../upgrade/early-segments.js';
import { type UpgradeArgs, upgradeOptions } from '../upgrade/options.js';
import { planUpgrade, UnreadableModules, type UpgradeChoices, type UpgradePlan } from '../upgrade/plan-upgrade.js';
import { reportUpgrade, tarPath, type UpgradePlaces } from '../upgrade/report-upgrade.js';
import { writeUpgrade } from '../upgrade/write-upgrade.js';

const SCHEMA = 'beamtool-upgrade/1';

export const upgrade: Command<UpgradeArgs> = {
  options: upgradeOptions,

  run: (args, terminal) =>
    orExplain(args, terminal, SCHEMA, async () => {
      let ready: () => Promise<ReadySegments> = async () => new Map();
      const onRead = (read: Pick<UpgradePlan, 'releases' | 'bytes'>) => {
        if (!args.dryRun) ready = startDeflating(earlyMembers(read, args.otp));
      };
      const plan = await orListFaults(() => planOf(args, onRead), terminal);
      if (plan === undefined) return EXIT_INPUT;
      const output = args.output ?? '.';
      const places = { output, report: args.report ?? join(output, 'UPGRADE.md') };
      const parts = plan.relup === undefined ? undefined : tarParts(plan, args.otp);
      const report = reportUpgrade(plan, parts?.length ?? null, places, args.keepGoing);
      const isRefused = report.errors.length > 0 || (args.warningsAsErrors && report.warnings.length > 0);
      await printPlan(report, args, terminal);
      const isWritten = parts !== undefined && !isRefused && !args.dryRun;
      if (isWritten) await writeUpgrade(output, async () => outputsOf(plan, { parts, ready: await ready() }, report, places));
      await printEnd(report, args, terminal, isWritten);
      return isRefused ? EXIT_FINDINGS : EXIT_OK;
    }),
};

async function planOf(args: UpgradeArgs, onRead: UpgradeChoices['onRead']): Promise<UpgradePlan> {
  const { checkNames, ...appups } = readAppupChoices(args);
  const named = { olds: args.path.slice(0, -1), now: args.path.at(-1) ?? '', libraries: args.library, otp: args.otp };
  const plan = await planUpgrade(named, {
    injects: args.inject,
    keepsGoing: args.keepGoing,
    rename: args.rename,
    debugInfo: args.debugInfo,
    appups,
    scripts: args.scripts,
    checkNames,
    restartEmulator: args.restartEmulator,
    key: await findKeys(args.keyFile),
    onRead,
  });
  if (plan.relup !== undefined) checkRenames(args.rename, plan.injections.works);
  return plan;
}

const MOST_FAULTS = 20;

/** Names on standard error what can't be read. */
async function orListFaults(plan: () => Promise<UpgradePlan>, terminal: Terminal): Promise<UpgradePlan | undefined> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof UnreadableModules)) throw error;
    for (const fault of error.faults.slice(0, MOST_FAULTS)) terminal.warn(`beamtool: ${visible(fault.message)}`);
    const rest = error.faults.length - MOST_FAULTS;
    if (rest > 0) terminal.warn(`beamtool: ${rest} more modules can't be read`);
    return undefined;
  }
}

/** The members that no step changes. What is wrong with the release is told when its tar is planned. */
function earlyMembers(read: Pick<UpgradePlan, 'releases' | 'bytes'>, otp: number | undefined): readonly NewTarMember[] {
  const folders = unchangedFolders(read.releases);
  try {
    const parts = tarParts(read, otp).filter(({ name }) => folders.has(/^lib\/([^/]+)\//.exec(name)?.[1] ?? ''));
    return [...tarMembers(parts, { time: sourceDateEpoch(), known: read.bytes })];
  } catch (error) {
    if (error instanceof ReleaseError) return [];
    throw error;
  }
}

function tarParts(
  { releases: { files, now, path }, bytes }: Pick<UpgradePlan, 'releases' | 'bytes'>,
  otp: number | undefined,
): readonly TarPart[] {
  const { folder, release } = now;
  const rules = otpOf(release, otp);
  const boot = () => encodeBootScript(buildBootScript(release, { otp: rules }), rules);
  return planFolderTar(overlayFiles(files, bytes), folder, { rel: folder.rel, path, release, otp: rules, boot }).parts;
}

async function outputsOf(
  plan: UpgradePlan,
  { parts, ready }: { readonly parts: readonly TarPart[]; readonly ready: ReadySegments },
  report: UpgradeReport,
  places: UpgradePlaces,
): Promise<readonly OutputBytes[]> {
  const { renderUpgradeMarkdown } = await import('../../report/upgrade/markdown.js');
  const { output } = places;
  const { generated, relup, bytes } = plan;
  return [
    { path: tarPath(plan, places), bytes: writeTarGz(tarMembers(parts, { time: sourceDateEpoch(), known: bytes }), ready) },
    ...(relup === undefined ? [] : [{ path: join(output, 'relup'), bytes: formatRelup(relup.relup) }]),
    ...generated.appups
      .filter(isChanged)
      .map((one) => ({ path: join(output, `${one.application}.appup`), bytes: formatGenerated(one) })),
    { path: places.report, bytes: encodeUtf8(renderUpgradeMarkdown(report)) },
  ];
}

async function printPlan(report: UpgradeReport, { format }: UpgradeArgs, terminal: Terminal): Promise<void> {
  if (format !== 'json') {
    const { renderUpgradePlan } = await import('../../report/upgrade/text.js');
    await terminal.write(renderUpgradePlan(report, terminal.style));
  }
  for (const warning of report.warnings) terminal.warn(`beamtool: warning: ${visible(remarkText(warning))}`);
  for (const error of report.errors) terminal.warn(`beamtool: ${visible(remarkText(error))}`);
}

async function printEnd(report: UpgradeReport, args: UpgradeArgs, terminal: Terminal, isWritten: boolean): Promise<void> {
  const { format, dryRun } = args;
  if (format === 'json') {
    const { upgradeJson } = await import('../../report/upgrade/json.js');
    const { renderJson } = await import('../../report/json.js');
    const written = isWritten ? report.files.map(({ path }) => path) : [];
    return terminal.write(renderJson(upgradeJson(report, { dryRun, written })));
  }
  await terminal.write(isWritten ? 'written\n' : 'nothing is written\n');
}
