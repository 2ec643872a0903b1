// Types as Erlang source that parses to the same types.
//
// Defined by lib/stdlib/src/erl_parse.yrl; which names are predefined, by erl_internal:is_type/2.

import { concat, type Doc, group, join, line, nest } from './layout.js';
import { isNegative, prefixOperators, TYPE_LEVEL, typeLevelOf, typeOperators } from './precedence.js';
import { bracketed, type ExpressionPrinter, INDENT } from './print-context.js';
import { atomText, charText, integerText, isCharacter } from './print-token.js';
import type * as model from './type-model.js';

/** Predefined types since before OTP 20, by the number of their parameters. */
const PREDEFINED = [
  new Set(
    (
      'any arity atom binary bitstring bool boolean byte char float function identifier integer iodata iolist list map ' +
      'maybe_improper_list mfa module neg_integer nil no_return node non_neg_integer none nonempty_list ' +
      'nonempty_maybe_improper_list nonempty_string number pid port pos_integer reference string term timeout tuple'
    ).split(' '),
  ),
  new Set(['list', 'nonempty_list']),
  new Set(['maybe_improper_list', 'nonempty_improper_list', 'nonempty_maybe_improper_list']),
] as const;

/** Those without parameters that are predefined since OTP 24, 26 and 29: before, a module could define them. */
const PREDEFINED_LATER: ReadonlySet<string> = new Set(['nonempty_binary', 'nonempty_bitstring', 'dynamic', 'record']);

/** What types need of the printer of expressions. */
export type TypePrinter = Pick<ExpressionPrinter, 'atom' | 'variable' | 'gap'>;

/** Returns the type, in parentheses if its level is lower than `level`. */
export function typeDoc(node: model.Type, level: number, printer: TypePrinter): Doc {
  const bare = bareTypeDoc(node, printer);
  return typeLevelOf(node) < level ? concat('(', nest(1, bare), ')') : bare;
}

/** Dispatches on the kind of the type. */
function bareTypeDoc(node: model.Type, printer: TypePrinter): Doc {
  switch (node.kind) {
    case 'var':
      return printer.variable(node.anno, node.name);
    case 'atom':
      return printer.atom(node.anno, node.name);
    case 'integer':
    case 'char':
      return literalText(node, printer);
    case 'op':
      return operationDoc(node, printer);
    case 'prefix_op': {
      if (!prefixOperators.has(node.operator)) printer.gap(node.anno, `prefix operator ${atomText(node.operator)}`);
      const space = /^[+-]$/.test(node.operator) ? '' : ' ';
      return concat(node.operator, space, typeDoc(node.operand, TYPE_LEVEL.primary, printer));
    }
    case 'ann_type':
      if (node.variable.kind !== 'var') printer.gap(node.anno, 'a type annotated with something else than a variable');
      return typedDoc(typeDoc(node.variable, TYPE_LEVEL.primary, printer), node.type, TYPE_LEVEL.union, printer);
    case 'remote_type': {
      const names = [node.module, node.name];
      if (names.some(({ kind }) => kind !== 'atom')) printer.gap(node.anno, 'a remote type whose name is no atom');
      const [module, name] = names.map((part) => typeDoc(part, TYPE_LEVEL.primary, printer));
      return concat(module as Doc, ':', name as Doc, argumentsDoc(node.args, printer));
    }
    case 'user_type':
      if (PREDEFINED[node.args.length]?.has(node.name)) {
        printer.gap(node.anno, `type ${node.name}/${node.args.length}, which is predefined, as one of a module's own`);
      }
      return concat(printer.atom(node.anno, node.name), argumentsDoc(node.args, printer));
    case 'type':
      return predefinedDoc(node, printer);
    case 'tuple_type':
      return node.elements === 'any' ? 'tuple()' : bracketed('{', typeDocs(node.elements, printer), '}');
    case 'map_type': {
      if (node.fields === 'any') return 'map()';
      return bracketed(
        '#{',
        node.fields.map((field) => mapFieldDoc(field, printer)),
        '}',
      );
    }
    case 'record_type':
      return recordTypeDoc(node, printer);
    case 'any_fun_type':
      return 'fun()';
    case 'fun_type':
      return concat('fun(', nest(INDENT, funTypeDoc(node, printer)), ')');
    case 'bounded_fun_type':
      printer.gap(node.anno, 'a function type with constraints that is not in a spec');
      return concat('fun(', funTypeDoc(node.type, printer), ')');
  }
}

function literalText(node: model.IntegerNode | model.CharNode, printer: TypePrinter): string {
  const text = node.kind === 'char' ? charText(node.value) : integerText(node.value);
  if (isNegative(node.value)) printer.gap(node.anno, `literal ${text}, which is read as an operator and a number`);
  if (node.kind === 'char' && !isCharacter(node.value))
    printer.gap(node.anno, `character ${node.value}, which no source can have`);
  return text;
}

/** Returns `Subject :: Type`. */
export function typedDoc(subject: Doc, type: model.Type, level: number, printer: TypePrinter): Doc {
  const doc = typeDoc(type, level, printer);
  const opens = type.kind === 'map_type' || type.kind === 'tuple_type' || type.kind === 'record_type' || type.kind === 'fun_type';
  return opens ? concat(subject, ' :: ', doc) : group(subject, ' ::', nest(INDENT, line, doc));
}

function typeDocs(types: readonly model.Type[], printer: TypePrinter): readonly Doc[] {
  return types.map((type) => typeDoc(type, TYPE_LEVEL.any, printer));
}

