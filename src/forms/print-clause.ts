// Clauses and what is made of them: functions, funs, case, if, receive, try, maybe. Sibling clauses look alike: all on one line each, if
// all are short and have one expression, else all with their bodies below them.

import type * as model from './expression-model.js';
import { concat, type Doc, group, hardLine, isHard, join, line, nest, widthOf } from './layout.js';
import { isHeadPattern, LEVEL } from './precedence.js';
import { assigned, bracketed, breaksByItself, type ExpressionPrinter, INDENT } from './print-context.js';

/** Columns that a clause on one line may take. */
const SHORT_CLAUSE = 80;

/** What stands before the arrow of a clause. */
export type HeadOf = (clause: model.Clause) => Doc;

/** Returns the clauses, one below the other. */
export function clausesDoc(clauses: readonly model.Clause[], headOf: HeadOf, printer: ExpressionPrinter): Doc {
  return layClauses(clauses, headOf, SHORT_CLAUSE, printer);
}

/** Returns the clauses of a function. A single one has its body below it, however short. */
export function functionClausesDoc(clauses: readonly model.Clause[], headOf: HeadOf, printer: ExpressionPrinter): Doc {
  return layClauses(clauses, headOf, clauses.length === 1 ? 0 : SHORT_CLAUSE, printer);
}

function layClauses(clauses: readonly model.Clause[], headOf: HeadOf, limit: number, printer: ExpressionPrinter): Doc {
  const parts = clauses.map((clause) => ({ head: headOf(clause), body: bodyDoc(clause, printer) }));
  const short = clauses.every((clause, at) => {
    const { head, body } = parts[at] as (typeof parts)[number];
    return clause.body.length === 1 && !isHard(body) && !isHard(head) && widthOf(head) + widthOf(body) <= limit;
  });
  const docs = parts.map(({ head, body }) =>
    short ? group(head, ' ->', nest(INDENT, line, body)) : concat(head, ' ->', nest(INDENT, hardLine, body)),
  );
  return join(docs, ';', hardLine);
}

function bodyDoc(clause: model.Clause, printer: ExpressionPrinter): Doc {
  if (clause.body.length === 0) printer.gap(clause.anno, 'a clause without a body');
  return expressionsDoc(clause.body, printer);
}

/** Returns expressions one below the other. */
export function expressionsDoc(body: readonly model.Expression[], printer: ExpressionPrinter): Doc {
  return join(
    body.map((node) => printer.doc(node, LEVEL.any)),
    ',',
    hardLine,
  );
}

/** Returns the head with the guards of its clause after it. */
export function guarded(head: Doc, clause: model.Clause, printer: ExpressionPrinter): Doc {
  if (clause.guards.length === 0) return head;
  const guards = group(guardsDoc(clause, printer));
  return group(head, nest(2 * INDENT, line, 'when ', nest('when '.length, guards)));
}

function guardsDoc(clause: model.Clause, printer: ExpressionPrinter): Doc {
  const guards = clause.guards.map((tests) => {
    if (tests.length === 0) printer.gap(clause.anno, 'a guard without tests');
    const docs = tests.map((test) => printer.doc(test, LEVEL.any));
    return group(join(docs, ',', line));
  });
  return join(guards, ';', line);
}

/** Returns the arguments of a clause, in parentheses. */
export function argumentsDoc(clause: model.Clause, printer: ExpressionPrinter): Doc {
  const docs = clause.patterns.map((pattern) => headPatternDoc(pattern, printer));
  return bracketed('(', docs, ')');
}

function headPatternDoc(pattern: model.Expression, printer: ExpressionPrinter): Doc {
  if (!isHeadPattern(pattern)) printer.gap(pattern.anno, 'a pattern that can only be an expression');
  return printer.doc(pattern, LEVEL.match);
}

function onePattern(printer: ExpressionPrinter): HeadOf {
  return (clause) => {
    const [pattern, more] = clause.patterns;
    if (pattern === undefined || more !== undefined) printer.gap(clause.anno, `a clause with ${clause.patterns.length} patterns`);
    return guarded(pattern === undefined ? '_' : printer.doc(pattern, LEVEL.match), clause, printer);
  };
}

function caseClauses(clauses: readonly model.Clause[], printer: ExpressionPrinter): Doc {
  return nest(INDENT, hardLine, clausesDoc(clauses, onePattern(printer), printer));
}

/** Returns `keyword Expression of`, the words on lines of their own where the expression doesn't fit between them. */
function question(keyword: string, node: model.Expression, printer: ExpressionPrinter): Doc {
  const doc = printer.doc(node, LEVEL.any);
  if (breaksByItself(node) && !isHard(doc)) return concat(keyword, ' ', doc, ' of');
  return group(keyword, nest(INDENT, line, doc), line, 'of');
}

export function caseDoc(node: model.CaseNode, printer: ExpressionPrinter): Doc {
  if (node.clauses.length === 0) printer.gap(node.anno, 'a case without clauses');
  return concat(question('case', node.expression, printer), caseClauses(node.clauses, printer), hardLine, 'end');
}

export function ifDoc(node: model.IfNode, printer: ExpressionPrinter): Doc {
  if (node.clauses.length === 0) printer.gap(node.anno, 'an if without clauses');
  const headOf: HeadOf = (clause) => {
    if (clause.guards.length === 0) printer.gap(clause.anno, 'a clause of an if without a guard');
    return group(guardsDoc(clause, printer));
  };
  return concat('if', nest(INDENT, hardLine, clausesDoc(node.clauses, headOf, printer)), hardLine, 'end');
}

