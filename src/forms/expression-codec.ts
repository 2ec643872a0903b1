// Expressions from terms and back: one line for each shape of the abstract format, as codec.ts reads them. The table is long because
// the language is.

import { atom, isAtom, isInteger, isTuple, NIL, properList, stringTerm, type Term, textOf, tuple } from '../term/model.js';
import { readChain, writeChain } from './chain-codec.js';
import { anyOf, atomName, type Codec, constantOr, listOf, parts, refuse, type Shape, shape, smallInteger } from './codec.js';
import type * as model from './expression-model.js';
import type { AtomNode, CharNode, IntegerNode, VarNode } from './type-model.js';

const integerValue: Codec<number | bigint> = {
  read: (term) => (isInteger(term) ? term : refuse('integer')),
  write: (value) => value,
};

const floatValue: Codec<number> = {
  read: (term) => (typeof term === 'object' && term.kind === 'float' ? term.value : refuse('float')),
  write: (value) => ({ kind: 'float', value }),
};

const stringText: Codec<string> = {
  read: (term) => {
    const isHalf = (item: Term): boolean => typeof item === 'number' && item >= 0xd800 && item <= 0xdfff;
    // Two halves of a surrogate pair would turn into one character. No source can hold either.
    if (properList(term)?.some(isHalf)) return refuse('string of characters');
    return textOf(term) ?? refuse('string');
  },
  write: (text) => stringTerm(text),
};

/** Shapes that types have as well. */
export const sharedShapes = {
  var: shape<VarNode>('var', { name: atomName }),
  atom: shape<AtomNode>('atom', { name: atomName }),
  integer: shape<IntegerNode>('integer', { value: integerValue }),
  char: shape<CharNode>('char', { value: smallInteger }),
} as const;

const anyExpression = anyOf<model.Expression>('expression', () => expressionShapes);

/** Reads and writes an expression, a pattern or a guard test. */
export const expression: Codec<model.Expression> = {
  read: (term, depth) => readChain(term, depth, expression) ?? anyExpression.read(term, depth),
  write: (node) => writeChain(node, expression) ?? anyExpression.write(node),
};

const body = listOf(expression, 'expression');
const args = listOf(expression, 'argument');

const clause = shape<model.Clause>('clause', {
  patterns: listOf(expression, 'pattern'),
  guards: listOf(listOf(expression, 'test'), 'guard'),
  body,
});

/** Reads and writes clauses. */
export const clauses: Codec<readonly model.Clause[]> = listOf(clause, 'clause');

const binType: Codec<model.BinType> = {
  read: (term, depth) => (isAtom(term) ? term.name : unit.read(term, depth)),
  write: (value) => (typeof value === 'string' ? atom(value) : unit.write(value)),
};

const unit: Codec<{ readonly unit: number }> = {
  read: (term) => {
    if (!isTuple(term, 2) || !isAtom(term.items[0], 'unit')) return refuse('type of a binary segment');
    return { unit: smallInteger.read(term.items[1] as Term, 0) };
  },
  write: (value) => tuple(atom('unit'), value.unit),
};

const binElement = shape<model.BinElement>('bin_element', {
  value: expression,
  size: constantOr('default', expression),
  types: constantOr('default', listOf(binType, 'type')),
});

const mapFieldParts = { key: expression, value: expression };

const mapField = anyOf<model.MapField>('field of a map', () => [
  shape<model.MapField>('map_field_assoc', mapFieldParts),
  shape<model.MapField>('map_field_exact', mapFieldParts),
]);

const mapFields = listOf(mapField, 'field');

const recordField = shape<model.RecordField>('record_field', { field: expression, value: expression });
const recordFields = listOf(recordField, 'field');

const qualifiedName = parts<{ readonly module: string; readonly name: string }>('tuple', { module: atomName, name: atomName });

const recordName: Codec<model.RecordName> = {
  read: (term, depth) => {
    if (isAtom(term)) return term.name;
    return term === NIL || (typeof term === 'object' && term.kind === 'nil') ? null : qualifiedName.read(term, depth);
  },
  write: (name) => (name === null ? NIL : typeof name === 'string' ? atom(name) : qualifiedName.write(name)),
};

const elseNode = shape<model.ElseNode>('else', { clauses });

const generatorParts = { pattern: expression, source: expression };
const mapGeneratorParts = { pattern: mapField, source: expression };

const generator = anyOf<model.Generator | model.MapGenerator>('generator', () => generatorShapes);

const generatorShapes: readonly Shape[] = [
  shape<model.Generator>('generate', generatorParts),
  shape<model.Generator>('generate_strict', generatorParts),
  shape<model.Generator>('b_generate', generatorParts),
  shape<model.Generator>('b_generate_strict', generatorParts),
  shape<model.MapGenerator>('m_generate', mapGeneratorParts),
  shape<model.MapGenerator>('m_generate_strict', mapGeneratorParts),
];

const zip = shape<model.ZipGenerator>('zip', { generators: listOf(generator, 'generator') });
const generatorTags: ReadonlySet<string> = new Set(generatorShapes.map(({ tag }) => tag));

const qualifier: Codec<model.Qualifier> = {
  read: (term, depth) => {
    const tag = isTuple(term) && isAtom(term.items[0]) ? term.items[0].name : '';
    if (tag === 'zip') return zip.read(term, depth);
    return generatorTags.has(tag) ? generator.read(term, depth) : expression.read(term, depth);
  },
  write: (node) => {
    if (node.kind === 'zip') return zip.write(node);
    // The tags of generators are kinds that no expression has.
    return generatorTags.has(node.kind) ? generator.write(node as model.Generator) : expression.write(node as model.Expression);
  },
};

