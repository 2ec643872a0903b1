// Templates are rendered as mustache(5) says, without escaping; every place of the text is one of the template; and no template takes long.
import { describe, expect, it } from 'vitest';
import { ParseError } from '../../../src/errors.js';
import { renderTemplate, type TemplateView } from '../../../src/release/appup/render-template.js';

const item = (vsn: string, last: boolean) => ({
  text: vsn,
  names: new Map<string, string | boolean>([
    ['previous_vsn', vsn],
    ['last', last],
  ]),
});

const VIEW: TemplateView = new Map<string, string | boolean | ReturnType<typeof item>[]>([
  ['vsn', '2.0'],
  ['app', 'shop'],
  ['odd', '<"&\'>'],
  ['empty', ''],
  ['yes', true],
  ['no', false],
  ['previous', [item('1.0', false), item('1.1', true)]],
  ['none', []],
]);

const render = (template: string) => renderTemplate(template, VIEW, 'x.appup.src');

/** What each template renders, written by hand after mustache(5). */
const CASES: readonly (readonly [template: string, text: string])[] = [
  ['{"{{vsn}}", [], []}.', '{"2.0", [], []}.'],
  ['{{odd}}|{{{odd}}}|{{&odd}}|{{ odd }}', '<"&\'>|<"&\'>|<"&\'>|<"&\'>'],
  ['{{unheard}}{{{of}}}.', '.'],
  ['{{! a comment }}a', 'a'],
  ['{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{#empty}}c{{/empty}}{{#unheard}}d{{/unheard}}{{#vsn}}e{{/vsn}}', 'ae'],
  ['{{^yes}}a{{/yes}}{{^no}}b{{/no}}{{^empty}}c{{/empty}}{{^unheard}}d{{/unheard}}{{^none}}e{{/none}}', 'bcde'],
  ['[{{#previous}}{"{{.}}",[]}{{^last}},{{/last}}{{/previous}}]', '[{"1.0",[]},{"1.1",[]}]'],
  ['{{#previous}}{{previous_vsn}} to {{vsn}};{{/previous}}', '1.0 to 2.0;1.1 to 2.0;'],
  ['{{previous}}', '1.0,1.1'],
  ['{{none}}', ''],
  ['a\n  {{#yes}}\n  b\n  {{/yes}}\nc', 'a\n  b\nc'],
  ['{{=<% %>=}}<%vsn%>{{vsn}}', '2.0{{vsn}}'],
  ['{{}}', ''],
  ['{ {vsn} }', '{ {vsn} }'],
  // What objects of JavaScript inherit is nothing to a template.
  ['{{constructor}}{{toString}}{{__proto__}}{{hasOwnProperty}}{{previous.map}}{{vsn.length}}{{#valueOf}}a{{/valueOf}}', ''],
  ['{{.}}', ''],
  ['', ''],
];

describe('templates', () => {
  it.each(CASES)('%s', (template, text) => {
    expect(render(template).text).toBe(text);
  });

  it('tell which names stand for nothing', () => {
    const { unknown } = render('a\n {{vns}}{{vsn}}{{vns}}{{#when}}{{inside}}{{/when}}');
    expect(unknown.map(({ name, place }) => [name, place.line, place.column])).toEqual([
      ['vns', 2, 2],
      ['when', 2, 23],
    ]);
  });

  it('know the place of all that they render', () => {
    const template = 'ä{{vsn}}b\n{{#previous}}\n  c{{.}}d\n{{/previous}}\ne';
    const { text, placeOf } = render(template);
    expect(text).toBe('ä2.0b\n  c1.0d\n  c1.1d\ne');
    const at = (part: string) => {
      const { line, column } = placeOf(text.indexOf(part));
      return [line, column];
    };
    expect([at('ä'), at('2.0'), at('.0'), at('b'), at('c1.0'), at('1.0'), at('d'), at('1.1'), at('e')]).toEqual([
      ...[
        [1, 1],
        [1, 2],
        [1, 2],
        [1, 9],
        [3, 3],
        [3, 4],
        [3, 9],
        [3, 4],
        [5, 1],
      ],
    ]);
    expect(placeOf(text.length)).toMatchObject({ line: 5, column: 2 });
  });
});

/** Faults and their places. */
const FAULTS: readonly (readonly [template: string, code: string, line: number, column: number])[] = [
  ['a\n{{vsn', 'malformed', 2, 6],
  ['a\n{{#vsn}}', 'malformed', 2, 9],
  ['a\n {{/vsn}}', 'malformed', 2, 2],
  ['{{#vsn}}{{/app}}', 'malformed', 1, 9],
  ['{{=a=}}', 'malformed', 1, 1],
  ['a {{> other}}', 'unsupported', 1, 3],
  [' '.repeat(2000), 'limit', 1, 1],
  ['{{#yes}}'.repeat(1000) + '{{/yes}}'.repeat(1000), 'limit', 1, 3201],
  ['{{#previous}}'.repeat(40) + '{{/previous}}'.repeat(40), 'limit', 0, 0],
  [`{{#previous}}`.repeat(16) + 'x'.repeat(1000) + '{{/previous}}'.repeat(16), 'limit', 0, 0],
  ['x'.repeat(2_000_000), 'limit', 1, 1],
];

describe('broken and hostile templates', () => {
  it.each(FAULTS)('%#', (template, code, line, column) => {
    const start = performance.now();
    let fault: unknown;
    try {
      render(template);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ParseError);
    expect(fault).toMatchObject({ code, file: 'x.appup.src', ...(line === 0 ? {} : { line, column }) });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
