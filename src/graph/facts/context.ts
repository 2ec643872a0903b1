// What the readers of facts are told besides the module itself.

import type { BeamModule } from '../../beam/module.js';
import { builtinTable } from '../../code/builtins.js';

/** Where a module was found, and how to read it. */
export interface FactContext {
  readonly file: string;
  /** The application that the folder names; null for a bare file or ebin. */
  readonly app: string | null;
  /** The release whose BIFs and whose xref count; that which compiled the module by default. */
  readonly otp?: number | undefined;
  /** Whether to record calls of BIFs, operators and guards among them; true by default. Without them reading is faster. */
  readonly builtins?: boolean | undefined;
  /** Whether to record the import table; true by default. Only modules mode reads it. */
  readonly imports?: boolean | undefined;
  /** Whether to read the Docs chunk; false by default, since only questions of OTP 29 need it and it is large. */
  readonly docs?: boolean | undefined;
  /** Whether to look for what Elixir's `@deprecated` marks; false by default, since it is in the debug info. */
  readonly elixirDeprecated?: boolean | undefined;
  /** Whether to look for the callbacks of a behaviour, for which its code has to be gone over; true by default. */
  readonly callbacks?: boolean | undefined;
  /** Whether to look for dependencies that are no calls; false by default. */
  readonly references?: boolean | undefined;
}

/** Tells whether a function is a BIF of the release. */
export type IsBuiltin = (module: string, name: string, arity: number) => boolean;

/** Returns the release whose rules apply to a module. */
export function releaseFor(module: BeamModule, context: FactContext): number {
  return context.otp ?? module.compiledBy.release;
}

/** Returns what xref of a release calls a BIF: those of the runtime, and `erts_debug:apply/4`. */
export function builtinTest(otp: number): IsBuiltin {
  const table = builtinTable(otp);
  return (module, name, arity) =>
    table.get(module)?.get(name)?.has(arity) === true || (arity === 4 && name === 'apply' && module === 'erts_debug');
}
