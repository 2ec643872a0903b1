// Random expressions, patterns and clauses.
import fc from 'fast-check';
import type * as model from '../../src/forms/expression-model.js';
import type * as types from '../../src/forms/type-model.js';
import { atomName, atomNode, type FormChoices, few, node, smallArity, TEXTS, VARIABLES } from './node-arbitrary.js';

type Expressions = fc.Arbitrary<model.Expression>;

const OPERATORS = '! orelse andalso == /= =< < >= > =:= =/= ++ -- + - bor bxor bsl bsr or xor * / div rem band and'.split(' ');
const PATTERN_OPERATORS = '== =< ++ + - bor bsl * div'.split(' ');
const PREFIX_OPERATORS = ['+', '-', 'not', 'bnot'];
const NIL_NODE: model.NilNode = { kind: 'nil', anno: 0 };

/** What arbitraries are made of: expressions `e`, and what the parser takes as a pattern in a head, `p`. */
interface Parts {
  readonly choices: FormChoices;
  readonly e: Expressions;
  readonly p: Expressions;
}

/** What refers to itself. */
interface Tied {
  expression: model.Expression;
  pattern: model.Expression;
}

/** Arbitraries of expressions, of what the parser takes as a pattern in a head, and of clauses. */
export function expressionArbitraries(choices: FormChoices) {
  const constants = fc.oneof(...literals(choices));
  const leaf = fc.oneof(constants, node<model.LocalFunNode>('local_fun', { name: atomName, arity: smallArity }));
  const tied = fc.letrec<Tied>((tie: fc.LetrecTypedTie<Tied>) => {
    const parts = { choices, e: tie('expression'), p: tie(choices.odd ? 'expression' : 'pattern') };
    const compound = [data, operations, control, funs, records, comprehensions].flatMap((make) => make(parts));
    return {
      expression: fc.oneof({ maxDepth: 3, depthIdentifier: 'expression' }, { arbitrary: leaf, weight: 3 }, ...compound),
      pattern: fc.oneof({ maxDepth: 3, depthIdentifier: 'expression' }, constants, ...patterns(parts)),
    };
  });
  return { ...tied, clause };
}

function variable({ odd }: FormChoices): fc.Arbitrary<types.VarNode> {
  return node<types.VarNode>('var', { name: fc.constantFrom(...VARIABLES, ...(odd ? ['rec0', 'Two words', '1'] : [])) });
}

function literals(choices: FormChoices): readonly Expressions[] {
  const odd = <T>(...values: readonly T[]): readonly T[] => (choices.odd ? values : []);
  const double = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
  const characters = [0, 10, 32, 34, 39, 46, 92, 97, 127, 160, 233, 969, 0x1f600, ...odd(0xd800, 0xffff, -1)];
  return [
    variable(choices),
    atomNode,
    node<types.IntegerNode>('integer', {
      value: fc.oneof(fc.nat(), fc.constantFrom<number | bigint>(2n ** 70n, ...odd<number | bigint>(-1, -(2n ** 70n)))),
    }),
    node<model.FloatNode>('float', { value: fc.oneof(double, fc.constantFrom(1, 1e22, 5e-324, ...odd(-0, -1.5))) }),
    node<types.CharNode>('char', { value: fc.constantFrom(...characters) }),
    node<model.StringNode>('string', { text: fc.constantFrom(...TEXTS, ...odd('\uffff')) }),
    node<model.NilNode>('nil', {}),
  ];
}

function patterns({ choices, e, p }: Parts): readonly Expressions[] {
  return [
    node<model.TupleNode>('tuple', { elements: few(e) }),
    node<model.ConsNode>('cons', { head: e, tail: e }),
    node<model.MatchNode>('match', { pattern: p, value: p }),
    node<model.OpNode>('op', { operator: fc.constantFrom(...PATTERN_OPERATORS), left: p, right: p }),
    node<model.PrefixOp>('prefix_op', { operator: fc.constantFrom('+', '-'), operand: p }),
    node<model.BinNode>('bin', { elements: few(segment(choices, e)) }),
  ];
}

