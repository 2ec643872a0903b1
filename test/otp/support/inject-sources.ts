// Modules that a migration is injected into: each way in which a module can name its own code_change, and each way of building it.

/** A module. */
export interface InjectSource {
  readonly about: string;
  readonly source: string;
  /** The first release that knows what is in it, 25 where it isn't given. */
  readonly since?: 27;
  /** The compiler's, as Erlang text. */
  readonly options: string;
  readonly key?: string;
  /** Calls to hold against the recompiled forms, `[{Name, Args}]` as Erlang text. */
  readonly calls: string;
  /** The callback's arity, 3 where it isn't given. */
  readonly arity?: 4;
  /** Whether the callback is there and not exported. */
  readonly isPrivate?: true;
}

const STATES = ['{beamtool_old, 1}', 'other', 'beamtool_ambiguous'];
const OLD_VSNS = ['1', 'undefined', '{down, 1}'];
const EXTRAS = ['[]', 'throw', '{again, []}', '[{a, b}]', 'deep'];

/** All combinations as `{code_change, [OldVsn, State, Extra]}`. */
const SERVER_CALLS = OLD_VSNS.flatMap((vsn) =>
  STATES.flatMap((state) => EXTRAS.map((extra) => `{code_change, [${vsn}, ${state}, ${extra}]}`)),
).concat('{code_change, [{down, 1}, {beamtool_new, 1, 2, 3, 4, 5, 6, 7, 8}, []]}');

const STATEM_CALLS = OLD_VSNS.flatMap((vsn) => STATES.map((state) => `{code_change, [${vsn}, idle, ${state}, []]}`));

const HEAD = `
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, code_change/3]).
`;

const CALLBACKS = `
init(X) -> {ok, X}.
handle_call(_, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
`;

const NAMED = `-module(inject_named).
${HEAD}
-export([again/1, as_fun/1, by_module/1, by_apply/1, in_list/1, default/0, texts/0]).
-compile({inline, [{small, 1}]}).
-dialyzer({nowarn_function, code_change/3}).
-dialyzer([{no_return, [code_change/3, again/1]}]).
-record(r, {a = code_change(1, default, {again, []}), b}).
-spec code_change(term(), term(), term()) -> {ok, term()} | {error, term()} | tuple().
code_change(_, _, throw) -> throw(thrown);
code_change(OldVsn, State, Extra) when is_list(Extra), OldVsn =/= deep -> {ok, {user, OldVsn, State, Extra}};
code_change({down, _}, State, _) -> {ok, State};
code_change(_, State, {again, Extra}) -> code_change(again, State, Extra);
code_change(OldVsn, State, deep) -> lists:foldl(fun(X, _) -> code_change(OldVsn, {X, State}, []) end, [], [a, b]);
code_change(_, _, Extra) -> {error, Extra}.
again(X) -> code_change(again, X, []).
as_fun(X) -> F = fun code_change/3, F(1, X, []).
in_list(Xs) -> lists:zipwith3(fun code_change/3, Xs, Xs, [[] || _ <- Xs]).
by_module(X) -> ?MODULE:code_change(1, X, []).
by_apply(X) -> apply(?MODULE, code_change, [1, X, []]).
${CALLBACKS}
default() -> #r{b = fun(code_change) -> code_change end(code_change)}.
texts() -> {"code_change", <<"code_change">>, {call, 1, {atom, 1, code_change}, [1, 2, 3]}, {code_change, 3}, small(code_change)}.
small(X) -> {X, X}.
`;

const NAMED_CALLS = [
  ...SERVER_CALLS,
  ...['again', 'as_fun', 'by_module', 'by_apply'].flatMap((name) => STATES.map((state) => `{${name}, [${state}]}`)),
  '{in_list, [[{beamtool_old, 1}, x]]}',
  '{default, []}',
  '{texts, []}',
];

const calls = (all: readonly string[]) => `[${all.join(', ')}]`;
const server = (name: string, body: string) => {
  const functions = body.search(/^(-doc|[^-])/m);
  return `-module(${name}).\n${HEAD}${body.slice(0, functions)}${CALLBACKS}${body.slice(functions)}`;
};
const PLAIN = 'code_change(_, S, Extra) -> {ok, {user, S, Extra}}.\n';

