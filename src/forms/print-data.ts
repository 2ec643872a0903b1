// Expressions that are data: lists, maps, records, binaries, and comprehensions, which look like them.

import type * as model from './expression-model.js';
import { concat, type Doc, fill, group, join, line, nest, softLine } from './layout.js';
import { LEVEL, levelOf } from './precedence.js';
import { assigned, bracketed, breaksByItself, type ExpressionPrinter, hugged, INDENT } from './print-context.js';

/** Returns expressions between brackets; a single one that has brackets itself goes inside without lines of its own. */
export function sequenceDoc(open: string, nodes: readonly model.Expression[], close: string, printer: ExpressionPrinter): Doc {
  const docs = nodes.map((node) => printer.doc(node, LEVEL.any));
  const [only, more] = nodes;
  if (only !== undefined && more === undefined && breaksByItself(only)) return hugged(open, docs[0] as Doc, close);
  return bracketed(open, docs, close);
}

/** Returns a list, whose cells are followed in a loop. */
export function listDoc(node: model.ConsNode, printer: ExpressionPrinter): Doc {
  const heads: model.Expression[] = [];
  let rest: model.Expression = node;
  for (; rest.kind === 'cons'; rest = rest.tail) heads.push(rest.head);
  if (rest.kind === 'nil' && heads.length > 1 && heads.every(isWord)) return tableDoc(heads, printer);
  if (rest.kind === 'nil') return sequenceDoc('[', heads, ']', printer);
  const docs = heads.map((head) => printer.doc(head, LEVEL.any));
  const tail = printer.doc(rest, LEVEL.any);
  return group('[', nest(INDENT, softLine, join(docs, ',', line), line, '| ', tail), softLine, ']');
}

/** Long lists of numbers and atoms are set as running text rather than a line each. */
function tableDoc(nodes: readonly model.Expression[], printer: ExpressionPrinter): Doc {
  const docs = nodes.map((node) => printer.doc(node, LEVEL.any));
  return group('[', nest(INDENT, softLine, fill(docs)), softLine, ']');
}

function isWord(node: model.Expression): boolean {
  return node.kind === 'integer' || node.kind === 'atom' || node.kind === 'char' || node.kind === 'float';
}

/** `Map#{...}` binds to the left, so what is updated may be such an expression itself. */
export function mapUpdateDoc(node: model.MapUpdate, printer: ExpressionPrinter): Doc {
  const isMap = node.map.kind === 'map' || node.map.kind === 'map_update';
  return concat(beforeHash(node.map, isMap ? LEVEL.map : LEVEL.primary, printer), mapDoc(node.fields, printer));
}

const ENDING_IN_NUMBER: ReadonlySet<string> = new Set(['integer', 'float', 'local_fun', 'remote_fun', 'bare_remote_fun']);

/** A number right before `#` would be read as the base of a number such as `16#ff`. */
function beforeHash(node: model.Expression, level: number, printer: ExpressionPrinter): Doc {
  const endsInNumber = ENDING_IN_NUMBER.has(node.kind);
  return printer.doc(node, endsInNumber ? LEVEL.none : level);
}

export function mapDoc(fields: readonly model.MapField[], printer: ExpressionPrinter): Doc {
  const docs = fields.map((field) => mapFieldDoc(field, printer));
  return bracketed('#{', docs, '}');
}

export function mapFieldDoc(field: model.MapField, printer: ExpressionPrinter): Doc {
  const arrow = field.kind === 'map_field_assoc' ? ' =>' : ' :=';
  return assigned(concat(printer.doc(field.key, LEVEL.any), arrow), field.value, printer.doc(field.value, LEVEL.any));
}

export function recordDoc(node: model.RecordNode | model.RecordUpdate, printer: ExpressionPrinter): Doc {
  const record = node.kind === 'record' ? '' : recordBase(node, printer);
  const fields = node.fields.map((field) => recordFieldDoc(field, printer));
  return concat(record, recordName(node, printer), bracketed('{', fields, '}'));
}

export function recordAccessDoc(node: model.RecordAccess | model.RecordIndex, printer: ExpressionPrinter): Doc {
  if (node.field.kind !== 'atom') printer.gap(node.anno, 'a field of a record whose name is no atom');
  const record = node.kind === 'record_index' ? '' : recordBase(node, printer);
  return concat(record, recordName(node, printer), '.', printer.doc(node.field, LEVEL.primary));
}

/** `Record#name{...}` binds to the left; `Record#m:name{...}` and `Record#_{...}` don't. */
function recordBase(node: model.RecordUpdate | model.RecordAccess, printer: ExpressionPrinter): Doc {
  const isRecord = levelOf(node.record) === LEVEL.call && node.record.kind !== 'call';
  return beforeHash(node.record, isRecord && typeof node.name === 'string' ? LEVEL.call : LEVEL.primary, printer);
}