function segment({ odd }: FormChoices, e: Expressions): fc.Arbitrary<model.BinElement> {
  const unit = fc.record({ unit: fc.integer({ min: 1, max: 256 }) });
  const type: fc.Arbitrary<model.BinType> = fc.oneof(fc.constantFrom('integer', 'little', 'binary', 'utf8'), unit);
  return node<model.BinElement>('bin_element', {
    value: e,
    size: fc.oneof(fc.constant('default' as const), e),
    types: fc.oneof(fc.constant('default' as const), few(type, odd ? 0 : 1)),
  });
}

function mapField(e: Expressions, ...kinds: readonly model.MapField['kind'][]): fc.Arbitrary<model.MapField> {
  return fc.oneof(...kinds.map((kind) => node<model.MapField>(kind, { key: e, value: e })));
}

function body(e: Expressions): fc.Arbitrary<model.Expression[]> {
  return few(e, 1, 3);
}

function clause(heads: fc.Arbitrary<model.Expression[]>, e: Expressions, minGuards = 0): fc.Arbitrary<model.Clause> {
  return node<model.Clause>('clause', { patterns: heads, guards: few(few(e, 1, 2), minGuards, 2), body: body(e) });
}

function data({ choices, e }: Parts): readonly Expressions[] {
  const fields = few(mapField(e, 'map_field_assoc', 'map_field_exact'));
  const list = (items: readonly model.Expression[]): model.Expression =>
    items.reduceRight<model.Expression>((tail, head) => ({ kind: 'cons', anno: 0, head, tail }), NIL_NODE);
  return [
    node<model.ConsNode>('cons', { head: e, tail: e }),
    few(e, 1, 8).map(list),
    node<model.TupleNode>('tuple', { elements: few(e) }),
    node<model.MapNode>('map', { fields }),
    node<model.MapUpdate>('map_update', { map: e, fields }),
    node<model.BinNode>('bin', { elements: few(segment(choices, e)) }),
  ];
}

function operations({ choices: { odd }, e }: Parts): readonly Expressions[] {
  return [
    node<model.MatchNode>('match', { pattern: e, value: e }),
    node<model.OpNode>('op', { operator: fc.constantFrom(...OPERATORS, ...(odd ? ['foo'] : [])), left: e, right: e }),
    node<model.OpNode>('op', { operator: fc.constantFrom(...OPERATORS), left: e, right: e }),
    node<model.PrefixOp>('prefix_op', { operator: fc.constantFrom(...PREFIX_OPERATORS), operand: e }),
    node<model.CallNode>('call', { callee: e, args: few(e) }),
    node<model.CallNode>('call', { callee: node<model.RemoteNode>('remote', { module: e, name: e }), args: few(e) }),
    node<model.RemoteNode>('remote', { module: e, name: e }),
    node<model.CatchNode>('catch', { expression: e }),
    ...(odd ? [node<model.MaybeMatch>('maybe_match', { pattern: e, value: e })] : []),
  ];
}

function control({ choices, e, p }: Parts): readonly Expressions[] {
  const { odd } = choices;
  const least = odd ? 0 : 1;
  const caseClause = clause(few(e, least, odd ? 2 : 1), e);
  const clauses = few(caseClause, least, 3);
  const handler = node<model.TupleNode>('tuple', {
    elements: fc.tuple(fc.oneof(atomNode, variable(choices)), p, odd ? fc.oneof(atomNode, e) : variable(choices)),
  });
  const handlers = few(clause(few(handler, 1, 1), e), 1, 2);
  const maybeBody = few<model.Expression>(fc.oneof(e, node<model.MaybeMatch>('maybe_match', { pattern: e, value: e })), 1, 3);
  return [
    node<model.BlockNode>('block', { body: few(e, least) }),
    node<model.IfNode>('if', { clauses: few(clause(fc.constant([]), e, least), 1) }),
    node<model.CaseNode>('case', { expression: e, clauses }),
    node<model.ReceiveNode>('receive', { clauses }),
    node<model.ReceiveAfter>('receive_after', { clauses: few(caseClause), timeout: e, body: body(e) }),
    node<model.TryNode>('try', { body: body(e), clauses: few(caseClause), handlers, after: few(e) }),
    node<model.TryNode>('try', { body: body(e), clauses: few(caseClause), handlers: fc.constant([]), after: few(e, least) }),
    node<model.MaybeNode>('maybe', { body: maybeBody }),
    node<model.MaybeElse>('maybe_else', { body: maybeBody, otherwise: node<model.ElseNode>('else', { clauses }) }),
  ];
}

