// The releases of the shop in beams/, made runnable: with the applications of an installed OTP, by our own commands from the beams to the tar.
//   FOLDER/N/lib, FOLDER/N/releases/N    release N as a build has it
//   FOLDER/root                          where release 1 is installed: what its tar holds, and what a first installation adds
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beamsFolder } from '../../support/fixtures.js';
import { type OtpRelease, repository, runCommand } from './erlang.js';
import { ertsName, installedVersions } from './installed-otp.js';

const command = join(repository, 'bin/beamtool.js');

/** Runs a command of ours and returns its standard output; throws if its exit code isn't 0. */
export function beamtool(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('node', [command, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`beamtool ${args.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** A release of the shop: whose modules it has, and the versions of its applications where they are others. */
interface ShopRelease {
  readonly modulesOf: 1 | 2 | 3;
  readonly versions?: Readonly<Record<string, string>>;
}

/** The releases; the fourth takes away again what the third brought. */
const RELEASES: Readonly<Record<string, ShopRelease>> = {
  1: { modulesOf: 1 },
  2: { modulesOf: 2 },
  3: { modulesOf: 3 },
  4: { modulesOf: 2, versions: { shop: '1.3.0', stock: '2.2.0', till: '1.2.0' } },
};

/** Writes release `name` as a build has it to `folder`, with the applications of that OTP in its `.rel`. */
export function writeShop(release: OtpRelease, name: string, folder: string): void {
  const { modulesOf, versions = {} } = RELEASES[name] as ShopRelease;
  const from = join(beamsFolder, `shop-${modulesOf}`);
  for (const library of readdirSync(join(from, 'lib'))) {
    const [application = '', vsn] = library.split('-');
    const to = join(folder, 'lib', `${application}-${versions[application] ?? vsn}`);
    cpSync(join(from, 'lib', library), to, { recursive: true });
    const app = join(to, 'ebin', `${application}.app`);
    rewrite(app, app, (text) => text.replace(/\{vsn, "[^"]*"\}/, `{vsn, "${versions[application] ?? vsn}"}`));
  }
  const others = { ...installedVersions(release), ...versions };
  const rel = join(folder, 'releases', name, `shop-${name}.rel`);
  mkdirSync(dirname(rel), { recursive: true });
  writeFileSync(join(dirname(rel), 'sys.config'), '[].\n');
  rewrite(join(from, 'releases', String(modulesOf), 'shop.rel'), rel, (text) =>
    text
      .replace(/\{"shop", "\d"\}/, `{"shop", "${name}"}`)
      .replace(/\{(\w+), "([^"]*)"\}/g, (all, application) =>
        application in others ? `{${application}, "${others[application]}"}` : all,
      ),
  );
}

function rewrite(from: string, to: string, change: (text: string) => string): void {
  writeFileSync(to, change(readFileSync(from, 'utf8')));
}

/** Installs a first release from its tar `NAME-VSN.tar.gz`, as the manual page of release_handler says; the runtime is the installed one. */
export function installFirst(release: OtpRelease, tar: string, root: string): void {
  const name = basename(tar, '.tar.gz');
  const vsn = name.slice(name.lastIndexOf('-') + 1);
  mkdirSync(root, { recursive: true });
  runCommand(release, ['tar', '-xzf', tar, '-C', root]);
  const erts = ertsName(release);
  symlinkSync(join('/usr/lib/erlang', erts), join(root, erts));
  beamtool('releases', '--rel', join(root, 'releases', vsn, `${name}.rel`), '--output', join(root, 'releases'));
  writeFileSync(join(root, 'releases/start_erl.data'), `${erts.slice('erts-'.length)} ${vsn}\n`);
}
