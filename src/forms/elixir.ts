// What the debug info of an Elixir module tells. It holds Elixir's own expanded definitions, no Erlang forms and no source, so what can be
// said are names, clauses with their heads, and the struct.
//   {elixir_v1, #{module => M, file => F, relative_file => F, definitions => [..], struct => [..] | nil, ...}, Specs}
//   definition    {{Name, Arity}, def | defp | defmacro | defmacrop, Meta, [{Meta, Args, Guards, Body}]}
//   struct        [#{field => Name, default => Value, required => Boolean}]; no `required` since Elixir 1.18, and again in 1.20
// Defined by lib/elixir/src/elixir_erl.erl of Elixir; the keys were seen in 1.14, 1.18 and 1.20.

import { decodeUtf8 } from '../bytes/text.js';
import { ParseError } from '../errors.js';
import { isAtom, isBinary, isTuple, properList, type Term } from '../term/model.js';
import { elixirAtom, elixirExpression, elixirValue, isElixirIdentifier } from './elixir-text.js';

/** A module that Elixir compiled. */
export interface ElixirModule {
  /** The module's atom: `Elixir.Range`. */
  readonly name: string;
  /** The source file as the compiler was given it; relative where that is known. */
  readonly file: string | undefined;
  /** The fields of its struct; undefined for a module without one. */
  readonly struct: readonly ElixirField[] | undefined;
  /** In the order of the source. */
  readonly definitions: readonly ElixirDefinition[];
}

/** A field of a struct. */
export interface ElixirField {
  readonly name: string;
  /** As Elixir text. */
  readonly default: string;
  /** Named in `@enforce_keys`; undefined where the debug info doesn't say. */
  readonly required: boolean | undefined;
}

/** A function or macro. */
export interface ElixirDefinition {
  readonly kind: 'def' | 'defp' | 'defmacro' | 'defmacrop';
  readonly name: string;
  readonly arity: number;
  readonly line: number | undefined;
  readonly clauses: readonly ElixirClause[];
}

/** The head of a clause, as Elixir text; `...` stands for what is too deep to be told in a line. */
export interface ElixirClause {
  readonly args: readonly string[];
  /** Alternatives: `when A when B`. */
  readonly guards: readonly string[];
  readonly line: number | undefined;
}

/** Reads Elixir's `{elixir_v1, Map, Specs}`; throws ParseError with space `term`. */
export function describeElixir(metadata: Term): ElixirModule {
  const map = isTuple(metadata, 3) && isAtom(metadata.items[0], 'elixir_v1') ? metadata.items[1] : undefined;
  const name = entryOf(map, 'module');
  if (!isAtom(name)) return refuse("debug info of Elixir's shape");
  const definitions = (properList(entryOf(map, 'definitions')) ?? refuse('list of definitions')).map(readDefinition);
  return {
    name: name.name,
    file: textOf(entryOf(map, 'relative_file')) ?? textOf(entryOf(map, 'file')),
    struct: properList(entryOf(map, 'struct'))?.map(readField),
    definitions: definitions.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || compareNames(a, b)),
  };
}

function compareNames(a: ElixirDefinition, b: ElixirDefinition): number {
  return a.name === b.name ? a.arity - b.arity : a.name < b.name ? -1 : 1;
}

function refuse(expected: string): never {
  throw new ParseError({ code: 'malformed', reason: `no ${expected} where one must be`, space: 'term' });
}

function entryOf(map: Term | undefined, key: string): Term | undefined {
  if (typeof map !== 'object' || map.kind !== 'map') return undefined;
  return map.pairs.find(([name]) => isAtom(name, key))?.[1];
}

function textOf(term: Term | undefined): string | undefined {
  return isBinary(term) ? decodeUtf8(term.bytes) : undefined;
}

function readField(term: Term): ElixirField {
  const name = entryOf(term, 'field');
  const value = entryOf(term, 'default');
  const required = entryOf(term, 'required');
  if (!isAtom(name) || value === undefined) return refuse('field of a struct');
  return { name: name.name, default: elixirValue(value), required: isAtom(required) ? required.name === 'true' : undefined };
}

const KINDS: ReadonlySet<string> = new Set(['def', 'defp', 'defmacro', 'defmacrop']);

function readDefinition(term: Term): ElixirDefinition {
  const [target, kind, meta, clauses] = isTuple(term, 4) ? term.items : [];
  const [name, arity] = isTuple(target, 2) ? target.items : [];
  if (!isAtom(kind) || !KINDS.has(kind.name) || !isAtom(name) || typeof arity !== 'number') return refuse('definition');
  return {
    kind: kind.name as ElixirDefinition['kind'],
    name: name.name,
    arity,
    line: lineOf(meta),
    clauses: (properList(clauses) ?? refuse('list of clauses')).map(readClause),
  };
}

function readClause(term: Term): ElixirClause {
  const [meta, args, guards] = isTuple(term, 4) ? term.items : [];
  const textsOf = (list: Term | undefined): readonly string[] =>
    (properList(list) ?? refuse('clause')).map((item) => elixirExpression(item));
  return { args: textsOf(args), guards: textsOf(guards), line: lineOf(meta) };
}

function lineOf(meta: Term | undefined): number | undefined {
  for (const pair of properList(meta) ?? []) {
    if (isTuple(pair, 2) && isAtom(pair.items[0], 'line') && typeof pair.items[1] === 'number') return pair.items[1];
  }
  return undefined;
}

/** Returns what is known as Elixir text: the struct, and the head of each clause. */
export function renderElixir(module: ElixirModule): string {
  const blocks = [structLines(module), ...module.definitions.map(definitionLines)].filter((lines) => lines.length > 0);
  const body = blocks.map((lines) => lines.map((line) => `  ${line}\n`).join('')).join('\n');
  return [
    '# Compiled by Elixir: the source is not in the beam. What its debug info tells are the heads of the clauses.\n',
    module.file === undefined ? '' : `# The source is ${module.file.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}\n`,
    `\ndefmodule ${elixirAtom(module.name)} do\n`,
    body,
    'end\n',
  ].join('');
}

function structLines({ struct }: ElixirModule): readonly string[] {
  if (struct === undefined) return [];
  const required = struct.filter((field) => field.required).map(({ name }) => elixirAtom(name));
  const fields = struct.map((field) => `${elixirAtom(field.name).slice(1)}: ${field.default}`);
  return [...(required.length === 0 ? [] : [`@enforce_keys [${required.join(', ')}]`]), `defstruct ${fields.join(', ')}`];
}

function definitionLines({ kind, name, arity, line, clauses }: ElixirDefinition): readonly string[] {
  const place = line === undefined ? '' : `, line ${line}`;
  return [`# ${name.replace(/\p{C}/gu, '?')}/${arity}${place}`, ...clauses.map((clause) => `${kind} ${headText(name, clause)}`)];
}

function headText(name: string, { args, guards }: ElixirClause): string {
  const [left, right] = args;
  const isOperator = args.length === 2 && /^[+\-*/<>=!|&^~.@]+$/.test(name);
  const callee = isElixirIdentifier(name) ? name : `unquote(${elixirAtom(name)})`;
  const head = isOperator ? `${left} ${name} ${right}` : `${callee}(${args.join(', ')})`;
  return [head, ...guards].join(' when ');
}
