// From an archive to the files in it, whatever its format. A member is shown as `x.ez!/app/ebin/m.beam`; an `.ez` inside a tar is opened
// too: `x.tar.gz!/lib/app.ez!/app/ebin/m.beam`. Damage ends the archive, not the run.

import { constants, gunzipSync } from 'node:zlib';
import { ParseError } from '../errors.js';
import { openArchiveSteps, stepFault } from './archive-steps.js';
import { HEAD_BYTES, startsWith } from './classify.js';
import { readEscript } from './escript.js';
import { memberPlacement, memberType } from './member.js';
import { readFileBytes, readHead, systemCode } from './read-file.js';
import type { ArchiveSource, FileType, Input, Placement } from './source.js';
import { readTar } from './tar.js';
import { readZip } from './zip.js';

/** Reads the wanted files of an archive one after the other; a fault takes the place of what can't be read. */
export async function* readArchive(source: ArchiveSource, wanted: ReadonlySet<FileType>): AsyncGenerator<Input, void, void> {
  const { path, release } = source;
  const context = { path, wanted, placement: release === undefined ? {} : { release } };
  let isEmpty = true;
  try {
    for await (const input of readFormat(source, context)) {
      isEmpty = false;
      yield input;
    }
    if (isEmpty) throw new ParseError({ code: 'missing', reason: 'nothing to read in this archive' });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    yield { kind: 'fault', path, error: error.inFile(path) };
  }
}

interface Context {
  /** Of the archive, as it is shown. */
  readonly path: string;
  readonly wanted: ReadonlySet<FileType>;
  /** What is known of all members. */
  readonly placement: Placement;
}

function readFormat(source: ArchiveSource, context: Context): AsyncIterable<Input> | Iterable<Input> {
  switch (source.format) {
    case 'zip':
      return readZipMembers(readFileBytes(source.path), context);
    case 'escript':
      return readEscriptBody(readFileBytes(source.path), context);
    case 'gzip':
      return isGzippedBeam(source.path) ? [beamFile(source.path, readFileBytes(source.path))] : readTarMembers(context);
    case 'tar':
      return readTarMembers(context);
  }
}

function beamFile(path: string, bytes: Uint8Array): Input {
  return { kind: 'file', path, type: 'beam', bytes };
}

// Z_SYNC_FLUSH makes the end of the head an ordinary end; damage shows when the whole file is read.
function isGzippedBeam(path: string): boolean {
  try {
    const head = gunzipSync(readHead(path, HEAD_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
    return startsWith(head, 'FOR1');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

async function* readZipMembers(archive: Uint8Array, context: Context, base = 0): AsyncGenerator<Input, void, void> {
  for await (const member of readZip(archive, context.wanted, base)) {
    const path = `${context.path}!/${member.name}`;
    if ('error' in member) {
      yield { kind: 'fault', path, error: member.error.inFile(path) };
    } else {
      const { name, type, bytes } = member;
      yield { kind: 'file', path, type, bytes, ...context.placement, ...memberPlacement(name) };
    }
  }
}

function readEscriptBody(file: Uint8Array, context: Context): AsyncIterable<Input> | Iterable<Input> {
  const { kind, bytes } = readEscript(file);
  switch (kind) {
    case 'zip':
      return readZipMembers(bytes, context, file.length - bytes.length);
    case 'beam':
      return [beamFile(context.path, bytes)];
    case 'source':
      throw new ParseError({ code: 'unsupported', reason: 'nothing to read: this escript holds source text, not compiled code' });
  }
}

async function* readTarMembers(context: Context): AsyncGenerator<Input, void, void> {
  const { path: archive, wanted, placement } = context;
  const isWanted = (name: string) => memberType(name, wanted) !== undefined || name.endsWith('.ez');
  const file = openArchiveSteps(archive);
  try {
    for await (const { name, bytes } of readTar(file.steps, isWanted)) {
      const path = `${archive}!/${name}`;
      const type = memberType(name, wanted);
      if (type !== undefined) yield { kind: 'file', path, type, bytes, ...placement, ...memberPlacement(name) };
      else yield* readInnerZip(bytes, { ...context, path });
    }
  } catch (error) {
    throw stepFault(error, file);
  } finally {
    file.close();
  }
}

async function* readInnerZip(archive: Uint8Array, context: Context): AsyncGenerator<Input, void, void> {
  try {
    yield* readZipMembers(archive, context);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    yield { kind: 'fault', path: context.path, error: error.inFile(context.path) };
  }
}
