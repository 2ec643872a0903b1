// What applications declare against what they do, on modules made by hand; test/otp/apps.test.ts does it on all of OTP.
import { describe, expect, it } from 'vitest';
import { readAppFile } from '../../../src/graph/applications/app-file.js';
import { arrangeApplications, type FoundAppFile, type FoundFiles } from '../../../src/graph/applications/application-set.js';
import { checkApplications, chooseApplications } from '../../../src/graph/applications/check-applications.js';
import { correctLists } from '../../../src/graph/applications/correct-list.js';
import type { ModuleFacts, Reference } from '../../../src/graph/module-facts.js';
import { buildProgram } from '../../../src/graph/program/build-program.js';
import { moduleFacts } from '../program/small-program.js';

/** Makes `lib/NAME/ebin/NAME.app` with these keys. */
function appFile(name: string, keys: string, more: Partial<FoundAppFile> = {}): FoundAppFile {
  const path = `lib/${name}/ebin/${name}.app`;
  const facts = readAppFile(Buffer.from(`{application, ${name}, [${keys}]}.`), path);
  return { path, app: name, vsn: null, isNamed: false, facts, ...more };
}

/** A module `lib/APP/ebin/NAME.beam` that exports run/0 and calls run/0 of others from it. */
function module(name: string, app: string, calls: readonly string[], more: Partial<ModuleFacts> = {}): ModuleFacts {
  const lines = calls.map((target, at) => `run/0 -> ${target}:run/0 @ ${at + 1}`);
  return { ...moduleFacts(name, app, ['+run/0'], lines, more), file: `lib/${app}/ebin/${name}.beam` };
}

const NO_FILES: FoundFiles = { appFiles: [], beams: [] };

function check(
  appFiles: readonly FoundAppFile[],
  modules: readonly ModuleFacts[],
  library = NO_FILES,
  table: ReadonlyMap<string, readonly string[]> = new Map(),
) {
  const program = buildProgram(modules, { mode: 'functions', builtins: false, otp: 25 });
  const set = arrangeApplications(program, { input: { appFiles, beams: [] }, library, table });
  return { set, checked: checkApplications(program, set) };
}

function reference(kind: Reference['kind'], target: string): Partial<ModuleFacts> {
  return { references: [{ kind, from: -1, module: target, name: null, arity: null, confidence: 'exact', sites: [] }] };
}

