// The callbacks of a behaviour: what its behaviour_info/1 returns, found without running it. The compiler makes that function of `-callback`
// (and Elixir of `@callback`); written by hand it mostly has the same shape, which is all that is understood here:
//
//   select_val x0 f [callbacks, f1, optional_callbacks, f2]    is_eq_exact f x0 callbacks    jump f1
//   label f1   move {literal, [{init, 1}, ...]} x0   return
//
// Where the code does anything else, the callbacks that the Docs chunk documents are taken.

import { TAG_A, TAG_F, TAG_X } from '../../beam/compact-term.js';
import type { BeamModule } from '../../beam/module.js';
import { type OpcodeName, opcodeByName } from '../../code/opcodes.js';
import { CodeScanner, KIND_LITERAL } from '../../code/scanner.js';
import { ParseError } from '../../errors.js';
import { NIL, properList, type Term } from '../../term/model.js';
import type { FunctionName, ModuleFacts } from '../module-facts.js';
import { functionName } from './attribute-facts.js';
import { documentedCallbacks } from './doc-facts.js';

/** The facts that tell a behaviour. */
export type CallbackFacts = Pick<ModuleFacts, 'callbacks' | 'optionalCallbacks'>;

/** Returns the callbacks of a module; none of the fields where it isn't a behaviour, or neither code nor documentation says. */
export function callbackFacts(module: BeamModule): CallbackFacts {
  const entry = module.exports.find(({ name, arity }) => name === 'behaviour_info' && arity === 1);
  if (entry === undefined) return {};
  const body = readable(() => bodyAt(module, entry.label)) ?? [];
  const callbacks = answerOf(module, body, 'callbacks') ?? readable(() => documentedOf(module)) ?? [];
  const optional = answerOf(module, body, 'optional_callbacks') ?? [];
  return {
    ...(callbacks.length > 0 && { callbacks }),
    ...(optional.length > 0 && { optionalCallbacks: optional }),
  };
}

/** What is damaged is left to those who need it. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function documentedOf(module: BeamModule): readonly FunctionName[] | undefined {
  const docs = module.term('Docs');
  return docs === undefined ? undefined : documentedCallbacks(docs);
}

/** An instruction with its operands. */
interface Step {
  readonly op: number;
  readonly kinds: Uint8Array;
  readonly values: Float64Array;
}

const number = (name: OpcodeName) => opcodeByName(name).number;
const LABEL = number('label');
const LINE = number('line');
const FUNC_INFO = number('func_info');
const SELECT_VAL = number('select_val');
const IS_EQ_EXACT = number('is_eq_exact');
const IS_NE_EXACT = number('is_ne_exact');
const IS_ATOM = number('is_atom');
const JUMP = number('jump');
const MOVE = number('move');
const RETURN = number('return');

/** Returns the instructions of a function from its entry on. */
function bodyAt(module: BeamModule, entry: number): readonly Step[] {
  const code = new CodeScanner(module.reader('Code'));
  const body: Step[] = [];
  while (code.next() && !(code.op === FUNC_INFO && body.length > 0)) {
    if (body.length === 0 && !(code.op === LABEL && code.values[0] === entry)) continue;
    body.push({ op: code.op, kinds: code.kinds.slice(0, code.size), values: code.values.slice(0, code.size) });
  }
  return body;
}

/** Returns the list that the function returns for an atom; undefined where that can't be told. */
function answerOf(module: BeamModule, body: readonly Step[], asked: string): readonly FunctionName[] | undefined {
  const answer = readable(() => run(module, body, asked));
  const names = properList(answer)?.map(functionName);
  return names?.every((name) => name !== undefined) ? names : undefined;
}

/** Follows the steps with the atom in x0; undefined where they leave what is understood. Each step runs once at most. */
function run(module: BeamModule, body: readonly Step[], asked: string): Term | undefined {
  const labels = new Map(body.flatMap(({ op, values }, at) => (op === LABEL ? [[values[0] as number, at] as const] : [])));
  let at = 0;
  for (let left = body.length; left > 0; left--) {
    const step = body[at++];
    if (step === undefined) return undefined;
    if (step.op === MOVE) return body[at]?.op === RETURN ? constantOf(module, step) : undefined;
    const target = step.op === LABEL || step.op === LINE ? NEXT : branchOf(module, step, asked);
    if (target === undefined) return undefined;
    if (target !== NEXT) at = labels.get(target) ?? body.length;
  }
  return undefined;
}

const NEXT = 0;

/** Returns the label where the step goes on, and NEXT for the one that follows; undefined for a step that isn't understood. */
function branchOf(module: BeamModule, { op, kinds, values }: Step, asked: string): number | undefined {
  const isAsked = (at: number) => kinds[at] === TAG_A && values[at] !== 0 && module.atom(values[at] as number) === asked;
  const fail = values[0] as number;
  if (op === JUMP) return fail;
  if (op === SELECT_VAL && kinds[0] === TAG_X && fail === 0) {
    for (let at = 3; at + 1 < values.length; at += 2) if (isAsked(at)) return values[at + 1] as number;
    return kinds[1] === TAG_F ? (values[1] as number) : undefined;
  }
  if (kinds[1] !== TAG_X || values[1] !== 0) return undefined;
  if (op === IS_ATOM) return NEXT;
  if ((op !== IS_EQ_EXACT && op !== IS_NE_EXACT) || kinds[2] !== TAG_A) return undefined;
  return isAsked(2) === (op === IS_EQ_EXACT) ? NEXT : fail;
}

/** Returns what is moved to x0 where that is a literal or the empty list, and undefined for anything else. */
function constantOf(module: BeamModule, { kinds, values }: Step): Term | undefined {
  if (kinds[1] !== TAG_X || values[1] !== 0) return undefined;
  if (kinds[0] === KIND_LITERAL) return module.literals.term(values[0] as number);
  return kinds[0] === TAG_A && values[0] === 0 ? NIL : undefined;
}
