// From the edits of an injection to the chunks of the new file, with the mark that says how to take them back.

import { moduleMd5 } from '../../beam/md5.js';
import type { BeamModule } from '../../beam/module.js';
import { md5 } from '../../bytes/md5.js';
import type { Term } from '../../term/model.js';
import { addMarker } from './attribute-chunk.js';
import { type ChunkBody, openBody, wrapLiterals } from './chunk-body.js';
import { type ChunkChange, editContainer } from './edit-container.js';
import type { ChunkEdits, Injection } from './injection-edits.js';
import { type ChunkUndo, markerTerm, type Undo } from './marker.js';
import { applySplices, invertSplices, type Splice } from './splice.js';

const NO_BYTES = new Uint8Array(0);

/** Returns the module with the edits made and the mark set. */
export function buildInjected(injection: Injection, edits: ChunkEdits, otp: number): BeamModule {
  const { module, forms } = injection;
  const bodies = [...edits].map(([id, splices]) => ({
    id,
    splices,
    body: id === forms?.id ? forms.body : openOrEmpty(module, id, otp),
  }));
  const changes = new Map<string, ChunkChange>();
  for (const { id, splices, body } of bodies) {
    const data = body.wrap(applySplices(body.plain, splices), { exact: false, filler: body.filler });
    changes.set(id, { kind: 'set', data });
  }
  setUniq(module, changes);
  const undo = undoOf(injection, bodies);
  changes.set('Attr', { kind: 'set', data: withMarker(module, markerTerm(injection.about, undo), otp) });
  return editContainer(module, changes);
}

/** Opens a chunk, or begins one that isn't there; a table of literals is compressed up to OTP 27. */
function openOrEmpty(module: BeamModule, id: string, otp: number): ChunkBody {
  if (module.chunk(id) !== undefined) return openBody(module, id);
  const origin = { base: 0, space: 'file', what: `${id} chunk` } as const;
  const body = { plain: id === 'StrT' ? NO_BYTES : new Uint8Array(4), origin, filler: NO_BYTES };
  return { ...body, wrap: (plain) => (id === 'LitT' ? wrapLiterals(plain, otp <= 27) : plain) };
}

function withMarker(module: BeamModule, marker: Term, otp: number): Uint8Array {
  const data = module.chunk('Attr')?.data;
  const origin = { base: 0, space: 'file', what: 'Attr chunk', file: module.file } as const;
  return module.located('Attr', () => addMarker(data, marker, otp <= 25 ? 'latin1' : 'utf8', origin));
}

const LAMBDA_ROW = 24;

/** Fills in the uniq of new lambdas: the first 27 bits of the MD5, which is computed with every uniq zeroed. */
function setUniq(module: BeamModule, changes: Map<string, ChunkChange>): void {
  const change = changes.get('FunT');
  const before = module.chunk('FunT')?.data.length ?? 4;
  if (change?.kind !== 'set' || change.data.length === before) return;
  const dataOf = (id: string) => {
    const made = changes.get(id);
    return made?.kind === 'set' ? made.data : module.chunk(id)?.data;
  };
  const uniq = Number.parseInt(moduleMd5(dataOf).slice(0, 8), 16) >>> 5;
  const data = new Uint8Array(change.data);
  for (let row = before; row < data.length; row += LAMBDA_ROW) new DataView(data.buffer).setUint32(row + 20, uniq);
  changes.set('FunT', { kind: 'set', data });
}

interface EditedBody {
  readonly id: string;
  readonly splices: readonly Splice[];
  readonly body: ChunkBody;
}

function undoOf({ module, code, user, migration }: Injection, bodies: readonly EditedBody[]): Undo {
  const chunks = bodies.map(({ id, splices, body }): ChunkUndo => {
    if (module.chunk(id) === undefined) return { kind: 'added', id };
    return {
      kind: 'changed',
      id,
      padding: paddingOf(module, id),
      filler: body.filler,
      splices: invertSplices(body.plain, splices),
    };
  });
  const attributes: ChunkUndo =
    module.chunk('Attr') === undefined
      ? { kind: 'added', id: 'Attr' }
      : { kind: 'changed', id: 'Attr', padding: paddingOf(module, 'Attr'), filler: NO_BYTES, splices: [] };
  return {
    original: new Uint8Array(md5(module.bytes)),
    counts: countsOf(module, code.labelCount, code.functions.length),
    ...(user !== undefined && migration.renamed !== undefined && { label: user.entry }),
    chunks: [...chunks, attributes],
  };
}

function paddingOf(module: BeamModule, id: string): Uint8Array {
  const padding = module.chunk(id)?.padding ?? NO_BYTES;
  return padding.every((byte) => byte === 0) ? NO_BYTES : padding;
}

function countsOf(module: BeamModule, labels: number, functions: number): ReadonlyMap<string, number> {
  return new Map([
    ['atoms', module.atoms.count],
    ['literals', module.literals.count],
    ['imports', module.importRows.length],
    ['lambdas', module.lambdas.length],
    ['functions', functions],
    ['labels', labels],
  ]);
}
