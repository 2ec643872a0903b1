// What a person adds to generated appups, in the files `APP.appup.pre.src` and `APP.appup.post.src`:
//
//   {VsnPattern, [{FromPattern, Instructions}], [{ToPattern, Instructions}]}.
//
// A pattern is compared with a version part by part, split at dots: `*` is any part, and the parts of a pattern that is shorter are enough. All
// entries that match count, in their order.
// Defined by rebar3_appup_plugin; release-upgrade 1.1.

import { ParseError, within } from '../../../errors.js';
import { badShape, readItems, readResourceTerm, readText } from '../../../graph/applications/resource-terms.js';
import { isAtom, isTuple, properList, type Term } from '../../../term/model.js';
import type { AppupScript, AppupScripts, ScriptEntry } from './model.js';
import type { BothWays } from './module-steps.js';

/** Reads such a file; throws ParseError, with line and column or for a term of another shape. */
export function parseAppupScript(bytes: Uint8Array, file: string): AppupScript {
  try {
    const term = readResourceTerm(bytes, file);
    if (!isTuple(term, 3)) throw badShape('not {VersionPattern, Up, Down}');
    const [vsn, up, down] = term.items as readonly [Term, Term, Term];
    return {
      file,
      vsn: within('version pattern', () => readText(vsn)),
      up: within('up', () => readItems(up, readScriptEntry)),
      down: within('down', () => readItems(down, readScriptEntry)),
    };
  } catch (error) {
    throw error instanceof ParseError ? error.inFile(file) : error;
  }
}

function readScriptEntry(entry: Term): ScriptEntry {
  if (!isTuple(entry, 2)) throw badShape('not {VersionPattern, Instructions}');
  const [pattern, steps] = entry.items as readonly [Term, Term];
  const instructions = properList(steps);
  if (instructions === undefined) throw badShape('not a list of instructions');
  return { pattern: readText(pattern), instructions };
}

/** Tells whether a pattern is for a version. */
export function matchesPattern(pattern: string, vsn: string): boolean {
  const parts = partsOf(vsn);
  return partsOf(pattern).every((part, at) => at < parts.length && (part === '*' || part === parts[at]));
}

function partsOf(text: string): readonly string[] {
  return text.split('.').filter((part) => part !== '');
}

/** Tells whether a script has anything for a version and an older one. */
export function appliesTo({ vsn: pattern, up, down }: AppupScript, vsn: string, from: string): boolean {
  return matchesPattern(pattern, vsn) && [...up, ...down].some((entry) => matchesPattern(entry.pattern, from));
}

/** Returns what goes before and after the instructions for one older version. */
export function scriptSteps(
  scripts: AppupScripts | undefined,
  vsn: string,
  from: string,
): { readonly pre: BothWays; readonly post: BothWays } {
  const stepsOf = (script: AppupScript | undefined): BothWays => {
    if (script === undefined || !matchesPattern(script.vsn, vsn)) return { up: [], down: [] };
    const matching = (entries: readonly ScriptEntry[]) =>
      entries.filter(({ pattern }) => matchesPattern(pattern, from)).flatMap(({ instructions }) => instructions);
    return { up: matching(script.up), down: matching(script.down) };
  };
  return { pre: stepsOf(scripts?.pre), post: stepsOf(scripts?.post) };
}

const MODULE_STEPS: ReadonlySet<string> = new Set(['update', 'load_module', 'add_module', 'delete_module']);

/** Returns the module that a high-level instruction is about, of which there may be no second one; undefined for any other. */
export function moduleOfStep(term: Term): string | undefined {
  if (!isTuple(term) || !isAtom(term.items[0]) || !MODULE_STEPS.has(term.items[0].name)) return undefined;
  return isAtom(term.items[1]) ? term.items[1].name : undefined;
}

/** Returns the modules that instructions are about, those in lists among them. */
export function modulesOfSteps(terms: readonly Term[]): ReadonlySet<string> {
  const found = terms.flatMap((term) => properList(term) ?? [term]).map(moduleOfStep);
  return new Set(found.filter((name) => name !== undefined));
}
