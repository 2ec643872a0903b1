// Gathers references while a module is read: one for each function and what it refers to, with all places.

import { ParseError } from '../../../errors.js';
import { MAX_REFERENCES } from '../../../limits.js';
import type { CallSite, Confidence, ModuleFacts, Reference } from '../../module-facts.js';
import { compareSites } from '../call-log.js';

/** What is referred to. */
export type Referred = Pick<Reference, 'kind' | 'module' | 'name' | 'arity' | 'confidence' | 'application'>;

interface Gathered {
  readonly from: number;
  readonly referred: Referred;
  confidence: Confidence;
  readonly sites: CallSite[];
}

/** The references so far, in the order of their first place. */
export interface ReferenceLog {
  /** Index of the function that is being read; -1 for the module as a whole. */
  from: number;
  /** How many places have been added. */
  places: number;
  readonly gathered: Map<string, Gathered>;
}

export function newReferenceLog(): ReferenceLog {
  return { from: -1, places: 0, gathered: new Map() };
}

const CONFIDENCES: readonly Confidence[] = ['exact', 'literal', 'inferred'];

/** Adds a reference from the present function; line 0 is no place. Throws ParseError `limit` for too many. */
export function addReference(log: ReferenceLog, referred: Referred, line = 0, column = 0): void {
  checkPlaces(++log.places);
  const { kind, module, name, arity, application, confidence } = referred;
  const key = `${log.from} ${kind} ${module}\0${application}\0${name}\0${arity}`;
  let known = log.gathered.get(key);
  if (known === undefined) {
    known = { from: log.from, referred, confidence, sites: [] };
    log.gathered.set(key, known);
  }
  if (CONFIDENCES.indexOf(confidence) < CONFIDENCES.indexOf(known.confidence)) known.confidence = confidence;
  if (line > 0) known.sites.push({ line, column });
}

/** Throws ParseError `limit` where a module refers to more than any real one does. */
export function checkPlaces(count: number): void {
  if (count <= MAX_REFERENCES) return;
  throw new ParseError({ code: 'limit', reason: `more than ${MAX_REFERENCES} places that refer to something` });
}

/** Returns the references of a module, those of it as a whole first, the others by function. */
export function finishReferences({ gathered }: ReferenceLog, facts: ModuleFacts): readonly Reference[] {
  return [...gathered.values()]
    .filter((one) => !namesItself(one, facts))
    .sort((left, right) => left.from - right.from)
    .map(({ from, referred, confidence, sites }) => ({ from, ...referred, confidence, sites: distinct(sites) }));
}

/** A function's own name as data, as macros for logging and errors write it, says nothing. */
function namesItself({ from, referred }: Gathered, { module, functions }: ModuleFacts): boolean {
  const own = functions[from];
  if (own === undefined || referred.kind !== 'mfa' || referred.module !== module) return false;
  return referred.name === own.name && referred.arity === own.arity;
}

function distinct(sites: CallSite[]): readonly CallSite[] {
  return sites.sort(compareSites).filter((site, at) => at === 0 || compareSites(site, sites[at - 1] as CallSite) !== 0);
}
