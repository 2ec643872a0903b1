// `beamtool deps check`: dependencies held against the rules of a config.

import type { Argv } from 'yargs';
import { encodeUtf8 } from '../../bytes/text.js';
import { UsageError } from '../../errors.js';
import { writeFileAtomically } from '../../io/write.js';
import type { CheckResult } from '../../rules/model.js';
import { type Command, type CommonArgs, pathOptions } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK, EXIT_USAGE } from '../exit-codes.js';
import { loadConfig } from '../rules/load-config.js';
import { type CheckOutput, type CheckRenderer, loadRenderer, parseOutput } from '../rules/renderers.js';
import { type CheckArgs, runCheck } from '../rules/run-check.js';
import type { Terminal } from '../terminal.js';

interface DepsCheckArgs extends CheckArgs {
  readonly config: string | undefined;
  readonly source: 'imports' | 'abstract' | 'code' | 'auto' | undefined;
  readonly output: readonly string[];
  readonly explain: string | undefined;
  readonly listRules: boolean;
  readonly quiet: boolean;
}

const MANY = { type: 'string', array: true, nargs: 1, default: [] as readonly string[], defaultDescription: 'none' } as const;

export const depsCheck: Command<DepsCheckArgs> = {
  options: (yargs: Argv<CommonArgs>) =>
    pathOptions(yargs, false)
      .usage('$0 deps check [options] <path..>\n\nHolds dependencies against the rules of a config.')
      .options({
        config: { type: 'string', requiresArg: true, describe: 'the config (default: beamtool.config.json, .yml or .yaml here)' },
        baseline: {
          type: 'string',
          requiresArg: true,
          describe: "known findings that are let be (default: the config's, or beamtool.baseline.jsonl beside it)",
        },
        'write-baseline': { type: 'boolean', default: false, describe: 'make the baseline of what is found now' },
        prune: { type: 'boolean', default: false, describe: 'take out of the baseline what is found no more' },
        source: {
          choices: ['imports', 'abstract', 'code', 'auto'] as const,
          defaultDescription: "the config's; else import tables where no rule needs calls, else auto",
          describe: 'where calls are read',
        },
        otp: { type: 'number', choices: [25, 27, 29], describe: 'leave out the BIFs of this release (default: of the compiler)' },
        output: { ...MANY, describe: 'write FORMAT:FILE besides (repeatable)' },
        'new-only': {
          type: 'string',
          requiresArg: true,
          describe: "only what BASE doesn't have counts: another build, or the JSON of an earlier check",
        },
        'min-coverage': {
          type: 'number',
          requiresArg: true,
          describe: 'fail where less than this per cent of the files can be read',
        },
        'max-findings': { type: 'number', requiresArg: true, default: 0, describe: 'fail only for more errors than this' },
        'source-root': { ...MANY, describe: 'a folder with sources, which are found by application and name (repeatable)' },
        'path-map': { ...MANY, describe: 'FROM=TO: what the beginning of a path is here that the compiler saw (repeatable)' },
        explain: { type: 'string', requiresArg: true, describe: 'say what a rule is about, and what it finds' },
        'list-rules': { type: 'boolean', default: false, describe: 'list the rules, and read nothing else' },
        quiet: { type: 'boolean', default: false, describe: 'print only what makes the check fail' },
      })
      .example('$0 deps check _build/prod/rel/shop', 'with the config that lies here')
      .example('$0 deps check --write-baseline _build/default/lib', 'let be what there is today')
      .example(
        '$0 deps check --output json:check.json --source-root apps _build/default/lib',
        'an answer for people and one for tools',
      )
      .epilogue(
        'Exit codes: 0 nothing of severity error, 1 findings, stale or expired entries, 2 wrong usage or config, nothing readable.',
      ) as unknown as Argv<DepsCheckArgs>,

  async run(args, terminal) {
    checkArguments(args);
    const outputs = args.output.map(parseOutput);
    const renderers = await Promise.all(outputs.map(({ format }) => loadRenderer(format)));
    const config = { ...(await loadConfig(args.config)), ...(args.source !== undefined && { source: args.source }) };
    if (args.listRules) {
      const { renderRules } = await import('../../report/rules/explain.js');
      await terminal.write(renderRules(config, args.format === 'json', terminal.style));
      return EXIT_OK;
    }
    if (args.path.length === 0) throw new UsageError('which paths? A beam file, ebin, application, release or _build folder');
    if (args.explain !== undefined)
      return (await import('../rules/explain-rule.js')).runExplain(args, args.explain, config, terminal);
    const result = await runCheck(args, config, terminal);
    // Nothing readable is told apart from wrong usage by what is said on standard error alone: CI knows one code for both.
    if (result === undefined) {
      terminal.warn('beamtool: nothing could be read');
      return EXIT_USAGE;
    }
    await writeResult(
      args,
      result,
      outputs.map((output, at) => ({ output, render: renderers[at] as CheckRenderer })),
      terminal,
    );
    if (args.strictInput && result.coverage.failed.length > 0) return EXIT_INPUT;
    return result.failures.length > 0 ? EXIT_FINDINGS : EXIT_OK;
  },
};

function checkArguments(args: DepsCheckArgs): void {
  const { config, baseline, source, newOnly, explain, minCoverage, maxFindings } = args;
  const single = {
    config,
    baseline,
    source,
    'new-only': newOnly,
    explain,
    'min-coverage': minCoverage,
    'max-findings': maxFindings,
  };
  const repeated = Object.entries(single).find(([, value]) => Array.isArray(value))?.[0];
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given twice`);
  if (!Number.isSafeInteger(maxFindings) || maxFindings < 0) throw new UsageError('--max-findings takes a number: 0, 1, 2, ...');
  if (minCoverage !== undefined && !(minCoverage >= 0 && minCoverage <= 100))
    throw new UsageError('--min-coverage takes a number from 0 to 100');
}

async function writeResult(
  { format, quiet }: DepsCheckArgs,
  result: CheckResult,
  outputs: readonly { readonly output: CheckOutput; readonly render: CheckRenderer }[],
  terminal: Terminal,
): Promise<void> {
  const plain = (text: string) => text;
  const uncoloured = { bold: plain, dim: plain, red: plain, yellow: plain };
  for (const { output, render } of outputs) {
    const pieces = [...render(result, { style: uncoloured, isQuiet: quiet })];
    writeFileAtomically(output.file, encodeUtf8(pieces.join('')));
  }
  const render = await loadRenderer(format);
  for (const piece of render(result, { style: terminal.style, isQuiet: quiet })) await terminal.write(piece);
}
