// Which application uses which: by calls, and by dependencies that are no calls.

import type { ReferenceKind } from '../module-facts.js';
import type { Program } from '../program/program.js';
import type { ApplicationSet } from './application-set.js';

/** What one application has of another one. */
export interface ApplicationUse {
  /** Rows of the program's calls, ascending. */
  readonly rows: readonly number[];
  /** Whether data or a declaration needs it at run time: a behaviour, a struct, a function or child specification as data. */
  readonly isReferred: boolean;
  /** Whether only the compiler needed it: for types, records, transforms. */
  readonly isCompiled: boolean;
}

interface MutableUse {
  readonly rows: number[];
  isReferred: boolean;
  isCompiled: boolean;
}

/** By user, then by what it uses; nothing uses itself. */
export type ApplicationUses = readonly ReadonlyMap<number, ApplicationUse>[];

const COMPILER_KINDS: ReadonlySet<ReferenceKind> = new Set(['type', 'record', 'transform']);

/** Returns what the applications of the set have of each other; the maps are in the order of what is used. */
export function applicationUses(
  program: Program,
  { applications, applicationOf, numberOfModule, numbers }: ApplicationSet,
): ApplicationUses {
  const uses = applications.map(() => new Map<number, MutableUse>());
  const { sources, targets } = program.calls.edges;
  const { moduleOf } = program.functions;
  for (let row = 0; row < sources.length; row++) {
    const from = applicationOf[moduleOf[sources[row] as number] as number] as number;
    const to = applicationOf[moduleOf[targets[row] as number] as number] as number;
    useOf(from, to)?.rows.push(row);
  }
  for (const { owner, module, application, kind } of program.references) {
    const to = module === null ? (numbers.get(application ?? '') ?? -1) : (numberOfModule.get(module) ?? -1);
    const use = useOf(applicationOf[owner] as number, to);
    if (use === undefined) continue;
    if (COMPILER_KINDS.has(kind)) use.isCompiled = true;
    else use.isReferred = true;
  }
  for (const [owner, { behaviours = [] }] of program.notes) {
    for (const behaviour of behaviours) {
      const use = useOf(applicationOf[owner] as number, numberOfModule.get(behaviour) ?? -1);
      if (use !== undefined) use.isReferred = true;
    }
  }
  return uses.map((map) => new Map([...map].sort(([left], [right]) => left - right)));

  function useOf(from: number, to: number): MutableUse | undefined {
    if (from < 0 || to < 0 || from === to) return undefined;
    const map = uses[from] as Map<number, MutableUse>;
    const known = map.get(to);
    if (known !== undefined) return known;
    const made: MutableUse = { rows: [], isReferred: false, isCompiled: false };
    map.set(to, made);
    return made;
  }
}
