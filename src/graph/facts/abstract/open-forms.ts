// Finds the encoded forms of a module without decoding them; see beam/chunks/debug-info.ts for what these chunks hold:
//   Dbgi   131 {debug_info_v1, erl_abstract_code, {Forms | none, Options}}, mostly compressed, encrypted at times
//        131 {debug_info_v1, elixir_erl, {elixir_v1, Map, Specs}}
//   Abst   131 {raw_abstract_v1, Forms}

import { isEncrypted } from '../../../beam/chunks/debug-info.js';
import { decryptDebugInfo } from '../../../beam/debug-info-key.js';
import type { BeamModule } from '../../../beam/module.js';
import { type Origin, Reader } from '../../../bytes/reader.js';
import { ParseError } from '../../../errors.js';
import { inflateTerm } from '../../../term/etf-decode.js';
import { skipTerm } from '../../../term/etf-skip.js';
import { FormCursor } from './form-cursor.js';

/** The encoded forms: a list that begins at `start`. */
export interface EncodedForms {
  readonly data: Uint8Array;
  readonly origin: Origin;
  readonly start: number;
}

/**
 * Returns the forms of a module. Throws ParseError: `missing` where it has no debug info, `encrypted`, and `unsupported` where another
 * compiler than Erlang's made it.
 */
export function openForms(module: BeamModule): EncodedForms {
  for (const id of ['Dbgi', 'Abst'] as const) {
    const chunk = module.chunk(id);
    if (chunk === undefined || chunk.data.length === 0) continue;
    const forms = module.located(id, () => formsOf(plainTerm(module, id)));
    if (forms !== undefined) return forms;
  }
  throw new ParseError({ code: 'missing', reason: 'no debug info', file: module.file });
}

/**
 * Returns the attributes of types, specs and callbacks that Elixir keeps as Erlang's forms; undefined where the module isn't Elixir's. Throws
 * ParseError.
 */
export function openElixirSpecs(module: BeamModule): EncodedForms | undefined {
  const chunk = module.chunk('Dbgi');
  if (chunk === undefined || chunk.data.length === 0) return undefined;
  return module.located('Dbgi', () => {
    const { data, origin, start } = plainTerm(module, 'Dbgi');
    const cursor = new FormCursor(data, origin, start);
    const isElixir = cursor.enterTuple() === 3 && cursor.atom() === 'debug_info_v1' && cursor.atom() === 'elixir_erl';
    if (!isElixir || cursor.enterTuple() !== 3 || cursor.atom() !== 'elixir_v1') return undefined;
    return { data, origin, start: skipTerm(data, cursor.pos, origin) };
  });
}

interface EncodedTerm {
  readonly data: Uint8Array;
  readonly origin: Origin;
}

/** Returns the term of the chunk, decrypted and inflated, without the leading 131. */
function plainTerm(module: BeamModule, id: string): EncodedForms {
  const { data, origin } = decrypted(module, module.reader(id));
  if (data[0] !== 131) new Reader(data, origin).fail('malformed', `${origin.what} doesn't begin with 131`);
  if (data[1] !== 80) return { data, origin, start: 1 };
  const inflated = inflateTerm(data, origin);
  return { data: inflated.bytes, origin: inflated.origin, start: 0 };
}

function decrypted(module: BeamModule, reader: Reader): EncodedTerm {
  const { data, origin } = reader;
  if (!isEncrypted(data)) return { data, origin };
  const key = module.options.key?.(module.name);
  if (key === undefined) return reader.fail('encrypted', 'the debug info is encrypted, and there is no key for it');
  reader.skip(1);
  reader.skip(reader.u8());
  const plain = decryptDebugInfo(reader, key);
  return { data: plain, origin: { base: 0, space: 'inflated debug info', what: 'debug info', file: origin.file } };
}

function formsOf({ data, origin, start }: EncodedForms): EncodedForms | undefined {
  const cursor = new FormCursor(data, origin, start);
  const size = cursor.enterTuple();
  const format = cursor.atom();
  if (size === 2 && format === 'raw_abstract_v1') return { data, origin, start: cursor.pos };
  const backend = size === 3 && format === 'debug_info_v1' ? cursor.atom() : undefined;
  if (backend === 'erl_abstract_code' && cursor.enterPair()) {
    return cursor.atom() === 'none' ? undefined : { data, origin, start: cursor.pos };
  }
  if (backend !== undefined && cursor.atom() === 'none') return undefined;
  return cursor.fail('unsupported', `debug info of ${backend ?? format ?? 'an unknown shape'}`, start);
}
