// Random forms for property tests: every kind of node that the parser of a release makes, and on demand some that it never makes but
// that transforms do (negative literals, variables with odd names, types by names that are none). Annotations are random too.
import fc from 'fast-check';
import type { Anno } from '../../src/forms/anno.js';
import type * as model from '../../src/forms/expression-model.js';
import type * as forms from '../../src/forms/form-model.js';
import type * as types from '../../src/forms/type-model.js';
import { atom, binary, list, map, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';

/** What to generate. */
export interface FormChoices {
  /** The release of the parser: what it can't read is left out. */
  readonly release: number;
  /** Nodes that no source can say are among the rest. */
  readonly odd: boolean;
}

const ATOMS = [
  'a',
  'ok',
  'a@b',
  'é',
  'maybe',
  'else',
  'if',
  'end',
  'Upper',
  '_x',
  'two words',
  "it's",
  '\\',
  '\n',
  '',
  'ω',
  'fun',
];
const VARIABLES = ['X', '_', '_Y', 'A@1', 'É', 'Z9_z'];
const TEXTS = ['', 'text', '"\\\'', '\n\t\u001b', 'é', 'ω😀', '\u200b\u0085', ' ', `${'word '.repeat(30)}\nend`];
const OPERATORS = '! orelse andalso == /= =< < >= > =:= =/= ++ -- + - bor bxor bsl bsr or xor * / div rem band and'.split(' ');
const PATTERN_OPERATORS = '== =< ++ + - bor bsl * div'.split(' ');
const PREFIX_OPERATORS = ['+', '-', 'not', 'bnot'];

const line = fc.nat({ max: 5000 });
const anno: fc.Arbitrary<Anno> = fc.oneof(
  line,
  fc.tuple(line, line).map(([row, column]) => tuple(row, column)),
  line.map((row) => list([tuple(atom('generated'), atom('true')), tuple(atom('location'), row)])),
  line.map((row) => list([tuple(atom('file'), stringTerm('a.hrl')), tuple(atom('location'), tuple(row, 1))])),
);

const atomName = fc.constantFrom(...ATOMS);
const smallArity = fc.nat({ max: 5 });

/** Makes the arbitrary of nodes of one kind. */
function node<N extends { readonly kind: string; readonly anno: Anno }>(
  kind: N['kind'],
  fields: { readonly [K in Exclude<keyof N, 'kind' | 'anno'>]: fc.Arbitrary<N[K]> },
): fc.Arbitrary<N> {
  return fc.record({ kind: fc.constant(kind), anno, ...fields }) as unknown as fc.Arbitrary<N>;
}

function few<T>(item: fc.Arbitrary<T>, min = 0, max = 3): fc.Arbitrary<T[]> {
  return fc.array(item, { minLength: min, maxLength: max, size: 'max' });
}

const atomNode = node<types.AtomNode>('atom', { name: atomName });
const underscore = node<types.VarNode>('var', { name: fc.constant('_') });

function variable({ odd }: FormChoices): fc.Arbitrary<types.VarNode> {
  return node<types.VarNode>('var', { name: fc.constantFrom(...VARIABLES, ...(odd ? ['rec0', 'Two words', '1'] : [])) });
}

function literals(choices: FormChoices): readonly fc.Arbitrary<model.Expression>[] {
  const { odd } = choices;
  const double = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
  const characters = [0, 10, 32, 34, 39, 46, 92, 97, 127, 160, 233, 969, 0x1f600, ...(odd ? [0xd800, 0xffff, -1] : [])];
  return [
    variable(choices),
    atomNode,
    node<types.IntegerNode>('integer', {
      value: fc.oneof(fc.nat(), fc.constantFrom(2n ** 70n, ...(odd ? [-1, -(2n ** 70n)] : []))),
    }),
    node<model.FloatNode>('float', { value: fc.oneof(double, fc.constantFrom(1, 1e22, 5e-324, ...(odd ? [-0, -1.5] : []))) }),
    node<types.CharNode>('char', { value: fc.constantFrom(...characters) }),
    node<model.StringNode>('string', { text: fc.constantFrom(...TEXTS, ...(odd ? ['\uffff'] : [])) }),
    node<model.NilNode>('nil', {}),
  ];
}

/** What refers to itself. */
interface Tied {
  expression: model.Expression;
  pattern: model.Expression;
}

/** Arbitraries of expressions, of what the parser takes as a pattern in a head, and of clauses. */
function expressionArbitraries(choices: FormChoices) {
  const { release, odd } = choices;
  const patternLeaf = fc.oneof(...literals(choices));
  const leaf = fc.oneof(patternLeaf, node<model.LocalFunNode>('local_fun', { name: atomName, arity: smallArity }));
  const name = variable(choices);
  const tied = fc.letrec<Tied>((tie: fc.LetrecTypedTie<Tied>) => ({
    expression: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'expression' },
      { arbitrary: leaf, weight: 3 },
      ...compounds(tie('expression'), tie('pattern')),
    ),
    pattern: fc.oneof({ maxDepth: 3, depthIdentifier: 'expression' }, patternLeaf, ...patterns(tie('expression'), tie('pattern'))),
  }));
  return { ...tied, clause };

  function patterns(
    e: fc.Arbitrary<model.Expression>,
    p: fc.Arbitrary<model.Expression>,
  ): readonly fc.Arbitrary<model.Expression>[] {
    return [
      node<model.TupleNode>('tuple', { elements: few(e) }),
      node<model.ConsNode>('cons', { head: e, tail: e }),
      node<model.MatchNode>('match', { pattern: p, value: p }),
      node<model.OpNode>('op', { operator: fc.constantFrom(...PATTERN_OPERATORS), left: p, right: p }),
      node<model.PrefixOp>('prefix_op', { operator: fc.constantFrom('+', '-'), operand: p }),
      node<model.BinNode>('bin', { elements: few(segment(e)) }),
    ];
  }

  function segment(e: fc.Arbitrary<model.Expression>): fc.Arbitrary<model.BinElement> {
    const type = fc.oneof(
      fc.constantFrom('integer', 'little', 'binary', 'utf8'),
      fc.record({ unit: fc.integer({ min: 1, max: 256 }) }),
    );
    return node<model.BinElement>('bin_element', {
      value: e,
      size: fc.oneof(fc.constant('default' as const), e),
      types: fc.oneof(fc.constant('default' as const), few<model.BinType>(type, odd ? 0 : 1)),
    });
  }

  function mapField(e: fc.Arbitrary<model.Expression>, kinds: readonly model.MapField['kind'][]): fc.Arbitrary<model.MapField> {
    return fc.oneof(...kinds.map((kind) => node<model.MapField>(kind, { key: e, value: e })));
  }

  function clause(
    heads: fc.Arbitrary<model.Expression[]>,
    e: fc.Arbitrary<model.Expression>,
    minGuards = 0,
  ): fc.Arbitrary<model.Clause> {
    return node<model.Clause>('clause', { patterns: heads, guards: few(few(e, 1, 2), minGuards, 2), body: body(e) });
  }

  function body(e: fc.Arbitrary<model.Expression>): fc.Arbitrary<model.Expression[]> {
    return few(e, 1, 3);
  }

  function qualifiers(e: fc.Arbitrary<model.Expression>): fc.Arbitrary<model.Qualifier[]> {
    const bin = node<model.BinNode>('bin', { elements: few(segment(e)) });
    const strict = release >= 28;
    const generators = [
      ...(['generate', ...(strict ? (['generate_strict'] as const) : [])] as const).map((kind) =>
        node<model.Generator>(kind, { pattern: e, source: e }),
      ),
      ...(['b_generate', ...(strict ? (['b_generate_strict'] as const) : [])] as const).map((kind) =>
        node<model.Generator>(kind, { pattern: odd ? e : bin, source: e }),
      ),
      ...(release < 26 ? [] : (['m_generate', ...(strict ? (['m_generate_strict'] as const) : [])] as const)).map((kind) =>
        node<model.MapGenerator>(kind, { pattern: mapField(e, ['map_field_exact']), source: e }),
      ),
    ];
    const generator: fc.Arbitrary<model.Generator | model.MapGenerator> = fc.oneof(...generators);
    const zip = strict ? [node<model.ZipGenerator>('zip', { generators: few(generator, odd ? 1 : 2, 3) })] : [];
    return few<model.Qualifier>(fc.oneof(e, generator, ...zip), 1, 3);
  }

  function compounds(
    e: fc.Arbitrary<model.Expression>,
    p: fc.Arbitrary<model.Expression>,
  ): readonly fc.Arbitrary<model.Expression>[] {
    const one = few(e, 1, 1);
    const clauses = few(clause(one, e), 1, 3);
    const native = [fc.record({ module: atomName, name: atomName }), fc.constant(null)];
    const recordName: fc.Arbitrary<model.RecordName> = release >= 29 ? fc.oneof(atomName, ...native) : atomName;
    const field: fc.Arbitrary<model.Expression> = fc.oneof(atomNode, ...(odd ? [name] : [underscore]));
    const fields = few(node<model.RecordField>('record_field', { field, value: e }));
    const mapFields = few(mapField(e, ['map_field_assoc', 'map_field_exact']));
    const arityClauses = fc.nat({ max: 2 }).chain((arity) => few(clause(few(p, arity, arity), e), 1, 2));
    const handlerPattern = node<model.TupleNode>('tuple', {
      elements: fc.tuple(fc.oneof(atomNode, name), p, odd ? fc.oneof(name, atomNode) : name) as fc.Arbitrary<model.Expression[]>,
    });
    const handlers = few(clause(few(handlerPattern, 1, 1), e), 1, 2);
    const several = release >= 29;
    const maybeMatch = node<model.MaybeMatch>('maybe_match', { pattern: e, value: e });
    const maybeBody = few<model.Expression>(fc.oneof(e, maybeMatch), 1, 3);
    const funName: fc.Arbitrary<model.Expression> = odd ? e : fc.oneof(atomNode, name);
    const funArity: fc.Arbitrary<model.Expression> = fc.oneof(node<types.IntegerNode>('integer', { value: smallArity }), name);
    return [
      node<model.ConsNode>('cons', { head: e, tail: e }),
      few(e, 1, 8).map((items) =>
        items.reduceRight<model.Expression>((tail, head) => ({ kind: 'cons', anno: 0, head, tail }), NIL_NODE),
      ),
      node<model.TupleNode>('tuple', { elements: few(e) }),
      node<model.MapNode>('map', { fields: mapFields }),
      node<model.MapUpdate>('map_update', { map: e, fields: mapFields }),
      node<model.BinNode>('bin', { elements: few(segment(e)) }),
      node<model.MatchNode>('match', { pattern: e, value: e }),
      ...(odd ? [maybeMatch] : []),
      node<model.OpNode>('op', { operator: fc.constantFrom(...OPERATORS, ...(odd ? ['foo'] : [])), left: e, right: e }),
      node<model.OpNode>('op', { operator: fc.constantFrom(...OPERATORS), left: e, right: e }),
      node<model.PrefixOp>('prefix_op', { operator: fc.constantFrom(...PREFIX_OPERATORS), operand: e }),
      node<model.CallNode>('call', { callee: e, args: few(e) }),
      node<model.CallNode>('call', { callee: node<model.RemoteNode>('remote', { module: e, name: e }), args: few(e) }),
      node<model.RemoteNode>('remote', { module: e, name: e }),
      node<model.CatchNode>('catch', { expression: e }),
      node<model.BlockNode>('block', { body: few(e, odd ? 0 : 1) }),
      node<model.IfNode>('if', { clauses: few(clause(fc.constant([]), e, odd ? 0 : 1), 1) }),
      node<model.CaseNode>('case', { expression: e, clauses: odd ? few(clause(few(e, 0, 2), e)) : clauses }),
      node<model.ReceiveNode>('receive', { clauses }),
      node<model.ReceiveAfter>('receive_after', { clauses: few(clause(one, e)), timeout: e, body: body(e) }),
      node<model.TryNode>('try', { body: body(e), clauses: few(clause(one, e)), handlers, after: few(e) }),
      node<model.TryNode>('try', {
        body: body(e),
        clauses: few(clause(one, e)),
        handlers: fc.constant([]),
        after: few(e, odd ? 0 : 1),
      }),
      node<model.MaybeNode>('maybe', { body: maybeBody }),
      node<model.MaybeElse>('maybe_else', { body: maybeBody, otherwise: node<model.ElseNode>('else', { clauses }) }),
      node<model.FunNode>('fun', { clauses: arityClauses }),
      node<model.NamedFun>('named_fun', { name: fc.constantFrom('F', 'É', ...(odd ? ['f'] : [])), clauses: arityClauses }),
      node<model.RemoteFunNode>('remote_fun', { module: funName, name: funName, arity: funArity }),
      ...(odd ? [node<model.BareRemoteFun>('bare_remote_fun', { module: atomName, name: atomName, arity: smallArity })] : []),
      node<model.RecordNode>('record', { name: recordName, fields }),
      node<model.RecordUpdate>('record_update', { record: e, name: recordName, fields }),
      node<model.RecordAccess>('record_access', { record: e, name: recordName, field: atomNode }),
      node<model.RecordIndex>('record_index', { name: atomName, field: atomNode }),
      node<model.ListComprehension>('lc', { template: several ? fc.oneof(e, few(e, 2, 3)) : e, qualifiers: qualifiers(e) }),
      node<model.BinaryComprehension>('bc', { template: e, qualifiers: qualifiers(e) }),
      ...(release < 26
        ? []
        : [
            node<model.MapComprehension>('mc', {
              template: several
                ? fc.oneof(mapField(e, ['map_field_assoc']), few(mapField(e, ['map_field_assoc']), 2, 3))
                : mapField(e, ['map_field_assoc']),
              qualifiers: qualifiers(e),
            }),
          ]),
    ];
  }
}

