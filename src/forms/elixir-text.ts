// Elixir's quoted expressions and values as Elixir text, as far as the heads of functions need them. What is deeper or stranger is `...`.
//   literal         number, atom, binary, list, pair                      variable   {name, Meta, Context}
//   {tag, Meta, Args}   {:{}, ..} tuple, {:%{}, ..} map, {:%, ..} struct, {:<<>>, ..} binary, {:=, ..}, {:|, ..}, or a local call
//   {{:., _, [Module, name]}, Meta, Args}   remote call; those of :erlang are how operators and guards come out of the compiler
// Defined by https://hexdocs.pm/elixir/syntax-reference.html, "The Elixir AST".

import { decodeUtf8 } from '../bytes/text.js';
import { formatFloat } from '../term/format-token.js';
import { type Bitstring, isAtom, isTuple, properList, type Term } from '../term/model.js';

/** Levels of quoted expressions that are written; a head that nests deeper is hardly simple. */
const MAX_LEVELS = 40;
const ELIDED = '...';

/** Binary operators of :erlang, by Elixir's name and precedence. */
const OPERATORS: ReadonlyMap<string, readonly [name: string, level: number]> = new Map([
  ['orelse', ['or', 1]],
  ['andalso', ['and', 2]],
  ['==', ['==', 3]],
  ['/=', ['!=', 3]],
  ['=:=', ['===', 3]],
  ['=/=', ['!==', 3]],
  ['<', ['<', 4]],
  ['>', ['>', 4]],
  ['=<', ['<=', 4]],
  ['>=', ['>=', 4]],
  ['+', ['+', 5]],
  ['-', ['-', 5]],
  ['*', ['*', 6]],
  ['/', ['/', 6]],
]);

/** Functions of :erlang that Elixir's Kernel has by the same name. */
const KERNEL = /^(is_\w+|abs|binary_part|bit_size|byte_size|div|hd|length|map_size|node|rem|round|self|tl|trunc|tuple_size)$/;

const IDENTIFIER = /^[\p{Ll}\p{Lo}_][\p{L}\p{N}_]*[?!]?$/u;
const PLAIN_ATOM = /^[\p{L}_][\p{L}\p{N}_@]*[?!]?$/u;
const ALIAS = /^Elixir(\.[A-Z]\w*)*$/;

/** Operators, and the names of quoted expressions that look like them: plain as atoms. */
const SYMBOLS: ReadonlySet<string> = new Set(
  (
    '+ - * / ** ++ -- +++ --- == != === !== < > <= >= =~ = ! && || &&& ||| <<< >>> <~ ~> <~> <<~ ~>> |> | <> & @ ^ . .. ... ..// ' +
    '<- -> \\\\ % %{} {} <<>>'
  ).split(' '),
);

/** Tells whether a function of that name is written as it is. */
export function isElixirIdentifier(name: string): boolean {
  return IDENTIFIER.test(name);
}

/** Returns the atom: `Range`, `:ok`, `nil`, `:"two words"`. */
export function elixirAtom(name: string): string {
  if (name === 'nil' || name === 'true' || name === 'false') return name;
  if (ALIAS.test(name)) return name === 'Elixir' ? name : name.slice('Elixir.'.length);
  return PLAIN_ATOM.test(name) || SYMBOLS.has(name) ? `:${name}` : `:${quoted(name)}`;
}

/** Returns a quoted expression. */
export function elixirExpression(term: Term, levels: number = MAX_LEVELS): string {
  return expression(term, levels, 0);
}

/** Returns a value, such as the default of a struct's field. */
export function elixirValue(term: Term, levels: number = MAX_LEVELS): string {
  if (levels === 0) return ELIDED;
  const value = (item: Term): string => elixirValue(item, levels - 1);
  if (isTuple(term)) return `{${term.items.map(value).join(', ')}}`;
  if (typeof term === 'object' && term.kind === 'map') return mapText(term.pairs, value);
  return literal(term, value);
}

function literal(term: Term, item: (term: Term) => string): string {
  if (typeof term !== 'object') return String(term);
  switch (term.kind) {
    case 'atom':
      return elixirAtom(term.name);
    case 'float':
      return formatFloat(term.value);
    case 'bitstring': {
      const text = term.bits === 8 ? decodeUtf8(term.bytes) : undefined;
      return text === undefined ? bitsText(term) : quoted(text);
    }
    case 'export':
      return `&${elixirAtom(term.module.name)}.${isElixirIdentifier(term.name.name) ? term.name.name : quoted(term.name.name)}/${term.arity}`;
    case 'nil':
    case 'list': {
      const items = properList(term);
      if (items !== undefined) return `[${(keywords(items, item) ?? items.map(item)).join(', ')}]`;
      return term.kind === 'list' ? `[${term.items.map(item).join(', ')} | ${item(term.tail)}]` : ELIDED;
    }
    default:
      return ELIDED;
  }
}

