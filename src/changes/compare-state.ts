// What becomes of the state of a process between two builds of its module.

import type { BeamModule } from '../beam/module.js';
import { decodeLatin1 } from '../bytes/text.js';
import { injectionMark } from '../code/normal-form/injection-mark.js';
import type { Type } from '../forms/type-model.js';
import { walk } from '../forms/walk.js';
import { isAtom, isBinary, isTuple, properList } from '../term/model.js';
import { type DeclaredRecords, isSameLayout } from './compare-records.js';
import type { StateChange } from './module-change.js';
import { mayBeProcess } from './process-module.js';

/** Returns what becomes of the state, null where neither build names a state record, or the old one is no process; the records are undefined where nothing tells of them. */
export function compareState(
  old: BeamModule,
  now: BeamModule,
  before: DeclaredRecords | undefined,
  after: DeclaredRecords | undefined,
): StateChange | null {
  const record = stateRecord(now) ?? stateRecord(old);
  if (record === undefined || !mayRun(old)) return null;
  return { record, status: statusOf(record, old, now, before, after), callback: ownCallback(now) };
}

function mayRun(module: BeamModule): boolean {
  const behaviours = [...module.attribute('behaviour'), ...module.attribute('behavior')];
  const exports = new Set(module.exports.map(({ name, arity }) => `${name}/${arity}`));
  return mayBeProcess(behaviours, module.attribute('state_record'), exports);
}

function stateRecord(module: BeamModule): string | undefined {
  return module.attribute('state_record').find((value) => isAtom(value))?.name;
}

function statusOf(
  record: string,
  old: BeamModule,
  now: BeamModule,
  before: DeclaredRecords | undefined,
  after: DeclaredRecords | undefined,
): StateChange['status'] {
  if (isMigratedFrom(old, now)) return 'migrated';
  if (before === undefined || after === undefined) return 'unknown';
  const reached = new Set([...recordsReached(record, before), ...recordsReached(record, after)]);
  for (const name of reached) {
    const [one, other] = [before.records.get(name), after.records.get(name)];
    if (one === undefined || other === undefined || !isSameLayout(one, other)) return 'unhandled';
  }
  return 'kept';
}

/** Tells whether beamtool injected a migration from the old build: the mark names it by its MD5. Throws ParseError. */
export function isMigratedFrom(old: BeamModule, now: BeamModule): boolean {
  const pair = injectionMark(now)?.find((item) => isTuple(item, 2) && isAtom(item.items[0], 'sources'));
  const sources = isTuple(pair) ? (properList(pair.items[1]) ?? []) : [];
  return sources.some((source) => {
    const digest = isTuple(source) ? source.items[0] : undefined;
    return isBinary(digest) && decodeLatin1(digest.bytes) === old.md5;
  });
}

/** Returns the record and those that the types of its fields name, and theirs. */
function recordsReached(root: string, { records, types }: DeclaredRecords): ReadonlySet<string> {
  const reached = new Set([root]);
  const aliases = new Set<string>();
  for (const name of reached) {
    const fields = records.get(name)?.fields ?? [];
    for (const { type } of fields) if (type !== undefined) addNamed(type, types, reached, aliases);
  }
  return reached;
}

/** Adds the records that a type names, itself or by the module's own types. */
function addNamed(root: Type, types: DeclaredRecords['types'], records: Set<string>, aliases: Set<string>): void {
  const waiting: Type[] = [root];
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    walk(type, (node) => {
      if (node.kind === 'record_type' && node.name.kind === 'atom') records.add(node.name.name);
      const alias = node.kind === 'user_type' ? `${node.name}/${node.args.length}` : undefined;
      if (alias === undefined || aliases.has(alias)) return;
      aliases.add(alias);
      const named = types.get(alias);
      if (named !== undefined) waiting.push(named.type);
    });
  }
}

const CALLBACKS: ReadonlySet<string> = new Set(['code_change/3', 'code_change/4', 'system_code_change/4']);

/** Returns the callback that the author exports: where one is injected it calls that under another name. */
function ownCallback(module: BeamModule): string | null {
  const mark = injectionMark(module);
  const hasOwn = mark === undefined || mark.some((item) => isTuple(item, 2) && isAtom(item.items[0], 'renamed'));
  const found = module.exports.find(({ name, arity }) => CALLBACKS.has(`${name}/${arity}`));
  return found === undefined || !hasOwn ? null : `${found.name}/${found.arity}`;
}
