// What systools says of the relup between two builds that have a `.rel` each: the appups of all applications together.

import type { Build } from '../../../changes/build.js';
import { isAtom, isTuple } from '../../../term/model.js';
import type { ReleaseError } from '../../release-error.js';
import { folderOf, type ReleaseFiles } from '../../release-files.js';
import { makeRelup } from '../../relup/make-relup.js';
import type { AppupFinding } from './model.js';
import { codeOf, errorFinding, warningFinding } from './systools-finding.js';

/** What systools says, or why it wasn't asked. */
export type CheckedRelups =
  | { readonly kind: 'checked'; readonly findings: readonly AppupFinding[] }
  | { readonly kind: 'not tried'; readonly because: string };

/** What a relup needs of a build. */
export interface RelupBuild {
  readonly build: Build;
  readonly rel: string | null;
  readonly files: ReleaseFiles;
}

/** Makes the relups of both directions; nothing is written. */
export function checkRelups(now: RelupBuild, old: RelupBuild): CheckedRelups {
  if (now.rel === null || old.rel === null) return { kind: 'not tried', because: 'both builds have to have one .rel' };
  const bases = [{ rel: old.rel }];
  const path = [...new Set([now, old].flatMap(({ build }) => foldersOf(build)))];
  const request = { top: now.rel, path, upFrom: [], downTo: [] };
  const answers = [
    makeRelup(bothFiles(now.files, old.files), { ...request, upFrom: bases }),
    makeRelup(bothFiles(now.files, old.files), { ...request, downTo: bases }),
  ];
  const about = { file: `${now.rel}.rel`, application: null };
  const findings: AppupFinding[] = [];
  for (const answer of answers) {
    if (answer.kind === 'ok') {
      // That of bad_vsn doesn't say whose it is; the appup has told it.
      const warnings = answer.warnings.filter((term) => codeOf(term) !== 'bad-vsn');
      findings.push(...warnings.map((term) => warningFinding(term, about)));
    } else if (isIncomplete(answer.error)) {
      return { kind: 'not tried', because: 'not all applications of the .rel are there' };
    } else findings.push(errorFinding(answer.error, about));
  }
  return { kind: 'checked', findings };
}

function foldersOf({ applications }: Build): readonly string[] {
  return [...applications.values()].flatMap(({ app }) => (app === undefined ? [] : [folderOf(app.file)]));
}

/** A build that is part of a release only, as of one whose OTP is that of the target. */
function isIncomplete({ reason }: ReleaseError): boolean {
  if (typeof reason !== 'object' || reason.kind !== 'list') return false;
  return reason.items.some((fault) => {
    const [tag, about] = isTuple(fault, 2) ? fault.items : [];
    const why = isTuple(about, 2) ? about.items[1] : undefined;
    return isAtom(tag, 'error_reading') && isTuple(why, 2) && isAtom(why.items[0], 'not_found');
  });
}

function bothFiles(first: ReleaseFiles, second: ReleaseFiles): ReleaseFiles {
  return {
    read: (path) => (first.kindOf(path) === 'nothing' ? second : first).read(path),
    kindOf: (path) => (first.kindOf(path) === 'nothing' ? second.kindOf(path) : first.kindOf(path)),
    list: (folder) => [...new Set([...(first.list(folder) ?? []), ...(second.list(folder) ?? [])])].sort(),
  };
}
