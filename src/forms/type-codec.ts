// Types from terms and back, as codec.ts reads them. Nearly all are `{type, A, Name, Content}`, and the name says what the content is.

import { atom, isAtom, isTuple, list, properList, type Term, tuple } from '../term/model.js';
import { type AnyNode, anyOf, atomName, type Codec, constantOr, listOf, parts, refuse, type Shape, shape } from './codec.js';
import { sharedShapes } from './expression-codec.js';
import type * as model from './type-model.js';

/** Reads and writes a type. */
export const type: Codec<model.Type> = anyOf<model.Type>('type', () => typeShapes);

const types = listOf(type, 'type');

/** The fields of a node. */
type FieldsOf<N extends AnyNode> = Omit<N, 'kind' | 'anno'>;

function nodeOf<N extends AnyNode>(kind: N['kind'], anno: Term, fields: FieldsOf<N>): N {
  // The three together are N; the compiler doesn't see that of a type parameter.
  return { kind, anno, ...fields } as unknown as N;
}

/** Makes the codec of an object with one field. */
function only<K extends string, T>(name: K, codec: Codec<T>): Codec<{ readonly [P in K]: T }> {
  return {
    read: (term, depth) => ({ [name]: codec.read(term, depth) }) as { [P in K]: T },
    write: (value) => codec.write(value[name]),
  };
}

/** Makes the shape `{type, A, Name, Content}`; `content` reads the node's fields. */
function named<N extends AnyNode>(kind: N['kind'], name: string, content: Codec<FieldsOf<N>>): Shape<N> {
  const nameAtom = atom(name);
  return {
    kind,
    tag: 'type',
    size: 4,
    read: (term, depth) => {
      if (!isTuple(term, 4) || !isAtom(term.items[0], 'type') || !isAtom(term.items[2], name)) return refuse(`type ${name}`);
      return nodeOf<N>(kind, term.items[1] as Term, content.read(term.items[3] as Term, depth));
    },
    write: (node) => tuple(atom('type'), node.anno, nameAtom, content.write(node)),
  };
}

/** Makes the shape `{Kind, A, Content}`; `content` reads the node's fields. */
function unnamed<N extends AnyNode>(kind: N['kind'], content: Codec<FieldsOf<N>>): Shape<N> {
  return {
    kind,
    tag: kind,
    size: 3,
    read: (term, depth) => {
      if (!isTuple(term, 3) || !isAtom(term.items[0], kind)) return refuse(kind);
      return nodeOf<N>(kind, term.items[1] as Term, content.read(term.items[2] as Term, depth));
    },
    write: (node) => tuple(atom(kind), node.anno, content.write(node)),
  };
}

const mapFieldType: Codec<model.MapFieldType> = {
  read: (term, depth) => {
    const exact = isTuple(term, 4) && isAtom(term.items[2], 'map_field_exact');
    return (exact ? exactField : assocField).read(term, depth);
  },
  write: (node) => (node.kind === 'map_field_exact_type' ? exactField : assocField).write(node),
};
const keyAndValue = parts('list', { key: type, value: type });
const assocField = named<model.MapFieldType>('map_field_assoc_type', 'map_field_assoc', keyAndValue);
const exactField = named<model.MapFieldType>('map_field_exact_type', 'map_field_exact', keyAndValue);

const qualifiedNames = parts('list', { module: sharedShapes.atom, name: sharedShapes.atom });

/** `{tuple, A, [Module, Name]}`. */
const qualified: Codec<model.QualifiedNode> = {
  read: (term, depth) => {
    if (!isTuple(term, 3) || !isAtom(term.items[0], 'tuple')) return refuse('name of a record');
    return nodeOf<model.QualifiedNode>('qualified', term.items[1] as Term, qualifiedNames.read(term.items[2] as Term, depth));
  },
  write: (node) => tuple(atom('tuple'), node.anno, qualifiedNames.write(node)),
};

const fieldType = named<model.FieldType>('field_type', 'field_type', parts('list', { field: sharedShapes.atom, type }));
const fieldTypes = listOf(fieldType, 'field');

