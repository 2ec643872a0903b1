// `beamtool inject-migration`: puts code into the modules of a new build that converts the state of their processes from what older builds
// had, and takes it out again. Every module is planned and built before the first is written.

import { UsageError } from '../../errors.js';
import type { FieldRename } from '../../migrate/model.js';
import { renderJson } from '../../report/json.js';
import { type MigrationAnswer, renderMigrationSource, renderMigrationText } from '../../report/migration.js';
import { migrationJson } from '../../report/migration-json.js';
import { visible } from '../../report/visible.js';
import type { Command } from '../command.js';
import { EXIT_FINDINGS, EXIT_INPUT, EXIT_OK } from '../exit-codes.js';
import { inlineLess } from '../inline-less.js';
import { answerModules, type ModuleWork } from '../migration/answer-modules.js';
import { type MigrationArgs, migrationOptions } from '../migration/options.js';
import { writeModules } from '../migration/write-modules.js';
import type { Terminal } from '../terminal.js';

export const injectMigration: Command<MigrationArgs> = {
  options: migrationOptions,

  async run(args, terminal) {
    inlineLess();
    const { works, ...answer } = await answerModules(args);
    for (const { reason } of answer.coverage.failed) terminal.warn(`beamtool: ${visible(reason)}`);
    checkRenames(args.rename, works);
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

/** A rename that fits no module is a slip. */
function checkRenames(asked: readonly FieldRename[], works: readonly ModuleWork[]): void {
  if (isRefused(works)) return;
  const used = new Set(works.flatMap(({ renames }) => renames));
  const idle = asked.find((rename) => !used.has(rename));
  if (idle === undefined) return;
  const field = idle.record === undefined ? idle.new : `${idle.record}.${idle.new}`;
  throw new UsageError(`--rename ${idle.old}: no module whose state changed has a field ${field}`);
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
