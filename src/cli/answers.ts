// The loop of the commands that answer file by file: each answer is written as soon as it is there, as text or as an item of a JSON
// array.

import type { BeamModule } from '../beam/module.js';
import type { InputFile } from '../io/input.js';
import { jsonArrayWriter } from '../report/json.js';
import type { CommonArgs } from './command.js';
import { forEachModule } from './modules.js';
import type { Terminal } from './terminal.js';

/** Builds the answer for one module, and renders it as text. */
export interface Answer<T> {
  readonly build: (module: BeamModule, file: InputFile) => T;
  readonly renderText: (answer: T) => string;
}

/** Answers for each module that the paths mean; resolves to the exit code. */
export async function answerEach<T>(args: CommonArgs, terminal: Terminal, answer: Answer<T>): Promise<number> {
  const json = jsonArrayWriter();
  const { exit } = await forEachModule(args, terminal, async (module, file) => {
    const built = answer.build(module, file);
    await terminal.write(args.format === 'json' ? json.item(built) : answer.renderText(built));
  });
  if (args.format === 'json') await terminal.write(json.close());
  return exit;
}
