// Expressions as Erlang source that parses to the same expressions. What no source can say (a negative integer as a literal, say) is
// printed as what comes nearest, and reported.
//
// Defined by lib/stdlib/src/erl_parse.yrl and erl_scan.erl.

import { formatFloat } from '../term/format-token.js';
import type { Anno } from './anno.js';
import type * as model from './expression-model.js';
import { concat, type Doc, group, hardLine, join, line, nest } from './layout.js';
import { binaryOperators, isNegative, LEVEL, levelOf, matchLevels, prefixOperators } from './precedence.js';
import { blockDoc, caseDoc, funDoc, ifDoc, maybeDoc, maybeMatchDoc, receiveDoc, tryDoc } from './print-clause.js';
import { assigned, type ExpressionPrinter, INDENT, type ReportGap } from './print-context.js';
import {
  binDoc,
  comprehensionDoc,
  listDoc,
  mapDoc,
  mapUpdateDoc,
  recordAccessDoc,
  recordDoc,
  sequenceDoc,
} from './print-data.js';
import { atomText, charText, integerText, isCharacter, isScannable, isVariableName, stringText } from './print-token.js';
import type { CharNode, IntegerNode } from './type-model.js';

/** How to make a printer. */
export interface PrinterOptions {
  readonly gap: ReportGap;
  readonly feature: (name: string) => void;
  /** Long strings take several lines. */
  readonly cutStrings: boolean;
  /** Returns the names of the form's variables, which no substitute may have. */
  readonly variableNames: () => ReadonlySet<string>;
}

/**
 * Makes a printer for the expressions of one form. Variables whose names the scanner doesn't take are renamed, each to the same name
 * everywhere.
 */
export function expressionPrinter({ gap, feature, cutStrings, variableNames }: PrinterOptions): ExpressionPrinter {
  const renamed = new Map<string, string>();
  const printer: ExpressionPrinter = { doc, variable, atom, gap, feature, cutStrings };
  return printer;

  function doc(node: model.Expression, level: number): Doc {
    const bare = expressionDoc(node, printer);
    return levelOf(node) < level ? concat('(', nest(1, bare), ')') : bare;
  }

  function variable(anno: Anno, name: string): string {
    if (isVariableName(name)) return name;
    const substitute = renamed.get(name) ?? substituteFor(name);
    renamed.set(name, substitute);
    gap(anno, `variable ${atomText(name)}, which is written as ${substitute}`);
    return substitute;
  }

  function substituteFor(name: string): string {
    const taken = variableNames();
    const base = `V@${name.replace(/[^A-Za-z0-9_@]/g, '_')}`;
    let substitute = base;
    for (let at = 2; taken.has(substitute) || [...renamed.values()].includes(substitute); at++) substitute = `${base}@${at}`;
    return substitute;
  }

  function atom(anno: Anno, name: string): string {
    if (!isScannable(name)) gap(anno, `atom ${atomText(name)}, of characters that no source can have`);
    return atomText(name);
  }
}

/** Dispatches on the kind of the expression. */
function expressionDoc(node: model.Expression, printer: ExpressionPrinter): Doc {
  switch (node.kind) {
    case 'var':
      return printer.variable(node.anno, node.name);
    case 'atom':
      return printer.atom(node.anno, node.name);
    case 'integer':
      return numberText(node, integerText(node.value), printer);
    case 'float':
      return numberText(node, formatFloat(node.value), printer);
    case 'char':
      return characterText(node, printer);
    case 'string':
      if (!isScannable(node.text)) printer.gap(node.anno, 'a string of characters that no source can have');
      return stringDoc(node.text, printer);
    case 'nil':
      return '[]';
    case 'cons':
      return listDoc(node, printer);
    case 'tuple':
      return sequenceDoc('{', node.elements, '}', printer);
    case 'map':
      return mapDoc(node.fields, printer);
    case 'map_update':
      return mapUpdateDoc(node, printer);
    case 'bin':
      return binDoc(node, printer);
    case 'match':
      return matchDoc(node, printer);
    case 'maybe_match':
      printer.gap(node.anno, 'a ?= that is not in the body of a maybe');
      return maybeMatchDoc(node, printer);
    case 'op':
      return operationDoc(node, printer);
    case 'prefix_op':
      return prefixDoc(node, printer);
    case 'call':
      return callDoc(node, printer);
    case 'remote':
      return concat(printer.doc(node.module, LEVEL.primary), ':', printer.doc(node.name, LEVEL.primary));
    case 'catch':
      return concat('catch ', printer.doc(node.expression, LEVEL.any));
    case 'block':
      return blockDoc(node, printer);
    case 'if':
      return ifDoc(node, printer);
    case 'case':
      return caseDoc(node, printer);
    case 'receive':
    case 'receive_after':
      return receiveDoc(node, printer);
    case 'try':
      return tryDoc(node, printer);
    case 'maybe':
    case 'maybe_else':
      return maybeDoc(node, printer);
    case 'fun':
    case 'named_fun':
      return funDoc(node, printer);
    case 'local_fun':
      return `fun ${printer.atom(node.anno, node.name)}/${node.arity}`;
    case 'remote_fun':
      return remoteFunDoc(node, printer);
    case 'bare_remote_fun':
      printer.gap(node.anno, 'an external fun in the format of before R15');
      return `fun ${printer.atom(node.anno, node.module)}:${printer.atom(node.anno, node.name)}/${node.arity}`;
    case 'record':
    case 'record_update':
      return recordDoc(node, printer);
    case 'record_access':
    case 'record_index':
      return recordAccessDoc(node, printer);
    case 'lc':
    case 'bc':
    case 'mc':
      return comprehensionDoc(node, printer);
  }
}

