// What is gathered from the forms of a module while they are gone over.

import type { CallKind, DefinedFunction, FunctionName } from '../../module-facts.js';

/** A call that `-xref` declares. */
export interface DeclaredCall {
  readonly from: FunctionName;
  readonly kind: CallKind;
  readonly module: string;
  readonly to: FunctionName;
  readonly line: number;
  readonly column: number;
}

/** The facts so far. */
export interface FormFacts {
  readonly functions: DefinedFunction[];
  readonly callbacks: FunctionName[];
  readonly declared: DeclaredCall[];
  /** The atoms among the options of `compile` attributes, in order. */
  readonly options: string[];
  onLoad: FunctionName | null;
  /** What the first `-file` names: the module's own source. */
  sourceFile: string | null;
  /** Whether it is a parameterised module, whose functions have one argument less to xref. */
  parameterised: boolean;
}

export function newFormFacts(): FormFacts {
  return { functions: [], callbacks: [], declared: [], options: [], onLoad: null, sourceFile: null, parameterised: false };
}
