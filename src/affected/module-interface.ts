// What others can see of a module: the part of it that may break them when it changes. Each part is names with what is known of each as text,
// which is compared and not looked into.
//
//   exports      name/arity
//   macros       name/arity, of Elixir: exported as MACRO-name with an argument more
//   callbacks    name/arity: `optional`, or nothing
//   fields       of the struct of an Elixir module
//   deprecated   name/arity, `_` for any, as the category of -deprecated, or what Elixir's @deprecated says
//   specs        name/arity of what is exported: the spec; only debug info has it, and so it is with types
//   types        name/arity of what -export_type names: the type; nothing of an opaque one, which nobody may look into

import type { BeamModule } from '../beam/module.js';
import { normaliseInterface } from '../code/normal-form/normal-module.js';
import { ParseError } from '../errors.js';
import { formFromTerm } from '../forms/form-codec.js';
import { formatType, printForms } from '../forms/print.js';
import { attributeFacts, functionName } from '../graph/facts/attribute-facts.js';
import { callbackFacts } from '../graph/facts/callback-facts.js';
import { elixirDeprecations } from '../graph/facts/elixir-deprecated.js';
import { isAtom, isTuple, properList, type Term } from '../term/model.js';

/** The parts of an interface, in the order in which they are told. */
export const INTERFACE_PARTS = ['exports', 'macros', 'callbacks', 'fields', 'deprecated', 'specs', 'types'] as const;

/** A part of an interface. */
export type InterfacePart = (typeof INTERFACE_PARTS)[number];

/** What there is of a part by name; null where the file doesn't tell. */
export type PartEntries = ReadonlyMap<string, string> | null;

/** The interface of a module. */
export type ModuleInterface = Readonly<Record<InterfacePart, PartEntries>>;

const MACRO = 'MACRO-';

/** Reads the interface of a module; throws ParseError where it is damaged. */
export function readInterface(module: BeamModule): ModuleInterface {
  const names = normaliseInterface(module).exports;
  const exported = new Set(names);
  const macros = names.filter((name) => name.startsWith(MACRO)).map(macroName);
  const { callbacks = [], optionalCallbacks = [] } = callbackFacts(module);
  const optional = new Set(optionalCallbacks.map(named));
  const forms = declarations(module);
  return {
    exports: entries(names.filter((name) => !name.startsWith(MACRO))),
    macros: entries(macros),
    callbacks: new Map(callbacks.map(named).map((name) => [name, optional.has(name) ? 'optional' : ''])),
    fields: exported.has('__struct__/0') ? structFields(module) : new Map(),
    deprecated: deprecations(module),
    specs: forms === null ? null : specsOf(forms, exported),
    types: forms === null ? null : typesOf(forms),
  };
}

function entries(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, '']));
}

function named({ name, arity }: { readonly name: string; readonly arity: number }): string {
  return `${name}/${arity < 0 ? '_' : arity}`;
}

/** `MACRO-if/3` is `if/2` to those who write it. */
function macroName(name: string): string {
  const slash = name.lastIndexOf('/');
  return `${name.slice(MACRO.length, slash)}/${Number(name.slice(slash + 1)) - 1}`;
}

/** A struct that is written without values for its fields is a literal; it has all of them, as each struct has. */
function structFields(module: BeamModule): PartEntries {
  for (let at = 0; at < module.literals.count; at++) {
    const literal = module.literals.term(at);
    if (typeof literal !== 'object' || literal.kind !== 'map') continue;
    const isOwn = literal.pairs.some(([key, value]) => isAtom(key, '__struct__') && isAtom(value, module.name));
    if (isOwn) return entries(literal.pairs.flatMap(([key]) => (isAtom(key) && key.name !== '__struct__' ? [key.name] : [])));
  }
  return null;
}

