// The attributes that say how a module's functions are read, or what xref adds to them.

import { type Atom, isAtom, isTuple, properList, type Term, textOf } from '../../../term/model.js';
import type { FunctionName } from '../../module-facts.js';
import { functionName } from '../attribute-facts.js';
import type { FormFacts } from './form-facts.js';
import { functionKey } from './names.js';
import { addRecord } from './record-table.js';
import type { ReleaseRules } from './release-rules.js';
import type { ExpressionWalker } from './walk-expression.js';

/** Reads an attribute whose tag has been read, and moves past it. */
export function readAttribute(walker: ExpressionWalker, facts: FormFacts): void {
  const anno = walker.pos;
  walker.skipAnno();
  const name = walker.atom();
  if (name === undefined) walker.skip();
  const value = walker.pos;
  if (name !== undefined) READERS.get(name)?.(walker, facts, anno);
  walker.pos = value;
  walker.skip();
}

type AttributeReader = (walker: ExpressionWalker, facts: FormFacts, anno: number) => void;

const READERS: ReadonlyMap<string, AttributeReader> = new Map<string, AttributeReader>([
  ['record', (walker) => addRecord(walker, walker.settings.records)],
  ['callback', readCallback],
  ['file', readFile],
  ['import', readImport],
  ['compile', readOptions],
  ['xref', readXref],
  ['on_load', readOnLoad],
  ['abstract', readAbstract],
  ['native_record', readNativeRecord],
  ['import_record', readImportedRecords],
]);

/** `{{Name, Arity}, Types}`. */
function readCallback(walker: ExpressionWalker, facts: FormFacts): void {
  if (!walker.enterPair() || !walker.enterPair()) return;
  const name = walker.atom();
  const arity = walker.integer();
  if (name !== undefined && arity !== undefined) facts.callbacks.push({ name, arity });
}

/**
 * A `-file` that stands in the source is marked as generated: what follows has the lines that it says, and xref counts these back. One
 * that the preprocessor writes begins or ends an included file.
 */
function readFile(walker: ExpressionWalker, facts: FormFacts, anno: number): void {
  const value = walker.termAt(walker.pos);
  const generated = (properList(walker.termAt(anno)) ?? []).some(
    (item) => isPair(item, 'generated') && isAtom(item.items[1], 'true'),
  );
  const [name, said] = isTuple(value, 2) ? value.items : [];
  facts.sourceFile ??= textOf(name) ?? null;
  walker.readPlace(anno);
  if (!generated) walker.lineOffset = 0;
  else if (typeof said === 'number') walker.lineOffset += walker.line - said;
}

function isPair(term: Term, tag: string): term is Term & { readonly kind: 'tuple'; readonly items: readonly Term[] } {
  return isTuple(term, 2) && isAtom(term.items[0], tag);
}

function readImport(walker: ExpressionWalker): void {
  const value = walker.termAt(walker.pos);
  if (!isTuple(value, 2) || !isAtom(value.items[0])) return;
  const [module, functions] = value.items as readonly [Atom, Term];
  for (const { name, arity } of functionNames(functions)) {
    walker.settings.targets.names.imports.set(functionKey(name, arity), module.name);
  }
}

function functionNames(term: Term): readonly FunctionName[] {
  return (properList(term) ?? []).flatMap((item) => functionName(item) ?? []);
}

function readOptions(walker: ExpressionWalker, facts: FormFacts): void {
  const { settings } = walker;
  facts.options.push(...atomsIn(walker.termAt(walker.pos)));
  settings.strictTests = optionOf(settings.rules, facts.options, 'strict_record_tests') ?? true;
  settings.takesUpdatesApart = settings.rules.updatesFewFieldsOnly
    ? (optionOf(settings.rules, facts.options, 'strict_record_updates') ?? false)
    : facts.options.includes('dialyzer');
}

function atomsIn(term: Term): readonly string[] {
  if (isAtom(term)) return [term.name];
  return (properList(term) ?? []).flatMap((item) => (isAtom(item) ? [item.name] : []));
}

/** Returns whether `name` or `no_name` stands among the options; undefined where neither does. */
function optionOf(rules: ReleaseRules, options: readonly string[], name: string): boolean | undefined {
  const among = (option: string) => option === name || option === `no_${name}`;
  const found = rules.firstOptionCounts ? options.find(among) : options.findLast(among);
  return found === undefined ? undefined : found === name;
}

/** Pairs of a function of this module and one of any: `{{F, A}, {F, A}}`, either with a module. Others are left out with a warning. */
function readXref(walker: ExpressionWalker, facts: FormFacts, anno: number): void {
  const { rules, targets } = walker.settings;
  if (!rules.readsXrefAttribute) return;
  const value = walker.termAt(walker.pos);
  const own = targets.names.module;
  walker.readSite(anno);
  const { line, column } = walker;
  for (const item of properList(value) ?? [value]) {
    const [from, to] = isTuple(item, 2) ? [remoteName(own, item.items[0]), remoteName(own, item.items[1])] : [];
    if (from === undefined || to === undefined || from.module !== own) continue;
    facts.declared.push({ from, kind: to.local ? 'local' : 'external', module: to.module, to, line, column });
  }
}

function remoteName(
  own: string,
  term: Term | undefined,
): (FunctionName & { readonly module: string; readonly local: boolean }) | undefined {
  const local = functionName(term);
  if (local !== undefined) return { ...local, module: own, local: true };
  if (!isTuple(term, 3) || !isAtom(term.items[0]) || !isAtom(term.items[1])) return undefined;
  const [module, name, arity] = term.items as readonly [Atom, Atom, Term];
  return typeof arity === 'number' ? { module: module.name, name: name.name, arity, local: false } : undefined;
}

function readOnLoad(walker: ExpressionWalker, facts: FormFacts): void {
  const name = functionName(walker.termAt(walker.pos));
  if (name?.arity === 0) facts.onLoad = name;
}

function readAbstract(walker: ExpressionWalker, facts: FormFacts): void {
  if (atomsIn(walker.termAt(walker.pos)).includes('true')) facts.parameterised = true;
}

function readNativeRecord(walker: ExpressionWalker): void {
  const name = walker.settings.rules.nativeRecords && walker.enterPair() ? walker.atom() : undefined;
  if (name !== undefined) walker.settings.nativeRecords.add(name);
}

function readImportedRecords(walker: ExpressionWalker): void {
  const value = walker.settings.rules.nativeRecords ? walker.termAt(walker.pos) : undefined;
  for (const name of isTuple(value, 2) ? atomsIn(value.items[1] as Term) : []) walker.settings.nativeRecords.add(name);
}
