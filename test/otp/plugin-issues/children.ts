// Supervisors whose children change: by id, of every type, in one update, without running init/1.
import { applicationA, type PluginCase } from './model.js';

const SUPERVISOR = (init: string) =>
  `-behaviour(supervisor). -export([start_link/0, init/1]). start_link() -> supervisor:start_link({local, top}, ?MODULE, []). ${init}`;
const WITH = (children: string) => SUPERVISOR(`init([]) -> {ok, {#{}, [${children}]}}.`);
const WORKER = '-export([start_link/0]). start_link() -> ignore.';
const apply = (name: string, id: string) => `{apply,{supervisor,${name}_child,[top,${id}]}}`;
/** The last one that was started goes first. */
const leave = (...ids: readonly string[]) => [...ids].reverse().flatMap((id) => [apply('terminate', id), apply('delete', id)]);
const enter = (...ids: readonly string[]) => ids.map((id) => apply('restart', id));
const UPDATE = '{update,m_sup,supervisor}';

function children(
  issue: string,
  about: string,
  before: string,
  after: string,
  left: readonly string[],
  entered: readonly string[],
): PluginCase {
  return {
    issue,
    about,
    old: applicationA('1', { m_sup: before, w: WORKER }),
    now: applicationA('2', { m_sup: after, w: WORKER }),
    appups: {
      a: { up: [...leave(...left), UPDATE, ...enter(...entered)], down: [...leave(...entered), UPDATE, ...enter(...left)] },
    },
  };
}

const OLD_CHILD = '{old, {w, start_link, []}, permanent, 5000, worker, [w]}';

export const CHILDREN: readonly PluginCase[] = [
  children(
    '#55, #60',
    'a map without type is a worker',
    WITH(OLD_CHILD),
    WITH(`${OLD_CHILD}, #{id => fresh, start => {w, start_link, []}}`),
    [],
    ['fresh'],
  ),
  children(
    '#69',
    'a supervisor is a child like any other',
    WITH(OLD_CHILD),
    WITH(
      `${OLD_CHILD}, #{id => below, start => {w, start_link, []}, type => supervisor}, {also, {w, start_link, []}, permanent, infinity, supervisor, [w]}`,
    ),
    [],
    ['below', 'also'],
  ),
  children(
    '1.1, two added workers',
    'several changes of one supervisor are one update',
    WITH(`${OLD_CHILD}, #{id => gone, start => {w, start_link, []}}`),
    WITH(`${OLD_CHILD}, #{id => one, start => {w, start_link, []}}, #{id => {two, 2}, start => {w, start_link, []}}`),
    ['gone'],
    ['one', '{two,2}'],
  ),
  children(
    '1.1, init/1 is run',
    'init/1 is not run, though it has side effects, several clauses and an argument that is no literal',
    SUPERVISOR('init([]) -> erlang:halt(9), {ok, {#{}, []}}; init(X) -> {ok, {#{}, [X]}}.'),
    SUPERVISOR(
      'init([]) -> erlang:halt(9), {ok, {#{}, [#{id => fresh, start => {w, start_link, [application:get_env(a, x)]}}]}}; init(X) -> {ok, {#{}, [X]}}.',
    ),
    [],
    ['fresh'],
  ),
  {
    issue: '1.1, a supervisor has the name of its module',
    about: 'a child is not started in a supervisor whose name is not known',
    old: applicationA('1', { m_sup: WITH(OLD_CHILD).replace('{local, top}, ', ''), w: WORKER }),
    now: applicationA('2', {
      m_sup: WITH(`${OLD_CHILD}, #{id => fresh, start => {w, start_link, []}}`).replace('{local, top}, ', ''),
      w: WORKER,
    }),
    appups: { a: { up: [UPDATE], down: [UPDATE] } },
    warnings: [/m_sup/],
  },
];
