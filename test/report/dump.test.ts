// The dump of every fixture: its rows cover each byte once, and say what the decoders of the chunks say.
import { gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type BeamModule, readBeam } from '../../src/beam/module.js';
import { disassembleModule } from '../../src/code/disassemble.js';
import { renderDumpJson } from '../../src/report/dump/json.js';
import type { DumpRow } from '../../src/report/dump/row.js';
import { renderDumpText } from '../../src/report/dump/text.js';
import { buildDump, type DumpSection } from '../../src/report/dump.js';
import { formatTerm } from '../../src/term/format.js';
import { fixtureBeams, readFixture } from '../support/fixtures.js';

const PLAIN = { bold: (text: string) => text, dim: (text: string) => text };

interface Drawn extends Omit<DumpSection, 'rows'> {
  readonly rows: readonly DumpRow[];
}

function draw(module: BeamModule, id?: string): readonly Drawn[] {
  return [...buildDump(module, 'x.beam', id).sections].map((section) => ({ ...section, rows: [...section.rows] }));
}

function section(module: BeamModule, id: string): Drawn {
  const found = draw(module, id)[0];
  if (found === undefined) throw new Error(`no section ${id}`);
  return found;
}

/** The meanings of a chunk, without those of its header and padding. */
function meanings(module: BeamModule, id: string): readonly string[] {
  const rows = section(module, id).rows.map((row) => row.meaning);
  return rows.slice(2).filter((meaning) => meaning !== 'padding');
}

function bytesOf(sections: readonly Drawn[]): Uint8Array {
  return new Uint8Array(Buffer.concat(sections.flatMap(({ rows }) => rows.map((row) => row.bytes))));
}

function hasNoGaps({ rows }: Drawn): boolean {
  return rows.every(
    ({ offset }, at) => at === 0 || offset === (rows[at - 1] as DumpRow).offset + (rows[at - 1] as DumpRow).bytes.length,
  );
}

const fixtures = fixtureBeams().map(({ file }) => ({ file, module: readBeam(readFixture(file), { file }) }));

describe.each(fixtures)('the dump of $file', ({ module }) => {
  const sections = draw(module);
  const ofFile = sections.filter(({ space }) => space === 'file' || space === 'inflated beam');

  it('covers each byte of the file once', () => {
    const whole = module.container.gzipped ? new Uint8Array(gunzipSync(module.bytes)) : module.bytes;
    expect(Buffer.from(bytesOf(ofFile)).equals(whole)).toBe(true);
    let end = 0;
    for (const { rows } of ofFile) {
      expect(rows[0]?.offset).toBe(end);
      end += rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
    }
    expect(sections.every(hasNoGaps)).toBe(true);
  });

  it('covers each byte of what chunks inflate to once', () => {
    const inflated = sections.filter(({ space }) => space !== 'file' && space !== 'inflated beam');
    for (const drawn of inflated) {
      const { data } = module.chunk(drawn.id) as { data: Uint8Array };
      const stream = data.subarray(drawn.id === 'LitT' ? 4 : 6);
      expect(Buffer.from(bytesOf([drawn])).equals(inflateSync(stream))).toBe(true);
    }
    const compressed = module.container.chunks.filter(({ id }) => id === 'LitT' && module.literals.compressed);
    expect(inflated.filter(({ id }) => id === 'LitT').length).toBe(compressed.length);
  });

  it('gives the chunks the offsets and sizes of their list', () => {
    const listed = module.container.chunks.map(({ id, offset, data }) => [id, offset, data.length]);
    const drawn = ofFile.filter(({ id }) => id !== 'header' && id !== 'trailing');
    expect(drawn.map(({ id, offset, size }) => [id, offset, size])).toEqual(listed);
  });

  it('finds nothing wrong', () => {
    const remarks = sections
      .flatMap(({ rows }) => rows.map(({ meaning }) => meaning))
      .filter((text) => /^error:|not in its table|ignored$/.test(text));
    expect(remarks).toEqual([]);
  });

  it('has a row for each instruction, at its offset', () => {
    const { functions } = disassembleModule(module);
    const expected = functions.flatMap(({ instructions }) => instructions.map(({ name, offset }) => `${offset} ${name}`));
    const { offset: base, rows } = section(module, 'Code');
    const drawn = rows
      .filter(({ level }) => level === 1)
      .map(({ offset, meaning }) => `${offset - base} ${meaning.split(' ')[0]}`);
    expect(drawn.slice(0, -1)).toEqual(expected);
    expect(drawn.at(-1)).toMatch(/ int_code_end$/);
    expect(rows.filter(({ meaning }) => meaning.startsWith('function ')).length).toBe(functions.length);
  });

  it('resolves atoms, imports, exports and literals as their decoders do', () => {
    const text = (name: string) => formatTerm({ kind: 'atom', name });
    const atoms = module.atoms.names().map((name, at) => `atom ${at + 1}: ${text(name)}${at === 0 ? ' (the module)' : ''}`);
    expect(meanings(module, module.chunk('AtU8') === undefined ? 'Atom' : 'AtU8').slice(1)).toEqual(atoms);
    const imports = module.imports.map((row, at) => `import ${at}: ${text(row.module)}:${text(row.name)}/${row.arity}`);
    expect(meanings(module, 'ImpT').slice(1)).toEqual(imports);
    const exports = module.exports.map(({ name, arity, label }) => `${text(name)}/${arity} at label ${label}`);
    expect(meanings(module, 'ExpT').slice(1)).toEqual(exports);
    const literals = draw(module, 'LitT').flatMap(({ rows }) => rows.filter(({ meaning }) => /^literal \d+, /.test(meaning)));
    expect(literals.length).toBe(module.literals.count);
  });
});

