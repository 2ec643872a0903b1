// The members of a planned tar with their bytes, read one at a time; and the time that they all have where SOURCE_DATE_EPOCH is set.

import { packedRanges } from '../beam/packed-ranges.js';
import { UsageError } from '../errors.js';
import { readTarMember } from '../io/folder-access.js';
import { type NewTarMember, writeTarGz } from '../io/tar-write.js';
import type { TarPart } from '../release/tar/plan-tar.js';

/** The choices of reading. */
export interface MemberChoices {
  /** Seconds since 1970 for all members; undefined where each keeps its own. */
  readonly time: number | undefined;
  /** Bytes by path, for files that are read already or that are to have others. */
  readonly known?: ReadonlyMap<string, Uint8Array>;
}

/** Reads the members of a plan; throws ParseError for a file that can't be read. */
export function* tarMembers(parts: readonly TarPart[], choices: MemberChoices): Generator<NewTarMember> {
  const made = { kind: 'file', time: choices.time ?? 0, isExecutable: false } as const;
  for (const part of parts) {
    if (part.kind === 'bytes') yield { ...made, name: part.name, bytes: part.bytes };
    else if (part.kind === 'archive') yield { ...made, name: part.name, bytes: writeTarGz(tarMembers(part.parts, choices)) };
    else yield withPacked(readTarMember(part.from, part.name, choices.time, choices.known?.get(part.from)));
  }
}

function withPacked(member: NewTarMember): NewTarMember {
  return member.name.endsWith('.beam') ? { ...member, packed: packedRanges(member.bytes) } : member;
}

/** Returns what SOURCE_DATE_EPOCH says, the time for all members; undefined where each keeps its own. */
export function sourceDateEpoch(): number | undefined {
  const text = process.env.SOURCE_DATE_EPOCH;
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`SOURCE_DATE_EPOCH is no number of seconds: ${text}`);
  return Number(text);
}
