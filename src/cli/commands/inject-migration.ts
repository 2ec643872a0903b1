// `beamtool inject-migration`: puts code into the modules of a new build that converts the state of their processes from what older builds
// had, and takes it out again. Every module is planned and built before the first is written.

import { renderJson } from '../../report/json.js';
import { type MigrationAnswer, renderMigrationSource, renderMigrationText } from '../../report/migration.js';
import { migrationJson } from '../../report/migration-json.js';
import { visible } from '../../report/visible.js';
import type { Command } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import { inlineLess } from '../inline-less.js';
import { answerModules, type ModuleWork } from '../migration/answer-modules.js';
import { checkRenames } from '../migration/check-renames.js';
import { type MigrationArgs, migrationOptions } from '../migration/options.js';
import { writeModules } from '../migration/write-modules.js';
import type { Terminal } from '../terminal.js';

export const injectMigration: Command<MigrationArgs> = {
  options: migrationOptions,

  async run(args, terminal) {
    inlineLess();
    const { works, ...answer } = await answerModules(args);
    for (const { reason } of answer.coverage.failed) terminal.warn(`beamtool: ${visible(reason)}`);
    if (!isRefused(works)) checkRenames(args.rename, works);
    const written = await write(works, args);
    await render({ ...answer, written, modules: works.map(({ answer: one }) => one) }, args, terminal);
    return exitCode(answer.coverage, works, args);
  },
};

async function write(works: readonly ModuleWork[], args: MigrationArgs): Promise<readonly string[]> {
  if (args.check || args.dryRun) return [];
  if (isRefused(works) && !args.keepGoing) return [];
  const changed = works.flatMap(({ candidate, bytes }) => (bytes === undefined ? [] : [{ candidate, bytes }]));
  return changed.length === 0 ? [] : writeModules(changed, args.output);
}

function isRefused(works: readonly ModuleWork[]): boolean {
  return works.some(({ answer }) => answer.outcome === 'refused');
}

async function render(answer: MigrationAnswer, { format, print }: MigrationArgs, terminal: Terminal): Promise<void> {
  if (format === 'json') return terminal.write(renderJson(migrationJson(answer)));
  const renderText = print ? renderMigrationSource : renderMigrationText;
  await terminal.write(renderText(answer, terminal.style));
}

function exitCode({ files, failed }: MigrationAnswer['coverage'], works: readonly ModuleWork[], args: MigrationArgs): number {
  if (files === 0 || (args.strictInput && failed.length > 0)) return EXIT_INPUT;
  const isWork = works.some(({ bytes }) => bytes !== undefined);
  return isRefused(works) || (args.check && isWork) ? EXIT_FINDINGS : EXIT_OK;
}
