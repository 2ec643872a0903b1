// What one beam says of its process's state: the attributes from `Attr`, records and types from the abstract code, or native records of a
// stripped beam from `Recs`. Functions are decoded when a default needs one. Most modules declare no state, so whether there is anything to do is read from `Attr` alone.

import type { BeamModule } from '../beam/module.js';
import { type NativeRecordDefinition, readNativeRecords } from '../code/native-records.js';
import { ParseError, UsageError } from '../errors.js';
import { GENERATED, termNode } from '../forms/build.js';
import { formFromTerm } from '../forms/form-codec.js';
import type { Form, FunctionForm, TypeForm } from '../forms/form-model.js';
import { type RecordDefinition, recordsOf } from '../forms/records.js';
import { isAtom, isTuple, properList, type Term } from '../term/model.js';
import { type OpenForms, openForms } from './inject/open-forms.js';
import type { Refusal, StateDescription } from './model.js';
import { type FoundForms, findForms } from './read-forms.js';
import { refusal } from './refusal.js';
import { readConversions, readRenames } from './state-attributes.js';
import { normaliseVsn } from './vsn.js';

/** Tells whether the module has a `-state_record`, without reading more than its attributes. Throws ParseError. */
export function declaresState(module: BeamModule): boolean {
  return module.attribute('state_record').length > 0;
}

/** Describes the state of a module, or says why that can't be done. Throws ParseError for a faulty file. */
export function describeState(module: BeamModule, file: string): StateDescription | Refusal {
  const about = { module: module.name, file };
  if (module.chunk('Attr') === undefined) return refusal(about, 'no_attributes', NO_ATTRIBUTES);
  const opened = openErlangForms(module);
  if (opened === 'elixir') return refusal(about, 'elixir', 'an Elixir module: its state is no Erlang record');
  if (opened === 'encrypted') return refusal(about, 'encrypted', 'encrypted debug info, and no key for it');
  if (opened !== undefined) {
    const { attributes, functionTerm } = findForms(module, opened, DECLARATIONS);
    const declarations = module.located('abstract code', () => declarationsOf(attributes.map(formFromTerm)));
    return {
      ...described(module, about),
      source: 'abstract_code',
      functionForm: functionReader(module, functionTerm),
      ...declarations,
    };
  }
  const native = readNativeRecords(module);
  if (native.length === 0) return refusal(about, 'no_debug_info', NO_DEBUG_INFO);
  return {
    ...described(module, about),
    source: 'Recs',
    functionForm: () => undefined,
    ...module.located('Recs', () => nativeDeclarations(native)),
  };
}

type FromAttributes = Omit<StateDescription, keyof Declared | 'source' | 'functionForm'>;

function described(module: BeamModule, about: { readonly module: string; readonly file: string }): FromAttributes {
  return {
    kind: 'state',
    ...about,
    vsn: normaliseVsn(module.attributes.find(({ name }) => name === 'vsn')?.values),
    md5: module.md5,
    stateRecords: atomNames(module.attribute('state_record')),
    behaviours: atomNames([...module.attribute('behaviour'), ...module.attribute('behavior')]),
    exports: new Set(module.exports.map(({ name, arity }) => `${name}/${arity}`)),
    renames: readRenames(module.attribute('state_rename')),
    conversions: readConversions(module.attribute('state_convert')),
  };
}

/** Native records are described in `Recs` too, without types; their defaults are constants. */
function nativeDeclarations(records: readonly NativeRecordDefinition[]): Declared {
  const definitions = records.map(({ name, fields }): RecordDefinition => {
    const described = fields.map((field) => {
      return { name: field.name, ...(field.default === undefined ? {} : { default: termNode(field.default) }) };
    });
    return { name, native: true, anno: GENERATED, fields: described };
  });
  return {
    records: new Map(definitions.map((record) => [record.name, record])),
    types: new Map(),
    imports: new Map(),
    exportedRecords: new Set(records.flatMap(({ name, exported }) => (exported ? [name] : []))),
  };
}

/** Why a build without debug info can't be described. */
export const NO_DEBUG_INFO =
  'no debug info, so nothing tells of its records: compile it with debug_info, name the unstripped build by --debug-info, or take a ' +
  'snapshot of such a build by beamtool records --snapshot';

const NO_ATTRIBUTES = "no Attr chunk (beam_lib:strip drops it): release_handler's own check crashes on such a module";

/** Opens what Erlang's compiler left; undefined where there is no debug info, or that of an unknown compiler. */
function openErlangForms(module: BeamModule): OpenForms | 'elixir' | 'encrypted' | undefined {
  try {
    return openForms(module);
  } catch (error) {
    if (error instanceof ParseError && error.code === 'encrypted') return 'encrypted';
    if (!(error instanceof UsageError)) throw error;
    return module.debugInfo.kind === 'elixir' ? 'elixir' : undefined;
  }
}

/** Returns the names in the values of an attribute; `-name([a, b])` is the same as `-name(a). -name(b).`. */
function atomNames(values: readonly Term[]): readonly string[] {
  return [...new Set(values.flatMap((value) => (isAtom(value) ? [value.name] : [])))];
}

/** The attributes of the abstract code that tell of records; all others stay terms. */
const DECLARATIONS: ReadonlySet<string> = new Set([
  ...['record', 'native_record', 'type', 'opaque', 'nominal'],
  ...['import', 'export_record'],
]);

type Declared = Pick<StateDescription, 'records' | 'types' | 'imports' | 'exportedRecords'>;

/** Returns what these forms, attributes among others, declare. */
export function declarationsOf(forms: readonly Form[]): Declared {
  const types = forms.filter((form): form is TypeForm => form.kind === 'type_form');
  return {
    records: new Map(recordsOf(forms).map((record) => [record.name, record])),
    types: new Map(types.map((form) => [`${form.name}/${form.parameters.length}`, form])),
    imports: new Map(forms.flatMap(importedFunctions)),
    exportedRecords: new Set(forms.flatMap(exportedRecordNames)),
  };
}

/** `-import(module, [name/arity]).` */
function importedFunctions(form: Form): readonly (readonly [string, string])[] {
  if (form.kind !== 'attribute' || form.name !== 'import' || !isTuple(form.value, 2)) return [];
  const [module, functions] = form.value.items;
  if (!isAtom(module)) return [];
  return (properList(functions) ?? []).flatMap((item) => {
    const [name, arity] = isTuple(item, 2) ? item.items : [];
    return isAtom(name) && typeof arity === 'number' ? [[`${name.name}/${arity}`, module.name] as const] : [];
  });
}

function exportedRecordNames(form: Form): readonly string[] {
  return form.kind === 'attribute' && form.name === 'export_record' ? atomNames(properList(form.value) ?? []) : [];
}

/** Returns a function that decodes functions. */
function functionReader(module: BeamModule, functionTerm: FoundForms['functionTerm']): StateDescription['functionForm'] {
  return (name, arity) => {
    const form = functionTerm(name, arity);
    return form === undefined ? undefined : (module.located('abstract code', () => formFromTerm(form)) as FunctionForm);
  };
}
