// Decodes the Dbgi chunks of all beams below the given library folders on one thread, inflating included, and prints
// `{nodes, milliseconds}`: a node is an item of a term, each atom, number, tuple, list and map one.
import { readBeam } from '../../src/beam/module.js';
import { findInputs, readInputs } from '../../src/io/input.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import type { Term } from '../../src/term/model.js';

function countNodes(root: Term): number {
  let nodes = 0;
  const waiting: Term[] = [root];
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    nodes++;
    if (typeof term !== 'object') continue;
    if (term.kind === 'tuple' || term.kind === 'list') for (const item of term.items) waiting.push(item);
    if (term.kind === 'map') for (const [key, value] of term.pairs) waiting.push(key, value);
  }
  return nodes;
}

let nodes = 0;
let milliseconds = 0;
for await (const input of readInputs(findInputs(process.argv.slice(2)))) {
  if (input.kind !== 'file') continue;
  const chunk = readBeam(input.bytes).chunk('Dbgi');
  if (chunk === undefined) continue;
  const start = performance.now();
  const term = decodeTerm(chunk.data);
  milliseconds += performance.now() - start;
  nodes += countNodes(term);
}
process.stdout.write(`${JSON.stringify({ nodes, milliseconds: Math.round(milliseconds) })}\n`);
