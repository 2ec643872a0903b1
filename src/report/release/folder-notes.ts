// What is to be known of an upgrade beside its relup, in one sentence each.

import type { FolderNote } from '../../release/folder/folder-notes.js';

/** Says in one sentence what a note means. */
export function explainFolderNote(note: FolderNote): string {
  switch (note.kind) {
    case 'no RELEASES':
      return (
        `there is no RELEASES in ${note.folder}: a node that was started without it can't go back to ${note.vsn} ` +
        `(beamtool releases makes it; it has to be there when the node starts)`
      );
    case 'config template':
      return (
        `${note.file} becomes sys.config when a start script runs: for release_handler there is none, and the applications get the ` +
        `environment of their .app files alone until the node is restarted`
      );
    case 'runtime config':
      return (
        `${note.file} is evaluated when the node boots only: the upgrade sets the environment of all applications to what their .app files and ` +
        `sys.config say`
      );
    case 'consolidated':
      return (
        `consolidated protocols belong to no application, so that no relup loads them; other than before, but not until the node is ` +
        `restarted: ${some(note.modules)}`
      );
    case 'at restart':
      return `looked at when the node boots only, and other than before: ${note.files.join(', ')}`;
    case 'no runtime':
      return `the runtime changes to erts ${note.erts}, which isn't in the new release's folder: it has to be on the target`;
  }
}

const FEW = 5;

function some(names: readonly string[]): string {
  const rest = names.length - FEW;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, FEW).join(', ')} and ${rest} more`;
}
