// Which OTP release compiled a module: the version of the compiler application in CInf says it; without one, what the file holds says
// "at least". Neither is a promise of where the module loads (see `loaders` in code/opcodes.ts).

/** First compiler version (major, minor) of each release. */
const COMPILERS: readonly (readonly [major: number, minor: number, release: number])[] = [
  [10, 0, 29],
  [9, 0, 28],
  [8, 5, 27],
  [8, 3, 26],
  [8, 2, 25],
  [8, 0, 24],
  [7, 6, 23],
  [7, 4, 22],
  [7, 2, 21],
  [7, 1, 20],
  [7, 0, 19],
];

/** Newest release that the tables of this version know. */
export const NEWEST_OTP = 29;

/** The release that compiled a module. */
export interface CompiledBy {
  readonly release: number;
  /** False where the release is only the oldest that can have written the file. */
  readonly exact: boolean;
}

/** Returns the release of a compiler version such as `8.2.3`, or undefined for one outside the table. */
export function releaseOfCompiler(version: string): number | undefined {
  const [major, minor] = version.split('.').map(Number) as [number, number?];
  if (!Number.isInteger(major) || major > 10) return undefined;
  return COMPILERS.find(([m, n]) => major > m || (major === m && (minor ?? 0) >= n))?.[2];
}

/** Highest generic opcode of each release, oldest first. */
const OPCODES: readonly (readonly [opcodeMax: number, release: number])[] = [
  [159, 20],
  [163, 21],
  [168, 22],
  [170, 23],
  [176, 24],
  [180, 25],
  [182, 26],
  [183, 27],
  [184, 28],
  [191, 29],
];

/** Type table versions by the release that brought them. */
const TYPES: ReadonlyMap<number, number> = new Map([
  [1, 25],
  [2, 26],
  [3, 27],
  [4, 29],
]);

/** Returns the first release that writes type tables of that version; 0 for no or an unknown version. */
export function releaseOfTypes(version: number | undefined): number {
  return TYPES.get(version ?? 0) ?? 0;
}

/** What a file holds, as evidence of its age. */
export interface ReleaseEvidence {
  readonly compilerVersion: string | undefined;
  readonly opcodeMax: number;
  readonly atomLayout: 'latin1' | 'short' | 'long';
  readonly typeVersion: number | undefined;
}

/** Returns the release that compiled a file, or the oldest that can have. */
export function compiledBy(evidence: ReleaseEvidence): CompiledBy {
  const { compilerVersion, opcodeMax, atomLayout, typeVersion } = evidence;
  const exact = compilerVersion === undefined ? undefined : releaseOfCompiler(compilerVersion);
  if (exact !== undefined) return { release: exact, exact: true };
  const byOpcode = OPCODES.find(([highest]) => opcodeMax <= highest)?.[1] ?? NEWEST_OTP;
  const byType = releaseOfTypes(typeVersion);
  return { release: Math.max(byOpcode, byType, atomLayout === 'long' ? 28 : 0), exact: false };
}