/** The modules. */
export const INJECT_SOURCES: readonly InjectSource[] = [
  { about: 'names itself in every way', source: NAMED, options: '[debug_info]', calls: calls(NAMED_CALLS) },
  {
    about: 'is inlined',
    source: server(
      'inject_inline',
      '-compile({inline, [{code_change, 3}]}).\n-export([local/1]).\n-spec inject_inline:code_change(any(), any(), any()) -> any().\nlocal(X) -> code_change(1, X, []).\ncode_change(_, S, _) -> {ok, {user, S}}.\n',
    ),
    options: '[debug_info]',
    calls: calls([...SERVER_CALLS, '{local, [{beamtool_old, 1}]}']),
  },
  {
    about: 'takes no warnings, and options that name it',
    source: server('inject_strict', PLAIN),
    options: '[debug_info, warnings_as_errors, {inline, [{code_change, 3}]}, {nowarn_unused_function, [{code_change, 3}]}]',
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'takes no functions without a specification',
    source: server('inject_specs', `-export([local/1]).\n-spec local(any()) -> any().\nlocal(X) -> X.\n${PLAIN}`).replace(
      /^(init|handle_call|handle_cast|code_change)(\(.*?\)) ->/gm,
      (_, name, parameters) => {
        const types = parameters.replace(/\w+/g, 'any()');
        return `-spec ${name}${types} -> any().\n${name}${parameters} ->`;
      },
    ),
    options: '[debug_info, warnings_as_errors, warn_missing_spec_all]',
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'has no callback',
    source: server('inject_absent', '-export([other/0]).\nother() -> ok.\n').replace(', code_change/3', ''),
    options: '[debug_info, nowarn_unused_function]',
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'has one that is not exported, and called',
    source: server(
      'inject_private',
      '-export([local/1]).\nlocal(X) -> code_change(1, X, []).\ncode_change(_, S, Extra) -> {ok, {user, S, Extra}}.\n',
    ).replace(', code_change/3', ''),
    options: '[debug_info, nowarn_unused_function]',
    calls: calls([...SERVER_CALLS, '{local, [{beamtool_old, 1}]}']),
    isPrivate: true,
  },
  {
    about: 'has one that is not exported nor called',
    source: server('inject_unused', PLAIN).replace(', code_change/3', ''),
    options: '[debug_info, nowarn_unused_function]',
    calls: calls(SERVER_CALLS),
    isPrivate: true,
  },
  {
    about: 'exports all',
    source: server('inject_all', `-compile([export_all, nowarn_export_all]).\n${PLAIN}`).replace(', code_change/3', ''),
    options: '[debug_info]',
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'is a state machine',
    source: `-module(inject_statem).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, handle_event/4, code_change/4, code_change/3]).
init(X) -> {ok, idle, X}.
callback_mode() -> handle_event_function.
handle_event(_, _, _, S) -> {keep_state, S}.
code_change(OldVsn, Name, Data, Extra) -> {ok, {user, Name, OldVsn}, code_change(Data, Extra, 3)}.
code_change(A, B, C) -> {A, B, C}.
`,
    options: '[debug_info]',
    calls: calls([...STATEM_CALLS, '{code_change, [1, 2, 3]}']),
    arity: 4,
  },
  {
    about: 'is encrypted',
    source: server('inject_encrypted', PLAIN),
    options: '[debug_info, {debug_info_key, "secret key"}]',
    key: 'secret key',
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'is compressed',
    source: server('inject_compressed', PLAIN),
    options: '[debug_info, compressed]',
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'has atoms that are no Latin-1, a version, and attributes of our name',
    source: server(
      'inject_unicode',
      `-vsn("1.0").\n-beamtool(mine).\n-beamtool([yours, {migration}]).\n-export(['\\x{3b1}\\x{3b2}'/0]).\n'\\x{3b1}\\x{3b2}'() -> '\\x{3b3}'.\n${PLAIN}`,
    ),
    options: '[debug_info]',
    calls: calls([...SERVER_CALLS, "{'\\x{3b1}\\x{3b2}', []}"]),
  },
  {
    about: 'is documented',
    source: server(
      'inject_documented',
      `-moduledoc "A server.".\n-compile(warnings_as_errors).\n-doc "Says ok.".\n-spec code_change(any(), any(), any()) -> any().\n${PLAIN}`,
    ),
    options: '[debug_info]',
    since: 27,
    calls: calls(SERVER_CALLS),
  },
  {
    about: 'has no line numbers and is deterministic',
    source: server('inject_no_lines', PLAIN),
    options: '[debug_info, no_line_info, deterministic]',
    calls: calls(SERVER_CALLS),
  },
];
