// Facts from debug info: what xref in functions mode reads of a module that Erlang's compiler made. It goes over the encoded forms once, and
// makes terms of a few attributes only.
//
//   {attribute, Anno, Name, Value}          see attributes.ts
//   {function, Anno, Name, Arity, Clauses}
//
// Defined by erts/doc/guides "The Abstract Format" and lib/tools/src/xref_reader.erl.

import type { BeamModule } from '../../../beam/module.js';
import { within } from '../../../errors.js';
import type { FunctionName, ModuleFacts } from '../../module-facts.js';
import { addCall, finishCalls, newTarget } from '../call-log.js';
import { builtinTest, type FactContext } from '../context.js';
import { readTableFacts } from '../module-tables.js';
import { formReferences } from '../references/read-references.js';
import { readAttribute } from './attributes.js';
import { decideTargets, externalTarget, localTarget, newCallTargets } from './call-targets.js';
import type { FormCursor } from './form-cursor.js';
import { type DeclaredCall, type FormFacts, newFormFacts } from './form-facts.js';
import { defines, type Names, newNames, settleNames } from './names.js';
import { ATTRIBUTE, FUNCTION } from './node-kinds.js';
import { type EncodedForms, openForms } from './open-forms.js';
import { withOneArgumentLess } from './parameterised.js';
import { releaseRules } from './release-rules.js';
import { ExpressionWalker } from './walk-expression.js';
import type { ModuleSettings } from './walker.js';

/**
 * Reads the facts of a module from its debug info. Throws ParseError: `missing` where there is none, `encrypted`, `unsupported` where another
 * compiler made it, and others where it is damaged.
 */
export function readAbstractFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const forms = openForms(module);
  const tables = readTableFacts(module, context);
  return module.located('debug info', () => {
    const facts = readForms(forms, tables, tables.otp, context.builtins !== false);
    return context.references === true ? { ...facts, references: formReferences(module, forms, facts) } : facts;
  });
}

function readForms(forms: EncodedForms, tables: ModuleFacts, otp: number, builtins: boolean): ModuleFacts {
  const first = newNames(tables.module, otp);
  const reading = walkForms(forms, first, builtins);
  if (settleNames(first, reading.facts.functions)) return factsOf(tables, reading);
  return factsOf(tables, walkForms(forms, { ...first, imports: new Map() }, builtins));
}

/** What going over the forms gives. */
interface Reading {
  readonly facts: FormFacts;
  readonly settings: ModuleSettings;
}

function walkForms(forms: EncodedForms, names: Names, builtins: boolean): Reading {
  const facts = newFormFacts();
  const settings: ModuleSettings = {
    rules: releaseRules(names.otp),
    targets: newCallTargets(names, builtinTest(names.otp)),
    builtins,
    records: new Map(),
    nativeRecords: new Set(),
    strictTests: true,
    takesUpdatesApart: false,
  };
  const walker = new ExpressionWalker(forms.data, forms.origin, forms.start, settings);
  eachForm(walker, (size) => {
    if (walker.kind === ATTRIBUTE && size === 4) readAttribute(walker, facts);
    else if (walker.kind === FUNCTION && size === 5) readFunction(walker, facts);
    else walker.skip(size - 1);
  });
  return { facts, settings };
}

function factsOf(tables: ModuleFacts, { facts, settings }: Reading): ModuleFacts {
  const { functions, callbacks, onLoad } = facts;
  const sourceFile = tables.sourceFile ?? facts.sourceFile;
  const made: ModuleFacts = {
    ...tables,
    source: 'abstract',
    sourceFile,
    functions,
    ...finishCalls(decideTargets(settings.targets, settings.builtins)),
    onLoad,
    // What behaviour_info/1 returns counts, where that can be told.
    ...(tables.callbacks === undefined && callbacks.length > 0 && { callbacks }),
  };
  return facts.parameterised ? withOneArgumentLess(made) : made;
}

/** Calls `read` with the size of each form whose tag has been read; it must move past the form. */
function eachForm(cursor: FormCursor, read: (size: number) => void): void {
  const count = cursor.enterList();
  for (let form = 0; form < count; form++) {
    const size = cursor.enterNode();
    if (size === 0) cursor.skip();
    else within(`form ${form}`, () => read(size));
  }
}

function readFunction(walker: ExpressionWalker, facts: FormFacts): void {
  const anno = walker.pos;
  walker.skipAnno();
  const name = walker.atom();
  const arity = name === undefined ? undefined : walker.integer();
  if (name === undefined || arity === undefined) {
    walker.skip(name === undefined ? 3 : 2);
    return;
  }
  walker.readSite(anno);
  if (isPredefined(name, arity, walker.line)) {
    walker.skip();
    return;
  }
  const { line } = walker;
  walker.settings.targets.log.from = facts.functions.length;
  facts.functions.push({ name, arity, line });
  walker.walkClauses();
  for (const call of facts.declared) if (isSame(call.from, name, arity)) addDeclared(walker, call);
}

/** Those that the compiler adds, and transforms under line 0. */
function isPredefined(name: string, arity: number, line: number): boolean {
  return (name === 'module_info' && (arity === 0 || arity === 1)) || (name === 'behaviour_info' && arity === 1 && line === 0);
}

function isSame(left: FunctionName, name: string, arity: number): boolean {
  return left.name === name && left.arity === arity;
}

/** A declared call counts even where it is one of a BIF, and a local one only where there is such a function. */
function addDeclared(walker: ExpressionWalker, { kind, module, to, line, column }: DeclaredCall): void {
  const { targets } = walker.settings;
  if (kind === 'local' && !defines(targets.names, to.name, to.arity)) return;
  const target =
    kind === 'local' ? localTarget(targets, to.name, to.arity) : externalTarget(targets, module, to.name, to.arity, false);
  if (target !== null && !target.builtin) addCall(targets.log, target, line, column);
  else addCall(targets.log, newTarget({ kind, module, ...to, unresolved: false, builtin: false }), line, column);
}
