// One record of facts a module: what it defines, whom it calls and from where, as plain serialisable data. Two readers make it, from
// abstract code (exactly as xref reads it) and from the Code chunk (which needs no debug info); everything the graph, the analyses and the
// queries say is a function of such records.

/** A function by name and arity, `arity` -1 where a call's number of arguments isn't known. */
export interface FunctionName {
  readonly name: string;
  readonly arity: number;
}

/** A function of the module with the line of its definition; 0 where it isn't known. */
export interface DefinedFunction extends FunctionName {
  readonly line: number;
}

/** Which way a call goes: `local` is an unqualified call of a function of the module, all others are `external`. */
export type CallKind = 'local' | 'external';

/** Where a call stands. */
export interface CallSite {
  /** Physical line in the module's source, from 1; 0 where it isn't known. */
  readonly line: number;
  /** From 1; 0 where it isn't known. */
  readonly column: number;
}

/** What is called, and how. */
export interface CallTarget {
  readonly kind: CallKind;
  /** `$M_EXPR` where the module is only known at run time. */
  readonly module: string;
  /** `$F_EXPR` where the function is only known at run time. */
  readonly name: string;
  /** -1 where the number of arguments is only known at run time. */
  readonly arity: number;
  /** Whether a part is only known at run time. */
  readonly unresolved: boolean;
  /** Whether the target is a BIF of the release that the facts were read for; xref drops such edges unless `builtins` is on. */
  readonly builtin: boolean;
}

/** A call, or a fun that is made of a function: one edge with all the places that make it. */
export interface Call {
  /** Index into {@link ModuleFacts.functions} of the caller. */
  readonly from: number;
  /** Index into {@link ModuleFacts.targets}. */
  readonly target: number;
  /** Sorted, distinct; line and column by turns, as in {@link CallSite}. */
  readonly sites: readonly number[];
}

/** One entry of `-deprecated`: `_` stands for any name or arity. An entry `module` is `_` with arity -1 and category 4. */
export interface DeprecatedEntry {
  readonly name: string;
  /** -1 for any. */
  readonly arity: number;
  /** 1 next_version, 2 next_major_release, 3 eventually, 4 anything else: as xref's DF_1, DF_2, DF_3, DF. */
  readonly category: 1 | 2 | 3 | 4;
}

/** One entry of `-unsafe` (OTP 29), of the same shapes as `-deprecated`. */
export interface UnsafeEntry {
  readonly name: string;
  /** -1 for any. */
  readonly arity: number;
  /** Whether the flag is `possibly` (xref's US_2); anything else is always unsafe (US_1). */
  readonly possibly: boolean;
}

/** What the Docs chunk says of functions, as xref's DC_1 and DC_2. */
export interface FunctionDocs {
  /** Those with a map of texts, or with `equiv` in their metadata. */
  readonly documented: readonly FunctionName[];
  /** Those marked `hidden`. */
  readonly hidden: readonly FunctionName[];
}

/** A function that Elixir's `@deprecated` marks; a macro as the function behind it, `MACRO-name`. */
export interface ElixirDeprecation extends FunctionName {
  /** What the programmer says to do instead. */
  readonly reason: string;
}

/** A module, or one of its functions. */
export type IgnoredName = string | { readonly module: string; readonly name: string; readonly arity: number };

/** How a module depends on another one without calling it. */
export type ReferenceKind =
  /** `-behaviour(M)`. */
  | 'behaviour'
  /** A type `M:t/N` in a spec, type, callback or record. */
  | 'type'
  /** A parse transform that the module was compiled with. */
  | 'transform'
  /** A record that another module or a header of another application defines. */
  | 'record'
  /** `%M{}` of Elixir: a map with a `__struct__`. */
  | 'struct'
  /** An implementation of a protocol: both of the protocol, and of the module that it is for. */
  | 'protocol'
  /** `{M, F, A}` or `{M, F, Args}` as data, or given to a function that will call it. */
  | 'mfa'
  /** A child specification as data. */
  | 'child_spec';

