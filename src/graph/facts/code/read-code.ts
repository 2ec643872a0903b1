// Facts from the code itself, for modules without debug info: calls as they are after the compiler has folded, inlined and dropped some of
// them. What it makes of funs is put back into the functions that they stand in.

import type { BeamModule } from '../../../beam/module.js';
import type { DefinedFunction, FunctionName, ModuleFacts } from '../../module-facts.js';
import { addCall, type CallLog, finishCalls, newCallLog, newTarget, type Target } from '../call-log.js';
import { builtinTest, type FactContext } from '../context.js';
import { readTableFacts } from '../module-tables.js';
import type { CodeReference } from '../references/data-scan.js';
import { codeReferences } from '../references/read-references.js';
import { addReference, newReferenceLog, type ReferenceLog } from '../references/reference-log.js';
import { scanData } from '../references/scan-data.js';
import type { ScannedCode, ScannedFunction } from './code-scan.js';
import { openTargets } from './code-targets.js';
import { isMade, isMadeName, partsOf } from './owners.js';
import { scanCode } from './scan-code.js';

/** Reads the facts of a module from its code; throws ParseError. */
export function readCodeFacts(module: BeamModule, context: FactContext): ModuleFacts {
  const tables = readTableFacts(module, context);
  const isBuiltin = builtinTest(tables.otp);
  const targets = openTargets(module, isBuiltin, tables.otp, context.builtins !== false);
  const code = module.located('Code', () => scanCode(module, targets));
  const local = localTargets(code, tables, (name, arity) => isBuiltin(tables.module, name, arity), context.builtins !== false);
  const log = newCallLog();
  const functions: DefinedFunction[] = [];
  const parts = partsOf(code, local.made);
  const references = newReferenceLog();
  const data = context.references === true ? scanData(module) : [];
  const addPart = (part: number) => {
    addCalls(log, code, part, targets.list, local);
    const found = data[part];
    if (found !== undefined) module.located('Code', () => addReferences(references, found));
  };
  code.functions.forEach((each, at) => {
    if (local.made[at] === true || isPredefined(each)) return;
    log.from = functions.length;
    functions.push({ name: each.name, arity: each.arity, line: each.line });
    references.from = log.from;
    addPart(at);
    for (const part of parts.get(at) ?? NO_PARTS) addPart(part);
  });
  const facts: ModuleFacts = { ...tables, source: 'code', functions, ...finishCalls(log) };
  return context.references === true ? { ...facts, references: codeReferences(module, facts, references) } : facts;
}

const NO_PARTS: readonly number[] = [];

function addReferences(log: ReferenceLog, found: readonly CodeReference[]): void {
  for (const { referred, line } of found) addReference(log, referred, line);
}

/** The functions of the module as what is called. */
interface LocalTargets {
  /** By index of the function. */
  readonly made: readonly boolean[];
  /** Returns the target of calls of a label; undefined where that is no function of the source, or doesn't count. */
  at(label: number): Target | undefined;
}

function localTargets(
  { functions }: ScannedCode,
  { module, exports }: ModuleFacts,
  isBuiltin: (name: string, arity: number) => boolean,
  builtins: boolean,
): LocalTargets {
  const isExported = exportTest(exports);
  const made = functions.map((each) => isMade(each, isExported));
  const entries = new Map<number, number>();
  functions.forEach(({ entry }, at) => {
    entries.set(entry, at);
  });
  const known: (Target | null | undefined)[] = new Array(functions.length);
  const at = (label: number): Target | undefined => {
    const index = entries.get(label);
    if (index === undefined || made[index] === true) return undefined;
    const { name, arity } = functions[index] as ScannedFunction;
    const before = known[index];
    if (before !== undefined) return before ?? undefined;
    const builtin = isBuiltin(name, arity);
    const target = builtin && !builtins ? null : newTarget({ kind: 'local', module, name, arity, unresolved: false, builtin });
    known[index] = target;
    return target ?? undefined;
  };
  return { made, at };
}

/** Returns a test of names that the compiler gives; hardly any module exports such a one. */
function exportTest(exports: readonly FunctionName[]): (name: string, arity: number) => boolean {
  const found = exports.filter(({ name }) => isMadeName(name));
  if (found.length === 0) return () => false;
  const keys = new Set(found.map(({ name, arity }) => `${name}/${arity}`));
  return (name, arity) => keys.has(`${name}/${arity}`);
}

/** Adds the calls of one function of the code to the present caller. */
function addCalls(
  log: CallLog,
  { functions, calls }: ScannedCode,
  index: number,
  list: readonly Target[],
  local: LocalTargets,
): void {
  const end = functions[index + 1]?.firstCall ?? calls.length;
  for (let at = functions[index]?.firstCall ?? end; at < end; at += 2) {
    const number = calls[at] as number;
    const target = number >= 0 ? list[number] : local.at(-1 - number);
    if (target !== undefined) addCall(log, target, calls[at + 1] as number, 0);
  }
}

/** Those that the compiler adds; it gives them no line. */
function isPredefined({ name, arity, line }: ScannedFunction): boolean {
  return (name === 'module_info' && (arity === 0 || arity === 1)) || (name === 'behaviour_info' && arity === 1 && line === 0);
}
