// Forms from terms and back: what a module's abstract code is a list of. A form of a shape that no compiler is known to write is kept as
// its term; inside of a form an unknown node is a ParseError, with a path such as `function f/2 > clause 1 > expression 3`.

import { asParseError, within } from '../errors.js';
import { atom, isAtom, isTuple, list, properList, type Term, tuple } from '../term/model.js';
import { atomName, type Codec, listOf, refuse, shape } from './codec.js';
import { clauses, expression, sharedShapes } from './expression-codec.js';
import type { Expression } from './expression-model.js';
import type * as model from './form-model.js';
import { specType, type } from './type-codec.js';
import type { AtomNode } from './type-model.js';

/** Reads a module's abstract code, a list of forms. Throws ParseError with space `term`. */
export function formsFromTerm(term: Term): readonly model.Form[] {
  return (properList(term) ?? refuse('list of forms')).map(formFromTerm);
}

/** Returns the list of terms that {@link formsFromTerm} reads these forms from. */
export function formsToTerm(forms: readonly model.Form[]): Term {
  return list(forms.map(formToTerm));
}

/** Reads an expression, pattern or guard test; throws ParseError with space `term`. */
export function expressionFromTerm(term: Term): Expression {
  return expression.read(term, 0);
}

/** Returns the term of an expression, a pattern or a guard test. */
export function expressionToTerm(node: Expression): Term {
  return expression.write(node);
}

/** Reads one form; throws ParseError with space `term`. */
export function formFromTerm(term: Term): model.Form {
  if (!isTuple(term)) return { kind: 'unknown', term };
  const [tag, second] = term.items;
  switch (term.items.length) {
    case 2:
      if (isAtom(tag, 'eof')) return { kind: 'eof', anno: second as Term };
      if (isAtom(tag, 'error') || isAtom(tag, 'warning'))
        return { kind: tag.name as 'error' | 'warning', reason: second as Term };
      return { kind: 'unknown', term };
    case 4:
      return isAtom(tag, 'attribute') && isAtom(term.items[2])
        ? readAttribute(term, term.items[2].name)
        : { kind: 'unknown', term };
    case 5:
      return isAtom(tag, 'function')
        ? within(functionSegment(term), () => functionForm.read(term, 0))
        : { kind: 'unknown', term };
    default:
      return { kind: 'unknown', term };
  }
}

/** Returns the term of a form; throws ParseError `limit` for one that is nested more deeply than any that was read. */
export function formToTerm(form: model.Form): Term {
  try {
    return writeForm(form);
  } catch (error) {
    throw asParseError(error);
  }
}

function writeForm(form: model.Form): Term {
  switch (form.kind) {
    case 'unknown':
      return form.term;
    case 'eof':
      return tuple(atom('eof'), form.anno);
    case 'error':
    case 'warning':
      return tuple(atom(form.kind), form.reason);
    case 'function':
      return functionForm.write(form);
    case 'attribute':
      return attribute(form.anno, form.name, form.value);
    case 'record_form':
      return attribute(form.anno, 'record', tuple(atom(form.name), fields.write(form.fields)));
    case 'native_record_form':
      return attribute(form.anno, 'native_record', tuple(atom(form.name), fields.write(form.fields)));
    case 'record_type_form': {
      const target = tuple(atom('record'), atom(form.name));
      return attribute(form.anno, 'type', tuple(target, fields.write(form.fields), list([])));
    }
    case 'type_form': {
      const parameters = list(form.parameters.map(type.write));
      return attribute(form.anno, form.attribute, tuple(atom(form.name), type.write(form.type), parameters));
    }
    case 'spec_form': {
      const module = form.module === undefined ? [] : [atom(form.module)];
      const target = tuple(...module, atom(form.name), form.arity);
      return attribute(form.anno, form.attribute, tuple(target, specTypes.write(form.types)));
    }
  }
}

function attribute(anno: Term, name: string, value: Term): Term {
  return tuple(atom('attribute'), anno, atom(name), value);
}

const functionForm = shape<model.FunctionForm>('function', {
  name: atomName,
  arity: { read: (term) => (typeof term === 'number' ? term : refuse('arity')), write: (arity) => arity },
  clauses,
});

function functionSegment(term: Term): string {
  const [, , name, arity] = isTuple(term) ? term.items : [];
  return `function ${isAtom(name) ? name.name : '?'}/${typeof arity === 'number' ? arity : '?'}`;
}

