// What `source` says of a module: Erlang source from its forms, or what Elixir's debug info tells.

import type { BeamModule } from '../beam/module.js';
import { ParseError } from '../errors.js';
import { describeElixir, renderElixir } from '../forms/elixir.js';
import { formsFromTerm } from '../forms/form-codec.js';
import { type Gap, printForms } from '../forms/print.js';

/** What `source` answers for one file. */
export interface SourceReport {
  readonly schema: 'beamtool-source/1';
  readonly file: string;
  readonly module: string;
  /** `erlang`: the text parses back to the same forms, but for the gaps; `elixir`: the text only says what is known. */
  readonly language: 'erlang' | 'elixir';
  readonly text: string;
  /** Places where the source can't say all that the forms do. */
  readonly gaps: readonly Gap[];
}

const NO_SOURCE = {
  none: 'no debug info: compile with +debug_info',
  encrypted: 'encrypted debug info: give its key with --key-file',
} as const;

/** Prints the source of a module; throws ParseError `missing` or `encrypted` where there is none to print. */
export function buildSourceReport(module: BeamModule, file: string): SourceReport {
  const { debugInfo } = module;
  const head = { schema: 'beamtool-source/1', file, module: module.name } as const;
  switch (debugInfo.kind) {
    case 'abstract_code': {
      const { text, gaps } = module.located('abstract code', () => printForms(formsFromTerm(debugInfo.forms)));
      return { ...head, language: 'erlang', text, gaps };
    }
    case 'elixir': {
      const text = module.located('Dbgi', () => renderElixir(describeElixir(debugInfo.metadata)));
      return { ...head, language: 'elixir', text, gaps: [] };
    }
    case 'other':
      throw new ParseError({ code: 'unsupported', reason: `debug info of the backend ${debugInfo.backend}`, file });
    default:
      throw new ParseError({
        code: debugInfo.kind === 'none' ? 'missing' : 'encrypted',
        reason: NO_SOURCE[debugInfo.kind],
        file,
      });
  }
}
