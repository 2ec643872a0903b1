// The instructions for one application and one older version, both ways:
//
//   what a person wants before all    children that go    modules    children that come    what a person wants after all
//
// Defined by the manual page appup(4) of sasl; release-upgrade 1.1 and 4.5.

import type { ApplicationChange } from '../../../changes/build-changes.js';
import { isMigratedFrom } from '../../../changes/compare-state.js';
import type { ModuleChange } from '../../../changes/module-change.js';
import { atom, type Term } from '../../../term/model.js';
import { tagged } from '../../release-error.js';
import { chooseMethod, type ModuleSurroundings } from './changed-modules.js';
import { type ChildrenSteps, childrenSteps } from './children-steps.js';
import type { AppupFault, AppupScripts, GenerateChoices, UpgradedApplication } from './model.js';
import { type BothWays, type ModuleWork, moduleSteps } from './module-steps.js';
import { moduleOfStep, modulesOfSteps, scriptSteps } from './scripts.js';

/** The instructions, and what is wrong with them. */
export interface MadeSteps extends BothWays {
  /** Modules whose processes are to be found and converted. */
  readonly updated: ReadonlySet<string>;
  readonly faults: readonly AppupFault[];
}

type Choices = Pick<GenerateChoices, 'purge' | 'timeout' | 'restartsChanged' | 'restarted'> & ModuleSurroundings;

/** Makes the instructions for one application and older version; throws ParseError. */
export function makeSteps(
  upgrade: UpgradedApplication,
  change: ApplicationChange,
  choices: Choices,
  scripts: AppupScripts | undefined,
): MadeSteps {
  const { pre, post } = scriptSteps(scripts, upgrade.to, upgrade.from);
  const made = choices.restarted.has(upgrade.name) ? restartSteps(upgrade.name) : upgradeSteps(upgrade, change, choices);
  const up = withoutThose('up', [...pre.up, ...post.up], made.up);
  const down = withoutThose('down', [...pre.down, ...post.down], made.down);
  return {
    up: [...pre.up, ...up.steps, ...post.up],
    down: [...pre.down, ...down.steps, ...post.down],
    updated: made.updated,
    faults: [...made.faults, ...up.faults, ...down.faults],
  };
}

function restartSteps(name: string): MadeSteps {
  const steps = [tagged('restart_application', atom(name))];
  return { up: steps, down: steps, updated: new Set(), faults: [] };
}

/** A module has one instruction: where a person wrote one, that counts. */
function withoutThose(direction: 'up' | 'down', written: readonly Term[], made: readonly Term[]) {
  const modules = modulesOfSteps(written);
  const isWritten = (term: Term) => modules.has(moduleOfStep(term) ?? '');
  const faults = made.filter(isWritten).map((term): AppupFault => {
    return { kind: 'by_hand', module: moduleOfStep(term) as string, direction };
  });
  return { steps: made.filter((term) => !isWritten(term)), faults };
}

function upgradeSteps(upgrade: UpgradedApplication, change: ApplicationChange, choices: Choices): MadeSteps {
  const { old, now } = upgrade;
  const faults: AppupFault[] = [];
  const children: ChildrenSteps[] = [];
  const counted = [...change.changed, ...change.others.filter((one) => isGivenState(one, upgrade, choices))];
  const changed = counted.flatMap((one): ModuleWork['changed'] => {
    const module = now.modules.get(one.module);
    if (module === undefined) return [];
    const { method, faults: found } = module.located('behaviours', () => chooseMethod(module, one, choices));
    faults.push(...found);
    if (method === 'supervisor' && one.children !== null) {
      children.push(childrenSteps(one.module, one.children, choices.restartsChanged));
    }
    return [{ change: one, method }];
  });
  const work = { added: change.added, removed: change.removed, changed };
  const modules = moduleSteps({ old, now }, work, choices);
  for (const one of children) faults.push(...one.faults);
  const around = (way: 'up' | 'down') => [
    ...children.flatMap(({ first }) => first[way]),
    ...modules[way],
    ...children.flatMap(({ last }) => last[way]),
  ];
  const updated = new Set(changed.filter(({ method }) => method !== 'load').map(({ change: one }) => one.module));
  return { up: around('up'), down: around('down'), updated, faults };
}

/** A module whose code is as it was may still be given what converts a state: its record may lie in another file. */
function isGivenState({ module, level }: ModuleChange, { old, now }: UpgradedApplication, { injected }: Choices): boolean {
  const [before, after] = [old.modules.get(module), now.modules.get(module)];
  if (level === 'identical' || before === undefined || after === undefined) return false;
  return injected.has(module) || isMigratedFrom(before, after);
}