/** `[Name | Fields]`. */
const recordContent: Codec<FieldsOf<model.RecordType>> = {
  read: (term, depth) => {
    const [name = refuse('name of a record'), ...fields] = properList(term) ?? refuse('type of a record');
    const isPlain = isTuple(name) && isAtom(name.items[0], 'atom');
    return { name: (isPlain ? sharedShapes.atom : qualified).read(name, depth), fields: fieldTypes.read(list(fields), depth) };
  },
  write: ({ name, fields }) => {
    const head = name.kind === 'atom' ? sharedShapes.atom.write(name) : qualified.write(name);
    return list([head], fieldTypes.write(fields));
  },
};

const product = named<model.Product>('product', 'product', only('types', types));

/** `{type, A, any}`: the only type without a content. */
const parameters: Codec<model.Product | model.AnyProduct> = {
  read: (term, depth) => {
    if (isTuple(term, 3) && isAtom(term.items[0], 'type') && isAtom(term.items[2], 'any')) {
      return { kind: 'any_product', anno: term.items[1] as Term };
    }
    return product.read(term, depth);
  },
  write: (node) => (node.kind === 'product' ? product.write(node) : tuple(atom('type'), node.anno, atom('any'))),
};

const anyFunType = named<model.AnyFunType>('any_fun_type', 'fun', parts('list', {}));
const funType = named<model.FunType>('fun_type', 'fun', parts('list', { parameters, result: type }));

const variableAndType = parts('list', { variable: type, type });

/** `[Name, [Variable, Type]]`. */
const constraintContent: Codec<FieldsOf<model.Constraint>> = {
  read: (term, depth) => {
    const { name, pair } = parts('list', { name: sharedShapes.atom, pair: variableAndType }).read(term, depth);
    return { name, ...pair };
  },
  write: ({ name, ...pair }) => list([sharedShapes.atom.write(name), variableAndType.write(pair)]),
};

const constraints = listOf(named<model.Constraint>('constraint', 'constraint', constraintContent), 'constraint');
const boundedFunType = named<model.BoundedFunType>(
  'bounded_fun_type',
  'bounded_fun',
  parts('list', { type: funType, constraints }),
);

/** The type of a spec's clause. */
export const specType: Codec<model.FunType | model.BoundedFunType> = {
  read: (term, depth) => {
    const bounded = isTuple(term, 4) && isAtom(term.items[2], 'bounded_fun');
    return bounded ? boundedFunType.read(term, depth) : funType.read(term, depth);
  },
  write: (node) => (node.kind === 'fun_type' ? funType.write(node) : boundedFunType.write(node)),
};

const tupleType = named<model.TupleType>('tuple_type', 'tuple', only('elements', constantOr('any', types)));
const mapTypes = constantOr('any', listOf(mapFieldType, 'field'));
const mapType = named<model.MapType>('map_type', 'map', only('fields', mapTypes));
const recordType = named<model.RecordType>('record_type', 'record', recordContent);
const predefined = shape<model.PredefinedType>('type', { name: atomName, args: types });

/** `{type, A, Name, Content}`, told apart by the name. */
const typeByName: Codec<model.Type> = {
  read: (term, depth) => {
    const [, , name, content] = (isTuple(term, 4) ? term.items : refuse('type')) as readonly [Term, Term, Term, Term];
    switch (isAtom(name) ? name.name : refuse('name of a type')) {
      case 'tuple':
        return tupleType.read(term, depth);
      case 'map':
        return mapType.read(term, depth);
      case 'record':
        // OTP 29 has a predefined type record() besides.
        return (properList(content)?.length === 0 ? predefined : recordType).read(term, depth);
      case 'fun':
        return (properList(content)?.length === 0 ? anyFunType : funType).read(term, depth);
      case 'bounded_fun':
        return boundedFunType.read(term, depth);
      default:
        return predefined.read(term, depth);
    }
  },
  write: () => refuse('type'),
};

const typeShapes: readonly Shape[] = [
  ...Object.values(sharedShapes),
  shape<model.TypeOp>('op', { operator: atomName, left: type, right: type }),
  shape<model.TypePrefixOp>('prefix_op', { operator: atomName, operand: type }, 'op'),
  unnamed<model.AnnotatedType>('ann_type', variableAndType),
  unnamed<model.RemoteType>('remote_type', parts('list', { module: type, name: type, args: types })),
  shape<model.UserType>('user_type', { name: atomName, args: types }),
  tupleType,
  mapType,
  recordType,
  anyFunType,
  funType,
  boundedFunType,
  // Last, since of shapes with the same tag and size the last is read, and each writes its own kind.
  { ...predefined, read: (term, depth) => typeByName.read(term, depth) } as Shape,
];
