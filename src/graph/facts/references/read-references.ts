// The dependencies of a module that are no calls, beside the facts that a reader has made: from the forms, or from what the scan over the code
// found together with the specs that Elixir keeps.

import type { BeamModule } from '../../../beam/module.js';
import { ParseError, within } from '../../../errors.js';
import type { ModuleFacts, Reference } from '../../module-facts.js';
import * as kinds from '../abstract/node-kinds.js';
import { type EncodedForms, openElixirSpecs } from '../abstract/open-forms.js';
import { readAttributeReferences } from './attribute-references.js';
import { readExpressions } from './form-references.js';
import type { FormReading } from './form-tuples.js';
import { addModuleReferences, addTransforms } from './module-references.js';
import { NodeCursor } from './node-cursor.js';
import { applicationOfPath, newRecordOrigins } from './record-origins.js';
import { finishReferences, newReferenceLog, type ReferenceLog } from './reference-log.js';

/** Returns the references in a module's forms and tables; throws ParseError. */
export function formReferences(module: BeamModule, forms: EncodedForms, facts: ModuleFacts): readonly Reference[] {
  const log = newReferenceLog();
  const cursor = readForms(forms, facts, log);
  // The options stand after the forms; in the debug info of old releases there are none.
  if (cursor.pos < forms.data.length) addTransforms(log, cursor.termAt(cursor.pos));
  module.located('references', () => addModuleReferences(log, module, facts));
  return finishReferences(log, facts);
}

/** Returns the references that the scan over the code put into `log`, and those in a module's tables and specs; throws ParseError. */
export function codeReferences(module: BeamModule, facts: ModuleFacts, log: ReferenceLog): readonly Reference[] {
  readSpecs(module, facts, log);
  module.located('references', () => addModuleReferences(log, module, facts));
  return finishReferences(log, facts);
}

/** Returns the references of a module as a whole that its tables tell; throws ParseError. */
export function tableReferences(module: BeamModule, facts: ModuleFacts): readonly Reference[] {
  const log = newReferenceLog();
  module.located('references', () => addModuleReferences(log, module, facts));
  return finishReferences(log, facts);
}

/** What can't be read of the debug info isn't needed where the code is read. */
function readSpecs(module: BeamModule, facts: ModuleFacts, log: ReferenceLog): void {
  try {
    const specs = openElixirSpecs(module);
    if (specs !== undefined) readForms(specs, facts, log);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
}

/** Reads a list of forms and returns the cursor after it. */
function readForms(forms: EncodedForms, facts: ModuleFacts, log: ReferenceLog): NodeCursor {
  const cursor = new NodeCursor(forms.data, forms.origin, forms.start);
  const own = facts.app ?? applicationOfPath(facts.sourceFile ?? '') ?? null;
  const reading: FormReading = {
    cursor,
    log,
    records: newRecordOrigins(own),
    patternEnd: 0,
    starts: new Set(),
    matched: new Map(),
  };
  const functionAt = functionFinder(facts);
  const count = cursor.enterList();
  for (let form = 0; form < count; form++) within(`form ${form}`, () => readForm(reading, functionAt));
  cursor.leaveList(count);
  return cursor;
}

type FunctionFinder = (name: string, arity: number) => number;

function functionFinder({ functions }: ModuleFacts): FunctionFinder {
  const positions = new Map(functions.map(({ name, arity }, at) => [`${name}/${arity}`, at]));
  return (name, arity) => positions.get(`${name}/${arity}`) ?? -1;
}

function readForm(reading: FormReading, functionAt: FunctionFinder): void {
  const { cursor, log } = reading;
  const start = cursor.pos;
  const size = cursor.enterNode();
  const { kind, pos: anno } = cursor;
  if (size === 4 && kind === kinds.ATTRIBUTE) {
    cursor.skipAnno();
    const name = cursor.atom();
    if (name !== undefined) readAttributeReferences(reading, name, anno, functionAt);
  } else if (size === 5 && kind === kinds.FUNCTION) {
    cursor.skipAnno();
    const name = cursor.atom();
    const arity = name === undefined ? undefined : cursor.integer();
    log.from = name === undefined || arity === undefined ? -1 : functionAt(name, arity);
    readExpressions(reading);
    return;
  }
  cursor.pos = start;
  cursor.skip();
}
