// A module as two builds of it are compared: hashes of its normal form, and what others see of it. Plain data, so that it can be kept.

import type { BeamModule } from '../beam/module.js';
import { hex, md5 } from '../bytes/md5.js';
import { authorNames } from '../code/normal-form/injection-mark.js';
import { mayHoldLines } from '../code/normal-form/line-literals.js';
import { normaliseCode } from '../code/normal-form/normal-code.js';
import { hashNormalModule, type NormalModule, normaliseModule } from '../code/normal-form/normal-module.js';
import { termBytes } from '../code/normal-form/symbols.js';
import { atom, list, tuple } from '../term/model.js';
import { compareTermsExactly } from '../term/order.js';
import { type ModuleInterface, readInterface } from './module-interface.js';

/** What there is to compare of a module. Hashes are 32 hexadecimal digits. */
export interface ModuleState {
  /** Of code, exports and native records. */
  readonly code: string;
  /** The same without the lines and files that macros put into literals. */
  readonly codeWithoutLines: string;
  /** Of the attributes that count; null in a stripped file. */
  readonly attributes: string | null;
  readonly surface: ModuleInterface;
}

/** Reads what there is to compare; throws ParseError where the module is damaged. */
export function readModuleState(module: BeamModule): ModuleState {
  const normal = normaliseModule(module);
  const code = hashCode(normal);
  return {
    code,
    codeWithoutLines: mayHoldLines(module) ? hashCode({ ...normal, code: codeWithoutLines(module) }) : code,
    attributes: module.chunk('Attr') === undefined ? null : hashAttributes(normal),
    surface: readInterface(module),
  };
}

function hashCode(normal: NormalModule): string {
  return hashNormalModule({ ...normal, attributes: new Map() });
}

function codeWithoutLines(module: BeamModule): NormalModule['code'] {
  return normaliseCode(module, { nameOf: authorNames(module), isWithoutLines: true });
}

function hashAttributes({ attributes }: NormalModule): string {
  const pairs = [...attributes].map(([name, values]) => tuple(atom(name), values)).sort(compareTermsExactly);
  return hex(md5(termBytes(list(pairs))));
}

/** How two builds of a module differ: in what it does, in the lines and files that it holds alone, or in nothing that counts. */
export type StateDifference = 'code' | 'lines' | 'none';

/** Compares two builds of a module. */
export function compareStates(old: ModuleState, now: ModuleState): StateDifference {
  // Stripping a file takes its attributes away, with which it is no other module.
  if (old.attributes !== null && now.attributes !== null && old.attributes !== now.attributes) return 'code';
  if (old.code === now.code) return 'none';
  return old.codeWithoutLines === now.codeWithoutLines ? 'lines' : 'code';
}