function argumentsDoc(types: readonly model.Type[], printer: TypePrinter): Doc {
  return bracketed('(', typeDocs(types, printer), ')');
}

function operationDoc(node: model.TypeOp, printer: TypePrinter): Doc {
  const levels = typeOperators.get(node.operator);
  if (levels === undefined) printer.gap(node.anno, `operator ${atomText(node.operator)} in a type`);
  const { left, right } = levels ?? { left: TYPE_LEVEL.primary, right: TYPE_LEVEL.primary };
  return concat(typeDoc(node.left, left, printer), ` ${node.operator} `, typeDoc(node.right, right, printer));
}

/** Predefined types, some of which have a notation of their own. */
function predefinedDoc(node: model.PredefinedType, printer: TypePrinter): Doc {
  const { name, args } = node;
  const [first, second] = args;
  switch (`${name}/${args.length}`) {
    case 'nil/0':
      return '[]';
    case 'list/1':
      return bracketed('[', typeDocs(args, printer), ']');
    case 'nonempty_list/1':
      return bracketed('[', [...typeDocs(args, printer), '...'], ']');
    case 'range/2': {
      const [low, high] = args.map((bound) => typeDoc(bound, TYPE_LEVEL.add, printer));
      return concat(low as Doc, '..', high as Doc);
    }
    case 'binary/2':
      return binaryDoc(first as model.Type, second as model.Type, printer);
    default:
      return name === 'union' && args.length > 1 ? unionDoc(node, printer) : namedDoc(node, printer);
  }
}

function namedDoc(node: model.PredefinedType, printer: TypePrinter): Doc {
  const { name, args } = node;
  const isPredefined = PREDEFINED[args.length]?.has(name) || (args.length === 0 && PREDEFINED_LATER.has(name));
  if (!isPredefined) printer.gap(node.anno, `type ${atomText(name)}/${args.length} as a predefined one`);
  return concat(printer.atom(node.anno, name), argumentsDoc(args, printer));
}

/** A union that is the last of a union is read as one with it; elsewhere parentheses keep it apart. */
function unionDoc(node: model.PredefinedType, printer: TypePrinter): Doc {
  const last = node.args.at(-1) as model.Type;
  if (typeLevelOf(last) === TYPE_LEVEL.union) printer.gap(node.anno, 'a union at the end of a union, which is read as one');
  const docs = node.args.map((type) => typeDoc(type, TYPE_LEVEL.range, printer));
  return group(join(docs, line, '| '));
}

/** `<<_:Size, _:_*Unit>>`; either is left out where it is 0. */
function binaryDoc(size: model.Type, unit: model.Type, printer: TypePrinter): Doc {
  const isZero = (type: model.Type): boolean => type.kind === 'integer' && type.value === 0;
  const parts = [
    ...(isZero(size) ? [] : [concat('_:', typeDoc(size, TYPE_LEVEL.primary, printer))]),
    ...(isZero(unit) ? [] : [concat('_:_*', typeDoc(unit, TYPE_LEVEL.primary, printer))]),
  ];
  return concat('<<', join(parts, ', '), '>>');
}

function mapFieldDoc(node: model.MapFieldType, printer: TypePrinter): Doc {
  const arrow = node.kind === 'map_field_assoc_type' ? ' =>' : ' :=';
  const key = typeDoc(node.key, TYPE_LEVEL.any, printer);
  return group(key, arrow, nest(INDENT, line, typeDoc(node.value, TYPE_LEVEL.any, printer)));
}

function recordTypeDoc(node: model.RecordType, printer: TypePrinter): Doc {
  const { name } = node;
  const text = name.kind === 'atom' ? printer.atom(name.anno, name.name) : qualifiedText(name, printer);
  const fields = node.fields.map(({ field, type }) =>
    typedDoc(printer.atom(field.anno, field.name), type, TYPE_LEVEL.any, printer),
  );
  return concat('#', text, bracketed('{', fields, '}'));
}

function qualifiedText(node: model.QualifiedNode, printer: TypePrinter): string {
  return `${printer.atom(node.anno, node.module.name)}:${printer.atom(node.anno, node.name.name)}`;
}

/** Returns `(Parameters) -> Result`. */
export function funTypeDoc(node: model.FunType, printer: TypePrinter): Doc {
  const { parameters } = node;
  const head = parameters.kind === 'product' ? argumentsDoc(parameters.types, printer) : '(...)';
  return concat(head, ' ->', group(nest(INDENT, line, typeDoc(node.result, TYPE_LEVEL.any, printer))));
}

/** Returns a clause of a spec: `(Parameters) -> Result when Constraints`. */
export function specClauseDoc(node: model.FunType | model.BoundedFunType, printer: TypePrinter): Doc {
  if (node.kind === 'fun_type') {
    if (node.parameters.kind === 'any_product') printer.gap(node.anno, 'a spec of any number of parameters');
    return funTypeDoc(node, printer);
  }
  if (node.constraints.length === 0) printer.gap(node.anno, 'an empty list of constraints');
  const constraints = node.constraints.map((constraint) => constraintDoc(constraint, printer));
  return group(specClauseDoc(node.type, printer), ' when', nest(INDENT, line, join(constraints, ',', line)));
}

function constraintDoc(node: model.Constraint, printer: TypePrinter): Doc {
  if (node.name.name !== 'is_subtype') printer.gap(node.anno, `constraint ${atomText(node.name.name)}`);
  if (node.variable.kind !== 'var') printer.gap(node.anno, 'a constraint of something else than a variable');
  return typedDoc(typeDoc(node.variable, TYPE_LEVEL.primary, printer), node.type, TYPE_LEVEL.any, printer);
}
