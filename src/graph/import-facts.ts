// What a module's import table says of its dependencies: plain data, made from the chunks AtU8, ImpT and Type alone. It needs no debug
// info and no walk over the code; it can't say which function makes a call, and leaves out calls within the module but for fully
// qualified ones. BIFs are left out, as xref does without `builtins`.

import type { BeamModule } from '../beam/module.js';
import { releaseOfTypes } from '../beam/release.js';
import { builtinTable } from './builtins.js';

/** The functions of one module that another one imports. */
export interface ImportedModule {
  readonly module: string;
  /** `name/arity`, in the order of the table. */
  readonly functions: readonly string[];
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
}

/** Reads a module's dependencies from its import table; throws ParseError. */
export function readImportFacts(module: BeamModule, context: ImportContext): ImportFacts {
  // The type table tells the release without decoding a term; a module without one is of OTP 24 or older.
  const builtins = builtinTable(context.otp ?? releaseOfTypes(module.typeVersion));
  const byModule = new Map<number, Set<string>>();
  for (const row of module.importRows) {
    const functions = byModule.get(row.module);
    const name = `${module.atom(row.name)}/${row.arity}`;
    if (functions === undefined) byModule.set(row.module, new Set([name]));
    else functions.add(name);
  }
  const imports: ImportedModule[] = [];
  for (const [index, functions] of byModule) {
    const target = module.atom(index);
    const known = builtins.get(target);
    const kept = known === undefined ? [...functions] : [...functions].filter((name) => !known.has(name));
    if (kept.length > 0) imports.push({ module: target, functions: kept });
  }
  return { module: module.name, app: context.app, file: context.file, imports };
}
