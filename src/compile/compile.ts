// Abstract functions to instructions, for a module that is there already. The code is plain: one frame a function, all values in y
// registers, every test explicit, no typed registers, nothing updated in place. What can't be compiled is refused before anything is made
// of it.

import type { Label } from '../beam/chunks/entries.js';
import { within } from '../errors.js';
import type { FunctionForm } from '../forms/form-model.js';
import { MAX_ARITY } from '../limits.js';
import type { Builder, Job, Unit } from './builder.js';
import { CompileError, refuse } from './compile-error.js';
import { expandFunction } from './expand-records.js';
import { tail, value } from './expression.js';
import { buildFunction, type CompiledFunction } from './function.js';
import { runClauses } from './function-clauses.js';
import type { CompileContext, FunctionForms } from './tables.js';

/**
 * Compiles functions, which may call each other. After each come the functions that its funs and comprehensions became. Throws
 * CompileError for what can't be compiled.
 */
export function compileFunctions(forms: FunctionForms, context: CompileContext): readonly CompiledFunction[] {
  const entries = new Map<string, Label>(forms.map(({ name, arity }) => [`${name}/${arity}`, context.tables.label()]));
  return forms.flatMap((form) => compileFunction(form, context, entries));
}

function compileFunction(
  form: FunctionForm,
  context: CompileContext,
  entries: ReadonlyMap<string, Label>,
): readonly CompiledFunction[] {
  const root = `${form.name}/${form.arity}`;
  const unit: Unit = {
    context,
    entries,
    compilers: { value, tail },
    pending: [],
    lambdaCounts: new Map(),
    constants: new WeakMap(),
    mentions: new WeakMap(),
  };
  return within(root, () => naming(root, () => buildAll(unit, jobOf(form, context, entries))));
}

function jobOf(form: FunctionForm, context: CompileContext, entries: ReadonlyMap<string, Label>): Job {
  if (form.arity > MAX_ARITY) refuse(form, `a function with ${form.arity} parameters`);
  const isLocal = (name: string, arity: number) => entries.has(`${name}/${arity}`);
  const root = `${form.name}/${form.arity}`;
  const entry = entries.get(root) as Label;
  const { clauses } = expandFunction(form, { records: context.records, otp: context.otp, isLocal });
  return {
    name: form.name,
    arity: form.arity,
    entry,
    root,
    build: (builder: Builder) => runClauses(builder, clauses, form.arity),
  };
}

function buildAll(unit: Unit, first: Job): readonly CompiledFunction[] {
  const made: CompiledFunction[] = [];
  const waiting = [first];
  for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
    made.push(buildFunction(unit, job));
    waiting.push(...unit.pending.splice(0));
  }
  return made;
}

function naming<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof CompileError ? error.inFunction(name) : error;
  }
}
