// What the validator says of a config, in one sentence. Where a value may be one thing or another, it has a fault for each: the deepest one
// is what was meant, and of several about one value the most telling counts.

import type { SchemaFault } from './config-validator.js';

const TELLING: readonly string[] = ['additionalProperties', 'discriminator', 'required'];

/** Returns the path of the part that is wrong, and why it is. */
export function describeFault(
  faults: readonly SchemaFault[],
  value: unknown,
): { readonly path: readonly string[]; readonly reason: string } {
  const pathOf = ({ instancePath }: SchemaFault) => instancePath.split('/').slice(1).map(unescaped);
  const deepest = Math.max(...faults.map((fault) => pathOf(fault).length));
  const about = faults.filter((fault) => pathOf(fault).length === deepest);
  const path = pathOf(about[0] as SchemaFault);
  const telling = about.find(({ keyword }) => TELLING.includes(keyword));
  return telling === undefined ? { path, reason: alternatives(about) } : tellingReason(telling, path, valueAt(value, path));
}

/** As JSON pointers have it: RFC 6901. */
function unescaped(part: string): string {
  return decodeURIComponent(part.replace(/%(?![\da-f]{2})/gi, '%25'))
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], value);
}

function tellingReason(
  { keyword, params }: SchemaFault,
  path: readonly string[],
  value: unknown,
): { readonly path: readonly string[]; readonly reason: string } {
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty);
    const { kind } = value as { readonly kind?: unknown };
    const owner = path[0] === 'rules' && path.length === 2 && typeof kind === 'string' ? `a rule of kind ${kind}` : 'it';
    return { path: [...path, name], reason: `${owner} has no such field` };
  }
  if (keyword === 'required') return { path, reason: `the field '${String(params.missingProperty)}' is missing` };
  return { path: [...path, 'kind'], reason: `there is no such kind of rule: ${JSON.stringify(params.tagValue)}` };
}

/** What the value may be, by all that it isn't. */
function alternatives(faults: readonly SchemaFault[]): string {
  const phrases = faults.flatMap(({ keyword, params, message = '' }) => {
    switch (keyword) {
      case 'anyOf':
      case 'oneOf':
      case 'propertyNames':
        return [];
      case 'enum':
        return [(params.allowedValues as readonly unknown[]).map((one) => JSON.stringify(one)).join(', ')];
      case 'const':
        return [JSON.stringify(params.allowedValue)];
      case 'type':
        return [`${params.type === 'array' ? 'a list' : `${/^[aeiou]/.test(String(params.type)) ? 'an' : 'a'} ${params.type}`}`];
      default:
        return [message.replace(/^must /, 'to ').replace('to NOT', 'not to')];
    }
  });
  return phrases.length === 0 ? 'not what the schema has there' : `expected ${[...new Set(phrases)].join(', or ')}`;
}
