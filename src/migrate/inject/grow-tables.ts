// The tables of a module, to which rows are added at the end: those that are there keep their places and bytes. What a row is, the codecs
// in beam/chunks say. A table that the module hasn't begins as an empty one.

import type { AtomTable } from '../../beam/chunks/atoms.js';
import { readCompactTerm, TAG_U, writeCompactTerm } from '../../beam/compact-term.js';
import type { BeamModule } from '../../beam/module.js';
import { indicesOf, isSame } from '../../bytes/compare.js';
import { encodeLatin1, encodeUtf8 } from '../../bytes/text.js';
import { Writer } from '../../bytes/writer.js';
import type { ModuleTables, NewLambda } from '../../compile/tables.js';
import { UsageError } from '../../errors.js';
import { encodeTerm } from '../../term/etf-encode.js';
import type { Term } from '../../term/model.js';
import { type ChunkBody, openBody } from './chunk-body.js';
import { type Splice, u32Splice } from './splice.js';

/** Tables that can tell what was added to them. */
export interface GrowingTables extends ModuleTables {
  /** The edits of each chunk's contents that put the new rows there; chunks without new rows aren't among them. */
  readonly splices: () => ReadonlyMap<string, readonly Splice[]>;
  /** One more than the highest label. */
  readonly labelCount: () => number;
}

/** Rows that are being added to one chunk. */
interface Growth {
  readonly id: string;
  count: number;
  readonly added: Writer;
  readonly splices: () => readonly Splice[];
}

/** Opens the tables; `labelCount` is one more than the highest label so far. Throws ParseError. */
export function growTables(module: BeamModule, labelCount: number): GrowingTables {
  const atoms = growAtoms(module);
  const literals = growLiterals(module);
  const imports = growImports(module, atoms.row);
  const lambdas = growLambdas(module, atoms.row);
  const strings = growStrings(module);
  let labels = labelCount;
  return {
    atom: atoms.row,
    literal: literals.row,
    import: imports.row,
    lambda: lambdas.row,
    string: strings.row,
    label: () => labels++,
    labelCount: () => labels,
    splices: () => {
      const all = [atoms, literals, imports, lambdas, strings].map(({ growth }) => [growth.id, growth.splices()] as const);
      return new Map(all.filter(([, splices]) => splices.length > 0));
    },
  };
}

/** Begins to add rows after index `end`, to a table whose count is the u32 at index 0. */
function growCounted(id: string, count: number, end: number, sign = 1): Growth {
  const added = new Writer(64);
  const growth: Growth = {
    id,
    count,
    added,
    splices: () => (added.length === 0 ? [] : [u32Splice(0, growth.count * sign), { at: end, length: 0, bytes: added.finish() }]),
  };
  return growth;
}

function bodyOf(module: BeamModule, id: string): ChunkBody | undefined {
  return module.chunk(id) === undefined ? undefined : openBody(module, id);
}

/** The size of a table's contents, whose empty form is a count of 0. */
function sizeOf(module: BeamModule, id: string): number {
  return module.chunk(id)?.data.length ?? 4;
}

function growAtoms(module: BeamModule): { readonly growth: Growth; readonly row: (name: string) => number } {
  const { atoms } = module;
  const id = atoms.layout === 'latin1' ? 'Atom' : 'AtU8';
  const growth = growCounted(id, atoms.count, endOfAtoms(module, id, atoms), atoms.layout === 'long' ? -1 : 1);
  const rows = new Map(atoms.names().map((name, at) => [name, at + 1] as const));
  const row = (name: string): number => {
    const known = rows.get(name);
    if (known !== undefined) return known;
    writeAtom(growth.added, name, atoms.layout);
    growth.count += 1;
    rows.set(name, growth.count);
    return growth.count;
  };
  return { growth, row };
}