describe('applications that are called', () => {
  const modules = [
    module('shop', 'shop', ['store', 'bank', 'log']),
    module('store', 'store', []),
    module('bank', 'bank', []),
    module('log', 'log', []),
  ];
  const others = [appFile('store', '{modules, [store]}, {applications, [bank]}'), appFile('bank', '{modules, [bank]}')];

  it('are found where nothing declares them', () => {
    const shop = appFile('shop', '{modules, [shop]}, {applications, [store]}, {runtime_dependencies, ["log-1.0"]}');
    expect(
      check([shop, ...others], modules).checked.applications.find(({ application }) => application.name === 'shop'),
    ).toMatchObject({
      undeclared: [
        { application: 'bank', isRuntimeDependency: false, through: ['shop', 'store', 'bank'] },
        { application: 'log', isRuntimeDependency: true, through: null },
      ],
    });
  });

  it.each(['applications', 'included_applications', 'optional_applications'])('may be declared as %s', (key) => {
    const shop = appFile('shop', `{modules, [shop]}, {${key}, [store, bank, log]}`);
    const { applications } = check([shop, ...others, appFile('log', '{modules, [log]}')], modules).checked;
    expect(applications.map(({ undeclared, unused }) => ({ undeclared, unused }))).toEqual([
      { undeclared: [], unused: [] },
      { undeclared: [], unused: [] },
      { undeclared: [], unused: [] },
      { undeclared: [], unused: [{ application: 'bank', key: 'applications', isCompiled: false }] },
    ]);
  });

  it('name the calls with their places', () => {
    const { checked } = check([appFile('shop', '{modules, [shop]}, {applications, [store, log]}'), ...others], modules);
    const shop = checked.applications.find(({ application }) => application.name === 'shop');
    expect(shop?.undeclared[0]?.calls).toEqual([
      {
        from: { module: 'shop', name: 'run', arity: 0 },
        to: { module: 'bank', name: 'run', arity: 0 },
        sourceFile: null,
        sites: [{ line: 2, column: 5 }],
      },
    ]);
  });

  it('may be of the library path, which is not checked', () => {
    const library = {
      appFiles: [appFile('bank', '{applications, [nobody]}')],
      beams: [
        { path: 'lib/bank/ebin/bank.beam', app: 'bank' },
        { path: 'lib/log/ebin/log.beam', app: 'log' },
      ],
    };
    const { checked } = check([appFile('shop', '{modules, [shop]}')], modules.slice(0, 1), library);
    expect(
      checked.applications.map(({ application, undeclared }) => [application.name, undeclared.map((use) => use.application)]),
    ).toEqual([['shop', ['bank', 'log']]]);
    expect(checked.placelessModules).toEqual(['store']);
  });

  it('may be of a table, for what was not found', () => {
    const table = new Map([
      ['bank', ['bank', 'shop']],
      ['log', ['log', 'store']],
      ['store', ['cellar']],
      ['idle', ['idle']],
    ]);
    const { checked } = check([appFile('shop', '{modules, [shop]}')], modules.slice(0, 2), NO_FILES, table);
    expect(
      checked.applications.map(({ application, undeclared }) => [application.name, undeclared.map((use) => use.application)]),
    ).toEqual([
      ['shop', ['bank', 'log', 'store']],
      ['store', []],
    ]);
    expect(checked).toMatchObject({ assumed: ['bank', 'log'], placelessModules: [] });
    expect(checked.applications[1]?.application.modules).toEqual(['store']);
  });

  it('are known by the name in their .app too', () => {
    const bank = appFile('bank', '{modules, [bank]}');
    const checkout = { ...bank, path: 'lib/bank_main/ebin/bank.app', app: 'bank_main' };
    const files = [appFile('shop', '{modules, [shop]}, {applications, [bank, store, log]}'), checkout];
    const { checked } = check(files, [...modules.slice(0, 2), module('bank', 'bank_main', [])]);
    const [found, shop] = checked.applications;
    expect(found?.mismatches).toEqual([{ key: 'name', folder: 'bank_main', file: 'bank' }]);
    expect(shop).toMatchObject({ undeclared: [], unused: [] });
  });
});

describe('declared applications', () => {
  const declares = (keys: string) => appFile('shop', `{modules, [shop]}, {applications, [kernel, stdlib, store]}${keys}`);
  const store = appFile('store', '{modules, [store]}');
  const unusedOf = (more: Partial<ModuleFacts>, keys = '') => {
    const modules = [module('shop', 'shop', [], more), module('store', 'store', [])];
    const { checked } = check([declares(keys), store], modules);
    return checked.applications.find(({ application }) => application.name === 'shop')?.unused;
  };

  it('are unused where nothing calls or names them', () => {
    expect(unusedOf({})).toEqual([{ application: 'store', key: 'applications', isCompiled: false }]);
    expect(unusedOf({}, ', {optional_applications, [store]}')).toMatchObject([{ key: 'optional_applications' }]);
  });

  it.each([
    ['a behaviour of theirs', { behaviours: ['store'] }],
    ['a function of theirs as data', reference('mfa', 'store')],
    ['a child specification', reference('child_spec', 'store')],
    ['a struct', reference('struct', 'store')],
  ])('are used by %s', (_what, more) => expect(unusedOf(more)).toEqual([]));

  it('are used by the compiler alone for types and transforms', () => {
    expect(unusedOf(reference('type', 'store'))).toMatchObject([{ isCompiled: true }]);
    expect(unusedOf(reference('transform', 'store'))).toMatchObject([{ isCompiled: true }]);
  });

  it('are used where they have the module that starts the application', () => {
    expect(unusedOf({}, ', {mod, {store, []}}')).toEqual([]);
  });

  it('say nothing where they are not among the input', () => {
    const { checked } = check([declares('')], [module('shop', 'shop', [])]);
    expect(checked.applications[0]).toMatchObject({ unused: [], unknown: ['kernel', 'stdlib', 'store'] });
  });
});

