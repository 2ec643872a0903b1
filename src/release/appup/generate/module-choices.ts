// Choices by module, as the options have them:
//
//   default=soft;shop_cart=soft/brutal;shop_log=brutal        how old code is purged before and after loading
//   5000, infinity, default=5000;shop_cart=infinity           how long suspending a process may take, in milliseconds
//
// The first is the syntax of rebar3_appup_plugin, which passes over what it doesn't understand; here that is an error.

import { UsageError } from '../../../errors.js';

/** How old code is purged before a module is loaded and after it. */
export interface Purge {
  readonly pre: PurgeMethod;
  readonly post: PurgeMethod;
}

/** How old code is purged: `soft_purge` gives up where a process runs it, `brutal_purge` kills that. */
export type PurgeMethod = 'soft_purge' | 'brutal_purge';

/** Milliseconds that suspending a process may take; `default` is 5 seconds. */
export type Timeout = number | 'infinity' | 'default';

/** Values by module, and that of all others. */
export interface ModuleChoices<T> {
  readonly all: T;
  readonly named: ReadonlyMap<string, T>;
}

const BRUTAL: Purge = { pre: 'brutal_purge', post: 'brutal_purge' };

/** Reads `--purge`; throws UsageError for what has another form. */
export function parsePurge(text: string | undefined): ModuleChoices<Purge> {
  if (text === undefined) return { all: BRUTAL, named: new Map() };
  return parseChoices(text, '--purge', BRUTAL, (value) => {
    const [pre = '', post = pre, ...more] = value.split('/');
    if (more.length > 0) return undefined;
    const [before, after] = [purgeMethod(pre), purgeMethod(post)];
    return before === undefined || after === undefined ? undefined : { pre: before, post: after };
  });
}

function purgeMethod(name: string): PurgeMethod | undefined {
  return name === 'soft' || name === 'brutal' ? `${name}_purge` : undefined;
}

/** Reads `--timeout`; throws UsageError for what has another form. */
export function parseTimeout(text: string | undefined): ModuleChoices<Timeout> {
  if (text === undefined) return { all: 'default', named: new Map() };
  if (text.includes('=')) return parseChoices(text, '--timeout', 'default', timeoutOf);
  const all = timeoutOf(text.trim());
  if (all === undefined) throw malformed('--timeout', text, text);
  return { all, named: new Map() };
}

function timeoutOf(text: string): Timeout | undefined {
  if (text === 'infinity' || text === 'default') return text;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return number > 0 ? number : undefined;
}

function parseChoices<T>(text: string, option: string, otherwise: T, read: (value: string) => T | undefined): ModuleChoices<T> {
  const named = new Map<string, T>();
  for (const item of text.split(';')) {
    const [name = '', value, ...more] = item.split('=').map((part) => part.trim());
    const choice = value === undefined || more.length > 0 || name === '' ? undefined : read(value);
    if (choice === undefined) throw malformed(option, text, item);
    if (named.has(name)) throw new UsageError(`${option} ${text}: ${name} is there twice`);
    named.set(name, choice);
  }
  const all = named.get('default') ?? otherwise;
  named.delete('default');
  return { all, named };
}

const FORMS: Readonly<Record<string, string>> = {
  '--purge':
    "MODULE=soft or brutal, or MODULE=BEFORE/AFTER with each soft or brutal, with ; between them (module 'default': all others)",
  '--timeout': "milliseconds, infinity or default; or MODULE=TIMEOUT with ; between them (module 'default': all others)",
};

function malformed(option: string, text: string, item: string): UsageError {
  const place = item === text ? '' : `: '${item}'`;
  return new UsageError(`${option} ${text}${place} isn't understood; expected is ${FORMS[option]}`);
}

/** Returns what answers for a module. */
export function choiceFor<T>({ all, named }: ModuleChoices<T>): (module: string) => T {
  return (module) => named.get(module) ?? all;
}
