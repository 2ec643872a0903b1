// The second step to the normal form of code: the instructions of one function as bytes, the same whatever labels they have, in what order
// they lie and how often they are there. Compilers share equal code only where its lines are equal too, so that a call that moves to another
// line can split some; here equal instructions that go on to equal ones are one again. What can't be reached is left out.
//
//   u32 arity, instructions from those that end the function to the first one, the target of the first
//   instruction   size, its bytes, number of targets, targets, where it goes on: 0 to the one before it, 1 nowhere, 2 target
//   size          u8, or 255 and u32
//   target        u8 kind, u32 number: an instruction before it, a loop (code that isn't complete yet), a function (by name, or where the
//                 compiler made it as the nth one that this function names)

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
const INSTRUCTION = 0;
const LOOP = 1;
const FUNCTION = 2;
const FOREIGN = 3;

const UNSEEN = -1;
const OPEN = -2;
/** The target of what doesn't go on; foreign, as its lowest bits say, and no block's. */
const NOWHERE = 0x7fff_ffff;

/** What all functions of a module have in common. */
export interface BlockSpace {
  readonly blocks: Blocks;
  /** Positions of functions by the label of their entry. */
  readonly functionAt: ReadonlyMap<number, number>;
  /** Returns the name under which the function at a position is told of; undefined for one that the compiler made. */
  readonly nameOf: (position: number) => Uint8Array | undefined;
  /** The target that the beginning of each block has turned out to be, or UNSEEN or OPEN. */
  readonly targets: Int32Array;
}

/** Opens the space of a module's blocks; `nameOf` returns undefined for a function that the compiler made. */
export function openBlockSpace(blocks: Blocks, nameOf: (position: number) => string | undefined): BlockSpace {
  const names: Uint8Array[] = [];
  const bytesOf = (position: number): Uint8Array | undefined => {
    const name = nameOf(position);
    if (name !== undefined) names[position] ??= functionBytes(name, blocks.functions[position]?.arity ?? 0);
    return names[position];
  };
  const functionAt = new Map(blocks.functions.map(({ entry }, at) => [entry, at]));
  return { blocks, functionAt, nameOf: bytesOf, targets: new Int32Array(blocks.owners.length).fill(UNSEEN) };
}

/** The instructions that no other one before was equal to, column by column. */
interface Nodes {
  /** Positions in {@link Blocks.starts}; -1 for the head of a loop, whose only target that loop is. */
  readonly instructions: number[];
  readonly targets: (readonly number[])[];
  readonly nexts: number[];
  /** The node before with the same number in `lasts`; -1 for none. */
  readonly befores: number[];
  /** The last node by a number that equal ones have in common. */
  readonly lasts: Map<number, number>;
}

interface Walk {
  readonly space: BlockSpace;
  readonly position: number;
  readonly nodes: Nodes;
  /** Numbers of the blocks that were led back to. */
  readonly loops: Map<number, number>;
}

/** Writes the normal form of a function; throws ParseError where a label leads nowhere. */
export function normaliseFunction(space: BlockSpace, position: number, out: Writer): FunctionBody {
  const { blocks } = space;
  const nodes: Nodes = { instructions: [], targets: [], nexts: [], befores: [], lasts: new Map() };
  const walk: Walk = { space, position, nodes, loops: new Map() };
  const { entry = 0, arity = 0 } = blocks.functions[position] ?? {};
  const block = blockOf(space, entry);
  const root = blocks.owners[block] === position ? walkFrom(walk, block) : (block << 2) | FOREIGN;
  return writeBody(walk, arity, root, out);
}

/** Returns the block at a label, past those in which nothing is. */
function blockOf({ blocks }: BlockSpace, label: number): number {
  const { blockAt, firsts, nexts } = blocks;
  let block = blockAt.get(label) ?? fail(`label ${label} is nowhere`);
  for (let left = MAX_JUMPS; firsts[block] === firsts[block + 1] && (nexts[block] as number) >= 0; left--) {
    if (left === 0) fail(`label ${label} leads to nothing but jumps`);
    block = blockAt.get(nexts[block] as number) ?? fail(`label ${nexts[block]} is nowhere`);
  }
  return block;
}

/** Jumps to jumps, of which compilers leave none. */
const MAX_JUMPS = 1000;

function fail(reason: string): never {
  throw new ParseError({ code: 'range', reason, path: ['Code'] });
}

/** A block whose edges are gone through, and at last where it goes on. */
interface Step {
  readonly block: number;
  edge: number;
  readonly targets: number[];
}

/** Goes through all that the block leads to, with a stack of its own, and returns the block's target. */
function walkFrom(walk: Walk, root: number): number {
  const { space } = walk;
  const stack: Step[] = [];
  open(walk, stack, root);
  for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
    const target = nextTarget(walk, stack, step);
    if (target === undefined) continue;
    step.targets.push(target);
    if (step.edge++ < endOfEdges(space, step.block)) continue;
    space.targets[step.block] = finish(walk, step);
    stack.pop();
  }
  return space.targets[root] as number;
}

function open({ space }: Walk, stack: Step[], block: number): void {
  const { firsts, edgeStarts } = space.blocks;
  space.targets[block] = OPEN;
  stack.push({ block, edge: edgeStarts[firsts[block] as number] as number, targets: [] });
}

/** The edge of this number is where the block goes on. */
function endOfEdges({ blocks }: BlockSpace, block: number): number {
  return blocks.edgeStarts[blocks.firsts[block + 1] as number] as number;
}

