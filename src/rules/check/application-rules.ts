// The rule that `.app` files fit: what `beamtool apps` finds, as findings. erts is left out on both sides; included and optional applications
// count as declared.

import type {
  ApplicationCall,
  CheckedApplication,
  CheckedApplications,
  QualifiedFunction,
} from '../../graph/applications/check-applications.js';
import type { FindingKind as ApplicationCheck } from '../../graph/applications/findings.js';
import type { Rule, RuleQuestion } from '../config/config.js';
import type { FindingSubject } from '../model.js';
import type { RuleGraph } from '../rule-graph.js';
import { parseSelector, type SelectContext, selectNodes } from '../select-nodes.js';
import { matchesNothing } from './ask.js';
import { type Draft, type Evidence, type FoundSite, refuseTooMany } from './draft.js';
import { cycleText } from './group-rules.js';

/** What of it is asked about. */
interface AskingApplications {
  readonly rule: Rule;
  readonly drafts: Draft[];
  readonly isChosen: (application: string) => boolean;
}

/** Adds what is wrong with the applications of the input. */
export function askApplications(
  rule: Rule,
  { of, checks }: Extract<RuleQuestion, { readonly kind: 'applications' }>,
  checked: CheckedApplications,
  context: SelectContext,
): readonly Draft[] {
  const drafts: Draft[] = [];
  const names = checked.applications.map(({ application }) => application.name);
  const nodes = names.map((id) => ({ id, app: id, module: null, isOwn: true, functions: null }));
  const none = new Int32Array(0);
  const graph: RuleGraph = { level: 'application', nodes, edges: { sources: none, targets: none } };
  const marks = selectNodes(graph, parseSelector(of), context);
  if (!marks.includes(1)) matchesNothing({ rule, drafts }, 'of');
  const chosen = new Set(names.filter((_, at) => marks[at] === 1));
  const asking = { rule, drafts, isChosen: (name: string) => chosen.has(name) };
  for (const check of checks) {
    if (check === 'cycles') addStartCycles(asking, checked);
    else for (const one of checked.applications) if (chosen.has(one.application.name)) FINDERS[check](asking, one);
  }
  return drafts;
}

type Finder = (asking: AskingApplications, one: CheckedApplication) => void;

/** By check; `cycles` are of several applications. */
const FINDERS: Readonly<Record<Exclude<ApplicationCheck, 'cycles'>, Finder>> = {
  undeclared(asking, { application: { name }, undeclared }) {
    for (const { application, isRuntimeDependency, through, calls } of undeclared) {
      const notes = [
        ...(isRuntimeDependency ? ['it is a runtime dependency only'] : []),
        ...(through === null ? [] : [`started by ${through.slice(1, -1).join(', ')}`]),
      ];
      const message = `${name} calls ${application} and doesn't declare it${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
      addEdge(asking, name, application, message, sitesOf(calls));
    }
  },
  unused(asking, { application: { name }, unused }) {
    for (const { application, key, isCompiled } of unused) {
      const only = isCompiled ? 'only needs it to be compiled' : "doesn't use it";
      addEdge(asking, name, application, `${name} declares ${application} in ${key} and ${only}`, OF_APPLICATION(name));
    }
  },
  missing_modules(asking, { application: { name }, missingModules }) {
    for (const module of missingModules)
      addNode(asking, 'module', module, `${name} lists the module ${module}, which isn't there`, name);
  },
  unlisted_modules(asking, { application: { name }, unlistedModules }) {
    for (const module of unlistedModules) addNode(asking, 'module', module, `${name} doesn't list its module ${module}`, name);
  },
  mismatches(asking, { application: { name }, mismatches }) {
    if (mismatches.length === 0) return;
    const what = mismatches.map(({ key, folder, file }) => `${key} ${file ?? 'none'}, its folder ${folder}`);
    addNode(asking, 'application', name, `the .app of ${name} says ${what.join('; ')}`, name);
  },
  no_app_file(asking, { application: { name, path } }) {
    if (path === null) addNode(asking, 'application', name, `${name} has no .app file`, name);
  },
  release_versions() {
    // Those are of releases, which are not checked here.
  },
};

const OF_APPLICATION = (node: string): Evidence => ({ kind: 'node', level: 'application', node });

function addEdge(asking: AskingApplications, from: string, to: string, message: string, evidence: Evidence): void {
  add(asking, { kind: 'edge', level: 'application', from, to, edgeKinds: ['call'], chain: null }, message, evidence);
}

function addNode(
  asking: AskingApplications,
  level: 'module' | 'application',
  node: string,
  message: string,
  application: string,
): void {
  add(asking, { kind: 'node', level, node }, message, OF_APPLICATION(application));
}

function add({ rule, drafts }: AskingApplications, subject: FindingSubject, message: string, evidence: Evidence): void {
  drafts.push({ rule, subject, message, evidence, anyModule: false });
  refuseTooMany(rule, drafts.length);
}

function sitesOf(calls: readonly ApplicationCall[]): Evidence {
  const sites = calls.flatMap(({ from, to, sourceFile, sites }): readonly FoundSite[] => {
    const common = { module: from.module, file: sourceFile ?? '', what: `${functionText(from)} -> ${functionText(to)}` };
    return sites.length === 0 ? [{ ...common, line: 0, column: 0 }] : sites.map((site) => ({ ...common, ...site }));
  });
  return { kind: 'sites', sites, modules: [...new Set(calls.map(({ from }) => from.module))] };
}

function functionText({ module, name, arity }: QualifiedFunction): string {
  return `${module}:${name}/${arity}`;
}

function addStartCycles(asking: AskingApplications, { cycles }: CheckedApplications): void {
  for (const { applications } of cycles) {
    if (!applications.some(asking.isChosen)) continue;
    const members = [...new Set(applications)].sort();
    const subject = { kind: 'cycle', level: 'application', members, cut: [], isFewest: false, change: null } as const;
    const message = `${cycleText('application', members)}: each waits for another one to be started`;
    add(asking, subject, message, OF_APPLICATION(members[0] as string));
  }
}
