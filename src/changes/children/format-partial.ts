// Terms of which parts aren't known as text: `{shop_stock, start_link, [_]}`.

import { formatTerm } from '../../term/format.js';
import { formatAtom } from '../../term/format-token.js';
import { compareTermsExactly } from '../../term/order.js';
import type { Closure, PartialTerm, Splice, Unknown } from './partial-term.js';
import { isKnownTerm, isNil } from './values.js';

/** Formats a term on one line, with `_` for what isn't known. */
export function formatPartial(value: PartialTerm): string {
  const fun = ({ module, name, arity }: Closure): string => `fun ${formatAtom(module)}:${formatAtom(name)}/${arity}`;
  return format(value, { unknown: () => '_', fun, splice: () => '_' }) ?? '_';
}

/**
 * Returns a text that two builds have only for what is the same in both, whatever is known of it: what isn't stands by where it comes from.
 * null where that isn't known either, or there is a fun in it, whose code may differ.
 */
export function originOf(value: PartialTerm): string | null {
  const unknown = ({ origin }: Unknown): string | null => (origin === null ? null : `<${origin}>`);
  const splice: Parts['splice'] = ({ why, alternatives }, list) => joined([unknown(why), ...alternatives.map(list)]);
  return format(value, { unknown, fun: () => null, splice });
}

interface Parts {
  readonly unknown: (value: Unknown) => string | null;
  readonly fun: (value: Closure) => string | null;
  readonly splice: (value: Splice, list: (items: readonly PartialTerm[]) => string | null) => string | null;
}

function format(value: PartialTerm, parts: Parts): string | null {
  if (isKnownTerm(value)) return formatTerm(value);
  if (typeof value !== 'object') return String(value);
  const all = (items: readonly PartialTerm[]): string | null => joined(items.map((item) => format(item, parts)));
  switch (value.kind) {
    case 'unknown':
      return parts.unknown(value);
    case 'closure':
      return parts.fun(value);
    case 'tuple':
      return around('{', all(value.items), '}');
    case 'list': {
      const tail = isNil(value.tail) ? '' : around('|', format(value.tail, parts), '');
      return tail === null ? null : around('[', all(value.items), `${tail}]`);
    }
    case 'splice':
      return parts.splice(value, (items) => around('[', all(items), ']'));
    case 'map': {
      const pairs = [...value.pairs].sort(([left], [right]) => compareTermsExactly(left, right));
      return around('#{', joined(pairs.map(([key, item]) => around(`${formatTerm(key)} => `, format(item, parts), ''))), '}');
    }
    default:
      return formatTerm(value);
  }
}

function joined(texts: readonly (string | null)[]): string | null {
  return texts.includes(null) ? null : texts.join(',');
}

function around(before: string, text: string | null, after: string): string | null {
  return text === null ? null : `${before}${text}${after}`;
}

/** Tells whether two terms are surely the same, be they of two builds. */
export function hasSameOrigin(left: PartialTerm, right: PartialTerm): boolean {
  const origin = originOf(left);
  return origin !== null && origin === originOf(right);
}
