// Application facts against file:consult, application:load and systools; what applications call of each other against xref, on all of OTP.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readBeam } from '../../src/beam/module.js';
import { ParseError } from '../../src/errors.js';
import { type AppFile, readAppFile } from '../../src/graph/applications/app-file.js';
import { arrangeApplications } from '../../src/graph/applications/application-set.js';
import { checkApplications } from '../../src/graph/applications/check-applications.js';
import { knownApplications } from '../../src/graph/applications/known-applications.js';
import { type RelFile, readRelFile } from '../../src/graph/applications/rel-file.js';
import { readFacts } from '../../src/graph/facts/read-facts.js';
import { finishProgram } from '../../src/graph/program/build-program.js';
import { addModule, beginProgram } from '../../src/graph/program/program-builder.js';
import { openInputs } from '../../src/io/input.js';
import { decodeTerm } from '../../src/term/etf-decode.js';
import { formatTerm } from '../../src/term/format.js';
import { atom, isAtom, isTuple, list, properList, stringTerm, type Term, tuple } from '../../src/term/model.js';
import { describeWithOtp, insidePath, type OtpRelease, otpEbins } from './support/erlang.js';
import { runOracle } from './support/oracle.js';

const text = (term: Term) => formatTerm(term, { mode: 'w' });
const atoms = (names: readonly string[]) => list(names.map(atom));
const items = (term: Term | undefined) => properList(term) ?? [];

function ask(release: OtpRelease, question: string, args: readonly string[]): readonly Term[] {
  return items(decodeTerm(runOracle(release, 'apps_oracle', question, [args])));
}

function appFiles(release: OtpRelease): readonly string[] {
  return otpEbins(release).flatMap((ebin) =>
    readdirSync(ebin)
      .filter((name) => name.endsWith('.app'))
      .map((name) => join(ebin, name)),
  );
}

/** What application:get_all_key/1 answers of the keys that we read. */
function loadedKeys(app: AppFile): Readonly<Record<string, Term>> {
  return {
    description: stringTerm(app.description ?? ''),
    vsn: stringTerm(app.vsn ?? ''),
    modules: atoms(app.modules),
    registered: atoms(app.registered),
    applications: atoms(app.applications ?? []),
    included_applications: atoms(app.included),
    optional_applications: atoms(app.optional),
    mod: app.mod === null ? list([]) : tuple(atom(app.mod.module), app.mod.argument),
    start_phases:
      app.startPhases === null
        ? atom('undefined')
        : list(app.startPhases.map(({ phase, argument }) => tuple(atom(phase), argument))),
  };
}

const KEYS = `{vsn,"1"},{description,""},{modules,[]},{registered,[]},{applications,[kernel]}`;

/** Each for a key after those that systools wants. */
const APP_TEXTS = [
  `{application,probe,[${KEYS}]}.`,
  `%% coding: latin-1\n{application,probe,[${KEYS}]}.`,
  `{application,probe,[${KEYS}]}`,
  `{application,"probe",[${KEYS}]}.`,
  `{application,probe,{${KEYS}}}.`,
  `{applicatio,probe,[${KEYS}]}.`,
  '',
  ...[
    '{mod,{probe,[]}}',
    '{mod,[]}',
    '{mod,probe}',
    '{mod,{"probe",[]}}',
    '{mod,{probe}}',
    '{included_applications,[a,b]}',
    '{included_applications,["a"]}',
    '{included_applications,a}',
    '{optional_applications,[a|b]}',
    '{optional_applications,[]}',
    '{start_phases,[{init,[]},{go,1}]}',
    '{start_phases,undefined}',
    '{start_phases,[init]}',
    '{start_phases,init}',
    '{env,[{a,1}]}',
    '{unheard_of,#{a => 1}}',
    'compiled',
  ].map((key) => `{application,probe,[${KEYS},${key}]}.`),
  ...['{modules,[probe,1]}', '{registered,probe}', '{applications,[kernel,"stdlib"]}', '{vsn,1}', '{description,probe}'].map(
    (key) => `{application,probe,[${key},${KEYS}]}.`,
  ),
];

const REL_TEXTS = [
  '[{kernel,"8"},{stdlib,"4"}]',
  '[{kernel,"8",permanent},{stdlib,"4"},{shop,"1",temporary},{stock,"1",load},{a,"1",none},{b,"1",transient}]',
  '[{kernel,"8"},{stdlib,"4",[]},{shop,"1",[stock,x]},{stock,"1",temporary,[y]}]',
  '[{kernel,"8"},{stdlib,"4"},{shop,"1",[],permanent}]',
  '[{kernel,"8"},{stdlib,"4"},{shop,"1",forever}]',
  '[{kernel,"8"},{stdlib,"4"},{shop,1}]',
  '[{kernel,"8"},{stdlib,"4"},{shop}]',
  '[{kernel,"8"},{stdlib,"4"},shop]',
  '[{kernel,"8"},{stdlib,"4"},{shop,"1",["stock"]}]',
  '[{kernel,"8"},{stdlib,"4"},{shop,"1",permanent,[],[]}]',
  '[{kernel,"8"},{stdlib,"4"}|x]',
]
  .map((applications) => `{release,{"shop","1.0"},{erts,"13"},${applications}}.`)
  .concat([
    '{release,{shop,"1.0"},{erts,"13"},[{kernel,"8"},{stdlib,"4"}]}.',
    '{release,{"shop","1.0"},{ert,"13"},[{kernel,"8"},{stdlib,"4"}]}.',
    '{release,{"shop","1.0"},[{kernel,"8"},{stdlib,"4"}]}.',
    '{release,{"shop","1.0",x},{erts,"13"},[{kernel,"8"},{stdlib,"4"}]}.',
  ]);

