// `beamtool boot`: the boot script of a release, as systools:make_script/2 makes it.

import { basename, dirname, join } from 'node:path';
import type { Argv } from 'yargs';
import { writeAllOrNothing } from '../../io/write.js';
import { buildBootScript, encodeBootScript, formatBootScript, otpOf } from '../../release/boot/boot-script.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_OK } from '../exit-codes.js';
import { openRelease, orExplain, printWritten, type ReleaseArgs, releaseOptions, releaseWarnings } from '../release-options.js';

interface BootArgs extends ReleaseArgs {
  readonly name: string | undefined;
  readonly dotErlang: boolean;
}

const SCHEMA = 'beamtool-boot/1';

export const boot: Command<BootArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    releaseOptions(yargs)
      .option('name', {
        type: 'string',
        requiresArg: true,
        describe: 'name of the files (default: that of the .rel, or start for a release folder)',
      })
      .option('dot-erlang', { type: 'boolean', default: true, describe: 'run .erlang; --no-dot-erlang leaves it out' })
      .example("$0 boot --rel shop.rel --path 'lib/*/ebin'", 'write shop.script and shop.boot') as unknown as Argv<BootArgs>,

  run: (args, terminal) =>
    orExplain(args, terminal, SCHEMA, async () => {
      const { release, rel, folder, variables } = openRelease(args);
      const otp = otpOf(release, args.otp);
      const script = buildBootScript(release, { otp, noDotErlang: !args.dotErlang, variables });
      const path = join(args.output ?? dirname(rel), args.name ?? (folder === undefined ? basename(rel) : 'start'));
      const files = [
        { path: `${path}.script`, bytes: formatBootScript(script) },
        { path: `${path}.boot`, bytes: encodeBootScript(script, otp) },
      ];
      writeAllOrNothing(files);
      const report = { schema: SCHEMA, files: files.map((file) => file.path), warnings: releaseWarnings(release) };
      await printWritten(args, terminal, report, `${report.files.join('\n')}\n`);
      return EXIT_OK;
    }),
};