/**
 * `exact`: the code says so; `literal`: data that is known to be such a thing; `inferred`: data or a name that looks like it, or what an
 * included header of another application brings, used or not.
 */
export type Confidence = 'exact' | 'literal' | 'inferred';

/** A dependency of a module that is no call. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** Index into {@link ModuleFacts.functions}; -1 where it is the module as a whole. */
  readonly from: number;
  /** The module itself may be meant; null where only the application is known. */
  readonly module: string | null;
  /** Of a record: the application whose header defines it. */
  readonly application?: string;
  /** The function, type or record; null where the module as a whole is meant. */
  readonly name: string | null;
  /** null where there is none, or it isn't known. */
  readonly arity: number | null;
  readonly confidence: Confidence;
  /** Sorted, distinct; none where the place isn't known. */
  readonly sites: readonly CallSite[];
}

/** One `-beamtool({ignore, Rule, Reason})`: the findings of that rule in this module are meant. */
export interface Suppression {
  /** The name of the rule; null where the attribute has another shape than it should. */
  readonly rule: string | null;
  /** null where there is none. */
  readonly reason: string | null;
  /** The attribute's value as Erlang writes it. */
  readonly entry: string;
}

/** The facts of one module. */
export interface ModuleFacts {
  readonly module: string;
  /** The application that the folder names; null for a bare file or ebin. */
  readonly app: string | null;
  readonly file: string;
  /** Which reader made the calls. `tables`: neither could, and only exports and imports are known. */
  readonly source: 'abstract' | 'code' | 'tables';
  /** The release whose BIFs and rules counted in reading. */
  readonly otp: number;
  /** Path of the source file as the compiler knew it; null where the module doesn't say. */
  readonly sourceFile: string | null;
  /**
   * Every function that is defined, by position; the order is that of the forms or of the code. Without what the compiler adds:
   * `module_info/0,1`, and `behaviour_info/1` unless it is written by hand.
   */
  readonly functions: readonly DefinedFunction[];
  /** The export table, `module_info` included. */
  readonly exports: readonly FunctionName[];
  /** What is called; two may differ in whether they count as BIFs alone. */
  readonly targets: readonly CallTarget[];
  readonly calls: readonly Call[];
  /** The function of `-on_load`, or null. */
  readonly onLoad: FunctionName | null;
  readonly deprecated: readonly DeprecatedEntry[];
  /** Absent where there is no such attribute. */
  readonly unsafe?: readonly UnsafeEntry[];
  /** Absent where there is no Docs chunk. */
  readonly docs?: FunctionDocs;
  /** Absent where it wasn't asked for, or there is none. */
  readonly elixirDeprecated?: readonly ElixirDeprecation[];
  /** `-ignore_xref`, with `{F, A}` as a function of this module; absent where there is none. */
  readonly ignored?: readonly IgnoredName[];
  /** Findings of rules that are meant; absent where there is none. */
  readonly suppressions?: readonly Suppression[];
  /** `-behaviour` and `-behavior`; absent where there is none. */
  readonly behaviours?: readonly string[];
  /** The callbacks that this module declares as a behaviour; absent where it is none. */
  readonly callbacks?: readonly FunctionName[];
  /** Those of them that need not be there; absent where there is none. */
  readonly optionalCallbacks?: readonly FunctionName[];
  /** Dependencies that are no calls; absent where they weren't asked for. */
  readonly references?: readonly Reference[];
  /** The whole import table, each with whether it is a BIF of the release: what xref's modules mode reads. */
  readonly imports: readonly {
    readonly module: string;
    readonly name: string;
    readonly arity: number;
    readonly builtin: boolean;
  }[];
}

/** What is kept of a module besides its functions and what these call. */
export type ModuleNotes = Omit<ModuleFacts, 'functions' | 'exports' | 'targets' | 'calls' | 'imports' | 'references'>;
