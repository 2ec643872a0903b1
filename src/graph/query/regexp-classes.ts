// The character classes of PCRE in Erlang: those of Latin-1, and nothing above it. Each is a class of JavaScript's `v` flag.

const LOWER = '[a-z\\xaa\\xb5\\xba\\xdf-\\xf6\\xf8-\\xff]';
const UPPER = '[A-Z\\xc0-\\xd6\\xd8-\\xde]';
const DIGIT = '[0-9]';
const SPACE = '[\\t-\\r\\x20]';
const HORIZONTAL = '[\\t\\x20\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]';
const VERTICAL = '[\\n-\\r\\x85\\u2028\\u2029]';
const PUNCTUATION = '[!-\\x2f\\x3a-@\\x5b-`\\x7b-\\x7e\\xa0-\\xa9\\xab-\\xb4\\xb6-\\xb9\\xbb-\\xbf\\xd7\\xf7]';

/** Letters, digits and the underscore. */
export const WORD = `[${LOWER}${UPPER}${DIGIT}_]`;

/** Returns the class of all other characters. */
export const NOT = (set: string): string => `[^${set}]`;

/** By the letter after the backslash. */
export const CLASSES: Readonly<Record<string, string>> = {
  d: DIGIT,
  D: NOT(DIGIT),
  s: SPACE,
  S: NOT(SPACE),
  w: WORD,
  W: NOT(WORD),
  h: HORIZONTAL,
  H: NOT(HORIZONTAL),
  v: VERTICAL,
  V: NOT(VERTICAL),
};

/** By the name between `[:` and `:]`. */
export const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alpha: `[${LOWER}${UPPER}]`,
  lower: LOWER,
  upper: UPPER,
  alnum: `[${LOWER}${UPPER}${DIGIT}]`,
  digit: DIGIT,
  xdigit: '[0-9A-Fa-f]',
  word: WORD,
  space: SPACE,
  blank: '[\\t\\x20]',
  punct: PUNCTUATION,
  print: `[\\x20${PUNCTUATION}${LOWER}${UPPER}${DIGIT}]`,
  graph: `[${PUNCTUATION}${LOWER}${UPPER}${DIGIT}]`,
  cntrl: '[\\0-\\x1f\\x7f-\\x9f]',
  ascii: '[\\0-\\x7f]',
};
