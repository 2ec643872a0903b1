// What a module's import table says of its dependencies: plain data, made from the chunks AtU8, ImpT and Type alone. It needs no debug
// info and no walk over the code; it can't say which function makes a call, and leaves out calls within the module but for fully
// qualified ones. BIFs are left out, as xref does without `builtins`.

import { visitImports } from '../beam/chunks/imports.js';
import type { BeamModule } from '../beam/module.js';
import { releaseOfTypes } from '../beam/release.js';
import { builtinTable } from '../code/builtins.js';

/** The functions of one module that another one imports. */
export interface ImportedModule {
  readonly module: string;
  /** How many functions. */
  readonly count: number;
  /** `name/arity` in the order of the table, where {@link ImportContext} asks for names. */
  readonly functions?: readonly string[];
}

/** The dependencies of one module. */
export interface ImportFacts {
  readonly module: string;
  /** The application that the module's folder names; null for a bare file or ebin. */
  readonly app: string | null;
  readonly file: string;
  /** In order of first use; the module itself may be among them. */
  readonly imports: readonly ImportedModule[];
}

/** Where a module was found, and the release whose BIFs are left out (that which compiled the module by default). */
export interface ImportContext {
  readonly file: string;
  readonly app: string | null;
  readonly otp?: number | undefined;
  /** Whether to name the functions; to count them takes half the time. */
  readonly names?: boolean;
}

/** Reads a module's dependencies from its import table; throws ParseError. */
export function readImportFacts(module: BeamModule, context: ImportContext): ImportFacts {
  return {
    module: module.name,
    app: context.app,
    file: context.file,
    imports: module.located('ImpT', () => readImports(module, context)),
  };
}

/** What is imported of one module so far. */
interface Group {
  readonly module: string;
  readonly builtins: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  readonly functions: string[];
  count: number;
}

function readImports(module: BeamModule, context: ImportContext): readonly ImportedModule[] {
  if (module.chunk('ImpT') === undefined) return [];
  const { atoms } = module;
  // The type table tells the release without decoding a term; a module without one is of OTP 24 or older.
  const builtins = builtinTable(context.otp ?? releaseOfTypes(module.typeVersion));
  const groups = new Map<number, Group>();
  visitImports(module.reader('ImpT'), (index, name, arity) => {
    let group = groups.get(index);
    if (group === undefined) {
      const target = atoms.name(index);
      group = { module: target, builtins: builtins.get(target), functions: [], count: 0 };
      groups.set(index, group);
    }
    if (group.builtins?.get(atoms.name(name))?.has(arity)) return;
    group.count++;
    if (context.names === true) group.functions.push(`${atoms.name(name)}/${arity}`);
  });
  const used = [...groups.values()].filter(({ count }) => count > 0);
  return used.map((group) => ({
    module: group.module,
    count: group.count,
    ...(context.names && { functions: group.functions }),
  }));
}
