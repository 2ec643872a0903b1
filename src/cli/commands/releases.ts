// `beamtool releases`: RELEASES, without which a node can't go back to the release that it was started with, as
// release_handler:create_RELEASES/4 makes it.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { accessFolder } from '../../io/folder-access.js';
import { writeFileAtomically } from '../../io/write.js';
import { buildReleases, formatReleases, placeApplications } from '../../release/folder/releases-file.js';
import { readRelease } from '../../release/read-release.js';
import { counted } from '../../report/counted.js';
import { visible } from '../../report/visible.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_OK } from '../exit-codes.js';
import { orExplain, printWritten, REL_DESCRIBED, splitAtEquals } from '../release-options.js';
import { nameRelease } from '../release-paths.js';

interface ReleasesArgs extends CommonArgs {
  readonly rel: string;
  readonly root: string;
  readonly libDir: readonly string[] | undefined;
  readonly output: string | undefined;
  readonly force: boolean;
  readonly dryRun: boolean;
}

const SCHEMA = 'beamtool-releases/1';

export const releases: Command<ReleasesArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('rel', { type: 'string', demandOption: true, requiresArg: true, describe: `the first release: ${REL_DESCRIBED}` })
      .option('root', {
        type: 'string',
        default: '',
        describe: 'where lib will be on the target (default: paths below the root of the node)',
      })
      .option('lib-dir', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'APP=DIR: this application will lie in DIR in place of lib',
      })
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'folder to write to (default: releases of the release folder, or that of the .rel)',
      })
      .option('force', { type: 'boolean', default: false, describe: 'replace a RELEASES that is there' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'write nothing' })
      .example('$0 releases --rel _build/prod/rel/shop', 'what mix leaves out, before the node is first started')
      .example('$0 releases --rel shop-1.rel --output releases', '') as unknown as Argv<ReleasesArgs>,

  run: (args, terminal) =>
    orExplain(args, terminal, SCHEMA, async () => {
      const { rel, folder } = nameRelease(accessFolder('.'), args.rel);
      const { file, lacksSasl } = readRelease(accessFolder('.'), rel, []);
      const folders = {
        root: args.root,
        libraries: new Map((args.libDir ?? []).map((text) => splitAtEquals(text, '--lib-dir'))),
      };
      checkNames(
        folders.libraries,
        file.applications.map(({ name }) => name),
      );
      const path = join(args.output ?? (folder === undefined ? dirname(rel) : join(folder.root, 'releases')), 'RELEASES');
      if (!args.dryRun) write(path, formatReleases(buildReleases(file, folders)), args.force);
      const applications = placeApplications(file, folders);
      const release = { name: file.name, vsn: file.vsn, erts: file.erts };
      const files = args.dryRun ? [] : [path];
      const warnings = lacksSasl ? ['there is no sasl, so that this release can never be upgraded'] : [];
      const text = `${visible(path)}: ${visible(`${file.name} ${file.vsn}`)}, ${counted(applications.length, 'application')}\n`;
      await printWritten(args, terminal, { schema: SCHEMA, files, warnings, release, applications }, text);
      return EXIT_OK;
    }),
};

function checkNames(libraries: ReadonlyMap<string, string>, names: readonly string[]): void {
  for (const name of libraries.keys()) {
    if (!names.includes(name)) throw new UsageError(`--lib-dir ${name}: no application of this release`);
  }
}

/** On a target it may know of more releases than this one. */
function write(path: string, bytes: Uint8Array, isForced: boolean): void {
  if (!isForced && existsSync(path)) throw new UsageError(`${path} is there: --force replaces it`);
  writeFileAtomically(path, bytes);
}
