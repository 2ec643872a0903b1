// Reads the programs below library folders, makes the graph, and prints a line for each of two queries alone: its milliseconds and how many
// items its answer has. What xref_functions.escript does with xref; each in a process of its own, so both begin cold.

import { readBeam } from '../../src/beam/module.js';
import { readFacts } from '../../src/graph/facts/read-facts.js';
import { finishProgram } from '../../src/graph/program/build-program.js';
import { addModule, beginProgram } from '../../src/graph/program/program-builder.js';
import { answerTerm } from '../../src/graph/query/answer.js';
import { runQuery } from '../../src/graph/query/run-query.js';
import { findInputs, readInputs } from '../../src/io/input.js';
import { properList } from '../../src/term/model.js';

const builder = beginProgram({ mode: 'functions', builtins: false, otp: 25 });
for await (const input of readInputs(findInputs(process.argv.slice(2)), { lend: true })) {
  if (input.kind !== 'file') continue;
  const context = { file: input.path, app: input.app ?? null, otp: 25, builtins: false };
  addModule(builder, readFacts(readBeam(input.bytes, { file: input.path }), context, 'abstract').facts);
}
const program = finishProgram(builder);
runQuery(program, '# E');
for (const query of ['components E', 'domain (closure E || lists:foldl/3)']) {
  const start = performance.now();
  const { type, value } = runQuery(program, query);
  const answer = answerTerm(program, type, value);
  const milliseconds = performance.now() - start;
  process.stdout.write(`${milliseconds.toFixed(3)} ${properList(answer)?.length}\n`);
}
