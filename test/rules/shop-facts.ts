// Facts of a small web shop, and rules asked about them. The calls, module by module; `lonely` is in no application:
//
//   web    web_page -> web_form, core, db       web_form -> core_util
//   core   core -> core_util, db, lists         core_util          legacy -> web_page
//   db     db -> db_pool, crypto                db_pool -> db
//
// So applications depend as web -> core, db; core -> db, web, stdlib; db -> crypto. core calls core_util:gone/0, which isn't there, and db_pool
// calls db:old/0, which is deprecated.

import { explainExports } from '../../src/graph/analyses/explain-exports.js';
import type { AppFile } from '../../src/graph/applications/app-file.js';
import { arrangeApplications } from '../../src/graph/applications/application-set.js';
import { checkApplications } from '../../src/graph/applications/check-applications.js';
import { knownApplications } from '../../src/graph/applications/known-applications.js';
import type { ImportFacts } from '../../src/graph/import-facts.js';
import type { ModuleFacts } from '../../src/graph/module-facts.js';
import { buildProgram } from '../../src/graph/program/build-program.js';
import type { Program } from '../../src/graph/program/program.js';
import { askRules } from '../../src/rules/check/ask-rules.js';
import { type Draft, subjectText } from '../../src/rules/check/draft.js';
import { askProgramRule } from '../../src/rules/check/program-rules.js';
import type { Config } from '../../src/rules/config/config.js';
import { mergeConfigs } from '../../src/rules/config/merge-configs.js';
import { readConfig } from '../../src/rules/config/read-config.js';
import { graphsOfProgram } from '../../src/rules/program-graphs.js';
import { graphsOfImports } from '../../src/rules/rule-graphs.js';
import { moduleFacts } from '../graph/program/small-program.js';

const SHOP: readonly ModuleFacts[] = [
  moduleFacts(
    'web_page',
    'web',
    ['+show/1', 'render/1'],
    ['show/1 -> render/1 @ 11', 'show/1 -> core:get/1 @ 12', 'show/1 -> db:find/1 @ 13', 'render/1 -> web_form:draw/1 @ 21'],
  ),
  moduleFacts('web_form', 'web', ['+draw/1'], ['draw/1 -> core_util:trim/1 @ 11']),
  moduleFacts(
    'core',
    'core',
    ['+get/1', '+put/2', 'unused/0'],
    [
      'get/1 -> core_util:trim/1 @ 11',
      'get/1 -> db:find/1 @ 12',
      'put/2 -> lists:foldl/3 @ 21',
      'put/2 -> core_util:gone/0 @ 22',
    ],
  ),
  moduleFacts('core_util', 'core', ['+trim/1'], []),
  moduleFacts('legacy', 'core', ['+run/0'], ['run/0 -> web_page:show/1 @ 11']),
  moduleFacts('db', 'db', ['+find/1', '+old/0'], ['find/1 -> db_pool:take/0 @ 11', 'find/1 -> crypto:hash/2 @ 12'], {
    deprecated: [{ name: 'old', arity: 0, category: 1 }],
  }),
  moduleFacts('db_pool', 'db', ['+take/0'], ['take/0 -> db:old/0 @ 11']),
  moduleFacts('lonely', null, ['+run/0'], []),
];

/** Each in the folder of its application. */
export const SHOP_FACTS = SHOP.map((one) => ({ ...one, file: `${one.app ?? 'none'}/${one.file}` }));

export function shopProgram(facts: readonly ModuleFacts[] = SHOP_FACTS): Program {
  const applications = ['web', 'core', 'db'].map((name) => ({ name, release: 'shop' }));
  return buildProgram(facts, { mode: 'functions', builtins: false, otp: 25 }, { applications });
}

/** What import tables say of facts: every call from outside of a module, BIFs left out. */
export function importsOf(facts: readonly ModuleFacts[]): readonly ImportFacts[] {
  return facts.map(({ module, app, file, imports }) => {
    const targets = new Map<string, number>();
    for (const one of imports) if (!one.builtin) targets.set(one.module, (targets.get(one.module) ?? 0) + 1);
    return { module, app, file, imports: Array.from(targets, ([name, count]) => ({ module: name, count })) };
  });
}

const APP_FILE = {
  vsn: '1.0',
  description: null,
  registered: [],
  included: [],
  optional: [],
  mod: null,
  startPhases: null,
};

/** web doesn't declare db and lists a module in vain; core neither declares web nor lists legacy; db declares mnesia, which it doesn't use. */
const APP_FILES: readonly AppFile[] = [
  {
    name: 'web',
    modules: ['web_page', 'web_form', 'web_gone'],
    applications: ['kernel', 'stdlib', 'core'],
    runtimeDependencies: [{ name: 'db', vsn: '1.0' }],
  },
  { name: 'core', modules: ['core', 'core_util'], applications: ['kernel', 'stdlib', 'db'], runtimeDependencies: [] },
  { name: 'db', modules: ['db', 'db_pool'], applications: ['kernel', 'stdlib', 'crypto', 'mnesia'], runtimeDependencies: [] },
].map((one) => ({ ...APP_FILE, ...one, file: `${one.name}.app` }));

export async function configOf(raw: object): Promise<Config> {
  return mergeConfigs([await readConfig(JSON.stringify(raw), 'rules.json')]);
}

/** Asks the rules of a config about facts. */
export function askAbout(config: Config, facts: readonly ModuleFacts[] = SHOP_FACTS): readonly Draft[] {
  const program = shopProgram(facts);
  const graphs = graphsOfProgram(program, config);
  const appFiles = APP_FILES.map((one) => ({
    path: `${one.name}/${one.file}`,
    app: one.name,
    vsn: null,
    isNamed: false,
    facts: one,
  }));
  const files = { input: { appFiles, beams: [] }, library: { appFiles: [], beams: [] }, table: knownApplications() };
  const applications = checkApplications(program, arrangeApplications(program, files));
  const input = { graphs, program, applications, explained: explainExports(program) };
  return askRules(config, { graphs, program, askProgram: (rule, context) => askProgramRule(rule, input, context) }, (run) =>
    run(),
  );
}

/** Asks the same of import tables; only rules about modules and what they are put together to. */
export function askImports(config: Config, facts: readonly ModuleFacts[] = SHOP_FACTS): readonly Draft[] {
  const graphs = graphsOfImports(importsOf(facts), config.groups);
  return askRules(config, { graphs, program: null, askProgram: null }, (run) => run());
}

/** `kind: subject` of each finding. */
export function texts(drafts: readonly Draft[]): readonly string[] {
  return drafts.map(({ subject }) => `${subject.kind}: ${subjectText(subject)}`);
}
