// Random types.
import fc from 'fast-check';
import type * as types from '../../src/forms/type-model.js';
import { atomNode, type FormChoices, few, node } from './node-arbitrary.js';

const PREFIX_OPERATORS = ['+', '-', 'not', 'bnot'];
const PREDEFINED = 'any atom list nil integer pid nonempty_string term nonempty_list'.split(' ');
const TYPE_OPERATORS = '+ - bor bsl * div rem band'.split(' ');

/** Makes the arbitrary of types. */
export function typeArbitrary(choices: FormChoices): fc.Arbitrary<types.Type> {
  const { release, odd } = choices;
  const name = node<types.VarNode>('var', { name: fc.constantFrom('A', 'B', '_', '_C') });
  const whole = node<types.IntegerNode>('integer', { value: odd ? fc.integer({ min: -2, max: 9 }) : fc.nat({ max: 9 }) });
  const leaf: fc.Arbitrary<types.Type> = fc.oneof(
    name,
    atomNode,
    whole,
    node<types.CharNode>('char', { value: fc.constantFrom(32, 97, 969) }),
    node<types.PredefinedType>('type', { name: fc.constantFrom(...PREDEFINED, ...(odd ? ['mine'] : [])), args: fc.constant([]) }),
    node<types.AnyFunType>('any_fun_type', {}),
    node<types.TupleType>('tuple_type', { elements: fc.constant('any' as const) }),
    node<types.MapType>('map_type', { fields: fc.constant('any' as const) }),
  );
  const { type } = fc.letrec<{ type: types.Type }>((tie) => ({
    type: fc.oneof({ maxDepth: 4, depthIdentifier: 'type' }, { arbitrary: leaf, weight: 2 }, ...compounds(tie('type'))),
  }));
  return type;

  function predefined(kind: string, args: fc.Arbitrary<types.Type[]>): fc.Arbitrary<types.Type> {
    return node<types.PredefinedType>('type', { name: fc.constant(kind), args });
  }

  function compounds(t: fc.Arbitrary<types.Type>): readonly fc.Arbitrary<types.Type>[] {
    const union = predefined('union', few(t, odd ? 1 : 2, 4));
    const isUnion = (type: types.Type | undefined): boolean => type?.kind === 'type' && type.name === 'union';
    const qualified = node<types.QualifiedNode>('qualified', { module: atomNode, name: atomNode });
    const mapField = fc.oneof(
      ...(['map_field_assoc_type', 'map_field_exact_type'] as const).map((kind) =>
        node<types.MapFieldType>(kind, { key: t, value: t }),
      ),
    );
    return [
      odd ? union : union.filter((made) => made.kind === 'type' && !isUnion(made.args.at(-1))),
      predefined('list', few(t, 1, 1)),
      predefined('nonempty_list', few(t, 1, 1)),
      predefined('maybe_improper_list', few(t, 2, 2)),
      predefined('range', few(t, 2, 2)),
      predefined('binary', few(t, 2, 2)),
      predefined('binary', few(whole, 2, 2)),
      node<types.TypeOp>('op', { operator: fc.constantFrom(...TYPE_OPERATORS), left: t, right: t }),
      node<types.TypePrefixOp>('prefix_op', { operator: fc.constantFrom(...PREFIX_OPERATORS), operand: t }),
      node<types.AnnotatedType>('ann_type', { variable: odd ? t : name, type: t }),
      node<types.RemoteType>('remote_type', { module: odd ? t : atomNode, name: atomNode, args: few(t) }),
      node<types.UserType>('user_type', {
        name: fc.constantFrom('mine', 'union', 'if', 'ω', ...(odd ? ['pid'] : [])),
        args: few(t),
      }),
      node<types.TupleType>('tuple_type', { elements: few(t) }),
      node<types.MapType>('map_type', { fields: few(mapField) }),
      node<types.RecordType>('record_type', {
        name: release >= 29 ? fc.oneof(atomNode, qualified) : atomNode,
        fields: few(node<types.FieldType>('field_type', { field: atomNode, type: t })),
      }),
      fc.nat({ max: 3 }).chain((arity) => funType(t, arity)),
      node<types.FunType>('fun_type', { parameters: node<types.AnyProduct>('any_product', {}), result: t }),
    ];
  }
}

/** Makes the arbitrary of function types of that arity. */
export function funType(t: fc.Arbitrary<types.Type>, arity: number): fc.Arbitrary<types.FunType> {
  return node<types.FunType>('fun_type', {
    parameters: node<types.Product>('product', { types: few(t, arity, arity) }),
    result: t,
  });
}
