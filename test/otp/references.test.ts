// Dependencies that are no calls, against the real Erlang: the callbacks of every behaviour as its behaviour_info/1 returns them, the types of
// other modules and Elixir's structs as Erlang finds them in debug info, protocols as their implementations answer; and on our own sources in
// references/, by both readers.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { type FactSource, readFacts } from '../../src/graph/facts/read-facts.js';
import type { FunctionName, ModuleFacts, Reference } from '../../src/graph/module-facts.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams, otpEbins, repository, runCommand } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const lines = (answer: Buffer) => answer.toString('utf8').split('\n').slice(0, -1);

const inside = (release: OtpRelease) => otpEbins(release).map((ebin) => insidePath(release, ebin));

const functionText = ({ name, arity }: FunctionName) => `${name}/${arity}`;

function read(file: string, source: FactSource): ModuleFacts {
  return readFacts(readBeam(readFileSync(file), { file }), { file, app: null, references: true, builtins: false }, source).facts;
}

function callbackLines({ module, callbacks, optionalCallbacks, exports }: ModuleFacts): readonly string[] {
  if (!exports.some((each) => functionText(each) === 'behaviour_info/1')) return [];
  const line = (key: string, names: readonly FunctionName[]) => [module, key, ...names.map(functionText)].join('\x01');
  const optional = optionalCallbacks === undefined ? [] : [line('optional_callbacks', optionalCallbacks)];
  return [line('callbacks', callbacks ?? []), ...optional];
}

/** Module, the function that refers or nothing, and what `text` says of each reference of a kind. */
const referenceLines =
  (wanted: Reference['kind'], text: (reference: Reference) => string) =>
  ({ module, functions, references = [] }: ModuleFacts): readonly string[] =>
    references.flatMap((reference) => {
      const from = functions[reference.from];
      const owner = from === undefined ? '' : functionText(from);
      return reference.kind === wanted ? [`${module}\x01${owner}\x01${text(reference)}`] : [];
    });

const typeLines = referenceLines('type', ({ module, name, arity }) => `${module}:${name}/${arity}`);
const structLines = referenceLines('struct', ({ module }) => String(module));

function implementationLines({ module, references = [] }: ModuleFacts): readonly string[] {
  const named = references.flatMap(({ kind, module: target }) => (kind === 'protocol' ? [target] : []));
  return named.length === 0 ? [] : [[module, ...named].join('\x01')];
}

