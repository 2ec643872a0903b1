// Two builds of a module, chunk by chunk: which differ, and whether any of them can make a difference to what the module does.

import type { Chunk } from '../beam/container.js';
import type { BeamModule } from '../beam/module.js';
import { isSame } from '../bytes/compare.js';

/** How the chunks of two builds compare. */
export interface ChunkComparison {
  /** Ids of the chunks that differ or that one side hasn't, in the order of the files. */
  readonly different: readonly string[];
  /** Whether beam_lib:cmp/2 tells the files apart: other chunks than `CInf`, or in another order. */
  readonly isStrict: boolean;
  /** Whether code, or what it refers to, may differ. */
  readonly hasOtherCode: boolean;
  /** Whether attributes or native records may differ. */
  readonly hasOtherAttributes: boolean;
}

const COMPILE_INFO = 'CInf';
const CODE: ReadonlySet<string> = new Set(['Atom', 'AtU8', 'Code', 'StrT', 'ImpT', 'ExpT', 'FunT', 'LitT']);
const ATTRIBUTES: ReadonlySet<string> = new Set(['Attr', 'Recs', 'ExpT']);

const SAME: ChunkComparison = { different: [], isStrict: false, hasOtherCode: false, hasOtherAttributes: false };

/** Compares the chunks of two builds. */
export function compareChunks(old: BeamModule, now: BeamModule): ChunkComparison {
  if (isSame(old.bytes, now.bytes)) return SAME;
  const ids = new Set([...old.container.chunks, ...now.container.chunks].map(({ id }) => id));
  const different = [...ids].filter((id) => !isSameChunk(old.chunk(id), now.chunk(id)));
  const order = (module: BeamModule) => module.container.chunks.flatMap(({ id }) => (id === COMPILE_INFO ? [] : [id])).join();
  return {
    different,
    isStrict: different.some((id) => id !== COMPILE_INFO) || order(old) !== order(now) || hasTrailing(old) || hasTrailing(now),
    hasOtherCode: different.some((id) => CODE.has(id) && !(id === 'FunT' && differInUniqOnly(old, now))),
    hasOtherAttributes: different.some((id) => ATTRIBUTES.has(id)),
  };
}

/** beam_lib refuses a file with bytes after the form, so that it is the same as no other. */
function hasTrailing({ container }: BeamModule): boolean {
  return container.trailing.length > 0;
}

function isSameChunk(left: Chunk | undefined, right: Chunk | undefined): boolean {
  return left !== undefined && right !== undefined && isSame(left.data, right.data);
}

const ROW = 24;
const UNIQ = 20;

/** The uniq of a fun is made of the MD5 of the module, which attributes are no part of; a module may have been given another. */
function differInUniqOnly(old: BeamModule, now: BeamModule): boolean {
  const [left, right] = [old.chunk('FunT')?.data, now.chunk('FunT')?.data];
  if (left === undefined || left.length !== right?.length) return false;
  return left.every((byte, at) => byte === right[at] || (at >= 4 && (at - 4) % ROW >= UNIQ));
}
