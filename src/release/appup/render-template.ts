// The template language of `.appup.src` files: mustache, without the escaping that it has for HTML.
//
//   {{name}} {{{name}}} {{&name}}   the value, nothing where there is none        {{! ..}}   nothing
//   {{#name}} .. {{/name}}          what is in it, once for each item of a list, not at all for what is false or empty
//   {{^name}} .. {{/name}}          what is in it, for what is false or empty     {{=<% %>=}}  other delimiters
//
// Each piece of the text knows where it comes from, so that what is wrong in it can be shown in the template.
// Defined by mustache(5), https://mustache.github.io.

import mustache from 'mustache';
import { ParseError } from '../../errors.js';
import { MAX_FORM_DEPTH, MAX_TEMPLATE_BLANKS, MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATE_SECTIONS } from '../../limits.js';
import type { Place } from '../../term/scan-cursor.js';

/** What names stand for: a text, whether something is so, or a list of more names. */
export type TemplateView = ReadonlyMap<string, TemplateValue>;

/** A value; an item of a list is its `text` too, as `{{.}}`. */
export type TemplateValue =
  | string
  | boolean
  | readonly { readonly text: string; readonly names: ReadonlyMap<string, string | boolean> }[];

/** A text that was rendered. */
export interface RenderedTemplate {
  readonly text: string;
  /** Names that stand for nothing, with their first place in the template. */
  readonly unknown: readonly { readonly name: string; readonly place: Place }[];
  /** Returns the place in the template of what is at that offset of the text, in UTF-16 units. */
  readonly placeOf: (offset: number) => Place;
}

/** A token of mustache: its type, its name or text, and where it begins. */
type Token = readonly [type: string, value: string, start: number, ...rest: unknown[]];

/** Part of the text; what stands in the template as it is goes on from `start`, a value is all at the place of its tag. */
interface Piece {
  readonly at: number;
  readonly start: number;
  readonly isPlain: boolean;
}

/** Renders a template; throws ParseError, with line and column, for one that is broken or takes too long. */
export function renderTemplate(template: string, view: TemplateView, file?: string): RenderedTemplate {
  const fail: Fail = (code, reason, offset) => {
    throw new ParseError({ code, reason, space: 'text', file, ...placeIn(template, offset) });
  };
  checkLength(template, fail);
  const pieces: Piece[] = [];
  const unknown = new Map<string, Place>();
  const writer = recordingWriter(view, pieces, fail, ({ 1: name, 2: start }) => {
    if (!unknown.has(name)) unknown.set(name, placeIn(template, start));
  });
  const text = parsing(fail, () => writer.render(template, plainView(view), undefined, { escape: textOf }));
  return {
    text,
    unknown: Array.from(unknown, ([name, place]) => ({ name, place })),
    placeOf: (offset) => placeIn(template, offsetOf(pieces, offset)),
  };
}

type Fail = (code: 'malformed' | 'limit' | 'unsupported', reason: string, offset: number) => never;

function checkLength(template: string, fail: Fail): void {
  if (template.length > MAX_TEMPLATE_CHARACTERS)
    fail('limit', `a template of more than ${MAX_TEMPLATE_CHARACTERS} characters`, 0);
  const blanks = new RegExp(`\\s{${MAX_TEMPLATE_BLANKS}}`).exec(template);
  if (blanks !== null) fail('limit', `more than ${MAX_TEMPLATE_BLANKS} characters of white space in a row`, blanks.index);
}

/** Gives what mustache throws for a broken template, such as `Unclosed tag at 12`, a place. */
function parsing(fail: Fail, render: () => string): string {
  try {
    return render();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof ParseError) throw error;
    const [, reason, offset] = /^(Un\w+ \w+.*) at (\d+)$/s.exec(error.message) ?? [];
    if (reason !== undefined) return fail('malformed', `${reason[0]?.toLowerCase()}${reason.slice(1)}`, Number(offset));
    if (error.message.startsWith('Invalid tags')) return fail('malformed', 'delimiters that are no two words', 0);
    throw error;
  }
}

