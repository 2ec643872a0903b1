// What two builds of a module have in common if they behave alike: the normal form of the code, exports, attributes and native records. Not
// in it: lines, documentation, debug info, compile info, types of registers, an automatic `vsn`, `-ignore_xref`, `-beamtool`, and what
// beamtool injected to migrate state.

import type { BeamModule } from '../../beam/module.js';
import { hex, md5 } from '../../bytes/md5.js';
import { encodeUtf8 } from '../../bytes/text.js';
import { Writer } from '../../bytes/writer.js';
import { atom, list, type Term, tuple } from '../../term/model.js';
import { compareTermsExactly } from '../../term/order.js';
import { readNativeRecords } from '../native-records.js';
import { authorNames, injectionMark, ownCallback } from './injection-mark.js';
import { type NormalCode, type NormalFunction, normaliseCode } from './normal-code.js';
import { functionBytes, termBytes } from './symbols.js';

/** A module without what doesn't count. */
export interface NormalModule {
  readonly module: string;
  readonly code: NormalCode;
  /** `name/arity`, sorted. */
  readonly exports: readonly string[];
  /** The values of each attribute that counts, as a term, by name. */
  readonly attributes: ReadonlyMap<string, Term>;
  /** Native records of OTP 29, as a term; `[]` where there are none. */
  readonly nativeRecords: Term;
}

/** Returns the normal form of a module; throws ParseError. */
export function normaliseModule(module: BeamModule): NormalModule {
  return { ...normaliseInterface(module), code: normaliseCode(module, { nameOf: authorNames(module) }) };
}

/** The parts of a module that aren't its code. */
export type NormalInterface = Omit<NormalModule, 'code'>;

/** Returns the normal form of what isn't code; throws ParseError. */
export function normaliseInterface(module: BeamModule): NormalInterface {
  return {
    module: module.name,
    exports: exportNames(module),
    attributes: countedAttributes(module),
    nativeRecords: nativeRecordTerm(module),
  };
}

function exportNames(module: BeamModule): readonly string[] {
  const authorName = authorNames(module);
  const own = ownCallback(module);
  const names = module.exports.flatMap(({ name, arity }) => {
    const authors = `${name}/${arity}` === own ? name : authorName(name, arity);
    return authors === undefined ? [] : [`${authors}/${arity}`];
  });
  return [...new Set(names)].sort();
}

const IGNORED: ReadonlySet<string> = new Set(['ignore_xref', 'beamtool']);

function countedAttributes(module: BeamModule): ReadonlyMap<string, Term> {
  const counted = module.attributes.filter(({ name }) => !IGNORED.has(name) && !(name === 'vsn' && isAutomatic(module)));
  return new Map(counted.map(({ name, values }) => [name, list(values)]));
}

/** Tells whether the compiler made the version of the module's MD5, which it is as a number. An injection leaves that of the original. */
function isAutomatic(module: BeamModule): boolean {
  const values = module.attribute('vsn');
  const [value] = values;
  if (values.length !== 1 || (typeof value !== 'number' && typeof value !== 'bigint')) return false;
  if (injectionMark(module) !== undefined) return value >= 2n ** 64n && value < 2n ** 128n;
  return BigInt(value) === BigInt(`0x${module.md5}`);
}

function nativeRecordTerm(module: BeamModule): Term {
  const records = readNativeRecords(module).map(({ name, exported, fields }) => {
    const described = fields.map((field) => tuple(atom(field.name), ...(field.default === undefined ? [] : [field.default])));
    return tuple(atom(name), exported ? 1 : 0, list(described));
  });
  return list(records.sort(compareTermsExactly));
}

/** Names the way in which hashes are made: hashes of two ways can't be compared. */
export const HASH_VERSION = 1;

/** Returns the hash of a module's normal form as 32 hexadecimal digits: equal for builds that behave alike. Throws ParseError. */
export function hashModule(module: BeamModule): string {
  return hashNormalModule(normaliseModule(module));
}

/** Returns the hash of a normal form as 32 hexadecimal digits. */
export function hashNormalModule({ module, code, exports, attributes, nativeRecords }: NormalModule): string {
  const out = new Writer(4096).u32(HASH_VERSION);
  writeTerm(out, atom(module));
  out.u32(exports.length);
  for (const name of exports) writeSized(out, encodeUtf8(name));
  const pairs = [...attributes].map(([name, values]) => tuple(atom(name), values)).sort(compareTermsExactly);
  writeTerm(out, list(pairs));
  writeTerm(out, nativeRecords);
  writeCode(out, code);
  return hex(md5(out.finish()));
}

function writeTerm(out: Writer, term: Term): void {
  writeSized(out, termBytes(term));
}

function writeSized(out: Writer, bytes: Uint8Array): void {
  out.u32(bytes.length).bytes(bytes);
}

/** Writes the named functions by name, then those that they use, in the order in which they are named and each once. */
function writeCode(out: Writer, { functions }: NormalCode): void {
  const places = new Map<number, number>();
  const waiting: number[] = [];
  const write = ({ bytes, made }: NormalFunction) => {
    writeSized(out, bytes);
    for (const position of made) {
      if (!places.has(position)) waiting.push(position);
      places.set(position, places.get(position) ?? places.size);
      out.u32(places.get(position) as number);
    }
  };
  for (const one of namedInOrder(functions)) {
    out.bytes(functionBytes(one.name, one.arity));
    write(one);
  }
  for (let at = 0; at < waiting.length; at++) write(functions[waiting[at] as number] as NormalFunction);
}

function namedInOrder(functions: readonly NormalFunction[]): readonly NormalFunction[] {
  const named = functions.filter(({ isNamed }) => isNamed);
  return named.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : left.arity - right.arity));
}
