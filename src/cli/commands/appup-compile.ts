// `beamtool appup compile FILE.appup.src --vsn V`: appups from templates. All are compiled before the first is written.

import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Argv } from 'yargs';
import { UsageError } from '../../errors.js';
import { readFileBytes } from '../../io/read-file.js';
import { writeAllOrNothing } from '../../io/write.js';
import { checkCompiled } from '../../release/appup/check/check-compiled.js';
import type { AppupFinding } from '../../release/appup/check/model.js';
import { type CompiledAppup, compileAppup } from '../../release/appup/compile-appup.js';
import { formatAppup } from '../../release/appup/format-appup.js';
import { renderJson } from '../../report/json.js';
import { buildFindingReport } from '../../report/release/appup-check.js';
import { buildCompileReport, renderCompileText, unknownNameText } from '../../report/release/appup-compile.js';
import { visible } from '../../report/visible.js';
import type { Command, CommonArgs } from '../command.js';
import { EXIT_FINDINGS, EXIT_OK } from '../exit-codes.js';
import { splitAtEquals } from '../release-options.js';
import type { Terminal } from '../terminal.js';

interface CompileArgs extends CommonArgs {
  readonly vsn: string;
  readonly app: string | undefined;
  readonly previous: readonly string[];
  readonly var: readonly string[];
  readonly target: string | undefined;
  readonly dryRun: boolean;
}

const LIST = { type: 'string', array: true, requiresArg: true, default: [] } as const;
const TEXT = { type: 'string', requiresArg: true } as const;

export const compileAppups: Command<CompileArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    yargs
      .option('vsn', { ...TEXT, demandOption: true, describe: 'version of the application: {{vsn}}' })
      .option('app', { ...TEXT, describe: 'name of the application: {{app}} (default: that of the file)' })
      .option('previous', { ...LIST, describe: 'older versions: {{#previous}}..{{previous_vsn}}..{{/previous}}' })
      .option('var', { ...LIST, describe: 'NAME=VALUE: what {{NAME}} stands for' })
      .option('target', { ...TEXT, describe: 'folder for APP.appup (default: ebin beside src, else that of the file)' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'write nothing' })
      .example('$0 appup compile src/shop.appup.src --vsn 1.1.0', 'write ebin/shop.appup')
      .example(
        '$0 appup compile src/shop.appup.src --vsn 1.1.0 --previous 1.0.0 1.0.1 --var purge=soft_purge',
        'with more names in the template',
      ) as unknown as Argv<CompileArgs>,

  async run(args, terminal) {
    const compiled = args.path.map((path) => compile(path, args));
    const report = buildCompileReport(compiled, !args.dryRun && !compiled.some(hasErrors));
    tell(compiled, terminal);
    if (report.written) {
      writeAllOrNothing(compiled.map(({ file, compiled: { appup } }) => ({ path: file, bytes: formatAppup(appup) })));
    }
    await terminal.write(args.format === 'json' ? renderJson(report) : renderCompileText(report));
    return compiled.some(hasErrors) ? EXIT_FINDINGS : EXIT_OK;
  },
};

interface Compiled {
  readonly source: string;
  readonly application: string;
  readonly file: string;
  readonly compiled: CompiledAppup;
  readonly findings: readonly AppupFinding[];
}

function compile(path: string, args: CompileArgs): Compiled {
  if (args.app !== undefined && args.path.length > 1) throw new UsageError('--app goes with one file');
  const application = args.app ?? basename(path).replace(/\.appup(\.src)?$/, '');
  if (!/\.src$/.test(path)) throw new UsageError(`${path}: the name of a template ends with .appup.src`);
  const source = { file: path, bytes: readFileBytes(path), application, vsn: args.vsn };
  const compiled = compileAppup({ ...source, previous: args.previous, variables: new Map(args.var.map(variable)) });
  const findings = checkCompiled(compiled.appup, { file: path, application, vsn: args.vsn });
  return { source: path, application, file: join(args.target ?? targetOf(path), `${application}.appup`), compiled, findings };
}

function variable(text: string): readonly [string, string] {
  const [name, value] = splitAtEquals(text, '--var');
  if (!/^\w+$/.test(name)) throw new UsageError(`--var ${text}: a name consists of letters, digits and _`);
  return [name, value];
}

/** Sources lie in `src`, appups in `ebin` beside it. */
function targetOf(path: string): string {
  const folder = dirname(path);
  const ebin = join(folder, '..', 'ebin');
  return basename(folder) === 'src' && statSync(ebin, { throwIfNoEntry: false })?.isDirectory() ? ebin : folder;
}

function hasErrors({ findings }: Compiled): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function tell(compiled: readonly Compiled[], terminal: Terminal): void {
  for (const { source, compiled: one, findings } of compiled) {
    for (const unknown of one.unknown) terminal.warn(`beamtool: warning: ${visible(unknownNameText(source, unknown))}`);
    for (const finding of findings.map(buildFindingReport)) {
      const mark = finding.severity === 'error' ? '' : 'warning: ';
      const text = [finding.file, ...finding.place, finding.message].join(': ');
      if (finding.severity !== 'info') terminal.warn(`beamtool: ${mark}${visible(text)} (${finding.code})`);
    }
  }
}
