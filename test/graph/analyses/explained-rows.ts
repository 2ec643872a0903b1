// Explained exports as lines, for tests: `shop:start/0 callback gen_server`.
import type { ExplainedExport } from '../../../src/graph/analyses/explain-exports.js';
import type { Program } from '../../../src/graph/program/program.js';

export function explainedRows({ functions }: Program, explained: readonly ExplainedExport[]): readonly string[] {
  const { modules, names, moduleOf, nameOf, arityOf } = functions;
  return explained.map(({ function: id, class: why, detail }) => {
    const text = `${modules[moduleOf[id] as number]}:${names[nameOf[id] as number]}/${arityOf[id]}`;
    return `${text} ${why}${detail === null ? '' : ` ${detail}`}`;
  });
}