/** Returns a writer that notes where each piece comes from, names that stand for nothing, and stops before it takes too long. */
function recordingWriter(view: TemplateView, pieces: Piece[], fail: Fail, onUnknown: (token: Token) => void) {
  const writer = new mustache.Writer();
  const known = knownNames(view);
  const plain = {
    renderTokens: writer.renderTokens.bind(writer),
    renderSection: writer.renderSection.bind(writer),
    escapedValue: writer.escapedValue.bind(writer),
  };
  let length = 0;
  let sections = 0;
  let depth = 0;
  const record = ([, , start]: Token, text: string | undefined, isPlain: boolean): string => {
    pieces.push({ at: length, start, isPlain });
    length += text?.length ?? 0;
    if (length > MAX_TEMPLATE_CHARACTERS) fail('limit', `it renders more than ${MAX_TEMPLATE_CHARACTERS} characters`, start);
    return text ?? '';
  };
  /** mustache finds what objects inherit under such names as `constructor`; what isn't known isn't looked up at all. */
  const isKnown = (token: Token): boolean => {
    if (!known.has(token[1])) onUnknown(token);
    return known.has(token[1]);
  };
  const value = (token: string[], context: mustache.Context) => {
    const own = token as unknown as Token;
    return record(own, isKnown(own) ? plain.escapedValue(token, context, { escape: textOf }) : '', false);
  };
  return Object.assign(writer, {
    rawValue: (token: string[]) => record(token as unknown as Token, token[1], true),
    escapedValue: value,
    unescapedValue: value,
    renderPartial: (token: string[]) =>
      fail('unsupported', `{{>${token[1]}}}: there are no other templates`, (token as unknown as Token)[2]),
    renderSection: ((token, ...rest) =>
      isKnown(token as unknown as Token) ? plain.renderSection(token, ...rest) : '') as typeof plain.renderSection,
    renderTokens: ((tokens, ...rest) => {
      const start = (tokens[0] as unknown as Token | undefined)?.[2] ?? 0;
      if (++sections > MAX_TEMPLATE_SECTIONS || depth >= MAX_FORM_DEPTH) fail('limit', 'too many sections in sections', start);
      depth++;
      const text = plain.renderTokens(tokens, ...rest);
      depth--;
      return text;
    }) as typeof plain.renderTokens,
  });
}

function knownNames(view: TemplateView): ReadonlySet<string> {
  const lists = [...view.values()].flatMap((value) => (typeof value === 'object' ? value : []));
  return new Set(['.', ...view.keys(), ...lists.flatMap(({ names }) => [...names.keys()])]);
}

/** An item of a list, as mustache has it: names as properties, and its text under one that no template can name. */
type PlainItem = Readonly<Record<string | symbol, unknown>>;

const TEXT = Symbol('text');

function plainView(view: TemplateView): PlainItem {
  return Object.assign(Object.create(null), Object.fromEntries(Array.from(view, ([name, value]) => [name, plainValue(value)])));
}

function plainValue(value: TemplateValue): unknown {
  if (typeof value !== 'object') return value;
  return value.map(({ text, names }) => Object.assign(Object.create(null), Object.fromEntries(names), { [TEXT]: text }));
}

/** What a value is written as. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value === 'object' && value !== null) return String((value as PlainItem)[TEXT] ?? '');
  return String(value);
}

/** Finds the last piece that begins there or before, by halving. */
function offsetOf(pieces: readonly Piece[], offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).at <= offset) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low - 1];
  return piece === undefined ? 0 : piece.isPlain ? piece.start + offset - piece.at : piece.start;
}

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.lastIndexOf('\n') + 1;
  return { offset, line: before.split('\n').length, column: [...before.slice(line)].length + 1 };
}