function orError<T>(read: () => T): T | 'error' {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError) return 'error';
    throw error;
  }
}

/** The record `release` of systools. */
function releaseTerm({ name, vsn, erts, applications }: RelFile): Term {
  return tuple(
    stringTerm(name),
    stringTerm(vsn),
    stringTerm(erts),
    list(applications.map((one) => tuple(atom(one.name), stringTerm(one.vsn), atom(one.type)))),
    list(applications.flatMap((one) => (one.included === null ? [] : [tuple(atom(one.name), atoms(one.included))]))),
  );
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the .app files of OTP ${release} and its Elixir`, () => {
    it('say what application:load/1 makes of them', () => {
      const files = appFiles(release);
      const loaded = ask(
        release,
        'loaded',
        files.map((file) => insidePath(release, file)),
      );
      expect(files.length).toBeGreaterThan(20);
      files.forEach((file, at) => {
        const theirs = new Map(items(loaded[at]).flatMap((pair) => (isTuple(pair, 2) ? [pair.items as [Term, Term]] : [])));
        for (const [key, ours] of Object.entries(loadedKeys(readAppFile(readFileSync(file), file)))) {
          const their = [...theirs].find(([name]) => isAtom(name, key))?.[1] as Term;
          expect([file, key, text(ours)]).toEqual([file, key, text(their)]);
        }
      });
    });

    it('have the names and runtime dependencies that file:consult/1 has', () => {
      const files = appFiles(release);
      const consulted = ask(
        release,
        'consult',
        files.map((file) => insidePath(release, file)),
      );
      files.forEach((file, at) => {
        const app = readAppFile(readFileSync(file), file);
        const answer = text(consulted[at] as Term);
        expect(answer).toContain(`{application,${text(atom(app.name))},`);
        const dependencies = app.runtimeDependencies.map(({ name, vsn }) => stringTerm(`${name}-${vsn}`));
        if (dependencies.length > 0) expect(answer).toContain(`{runtime_dependencies,${text(list(dependencies))}}`);
        else expect(answer).not.toMatch(/\{runtime_dependencies,\[[^\]]/);
      });
    });
  });
}

for (const release of [25, 27, 29] as const) {
  describeWithOtp(release, `the table of applications of OTP ${release} and its Elixir`, () => {
    it('has each module where it lies', () => {
      const table = new Map([...knownApplications()].flatMap(([name, modules]) => modules.map((module) => [module, name])));
      for (const [module, name] of applicationsByFolder(otpEbins(release).map((ebin) => dirname(ebin)))) {
        // It went from tools to runtime_tools.
        if (module === 'instrument') expect(table.has(module)).toBe(false);
        else expect([module, table.get(module)]).toEqual([module, name]);
      }
    });
  });
}

describeWithOtp(25, 'resource files of all shapes', () => {
  it('are refused where systools refuses an application', () => {
    const ours = APP_TEXTS.map((one) => (orError(() => readAppFile(Buffer.from(one), 'probe.app')) === 'error' ? 'error' : 'ok'));
    expect(APP_TEXTS.map((one, at) => [one, ours[at]])).toEqual(
      ask(25, 'systools', APP_TEXTS).map((answer, at) => [APP_TEXTS[at], text(answer)]),
    );
  });

  it('are read as systools reads a release', () => {
    const ours = REL_TEXTS.map((one) => orError(() => releaseTerm(readRelFile(Buffer.from(one), 'shop.rel'))));
    expect(REL_TEXTS.map((one, at) => [one, ours[at] === 'error' ? 'error' : text(ours[at] as Term)])).toEqual(
      ask(25, 'releases', REL_TEXTS).map((answer, at) => [REL_TEXTS[at], text(answer)]),
    );
  });
});

async function checkOtp(release: OtpRelease) {
  const builder = beginProgram({ mode: 'functions', builtins: false, otp: release });
  const folders = otpEbins(release)
    .map((ebin) => dirname(ebin))
    .filter((folder) => folder.includes('/erlang/lib/'));
  const found = [];
  for await (const input of openInputs(folders, { wanted: ['beam', 'app'] })) {
    if (input.kind !== 'file') throw new Error(`${input.path} was not read`);
    const { path, bytes, app = null, vsn = null } = input;
    if (input.type === 'app') found.push({ path, app, vsn, isNamed: false, facts: readAppFile(bytes, path) });
    else addModule(builder, readFacts(readBeam(bytes, { file: path }), { file: path, app, builtins: false }, 'abstract').facts);
  }
  const program = finishProgram(builder);
  const nothing = { appFiles: [], beams: [] };
  const set = arrangeApplications(program, { input: { appFiles: found, beams: [] }, library: nothing });
  return { folders, files: found.map(({ facts }) => facts), checked: checkApplications(program, set) };
}

/** Pairs of applications of `strict AE` that the `.app` doesn't declare in one of its three lists; erts is neither checked nor declared. */
function undeclaredEdges(edges: readonly Term[], files: readonly AppFile[]): readonly string[] {
  return edges
    .map((edge) => (isTuple(edge) ? edge.items.map(text) : []))
    .filter(([from, to]) => {
      const file = files.find(({ name }) => name === from);
      const declared = [...(file?.applications ?? []), ...(file?.included ?? []), ...(file?.optional ?? [])];
      return from !== 'erts' && to !== 'erts' && !declared.includes(to as string);
    })
    .map((edge) => edge.join(' -> '));
}

/** The application of each module, by the folder that it lies in. */
function applicationsByFolder(folders: readonly string[]): ReadonlyMap<string, string> {
  const pairs = folders.flatMap((folder) => {
    const name = folder.replace(/^.*\//, '').replace(/-[^-]*$/, '');
    const beams = readdirSync(join(folder, 'ebin')).filter((file) => file.endsWith('.beam'));
    return beams.map((file): [string, string] => [file.replace(/\.beam$/, ''), name]);
  });
  return new Map(pairs);
}

/** Calls as xref has them, `{{From,To},Lines}`, of which the ends are in two applications that `edges` names. */
function callsAlong(calls: readonly Term[], edges: readonly string[], folders: readonly string[]): readonly string[] {
  const applications = applicationsByFolder(folders);
  const applicationOf = (end: Term | undefined) => {
    const module = isTuple(end, 3) ? end.items[0] : undefined;
    return isAtom(module) ? applications.get(module.name) : undefined;
  };
  const among = calls.filter((call) => {
    const [from, to] = isTuple(call, 3) ? call.items.map(applicationOf) : [];
    return edges.includes(`${from} -> ${to}`);
  });
  return among.map(text).sort();
}

describeWithOtp(25, 'what the applications of OTP 25 declare', () => {
  let otp: Awaited<ReturnType<typeof checkOtp>>;
  let edges: readonly Term[] = [];
  let calls: readonly Term[] = [];
  beforeAll(async () => {
    otp = await checkOtp(25);
    const answer = decodeTerm(runOracle(25, 'apps_oracle', 'calls', [otp.folders]));
    [edges = [], calls = []] = isTuple(answer, 2) ? answer.items.map(items) : [];
  }, 120_000);

  it('lacks 53 of the edges that xref has, with the calls that xref has', () => {
    const theirs = undeclaredEdges(edges, otp.files);
    const undeclared = otp.checked.applications.flatMap(({ application, undeclared: uses }) =>
      uses.map((use) => ({ edge: `${application.name} -> ${use.application}`, ...use })),
    );
    expect(undeclared.map(({ edge }) => edge)).toEqual(theirs);
    expect(theirs).toHaveLength(53);
    expect(undeclared.filter(({ isRuntimeDependency }) => !isRuntimeDependency).map(({ edge }) => edge)).toEqual([
      'diameter -> runtime_tools',
      'diameter -> syntax_tools',
    ]);

    const ours = undeclared
      .flatMap((use) => use.calls)
      .map(({ from, to, sites }) => {
        const ends = [from, to].map(({ module, name, arity }) => tuple(atom(module), atom(name), arity));
        const lines = [...new Set(sites.map(({ line }) => line))].sort((left, right) => left - right);
        return text(tuple(...ends, list(lines)));
      });
    expect(ours.length).toBeGreaterThan(1000);
    expect(ours.sort()).toEqual(callsAlong(calls, theirs, otp.folders));
  });

  it('names what nobody calls', () => {
    const called = new Set(edges.map(text));
    const withoutCalls = otp.files.flatMap((file) =>
      (file.applications ?? [])
        .filter((name) => name !== 'kernel' && name !== 'stdlib' && !called.has(`{${file.name},${name}}`))
        .map((name) => `${file.name} -> ${name}`),
    );
    const unused = otp.checked.applications.flatMap(({ application, unused: names }) =>
      names.map((one) => `${application.name} -> ${one.application}`),
    );
    expect(unused).toEqual(withoutCalls);
  });

  it('lists the modules that are there', () => {
    const beams = (folder: string) => readdirSync(join(folder, 'ebin')).filter((name) => name.endsWith('.beam'));
    for (const { application, missingModules, unlistedModules } of otp.checked.applications) {
      if (application.name === 'erts') continue;
      const folder = otp.folders.find((one) => one.includes(`/${application.name}-`)) as string;
      const there = new Set(beams(folder).map((name) => name.slice(0, -'.beam'.length)));
      const listed = new Set(application.file?.modules);
      expect(missingModules).toEqual([...listed].filter((name) => !there.has(name)));
      expect([...unlistedModules].sort()).toEqual([...there].filter((name) => !listed.has(name)).sort());
    }
  });
});
