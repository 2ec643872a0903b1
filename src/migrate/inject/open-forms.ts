// Finds the forms in a module's debug info, for those who edit the bytes; see beam/chunks/debug-info.ts for what these chunks hold.

import type { BeamModule } from '../../beam/module.js';
import { UsageError } from '../../errors.js';
import { FormCursor } from '../../graph/facts/abstract/form-cursor.js';
import { type ChunkBody, openBody } from './chunk-body.js';

/** The forms and where they lie. */
export interface OpenForms {
  readonly id: 'Dbgi' | 'Abst';
  readonly body: ChunkBody;
  /** Index of the list of forms in the chunk's contents. */
  readonly start: number;
}

/** A module is described and then injected into: its debug info is inflated once. */
const opened = new WeakMap<BeamModule, OpenForms>();

/**
 * Returns the forms, undefined where the module has no debug info. Throws ParseError, `encrypted` where there is no key; UsageError where
 * another compiler than Erlang's made the module.
 */
export function openForms(module: BeamModule): OpenForms | undefined {
  const forms = opened.get(module) ?? findForms(module);
  if (forms !== undefined) opened.set(module, forms);
  return forms;
}

function findForms(module: BeamModule): OpenForms | undefined {
  for (const id of ['Dbgi', 'Abst'] as const) {
    if ((module.chunk(id)?.data.length ?? 0) === 0) continue;
    const body = openBody(module, id);
    const start = module.located(id, () => formsStart(body, module.file ?? module.name));
    if (start !== undefined) return { id, body, start };
  }
  return undefined;
}

function formsStart({ plain, origin }: ChunkBody, file: string): number | undefined {
  const cursor = new FormCursor(plain, origin, 0);
  const size = cursor.enterTuple();
  const format = cursor.atom();
  if (size === 2 && format === 'raw_abstract_v1') return cursor.pos;
  const backend = size === 3 && format === 'debug_info_v1' ? cursor.atom() : undefined;
  const isErlang = backend === 'erl_abstract_code' && cursor.enterPair();
  const { pos } = cursor;
  if (backend !== undefined && cursor.atom() === 'none') return undefined;
  if (isErlang) return pos;
  throw new UsageError(`${file}: the debug info is of ${backend ?? format ?? 'an unknown shape'}, not of Erlang's compiler`);
}
