// Encrypted debug info of the fixtures, which erlc encrypted with the keys in beams/src/keys/.erlang.crypt.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeDebugInfo } from '../../src/beam/chunks/debug-info.js';
import { decryptDebugInfo } from '../../src/beam/debug-info-key.js';
import { parseKeyFile } from '../../src/beam/key-file.js';
import { readBeam } from '../../src/beam/module.js';
import { decodeTermPrefix } from '../../src/term/etf-decode.js';
import { beamsFolder, fixtureBeams } from '../support/fixtures.js';

const keys = parseKeyFile(readFileSync(`${beamsFolder}/src/keys/.erlang.crypt`, 'utf8'), '.erlang.crypt');
const encrypted = fixtureBeams().filter(({ file }) => /^variants\/otp\d\d-encrypted\//.test(file));

describe('encrypted debug info', () => {
  it.each(encrypted)('of $file is decrypted, and encrypted to the same bytes', ({ path, build }) => {
    const module = readBeam(readFileSync(path), { file: path, key: keys });
    const reader = module.reader('Dbgi');
    reader.skip(10);
    const key = keys(module.name) as string;
    const plain = decryptDebugInfo(reader, key);
    const { term, end } = decodeTermPrefix(plain);
    expect(module.debugInfo.kind).toBe('abstract_code');
    const again = encodeDebugInfo(term, build.otp as number, { key, padding: plain.slice(end) });
    expect(Buffer.compare(again, module.reader('Dbgi').data)).toBe(0);
  });

  it('with a wrong key is a ParseError, without one a kind', () => {
    const { path } = encrypted[0] as (typeof encrypted)[number];
    const bytes = readFileSync(path);
    expect(readBeam(bytes).debugInfo).toEqual({ kind: 'encrypted', mode: 'des3_cbc' });
    expect(() => readBeam(bytes, { file: 'm.beam', key: () => 'wrong' }).debugInfo).toThrow(
      expect.objectContaining({ code: 'encrypted', file: 'm.beam', path: ['Dbgi'] }),
    );
  });

  it('has its keys in a list by module, or in a plain file', () => {
    expect(parseKeyFile('[{debug_info, des3_cbc, [], "all"}, {debug_info, des3_cbc, m, "one"}].', 'k')('m')).toBe('one');
    expect(parseKeyFile('[{debug_info, des3_cbc, [], "all"}, {debug_info, des3_cbc, m, "one"}].', 'k')('n')).toBe('all');
    expect(parseKeyFile('secret\n', 'k')('m')).toBe('secret');
    expect(() => parseKeyFile('[{debug_info', 'k')).toThrow(expect.objectContaining({ name: 'ParseError', file: 'k' }));
  });
});