/** Returns the target of the next edge; undefined where it has to be gone through first, which has been begun. */
function nextTarget(walk: Walk, stack: Step[], { block, edge }: Step): number | undefined {
  const { space } = walk;
  const isLast = edge === endOfEdges(space, block);
  const label = (isLast ? space.blocks.nexts[block] : space.blocks.edges[edge]) as number;
  if (label >= 0) return blockTarget(walk, stack, blockOf(space, label));
  return isLast ? NOWHERE : functionTarget(space, -1 - label);
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
function finish(walk: Walk, { block, targets }: Step): number {
  const { firsts, edgeStarts } = walk.space.blocks;
  const first = firsts[block] as number;
  const base = edgeStarts[first] as number;
  let next = targets.at(-1) as number;
  for (let at = (firsts[block + 1] as number) - 1; at >= first; at--) {
    const [from, to] = [edgeStarts[at] as number, edgeStarts[at + 1] as number];
    next = intern(walk, at, from === to ? NONE : targets.slice(from - base, to - base), next);
  }
  const loop = walk.loops.get(block);
  // Code that is led back to is told from its equals by its number.
  return loop === undefined ? next : intern(walk, -1, [(loop << 2) | LOOP], next);
}

/** Returns the target that an instruction is, be it this one or an equal one before. */
function intern({ space, nodes }: Walk, instruction: number, targets: readonly number[], next: number): number {
  const { blocks } = space;
  const hash = hashOf(blocks, instruction, targets, next);
  const last = nodes.lasts.get(hash) ?? -1;
  for (let at = last; at >= 0; at = nodes.befores[at] as number) {
    if (nodes.nexts[at] !== next || !isEqualList(nodes.targets[at] as readonly number[], targets)) continue;
    if (isEqual(blocks, nodes.instructions[at] as number, instruction)) return (at << 2) | INSTRUCTION;
  }
  const made = nodes.instructions.push(instruction) - 1;
  nodes.targets.push(targets);
  nodes.nexts.push(next);
  nodes.befores.push(last);
  nodes.lasts.set(hash, made);
  return (made << 2) | INSTRUCTION;
}

function hashOf({ bytes, starts }: Blocks, instruction: number, targets: readonly number[], next: number): number {
  let hash = 0x811c9dc5 ^ next;
  const end = instruction < 0 ? 0 : (starts[instruction + 1] as number);
  for (let at = instruction < 0 ? 0 : (starts[instruction] as number); at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  }
  for (const target of targets) hash = Math.imul(hash ^ target, 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}

function isEqualList(left: readonly number[], right: readonly number[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

function isEqual({ bytes, starts }: Blocks, left: number, right: number): boolean {
  if (left < 0 || right < 0) return false;
  const [start, other] = [starts[left] as number, starts[right] as number];
  const size = (starts[left + 1] as number) - start;
  if (size !== (starts[right + 1] as number) - other) return false;
  for (let at = 0; at < size; at++) if (bytes[start + at] !== bytes[other + at]) return false;
  return true;
}

function writeBody({ space, nodes }: Walk, arity: number, root: number, out: Writer): FunctionBody {
  const start = out.length;
  out.u32(arity);
  const made = new Map<number, number>();
  for (let at = 0; at < nodes.instructions.length; at++) {
    writeNode(out, space, made, nodes, at);
    checkSize(out);
  }
  writeTarget(out, space, made, root);
  return { start, end: out.length, made: made.size === 0 ? NONE : [...made.keys()] };
}

function writeNode(out: Writer, space: BlockSpace, made: Map<number, number>, nodes: Nodes, at: number): void {
  const { bytes, starts } = space.blocks;
  const instruction = nodes.instructions[at] as number;
  const targets = nodes.targets[at] as readonly number[];
  const next = nodes.nexts[at] as number;
  const from = instruction < 0 ? 0 : (starts[instruction] as number);
  const to = instruction < 0 ? 0 : (starts[instruction + 1] as number);
  writeSize(out, to - from);
  out.bytes(bytes.subarray(from, to));
  writeSize(out, targets.length);
  for (const target of targets) writeTarget(out, space, made, target);
  if (next === (((at - 1) << 2) | INSTRUCTION)) out.u8(GOES_ON);
  else if (next === NOWHERE) out.u8(ENDS_HERE);
  else writeTarget(out.u8(GOES_TO), space, made, next);
}

function writeSize(out: Writer, size: number): void {
  if (size < 0xff) out.u8(size);
  else out.u8(0xff).u32(size);
}

const GOES_ON = 0;
const ENDS_HERE = 1;
const GOES_TO = 2;
const NONE: readonly number[] = [];
const MADE = 4;

function writeTarget(out: Writer, space: BlockSpace, made: Map<number, number>, target: number): void {
  const kind = target & 3;
  const value = target >> 2;
  if (kind === INSTRUCTION || kind === LOOP) out.u8(kind).u32(value);
  else if (kind === FOREIGN) writeForeign(out, space, value);
  else {
    const name = space.nameOf(value);
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
function writeForeign(out: Writer, { blocks, nameOf }: BlockSpace, block: number): void {
  const owner = blocks.owners[block] ?? -1;
  const entry = blocks.functions[owner]?.entry ?? 0;
  out.u8(FOREIGN).bytes(nameOf(owner) ?? new Uint8Array(0));
  out.u32(block - (blocks.blockAt.get(entry) ?? 0));
}
