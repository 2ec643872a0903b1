// What systools' reasons mean, in one sentence each. The reasons are those of systools_make, systools_relup and systools_rc; their texts are in
// format_error/1 there, and say less.

import { formatTerm } from '../../term/format.js';
import { isAtom, isTuple, properList, type Term, textOf } from '../../term/model.js';
import { visible } from '../visible.js';

type Parts = readonly (Term | undefined)[];

const show = (term: Term | undefined): string => visible(term === undefined ? '' : formatTerm(term));

/** A string without quotes, an atom or anything else as Erlang text. */
const plain = (term: Term | undefined): string => {
  const text = textOf(term);
  return text === undefined || text === '' ? show(term) : visible(text);
};

const partsOf = (term: Term | undefined): Parts => (isTuple(term) ? term.items : [term]);
const listed = (term: Term | undefined): string => (properList(term) ?? []).map(show).join(', ');

const pairs = (term: Term | undefined, verb: string): string =>
  (properList(term) ?? [])
    .map((pair) => {
      const [left, right] = partsOf(pair).map(partsOf);
      return `${show(left?.[0])} is ${verb} ${show(left?.[1])} and ${show(right?.[1])}`;
    })
    .join('; ');

const notOne = (what: string, allowed: string) => (parts: Parts) => `${show(parts[1])} is no ${what}: it has to be ${allowed}`;

/** By tag; a table. `parts` are the items of the reason, the tag first. */
const SENTENCES: Readonly<Record<string, (parts: Parts) => string>> = {
  // systools_make
  badly_formatted_release: () => 'not {release, {Name, Vsn}, {erts, Vsn}, [Application]}',
  illegal_name: (parts) => `the name of the release is no string: ${show(parts[1])}`,
  illegal_form: (parts) => `the version is no string: ${show(parts[1])}`,
  illegal_applications: (parts) => `not {Application, Vsn}, {Application, Vsn, Type} or the like: ${listed(parts[1])}`,
  missing_mandatory_app: (parts) => `a release needs ${show(parts[1])}, and it isn't there`,
  mandatory_app: (parts) => `${show(parts[1])} has to be permanent, and is ${show(parts[2])}`,
  duplicate_register: (parts) => `a name is registered twice: ${pairs(parts[1], 'registered by')}`,
  duplicate_include: (parts) => `an application is included twice: ${pairs(parts[1], 'included by')}`,
  duplicate_modules: (parts) => `a module is in two applications: ${pairs(parts[1], 'in')}`,
  undefined_applications: (parts) => `used or included, and not in the release: ${listed(parts[1])}`,
  circular_dependencies: (parts) => `these applications wait for each other: ${listed(parts[1])}`,
  apps: (parts) => (properList(parts[1]) ?? []).map(sentenceOf).join('; '),
  not_found: (parts) => `${plain(parts[1])} is neither here nor on the path`,
  read: (parts) => `${plain(parts[1])} can't be read as Erlang terms`,
  parse: (parts) => `${plain(parts[1])} is no Erlang term: ${parseFault(parts[2])}`,
  open: (parts) => `${plain(parts[1])} can't be opened: ${show(parts[2])}`,
  error_reading: (parts) => {
    const [name, what] = partsOf(parts[1]);
    return `the .app of ${show(name)}: ${sentenceOf(what)}`;
  },
  bad_application_name: (parts) => {
    const [name, found] = partsOf(parts[1]);
    return `the .app of ${show(name)} is that of ${show(partsOf(found)[0])}`;
  },
  no_valid_version: (parts) => {
    const [should, found] = partsOf(parts[1]).map(partsOf);
    return `version ${plain(should?.[1])} isn't on the path; ${plain(found?.[1])} has ${plain(found?.[2])}`;
  },
  parse_error: (parts) => {
    const [file, line, message] = partsOf(parts[1]);
    return `${plain(file)} is no Erlang term: line ${show(line)}, ${messageText(message)}`;
  },
  badly_formatted_application: () => 'not {application, Name, [{Key, Value}]}',
  override_include: (parts) => `the .rel includes what the .app doesn't: ${listed(parts[1])}`,
  missing_param: (parts) => `the key ${show(parts[1])} is missing`,
  dupl_entry: (parts) => `the key ${show(parts[1])} names twice: ${listed(parts[2])}`,
  bad_param: (parts) => `the key ${show(parts[1])} has a wrong value`,
  error_add_appl: (parts) => {
    const [name, what] = partsOf(parts[1]);
    return `${show(name)}: ${sentenceOf(what)}`;
  },
  tar_error: (parts) => sentenceOf(parts[1]),
  add: (parts) => addFault(parts),
  // systools_relup
  file_problem: (parts) => {
    const [file, what] = partsOf(parts[1]);
    return isTuple(what) && isAtom(what.items[0], 'error')
      ? sentenceOf(what.items[1])
      : `${plain(file)} is not {Vsn, [{Vsn, Instructions}], [{Vsn, Instructions}]}`;
  },
  no_relup: (parts) => {
    const [, app] = partsOf(parts[2]);
    return `${plain(parts[1])} has no entry for version ${plain(parts[3])} of ${show(app)}`;
  },
  missing_sasl: (parts) =>
    `${plain(partsOf(parts[1])[1])} ${plain(partsOf(parts[1])[2])} has no sasl, and can't be upgraded without`,
  warnings_treated_as_errors: (parts) =>
    `warnings count as errors: ${(properList(parts[1]) ?? []).map(explainWarning).join('; ')}`,
  // systools_rc
  too_many_point_of_no_return: () => 'a second point_of_no_return in one script',
  bad_op_before_point_of_no_return: (parts) =>
    `only load_object_code and apply may stand before point_of_no_return: ${show(parts[1])}`,
  no_object_code: (parts) => `${show(parts[1])} is loaded, and no load_object_code reads it`,
  suspended_not_resumed: (parts) => `suspended and never resumed: ${listed(parts[1])}`,
  resumed_not_suspended: (parts) => `resumed and never suspended: ${listed(parts[1])}`,
  start_not_stop: (parts) => `started and never stopped: ${listed(parts[1])}`,
  stop_not_start: (parts) => `stopped and never started: ${listed(parts[1])}`,
  no_such_application: (parts) => `no application ${show(parts[1])} in the release`,
  removed_application_present: (parts) => `${show(parts[1])} is removed and still in the release`,
  conflicting_versions: (parts) => `${show(parts[1])} is read in two versions: ${plain(parts[2])} and ${plain(parts[3])}`,
  no_such_module: (parts) => `${show(parts[1])} is in no application of the release that is gone to`,
  undef_module: (parts) => `${show(parts[1])} is depended on and has no instruction`,
  muldef_module: (parts) => `${show(parts[1])} has two instructions`,
  not_yet_implemented: (parts) => `${show(parts[1])} isn't supported`,
  bad_instruction: (parts) => `no instruction: ${show(parts[1])}`,
  bad_module: notOne('module', 'an atom'),
  bad_code_change: notOne('code_change', '{Module, Extra}'),
  bad_change: notOne('change', 'soft or {advanced, Extra}'),
  bad_mod_type: notOne('type of module', 'static or dynamic'),
  bad_purge_method: notOne('way to purge', 'soft_purge or brutal_purge'),
  bad_list: notOne('list', 'a proper list'),
  bad_args_list: notOne('list of arguments', 'a list'),
  bad_node: notOne('node', 'an atom'),
  bad_application: notOne('application', 'an atom'),
  bad_start_type: notOne('type of start', 'permanent, transient, temporary, load or none'),
  bad_func: notOne('function', 'an atom'),
  bad_lib: notOne('library', 'an atom'),
  bad_lib_vsn: notOne('version of a library', 'a string'),
  bad_mode: notOne('direction', 'up or down'),
  bad_timeout: notOne('timeout', 'default, infinity or an integer above 0'),
};

