// The forms of a module that tell of its state, decoded one by one from the encoded list: in most modules functions are nearly all of it, and
// few of them are ever asked for.

import type { BeamModule } from '../beam/module.js';
import { FormCursor } from '../graph/facts/abstract/form-cursor.js';
import type { Term } from '../term/model.js';
import type { OpenForms } from './inject/open-forms.js';

/** Where the forms of interest lie. */
export interface FoundForms {
  /** The attributes of the names that were asked for, in their order. */
  readonly attributes: readonly Term[];
  /** Returns a function's form, undefined where there is none. Throws ParseError. */
  readonly functionTerm: (name: string, arity: number) => Term | undefined;
}

/** Finds the attributes of these names, and where each function is; throws ParseError. */
export function findForms(module: BeamModule, { id, body, start }: OpenForms, names: ReadonlySet<string>): FoundForms {
  const cursor = new FormCursor(body.plain, body.origin, start);
  const attributes: Term[] = [];
  const functions = new Map<string, number>();
  return module.located(id, () => {
    for (let left = cursor.enterList(); left > 0; left--) {
      const at = cursor.pos;
      const found = readHead(cursor);
      if (found?.kind === 'attribute' && names.has(found.name)) attributes.push(cursor.termAt(at));
      else if (found?.kind === 'function') functions.set(`${found.name}/${found.arity}`, at);
      cursor.pos = at;
      cursor.skip();
    }
    return {
      attributes,
      functionTerm: (name, arity) => {
        const at = functions.get(`${name}/${arity}`);
        return at === undefined ? undefined : module.located(id, () => cursor.termAt(at));
      },
    };
  });
}

type Head = { readonly kind: 'attribute'; readonly name: string } | FunctionHead;

interface FunctionHead {
  readonly kind: 'function';
  readonly name: string;
  readonly arity: number;
}

/** Reads `{attribute, Anno, Name, _}` or `{function, Anno, Name, Arity, _}` up to what matters; undefined for any other form. */
function readHead(cursor: FormCursor): Head | undefined {
  const size = cursor.enterTuple();
  const kind = size === 4 || size === 5 ? cursor.atom() : undefined;
  if (!(kind === 'attribute' && size === 4) && !(kind === 'function' && size === 5)) return undefined;
  cursor.skip();
  const name = cursor.atom();
  if (name === undefined) return undefined;
  if (kind === 'attribute') return { kind, name };
  const arity = cursor.integer();
  return arity === undefined ? undefined : { kind: 'function', name, arity };
}
