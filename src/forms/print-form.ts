// One form as Erlang source that parses to the same form.
//
// Defined by lib/stdlib/src/erl_parse.yrl.

import { isAtom, isTuple, properList, type Term, textOf } from '../term/model.js';
import type * as model from './form-model.js';
import { concat, type Doc, fill, group, hardLine, join, nest, softLine } from './layout.js';
import { LEVEL, TYPE_LEVEL } from './precedence.js';
import { argumentsDoc, functionClausesDoc, guarded } from './print-clause.js';
import { assigned, bracketed, type ExpressionPrinter, INDENT } from './print-context.js';
import { termDoc } from './print-term.js';
import { stringText } from './print-token.js';
import { specClauseDoc, typeDoc, typedDoc } from './print-type.js';

/** Returns a form with its dot; undefined for one that has no source at all. */
export function formDoc(form: model.Form, printer: ExpressionPrinter): Doc | undefined {
  switch (form.kind) {
    case 'attribute':
      return attributeDoc(form, printer);
    case 'record_form':
      return concat('-record(', printer.atom(form.anno, form.name), ', ', fieldsDoc(form.fields, printer), ').');
    case 'native_record_form':
      return concat('-record #', printer.atom(form.anno, form.name), fieldsDoc(form.fields, printer), '.');
    case 'type_form':
      return typeFormDoc(form, printer);
    case 'spec_form':
      return specDoc(form, printer);
    case 'function':
      return functionDoc(form, printer);
    default:
      return undefined;
  }
}

function functionDoc(form: model.FunctionForm, printer: ExpressionPrinter): Doc {
  const name = printer.atom(form.anno, form.name);
  if (form.clauses.length === 0) printer.gap(form.anno, 'a function without clauses');
  const docs = functionClausesDoc(
    form.clauses,
    (clause) => {
      if (clause.patterns.length !== form.arity) printer.gap(clause.anno, `a clause of ${clause.patterns.length} arguments`);
      return guarded(concat(name, argumentsDoc(clause, printer)), clause, printer);
    },
    printer,
  );
  return concat(docs, '.');
}

/** Records with types are set with a line for each field, others where they don't fit on one. */
function fieldsDoc(fields: readonly model.FieldNode[], printer: ExpressionPrinter): Doc {
  const docs = fields.map((field) => fieldDoc(field, printer));
  if (!fields.some((field) => field.type !== undefined)) return bracketed('{', docs, '}');
  return concat('{', nest(INDENT, hardLine, join(docs, ',', hardLine)), hardLine, '}');
}

function fieldDoc(field: model.FieldNode, printer: ExpressionPrinter): Doc {
  const name = printer.atom(field.name.anno, field.name.name);
  const value = field.default;
  const doc = value === undefined ? name : assigned(concat(name, ' ='), value, printer.doc(value, LEVEL.any));
  return field.type === undefined ? doc : typedDoc(doc, field.type, TYPE_LEVEL.any, printer);
}

function typeFormDoc(form: model.TypeForm, printer: ExpressionPrinter): Doc {
  for (const parameter of form.parameters) {
    if (parameter.kind !== 'var') printer.gap(form.anno, 'a parameter of a type that is no variable');
  }
  const parameters = form.parameters.map((parameter) => typeDoc(parameter, TYPE_LEVEL.any, printer));
  const head = concat(`-${form.attribute} `, printer.atom(form.anno, form.name), bracketed('(', parameters, ')'));
  return concat(typedDoc(head, form.type, TYPE_LEVEL.any, printer), '.');
}

function specDoc(form: model.SpecForm, printer: ExpressionPrinter): Doc {
  const [first] = form.types;
  const type = first?.kind === 'bounded_fun_type' ? first.type : first;
  const arity = type?.parameters.kind === 'product' ? type.parameters.types.length : undefined;
  if (arity !== form.arity)
    printer.gap(form.anno, `a spec for arity ${form.arity} of a function type for ${arity ?? 'no'} arguments`);
  const module = form.module === undefined ? '' : `${printer.atom(form.anno, form.module)}:`;
  const [one = '', ...others] = form.types.map((clause) => specClauseDoc(clause, printer));
  const name = `-${form.attribute} ${module}${printer.atom(form.anno, form.name)}`;
  const more = others.map((clause) => concat(';', nest(INDENT, hardLine, clause)));
  return concat(name, one, ...more, '.');
}

/** Attributes whose values are lists of functions or types, as `name/arity`. */
const NAME_LISTS: ReadonlySet<string> = new Set(['export', 'export_type', 'import', 'optional_callbacks', 'nifs', 'ignore_xref']);

/** Attributes that the parser reads as more than one term, or not as a term. */
const NO_TERM: ReadonlySet<string> = new Set([
  ...['export', 'import', 'module', 'file', 'import_record'],
  ...['record', 'native_record', 'type', 'opaque', 'nominal', 'spec', 'callback'],
]);

function attributeDoc(form: model.AttributeForm, printer: ExpressionPrinter): Doc | undefined {
  const name = printer.atom(form.anno, form.name);
  const value = valueDoc(form, printer);
  return value === undefined ? undefined : concat('-', name, '(', value, ').');
}

function valueDoc(form: model.AttributeForm, printer: ExpressionPrinter): Doc | undefined {
  const { name, value } = form;
  const term = (part: Term): Doc => termDoc(part, (what) => printer.gap(form.anno, `${what} in attribute ${name}`));
  const [first, second] = isTuple(value, 2) ? value.items : [];
  switch (name) {
    case 'module':
      return isAtom(value) ? term(value) : undefined;
    case 'file': {
      const file = textOf(first);
      return file === undefined || typeof second !== 'number' || second < 0 ? undefined : `${stringText(file)}, ${second}`;
    }
    case 'import_record':
      return isAtom(first) && properList(second)?.every((item) => isAtom(item))
        ? pairDoc(term(first), term(second as Term))
        : undefined;
    case 'import': {
      const names = nameListDoc(second, printer, form);
      return isAtom(first) && names !== undefined ? pairDoc(term(first), names) : undefined;
    }
    default: {
      const names = NAME_LISTS.has(name) ? nameListDoc(value, printer, form) : undefined;
      return names ?? (NO_TERM.has(name) ? undefined : term(value));
    }
  }
}

function pairDoc(first: Doc, second: Doc): Doc {
  return concat(first, ', ', second);
}

/** Returns `[name/arity, ...]`, and undefined if the term is no list of such pairs. */
function nameListDoc(term: Term | undefined, printer: ExpressionPrinter, form: model.AttributeForm): Doc | undefined {
  const docs: Doc[] = [];
  for (const item of properList(term) ?? [undefined]) {
    const [name, arity] = isTuple(item, 2) ? item.items : [];
    if (!isAtom(name) || typeof arity !== 'number' || arity < 0) return undefined;
    docs.push(`${printer.atom(form.anno, name.name)}/${arity}`);
  }
  return docs.length === 0 ? '[]' : group('[', nest(INDENT, softLine, fill(docs)), softLine, ']');
}