/** The differences of two lists as sets; a whole list in a failure would be no help. */
function differences(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [known, wanted] = [new Set(ours), new Set(theirs)];
  const missing = theirs.filter((line) => !known.has(line)).map((line) => `missing ${line}`);
  return [...missing, ...ours.filter((line) => !wanted.has(line)).map((line) => `too many ${line}`)].slice(0, 20);
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `references, with OTP ${release}`, () => {
    let facts: readonly ModuleFacts[] = [];
    let answers: readonly string[] = [];
    const answersOf = (letter: string) => answers.filter((line) => line.startsWith(letter)).map((line) => line.slice(1));

    beforeAll(() => {
      answers = lines(runOracle(release, 'references_oracle', 'all', [inside(release)]));
      facts = otpBeams(release).map((file) => read(file, 'auto'));
    });

    it('know the callbacks of every behaviour', () => {
      const theirs = answersOf('C');
      expect(theirs.length).toBeGreaterThan(90);
      // Where none is optional many say nothing of it.
      const telling = theirs.filter((line) => !line.endsWith('\x01optional_callbacks'));
      expect(differences(facts.flatMap(callbackLines), telling)).toEqual([]);
    });

    it('know the types of other modules, and the functions whose specs name them', () => {
      const theirs = answersOf('T');
      expect(theirs.length).toBeGreaterThan(6000);
      expect(differences(facts.flatMap(typeLines), theirs)).toEqual([]);
    });

    it('know the protocol of every implementation, and what it is for', () => {
      const theirs = answersOf('I');
      expect(theirs.length).toBeGreaterThan(50);
      expect(differences(facts.flatMap(implementationLines), theirs)).toEqual([]);
    });

    it('know the structs that Elixir has in its definitions, where these are in the code', () => {
      const theirs = answersOf('S');
      const ours = new Set(facts.flatMap(structLines));
      const inCode = new Set(
        facts.flatMap(({ module, functions }) => functions.map((each) => `${module}\x01${functionText(each)}`)),
      );
      const missing = theirs.filter((line) => !ours.has(line) && inCode.has(line.slice(0, line.lastIndexOf('\x01'))));
      expect(theirs.length).toBeGreaterThan(500);
      // Functions that take `first..last` apart as syntax.
      expect(missing.filter((line) => !/^Elixir\.(Kernel|Exception)\x01.*\x01Elixir\.Range$/.test(line))).toEqual([]);
      expect(missing.length).toBeLessThan(6);
    });
  });

  describeWithOtp(release, `references in our own sources, with OTP ${release}`, () => {
    const sources = join(repository, 'test/otp/references');
    let folder = '';

    beforeAll(() => {
      // Not os.tmpdir(): see support/oracle.ts.
      folder = mkdtempSync('/tmp/beamtool-references-');
      for (const name of readdirSync(sources)) copyFileSync(join(sources, name), join(folder, name));
      const options = ['+debug_info', '+nowarn'];
      runCommand(release, ['erlc', ...options, ...readdirSync(sources)], { cwd: folder });
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** Function, kind and confidence, what is referred to, and lines. */
    function referencesOf(name: string, source: FactSource): readonly string[] {
      const { functions, references = [] } = read(join(folder, `${name}.beam`), source);
      return references.map(({ from, kind, confidence, module, application, name: to, arity, sites }) => {
        const owner = functions[from] === undefined ? '-' : functionText(functions[from]);
        const target = `${module ?? application}${to === null ? '' : `:${to}/${arity ?? '?'}`}`;
        return `${owner} ${kind} ${confidence} ${target} at ${sites.map(({ line }) => line)}`;
      });
    }

    it.each(['abstract', 'code'] as const)('are the children that init/1 returns, from %s', (source) => {
      const theirs = lines(runOracle(release, 'references_oracle', 'children', [folder, 'ref_sup']));
      const ours = referencesOf('ref_sup', source).filter((line) => line.includes(' child_spec '));
      expect(ours.map((line) => line.replace(/^.* literal (.*) at .*$/, '$1')).sort()).toEqual([...theirs].sort());
      expect(theirs.length).toBe(6);
      expect(referencesOf('ref_sup', source).filter((line) => / mfa (literal|inferred) /.test(line))).toEqual([
        'start_link/1 mfa inferred ref_sup at 6',
      ]);
    });

    const data = [
      'hooks/1 mfa literal lists:sort/1 at 7',
      'hooks/1 mfa literal ref_target:run/0 at 7',
      'hooks/1 mfa literal ref_target:run/2 at 7',
      'start/1 mfa inferred ref_data:size/1 at 9',
      'start/1 mfa inferred ref_server at 9',
      'remote/2 mfa inferred ref_target:stop/0 at 11',
      'remote/2 mfa inferred ref_target:go/? at 11',
    ];

    it('are functions as data and what is given to functions that call it, and records of headers, from abstract', () => {
      const ours = referencesOf('ref_data', 'abstract');
      const wanted = [
        '- mfa literal ref_default:init/0 at 5',
        ...data,
        'size/1 record inferred kernel:file_info/? at 20',
        'stamp/1 record inferred kernel:file_info/? at 22,23',
        'stamp/1 type exact file:io_device/0 at 22',
      ];
      // What the header has of types stands where the header says.
      expect(ours.filter((line) => !line.startsWith('- type ')).sort()).toEqual(wanted.sort());
    });

    it('are functions as data and what is given to functions that call it, from code', () => {
      expect([...referencesOf('ref_data', 'code')].sort()).toEqual(
        ['own/1 mfa literal ref_default:init/0 at 25', ...data].sort(),
      );
    });

    it.each(['abstract', 'code', 'tables'] as const)('are the callbacks that are written by hand, from %s', (source) => {
      const callbacks = ['ref_behaviour', 'ref_single', 'ref_computed'].map((name) => {
        const { callbacks = [], optionalCallbacks = [] } = read(join(folder, `${name}.beam`), source);
        return [callbacks.map(functionText), optionalCallbacks.map(functionText)];
      });
      expect(callbacks).toEqual([
        [['init/1', 'handle/2'], ['handle/2']],
        [['run/0'], []],
        [[], []],
      ]);
    });
  });
}
