// The script of an appup for one older version, each instruction with its place.
//
// Defined by lib/sasl/src/systools_relup.erl.

import { stringTerm, type Term, tuple } from '../../term/model.js';
import { entryName, openAppup } from '../appup/read-appup.js';
import { applicationRecord, type ReleaseApplication } from '../model.js';
import { relupError, tagged } from '../release-error.js';
import { joinPath, type ReleaseFiles } from '../release-files.js';
import { stringOf } from '../term-shapes.js';
import type { Direction, Step } from './step.js';

/** A script, and a warning where the appup is of another version than its application. */
export interface AppupScript {
  readonly steps: readonly Step[];
  /** `{bad_vsn, {Appup, App}}`. */
  readonly warning: Term | undefined;
}

/** Reads the appup beside the `.app` of `app` and takes the entry for `older`; throws ReleaseError. */
export function readAppupScript(files: ReleaseFiles, app: ReleaseApplication, older: string, direction: Direction): AppupScript {
  const path = joinPath(app.dir, `${app.name}.appup`);
  const { vsn, find } = openAppup(files, path);
  const way = direction === 'up' ? 'up' : 'down';
  const entry = find(way, older);
  if (entry === undefined) {
    throw relupError(tagged('no_relup', stringTerm(path), applicationRecord(app), stringTerm(older)), path);
  }
  const name = entryName(way, entry.from);
  return {
    steps: entry.instructions.map((term, at) => ({ term, place: [path, name, `instruction ${at + 1}`] })),
    warning: stringOf(vsn) === app.vsn ? undefined : tagged('bad_vsn', tuple(vsn, stringTerm(app.vsn))),
  };
}
