// Lays out text that may break into lines: the algebra of Wadler's "A prettier printer". A document is text with places where a line may
// break; a group's places all stay on one line if it fits there, and all break otherwise. Each part knows how wide it is when flat, so
// the choice costs a look ahead over one line.

/** Text with places to break. An array is its parts one after the other. */
export type Doc = string | Line | Block;

/** A place to break: `flat` stands there while the group isn't broken. */
export interface Line {
  readonly kind: 'line';
  readonly flat: string;
  /** Breaks always, and so does every group around it. */
  readonly hard: boolean;
}

/** Parts that are indented further, or broken together, or neither. */
export interface Block {
  readonly kind: 'concat' | 'group';
  readonly parts: readonly Doc[];
  /** Columns by which lines inside are indented further. */
  readonly indent: number;
  /** Columns on one line; meaningless where `hard`. */
  readonly width: number;
  /** Has a line that always breaks. */
  readonly hard: boolean;
}

/** A space, or a new line. */
export const line: Line = { kind: 'line', flat: ' ', hard: false };
/** Nothing, or a new line. */
export const softLine: Line = { kind: 'line', flat: '', hard: false };
/** A new line always. */
export const hardLine: Line = { kind: 'line', flat: '', hard: true };

/** Returns the parts one after the other. */
export function concat(...parts: readonly Doc[]): Block {
  return block('concat', parts, 0);
}

/** Returns the parts with what breaks in them indented by `indent` more columns. */
export function nest(indent: number, ...parts: readonly Doc[]): Block {
  return block('concat', parts, indent);
}

/** Returns the parts, whose own lines break all or none. */
export function group(...parts: readonly Doc[]): Block {
  return block('group', parts, 0);
}

/** Returns the docs with `separator` between them. */
export function join(docs: readonly Doc[], ...separator: readonly Doc[]): Block {
  const parts: Doc[] = [];
  for (const doc of docs) {
    if (parts.length > 0) parts.push(...separator);
    parts.push(doc);
  }
  return block('concat', parts, 0);
}

/** Returns the docs with a comma between them; a line breaks only where the next doc doesn't fit, as in running text. */
export function fill(docs: readonly Doc[]): Block {
  const parts: Doc[] = [];
  for (const doc of docs) {
    if (parts.length === 0) parts.push(doc);
    else parts.push(',', group(line, doc));
  }
  return block('concat', parts, 0);
}

/** Tells whether the doc always takes several lines. */
export function isHard(doc: Doc): boolean {
  return typeof doc !== 'string' && doc.hard;
}

/** Returns how many columns the doc takes on one line. */
export function widthOf(doc: Doc): number {
  if (typeof doc === 'string') return doc.length;
  return doc.kind === 'line' ? doc.flat.length : doc.width;
}

function block(kind: 'concat' | 'group', parts: readonly Doc[], indent: number): Block {
  let width = 0;
  let hard = false;
  for (const part of parts) {
    width += widthOf(part);
    hard ||= isHard(part);
  }
  return { kind, parts, indent, width, hard };
}

/** Deepest indentation in columns: deeper text would be mostly spaces. */
const MAX_INDENT = 200;

/** A doc yet to be written, at its indentation; flat where the group around it is on one line. */
interface Pending {
  readonly doc: Doc;
  readonly indent: number;
  readonly flat: boolean;
}

/** Writes the doc with lines of at most `limit` columns where its places to break allow that. */
export function render(doc: Doc, limit: number): string {
  const out: string[] = [];
  const pending: Pending[] = [{ doc, indent: 0, flat: false }];
  let column = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { doc: now, indent, flat } = next;
    if (typeof now === 'string') {
      out.push(now);
      column += now.length;
    } else if (now.kind !== 'line') {
      const inside = flat || (now.kind === 'group' && !now.hard && fits(now, limit - column, pending));
      for (let at = now.parts.length - 1; at >= 0; at--) {
        pending.push({ doc: now.parts[at] as Doc, indent: indent + now.indent, flat: inside });
      }
    } else if (flat && !now.hard) {
      out.push(now.flat);
      column += now.flat.length;
    } else {
      column = Math.min(indent, MAX_INDENT);
      out.push('\n', ' '.repeat(column));
    }
  }
  return out.join('');
}

/** Tells whether the group, and what comes after it up to the next place to break, fits in `left` columns. */
function fits(doc: Block, left: number, after: readonly Pending[]): boolean {
  let rest = left - doc.width;
  for (let at = after.length - 1; at >= 0 && rest >= 0; at--) {
    const { doc: next, flat } = after[at] as Pending;
    if (flat && !isHard(next)) {
      rest -= widthOf(next);
      continue;
    }
    const lead = leadingText(next, rest);
    rest -= lead.width;
    if (lead.breaks) break;
  }
  return rest >= 0;
}

/** Returns how much text the doc has before its first place to break, and whether there is one. Past `limit` it doesn't look on. */
function leadingText(doc: Doc, limit: number): { readonly width: number; readonly breaks: boolean } {
  let width = 0;
  const walking: { readonly parts: readonly Doc[]; at: number }[] = [{ parts: [doc], at: 0 }];
  for (let top = walking.at(-1); top !== undefined && width <= limit; top = walking.at(-1)) {
    const next = top.parts[top.at++];
    if (next === undefined) walking.pop();
    else if (typeof next === 'string') width += next.length;
    else if (next.kind === 'line') return { width, breaks: true };
    else walking.push({ parts: next.parts, at: 0 });
  }
  return { width, breaks: false };
}
