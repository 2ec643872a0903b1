// An `.appup.src`: a template whose text is Erlang, terms and matches, of which the last value is the appup.
//
//   {"{{vsn}}", [{{#previous}}{"{{previous_vsn}}", [{load_module, shop}]}{{^last}},{{/last}}{{/previous}}], []}.
//
// Defined by rebar3_appup_plugin, `appup compile`.

import { ParseError } from '../../errors.js';
import { decodeSource } from '../../term/parse-source.js';
import { evaluateTerms } from './evaluate-terms.js';
import type { Appup } from './model.js';
import { appupFromTerm } from './read-appup.js';
import { type RenderedTemplate, renderTemplate, type TemplateValue, type TemplateView } from './render-template.js';

/** An `.appup.src` and what its names stand for. */
export interface AppupSource {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** `{{app}}` and `{{vsn}}`. */
  readonly application: string;
  readonly vsn: string;
  /** `{{#previous}}`, in which `{{previous_vsn}}` is each in turn; outside it is the first. */
  readonly previous: readonly string[];
  /** Names of the user's; they go before ours. */
  readonly variables: ReadonlyMap<string, string>;
}

/** An appup, and names of the template that stand for nothing. */
export interface CompiledAppup {
  readonly appup: Appup;
  readonly unknown: RenderedTemplate['unknown'];
}

/** Compiles an `.appup.src`; throws ParseError with line and column in it. */
export function compileAppup(source: AppupSource): CompiledAppup {
  const { file, bytes } = source;
  const rendered = renderTemplate(decodeSource(bytes, { file }), viewOf(source), file);
  try {
    return { appup: appupFromTerm(evaluateTerms(rendered.text, { file })), unknown: rendered.unknown };
  } catch (error) {
    throw error instanceof ParseError ? inTemplate(error, rendered, file) : error;
  }
}

function viewOf({ application, vsn, previous, variables }: AppupSource): TemplateView {
  const items = previous.map((one, at) => ({
    text: one,
    names: new Map<string, string | boolean>([
      ['previous_vsn', one],
      ['first', at === 0],
      ['last', at === previous.length - 1],
    ]),
  }));
  return new Map<string, TemplateValue>([
    ['app', application],
    ['vsn', vsn],
    ['previous', items],
    ['previous_vsn', previous[0] ?? ''],
    ...variables,
  ]);
}

/** Returns the fault with its place in the template, where it has one. */
function inTemplate(fault: ParseError, { placeOf }: RenderedTemplate, file: string): ParseError {
  if (fault.offset === undefined || fault.line === undefined) return fault.inFile(file);
  const { code, reason, space, path } = fault;
  return new ParseError({ code, reason, space, path, file, ...placeOf(fault.offset) });
}
