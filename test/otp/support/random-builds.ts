// Random pairs of releases from sources: modules that call each other, make funs of each other's functions, name each other as behaviours and
// as children; in the second release some are gone, some are new, some are other ones. What each needs is known from how it was made.

/** A module of one release. */
export interface MadeModule {
  readonly name: string;
  readonly kind: 'plain' | 'server' | 'supervisor';
  /** Modules of its application that it needs, itself perhaps among them. */
  readonly uses: readonly string[];
  /** Ids of the children that it starts, in order. */
  readonly children: readonly string[];
  readonly source: string;
}

/** An application in both releases, by module. */
export interface MadeApplication {
  readonly name: string;
  readonly old: ReadonlyMap<string, MadeModule>;
  readonly now: ReadonlyMap<string, MadeModule>;
}

/** A pair of releases. */
export interface MadeBuilds {
  readonly applications: readonly MadeApplication[];
  /** By path: `.app` and `.rel` files and sources. */
  readonly files: Readonly<Record<string, string>>;
}

const BASE: readonly (readonly [string, string])[] = [
  ['kernel', '8.5.3'],
  ['stdlib', '4.2'],
  ['sasl', '4.2'],
];

/** Makes a pair; `random` returns a number below its argument. */
export function randomBuilds(random: (bound: number) => number): MadeBuilds {
  const names = ['alpha', 'beta', 'gamma'].slice(0, 1 + random(3));
  const applications = names.map(randomApplication);
  const modules = (side: 'old' | 'now') => Object.fromEntries(applications.map((one) => [one.name, [...one[side].keys()]]));
  const files: Record<string, string> = { ...releaseFiles(names, { '1': modules('old'), '2': modules('now') }) };
  for (const [version, side] of [
    ['1', 'old'],
    ['2', 'now'],
  ] as const) {
    for (const one of applications) {
      for (const { name, source } of one[side].values()) files[`v${version}/lib/${one.name}-${version}/src/${name}.erl`] = source;
    }
  }
  return { applications, files };

  function randomApplication(name: string): MadeApplication {
    const all = Array.from({ length: 2 + random(8) }, (_, at) => `${name}_${at}`).sort(() => random(3) - 1);
    const kinds = new Map(all.map((one) => [one, (['plain', 'plain', 'server', 'supervisor'] as const)[random(4)] ?? 'plain']));
    const [old, now] = [new Map<string, MadeModule>(), new Map<string, MadeModule>()];
    for (const one of all) {
      const kind = kinds.get(one) ?? 'plain';
      const fate = random(10);
      if (fate > 1) old.set(one, randomModule(one, kind, 1, all));
      if (fate !== 2 && fate !== 3) now.set(one, fate > 7 ? (old.get(one) as MadeModule) : randomModule(one, kind, 2, all));
    }
    return { name, old, now };
  }

  function randomModule(name: string, kind: MadeModule['kind'], version: number, all: readonly string[]): MadeModule {
    const uses = all.filter(() => random(100) < 22);
    const [expressions, attributes, children]: [string[], string[], string[]] = [[], [], []];
    const specs: string[] = [];
    for (const use of uses) {
      const way = random(kind === 'supervisor' ? 6 : 5);
      if (way === 5 && use !== name) {
        children.push(`{child,${use}}`);
        specs.push(`#{id => {child, ${use}}, start => {${use}, start_link, []}}`);
      } else if (way === 4 && use !== name) attributes.push(`-behaviour(${use}).`);
      else
        expressions.push(
          [`${use}:f()`, `fun ${use}:f/0`, `apply(${use}, f, [])`, `timer:apply_after(1, ${use}, f, [])`][way % 4] ?? '',
        );
    }
    const start = {
      plain: '',
      server:
        '-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2, code_change/3]).\ninit(_) -> {ok, 1}.\n' +
        'handle_call(_, _, S) -> {reply, ok, S}.\nhandle_cast(_, S) -> {noreply, S}.\ncode_change(_, S, _) -> {ok, S}.\n',
      supervisor:
        `-behaviour(supervisor).\n-export([start_link/0, init/1]).\nstart_link() -> supervisor:start_link({local, ${name}}, ${name}, []).\n` +
        `init([]) -> {ok, {#{}, [${specs.join(', ')}]}}.\n`,
    }[kind];
    const head = `-module(${name}).\n${attributes.join('\n')}\n-export([f/0, v/0]).\n`;
    return { name, kind, uses, children, source: `${head}${start}v() -> ${version}.\nf() -> [${expressions.join(', ')}].\n` };
  }
}

/** Returns by path the `.app` and `.rel` files of releases 1 and 2, whose applications have these modules by version and name. */
export function releaseFiles(
  names: readonly string[],
  modules: Readonly<Record<'1' | '2', Readonly<Record<string, readonly string[]>>>>,
): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const version of ['1', '2'] as const) {
    for (const [name, vsn] of BASE) files[`v${version}/lib/${name}-${vsn}/ebin/${name}.app`] = app(name, vsn, []);
    for (const name of names) {
      files[`v${version}/lib/${name}-${version}/ebin/${name}.app`] = app(name, version, modules[version][name] ?? []);
    }
    const released = [...BASE, ...names.map((name) => [name, version] as const)].map(([name, vsn]) => `{${name},"${vsn}"}`);
    files[version === '1' ? 'base.rel' : 'top.rel'] = `{release,{"r","${version}"},{erts,"13.1.5"},[${released.join()}]}.\n`;
  }
  return files;
}

function app(name: string, vsn: string, modules: readonly string[]): string {
  const uses = name === 'kernel' ? '' : 'kernel';
  return `{application,${name},[{description,"d"},{vsn,"${vsn}"},{modules,[${modules.join()}]},{registered,[]},{applications,[${uses}]}]}.\n`;
}
