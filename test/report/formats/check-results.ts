// Answers of a check for tests of its formats: one of each kind of finding and status, and one that is made of names that formats take amiss.
import type {
  CheckResult,
  Failure,
  FaultyEntry,
  Finding,
  FindingSubject,
  Place,
  RuleSummary,
  Severity,
} from '../../../src/rules/model.js';

/** Names that mean something to one format or another. */
export const HOSTILE_NAMES: readonly string[] = [
  '</script><img onerror=alert(1)>',
  'a"b|c',
  '=cmd',
  'line\nfeed',
  'control\u0001',
  '%0A::error::',
  'ł'.repeat(255),
  "']]>&amp;<!--",
  '##teamcity[x]',
  '`tick` [text](http://x) {0} *b* @who',
  '\\" -> \\n \\',
  '+1,2;3\r\n',
  '%%{init: {}}%% end style a:b#c;',
];

export function place(file: string, line: number | null = 7, column: number | null = 3, what = 'what stands there'): Place {
  return { kind: 'source', file, isInRepository: true, line, column, what };
}

export function finding(rule: string, severity: Severity, subject: FindingSubject, more: Partial<Finding> = {}): Finding {
  const about = JSON.stringify(subject);
  return {
    rule,
    severity,
    identity: JSON.stringify([subject.kind, rule, about]),
    message: `${rule} finds ${about}`,
    places: [place('src/shop.erl')],
    placeCount: 1,
    owners: [],
    status: 'new',
    reason: null,
    ...subject,
    ...more,
  } as Finding;
}

export const edge = (from: string, to: string): FindingSubject => ({
  kind: 'edge',
  level: 'module',
  from,
  to,
  edgeKinds: ['call'],
  chain: null,
});

export const node = (name: string): FindingSubject => ({ kind: 'node', level: 'module', node: name });

function rule(name: string, kind: RuleSummary['kind'], severity: Severity, comment: string | null = null): RuleSummary {
  const counts = { new: 0, baselined: 0, suppressed: 0, old: 0 };
  return { name, kind, severity, level: 'module', comment, file: 'beamtool.config.json', line: 3, counts };
}

interface Parts {
  readonly rules: readonly RuleSummary[];
  readonly findings: readonly Finding[];
  readonly faulty?: readonly FaultyEntry[];
  readonly failures?: readonly Failure[];
}

export function checkResult({ rules, findings, faulty, failures = [] }: Parts): CheckResult {
  const count = (status: Finding['status'], severity?: Severity) =>
    findings.filter((one) => one.status === status && (severity === undefined || one.severity === severity)).length;
  return {
    config: 'beamtool.config.json',
    settings: { level: 'module', edges: ['call'], source: 'imports', builtins: false },
    rules,
    findings,
    counts: {
      new: { error: count('new', 'error'), warning: count('new', 'warning'), info: count('new', 'info') },
      baselined: count('baselined'),
      suppressed: count('suppressed'),
      old: count('old'),
      withoutPlace: 0,
    },
    baseline: faulty === undefined ? null : { file: 'beamtool.baseline.jsonl', entries: faulty.length, faulty },
    comparison: null,
    coverage: { files: 10, failed: [], skipped: [], duplicates: [], fallbacks: [], percent: 100 },
    failures,
  };
}

/** One of each kind, in the order of severity as a check has it. */
export const EACH_KIND: CheckResult = checkResult({
  rules: [
    rule('layers', 'layers', 'error', 'The till knows the stock'),
    rule('no-cycles', 'acyclic', 'error'),
    rule('used', 'orphans', 'warning'),
    rule('small', 'metric', 'warning'),
    rule('asked', 'query', 'info'),
    rule('quiet', 'forbidden', 'info'),
  ],
  findings: [
    finding('layers', 'error', edge('stock', 'till'), {
      places: [place('src/a file.erl'), place('src/ü,b.erl', 9, null), place('src/none.erl', null, null)],
      placeCount: 9,
      owners: ['@shop', 'a@b.example'],
    }),
    finding('layers', 'error', { ...edge('stock', 'web'), chain: ['stock', 'till', 'web'] } as FindingSubject),
    finding('layers', 'error', edge('known', 'till'), { status: 'baselined', reason: 'later' }),
    finding('no-cycles', 'error', {
      kind: 'cycle',
      level: 'module',
      members: ['a', 'b', 'c'],
      cut: [{ from: 'a', to: 'b' }],
      isFewest: true,
      change: { kind: 'grown', added: ['c'], removed: [] },
    }),
    finding('used', 'warning', node('lonely'), {
      places: [
        { kind: 'application', file: 'src/shop.app.src', isInRepository: true, line: null, column: null, what: 'lonely' },
        { ...place('/usr/lib/erlang/lists.erl'), isInRepository: false },
      ],
    }),
    finding('used', 'warning', node('meant'), { status: 'suppressed', reason: 'called from a shell' }),
    finding('small', 'warning', { kind: 'metric', level: 'module', node: 'big', metric: 'fan-out', value: 12, limit: 10 }),
    finding(
      'asked',
      'info',
      { kind: 'query', line: '{a,b}', isMissing: false },
      {
        places: [{ kind: 'config', file: 'beamtool.config.json', isInRepository: true, line: 5, column: null, what: '{a,b}' }],
        placeCount: 0,
      },
    ),
    finding('asked', 'info', { kind: 'rule', fault: { kind: 'matches-nothing', part: 'from' } }),
  ],
  faulty: [
    {
      kind: 'stale',
      rule: 'layers',
      identity: '["edge","layers","x","y"]',
      text: 'x -> y',
      reason: null,
      expires: null,
      line: 4,
      change: null,
    },
    {
      kind: 'expired',
      rule: 'no-cycles',
      identity: '["cycle","no-cycles","module",["p","q"]]',
      text: 'cycle of p, q',
      reason: 'soon',
      expires: '2026-01-01',
      line: 5,
      change: null,
    },
  ],
  failures: [
    { kind: 'findings', errors: 3, allowed: 0 },
    { kind: 'stale', entries: 1 },
    { kind: 'expired', entries: 1 },
    { kind: 'coverage', percent: 50, least: 90 },
  ],
});

/** A rule, a file, a message, an owner and a comment of each of those names. */
export const HOSTILE: CheckResult = checkResult({
  rules: HOSTILE_NAMES.map((name) => rule(name, 'forbidden', 'error', name)),
  findings: HOSTILE_NAMES.map((name) =>
    finding(name, 'error', edge(name, name), {
      message: name,
      places: [place(`src/${name}.erl`, 1, 1, name)],
      owners: [name],
    }),
  ),
  failures: [{ kind: 'findings', errors: HOSTILE_NAMES.length, allowed: 0 }],
});

/** So many of each severity. */
export function manyFindings(count: number): CheckResult {
  const of = (severity: Severity) =>
    Array.from({ length: count }, (_, at) => finding(`many-${severity}`, severity, edge(`m${at}`, 'hub')));
  return checkResult({
    rules: [
      rule('many-error', 'forbidden', 'error'),
      rule('many-warning', 'forbidden', 'warning'),
      rule('many-info', 'forbidden', 'info'),
    ],
    findings: [...of('error'), ...of('warning'), ...of('info')],
  });
}