/** Returns the index after the last atom: loaders ignore what follows it in the chunk. */
function endOfAtoms(module: BeamModule, id: string, { count, layout }: AtomTable): number {
  const reader = module.reader(id);
  reader.skip(4);
  for (let left = count; left > 0; left--) reader.skip(layout === 'long' ? Number(readCompactTerm(reader).value) : reader.u8());
  return reader.pos;
}

function writeAtom(writer: Writer, name: string, layout: AtomTable['layout']): void {
  const bytes = layout === 'latin1' ? encodeLatin1(name) : encodeUtf8(name);
  if (bytes === undefined || (layout !== 'long' && bytes.length > 255)) {
    throw new UsageError(`the atom ${name} doesn't fit into the atom table of this module's release`);
  }
  if (layout === 'long') writeCompactTerm(writer, TAG_U, bytes.length);
  else writer.u8(bytes.length);
  writer.bytes(bytes);
}

function growLiterals(module: BeamModule): { readonly growth: Growth; readonly row: (term: Term) => number } {
  const body = bodyOf(module, 'LitT');
  const { literals } = module;
  const growth = growCounted('LitT', literals.count, body?.plain.length ?? 4);
  const known: Uint8Array[] = Array.from({ length: literals.count }, (_, at) => literals.bytes(at));
  const row = (term: Term): number => {
    const bytes = encodeTerm(term, { atoms: 'utf8', mapOrder: 'deterministic' });
    const at = known.findIndex((other) => isSame(other, bytes));
    if (at >= 0) return at;
    growth.added.u32(bytes.length).bytes(bytes);
    growth.count += 1;
    return known.push(bytes) - 1;
  };
  return { growth, row };
}

function growImports(
  module: BeamModule,
  atom: (name: string) => number,
): { readonly growth: Growth; readonly row: (module: string, name: string, arity: number) => number } {
  const { importRows } = module;
  const growth = growCounted('ImpT', importRows.length, sizeOf(module, 'ImpT'));
  const rows = new Map<string, number>(importRows.map((row, at) => [`${row.module} ${row.name} ${row.arity}`, at]));
  const row = (remote: string, name: string, arity: number): number => {
    const columns = [atom(remote), atom(name), arity] as const;
    const known = rows.get(columns.join(' '));
    if (known !== undefined) return known;
    for (const column of columns) growth.added.u32(column);
    rows.set(columns.join(' '), growth.count);
    return growth.count++;
  };
  return { growth, row };
}

/** Adds to FunT; the uniq of new rows is filled in when the MD5 of the new module is known. */
function growLambdas(
  module: BeamModule,
  atom: (name: string) => number,
): { readonly growth: Growth; readonly row: (lambda: NewLambda) => number } {
  const { lambdas } = module;
  const growth = growCounted('FunT', lambdas.length, sizeOf(module, 'FunT'));
  const rows = new Map(lambdas.map(({ label }, at) => [label, at] as const));
  const row = ({ name, arity, label, free }: NewLambda): number => {
    const known = rows.get(label);
    if (known !== undefined) return known;
    growth.added.u32(atom(name)).u32(arity).u32(label).u32(growth.count).u32(free).u32(0);
    rows.set(label, growth.count);
    return growth.count++;
  };
  return { growth, row };
}

function growStrings(module: BeamModule): { readonly growth: Growth; readonly row: (bytes: Uint8Array) => number } {
  const { strings } = module;
  const added = new Writer(64);
  const splices = () => (added.length === 0 ? [] : [{ at: strings.length, length: 0, bytes: added.finish() }]);
  const growth: Growth = { id: 'StrT', count: 0, added, splices };
  const row = (bytes: Uint8Array): number => {
    const pool = new Writer(strings.length + added.length).bytes(strings).bytes(added.finish()).finish();
    const at = bytes.length === 0 ? 0 : indicesOf(pool, bytes)[0];
    if (at === undefined) added.bytes(bytes);
    return at ?? pool.length;
  };
  return { growth, row };
}
