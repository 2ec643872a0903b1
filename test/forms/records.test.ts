// The records of a module, of today's and of yesterday's compilers.
import { expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { formsFromTerm } from '../../src/forms/form-codec.js';
import { formatExpression, formatType } from '../../src/forms/print.js';
import { type RecordDefinition, recordsOf } from '../../src/forms/records.js';
import { parseTerm } from '../../src/term/parse.js';
import { readFixture } from '../support/fixtures.js';

function textOf({ name, native, fields }: RecordDefinition): string {
  const texts = fields.map((field) => {
    const value = field.default === undefined ? '' : ` = ${formatExpression(field.default)}`;
    return `${field.name}${value}${field.type === undefined ? '' : ` :: ${formatType(field.type)}`}`;
  });
  return `${native ? '#' : ''}${name}: ${texts.join('; ')}`;
}

function recordsOfFixture(fixture: string): readonly string[] {
  const { debugInfo } = readBeam(readFixture(fixture));
  if (debugInfo.kind !== 'abstract_code') throw new Error(`${fixture} has no abstract code`);
  return recordsOf(formsFromTerm(debugInfo.forms)).map(textOf);
}

it('have fields with defaults and types', () => {
  const records = recordsOfFixture('otp25/records.beam');
  expect(records).toContain('point: x = 0; y = 0');
  expect(records).toContain('circle: centre = #point{} :: #point{}; radius = 1.0 :: float()');
  expect(records).toContain('empty: ');
  expect(records).toContain('quoted name: first field; Second; übung');
});

it('are native or tuples', () => {
  const records = recordsOfFixture('otp29/user_native.beam');
  expect(records).toContain('#point: x = 0; y = 0');
  expect(records).toContain('tuple_one: a; b');
});

it('get their types from the attribute beside them, as compilers before OTP 19 wrote it', () => {
  const record =
    '{attribute,1,record,{r,[{record_field,1,{atom,1,a}},{record_field,1,{atom,1,b},{integer,1,2}},{record_field,1,{atom,1,c}}]}}';
  const typed = (name: string, type: string) => `{typed_record_field,{record_field,1,{atom,1,${name}}},{type,1,${type},[]}}`;
  const types = `{attribute,1,type,{{record,r},[${typed('b', 'integer')},${typed('a', 'atom')},{record_field,1,{atom,1,c}}],[]}}`;
  const forms = formsFromTerm(parseTerm(`[${record},${types}]`));
  expect(recordsOf(forms).map(textOf)).toEqual(['r: a :: atom(); b = 2 :: integer(); c']);
});
