// `beamtool records --snapshot`: what a later migration needs of a build whose debug info will be stripped, as one JSON document.

import type { BeamModule } from '../beam/module.js';
import { declaresState, describeState } from '../migrate/describe-state.js';
import { buildSnapshot, type Snapshot, type SnapshotModule } from '../migrate/snapshot.js';
import { renderJson } from '../report/json.js';
import { visible } from '../report/visible.js';
import type { CommonArgs } from './command.js';
import { EXIT_FINDINGS, EXIT_OK } from './exit-codes.js';
import { originalOf } from './migration/twins.js';
import { forEachModule } from './modules.js';
import type { Terminal } from './terminal.js';

/**
 * Writes the snapshot of all modules that may be a process's; a module that declares a state and can't be described is named on standard
 * error and makes the exit code 1.
 */
export async function writeSnapshot(args: CommonArgs, terminal: Terminal): Promise<number> {
  const modules: SnapshotModule[] = [];
  let isWhole = true;
  let undescribed = 0;
  const { exit } = await forEachModule(args, terminal, (module, file) => {
    if (!mayBeProcess(module)) return;
    const state = describeState(originalOf(module), file.path);
    if (state.kind === 'state') modules.push(...buildSnapshot([state]).modules);
    else if (declaresState(module)) {
      isWhole = false;
      terminal.warn(`beamtool: ${visible(`${file.path}: not in the snapshot: ${state.reason}`)}`);
    } else undescribed++;
  });
  if (undescribed > 0)
    terminal.warn(`beamtool: without debug info and a -state_record, and so not in the snapshot: ${undescribed} of the modules`);
  const snapshot: Snapshot = { ...buildSnapshot([]), modules };
  await terminal.write(renderJson(snapshot));
  return exit === EXIT_OK && !isWhole ? EXIT_FINDINGS : exit;
}

/** What can't be a process's callback module needs not be decoded. */
function mayBeProcess(module: BeamModule): boolean {
  if (declaresState(module)) return true;
  const behaviours = [...module.attribute('behaviour'), ...module.attribute('behavior')];
  return behaviours.length > 0 || module.exports.some(({ name }) => name === 'code_change' || name === 'system_code_change');
}
