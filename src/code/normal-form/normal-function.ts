// The second step to the normal form of code: the blocks of one function as bytes, the same whatever labels they have, in what order they
// lie and how often they are there. Compilers share equal blocks only where their lines are equal too, so that a call that moves to
// another line can split one; here equal blocks that lead to equal places are one again. What can't be reached is left out.
//
//   u32 arity, blocks from those that lead nowhere to the one of the entry, each: u32 size, its bytes, u32 targets, targets
//   target     kind, number: a block before it, a loop (a block that isn't complete yet), a function (by name, or where the compiler made
//              it as the nth one that this function names)

import type { Writer } from '../../bytes/writer.js';
import { ParseError } from '../../errors.js';
import { type Blocks, checkSize } from './read-blocks.js';
import { functionBytes } from './symbols.js';

/** The normal form of a function by itself. */
export interface FunctionBody {
  /** Where its bytes begin and end in those of all functions. */
  readonly start: number;
  readonly end: number;
  /** Functions that the compiler made and this one names, in the order in which it does; positions in {@link Blocks.functions}. */
  readonly made: readonly number[];
}

/** Kinds of a target, in the lowest two bits of its number. */
const BLOCK = 0;
const LOOP = 1;
const FUNCTION = 2;
const FOREIGN = 3;

const UNSEEN = -1;
const OPEN = -2;

/** What all functions of a module have in common. */
export interface BlockSpace {
  readonly blocks: Blocks;
  /** Positions of functions by the label of their entry. */
  readonly functionAt: ReadonlyMap<number, number>;
  /** The names under which functions are told of, by position; undefined for those that the compiler made. */
  readonly names: readonly (Uint8Array | undefined)[];
  /** The target that each block has turned out to be, or UNSEEN or OPEN. */
  readonly targets: Int32Array;
}

/** Opens the space of a module's blocks; `nameOf` returns undefined for a function that the compiler made. */
export function openBlockSpace(blocks: Blocks, nameOf: (position: number) => string | undefined): BlockSpace {
  const names = blocks.functions.map(({ arity }, at) => {
    const name = nameOf(at);
    return name === undefined ? undefined : functionBytes(name, arity);
  });
  const functionAt = new Map(blocks.functions.map(({ entry }, at) => [entry, at]));
  return { blocks, functionAt, names, targets: new Int32Array(blocks.owners.length).fill(UNSEEN) };
}

/** A block that no other one before was equal to. */
interface DistinctBlock {
  readonly block: number;
  readonly targets: readonly number[];
}

interface Walk {
  readonly space: BlockSpace;
  readonly position: number;
  readonly distinct: DistinctBlock[];
  /** Positions in `distinct` by a number that equal ones have in common. */
  readonly candidates: Map<number, number[]>;
  /** Numbers of the blocks that were led back to. */
  readonly loops: Map<number, number>;
}

/** Writes the normal form of a function; throws ParseError where a label leads nowhere. */
export function normaliseFunction(space: BlockSpace, position: number, out: Writer): FunctionBody {
  const { blocks } = space;
  const walk: Walk = { space, position, distinct: [], candidates: new Map(), loops: new Map() };
  const { entry = 0, arity = 0 } = blocks.functions[position] ?? {};
  const root = walkFrom(walk, blockOf(space, entry));
  return writeBody(walk, arity, root, out);
}

function blockOf({ blocks }: BlockSpace, label: number): number {
  return blocks.blockAt.get(label) ?? fail(`label ${label} is nowhere`);
}

function fail(reason: string): never {
  throw new ParseError({ code: 'range', reason, path: ['Code'] });
}

/** A block whose edges are gone through. */
interface Step {
  readonly block: number;
  next: number;
  readonly targets: number[];
}

/** Goes through all that the block leads to, with a stack of its own, and returns the block's target. */
function walkFrom(walk: Walk, root: number): number {
  const { space } = walk;
  const { blocks, targets } = space;
  const stack: Step[] = [];
  open(walk, stack, root);
  for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
    if (step.next === blocks.edgeStarts[step.block + 1]) {
      targets[step.block] = finish(walk, step);
      stack.pop();
      continue;
    }
    const edge = blocks.edges[step.next] as number;
    const target = edge < 0 ? functionTarget(space, -1 - edge) : blockTarget(walk, stack, blockOf(space, edge));
    if (target === undefined) continue;
    step.targets.push(target);
    step.next++;
  }
  return targets[root] as number;
}

