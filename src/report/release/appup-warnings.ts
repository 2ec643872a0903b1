// The warnings about generated appups as sentences. A table by kind.

import type { AppupFault, AppupWarning, BrokenCall } from '../../release/appup/generate/model.js';

/** Returns a warning as one sentence, without the application that it is about. */
export function appupWarningText({ from, fault }: AppupWarning): string {
  return (SENTENCES[fault.kind] as (fault: AppupFault, from: string | null) => string)(fault, from);
}

type Sentences = {
  readonly [Kind in AppupFault['kind']]: (fault: AppupFault & { readonly kind: Kind }, from: string | null) => string;
};

const SENTENCES: Sentences = {
  state_unhandled: ({ module, record }, from) =>
    `${module} is only loaded, and its state #${record}{} is laid out otherwise than in ${from}: nothing converts it ` +
    '(inject-migration does, or a code_change)',
  state_unknown: ({ module, record }, from) =>
    record === null
      ? `${module} is only loaded, since it has no code_change, and nothing tells whether its processes can go on with the state of ${from}`
      : `${module} is only loaded: without debug info nothing tells whether its state #${record}{} is that of ${from}`,
  records_changed: ({ module, records }, from) =>
    `${module} is only loaded, and its ${records.length === 1 ? 'record' : 'records'} ${records.map((name) => `#${name}{}`).join(', ')} ` +
    `${records.length === 1 ? 'is' : 'are'} laid out otherwise than in ${from}: if a process keeps one, nothing converts it ` +
    '(-state_record(Name) and inject-migration do, or a code_change)',
  wrong_callback: ({ module, behaviour, wanted }) =>
    `${module} exports a code_change that ${behaviour} never calls: expected is ${wanted}, so the module is only loaded`,
  two_kinds: ({ module, behaviours }) =>
    `${module} is both ${behaviours.join(' and ')}: it is updated as a supervisor, whose code_change comes after loading on the way down`,
  not_listed: ({ modules, in: file }) =>
    `${some(modules)} not among the modules of ${file}, so that no release has ${them(modules)}`,
  no_beam: ({ modules, in: file }) => `${some(modules)} among the modules of ${file}, and there is no beam of ${them(modules)}`,
  children_unknown: ({ module, because }) => `${module}: which children it has can't be told: ${because}`,
  supervisor_unnamed: ({ module, because }) =>
    `${module} has other children, and none is started or stopped, since its registered name can't be told: ${because}`,
  children_changed: ({ module, children }) =>
    `${module} starts ${children.join(', ')} otherwise: ${children.length === 1 ? 'that child goes' : 'those children go'} on as before ` +
    'until restarted (--restart-changed)',
  children_unclear: ({ module, children }) =>
    `${module} may start ${children.join(', ')} otherwise: that is only known at run time, and nothing is restarted`,
  strategy_changed: ({ module }) =>
    `${module} becomes simple_one_for_one or was that: a supervisor that runs can't become the other (--restart-application)`,
  hidden_process: ({ module, supervisor, child, modules, direction }) =>
    `${supervisor} starts its child ${child} by ${module}, and gives [${modules.join(', ')}] as its modules: release_handler doesn't find ` +
    `that process on the way ${direction}, and it goes on with the state that it has`,
  broken_calls: ({ direction, first, second, caller, calls }, from) => {
    const way = direction === 'up' ? `up from ${from}` : `down to ${from}`;
    const missing = caller === first ? `which ${second} doesn't have yet` : `which ${first} doesn't have any more`;
    return `on the way ${way}, ${first} comes before ${second}, and meanwhile ${callsText(calls)}, ${missing}`;
  },
  by_hand: ({ module, direction }) =>
    `the way ${direction} has an instruction for ${module} that was written by hand, and that one counts`,
  script_unused: ({ file }) => `${file} is for other versions: none of its instructions is used`,
  other_version: ({ vsn }) => `the appup that was there is of version ${vsn}: nothing of it is kept`,
  older_differ: () => 'two of the older builds have this version with different modules: the first one counts',
};

function some(modules: readonly string[]): string {
  const shown = modules.slice(0, SHOWN).join(', ');
  const more = modules.length - SHOWN;
  return `${shown}${more > 0 ? ` and ${more} more` : ''} ${modules.length === 1 ? 'is' : 'are'}`;
}

function them(modules: readonly string[]): string {
  return modules.length === 1 ? 'it' : 'them';
}

const SHOWN = 3;

function callsText(calls: readonly BrokenCall[]): string {
  const shown = calls.slice(0, SHOWN).map(({ module, function: name }) => `${module} calls ${name}`);
  const more = calls.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
