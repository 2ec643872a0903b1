// What a module's import table says of its dependencies: plain data, made from the chunks AtU8, ImpT and Type alone. It needs no debug
// info and no walk over the code; it can't say which function makes a call, and leaves out calls within the module but for fully
// qualified ones. BIFs are left out, as xref does without `builtins`.

import type { ImportRow } from '../beam/layout.js';
import type { BeamModule } from '../beam/module.js';
import { releaseOfTypes } from '../beam/release.js';
import { builtinTable } from './builtins.js';

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
  // The type table tells the release without decoding a term; a module without one is of OTP 24 or older.
  const builtins = builtinTable(context.otp ?? releaseOfTypes(module.typeVersion));
  const imports = module.located('ImpT', () => {
    const { atoms } = module;
    return [...rowsByModule(module.importRows)].flatMap(([index, rows]) => {
      const target = atoms.name(index);
      const known = builtins.get(target);
      const kept = known === undefined ? rows : rows.filter((row) => !known.get(atoms.name(row.name))?.has(row.arity));
      if (kept.length === 0) return [];
      if (context.names !== true) return [{ module: target, count: kept.length }];
      return [{ module: target, count: kept.length, functions: kept.map((row) => `${atoms.name(row.name)}/${row.arity}`) }];
    });
  });
  return { module: module.name, app: context.app, file: context.file, imports };
}

function rowsByModule(rows: readonly ImportRow[]): ReadonlyMap<number, readonly ImportRow[]> {
  const groups = new Map<number, ImportRow[]>();
  for (const row of rows) {
    const group = groups.get(row.module);
    if (group === undefined) groups.set(row.module, [row]);
    else group.push(row);
  }
  return groups;
}
