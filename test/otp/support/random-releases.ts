// Random pairs of releases with appups: most instructions are right and hang together by random dependencies, some are wrong, written by hand
// for the low level, or name what isn't there.

/** Files by path in the folder of one case. */
export type ReleaseTree = Readonly<Record<string, string>>;

const BASE: readonly (readonly [string, string])[] = [
  ['kernel', '8.5.3'],
  ['stdlib', '4.2'],
  ['sasl', '4.2'],
];

/** Makes the files of one case. */
export function randomReleases(random: (bound: number) => number): ReleaseTree {
  const tree: Record<string, string> = {};
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
  const some = <T>(items: readonly T[], chance: number) => items.filter(() => random(100) < chance);
  const names = ['alpha', 'beta', 'gamma', 'delta'].slice(0, 1 + random(4));
  const modulesOf = (name: string) => Array.from({ length: 1 + random(6) }, (_, at) => `${name}_${at}`);
  const apps = names.map((name) => ({ name, modules: modulesOf(name), changed: random(5) > 0 }));
  const all = apps.flatMap(({ modules }) => modules);
  for (const [name, vsn] of BASE) {
    tree[`lib/${name}-${vsn}/ebin/${name}.app`] = app(name, vsn, [`${name}_m`], name === 'kernel' ? [] : ['kernel']);
  }
  const listed = (version: 'top' | 'base') =>
    apps.flatMap((one) => {
      if (random(8) === 0) return [];
      const vsn = version === 'top' && one.changed ? '2' : '1';
      return [`{${one.name},"${vsn}"${pick(['', '', '', ',transient', ',load', ',none'])}}`];
    });
  for (const one of apps) {
    for (const vsn of one.changed ? ['1', '2'] : ['1']) {
      const uses = some(names.slice(0, names.indexOf(one.name)), 30);
      tree[`lib/${one.name}-${vsn}/ebin/${one.name}.app`] = app(one.name, vsn, some(one.modules, 95), [
        'kernel',
        'stdlib',
        ...uses,
      ]);
    }
    if (!one.changed) continue;
    const script = () => instructions(one.modules).join(',\n   ');
    const entry = () => `{${pick(['"1"', '"1"', '"1"', '<<"[0-9]+">>', '<<"1.*">>', '"0"'])},[${script()}]}`;
    tree[`lib/${one.name}-2/ebin/${one.name}.appup`] =
      `{"${random(12) === 0 ? 9 : 2}",\n [${entry()}],\n [${entry()},${entry()}]}.\n`;
  }
  const erts = random(8) === 0 ? '13.0' : '13.1.5';
  tree['rel/top.rel'] = rel('2', '13.1.5', listed('top'));
  tree['rel/base.rel'] = rel('1', erts, listed('base'));
  return tree;

  function instructions(modules: readonly string[]): readonly string[] {
    const chosen = some(modules, 85).sort(() => random(3) - 1);
    const deps = (module: string) => {
      const ours = some(chosen, 25).filter((dep) => random(6) > 0 || dep > module);
      return `[${(random(30) === 0 ? [...ours, pick(all)] : ours).join()}]`;
    };
    const purge = () => pick(['soft_purge', 'brutal_purge']);
    const change = () => pick(['soft', '{advanced,[]}', '{advanced,{x,"t"}}']);
    const forms: readonly ((m: string) => string)[] = [
      (m) => `{load_module,${m},${deps(m)}}`,
      (m) => `{load_module,${m}}`,
      (m) => `{load_module,${m},${purge()},${purge()},${deps(m)}}`,
      (m) => `{update,${m},${deps(m)}}`,
      (m) => `{update,${m},${change()},${deps(m)}}`,
      (m) => `{update,${m},supervisor}`,
      (m) => `{update,${m},${change()},${purge()},${purge()},${deps(m)}}`,
      (m) => `{update,${m},${pick(['infinity', '5000', 'default'])},${change()},${purge()},${purge()},${deps(m)}}`,
      (m) => `{update,${m},${pick(['static', 'dynamic'])},default,${change()},${purge()},${purge()},${deps(m)}}`,
      (m) => `{add_module,${m},${deps(m)}}`,
      (m) => `{delete_module,${m},${deps(m)}}`,
    ];
    const made = chosen.map((module) => pick(forms)(module));
    const extra: readonly (() => string)[] = [
      () => `{apply,{${pick(all)},f,[1,"s",<<"b">>]}}`,
      () => `{apply,{io,nl,[]}}`,
      () => `{load_object_code,{${pick(names)},"${pick(['1', '2'])}",[${some(all, 30).join()}]}}`,
      () => `{suspend,[${pick(all)}]},{resume,[${pick(all)}]}`,
      () => `{stop,[${pick(all)}]},{start,[${pick(all)}]}`,
      () => `{restart_application,${pick(names)}}`,
      () => `{remove_application,${pick(names)}}`,
      () => `{add_application,${pick(names)}}`,
      () => `[{apply,{x,y,[]}},{load_module,${pick(all)},soft_purge,soft_purge,[]}]`,
      () => pick(['restart_emulator', 'restart_new_emulator', 'point_of_no_return', 'restart', 'mnesia_backup', 'nonsense']),
      () => pick(['{sync_nodes,id,[a@b]}', '{sync_nodes,id,{m,f,[]}}', '{code_change,up,[{m,x}]}', '{code_change,[{m,x}]}']),
      () => pick(['{update,m,nothing}', '{load,{m,soft_purge,soft_purge}}', '{purge,[m]}', '{apply,{m,f,x}}', '{update,"m"}']),
      () => pick(['{update,m,soft,a,brutal_purge,[]}', '{code_change,no,[{m,x}]}', '{code_change,no,[m]}', '{suspend,[{m,0}]}']),
    ];
    const extras = Array.from({ length: random(4) === 0 ? 1 + random(2) : 0 }, () => pick(extra)());
    for (const line of extras) made.splice(random(made.length + 1), 0, line);
    return made;
  }
}

function app(name: string, vsn: string, modules: readonly string[], uses: readonly string[]): string {
  return `{application,${name},[{description,"d"},{vsn,"${vsn}"},{modules,[${modules.join()}]},{registered,[]},{applications,[${uses.join()}]}]}.\n`;
}

function rel(vsn: string, erts: string, apps: readonly string[]): string {
  const base = BASE.map(([name, version]) => `{${name},"${version}"}`);
  return `{release,{"r","${vsn}"},{erts,"${erts}"},[${[...base, ...apps].join()}]}.\n`;
}