function numberText(node: IntegerNode | model.FloatNode, text: string, printer: ExpressionPrinter): string {
  if (isNegative(node.value)) printer.gap(node.anno, `literal ${text}, which is read as an operator and a number`);
  return text;
}

function characterText(node: CharNode, printer: ExpressionPrinter): string {
  if (!isCharacter(node.value)) printer.gap(node.anno, `character ${node.value}, which no source can have`);
  return charText(node.value);
}

/** Columns that one line of a string may take. */
const LONG_STRING = 80;

/** Strings beside each other are read as one, so that a long one can take several lines: it is cut after line ends and spaces. */
function stringDoc(text: string, printer: ExpressionPrinter): Doc {
  const whole = stringText(text);
  if (!printer.cutStrings || whole.length <= LONG_STRING) return whole;
  const lines: string[] = [];
  let current = '';
  for (const word of text.match(/[^\n ]*(?:\n+|[\n ]|$)/gu) ?? []) {
    const isFull = current !== '' && (current.endsWith('\n') || stringText(current + word).length > LONG_STRING);
    if (isFull) lines.push(current);
    current = isFull ? word : current + word;
  }
  if (current !== '') lines.push(current);
  return join(lines.map(stringText), hardLine);
}

function matchDoc(node: model.MatchNode, printer: ExpressionPrinter): Doc {
  const pattern = printer.doc(node.pattern, matchLevels.left);
  return assigned(concat(pattern, ' ='), node.value, printer.doc(node.value, matchLevels.right));
}

/** Operands of operators that associate are set in one row, so that a long chain is no deep nest of groups. */
function operationDoc(node: model.OpNode, printer: ExpressionPrinter): Doc {
  const levels = binaryOperators.get(node.operator);
  if (levels === undefined) {
    printer.gap(node.anno, `operator ${atomText(node.operator)}`);
    return concat(printer.doc(node.left, LEVEL.primary), ` ${node.operator} `, printer.doc(node.right, LEVEL.primary));
  }
  const { first, rest } = levels.left === levels.level ? leftChain(node, levels.level) : rightChain(node, levels.level);
  const [firstLevel, lastLevel] = [levels.left, levels.right];
  const rows = rest.map(({ operator, operand }, at) => {
    const level = at === rest.length - 1 ? lastLevel : Math.max(levels.left, levels.right);
    return concat(` ${operator}`, line, printer.doc(operand, level));
  });
  return group(printer.doc(first, firstLevel), nest(INDENT, join(rows)));
}

interface Chain {
  readonly first: model.Expression;
  readonly rest: readonly { readonly operator: string; readonly operand: model.Expression }[];
}

function leftChain(node: model.OpNode, level: number): Chain {
  const rest = [{ operator: node.operator, operand: node.right }];
  let first = node.left;
  for (; first.kind === 'op' && levelOf(first) === level; first = first.left) {
    rest.push({ operator: first.operator, operand: first.right });
  }
  return { first, rest: rest.reverse() };
}

function rightChain(node: model.OpNode, level: number): Chain {
  const rest = [];
  let last: model.OpNode = node;
  // Comparisons don't associate: what is on their right is in parentheses if it is one too.
  const associates = level !== LEVEL.comparison;
  for (let next = node.right; associates && next.kind === 'op' && levelOf(next) === level; next = next.right) {
    rest.push({ operator: last.operator, operand: next.left });
    last = next;
  }
  return { first: node.left, rest: [...rest, { operator: last.operator, operand: last.right }] };
}

function prefixDoc(node: model.PrefixOp, printer: ExpressionPrinter): Doc {
  if (!prefixOperators.has(node.operator)) printer.gap(node.anno, `prefix operator ${atomText(node.operator)}`);
  const space = /^[+-]$/.test(node.operator) ? '' : ' ';
  return concat(node.operator, space, printer.doc(node.operand, LEVEL.call));
}

function callDoc(node: model.CallNode, printer: ExpressionPrinter): Doc {
  return concat(printer.doc(node.callee, LEVEL.remote), sequenceDoc('(', node.args, ')', printer));
}

function remoteFunDoc(node: model.RemoteFunNode, printer: ExpressionPrinter): Doc {
  const { anno, module, name, arity } = node;
  const isPlain = [module, name].every(({ kind }) => kind === 'atom' || kind === 'var');
  if (!isPlain || (arity.kind !== 'integer' && arity.kind !== 'var')) {
    printer.gap(anno, 'an external fun of something else than constants and variables');
  }
  const [moduleDoc, nameDoc, arityDoc] = [module, name, arity].map((part) => printer.doc(part, LEVEL.primary));
  return concat('fun ', moduleDoc as Doc, ':', nameDoc as Doc, '/', arityDoc as Doc);
}
