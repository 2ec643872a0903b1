// The tags of the abstract format that a reader of calls knows, found by their bytes without making a string: a table that is addressed
// by a hash of the first and the last bytes.

/** Nodes up to {@link LAST_LEAF} have nothing below them that calls. */
export const VAR = 1;
export const ATOM = 2;
export const INTEGER = 3;
export const STRING = 4;
export const NIL = 5;
export const CHAR = 6;
export const FLOAT = 7;
export const RECORD_INDEX = 8;
export const LAST_LEAF = 8;
export const CONS = 9;
export const TUPLE = 10;
export const CALL = 11;
export const REMOTE = 12;
export const MATCH = 13;
export const CLAUSE = 14;
export const CASE = 15;
export const OP = 16;
export const BLOCK = 17;
export const FUN = 18;
export const CLAUSES = 19;
export const FUNCTION = 20;
export const RECORD = 21;
export const RECORD_FIELD = 22;
export const BIN = 23;
export const BIN_ELEMENT = 24;
export const IF = 25;
export const TRY = 26;
export const CATCH = 27;
export const RECEIVE = 28;
export const MAP = 29;
export const MAP_FIELD_ASSOC = 30;
export const MAP_FIELD_EXACT = 31;
export const LC = 32;
export const BC = 33;
export const MC = 34;
export const GENERATE = 35;
export const ZIP = 36;
export const MAP_GENERATE = 43;
export const NAMED_FUN = 37;
export const MAYBE = 38;
export const ELSE = 39;
export const MAYBE_MATCH = 40;
export const ATTRIBUTE = 41;
export const TYPED_RECORD_FIELD = 42;
export const TYPE = 44;
export const REMOTE_TYPE = 45;
/** Any other atom. */
export const OTHER = 0;

const TAGS: readonly (readonly [tag: string, kind: number])[] = [
  ['var', VAR],
  ['atom', ATOM],
  ['integer', INTEGER],
  ['string', STRING],
  ['nil', NIL],
  ['char', CHAR],
  ['float', FLOAT],
  ['record_index', RECORD_INDEX],
  ['cons', CONS],
  ['tuple', TUPLE],
  ['call', CALL],
  ['remote', REMOTE],
  ['match', MATCH],
  ['clause', CLAUSE],
  ['case', CASE],
  ['op', OP],
  ['block', BLOCK],
  ['fun', FUN],
  ['clauses', CLAUSES],
  ['function', FUNCTION],
  ['record', RECORD],
  ['record_field', RECORD_FIELD],
  ['bin', BIN],
  ['bin_element', BIN_ELEMENT],
  ['if', IF],
  ['try', TRY],
  ['catch', CATCH],
  ['receive', RECEIVE],
  ['map', MAP],
  ['map_field_assoc', MAP_FIELD_ASSOC],
  ['map_field_exact', MAP_FIELD_EXACT],
  ['lc', LC],
  ['bc', BC],
  ['mc', MC],
  ['generate', GENERATE],
  ['generate_strict', GENERATE],
  ['b_generate', GENERATE],
  ['b_generate_strict', GENERATE],
  ['m_generate', MAP_GENERATE],
  ['m_generate_strict', MAP_GENERATE],
  ['zip', ZIP],
  ['named_fun', NAMED_FUN],
  ['maybe', MAYBE],
  ['else', ELSE],
  ['maybe_match', MAYBE_MATCH],
  ['attribute', ATTRIBUTE],
  ['typed_record_field', TYPED_RECORD_FIELD],
  ['type', TYPE],
  ['remote_type', REMOTE_TYPE],
];

const SLOTS = 256;
const slotKinds = new Uint8Array(SLOTS);
const slotHeads = new Int32Array(SLOTS);
const slotTails = new Int32Array(SLOTS);
const slotBytes: Uint8Array[] = new Array<Uint8Array>(SLOTS).fill(new Uint8Array(0));

for (const [tag, kind] of TAGS) {
  // Long tags are read four bytes at a time, the last of them from the end, short ones with the zeros that follow here.
  const bytes = Uint8Array.from(tag.padEnd(4, '\0'), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const [head, tail] = [headOf(view, 0, tag.length), tailOf(view, 0, tag.length)];
  let slot = slotOf(head, tail, tag.length);
  while (slotKinds[slot] !== OTHER) slot = (slot + 1) % SLOTS;
  slotKinds[slot] = kind;
  slotHeads[slot] = head;
  slotTails[slot] = tail;
  slotBytes[slot] = bytes.subarray(0, tag.length);
}

function headOf(view: DataView, start: number, length: number): number {
  return length >= 4 ? view.getInt32(start) : length === 3 ? view.getInt32(start) & ~0xff : view.getInt16(start) << 16;
}

function tailOf(view: DataView, start: number, length: number): number {
  return length > 4 ? view.getInt32(start + length - 4) : 0;
}

function slotOf(head: number, tail: number, length: number): number {
  return Math.imul(head ^ Math.imul(tail, 0x85ebca6b) ^ length, 0x9e3779b1) >>> 24;
}

/** Returns the kind of the tag of that many ASCII bytes; at least two bytes must follow it. */
export function nodeKindAt(view: DataView, start: number, length: number): number {
  if (length < 2) return OTHER;
  const head = headOf(view, start, length);
  const tail = tailOf(view, start, length);
  for (let slot = slotOf(head, tail, length); ; slot = (slot + 1) % SLOTS) {
    const kind = slotKinds[slot] as number;
    if (kind === OTHER) return OTHER;
    const bytes = slotBytes[slot] as Uint8Array;
    if (slotHeads[slot] !== head || slotTails[slot] !== tail || bytes.length !== length) continue;
    if (length <= 8 || sameMiddle(view, start, bytes)) return kind;
  }
}

/** Compares what is between the first and the last four bytes. */
function sameMiddle(view: DataView, start: number, tag: Uint8Array): boolean {
  for (let at = 4; at < tag.length - 4; at++) if (view.getUint8(start + at) !== tag[at]) return false;
  return true;
}
