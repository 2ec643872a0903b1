// The normal form of a module's code: what two builds have in common whatever their lines, the order of their functions, the numbers of
// atoms, literals and labels. Functions that the compiler made of funs and comprehensions are numbered by their place in the source, so
// they have no name here: they are what the functions that use them hold.

import type { BeamModule } from '../../beam/module.js';
import { isSame } from '../../bytes/compare.js';
import { Writer } from '../../bytes/writer.js';
import { ParseError } from '../../errors.js';
import { MAX_COMPARED_FUNCTIONS } from '../../limits.js';
import { isMadeName } from '../made-functions.js';
import { lineLiterals } from './line-literals.js';
import { type FunctionBody, normaliseFunction, openBlockSpace } from './normal-function.js';
import { readBlocks } from './read-blocks.js';
import { openSymbols } from './symbols.js';

/** A function of the normal form. */
export interface NormalFunction extends Pick<FunctionBody, 'made'> {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly arity: number;
  /** Whether it has a name that counts; the others are told by what they do. */
  readonly isNamed: boolean;
}

/** The functions in the order of the file. */
export interface NormalCode {
  readonly functions: readonly NormalFunction[];
}

/** What to leave out, and what to call otherwise. */
export interface NormalChoices {
  /** Returns the name that counts; undefined for a function that is no part of what the author wrote. */
  readonly nameOf?: (name: string, arity: number) => string | undefined;
  /** Whether the lines and files that macros put into literals are passed over. */
  readonly isWithoutLines?: boolean;
}

/** Returns the normal form of a module's code; throws ParseError. */
export function normaliseCode(module: BeamModule, choices: NormalChoices = {}): NormalCode {
  return module.located('Code', () => normalise(module, choices));
}

function normalise(module: BeamModule, { nameOf = (name) => name, isWithoutLines = false }: NormalChoices): NormalCode {
  const lines = isWithoutLines ? lineLiterals(module) : undefined;
  const blocks = readBlocks(module, openSymbols(module, lines?.without), lines);
  const exported = new Set(module.exports.map(({ label }) => label));
  const isNamed = blocks.functions.map(({ name, entry }) => !isMadeName(name) || exported.has(entry));
  const names = blocks.functions.map(({ name, arity }) => nameOf(name, arity));
  const space = openBlockSpace(blocks, (at) => (isNamed[at] ? (names[at] ?? blocks.functions[at]?.name) : undefined));
  const out = new Writer(blocks.bytes.length * 2);
  const bodies = blocks.functions.map((_, at) => normaliseFunction(space, at, out));
  const bytes = out.finish();
  const functions = bodies.map(({ start, end, made }, at) => ({
    name: names[at] ?? '',
    arity: blocks.functions[at]?.arity ?? 0,
    isNamed: isNamed[at] === true && names[at] !== undefined,
    bytes: bytes.subarray(start, end),
    made,
  }));
  return { functions };
}

/** Tells whether two functions do the same, with all that the compiler made for them. */
export type SameFunction = (left: NormalFunction, right: NormalFunction) => boolean;

/** Returns what compares functions of two modules; throws ParseError `limit` where it would take too long. */
export function functionComparer(old: NormalCode, now: NormalCode): SameFunction {
  let left = MAX_COMPARED_FUNCTIONS;
  return (before, after) => {
    const waiting: (readonly [NormalFunction, NormalFunction])[] = [[before, after]];
    // Functions may use each other: a pair that is looked at already is the same until one that it uses turns out not to be.
    const seen = new Set<string>();
    for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
      if (left-- === 0)
        throw new ParseError({ code: 'limit', reason: 'too many functions that use too many others', path: ['Code'] });
      const [one, other] = pair;
      if (!isSame(one.bytes, other.bytes) || one.made.length !== other.made.length) return false;
      one.made.forEach((position, at) => {
        const key = `${position} ${other.made[at]}`;
        if (seen.has(key)) return;
        seen.add(key);
        waiting.push([old.functions[position] as NormalFunction, now.functions[other.made[at] as number] as NormalFunction]);
      });
    }
    return true;
  };
}
