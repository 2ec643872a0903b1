// Asks a function of an Erlang module in this folder. Arguments and answer travel in files, so their size and bytes are free:
//   argument  $s u32 length, UTF-8 bytes   -> string (list of code points)
//             $b u32 length, bytes         -> binary
//             $l u32 count, arguments      -> list
//   answer    the iodata that the function returns
// The module is compiled once per release and content, into a folder under /tmp that later runs use again.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OtpRelease, repository, runCommand } from './erlang.js';

/** What an oracle function can be given: a string, a binary, or a list of these. */
export type OracleArgument = string | Uint8Array | readonly OracleArgument[];

const supportFolder = join(repository, 'test/otp/support');
// Not os.tmpdir(): the roots of OTP 27 and 29 share /tmp with this machine, and no other temporary folder.
const cacheFolder = `/tmp/beamtool-oracles-${process.getuid?.() ?? 0}`;

/**
 * Calls `module:name(Args...)` of test/otp/support/`module`.erl in that release and returns the iodata that it returns. Throws with the
 * Erlang error and stack if the call or the compilation fails. What the function prints goes nowhere.
 */
export function runOracle(release: OtpRelease, module: string, name: string, args: readonly OracleArgument[] = []): Buffer {
  const paths = [compiledFolder(release, 'oracle_runner'), compiledFolder(release, module)];
  const exchange = mkdtempSync(join(cacheFolder, 'call-'));
  try {
    const [question, answer] = [join(exchange, 'question'), join(exchange, 'answer')];
    writeFileSync(question, encodeArgument(args));
    const start = ['-noinput', '-boot', 'no_dot_erlang', '-pa', ...paths, '-run', 'oracle_runner', 'run'];
    runCommand(release, ['erl', ...start, module, name, question, answer]);
    return readFileSync(answer);
  } finally {
    rmSync(exchange, { recursive: true, force: true });
  }
}

function encodeArgument(argument: OracleArgument): Buffer {
  if (typeof argument === 'string') return withHeader('s', Buffer.byteLength(argument), [Buffer.from(argument)]);
  if (argument instanceof Uint8Array) return withHeader('b', argument.length, [argument]);
  return withHeader('l', argument.length, argument.map(encodeArgument));
}

function withHeader(tag: string, size: number, content: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(5);
  header.write(tag, 0, 'latin1');
  header.writeUInt32BE(size, 1);
  return Buffer.concat([header, ...content]);
}

// Several workers may want the same module at once: each compiles in a folder of its own, and the first to rename it wins.
function compiledFolder(release: OtpRelease, module: string): string {
  const source = readFileSync(join(supportFolder, `${module}.erl`));
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 16);
  const folder = join(cacheFolder, `${release}-${module}-${hash}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  const building = mkdtempSync(join(cacheFolder, 'build-'));
  copyFileSync(join(supportFolder, `${module}.erl`), join(building, `${module}.erl`));
  runCommand(release, ['erlc', '-Werror', '-o', building, join(building, `${module}.erl`)]);
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(building, { recursive: true, force: true });
  }
  return folder;
}
