// Parsed terms and tokens against the real file:consult and erl_scan of each release: the files of the installed OTP, the texts of
// support/consult_texts.txt (one a line; ⟨a⟩ is the character of that hexadecimal code), and random terms that io_lib printed.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ParseError } from '../../src/errors.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { type Atom, atom, float, isAtom, isTuple, list, properList, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { equalTerms } from '../../src/term/order.js';
import { parseTerms } from '../../src/term/parse.js';
import { decodeSource, sourceEncoding } from '../../src/term/parse-source.js';
import { Scanner, type Token } from '../../src/term/scan.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins } from './support/erlang.js';
import { type OracleArgument, runOracle } from './support/oracle.js';

const MAX = 'x'.repeat(255);
const texts = [
  ...readFileSync(new URL('./support/consult_texts.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n'),
  MAX,
  `${MAX}x`,
  `'${'☃'.repeat(255)}'`,
  `'${'☃'.repeat(256)}'`,
  `X${MAX}`,
  `16#1.0#e-${'9'.repeat(400)}`,
  `<<${'9'.repeat(310)}/float>>`,
].map((line) => `${line.replace(/⟨([0-9a-f]+)⟩/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))}.\n`);

function ask(release: OtpRelease, question: string, ...args: readonly OracleArgument[]): readonly Term[] {
  return properList(decodeTerm(runOracle(release, 'consult_oracle', question, args))) as readonly Term[];
}

/** The answer that the oracle gave with `ok`. */
function accepted(answer: Term | undefined): Term | undefined {
  return isTuple(answer, 2) && isAtom(answer.items[0], 'ok') ? answer.items[1] : undefined;
}

/** What `read` gives, or undefined where it throws a ParseError; any other error is one. */
function attempt(read: () => Term): Term | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function same(ours: Term | undefined, theirs: Term | undefined): boolean {
  return ours === undefined || theirs === undefined ? ours === theirs : equalTerms(ours, theirs);
}

function tokensOf(text: string, otp: number): Term {
  const scanner = new Scanner(text, { otp });
  const tokens: Term[] = [];
  for (let token = scanner.next(); token.kind !== 'end'; token = scanner.next()) tokens.push(tokenTerm(token));
  return list(tokens);
}

const CATEGORIES: Readonly<Record<string, string>> = {
  variable: 'var',
  'sigil-prefix': 'sigil_prefix',
  'sigil-suffix': 'sigil_suffix',
};

function tokenTerm(token: Token): Term {
  const category: Atom = atom(token.kind === 'symbol' ? token.text : (CATEGORIES[token.kind] ?? token.kind));
  return tuple(category, token.place.line, token.place.column, ...symbolOf(token));
}

function symbolOf(token: Token): readonly Term[] {
  switch (token.kind) {
    case 'symbol':
    case 'dot':
    case 'end':
      return [];
    case 'string':
      return [stringTerm(token.text)];
    case 'sigil-suffix':
      return [stringTerm(token.name)];
    case 'float':
      return [float(token.value)];
    case 'integer':
    case 'char':
      return [token.value];
    default:
      return [atom(token.name)];
  }
}

function filesBelow(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, pattern);
    return entry.isFile() && pattern.test(entry.name) ? [path] : [];
  });
}

/** The installation's files of that kind; the applications of Elixir are below other folders. */
function installedFiles(release: OtpRelease, pattern: RegExp): readonly string[] {
  const ebins = otpEbins(release);
  const erlang = dirname(dirname(dirname(ebins[0] as string)));
  const elixir = ebins.filter((ebin) => !ebin.startsWith(erlang));
  return [erlang, ...elixir].flatMap((folder) => filesBelow(folder, pattern));
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `text of OTP ${release}`, () => {
    it('parses to the terms of file:consult: all files of terms that are installed', () => {
      const files = installedFiles(release, /\.(app|appup|rel|config|script|funcs|conf|tool)$|^RELEASES$/);
      const answers = ask(
        release,
        'consult_files',
        files.map((file) => insidePath(release, file)),
      ).map(accepted);
      const wrong = files.filter((file, at) => {
        const text = decodeSource(readFileSync(file), { file });
        return !same(
          attempt(() => list(parseTerms(text, { file, otp: release }))),
          answers[at],
        );
      });
      expect(wrong).toEqual([]);
      expect(answers.filter((answer) => answer !== undefined).length).toBeGreaterThan(40);
    });

    it('parses to the terms of file:consult, or is refused with it: odd texts', () => {
      const answers = ask(
        release,
        'consult_texts',
        texts.map((text) => new TextEncoder().encode(text)),
      ).map(accepted);
      const wrong = texts.filter(
        (text, at) =>
          !same(
            attempt(() => list(parseTerms(text, { otp: release }))),
            answers[at],
          ),
      );
      expect(wrong).toEqual([]);
      expect(answers.filter((answer) => answer !== undefined).length).toBeGreaterThan(300);
    });

    it('has the tokens of erl_scan, with their lines and columns', () => {
      const sources = installedFiles(release, /\.(hrl|erl|app|appup)$/).map((file) => decodeSource(readFileSync(file)));
      const all = [...texts, ...sources];
      const answers = ask(release, 'tokens', all).map(accepted);
      const wrong = all.filter(
        (text, at) =>
          !same(
            attempt(() => tokensOf(text, release)),
            answers[at],
          ),
      );
      expect(wrong.map((text) => text.slice(0, 200))).toEqual([]);
      expect(sources.length).toBeGreaterThan(60);
    });

    it('parses back to the random terms that io_lib printed', () => {
      const seed = Math.floor(Math.random() * 1_000_000);
      const rows = ask(release, 'printed', String(seed), '1500').map((row) => (isTuple(row, 2) ? row.items : []));
      const wrong = rows.flatMap(([term, printed]) =>
        (properList(printed) ?? []).flatMap((bytes) => {
          const text = decodeSource((bytes as { bytes: Uint8Array }).bytes);
          return same(list(parseTerms(text, { otp: release })), list([term as Term])) ? [] : [text];
        }),
      );
      expect(wrong, `seed ${seed}`).toEqual([]);
      expect(rows.length).toBe(1500);
    });

    it('has the encodings of epp', () => {
      const files = installedFiles(release, /\.(hrl|erl|app|appup)$/);
      const answers = ask(
        release,
        'encodings',
        files.map((file) => insidePath(release, file)),
      );
      const wrong = files.filter((file, at) => !isAtom(answers[at], sourceEncoding(readFileSync(file))));
      expect(wrong).toEqual([]);
    });
  });
}
