// The kinds of edges as the command line names them: with commas, or all.

import { UsageError } from '../errors.js';
import { EDGE_KINDS, type EdgeKind } from '../graph/dependencies/build-dependencies.js';

/** Reads kinds of edges; throws UsageError for a word that is none. */
export function parseKinds(text: string): ReadonlySet<EdgeKind> {
  if (text === 'all') return new Set(EDGE_KINDS);
  const kinds = text.split(',').map((kind) => kind.trim());
  const unknown = kinds.find((kind) => !(EDGE_KINDS as readonly string[]).includes(kind));
  if (unknown !== undefined) {
    throw new UsageError(`'${unknown}' is no kind of edge: choose of ${EDGE_KINDS.join(', ')}, or all`);
  }
  return new Set(kinds as EdgeKind[]);
}
