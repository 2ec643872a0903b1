// What a release file says of an installed OTP: the versions of its applications and of its runtime.
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type OtpRelease, otpEbins } from './erlang.js';

/** Returns versions by name, that of `erts` among them. */
export function installedVersions(release: OtpRelease): Readonly<Record<string, string>> {
  const libraries = [...otpEbins(release).map((ebin) => basename(dirname(ebin))), ertsName(release)];
  return Object.fromEntries(libraries.map((library) => library.split('-') as [string, string]));
}

/** Returns the name of the folder of the runtime, such as `erts-13.1.5`. */
export function ertsName(release: OtpRelease): string {
  return readdirSync(dirname(libraryFolder(release))).find((name) => name.startsWith('erts-')) ?? '';
}

/** Returns the applications of OTP as commands take them: `/usr/lib/erlang/lib/*` with `/ebin`. */
export function otpLibrary(release: OtpRelease): string {
  return join(libraryFolder(release), '*/ebin');
}

function libraryFolder(release: OtpRelease): string {
  const kernel = otpEbins(release).find((ebin) => /\/kernel-[^/]*\/ebin$/.test(ebin)) ?? '';
  return dirname(dirname(kernel));
}