/** Stripping a file takes its attributes away. */
function deprecations(module: BeamModule): PartEntries {
  if (module.chunk('Attr') === undefined) return null;
  const { deprecated } = attributeFacts(module.name, module.attributes);
  return new Map([
    ...deprecated.map((entry) => [named(entry), String(entry.category)] as const),
    ...elixirDeprecations(module).map((entry) => [named(entry).replace(MACRO, ''), entry.reason] as const),
  ]);
}

const DECLARATIONS: ReadonlySet<string> = new Set(['spec', 'type', 'opaque', 'nominal', 'export_type']);

/** Returns the forms that declare specs and types; null where there is no debug info that can be read. */
function declarations(module: BeamModule): readonly Term[] | null {
  try {
    const { debugInfo } = module;
    if (debugInfo.kind === 'abstract_code') return (properList(debugInfo.forms) ?? []).filter(isDeclaration);
    if (debugInfo.kind !== 'elixir' || !isTuple(debugInfo.metadata, 3)) return null;
    return properList(debugInfo.metadata.items[2])?.filter(isDeclaration) ?? null;
  } catch (error) {
    // Encrypted or damaged: all else is told without it.
    if (error instanceof ParseError) return null;
    throw error;
  }
}

function isDeclaration(form: Term): boolean {
  return isTuple(form, 4) && isAtom(form.items[0], 'attribute') && isAtom(form.items[2]) && DECLARATIONS.has(form.items[2].name);
}

function specsOf(forms: readonly Term[], exported: ReadonlySet<string>): PartEntries {
  const specs = forms.map(readForm).flatMap((form) => {
    if (form?.kind !== 'spec_form') return [];
    const name = named(form);
    return exported.has(name) ? [[name, printForms([form]).text] as const] : [];
  });
  return new Map(specs);
}

function typesOf(forms: readonly Term[]): PartEntries {
  const exported = new Set(forms.flatMap(exportedTypes));
  const types = forms.map(readForm).flatMap((form) => {
    if (form?.kind !== 'type_form') return [];
    const name = `${form.name}/${form.parameters.length}`;
    if (!exported.has(name)) return [];
    const parameters = form.parameters.map((parameter) => formatType(parameter)).join();
    return [
      [name, form.attribute === 'opaque' ? 'opaque' : `${form.attribute} (${parameters}) ${formatType(form.type)}`] as const,
    ];
  });
  return new Map(types);
}

function exportedTypes(form: Term): readonly string[] {
  if (!isTuple(form, 4) || !isAtom(form.items[2], 'export_type')) return [];
  return (properList(form.items[3]) ?? []).flatMap((entry) => {
    const name = functionName(entry);
    return name === undefined ? [] : [named(name)];
  });
}

/** What has another shape than it should tells nothing of the interface. */
function readForm(form: Term): ReturnType<typeof formFromTerm> | undefined {
  try {
    return formFromTerm(form);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** How a part differs; names are sorted. */
export interface PartChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Those that both have and that differ. */
  readonly changed: readonly string[];
}

/** How an interface differs: the parts that do; null for a part that isn't known of both builds. */
export interface InterfaceChange {
  readonly isChanged: boolean;
  readonly parts: Readonly<Record<InterfacePart, PartChange | null>>;
}

/** Compares two interfaces. */
export function compareInterface(old: ModuleInterface, now: ModuleInterface): InterfaceChange {
  const parts = Object.fromEntries(INTERFACE_PARTS.map((part) => [part, comparePart(old[part], now[part])]));
  const isChanged = Object.values(parts).some(
    (part) => part !== null && part.added.length + part.removed.length + part.changed.length > 0,
  );
  return { isChanged, parts: parts as InterfaceChange['parts'] };
}

function comparePart(old: PartEntries, now: PartEntries): PartChange | null {
  if (old === null || now === null) return null;
  return {
    added: [...now.keys()].filter((name) => !old.has(name)).sort(),
    removed: [...old.keys()].filter((name) => !now.has(name)).sort(),
    changed: [...now].flatMap(([name, value]) => (old.has(name) && old.get(name) !== value ? [name] : [])).sort(),
  };
}