const qualifiers = listOf(qualifier, 'qualifier');

/** Makes the codec of a template: one, or a list of several. */
function oneOrMore<T extends { readonly kind: string }>(item: Codec<T>): Codec<T | readonly T[]> {
  const several = listOf(item, 'template');
  return {
    read: (term, depth) => (properList(term) === undefined ? item.read(term, depth) : several.read(term, depth)),
    write: (value) => ('kind' in value ? item.write(value) : several.write(value)),
  };
}

type AnyFun = model.FunNode | model.LocalFunNode | model.RemoteFunNode | model.BareRemoteFun;

/** `{'fun', A, What}`: what it is stands one level further in. */
const funShape = {
  tag: 'fun',
  size: 3,
  read: (term: Term, depth: number): AnyFun => {
    const [, anno, what] = (isTuple(term, 3) ? term.items : refuse('fun')) as readonly [Term, Term, Term];
    if (isTuple(what, 2) && isAtom(what.items[0], 'clauses')) {
      return { kind: 'fun', anno, clauses: clauses.read(what.items[1] as Term, depth) };
    }
    if (!isTuple(what) || !isAtom(what.items[0], 'function')) return refuse('fun');
    return what.items.length === 3 ? readLocalFun(anno, what.items) : readRemoteFun(anno, what.items, depth);
  },
  write: (value: AnyFun): Term => {
    const made = atom('fun');
    const ref = atom('function');
    switch (value.kind) {
      case 'fun':
        return tuple(made, value.anno, tuple(atom('clauses'), clauses.write(value.clauses)));
      case 'local_fun':
        return tuple(made, value.anno, tuple(ref, atom(value.name), value.arity));
      case 'bare_remote_fun':
        return tuple(made, value.anno, tuple(ref, atom(value.module), atom(value.name), value.arity));
      case 'remote_fun': {
        const { module, name, arity } = value;
        return tuple(made, value.anno, tuple(ref, expression.write(module), expression.write(name), expression.write(arity)));
      }
    }
  },
};

function readLocalFun(anno: Term, items: readonly Term[]): AnyFun {
  return { kind: 'local_fun', anno, name: atomName.read(items[1] as Term, 0), arity: smallInteger.read(items[2] as Term, 0) };
}

function readRemoteFun(anno: Term, items: readonly Term[], depth: number): AnyFun {
  if (items.length !== 4) return refuse('fun');
  const [, module, name, arity] = items as readonly [Term, Term, Term, Term];
  if (isAtom(module)) {
    const bare = { module: module.name, name: atomName.read(name, 0), arity: smallInteger.read(arity, 0) };
    return { kind: 'bare_remote_fun', anno, ...bare };
  }
  const read = (term: Term): model.Expression => expression.read(term, depth);
  return { kind: 'remote_fun', anno, module: read(module), name: read(name), arity: read(arity) };
}

const expressionShapes: readonly Shape[] = [
  ...Object.values(sharedShapes),
  shape<model.FloatNode>('float', { value: floatValue }),
  shape<model.StringNode>('string', { text: stringText }),
  shape<model.NilNode>('nil', {}),
  shape<model.TupleNode>('tuple', { elements: listOf(expression, 'element') }),
  shape<model.MapNode>('map', { fields: mapFields }),
  shape<model.MapUpdate>('map_update', { map: expression, fields: mapFields }, 'map'),
  shape<model.BinNode>('bin', { elements: listOf(binElement, 'segment') }),
  shape<model.MatchNode>('match', { pattern: expression, value: expression }),
  shape<model.MaybeMatch>('maybe_match', { pattern: expression, value: expression }),
  shape<model.OpNode>('op', { operator: atomName, left: expression, right: expression }),
  shape<model.PrefixOp>('prefix_op', { operator: atomName, operand: expression }, 'op'),
  shape<model.CallNode>('call', { callee: expression, args }),
  shape<model.RemoteNode>('remote', { module: expression, name: expression }),
  shape<model.CatchNode>('catch', { expression }),
  shape<model.BlockNode>('block', { body }),
  shape<model.IfNode>('if', { clauses }),
  shape<model.CaseNode>('case', { expression, clauses }),
  shape<model.ReceiveNode>('receive', { clauses }),
  shape<model.ReceiveAfter>('receive_after', { clauses, timeout: expression, body }, 'receive'),
  shape<model.TryNode>('try', { body, clauses, handlers: listOf(clause, 'handler'), after: body }),
  shape<model.MaybeNode>('maybe', { body }),
  shape<model.MaybeElse>('maybe_else', { body, otherwise: elseNode }, 'maybe'),
  { ...funShape, kind: 'fun' },
  { ...funShape, kind: 'local_fun' },
  { ...funShape, kind: 'remote_fun' },
  { ...funShape, kind: 'bare_remote_fun' },
  shape<model.NamedFun>('named_fun', { name: atomName, clauses }),
  shape<model.RecordNode>('record', { name: recordName, fields: recordFields }),
  shape<model.RecordUpdate>('record_update', { record: expression, name: recordName, fields: recordFields }, 'record'),
  shape<model.RecordAccess>('record_access', { record: expression, name: recordName, field: expression }, 'record_field'),
  shape<model.RecordIndex>('record_index', { name: atomName, field: expression }),
  shape<model.ListComprehension>('lc', { template: oneOrMore(expression), qualifiers }),
  shape<model.BinaryComprehension>('bc', { template: expression, qualifiers }),
  shape<model.MapComprehension>('mc', { template: oneOrMore(mapField), qualifiers }),
];