describe('a dump', () => {
  const open = (file: string) => readBeam(readFixture(file));

  it.each([
    ['otp27/counter.beam', 'Code', 'call_ext_only 4 gen_server:start_link/4'],
    ['otp27/counter.beam', 'Code', 'is_ge f18 x1::(integer) 1'],
    ['otp27/counter.beam', 'Code', 'line counter.erl:37'],
    ['otp27/counter.beam', 'Code', 'move "~p got ~tp" x0'],
    ['otp27/counter.beam', 'Code', 'put_map_assoc f0 x1 x0 3 [x2 => x0]'],
    ['otp27/counter.beam', 'Attr', '{behaviour,[gen_server]}'],
    ['otp27/counter.beam', 'Line', 'location 11: counter.erl:37'],
    ['otp27/counter.beam', 'Type', 'type 4: integer 1..'],
    ['otp27/counter.beam', 'Dbgi', 'inflates to 7563 bytes'],
    ['otp27/lines.beam', 'Line', 'from here on in file 1, other file.yrl'],
    ['otp27/lines.beam', 'Line', 'location 4: other file.yrl:70001'],
    ['otp27/documented.beam', 'Docs', 'since => "1.0"'],
    ['otp29/user_native.beam', 'Recs', 'record user, exported, list of 10'],
    ['otp29/user_native.beam', 'Recs', 'id = -1'],
    ['variants/otp29-beam-debug-info/counter.beam', 'DbgB', '<<"Server">> in x0'],
    ['variants/otp29-beam-debug-info/counter.beam', 'DbgB', 'gen_server:stop/1'],
    ['variants/otp25-encrypted/bits.beam', 'Dbgi', 'not decrypted: no key for des3_cbc'],
    ['variants/otp27-extra-chunks/audit.beam', 'Xtra', '|hello|'],
    ['variants/otp25-latin1-atoms/attributes.beam', 'Atom', 'atom 1: attributes (the module)'],
    ['elixir-1.18/Elixir.Courier.beam', 'Dbgi', "Elixir's metadata"],
  ])('of %s says in %s: %s', (file, id, meaning) => {
    expect(meanings(open(file), id)).toContain(meaning);
  });

  it('opens the long list of an instruction, a pair or a segment to a row', () => {
    const rows = section(open('otp29/bits.beam'), 'Code').rows;
    const at = rows.findIndex(({ meaning }) => meaning.endsWith(' list of 42'));
    expect(rows.slice(at, at + 3).map(({ level, meaning }) => [level, meaning])).toEqual([
      [1, 'bs_create_bin f0 0 4 8 x0 list of 42'],
      [2, 'integer 1 1 [] x0::(float | integer) 8'],
      [2, 'integer 2 1 [] x1::(float | integer) 16'],
    ]);
    expect(rows.slice(at, at + 8).map(({ meaning }) => meaning)).toContain(
      'string 0 8 [] <<186,50,188,58,97,222,96,1,128,0,0,48,159,252,0,0,0,0,0,0>> at 0 20',
    );
  });

  it('says what kind of debug info there is, and decrypts it with the key', () => {
    expect(meanings(open('otp27/counter.beam'), 'Dbgi').at(-1)).toBe('abstract code: 22 forms, 2 compile options');
    const encrypted = readFixture('variants/otp25-encrypted/bits.beam');
    const forms = meanings(open('otp25/bits.beam'), 'Dbgi').at(-1);
    const options = { key: () => 'a secret of the fixtures' };
    expect(meanings(readBeam(encrypted, options), 'Dbgi').at(-1)?.split(',')[0]).toBe(forms?.split(',')[0]);
    expect(meanings(readBeam(encrypted, { key: () => 'another' }), 'Dbgi').at(-1)).toMatch(/^error: the key .* is wrong/);
  });

  it('is the same each time that it is iterated, in any order', () => {
    const { sections } = buildDump(open('variants/otp25-trailing/door.beam'), 'door.beam');
    const first = [...sections].reverse().map(({ rows }) => [...rows].length);
    expect([...sections].map(({ rows }) => [...rows].length).reverse()).toEqual(first);
  });

  it('of one chunk has all chunks of that id and nothing else', () => {
    const module = open('variants/otp25-duplicates/audit.beam');
    const drawn = draw(module, 'Attr');
    expect(drawn.map(({ id }) => id)).toEqual(['Attr', 'Attr']);
    expect(drawn[0]?.rows[0]?.meaning).toBe('chunk Attr, one of several: the loader takes the last, beam_lib the first');
    expect(draw(module, 'None')).toEqual([]);
  });

  it('lies in columns', () => {
    const dump = buildDump(open('otp27/counter.beam'), 'ebin/counter.beam', 'CInf');
    expect([...renderDumpText(dump, PLAIN)].join('')).toBe(`ebin/counter.beam

CInf: 26 bytes at 0x0007a8
  0x0007a0 | 43 49 6e 66                         | chunk CInf
  0x0007a4 | 00 00 00 1a                         | 26 bytes of data
  0x0007a8 | 83 6c 00 00 00 01 68 02 77 07 76 65 | [{version,"8.6.1"}]
  0x0007b4 | 72 73 69 6f 6e 6b 00 05 38 2e 36 2e
  0x0007c0 | 31 6a
  0x0007c2 | 00 00                               | padding
`);
  });

  it('says of a gzipped file where offsets count', () => {
    const dump = buildDump(open('variants/otp29-gzip/user_native.beam'), 'x.beam');
    const text = [...renderDumpText(dump, PLAIN)].join('');
    expect(text).toContain('header: 12 bytes at 0x000000 of the inflated file\n');
  });

  it('is the same in JSON', () => {
    const dump = buildDump(open('otp29/records.beam'), 'records.beam');
    const expected = [...dump.sections].map(({ rows, ...rest }) => ({
      ...rest,
      rows: [...rows].map(({ offset, bytes, meaning }) => ({ offset, hex: Buffer.from(bytes).toString('hex'), meaning })),
    }));
    const json = [...renderDumpJson(dump)].join('');
    expect(JSON.parse(json)).toEqual({ schema: 'beamtool-dump/1', file: 'records.beam', sections: expected });
  });
});