export function receiveDoc(node: model.ReceiveNode | model.ReceiveAfter, printer: ExpressionPrinter): Doc {
  const { clauses } = node;
  const awaited = clauses.length === 0 ? '' : caseClauses(clauses, printer);
  if (node.kind === 'receive') {
    if (clauses.length === 0) printer.gap(node.anno, 'a receive without clauses');
    return concat('receive', awaited, hardLine, 'end');
  }
  const timeout = concat(printer.doc(node.timeout, LEVEL.any), ' ->');
  const body = nest(INDENT, hardLine, expressionsDoc(node.body, printer));
  return concat('receive', awaited, hardLine, 'after ', timeout, body, hardLine, 'end');
}

export function tryDoc(node: model.TryNode, printer: ExpressionPrinter): Doc {
  if (node.handlers.length === 0 && node.after.length === 0) printer.gap(node.anno, 'a try without catch and after');
  const section = (word: string, content: Doc): Doc => concat(hardLine, word, nest(INDENT, hardLine, content));
  const handlers = clausesDoc(node.handlers, (clause) => guarded(handlerHead(clause, printer), clause, printer), printer);
  return concat(
    tryHead(node, printer),
    node.clauses.length === 0 ? '' : caseClauses(node.clauses, printer),
    node.handlers.length === 0 ? '' : section('catch', handlers),
    node.after.length === 0 ? '' : section('after', expressionsDoc(node.after, printer)),
    hardLine,
    'end',
  );
}

function tryHead(node: model.TryNode, printer: ExpressionPrinter): Doc {
  const [first, second] = node.body;
  if (first === undefined) printer.gap(node.anno, 'a try without a body');
  if (node.clauses.length > 0 && first !== undefined && second === undefined) return question('try', first, printer);
  const body = concat('try', nest(INDENT, hardLine, expressionsDoc(node.body, printer)));
  return node.clauses.length === 0 ? body : concat(body, hardLine, 'of');
}

/** `Class:Reason:Stacktrace`; without the class where it is `throw`, and without the trace where it is `_`, which parse the same. */
function handlerHead(clause: model.Clause, printer: ExpressionPrinter): Doc {
  const [pattern] = clause.patterns;
  const [kind, reason, trace, more] = pattern?.kind === 'tuple' ? pattern.elements : [];
  if (kind === undefined || reason === undefined || trace === undefined || more !== undefined || clause.patterns.length !== 1) {
    printer.gap(clause.anno, 'a handler that is no {Class, Reason, Stacktrace}');
    return pattern === undefined ? '_' : headPatternDoc(pattern, printer);
  }
  if (kind.kind !== 'atom' && kind.kind !== 'var')
    printer.gap(clause.anno, 'a handler whose class is neither an atom nor a variable');
  if (trace.kind !== 'var') printer.gap(clause.anno, 'a handler whose stacktrace is no variable');
  const reasonDoc = headPatternDoc(reason, printer);
  if (trace.kind === 'var' && trace.name === '_') {
    const isThrow = kind.kind === 'atom' && kind.name === 'throw';
    return isThrow ? reasonDoc : concat(printer.doc(kind, LEVEL.primary), ':', reasonDoc);
  }
  return concat(printer.doc(kind, LEVEL.primary), ':', reasonDoc, ':', printer.doc(trace, LEVEL.primary));
}

export function maybeDoc(node: model.MaybeNode | model.MaybeElse, printer: ExpressionPrinter): Doc {
  if (node.body.length === 0) printer.gap(node.anno, 'a maybe without a body');
  printer.feature('maybe_expr');
  const docs = node.body.map((item) =>
    item.kind === 'maybe_match' ? maybeMatchDoc(item, printer) : printer.doc(item, LEVEL.any),
  );
  const body = concat('maybe', nest(INDENT, hardLine, join(docs, ',', hardLine)), hardLine);
  if (node.kind === 'maybe') return concat(body, 'end');
  if (node.otherwise.clauses.length === 0) printer.gap(node.anno, 'an else without clauses');
  return concat(body, 'else', caseClauses(node.otherwise.clauses, printer), hardLine, 'end');
}

/** `Pattern ?= Value` is no expression: it may stand in the body of a maybe only. */
export function maybeMatchDoc(node: model.MaybeMatch, printer: ExpressionPrinter): Doc {
  const pattern = printer.doc(node.pattern, LEVEL.match);
  return assigned(concat(pattern, ' ?='), node.value, printer.doc(node.value, LEVEL.match));
}

export function blockDoc(node: model.BlockNode, printer: ExpressionPrinter): Doc {
  if (node.body.length === 0) printer.gap(node.anno, 'a block without a body');
  return concat('begin', nest(INDENT, hardLine, expressionsDoc(node.body, printer)), hardLine, 'end');
}

export function funDoc(node: model.FunNode | model.NamedFun, printer: ExpressionPrinter): Doc {
  const name = node.kind === 'fun' ? '' : printer.variable(node.anno, node.name);
  const headOf: HeadOf = (clause) => guarded(concat(name, argumentsDoc(clause, printer)), clause, printer);
  const [only, more] = node.clauses;
  if (only === undefined) printer.gap(node.anno, 'a fun without clauses');
  if (only === undefined || more !== undefined) {
    return concat('fun', nest(INDENT, hardLine, clausesDoc(node.clauses, headOf, printer)), hardLine, 'end');
  }
  const head = concat(name === '' ? 'fun' : 'fun ', headOf(only), ' ->');
  const body = bodyDoc(only, printer);
  const separator = only.body.length === 1 && !isHard(body) ? line : hardLine;
  return group(head, nest(INDENT, separator, body), separator, 'end');
}