const atomNode: Codec<AtomNode> = sharedShapes.atom;

/** `{record_field, A, Name}`, `{record_field, A, Name, Default}`, or `{typed_record_field, Field, Type}` around either. */
const field: Codec<model.FieldNode> = {
  read: (term, depth) => {
    if (isTuple(term, 3) && isAtom(term.items[0], 'typed_record_field')) {
      const [, inner, innerType] = term.items as readonly [Term, Term, Term];
      return { ...field.read(inner, depth), type: type.read(innerType, depth) };
    }
    if (!isTuple(term) || !isAtom(term.items[0], 'record_field')) return refuse('field of a record');
    const [, anno, name, value] = term.items as readonly [Term, Term, Term, Term?];
    if (term.items.length < 3 || term.items.length > 4) return refuse('field of a record');
    const plain: model.FieldNode = { kind: 'field', anno, name: atomNode.read(name, depth) };
    return value === undefined ? plain : { ...plain, default: expression.read(value, depth) };
  },
  write: (node) => {
    const value = node.default === undefined ? [] : [expression.write(node.default)];
    const plain = tuple(atom('record_field'), node.anno, atomNode.write(node.name), ...value);
    return node.type === undefined ? plain : tuple(atom('typed_record_field'), plain, type.write(node.type));
  },
};

const fields = listOf(field, 'field');
const specTypes = listOf(specType, 'clause');

/** Reads an attribute; one whose value has not the shape that its name promises is kept as a term. */
function readAttribute(term: Term, name: string): model.Form {
  const [, anno, , value] = (isTuple(term, 4) ? term.items : refuse('attribute')) as readonly [Term, Term, Term, Term];
  const read = ATTRIBUTES.get(name);
  const plain: model.Form = { kind: 'attribute', anno, name, value };
  return read === undefined || !isTuple(value) ? plain : (read(anno, name, value.items) ?? plain);
}

/** Reads the value of an attribute, the elements of a tuple; undefined where they aren't of the known shape. */
type AttributeReader = (anno: Term, name: string, value: readonly Term[]) => model.Form | undefined;

const readRecord: AttributeReader = (anno, attributeName, value) => {
  const [name, content] = value;
  if (value.length !== 2 || !isAtom(name)) return undefined;
  const kind = attributeName === 'record' ? 'record_form' : 'native_record_form';
  return within(`record ${name.name}`, () => ({ kind, anno, name: name.name, fields: fields.read(content as Term, 0) }));
};

const readType: AttributeReader = (anno, attributeName, value) => {
  const [target, content, parameters] = value as readonly [Term, Term, Term];
  if (value.length !== 3) return undefined;
  if (isTuple(target, 2) && isAtom(target.items[0], 'record') && isAtom(target.items[1])) {
    const name = target.items[1].name;
    if (attributeName !== 'type' || properList(parameters)?.length !== 0) return undefined;
    return within(`record ${name}`, () => ({ kind: 'record_type_form', anno, name, fields: fields.read(content, 0) }));
  }
  if (!isAtom(target)) return undefined;
  return within(`type ${target.name}`, () => ({
    kind: 'type_form',
    anno,
    attribute: attributeName,
    name: target.name,
    type: type.read(content, 0),
    parameters: listOf(type, 'parameter').read(parameters, 0),
  }));
};

const readSpec: AttributeReader = (anno, attributeName, value) => {
  const [target, content] = value;
  if (value.length !== 2 || !isTuple(target)) return undefined;
  const [arity, name, module] = [...target.items].reverse();
  if (target.items.length > 3 || typeof arity !== 'number' || !isAtom(name)) return undefined;
  if (module !== undefined && !isAtom(module)) return undefined;
  return within(`${attributeName} ${name.name}/${arity}`, () => ({
    kind: 'spec_form',
    anno,
    attribute: attributeName,
    ...(module === undefined ? {} : { module: module.name }),
    name: name.name,
    arity,
    types: specTypes.read(content as Term, 0),
  }));
};

const ATTRIBUTES: ReadonlyMap<string, AttributeReader> = new Map([
  ['record', readRecord],
  ['native_record', readRecord],
  ['type', readType],
  ['opaque', readType],
  ['nominal', readType],
  ['spec', readSpec],
  ['callback', readSpec],
]);
