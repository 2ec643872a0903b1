// Many small parts of a text as fewer and larger ones.

const PIECE = 1 << 16;

/** Joins small parts into pieces of some 64 000 characters, since to write each by itself would take longer than to make them. */
export function* inPieces(parts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