const NIL_NODE: model.NilNode = { kind: 'nil', anno: 0 };

const PREDEFINED = 'any atom list map_ nil integer pid nonempty_string term nonempty_list'
  .split(' ')
  .filter((name) => name !== 'map_');
const TYPE_OPERATORS = '+ - bor bsl * div rem band'.split(' ');

function typeArbitrary(choices: FormChoices): fc.Arbitrary<types.Type> {
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

function funType(t: fc.Arbitrary<types.Type>, arity: number): fc.Arbitrary<types.FunType> {
  return node<types.FunType>('fun_type', {
    parameters: node<types.Product>('product', { types: few(t, arity, arity) }),
    result: t,
  });
}

function specArbitrary(type: fc.Arbitrary<types.Type>): fc.Arbitrary<forms.Form> {
  const constraint = node<types.Constraint>('constraint', {
    name: node<types.AtomNode>('atom', { name: fc.constant('is_subtype') }),
    variable: node<types.VarNode>('var', { name: fc.constantFrom('A', 'B') }),
    type,
  });
  return fc.nat({ max: 3 }).chain((arity) => {
    const bounded = node<types.BoundedFunType>('bounded_fun_type', {
      type: funType(type, arity),
      constraints: few(constraint, 1),
    });
    return fc.record(
      {
        kind: fc.constant('spec_form' as const),
        anno,
        attribute: fc.constantFrom('spec', 'callback'),
        module: atomName,
        name: atomName,
        arity: fc.constant(arity),
        types: few(fc.oneof(funType(type, arity), bounded), 1, 2),
      },
      { requiredKeys: ['kind', 'anno', 'attribute', 'name', 'arity', 'types'] },
    );
  });
}

/** Arbitrary of terms that an attribute can have. */
function termArbitrary({ odd }: FormChoices): fc.Arbitrary<Term> {
  const { term } = fc.letrec<{ term: Term }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'term' },
      fc.oneof<Term[]>(
        fc.integer(),
        fc.constantFrom<Term>(2n ** 70n, -(2n ** 70n), NIL),
        atomName.map((name) => atom(name)),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ kind: 'float', value })),
        fc.constantFrom(...TEXTS).map(stringTerm),
        fc.uint8Array({ maxLength: 5 }).map(binary),
        fc.constantFrom('é', 'text', 'ω').map((text) => binary(new TextEncoder().encode(text))),
        fc.constant<Term>({ kind: 'bitstring', bytes: Uint8Array.of(1, 0xe0), bits: 3 }),
        fc.record({
          kind: fc.constant('export' as const),
          module: fc.constant(atom('m')),
          name: fc.constant(atom('if')),
          arity: smallArity,
        }),
        ...(odd ? [fc.constant<Term>({ kind: 'pid', node: atom('n@h'), id: 1, serial: 0, creation: 0 })] : []),
      ),
      few(tie('term')).map((items) => tuple(...items)),
      few(tie('term')).map((items) => list(items)),
      fc.tuple(few(tie('term'), 1), atomName).map(([items, tail]) => list(items, atom(tail))),
      fc.tuple(tie('term'), tie('term')).map((pair) => map([pair])),
    ),
  }));
  return term;
}

