// Two builds of a release, written as sources: what a plan of the upgrade from one to the other is made of.
//   FOLDER/old, FOLDER/new      lib/APP-VSN/ebin and releases/VSN/r.rel, as builds have them
//   FOLDER/both                 what systools wants: rel/base.rel, rel/top.rel, lib of both
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OtpRelease } from './erlang.js';
import { installedVersions } from './installed-otp.js';
import { type OracleArgument, runOracle } from './oracle.js';

/** A module: its source without `-module`, and options of the compiler as Erlang text, where they aren't `[debug_info]`. */
export type ModuleSource = string | readonly [source: string, options: string];

/** An application of a build; a module NAME_app starts it. */
export interface ApplicationSource {
  readonly vsn: string;
  readonly modules: Readonly<Record<string, ModuleSource>>;
  /** Its start type in the release, permanent where it isn't given. */
  readonly type?: string;
  /** Files in its folder. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A build: its applications by name, in the order of the release. */
export type BuildSource = Readonly<Record<string, ApplicationSource>>;

/** Two builds. */
export interface ReleasePair {
  readonly folder: string;
  readonly old: BuildSource;
  readonly now: BuildSource;
}

/** Writes builds, all in one run of the compiler. */
export function writePairs(release: OtpRelease, pairs: readonly ReleasePair[]): void {
  const modules = pairs.flatMap(({ folder, old, now }) => [
    ...writeBuild(release, join(folder, 'old'), '1', old),
    ...writeBuild(release, join(folder, 'new'), '2', now),
  ]);
  runOracle(release, 'pair_oracle', 'compile', [modules]);
}

/** Writes all of a build but its modules, and returns what the oracle compiles. */
function writeBuild(release: OtpRelease, folder: string, vsn: string, build: BuildSource): readonly OracleArgument[] {
  const rel = join(folder, 'releases', vsn, 'r.rel');
  mkdirSync(dirname(rel), { recursive: true });
  writeFileSync(rel, relText(release, vsn, build));
  return Object.entries(build).flatMap(([name, application]) => {
    const root = join(folder, 'lib', `${name}-${application.vsn}`);
    mkdirSync(join(root, 'ebin'), { recursive: true });
    writeFileSync(join(root, 'ebin', `${name}.app`), appText(name, application));
    for (const [file, text] of Object.entries(application.files ?? {})) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return Object.entries(application.modules).map(([module, given]): OracleArgument => {
      const [source, options] = typeof given === 'string' ? [given, '[debug_info]'] : given;
      return [join(root, 'ebin'), module, `-module(${module}).\n${source}`, options];
    });
  });
}

function relText(release: OtpRelease, vsn: string, build: BuildSource): string {
  const versions = installedVersions(release);
  const mandatory = ['kernel', 'stdlib', 'sasl'].map((name) => `{${name}, "${versions[name]}"}`);
  const own = Object.entries(build).map(
    ([name, one]) => `{${name}, "${one.vsn}"${one.type === undefined ? '' : `, ${one.type}`}}`,
  );
  return `{release, {"r", "${vsn}"}, {erts, "${versions.erts}"}, [${[...mandatory, ...own].join(', ')}]}.\n`;
}

function appText(name: string, { vsn, modules }: ApplicationSource): string {
  const start = `${name}_app` in modules ? `, {mod, {${name}_app, []}}` : '';
  const keys = `{description, ""}, {modules, [${Object.keys(modules).join(', ')}]}, {registered, []}, {applications, [kernel, stdlib]}${start}`;
  return `{application, ${name}, [{vsn, "${vsn}"}, ${keys}]}.\n`;
}

/** Returns what systools makes of the appups that lie in the new builds, as texts without spaces. */
export function relupsOf(release: OtpRelease, pairs: readonly ReleasePair[]): readonly string[] {
  const folders = pairs.map(({ folder }) => {
    const both = join(folder, 'both');
    for (const build of ['old', 'new']) cpSync(join(folder, build, 'lib'), join(both, 'lib'), { recursive: true });
    cpSync(join(folder, 'old/releases/1/r.rel'), join(both, 'rel/base.rel'));
    cpSync(join(folder, 'new/releases/2/r.rel'), join(both, 'rel/top.rel'));
    return both;
  });
  return runOracle(release, 'pair_oracle', 'relups', [folders]).toString('utf8').split('\0');
}
