// A module's forms as Erlang source, which parses back to the same forms but for annotations. Debug info can hold what no source says:
// transforms make such nodes. These places are told in comments above their form and in the result, never passed over.

import { asParseError } from '../errors.js';
import { type Anno, type Location, locationOf } from './anno.js';
import type { Expression } from './expression-model.js';
import { formToTerm } from './form-codec.js';
import type { AttributeForm, Form } from './form-model.js';
import { concat, type Doc, render } from './layout.js';
import { LEVEL, TYPE_LEVEL } from './precedence.js';
import type { ExpressionPrinter } from './print-context.js';
import { expressionPrinter, type PrinterOptions } from './print-expression.js';
import { formDoc } from './print-form.js';
import { termDoc } from './print-term.js';
import { typeDoc } from './print-type.js';
import type { Type } from './type-model.js';
import { walk } from './walk.js';

/** A place where the source doesn't say all that the forms do. */
export interface Gap {
  /** The form: `function f/2`, `attribute spec`. */
  readonly form: string;
  /** Where it stands in the original source, if the annotation tells. */
  readonly location?: Location;
  /** What can't be said, as a noun phrase. */
  readonly reason: string;
}

/** Forms as text. */
export interface PrintedForms {
  /** Ends with a new line. */
  readonly text: string;
  readonly gaps: readonly Gap[];
  /** Features of the language that the text uses and that are off by default in OTP 25 and 26: `maybe_expr`. */
  readonly features: readonly string[];
}

/** How to print. */
export interface PrintOptions {
  /** Columns that a line should not exceed; 100 by default. */
  readonly columns?: number;
}

const DEFAULT_COLUMNS = 100;
/** Gaps of one form that its comment lists. */
const LISTED_GAPS = 5;

/** Prints forms as Erlang source, one after the other. Throws ParseError `limit` for forms that are nested too deeply to be printed. */
export function printForms(forms: readonly Form[], options: PrintOptions = {}): PrintedForms {
  const columns = options.columns ?? DEFAULT_COLUMNS;
  const gaps: Gap[] = [];
  const features = new Set<string>();
  const pieces: string[] = [];
  let previous: Form | undefined;
  for (const form of forms) {
    if (form.kind === 'eof') continue;
    const printed = printForm(form, columns, (name) => features.add(name));
    gaps.push(...printed.gaps);
    if (previous !== undefined && !(printed.gaps.length === 0 && belongTogether(previous, form))) pieces.push('\n');
    pieces.push(gapComment(printed.gaps), printed.text, '\n');
    previous = form;
  }
  return { text: featureComment(features) + pieces.join(''), gaps, features: [...features] };
}

/** The feature is off by default in OTP 25 and 26; a directive would be one more form. */
function featureComment(features: ReadonlySet<string>): string {
  return [...features].map((name) => `% Needs the feature ${name}: erlc -enable-feature ${name} in OTP 25 and 26.\n\n`).join('');
}

function printForm(form: Form, columns: number, feature: (name: string) => void): { text: string; gaps: readonly Gap[] } {
  const gaps: Gap[] = [];
  const name = nameOf(form);
  const gap = (anno: Anno, reason: string): void => {
    const location = locationOf(anno);
    gaps.push({ form: name, reason, ...(location === undefined ? {} : { location }) });
  };
  try {
    const doc = formDoc(form, expressionPrinter({ gap, feature, cutStrings: true, variableNames: () => variableNamesOf(form) }));
    if (doc !== undefined) return { text: render(doc, columns), gaps };
    gap('anno' in form ? form.anno : 0, 'a form that has no source');
    return {
      text: commented(
        render(
          termDoc(formToTerm(form), () => {}),
          columns,
        ),
      ),
      gaps,
    };
  } catch (error) {
    throw asParseError(error, name);
  }
}

/** Returns an expression on as few lines as fit in `columns`, one line by default. */
export function formatExpression(node: Expression, columns: number = Number.POSITIVE_INFINITY): string {
  return formatted((printer) => printer.doc(node, LEVEL.any), columns);
}

/** Returns a type on as few lines as fit in `columns`, one line by default. */
export function formatType(node: Type, columns: number = Number.POSITIVE_INFINITY): string {
  return formatted((printer) => typeDoc(node, TYPE_LEVEL.any, printer), columns);
}

/** For single expressions and types: nothing is reported. */
const SILENT: PrinterOptions = { gap: () => {}, feature: () => {}, cutStrings: false, variableNames: () => new Set() };

function variableNamesOf(form: Form): ReadonlySet<string> {
  const names = new Set<string>();
  if (!('anno' in form)) return names;
  walk(form, (node) => {
    if (node.kind === 'var' || node.kind === 'named_fun') names.add(node.name);
  });
  return names;
}

function formatted(docOf: (printer: ExpressionPrinter) => Doc, columns: number): string {
  try {
    const text = render(concat(docOf(expressionPrinter(SILENT))), columns);
    // Clauses break always. No literal has a line end or a run of spaces after one in it: these are escaped.
    return columns === Number.POSITIVE_INFINITY ? text.replace(/\n */g, ' ') : text;
  } catch (error) {
    throw asParseError(error);
  }
}

/** Returns what to call a form in messages. */
export function nameOf(form: Form): string {
  switch (form.kind) {
    case 'function':
      return `function ${form.name}/${form.arity}`;
    case 'record_form':
    case 'native_record_form':
    case 'record_type_form':
      return `record ${form.name}`;
    case 'type_form':
      return `type ${form.name}/${form.parameters.length}`;
    case 'spec_form':
      return `${form.attribute} ${form.name}/${form.arity}`;
    case 'attribute':
      return `attribute ${form.name}`;
    default:
      return `form ${form.kind}`;
  }
}

/** Tells whether no empty line comes between two forms: a spec and its function, or attributes of the same name. */
function belongTogether(previous: Form, form: Form): boolean {
  if (previous.kind === 'spec_form') {
    const isFollowed = form.kind === 'function' && previous.attribute === 'spec';
    return (isFollowed && form.name === previous.name && form.arity === previous.arity) || form.kind === 'spec_form';
  }
  return previous.kind === 'attribute' && form.kind === 'attribute' && groupOf(previous) === groupOf(form);
}

function groupOf(form: AttributeForm): string {
  return form.name === 'behavior' ? 'behaviour' : form.name;
}

function gapComment(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return '';
  const lines = gaps.slice(0, LISTED_GAPS).map(({ location, reason }) => {
    return `%   ${location === undefined ? '' : `line ${location.line}: `}${reason}\n`;
  });
  if (gaps.length > LISTED_GAPS) lines.push(`%   and ${gaps.length - LISTED_GAPS} more\n`);
  return `% Not all of this form can be said in source:\n${lines.join('')}`;
}

function commented(text: string): string {
  return text.replace(/^/gm, '% ');
}
