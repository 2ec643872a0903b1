// `beamtool tar`: the tar of a release that release_handler unpacks, as systools:make_tar/2 makes it.

import { basename, dirname, join } from 'node:path';
import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { readTarMember } from '../../io/folder-access.js';
import { type NewTarMember, writeTarGz } from '../../io/tar-write.js';
import { writeAllOrNothing } from '../../io/write.js';
import { buildBootScript, encodeBootScript, otpOf } from '../../release/boot/boot-script.js';
import { planTar, type TarPart, type TarPlan } from '../../release/tar/plan-tar.js';
import { counted } from '../../report/counted.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_OK } from '../exit-codes.js';
import {
  type OpenRelease,
  openRelease,
  orExplain,
  printWritten,
  type ReleaseArgs,
  releaseOptions,
  releaseWarnings,
  splitAtEquals,
} from '../release-options.js';

interface TarArgs extends ReleaseArgs {
  readonly erts: string | undefined;
  readonly ertsAll: boolean;
  readonly dirs: readonly string[] | undefined;
  readonly varTar: 'include' | 'ownfile' | 'omit';
  readonly extra: readonly string[] | undefined;
  readonly makeBoot: boolean;
}

const SCHEMA = 'beamtool-tar/1';

export const tar: Command<TarArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    releaseOptions(yargs)
      .option('erts', { type: 'string', requiresArg: true, describe: 'folder that has erts-VSN, to include the runtime' })
      .option('erts-all', { type: 'boolean', default: false, describe: 'include the tools of development as well' })
      .option('dirs', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'folders of applications to include beside priv',
      })
      .option('var-tar', {
        choices: ['include', 'ownfile', 'omit'] as const,
        default: 'include' as const,
        describe: 'what to do with applications below a variable',
      })
      .option('extra', { type: 'string', array: true, requiresArg: true, describe: 'FROM=TO: a file or folder to include' })
      .option('make-boot', {
        type: 'boolean',
        default: true,
        describe: 'make start.boot where there is none; --no-make-boot refuses, as systools does',
      })
      .example(
        "$0 tar --rel shop-2.rel --path 'lib/*/ebin'",
        'write shop-2.tar.gz, with relup and sys.config from the same folder',
      ) as unknown as Argv<TarArgs>,

  run: (args, terminal) =>
    orExplain(args, terminal, SCHEMA, async () => {
      const opened = openRelease(args);
      const plan = planOf(args, opened);
      const { rel, release } = opened;
      const folder = args.output ?? dirname(rel);
      const time = sourceDateEpoch();
      const archives = [{ name: `${basename(rel)}.tar.gz`, parts: plan.parts }, ...plan.ownFiles];
      const files = archives.map(({ name, parts }) => ({
        path: join(folder, name),
        members: parts.length,
        bytes: writeTarGz(membersOf(parts, time)),
      }));
      writeAllOrNothing(files);
      const told = files.map(({ path, members, bytes }) => ({ path, members, bytes: bytes.length }));
      const text = told.map(({ path, members, bytes }) => `${path}: ${counted(members, 'member')}, ${counted(bytes, 'byte')}\n`);
      await printWritten(args, terminal, { schema: SCHEMA, files: told, warnings: releaseWarnings(release) }, text.join(''));
      return EXIT_OK;
    }),
};

function planOf(args: TarArgs, { files, rel, path, release, variables }: OpenRelease): TarPlan {
  const otp = otpOf(release, args.otp);
  return planTar(files, {
    rel,
    path,
    release,
    otp,
    dirs: args.dirs ?? [],
    erts: args.erts,
    ertsAll: args.ertsAll,
    variables,
    varTar: args.varTar,
    extra: (args.extra ?? []).map((text) => {
      const [from, to] = splitAtEquals(text, '--extra');
      return { from, to };
    }),
    boot: args.makeBoot ? () => encodeBootScript(buildBootScript(release, { otp, variables }), otp) : undefined,
  });
}

/** Returns what SOURCE_DATE_EPOCH says, the time for all members; undefined where each keeps its own. */
function sourceDateEpoch(): number | undefined {
  const text = process.env.SOURCE_DATE_EPOCH;
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`SOURCE_DATE_EPOCH is no number of seconds: ${text}`);
  return Number(text);
}

function* membersOf(parts: readonly TarPart[], time: number | undefined): Generator<NewTarMember> {
  const made = { kind: 'file', time: time ?? 0, isExecutable: false } as const;
  for (const part of parts) {
    if (part.kind === 'bytes') yield { ...made, name: part.name, bytes: part.bytes };
    else if (part.kind === 'archive') yield { ...made, name: part.name, bytes: writeTarGz(membersOf(part.parts, time)) };
    else yield readTarMember(part.from, part.name, time);
  }
}
