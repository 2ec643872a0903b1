// Facts from the code itself, for modules without debug info: calls as they are after the compiler has folded, inlined and dropped some of
// them. What it makes of funs is put back into the functions that they stand in.

import type { BeamModule } from '../../../beam/module.js';
import type { DefinedFunction, ModuleFacts } from '../../module-facts.js';
import { addCall, finishCalls, newCallLog, type Target } from '../call-log.js';
import { builtinTest, type FactContext, releaseFor } from '../context.js';
import { readTableFacts } from '../module-tables.js';
import { codeReferences } from '../references/read-references.js';
import { addReference, newReferenceLog, type ReferenceLog } from '../references/reference-log.js';
import type { ScannedFunction } from './code-scan.js';
import { type CodeTargets, openTargets } from './code-targets.js';
import { isMade, ownersOf } from './owners.js';
import { scanCode } from './scan-code.js';

/** Reads the facts of a module from its code; throws ParseError. */
export function readCodeFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const tables = readTableFacts(module, context);
  const otp = releaseFor(module, context);
  const targets = openTargets(module, builtinTest(otp), otp);
  const scanned = module.located('Code', () => scanCode(module, targets, context.references === true));
  const exports = new Set(tables.exports.map(({ name, arity }) => `${name}/${arity}`));
  const made = scanned.map((each) => isMade(each, (name, arity) => exports.has(`${name}/${arity}`)));
  const functions: DefinedFunction[] = [];
  const log = newCallLog();
  const references = newReferenceLog();
  const parts = partsByOwner(scanned, made);
  const local = localTargets(scanned, made, targets);
  const addWanted = (target: Target, line: number, column: number) => {
    if (context.builtins !== false || !target.builtin) addCall(log, target, line, column);
  };
  scanned.forEach((each, at) => {
    if (made[at] === true || isPredefined(each)) return;
    log.from = functions.length;
    functions.push({ name: each.name, arity: each.arity, line: each.line });
    references.from = log.from;
    for (const part of parts[at] ?? []) {
      addCalls(scanned[part] as ScannedFunction, local, addWanted);
      module.located('Code', () => addCodeReferences(references, scanned[part] as ScannedFunction));
    }
  });
  const facts: ModuleFacts = { ...tables, source: 'code', functions, calls: finishCalls(log.edges) };
  return context.references === true ? { ...facts, references: codeReferences(module, facts, references) } : facts;
}

function addCodeReferences(log: ReferenceLog, { references }: ScannedFunction): void {
  for (const { referred, line } of references) addReference(log, referred, line);
}

/** Returns for each function of the source the functions of the code that belong to it. */
function partsByOwner(scanned: readonly ScannedFunction[], made: readonly boolean[]): readonly (readonly number[])[] {
  const parts: number[][] = scanned.map(() => []);
  ownersOf(scanned, made).forEach((owners, at) => {
    for (const owner of owners) parts[owner]?.push(at);
  });
  return parts;
}

/** Returns the targets of calls of functions of the source, by the label of their entry. */
function localTargets(
  scanned: readonly ScannedFunction[],
  made: readonly boolean[],
  targets: CodeTargets,
): ReadonlyMap<number, Target> {
  return new Map(
    scanned.flatMap(({ name, arity, entry }, at) => (made[at] === true ? [] : [[entry, targets.local(name, arity)] as const])),
  );
}

type AddCall = (target: Target, line: number, column: number) => void;

function addCalls({ edges, localCalls, lambdas, line }: ScannedFunction, local: ReadonlyMap<number, Target>, add: AddCall): void {
  for (const { target, sites } of edges) {
    // The scan's own edges must not be taken for those of the log.
    target.latest = target.latest?.target === target && target.latest.sites === sites ? undefined : target.latest;
    for (let at = 0; at < sites.length; at += 2) add(target, sites[at] as number, sites[at + 1] as number);
  }
  for (let at = 0; at < localCalls.length; at += 2) {
    const target = local.get(localCalls[at] as number);
    if (target !== undefined) add(target, localCalls[at + 1] as number, 0);
  }
  for (const label of lambdas) {
    const target = local.get(label);
    if (target !== undefined) add(target, line, 0);
  }
}

/** Those that the compiler adds; it gives them no line. */
function isPredefined({ name, arity, line }: ScannedFunction): boolean {
  return (name === 'module_info' && (arity === 0 || arity === 1)) || (name === 'behaviour_info' && arity === 1 && line === 0);
}
