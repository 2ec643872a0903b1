// What systools answers where it can't do what was asked: `{error, Module, Reason}`. The reason is the term that systools has; the place,
// which it doesn't have, is ours.

import type { ParseError } from '../errors.js';
import { atom, type Term, tuple } from '../term/model.js';

/** The module of sasl whose format_error/1 knows the reason. */
export type SystoolsModule = 'systools_make' | 'systools_relup' | 'systools_rc';

/** Reports that a release, a relup or a tar can't be made. */
export class ReleaseError extends Error {
  readonly module: SystoolsModule;
  /** As systools has it, such as `{undef_module, shop_cart}`. */
  readonly reason: Term;
  /** Where it is: a file, the entry of an appup, an instruction; outermost first. */
  readonly place: readonly string[];
  /** What is wrong, where that is known better than by the reason: a text that can't be parsed. */
  readonly fault: ParseError | undefined;

  constructor(module: SystoolsModule, reason: Term, place: readonly string[] = [], fault?: ParseError) {
    super(`${module}: a release can't be made`);
    this.name = 'ReleaseError';
    this.module = module;
    this.reason = reason;
    this.place = place;
    this.fault = fault;
  }
}

/** Returns an error of systools_make. */
export function makeError(reason: Term, ...place: readonly string[]): ReleaseError {
  return new ReleaseError('systools_make', reason, place);
}

/** Returns an error of systools_relup. */
export function relupError(reason: Term, ...place: readonly string[]): ReleaseError {
  return new ReleaseError('systools_relup', reason, place);
}

/** Returns `{Tag, Terms...}`. */
export function tagged(tag: string, ...terms: readonly Term[]): Term {
  return tuple(atom(tag), ...terms);
}
