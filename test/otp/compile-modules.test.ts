// Functions that nobody here wrote: those of whole OTP modules. beam_validator accepts each that compile/ takes; modules that it takes
// whole answer as the original's forms do, on random arguments.
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { CompileError } from '../../src/compile/compile-error.js';
import type { FunctionForm } from '../../src/forms/form-model.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { encodeTerm } from '../../src/term/etf-encode.js';
import { atom, isAtom, isTuple, list, properList, type Term, tuple } from '../../src/term/model.js';
import { buildModule } from '../support/compiled-module.js';
import { type CompiledModule, moduleOf } from './support/compiled.js';
import { describeWithOtp, insidePath, type OtpRelease, otpBeams } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const SEED = String(process.env.BEAMTOOL_SEED ?? Date.now() % 0x7fff_ffff);
const TIMEOUT = 600_000;

/** Modules of plain functions, which do nothing but compute. */
const COMPUTING: readonly string[] = [
  'queue',
  'gb_trees',
  'gb_sets',
  'orddict',
  'ordsets',
  'dict',
  'proplists',
  'maps',
  'string',
];

/** Which applications' functions are compiled. */
const APPLICATIONS = /\/(stdlib)-[^/]*\/ebin\//;

function formsOf(release: OtpRelease, beams: readonly string[]): readonly Term[] {
  const paths = beams.map((beam) => insidePath(release, beam));
  return properList(decodeTerm(runOracle(release, 'compile_oracle', 'forms_of_beams', [paths]))) ?? [];
}

/** A function of the same name and arity that does nothing. */
function stubOf({ kind, anno, name, arity }: FunctionForm): FunctionForm {
  const patterns = Array.from({ length: arity }, () => ({ kind: 'var', anno, name: '_' }) as const);
  return {
    kind,
    anno,
    name,
    arity,
    clauses: [{ kind: 'clause', anno, patterns, guards: [], body: [{ kind: 'atom', anno, name: 'stub' }] }],
  };
}

/** Compiles the functions of a module one by one; those that can't be compiled become stubs. */
function acceptedOf(module: CompiledModule, refused: Map<string, number>): CompiledModule {
  const isDefined = (name: string, arity: number) =>
    module.functions.some((form) => form.name === name && form.arity === arity) ? 1 : undefined;
  const functions = module.functions.map((form) => {
    try {
      buildModule(module.name, [form], module.options, isDefined);
      return form;
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      const reason = `${error.kind}: ${error.reason}`.replace(/ \S+\/\d+| [A-Z]\w*|record \w+/g, ' _');
      refused.set(reason, (refused.get(reason) ?? 0) + 1);
      return stubOf(form);
    }
  });
  return { ...module, functions };
}

/** A module under another name. */
function renamed(forms: Term, name: string): Term {
  const items = (properList(forms) ?? []).map((form) => {
    const isModule = isTuple(form, 4) && isAtom(form.items[2], 'module') && isAtom(form.items[0], 'attribute');
    return isModule ? tuple(...form.items.slice(0, 3), atom(name)) : form;
  });
  return list(items);
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `functions of OTP ${release} (seed ${SEED})`, () => {
    it(
      'makes functions that beam_validator accepts',
      () => {
        const beams = otpBeams(release).filter((beam) => APPLICATIONS.test(beam));
        const refused = new Map<string, number>();
        let [all, accepted] = [0, 0];
        for (let at = 0; at < beams.length; at += 100) {
          const modules = formsOf(release, beams.slice(at, at + 100)).filter((forms) => properList(forms)?.length !== 0);
          const made = modules.map((forms) => {
            const module = moduleOf(release, forms);
            const taken = acceptedOf(module, refused);
            all += module.functions.length;
            accepted += taken.functions.filter((form) => module.functions.includes(form)).length;
            return buildModule(taken.name, taken.functions, taken.options);
          });
          expect(String(runOracle(release, 'compile_oracle', 'validate', [made]))).toBe('');
        }
        const reasons = [...refused].sort(([, left], [, right]) => right - left).slice(0, 20);
        console.log(`OTP ${release}: ${accepted} of ${all} functions`, reasons);
        expect(accepted / all).toBeGreaterThan(0.9);
      },
      TIMEOUT,
    );

    it(
      'makes modules that answer as the originals',
      () => {
        const beams = otpBeams(release).filter((beam) => COMPUTING.includes(basename(beam, '.beam')) && /stdlib-/.test(beam));
        const forms = formsOf(release, beams).map((term, at) => renamed(term, `our_${basename(beams[at] as string, '.beam')}`));
        const triples = forms.map((term) => {
          const { name, functions, options } = moduleOf(release, term);
          return [encodeTerm(term), buildModule(name, functions, options)];
        });
        expect(triples.length).toBe(COMPUTING.length);
        expect(String(runOracle(release, 'compile_oracle', 'compare_small', [SEED, triples]))).toBe('');
      },
      TIMEOUT,
    );
  });
}
