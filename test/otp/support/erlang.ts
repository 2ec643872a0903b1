// How a conformance test talks to a real Erlang: which releases this machine has, where their beams are, and how to ask them.
//   25      `erl` on the PATH, if it is a 25
//   27, 29  Debian roots under $OTP_ROOTS (default /opt/otp), made by .ci/otp/setup.sh and entered by .ci/otp/in.sh
// A question is a function in an Erlang module in this folder (see runOracle). Where a release is missing, its suites are left out by
// name and with the reason; BEAMTOOL_REQUIRE_OTP=25 (or 25,27) makes that a failure instead.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

/** The releases that conformance tests know. */
export type OtpRelease = 25 | 27 | 29;

/** What one release is on this machine: where its libraries are as seen from here, or why it can't be used. */
type Installation =
  | {
      readonly kind: 'present';
      readonly release: OtpRelease;
      readonly root: string;
      readonly erlangLib: string;
      readonly elixirLib: string;
    }
  | { readonly kind: 'missing'; readonly release: OtpRelease; readonly reason: string };

/** Options of a command that runs in a release. */
export interface CommandOptions {
  /** Folder to run in, the repository by default. Releases in a root see only /tmp and the top-level folder of this one. */
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** What {@link runErlang} runs: expressions for `erl -eval`, or an escript file. */
export type ErlangProgram = ({ readonly eval: string } | { readonly escript: string }) &
  CommandOptions & { readonly args?: readonly string[] };

/** The repository's own folder. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

const enterRoot = join(repository, '.ci/otp/in.sh');
const rootsFolder = process.env.OTP_ROOTS ?? '/opt/otp';

// No user's settings reach the oracle, and a crash leaves no dump behind.
const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', ERL_CRASH_DUMP_SECONDS: '0' };
for (const name of Object.keys(environment)) {
  if (/^(ERL_(.*FLAGS|LIBS|COMPILER_OPTIONS)|ELIXIR_.*|SOURCE_DATE_EPOCH)$/.test(name)) delete environment[name];
}

function run(command: readonly string[], options: CommandOptions): ReturnType<typeof spawnSync> {
  const [program = '', ...args] = command;
  return spawnSync(program, args, {
    cwd: options.cwd ?? repository,
    env: { ...environment, ...options.env },
    input: options.input ?? '',
    maxBuffer: 1024 * 1024 * 1024,
  });
}

function findOnPath(program: string): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = candidates.find((path) => existsSync(path));
  return found === undefined ? undefined : realpathSync(found);
}

function findSystemErlang(): Installation {
  const missing = (reason: string): Installation => ({ kind: 'missing', release: 25, reason });
  if (findOnPath('erl') === undefined) return missing('no Erlang/OTP 25 on this machine');
  const question = 'io:format("~s ~s",[erlang:system_info(otp_release),code:lib_dir()]),halt().';
  const answer = run(['erl', '-noinput', '-boot', 'no_dot_erlang', '-eval', question], {});
  const [release, erlangLib = ''] = String(answer.stdout).split(' ');
  if (answer.status !== 0) return missing('the erl on the PATH does not run');
  if (release !== '25') return missing(`the erl on the PATH is Erlang/OTP ${release}, not 25`);
  const elixir = findOnPath('elixir');
  return { kind: 'present', release: 25, root: '', erlangLib, elixirLib: elixir ? join(dirname(dirname(elixir)), 'lib') : '' };
}

function findRoot(release: 27 | 29): Installation {
  const root = join(rootsFolder, String(release));
  const missing = (reason: string): Installation => ({ kind: 'missing', release, reason });
  if (!existsSync(join(root, 'usr/lib/erlang/releases', String(release))))
    return missing(`no Erlang/OTP ${release} on this machine`);
  const entered = run([enterRoot, String(release), 'true'], {});
  if (entered.status !== 0) return missing(`Erlang/OTP ${release} is in ${root}, which only root may enter`);
  return {
    kind: 'present',
    release,
    root,
    erlangLib: join(root, 'usr/lib/erlang/lib'),
    elixirLib: join(root, 'usr/lib/elixir/lib'),
  };
}

const installations: readonly Installation[] = [findSystemErlang(), findRoot(27), findRoot(29)];

function installed(release: OtpRelease): Installation & { kind: 'present' } {
  const found = installations.find((installation) => installation.release === release);
  if (found?.kind === 'present') return found;
  throw new Error(found?.reason ?? `Erlang/OTP ${release} is not a release that tests know`);
}

/** The releases that are on this machine, in ascending order. */
export const otpReleases: readonly OtpRelease[] = installations
  .filter(({ kind }) => kind === 'present')
  .map(({ release }) => release);

/**
 * Describes a suite that needs `release`. Where it is missing, the suite is skipped with the reason in its title, or fails if
 * BEAMTOOL_REQUIRE_OTP names the release; `body` is then never called.
 */
export function describeWithOtp(release: OtpRelease, title: string, body: () => void): void {
  const found = installations.find((installation) => installation.release === release);
  if (found?.kind !== 'missing') {
    describe(title, body);
    return;
  }
  if ((process.env.BEAMTOOL_REQUIRE_OTP ?? '').split(/[ ,]+/).includes(String(release))) {
    describe(title, () => {
      it(`needs Erlang/OTP ${release}`, () => {
        throw new Error(`${found.reason}, and BEAMTOOL_REQUIRE_OTP asks for it`);
      });
    });
    return;
  }
  describe.skip(`${title} (left out: ${found.reason})`, () => {
    it('all of it', () => {});
  });
}

/** Runs a command of that release (`['erlc', '+deterministic', 'm.erl']`) and returns its standard output; throws if it fails. */
export function runCommand(release: OtpRelease, command: readonly string[], options: CommandOptions = {}): Buffer {
  installed(release);
  const done = run(release === 25 ? command : [enterRoot, String(release), ...command], options);
  if (done.error !== undefined) throw done.error;
  if (done.status === 0) return done.stdout as Buffer;
  const text = `${done.stderr}${done.stdout}`.slice(0, 4000);
  throw new Error(
    `OTP ${release}: ${command.join(' ').slice(0, 300)} failed (${done.signal ?? `exit code ${done.status}`}):\n${text}`,
  );
}

/**
 * Runs expressions (`eval`) or an escript file, and returns standard output; throws with stderr if it fails. Expressions get `args` by
 * init:get_plain_arguments(), and the node stops after the last one. Prefer {@link runOracle}: it is faster and its answers are exact.
 */
export function runErlang(release: OtpRelease, program: ErlangProgram): Buffer {
  const args = program.args ?? [];
  if ('escript' in program) return runCommand(release, ['escript', insidePath(release, program.escript), ...args], program);
  const node = ['erl', '-noshell', '-boot', 'no_dot_erlang', '-eval', program.eval, '-s', 'init', 'stop', '-extra', ...args];
  return runCommand(release, node, program);
}

/** Translates a path of this machine to what a program of that release must be given; throws for one that it can't see. */
export function insidePath(release: OtpRelease, path: string): string {
  const { root } = installed(release);
  if (root === '') return path;
  if (path.startsWith(`${root}/`)) return path.slice(root.length);
  const topFolder = repository.split('/')[1];
  if (path.startsWith('/tmp/') || path.startsWith(`/${topFolder}/`) || !path.startsWith('/')) return path;
  throw new Error(`${path} is not to be seen from Erlang/OTP ${release}: only ${root}, /tmp and /${topFolder} are`);
}

/** The exact versions of that release on this machine, such as `{ otp: '25.2.3', elixir: '1.14.0' }`. */
export function otpVersion(release: OtpRelease): { readonly otp: string; readonly elixir: string } {
  const { erlangLib, elixirLib } = installed(release);
  const otp = readFileSync(join(dirname(erlangLib), 'releases', String(release), 'OTP_VERSION'), 'utf8').trim();
  const elixirApp = join(elixirLib, 'elixir/ebin/elixir.app');
  const elixir = existsSync(elixirApp) ? /\{vsn,\s*"([^"]*)"\}/.exec(readFileSync(elixirApp, 'utf8'))?.[1] : undefined;
  return { otp, elixir: elixir ?? 'none' };
}

/** The ebin folders of OTP and of Elixir in that release, as paths of this machine, sorted. */
export function otpEbins(release: OtpRelease): readonly string[] {
  const { erlangLib, elixirLib } = installed(release);
  const ebinsIn = (lib: string): string[] => {
    const applications = existsSync(lib) ? readdirSync(lib).sort() : [];
    return applications.map((application) => join(lib, application, 'ebin')).filter((ebin) => existsSync(ebin));
  };
  return [...ebinsIn(erlangLib), ...ebinsIn(elixirLib)];
}

/** Every beam of OTP and of Elixir in that release, as paths of this machine, sorted by folder and name. */
export function otpBeams(release: OtpRelease): readonly string[] {
  return otpEbins(release).flatMap((ebin) => {
    const beams = readdirSync(ebin).filter((name) => name.endsWith('.beam'));
    return beams.sort().map((name) => join(ebin, name));
  });
}