function funs({ choices, e, p }: Parts): readonly Expressions[] {
  const { odd } = choices;
  const clauses = fc.nat({ max: 2 }).chain((arity) => few(clause(few(p, arity, arity), e), 1, 2));
  const name: Expressions = odd ? e : fc.oneof(atomNode, variable(choices));
  const arity: Expressions = fc.oneof(node<types.IntegerNode>('integer', { value: smallArity }), variable(choices));
  return [
    node<model.FunNode>('fun', { clauses }),
    node<model.NamedFun>('named_fun', { name: fc.constantFrom('F', 'É', ...(odd ? ['f'] : [])), clauses }),
    node<model.RemoteFunNode>('remote_fun', { module: name, name, arity }),
    ...(odd ? [node<model.BareRemoteFun>('bare_remote_fun', { module: atomName, name: atomName, arity: smallArity })] : []),
  ];
}

function records({ choices, e }: Parts): readonly Expressions[] {
  const native = [fc.record({ module: atomName, name: atomName }), fc.constant(null)];
  const name: fc.Arbitrary<model.RecordName> = choices.release >= 29 ? fc.oneof(atomName, ...native) : atomName;
  const field: Expressions = fc.oneof(atomNode, choices.odd ? e : variable(choices));
  const fields = few(node<model.RecordField>('record_field', { field, value: e }));
  return [
    node<model.RecordNode>('record', { name, fields }),
    node<model.RecordUpdate>('record_update', { record: e, name, fields }),
    node<model.RecordAccess>('record_access', { record: e, name, field: atomNode }),
    node<model.RecordIndex>('record_index', { name: atomName, field: atomNode }),
  ];
}

function comprehensions({ choices, e }: Parts): readonly Expressions[] {
  const { release } = choices;
  const qualifiers = qualifierArbitrary(choices, e);
  const field = mapField(e, 'map_field_assoc');
  // Several templates since OTP 29, maps since 26.
  const template = release >= 29 ? fc.oneof(e, few(e, 2, 3)) : e;
  const mapTemplate = release >= 29 ? fc.oneof(field, few(field, 2, 3)) : field;
  return [
    node<model.ListComprehension>('lc', { template, qualifiers }),
    node<model.BinaryComprehension>('bc', { template: e, qualifiers }),
    ...(release < 26 ? [] : [node<model.MapComprehension>('mc', { template: mapTemplate, qualifiers })]),
  ];
}

function qualifierArbitrary({ release, odd }: FormChoices, e: Expressions): fc.Arbitrary<model.Qualifier[]> {
  // Strict generators and those that go together since OTP 28, maps since 26.
  const isStrict = release >= 28;
  const kindsOf = <K extends string>(kind: K) => (isStrict ? ([kind, `${kind}_strict`] as const) : ([kind] as const));
  const bin = node<model.BinNode>('bin', { elements: few(segment({ release, odd }, e)) });
  const mapPattern = odd ? mapField(e, 'map_field_exact', 'map_field_assoc') : mapField(e, 'map_field_exact');
  const generator: fc.Arbitrary<model.Generator | model.MapGenerator> = fc.oneof(
    ...kindsOf('generate').map((kind) => node<model.Generator>(kind, { pattern: e, source: e })),
    ...kindsOf('b_generate').map((kind) => node<model.Generator>(kind, { pattern: odd ? e : bin, source: e })),
    ...(release < 26
      ? []
      : kindsOf('m_generate').map((kind) => node<model.MapGenerator>(kind, { pattern: mapPattern, source: e }))),
  );
  const zip = node<model.ZipGenerator>('zip', { generators: few(generator, odd ? 1 : 2, 3) });
  return few<model.Qualifier>(fc.oneof(e, generator, ...(isStrict ? [zip] : [])), odd ? 0 : 1, 3);
}
