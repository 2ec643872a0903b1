// The list of `applications` that an application ought to have: what it declares, in its order, then what it calls and doesn't declare.
// What can't be added, since all on the circle would wait for each other, is told.

import { countGroups, cyclicComponents, groupAt } from '../sets/components.js';
import { digraphOf } from '../sets/digraph.js';
import { relationOf, unionRelations } from '../sets/relation.js';
import type { Application, ApplicationSet } from './application-set.js';
import type { CheckedApplications } from './check-applications.js';
import { declaredRelation, startedBefore } from './start-order.js';

/** A corrected list. */
export interface CorrectedList {
  readonly application: Application;
  /** The whole list. */
  readonly applications: readonly string[];
  /** At its end, in Erlang's order. */
  readonly added: readonly string[];
  /** Left out, since nobody uses them. */
  readonly removed: readonly string[];
  /** Called and not declared, and not added: they start after this application, or would. */
  readonly refused: readonly string[];
}

/** Returns the lists that differ from what is declared, or can't be made right; `prune` leaves out the unused, but not the optional ones. */
export function correctLists(set: ApplicationSet, checked: CheckedApplications, prune: boolean): readonly CorrectedList[] {
  const circleOf = circlesWith(set, checked);
  return checked.applications.flatMap(({ application, undeclared, unused }) => {
    const { file } = application;
    if (file === null) return [];
    const circle = circleOf(application.name);
    const isRefused = (name: string) => circle !== undefined && circle === circleOf(name);
    const called = undeclared.map(({ application: name }) => name);
    const removed = prune ? unused.filter(({ key }) => key === 'applications').map((one) => one.application) : [];
    const kept = (file.applications ?? []).filter((name) => !removed.includes(name));
    const added = called.filter((name) => !isRefused(name));
    const list = { application, applications: [...kept, ...added], added, removed, refused: called.filter(isRefused) };
    return called.length + removed.length === 0 ? [] : [list];
  });
}

/** Returns a function from the name of an application to the circle it would be on if all that is called were declared. */
function circlesWith(set: ApplicationSet, { applications }: CheckedApplications): (name: string) => number | undefined {
  const sources: number[] = [];
  const targets: number[] = [];
  for (const { application, undeclared } of applications) {
    for (const { application: name } of undeclared) {
      sources.push(set.numbers.get(application.name) as number);
      targets.push(set.numbers.get(name) as number);
    }
  }
  const order = unionRelations(declaredRelation(set, startedBefore), relationOf(sources, targets));
  const groups = cyclicComponents(digraphOf(order));
  const circles = new Map<number, number>();
  for (let at = 0; at < countGroups(groups); at++) for (const member of groupAt(groups, at)) circles.set(member, at);
  return (name) => circles.get(set.numbers.get(name) ?? -1);
}