/** Returns `key: value` for each pair, and undefined where not all are pairs with an atom first. */
function keywords(items: readonly Term[], item: (term: Term) => string): readonly string[] | undefined {
  const texts: string[] = [];
  for (const pair of items) {
    if (!isTuple(pair, 2) || !isAtom(pair.items[0])) return undefined;
    texts.push(keyword(pair.items[0].name, item(pair.items[1] as Term)));
  }
  return texts;
}

function keyword(name: string, value: string): string {
  return `${PLAIN_ATOM.test(name) ? name : quoted(name)}: ${value}`;
}

function mapText(pairs: readonly (readonly [Term, Term])[], item: (term: Term) => string): string {
  const struct = pairs.find(([key]) => isAtom(key, '__struct__'))?.[1];
  const name = isAtom(struct) ? elixirAtom(struct.name) : '';
  const fields = pairs.filter(([key]) => name === '' || !isAtom(key, '__struct__'));
  const areKeywords = fields.every(([key]) => isAtom(key));
  const texts = fields.map(([key, value]) =>
    areKeywords && isAtom(key) ? keyword(key.name, item(value)) : `${item(key)} => ${item(value)}`,
  );
  return `%${name}{${texts.join(', ')}}`;
}

/** `level` is that of the operator around: one that binds looser gets parentheses. */
function expression(term: Term, levels: number, level: number): string {
  if (levels === 0) return ELIDED;
  const inner = (item: Term): string => expression(item, levels - 1, 0);
  if (isTuple(term, 2)) return `{${term.items.map(inner).join(', ')}}`;
  if (!isTuple(term, 3)) return literal(term, inner);
  const [tag, , context] = term.items as readonly [Term, Term, Term];
  if (isAtom(context)) return isAtom(tag) ? tag.name : ELIDED;
  const args = properList(context) ?? [];
  if (isAtom(tag)) return special(tag.name, args, inner);
  return remoteCall(tag, args, levels, level);
}

/** Dispatches on the name of a form without module. */
function special(name: string, args: readonly Term[], inner: (term: Term) => string): string {
  const texts = (): readonly string[] => args.map(inner);
  switch (name) {
    case '{}':
      return `{${texts().join(', ')}}`;
    case '%{}': {
      const pairs = args.map((pair) => (isTuple(pair, 2) ? (pair.items as readonly [Term, Term]) : undefined));
      return pairs.includes(undefined) ? ELIDED : mapText(pairs as readonly (readonly [Term, Term])[], inner);
    }
    case '%': {
      const [struct, fields] = texts();
      return fields?.startsWith('%{') === true ? `%${struct}${fields.slice(1)}` : ELIDED;
    }
    case '<<>>':
      // Three < together would be an operator.
      return `<<${texts()
        .map((text) => text.replace(/^(<<.*?>>)(::|$)/, '($1)$2'))
        .join(', ')}>>`;
    case '=':
    case '|':
      return texts().join(` ${name} `);
    case '::':
      return texts().join('::');
    case '-':
      return texts().join('-');
    case '*':
      return texts().join('*');
    default:
      if (!isElixirIdentifier(name)) return ELIDED;
      return args.length === 0 ? name : `${name}(${texts().join(', ')})`;
  }
}

function remoteCall(callee: Term, args: readonly Term[], levels: number, level: number): string {
  const [dot, , target] = isTuple(callee, 3) ? callee.items : [];
  const [module, name] = properList(target) ?? [];
  if (!isAtom(dot, '.') || module === undefined || !isAtom(name)) return ELIDED;
  const inner = (item: Term): string => expression(item, levels - 1, 0);
  if (!isAtom(module, 'erlang')) {
    const call = `${inner(module)}.${isElixirIdentifier(name.name) ? name.name : quoted(name.name)}`;
    return args.length === 0 && !isAtom(module) ? call : `${call}(${args.map(inner).join(', ')})`;
  }
  const operator = args.length === 2 ? OPERATORS.get(name.name) : undefined;
  if (operator !== undefined) {
    const [text, own] = operator;
    const [left, right] = args as readonly [Term, Term];
    const joined = `${expression(left, levels - 1, own)} ${text} ${expression(right, levels - 1, own + 1)}`;
    return own < level ? `(${joined})` : joined;
  }
  if (name.name === 'not' && args.length === 1) return `not ${expression(args[0] as Term, levels - 1, 9)}`;
  if (name.name === '-' && args.length === 1) return `-${expression(args[0] as Term, levels - 1, 9)}`;
  return `${KERNEL.test(name.name) ? '' : ':erlang.'}${name.name}(${args.map(inner).join(', ')})`;
}

function quoted(text: string): string {
  const escaped = text.replace(/["\\#]|[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '#') return text.includes('#{') ? '\\#' : '#';
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character === '\n') return '\\n';
    return `\\u{${(character.codePointAt(0) as number).toString(16).toUpperCase()}}`;
  });
  return `"${escaped}"`;
}

/** A bitstring that is no text. */
function bitsText({ bytes, bits }: Bitstring): string {
  const texts = Array.from(bytes, (byte, at) => {
    return bits < 8 && at === bytes.length - 1 ? `${byte >> (8 - bits)}::size(${bits})` : String(byte);
  });
  return `<<${texts.join(', ')}>>`;
}
