// A plan as abstract forms: what is compiled into the new beam, added to its debug info and printed.

import { md5 } from '../bytes/md5.js';
import { asParseError, ParseError } from '../errors.js';
import { formsToTerm } from '../forms/form-codec.js';
import { printForms } from '../forms/print.js';
import { encodeTerm } from '../term/etf-encode.js';
import { atom, binary, tuple } from '../term/model.js';
import { defaultWriter } from './copy-functions.js';
import { userName } from './generated-names.js';
import type { MigrationForms, MigrationPlan } from './model.js';
import { writeCallback } from './write-callback.js';
import { needsNativeShape, writeConverters, writeNativeShape } from './write-converters.js';

/** Writes the functions of a migration, in the order in which they are appended. Throws ParseError for what is nested too deeply. */
export function writeMigration(plan: MigrationPlan): MigrationForms {
  try {
    return write(plan);
  } catch (error) {
    const parsed = asParseError(error);
    throw parsed instanceof ParseError ? parsed.inFile(plan.to.file) : parsed;
  }
}

function write(plan: MigrationPlan): MigrationForms {
  const { to, from, callback, user } = plan;
  const defaults = defaultWriter(to, from);
  const converters = plan.records.flatMap((record) => writeConverters(record, { plan, defaults }));
  const native = needsNativeShape(plan) ? [writeNativeShape()] : [];
  const functions = [...writeCallback(plan), ...converters, ...native, ...defaults.functions()];
  const { name, arity } = callback;
  return {
    functions,
    ...(user === 'absent' ? {} : { renamed: { name, arity, to: userName(name), exported: user === 'called' } }),
    callback: { name, arity },
    records: new Map(),
    sources: from.map((build) => ({ vsn: build.vsn, md5: build.md5 })),
    identity: tuple(atom('md5'), binary(md5(encodeTerm(formsToTerm(functions))))),
  };
}

/** Prints the functions of a migration as Erlang source. */
export function printMigration(forms: MigrationForms): string {
  return printForms(forms.functions).text;
}