function recordName(
  { anno, name }: { anno: model.RecordNode['anno']; name: model.RecordName },
  printer: ExpressionPrinter,
): string {
  if (name === null) return '#_';
  if (typeof name === 'string') return `#${printer.atom(anno, name)}`;
  return `#${printer.atom(anno, name.module)}:${printer.atom(anno, name.name)}`;
}

function recordFieldDoc({ anno, field, value }: model.RecordField, printer: ExpressionPrinter): Doc {
  if (field.kind !== 'atom' && field.kind !== 'var') printer.gap(anno, 'a field of a record whose name is no atom');
  return assigned(concat(printer.doc(field, LEVEL.primary), ' ='), value, printer.doc(value, LEVEL.any));
}

export function binDoc(node: model.BinNode, printer: ExpressionPrinter): Doc {
  const docs = node.elements.map((element) => segmentDoc(element, printer));
  return group('<<', nest(INDENT, softLine, join(docs, ',', line)), softLine, '>>');
}

/** A prefix operator may stand before the value of a segment; everything else that isn't primary is in parentheses. */
function segmentDoc(node: model.BinElement, printer: ExpressionPrinter): Doc {
  const { value } = node;
  const isPrefixed = levelOf(value) === LEVEL.prefix && (value.kind !== 'prefix_op' || levelOf(value.operand) === LEVEL.primary);
  const size = node.size === 'default' ? '' : concat(':', printer.doc(node.size, LEVEL.primary));
  return concat(printer.doc(value, isPrefixed ? LEVEL.prefix : LEVEL.primary), size, segmentTypes(node, printer));
}

function segmentTypes(node: model.BinElement, printer: ExpressionPrinter): string {
  if (node.types === 'default') return '';
  if (node.types.length === 0) printer.gap(node.anno, 'a segment of a binary with an empty list of types');
  const words = node.types.map((type) => (typeof type === 'string' ? printer.atom(node.anno, type) : `unit:${type.unit}`));
  return words.length === 0 ? '' : `/${words.join('-')}`;
}

export function comprehensionDoc(
  node: model.ListComprehension | model.BinaryComprehension | model.MapComprehension,
  printer: ExpressionPrinter,
): Doc {
  const qualifiers = node.qualifiers.map((qualifier) => qualifierDoc(qualifier, printer));
  if (qualifiers.length === 0) printer.gap(node.anno, 'a comprehension without qualifiers');
  const all = concat('|| ', nest('|| '.length, join(qualifiers, ',', line)));
  switch (node.kind) {
    case 'lc': {
      const templates = 'kind' in node.template ? [node.template] : node.template;
      const docs = templates.map((template) => printer.doc(template, LEVEL.any));
      return group('[', nest(INDENT, softLine, join(docs, ',', line), line, all), softLine, ']');
    }
    case 'bc':
      return group('<<', nest(INDENT, line, printer.doc(node.template, LEVEL.primary), line, all), line, '>>');
    case 'mc': {
      const templates = 'kind' in node.template ? [node.template] : node.template;
      const docs = templates.map((template) => mapFieldDoc(template, printer));
      return group('#{', nest(INDENT, softLine, join(docs, ',', line), line, all), softLine, '}');
    }
  }
}

const ARROWS: ReadonlyMap<string, string> = new Map([
  ['generate', '<-'],
  ['generate_strict', '<:-'],
  ['b_generate', '<='],
  ['b_generate_strict', '<:='],
  ['m_generate', '<-'],
  ['m_generate_strict', '<:-'],
]);

function qualifierDoc(node: model.Qualifier, printer: ExpressionPrinter): Doc {
  switch (node.kind) {
    case 'zip': {
      const docs = node.generators.map((generator) => qualifierDoc(generator, printer));
      if (docs.length < 2) printer.gap(node.anno, 'generators together that are fewer than two');
      return group(join(docs, ' &&', line));
    }
    case 'm_generate':
    case 'm_generate_strict':
      if (node.pattern.kind !== 'map_field_exact') printer.gap(node.anno, 'a generator whose pattern is no K := V');
      return generatorDoc(node, mapFieldDoc(node.pattern, printer), printer);
    case 'b_generate':
    case 'b_generate_strict':
      if (node.pattern.kind !== 'bin') printer.gap(node.anno, 'a generator whose pattern is no binary');
      return generatorDoc(node, printer.doc(node.pattern, LEVEL.match), printer);
    case 'generate':
    case 'generate_strict':
      return generatorDoc(node, printer.doc(node.pattern, LEVEL.match), printer);
    default:
      return printer.doc(node, LEVEL.any);
  }
}

function generatorDoc(node: model.Generator | model.MapGenerator, pattern: Doc, printer: ExpressionPrinter): Doc {
  const arrow = ARROWS.get(node.kind) as string;
  return assigned(concat(pattern, ' ', arrow), node.source, printer.doc(node.source, LEVEL.any));
}
