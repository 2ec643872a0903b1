// What `info` says of a module: one plain record, made from the chunks. Sorted where beam_lib sorts, so that answers compare.

import type { BeamModule } from '../beam/module.js';
import { formatTerm } from '../term/format.js';
import { isAtom, isTuple, list, type Term } from '../term/model.js';
import { type RecordInfo, readModuleRecords } from './module-records.js';

/** A chunk: offset of its data in the file (of the inflated file, if that is gzipped) and size in bytes. */
export interface ChunkInfo {
  readonly id: string;
  readonly offset: number;
  readonly size: number;
}

/** Everything that `info` says of one module. */
export interface ModuleInfo {
  readonly schema: 'beamtool-info/1';
  readonly file: string;
  readonly module: string;
  /** As beam_lib:md5/1, in lower-case hexadecimal digits. */
  readonly md5: string;
  /** Erlang text of the values, such as `[1]`; null where there is none. */
  readonly vsn: string | null;
  /** The OTP release that compiled the module, such as `25` or `at least 24`. */
  readonly otp: string;
  readonly chunks: readonly ChunkInfo[];
  /** Number of atoms. */
  readonly atoms: number;
  /** `name/arity`, sorted. */
  readonly exports: readonly string[];
  readonly locals: readonly string[];
  /** `module:name/arity`, sorted. */
  readonly imports: readonly string[];
  /** The list of values as Erlang text, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The value as Erlang text, by key. */
  readonly compileInfo: Readonly<Record<string, string>>;
  /** `abstract_code`, `elixir`, `none`, `encrypted`, or the name of another backend. */
  readonly debugInfo: string;
  readonly labels: number;
  readonly functions: number;
  readonly behaviours: readonly string[];
  /** The record that `-state_record` names; null where it isn't there. */
  readonly stateRecord: string | null;
  readonly records: readonly RecordInfo[];
}

/** Describes a module; throws ParseError where a chunk can't be read. */
export function buildModuleInfo(module: BeamModule, file: string): ModuleInfo {
  const { codeHeader, debugInfo, compiledBy } = module;
  const text = (id: string, term: Term) => module.located(id, () => formatTerm(term, { otp: compiledBy.release }));
  const attributes = new Map(module.attributes.map(({ name, values }) => [name, text('Attr', list(values))]));
  const compileInfo = module.compileInfo.flatMap((pair) => {
    const [key, value] = isTuple(pair, 2) ? pair.items : [];
    return isAtom(key) && value !== undefined ? [[key.name, text('CInf', value)] as const] : [];
  });
  return {
    schema: 'beamtool-info/1',
    file,
    module: module.name,
    md5: module.md5,
    vsn: attributes.get('vsn') ?? null,
    otp: `${compiledBy.exact ? '' : 'at least '}${compiledBy.release}`,
    chunks: module.container.chunks.map(({ id, offset, data }) => ({ id, offset, size: data.length })),
    atoms: module.atoms.count,
    exports: module.exports.map(({ name, arity }) => `${name}/${arity}`).sort(),
    locals: module.locals.map(({ name, arity }) => `${name}/${arity}`).sort(),
    imports: module.imports.map((row) => `${row.module}:${row.name}/${row.arity}`).sort(),
    attributes: Object.fromEntries(attributes),
    compileInfo: Object.fromEntries(compileInfo),
    debugInfo: debugInfo.kind === 'other' ? debugInfo.backend : debugInfo.kind,
    labels: codeHeader.labelCount,
    functions: codeHeader.functionCount,
    behaviours: ['behaviour', 'behavior'].flatMap((name) => atomNames(module.attribute(name))),
    stateRecord: atomNames(module.attribute('state_record'))[0] ?? null,
    records: readModuleRecords(module).records,
  };
}

function atomNames(terms: readonly Term[]): readonly string[] {
  return terms.flatMap((term) => (isAtom(term) ? [term.name] : []));
}