/** Makes the arbitrary of forms. */
export function formArbitrary(choices: FormChoices): fc.Arbitrary<forms.Form> {
  const { expression, pattern, clause } = expressionArbitraries(choices);
  const type = typeArbitrary(choices);
  const field = fc.record<forms.FieldNode, 'kind' | 'anno' | 'name'>(
    { kind: fc.constant('field'), anno, name: atomNode, default: expression, type },
    { requiredKeys: ['kind', 'anno', 'name'] },
  );
  const functionForm = fc.nat({ max: 3 }).chain((arity) =>
    node<forms.FunctionForm>('function', {
      name: atomName,
      arity: fc.constant(arity),
      clauses: few(clause(few(pattern, arity, arity), expression), 1),
    }),
  );
  const recordKinds = choices.release >= 29 ? (['record_form', 'native_record_form'] as const) : (['record_form'] as const);
  const typeAttributes = choices.release >= 28 ? ['type', 'opaque', 'nominal'] : ['type', 'opaque'];
  const parameter = node<types.VarNode>('var', { name: fc.constantFrom('A', 'B') });
  return fc.oneof<forms.Form[]>(
    { arbitrary: functionForm, weight: 4 },
    ...recordKinds.map((kind) => node<forms.RecordForm>(kind, { name: atomName, fields: few(field, 0, 4) })),
    node<forms.TypeForm>('type_form', {
      attribute: fc.constantFrom(...typeAttributes),
      name: atomName,
      type,
      parameters: few<types.Type>(parameter, 0, 2),
    }),
    specArbitrary(type),
    node<forms.AttributeForm>('attribute', { name: fc.constantFrom('wild', 'if', 'two words'), value: termArbitrary(choices) }),
  );
}
