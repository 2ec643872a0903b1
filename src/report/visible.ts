// Names from files are anybody's: what is written for a person shows control characters as escapes, so that no file steers a terminal.

/** Returns the text with control characters (C0 but tab, DEL, C1) and bidirectional overrides as `\x1b` or `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) as number;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

const HIDDEN = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
