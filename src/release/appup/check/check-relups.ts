// What systools says of the relup between two builds that have a `.rel` each: the appups of all applications together.

import { encodeUtf8 } from '../../../bytes/text.js';
import type { Build } from '../../../changes/build.js';
import { knownApplications } from '../../../graph/applications/known-applications.js';
import { formatTerm } from '../../../term/format.js';
import { formatAtom } from '../../../term/format-token.js';
import { stringTerm } from '../../../term/model.js';
import { overlayFiles } from '../../overlay-files.js';
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
  const path = [...new Set([now, old].flatMap(({ build }) => foldersOf(build)))];
  const otp = assumedOtp([now, old]);
  const files = overlayFiles(bothFiles(now.files, old.files), new Map(otp.map(({ file, bytes }) => [file, bytes])));
  const request = { top: now.rel, path: [...path, ...otp.map(({ file }) => folderOf(file))], upFrom: [], downTo: [] };
  const bases = [{ rel: old.rel }];
  const answers = [makeRelup(files, { ...request, upFrom: bases }), makeRelup(files, { ...request, downTo: bases })];
  const about = { file: `${now.rel}.rel`, application: null };
  const findings: AppupFinding[] = [];
  for (const answer of answers) {
    if (answer.kind === 'ok') {
      // That of bad_vsn doesn't say whose it is; the appup has told it.
      const warnings = answer.warnings.filter((term) => codeOf(term) !== 'bad-vsn');
      findings.push(...warnings.map((term) => warningFinding(term, about)));
    } else if (isOfOtp(answer.error)) {
      return { kind: 'not tried', because: 'another OTP is needed, and it is in neither build' };
    } else findings.push(errorFinding(answer.error, about));
  }
  return { kind: 'checked', findings };
}

/** Where the applications of OTP are taken to be that a release of the target's OTP hasn't. */
const OTP_FOLDER = '$OTP';

/** Returns a `.app` for each application of OTP that a release names and no build has. */
function assumedOtp(builds: readonly RelupBuild[]): readonly { readonly file: string; readonly bytes: Uint8Array }[] {
  const known = knownApplications();
  const present = new Set(builds.flatMap(({ build }) => [...build.applications.keys()]));
  const named = builds.flatMap(({ build }) => build.releases.flatMap(({ applications }) => applications));
  return named.flatMap(({ name, vsn }) => {
    if (present.has(name) || !known.has(name)) return [];
    const file = `${OTP_FOLDER}/${name}-${vsn}/ebin/${name}.app`;
    const keys = '{description, ""}, {modules, []}, {registered, []}, {applications, []}';
    return [{ file, bytes: encodeUtf8(`{application, ${formatAtom(name)}, [{vsn, ${formatTerm(stringTerm(vsn))}}, ${keys}]}.`) }];
  });
}

/** The appups of OTP are those that are missing. */
function isOfOtp({ reason }: ReleaseError): boolean {
  return formatTerm(reason).includes(`"${OTP_FOLDER}/`);
}

function foldersOf({ applications }: Build): readonly string[] {
  return [...applications.values()].flatMap(({ app }) => (app === undefined ? [] : [folderOf(app.file)]));
}

function bothFiles(first: ReleaseFiles, second: ReleaseFiles): ReleaseFiles {
  return {
    read: (path) => (first.kindOf(path) === 'nothing' ? second : first).read(path),
    kindOf: (path) => (first.kindOf(path) === 'nothing' ? second.kindOf(path) : first.kindOf(path)),
    list: (folder) => [...new Set([...(first.list(folder) ?? []), ...(second.list(folder) ?? [])])].sort(),
  };
}
