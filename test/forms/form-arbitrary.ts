// Random forms for property tests: every kind of node that the parser of a release makes, and on demand some that it never makes but
// that transforms do (negative literals, variables with odd names, types by names that are none). Annotations are random too.
import fc from 'fast-check';
import type * as forms from '../../src/forms/form-model.js';
import type * as types from '../../src/forms/type-model.js';
import { atom, binary, list, map, NIL, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { expressionArbitraries } from './expression-arbitrary.js';
import { anno, atomName, atomNode, type FormChoices, few, node, smallArity, TEXTS } from './node-arbitrary.js';
import { funType, typeArbitrary } from './type-arbitrary.js';

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

/** Terms without terms in them. */
function simpleTerms({ odd }: FormChoices): readonly fc.Arbitrary<Term>[] {
  const [module, name] = [fc.constant(atom('m')), fc.constant(atom('if'))];
  return [
    fc.integer(),
    fc.constantFrom<Term>(2n ** 70n, -(2n ** 70n), NIL),
    atomName.map((text) => atom(text)),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ kind: 'float', value })),
    fc.constantFrom(...TEXTS).map(stringTerm),
    fc.uint8Array({ maxLength: 5 }).map(binary),
    fc.constantFrom('é', 'text', 'ω').map((text) => binary(new TextEncoder().encode(text))),
    fc.constant({ kind: 'bitstring', bytes: Uint8Array.of(1, 0xe0), bits: 3 }),
    fc.record({ kind: fc.constant('export' as const), module, name, arity: smallArity }),
    ...(odd ? [fc.constant<Term>({ kind: 'pid', node: atom('n@h'), id: 1, serial: 0, creation: 0 })] : []),
  ];
}

/** Arbitrary of terms that an attribute can have. */
function termArbitrary(choices: FormChoices): fc.Arbitrary<Term> {
  const simple = fc.oneof(...simpleTerms(choices));
  const { term } = fc.letrec<{ term: Term }>((tie: fc.LetrecTypedTie<{ term: Term }>) => ({
    term: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'term' },
      simple,
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
  const typeForm = node<forms.TypeForm>('type_form', {
    attribute: fc.constantFrom(...typeAttributes),
    name: atomName,
    type,
    parameters: few<types.Type>(parameter, 0, 2),
  });
  const attributeName = fc.constantFrom('wild', 'if', 'two words');
  return fc.oneof(
    { arbitrary: functionForm, weight: 4 },
    ...recordKinds.map((kind) => node<forms.RecordForm>(kind, { name: atomName, fields: few(field, 0, 4) })),
    typeForm,
    specArbitrary(type),
    node<forms.AttributeForm>('attribute', { name: attributeName, value: termArbitrary(choices) }),
  );
}
