// A release with all its applications, read, checked and sorted: where every job of systools begins.
//
// Defined by lib/sasl/src/systools_make.erl.

import { atom, list, stringTerm, type Term, tuple } from '../term/model.js';
import { otpOfErts } from './boot/release-tables.js';
import { checkApplications } from './check-applications.js';
import type { Release, ReleaseApplication, ReleaseFile } from './model.js';
import { readApplication } from './read-application.js';
import { readRelease } from './read-release.js';
import { makeError, tagged } from './release-error.js';
import type { ReleaseFiles } from './release-files.js';
import { sortApplications } from './sort-applications.js';

/**
 * Reads `name`.rel and the `.app` files that it means on the path (folders, as expandSearchPath gives them); throws ReleaseError. The rules
 * are those of the release of OTP, by default the one that the `.rel`'s erts is of.
 */
export function getRelease(files: ReleaseFiles, name: string, path: readonly string[], otp?: number): Release {
  const { file, lacksSasl } = readRelease(files, name, path);
  const applications = sortApplications(
    checkApplications(collectApplications(files, file, path, otp ?? otpOfErts(file.erts) ?? 0), file),
  );
  return { file, applications, lacksSasl };
}

/** The release since which a list of modules, applications or names mustn't have one twice. */
const REFUSES_REPEATED = 27;

function collectApplications(
  files: ReleaseFiles,
  release: ReleaseFile,
  path: readonly string[],
  otp: number,
): ReleaseApplication[] {
  const found: ReleaseApplication[] = [];
  const faults: Term[] = [];
  const places: string[] = [];
  for (const { name, vsn, type } of release.applications) {
    const answer = readApplication(files, {
      name,
      vsn,
      path,
      included: release.included,
      refusesRepeated: otp >= REFUSES_REPEATED,
    });
    if (answer.kind === 'fault') {
      faults.unshift(tagged('error_reading', tuple(atom(name), answer.reason)));
      if (answer.place !== undefined) places.unshift(answer.place);
    } else if (answer.application.name !== name) {
      const other = tuple(atom(answer.application.name), stringTerm(answer.application.vsn));
      faults.unshift(tagged('bad_application_name', tuple(atom(name), other)));
    } else found.push({ ...answer.application, type });
  }
  if (faults.length > 0) throw makeError(list(faults), ...places);
  return found;
}