/** Says in one sentence what a reason means; one that isn't known is shown as it is. */
export function explainReason(reason: Term): string {
  const several = properList(reason);
  return several !== undefined && several.length > 0 ? several.map(sentenceOf).join('; ') : sentenceOf(reason);
}

/** Says in one sentence what a warning means. */
export function explainWarning(warning: Term): string {
  const [tag, about] = partsOf(warning);
  const [first, second] = partsOf(about);
  if (isAtom(tag, 'erts_vsn_changed')) {
    const [newName, newErts] = partsOf(first);
    const [oldName, oldErts] = partsOf(second);
    return `the runtime changes: ${plain(newName)} has erts ${plain(newErts)}, the older ${plain(oldName)} has ${plain(oldErts)}; the emulator is restarted`;
  }
  if (isAtom(tag, 'bad_vsn')) return `the appup is of version ${plain(first)}, its application of ${plain(second)}`;
  if (isAtom(tag, 'pre_R15_emulator_upgrade'))
    return 'the older release is older than R15: new code must be compiled by its compiler';
  if (isAtom(tag, 'missing_sasl') || isAtom(about, 'missing_sasl'))
    return 'there is no sasl, so that this release can never be upgraded';
  return show(warning);
}

function sentenceOf(reason: Term | undefined): string {
  if (isTuple(reason, 2) && isTuple(reason.items[0], 2)) return sentenceOf(reason.items[0]);
  const parts = partsOf(reason);
  const [tag] = parts;
  const sentence = isAtom(tag) && Object.hasOwn(SENTENCES, tag.name) ? SENTENCES[tag.name] : undefined;
  return sentence?.(parts) ?? show(reason);
}

function addFault([, file, why, posix]: Parts): string {
  if (isAtom(file, 'boot')) return `neither start.boot nor ${plain(why)}.boot is there: ${show(posix)}`;
  const [reason] = properList(why) ?? [isTuple(why, 2) ? why.items[1] : why];
  return `${plain(file)} can't be added: ${isAtom(reason, 'invalid_format') ? 'it has another shape than it must have' : show(reason)}`;
}

function parseFault(term: Term | undefined): string {
  const [line, , message] = partsOf(term);
  return `line ${show(line)}, ${messageText(message)}`;
}

function messageText(message: Term | undefined): string {
  return (properList(message) ?? []).map((part) => textOf(part) ?? show(part)).join('');
}
