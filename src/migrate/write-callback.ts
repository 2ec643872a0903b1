// The callback that the process's module gets: it converts the state, and calls the user's own callback where there is one.
//
//   code_change({down, Vsn} = OldVsn, State, Extra) ->
//       Result = try 'code_change@user'(OldVsn, State, Extra) catch throw:Thrown -> Thrown end,
//       case Result of {ok, New} -> {ok, 'beamtool@down@state'(Vsn, New)}; Other -> Other end;
//   code_change(OldVsn, State, Extra) ->
//       'code_change@user'(OldVsn, 'beamtool@up@state'(OldVsn, State), Extra).
// and where the version has to choose, instead of the conversion alone:
//       try 'beamtool@up@state'(OldVsn, State) of New -> 'code_change@user'(OldVsn, New, Extra)
//       catch throw:{beamtool, ambiguous_state, _} = Reason -> {error, Reason} end
//
// The user's code runs outside of the try that waits for our own throw.

import {
  atomNode,
  caseOf,
  clause,
  functionOf,
  listNode,
  localCall,
  matchNode,
  operation,
  remoteCall,
  termNode,
  throwHandler,
  tryOf,
  tupleNode,
  variable,
} from '../forms/build.js';
import type { Clause, Expression } from '../forms/expression-model.js';
import type { FunctionForm } from '../forms/form-model.js';
import { converterName, EXTRA_FUNCTION, userName } from './generated-names.js';
import type { CallbackKind, MigrationPlan } from './model.js';
import { canBeAmbiguous } from './write-converters.js';

/** Writes the callback, and what it calls to extend Extra. */
export function writeCallback(plan: MigrationPlan): readonly FunctionForm[] {
  const { callback } = plan;
  const main = functionOf(callback.name, [downClause(plan), upClause(plan)]);
  return plan.extendsExtra ? [main, extraFunction()] : [main];
}

function upClause(plan: MigrationPlan): Clause {
  const { callback } = plan;
  const answer = (state: Expression): Expression => (plan.user === 'called' ? userCall(plan, state) : okResult(callback, state));
  const body = converted(plan, 'up', variable('OldVsn'), variable(stateName(callback)), answer);
  return clause(argumentsOf(plan, variable('OldVsn')), [body]);
}

function downClause(plan: MigrationPlan): Clause {
  const { callback } = plan;
  const tagged = tupleNode(atomNode('down'), variable('Vsn'));
  const convert = (state: string, name: string): Expression =>
    converted(plan, 'down', variable('Vsn'), variable(state), (old) => okResult(callback, old, name));
  if (plan.user !== 'called') return clause(argumentsOf(plan, tagged), [convert(stateName(callback), 'StateName')]);
  const call = userCall(plan, variable(stateName(callback)));
  const result = callback.thrownIsResult ? tryOf(call, [], [throwHandler(variable('Thrown'), variable('Thrown'))]) : call;
  const body = caseOf(
    variable('Result'),
    clause([okResult(callback, variable('New'), 'NewName')], [convert('New', 'NewName')]),
    clause([variable('Other')], [variable('Other')]),
  );
  return clause(argumentsOf(plan, matchNode(tagged, variable('OldVsn'))), [matchNode(variable('Result'), result), body]);
}

/** The answer for the converted state; `{error, Reason}` where the conversion throws because it has nothing to choose by. */
function converted(
  plan: MigrationPlan,
  direction: 'up' | 'down',
  vsn: Expression,
  state: Expression,
  answer: (state: Expression) => Expression,
): Expression {
  const conversion = localCall(converterName(direction, plan.records[0]?.name ?? '', 0), vsn, state);
  if (!canBeAmbiguous(plan, direction)) return answer(conversion);
  const name = variable(direction === 'up' ? 'New' : 'Old');
  const thrown = tupleNode(atomNode('beamtool'), atomNode('ambiguous_state'), variable('_'));
  const handler = throwHandler(matchNode(thrown, variable('Reason')), tupleNode(atomNode('error'), variable('Reason')));
  return tryOf(conversion, [clause([name], [answer(name)])], [handler]);
}

function stateName(callback: CallbackKind): string {
  return callback.result === 'ok_name_data' ? 'Data' : callback.name === 'code_change' ? 'State' : 'Misc';
}

/** The names of the arguments by position. */
function argumentNames(callback: CallbackKind): readonly string[] {
  return Array.from({ length: callback.arity }, (_, at) => {
    if (at === callback.oldVsn) return 'OldVsn';
    if (at === callback.state) return stateName(callback);
    if (at === callback.extra) return 'Extra';
    return callback.result === 'ok_name_data' ? 'StateName' : 'Module';
  });
}

/** What isn't used is `_`. */
function argumentsOf(plan: MigrationPlan, oldVsn: Expression): readonly Expression[] {
  const { callback } = plan;
  return argumentNames(callback).map((name) => {
    if (name === 'OldVsn') return oldVsn;
    const isUsed = plan.user === 'called' || name === stateName(callback) || name === 'StateName';
    return variable(isUsed ? name : `_${name}`);
  });
}

function userCall(plan: MigrationPlan, state: Expression): Expression {
  const { callback } = plan;
  const args = argumentNames(callback).map((name) => {
    if (name === stateName(callback)) return state;
    if (name === 'Extra' && plan.extendsExtra) return localCall(EXTRA_FUNCTION, variable('Extra'), variable(stateName(callback)));
    return variable(name);
  });
  return localCall(userName(callback.name), ...args);
}

/** `{ok, State}` or `{ok, StateName, Data}`. */
function okResult(callback: CallbackKind, state: Expression, stateName = 'StateName'): Expression {
  const name = callback.result === 'ok_name_data' ? [variable(stateName)] : [];
  return tupleNode(atomNode('ok'), ...name, state);
}

/**
 * 'beamtool@extra'(Extra, State) when erlang:length(Extra) >= 0 ->
 *     case Extra =/= [] andalso io_lib:char_list(Extra) of true -> Extra; false -> Extra ++ [{old_state, State}] end;
 * 'beamtool@extra'(Extra, _State) -> Extra.
 */
function extraFunction(): FunctionForm {
  const extra = variable('Extra');
  const isList = operation(remoteCall('erlang', 'length', extra), '>=', termNode(0));
  const isString = operation(operation(extra, '=/=', listNode([])), 'andalso', remoteCall('io_lib', 'char_list', extra));
  const longer = operation(extra, '++', listNode([tupleNode(atomNode('old_state'), variable('State'))]));
  const body = caseOf(isString, clause([atomNode('true')], [extra]), clause([atomNode('false')], [longer]));
  return functionOf(EXTRA_FUNCTION, [
    clause([extra, variable('State')], [body], [[isList]]),
    clause([extra, variable('_State')], [extra]),
  ]);
}