describe('modules', () => {
  it('that are not there or not listed are named', () => {
    const { checked } = check(
      [appFile('shop', '{modules, [shop, gone]}')],
      [module('shop', 'shop', []), module('extra', 'shop', [])],
    );
    expect(checked.applications[0]).toMatchObject({ missingModules: ['gone'], unlistedModules: ['extra'] });
  });

  it('are not looked for where the .app is given alone', () => {
    const alone = appFile('shop', '{modules, [shop]}', { isNamed: true, app: null });
    expect(check([alone], []).checked.applications[0]).toMatchObject({ application: { name: 'shop' }, missingModules: [] });
  });

  it('that cannot be read, or are left out, are there all the same', () => {
    const program = buildProgram([], { mode: 'functions', builtins: false, otp: 25 });
    const beams = [{ path: 'lib/shop/ebin/shop.beam', app: null }];
    const set = arrangeApplications(program, {
      input: { appFiles: [appFile('shop', '{modules, [shop]}')], beams },
      library: NO_FILES,
    });
    expect(checkApplications(program, set).applications[0]).toMatchObject({ missingModules: [], unlistedModules: [] });
  });
});

describe('the order of starting', () => {
  const files = [
    appFile('a', '{applications, [b]}'),
    appFile('b', '{optional_applications, [c]}'),
    appFile('c', '{applications, [d, a]}'),
    appFile('d', '{included_applications, [a]}'),
    appFile('e', '{applications, [e]}'),
  ];

  it('has circles of applications and optional_applications', () => {
    expect(check(files, []).checked.cycles).toEqual([
      { applications: ['a', 'b', 'c'], path: ['a', 'b', 'c', 'a'] },
      { applications: ['e'], path: ['e', 'e'] },
    ]);
  });

  it('is told of chosen applications', () => {
    const { checked } = check(files, []);
    expect(chooseApplications(checked, new Set(['b'])).cycles).toHaveLength(1);
    expect(chooseApplications(checked, new Set(['d']))).toMatchObject({
      cycles: [],
      applications: [{ application: { name: 'd' } }],
    });
  });
});

describe('corrected lists', () => {
  const modules = [
    module('shop', 'shop', ['store', 'bank', 'log']),
    module('store', 'store', ['shop']),
    module('bank', 'bank', ['log']),
    module('log', 'log', []),
    module('idle', 'idle', []),
  ];
  const files = [
    appFile('shop', '{applications, [stdlib, idle, kernel]}'),
    appFile('store', '{applications, [kernel]}'),
    appFile('bank', '{applications, [kernel, log]}'),
    appFile('log', ''),
    appFile('idle', ''),
  ];

  it('keep their order and add what is called', () => {
    const { set, checked } = check(files, modules);
    expect(correctLists(set, checked, false).map(({ application, ...list }) => [application.name, list])).toEqual([
      [
        'shop',
        { applications: ['stdlib', 'idle', 'kernel', 'bank', 'log'], added: ['bank', 'log'], removed: [], refused: ['store'] },
      ],
      ['store', { applications: ['kernel'], added: [], removed: [], refused: ['shop'] }],
    ]);
  });

  it('lose what nobody uses where asked', () => {
    const { set, checked } = check(files, modules);
    expect(correctLists(set, checked, true)[0]).toMatchObject({
      applications: ['stdlib', 'kernel', 'bank', 'log'],
      removed: ['idle'],
    });
  });

  it('keep optional and included applications', () => {
    const shop = appFile('shop', '{applications, [idle, log]}, {optional_applications, [idle]}, {included_applications, [bank]}');
    const { set, checked } = check([shop, ...files.slice(1)], [module('shop', 'shop', ['log']), ...modules.slice(2)]);
    expect(correctLists(set, checked, true)).toEqual([]);
  });

  it('make an application that is checked again declare all', () => {
    const { set, checked } = check(files.slice(0, 1), [module('shop', 'shop', ['store']), module('store', 'store', [])]);
    const [list] = correctLists(set, checked, false);
    const fixed = appFile('shop', `{applications, [${list?.applications.join(', ')}]}`);
    const again = check([fixed], [module('shop', 'shop', ['store']), module('store', 'store', [])]);
    expect(again.checked.applications[0]?.undeclared).toEqual([]);
  });
});

it('erts is neither checked nor declared', () => {
  const modules = [module('shop', 'shop', ['init']), module('init', 'erts', ['shop'])];
  const files = [appFile('shop', '{modules, [shop]}'), appFile('erts', '{modules, []}')];
  const { applications } = check(files, modules).checked;
  expect(applications.map(({ undeclared, unlistedModules }) => [undeclared, unlistedModules])).toEqual([
    [[], []],
    [[], []],
  ]);
});