function open({ space }: Walk, stack: Step[], block: number): void {
  space.targets[block] = OPEN;
  stack.push({ block, next: space.blocks.edgeStarts[block] as number, targets: [] });
}

function functionTarget({ functionAt }: BlockSpace, label: number): number {
  const position = functionAt.get(label) ?? fail(`label ${label} is the entry of no function`);
  return (position << 2) | FUNCTION;
}

/** Returns the target that a block is; undefined where it has to be gone through first, which has been begun. */
function blockTarget(walk: Walk, stack: Step[], block: number): number | undefined {
  const { space, position, loops } = walk;
  if (space.blocks.owners[block] !== position) return (block << 2) | FOREIGN;
  const known = space.targets[block] as number;
  if (known >= 0) return known;
  if (known === UNSEEN) {
    open(walk, stack, block);
    return undefined;
  }
  const loop = loops.get(block) ?? loops.size;
  loops.set(block, loop);
  return (loop << 2) | LOOP;
}

/** Returns the target of a block of which all is known. */
function finish({ space, distinct, candidates, loops }: Walk, { block, targets }: Step): number {
  const { blocks } = space;
  const start = blocks.starts[block] as number;
  const end = blocks.starts[block + 1] as number;
  const [only = FUNCTION] = targets;
  // A jump and nothing else is where it leads to.
  if (start === end && targets.length === 1 && (only & 3) <= LOOP) return only;
  // One that is led back to is told from its equals by its number.
  if (loops.has(block)) targets.push(((loops.get(block) as number) << 2) | LOOP);
  const hash = hashOf(blocks.bytes, start, end, targets);
  const equals = candidates.get(hash);
  for (const at of equals ?? []) if (isEqual(blocks, distinct[at] as DistinctBlock, { block, targets })) return (at << 2) | BLOCK;
  const made = distinct.push({ block, targets }) - 1;
  if (equals === undefined) candidates.set(hash, [made]);
  else equals.push(made);
  return (made << 2) | BLOCK;
}

function hashOf(bytes: Uint8Array, start: number, end: number, targets: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  for (const target of targets) hash = Math.imul(hash ^ target, 0x01000193);
  return hash;
}

function isEqual({ bytes, starts }: Blocks, left: DistinctBlock, right: DistinctBlock): boolean {
  const [start, other] = [starts[left.block] as number, starts[right.block] as number];
  const size = (starts[left.block + 1] as number) - start;
  if (size !== (starts[right.block + 1] as number) - other || left.targets.length !== right.targets.length) return false;
  for (let at = 0; at < size; at++) if (bytes[start + at] !== bytes[other + at]) return false;
  return left.targets.every((target, at) => target === right.targets[at]);
}

function writeBody({ space, distinct }: Walk, arity: number, root: number, out: Writer): FunctionBody {
  const { bytes, starts } = space.blocks;
  const start = out.length;
  out.u32(arity);
  const made = new Map<number, number>();
  for (const { block, targets } of distinct) {
    const [from, to] = [starts[block] as number, starts[block + 1] as number];
    out.u32(to - from).bytes(bytes.subarray(from, to));
    out.u32(targets.length);
    for (const target of targets) writeTarget(out, space, made, target);
    checkSize(out);
  }
  writeTarget(out, space, made, root);
  return { start, end: out.length, made: made.size === 0 ? NONE : [...made.keys()] };
}

const NONE: readonly number[] = [];
const MADE = 4;

function writeTarget(out: Writer, space: BlockSpace, made: Map<number, number>, target: number): void {
  const kind = target & 3;
  const value = target >> 2;
  if (kind === BLOCK || kind === LOOP) out.u8(kind).u32(value);
  else if (kind === FOREIGN) writeForeign(out, space, value);
  else {
    const name = space.names[value];
    if (name !== undefined) out.u8(FUNCTION).bytes(name);
    else out.u8(MADE).u32(placeOf(made, value));
  }
}

function placeOf(made: Map<number, number>, position: number): number {
  const place = made.get(position) ?? made.size;
  made.set(position, place);
  return place;
}

/** No compiler jumps into another function; where it leads is told by that function's name and the distance from its entry. */
function writeForeign(out: Writer, { blocks, names }: BlockSpace, block: number): void {
  const owner = blocks.owners[block] ?? -1;
  const entry = blocks.functions[owner]?.entry ?? 0;
  out.u8(FOREIGN).bytes(names[owner] ?? new Uint8Array(0));
  out.u32(block - (blocks.blockAt.get(entry) ?? 0));
}
