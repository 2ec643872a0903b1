// `beamtool tar`: the tar of a release that release_handler unpacks, as systools:make_tar/2 makes it.

import { basename, dirname, join } from 'node:path';
import type { Argv } from 'yargs';
import { writeTarGz } from '../../io/tar-write.js';
import { writeAllOrNothing } from '../../io/write.js';
import { buildBootScript, encodeBootScript, otpOf } from '../../release/boot/boot-script.js';
import { noteRelease } from '../../release/folder/folder-notes.js';
import { namesLeftOut, planFolderTar } from '../../release/folder/folder-parts.js';
import { planTar, type TarPlan, type TarRequest } from '../../release/tar/plan-tar.js';
import { counted } from '../../report/counted.js';
import { explainFolderNote } from '../../report/release/folder-notes.js';
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
import { sourceDateEpoch, tarMembers } from '../tar-members.js';

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
      .option('erts', {
        type: 'string',
        requiresArg: true,
        describe: 'folder that has erts-VSN, to include the runtime (default: a release folder that has it)',
      })
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
      .example('$0 tar --rel _build/default/rel/shop', 'what rebar3 tar writes, with the relup that lies in it')
      .example(
        "$0 tar --rel shop-2.rel --path 'lib/*/ebin'",
        'write shop-2.tar.gz, with relup and sys.config from the same folder',
      ) as unknown as Argv<TarArgs>,

  run: (args, terminal) =>
    orExplain(args, terminal, SCHEMA, async () => {
      const opened = openRelease(args);
      const plan = planOf(args, opened);
      const { rel, folder: where } = opened;
      const folder = args.output ?? where?.root ?? dirname(rel);
      const time = sourceDateEpoch();
      const archives = [{ name: `${nameOf(opened)}.tar.gz`, parts: plan.parts }, ...plan.ownFiles];
      const files = archives.map(({ name, parts }) => ({
        path: join(folder, name),
        members: parts.length,
        bytes: writeTarGz(tarMembers(parts, { time })),
      }));
      writeAllOrNothing(files);
      const told = files.map(({ path, members, bytes }) => ({ path, members, bytes: bytes.length }));
      const text = told.map(({ path, members, bytes }) => `${path}: ${counted(members, 'member')}, ${counted(bytes, 'byte')}\n`);
      await printWritten(args, terminal, { schema: SCHEMA, files: told, warnings: warningsOf(opened) }, text.join(''));
      return EXIT_OK;
    }),
};

function nameOf({ rel, folder, release: { file } }: OpenRelease): string {
  return folder === undefined ? basename(rel) : `${file.name}-${file.vsn}`;
}

function warningsOf({ files, release, folder }: OpenRelease): readonly string[] {
  if (folder === undefined) return releaseWarnings(release);
  const left = namesLeftOut(files, folder, release.file);
  return [
    ...releaseWarnings(release),
    ...noteRelease(files, { folder, release }).map(explainFolderNote),
    ...(left.length === 0 ? [] : [`not in the tar: ${left.join(', ')} of ${folder.root} (--extra FROM=TO takes more)`]),
  ];
}

function planOf(args: TarArgs, { files, rel, folder, path, release, variables }: OpenRelease): TarPlan {
  const otp = otpOf(release, args.otp);
  const request: TarRequest = {
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
  };
  return folder === undefined ? planTar(files, request) : planFolderTar(files, folder, request);
}
