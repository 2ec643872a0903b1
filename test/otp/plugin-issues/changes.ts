// What counts as a change, and in which order changes are made.
import { applicationA, type PluginCase } from './model.js';

const F = '-export([f/0]). f() -> 1.';
const G = '-export([f/0]). f() -> 2.';
const CALLER = '-export([g/0]). g() -> b:f().';
const LOAD = (module: string, deps = '') => `{load_module,${module},[${deps}]}`;

/** Three modules, one of which changes; the others only as files. */
function noise(issue: string, about: string, before: string, after: string): PluginCase {
  return {
    issue,
    about,
    old: applicationA('1', { b: [F, before], e: ['-export([c/0]). c() -> {ok, 3}.', before] }),
    now: applicationA('2', { b: [G, after], e: ['-export([c/0]).\n\nc() -> {ok, 3}.', after] }),
    appups: { a: { up: [LOAD('b')], down: [LOAD('b')] } },
  };
}

export const CHANGES: readonly PluginCase[] = [
  noise(
    '#66, #67',
    'other options of the compiler and other lines are no change',
    '[debug_info]',
    '[debug_info, {i, "x"}, {d, x}]',
  ),
  noise(
    '#22',
    'debug info that is encrypted anew is no change',
    '[debug_info, {debug_info_key, "k"}]',
    '[debug_info, {debug_info_key, "k"}]',
  ),
  noise('#70, #76, rebar3 #2806', 'without debug info what changed is found', '[]', '[]'),
  noise('#73', 'stripped as for production, what changed is found', '[release]', '[release]'),
  {
    issue: '#78, #79',
    about: 'without debug info the modules that a module calls are found',
    old: applicationA('1', { b: [F, '[release]'], e: [CALLER, '[release]'] }),
    now: applicationA('2', { b: [G, '[release]'], e: [CALLER.replace('b:f()', '{b:f()}'), '[release]'] }),
    appups: { a: { up: [LOAD('b'), LOAD('e', 'b')], down: [LOAD('b'), LOAD('e', 'b')] } },
  },
  {
    issue: '1.1, added modules',
    about: 'a module that is added is there before its callers, and after what it calls',
    old: applicationA('1', { b: F, e: '-export([c/0]). c() -> 1.' }),
    now: applicationA('2', { b: G, e: '-export([c/0]). c() -> d:d().', d: '-export([d/0]). d() -> b:f().' }),
    appups: {
      a: {
        up: ['{add_module,d,[b]}', LOAD('b'), LOAD('e', 'd')],
        down: ['{delete_module,d,[b]}', LOAD('b'), LOAD('e', 'd')],
      },
    },
    relup: [
      '{load,{b,brutal_purge,brutal_purge}},{load,{d,brutal_purge,brutal_purge}},{load,{e,brutal_purge,brutal_purge}}',
      '{load,{e,brutal_purge,brutal_purge}},{remove,{d,brutal_purge,brutal_purge}},{purge,[d]},{load,{b,brutal_purge,brutal_purge}}',
    ],
  },
  {
    issue: '1.1, deleted modules',
    about: 'a module that is deleted goes after those that called it, and comes before them on the way down',
    old: applicationA('1', { b: F, e: CALLER }),
    now: applicationA('2', { e: '-export([g/0]). g() -> 3.' }),
    appups: { a: { up: [LOAD('e'), '{delete_module,b,[e]}'], down: [LOAD('e'), '{add_module,b,[e]}'] } },
    relup: [
      '{load,{e,brutal_purge,brutal_purge}},{remove,{b,brutal_purge,brutal_purge}},{purge,[b]}',
      '{load,{b,brutal_purge,brutal_purge}},{load,{e,brutal_purge,brutal_purge}}',
    ],
  },
  {
    issue: '#6, #45',
    about: 'where only a dependency changed, it has an appup and nothing is empty',
    old: { lib: { vsn: '1', modules: { b: F } }, a: { vsn: '1', modules: { e: F } } },
    now: { lib: { vsn: '2', modules: { b: G } }, a: { vsn: '1', modules: { e: F } } },
    appups: { lib: { up: [LOAD('b')], down: [LOAD('b')] } },
  },
  {
    issue: '#10',
    about: 'applications that are added and removed need no appup, and keep their start type',
    old: { a: { vsn: '1', modules: { b: F } }, gone: { vsn: '1', modules: { e: F } } },
    now: { a: { vsn: '2', modules: { b: G } }, come: { vsn: '1', modules: { d: F }, type: 'transient' } },
    appups: { a: { up: [LOAD('b')], down: [LOAD('b')] } },
    relup: [
      '{apply,{application,start,[come,transient]}}',
      '{apply,{application,stop,[gone]}}',
      '{apply,{application,start,[gone,permanent]}}',
    ],
  },
  {
    issue: 'relx #372',
    about: 'a dependency that goes back to an older version has an appup like any other',
    old: { lib: { vsn: '2.0', modules: { b: F } } },
    now: { lib: { vsn: '1.9', modules: { b: G } } },
    appups: { lib: { up: [LOAD('b')], down: [LOAD('b')] } },
  },
  {
    issue: '1.1, --purge',
    about: 'old code is purged as it is said, for what is loaded and for what is updated',
    old: applicationA('1', { b: F, e: CALLER }),
    now: applicationA('2', { b: G, e: CALLER.replace('b:f()', '{b:f()}') }),
    args: ['--purge', 'default=soft;e=soft/brutal'],
    appups: {
      a: {
        up: ['{load_module,b,soft_purge,soft_purge,[]}', '{load_module,e,soft_purge,brutal_purge,[b]}'],
        down: ['{load_module,b,soft_purge,soft_purge,[]}', '{load_module,e,soft_purge,brutal_purge,[b]}'],
      },
    },
  },
];
