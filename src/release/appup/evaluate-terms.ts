// What file:script makes of Erlang text as far as it consists of terms: the value of the last expression.
//
//   Deps = [shop_db, shop_cart], Update = {advanced, []}.
//   {"2.0", [{"1.0", [{update, shop, Update, Deps}]}], []}.
//
// An expression is a term in which variables that have a value may stand, or a match of variables with one. Others are refused.
// Defined by file:script/1 of kernel and erl_eval of stdlib.

import { asParseError, ParseError } from '../../errors.js';
import { MAX_VARIABLE_CHARACTERS } from '../../limits.js';
import type { Term } from '../../term/model.js';
import { equalTerms } from '../../term/order.js';
import { readTerm } from '../../term/parse.js';
import { describeToken, TermScanner, type TokenOf } from '../../term/parse-scanner.js';
import type { ScanOptions, Token } from '../../term/scan.js';

/**
 * Evaluates terms and matches, with a comma or a dot after each and a dot after the last, and returns the value of the last one. Throws ParseError
 * with line and column: `missing` where there is none, `malformed` where Erlang fails too, `unsupported` for what isn't a term.
 */
export function evaluateTerms(text: string, options: ScanOptions = {}): Term {
  try {
    const tokens = new MatchScanner(text, options);
    let value: Term | undefined;
    while (tokens.token.kind !== 'end') value = tokens.readExpressions();
    if (value !== undefined) return value;
    throw new ParseError({ code: 'missing', reason: 'there is no expression in it' });
  } catch (error) {
    // Comparing deep terms is recursive.
    const fault = asParseError(error);
    throw fault instanceof ParseError ? fault.inFile(options.file) : fault;
  }
}

/** A variable's value, and how many characters it would take without variables. */
interface Binding {
  readonly value: Term;
  readonly size: number;
}

/** A cursor over expressions, which keeps the values of variables. */
class MatchScanner extends TermScanner {
  private readonly bindings = new Map<string, Binding>();
  /** Sizes of the variables that the current expression used. */
  private used = 0;
  private usedInAll = 0;

  /** Reads expressions up to a dot. */
  readExpressions(): Term {
    for (;;) {
      const value = this.readExpression();
      if (this.token.kind === 'dot') {
        this.next();
        return value;
      }
      if (!this.accept(',')) this.failBefore();
    }
  }

  override readVariable(variable: TokenOf<'variable'>): Term {
    this.next();
    return this.useVariable(variable);
  }

  /** Returns the value of a variable, which is behind us. */
  private useVariable(variable: TokenOf<'variable'>): Term {
    const binding = this.bindings.get(variable.name);
    if (binding === undefined) {
      const what = variable.name === '_' ? 'stands for any term and has no value' : 'has no value';
      return this.fail('malformed', `the variable ${variable.name} ${what}`, variable.place);
    }
    this.used += binding.size;
    this.usedInAll += binding.size;
    if (this.usedInAll > MAX_VARIABLE_CHARACTERS) this.fail('limit', 'the values of variables come to too much', variable.place);
    return binding.value;
  }

  override failBefore(token: Token = this.token): never {
    if (token.kind === 'end') super.failBefore(token);
    const reason = `terms and matches "Variable = Term" are all that is evaluated, and ${describeToken(token)} is part of neither`;
    this.fail('unsupported', reason, token.place);
  }

  /** Reads a term and the variables that it is matched with, `A = B = Term`. A variable alone is a term. */
  private readExpression(): Term {
    const start = this.token.place.offset;
    const variables: TokenOf<'variable'>[] = [];
    this.used = 0;
    let value: Term | undefined;
    while (value === undefined) {
      const { token } = this;
      if (token.kind !== 'variable') value = readTerm(this);
      else if (this.isMatch()) variables.push(token);
      else value = this.useVariable(token);
    }
    const size = this.token.place.offset - start + this.used;
    // The innermost match is made first.
    for (const variable of variables.reverse()) this.bind(variable, { value, size });
    return value;
  }

  /** Moves past a variable, and past the `=` after it where there is one. */
  private isMatch(): boolean {
    this.next();
    return this.accept('=');
  }

  private bind({ name, place }: TokenOf<'variable'>, binding: Binding): void {
    if (name === '_') return;
    const known = this.bindings.get(name);
    if (known === undefined) this.bindings.set(name, binding);
    else if (!equalTerms(known.value, binding.value))
      this.fail('malformed', `the variable ${name} has another value already`, place);
  }
}
