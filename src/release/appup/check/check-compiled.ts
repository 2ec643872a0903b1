// What is wrong with an appup by itself, before there is a build that it lies in.

import { stringTerm, tuple } from '../../../term/model.js';
import { tagged } from '../../release-error.js';
import type { Appup } from '../model.js';
import { checkAppup } from './check-appup.js';
import type { AppupFinding } from './model.js';
import { warningFinding } from './systools-finding.js';

/** Where an appup comes from, and the version that it is meant for. */
export interface CompiledSource {
  readonly file: string;
  readonly application: string;
  readonly vsn: string;
}

/** Checks an appup that belongs to nothing yet. */
export function checkCompiled(appup: Appup, { file, application, vsn }: CompiledSource): readonly AppupFinding[] {
  const nothing = { now: null, olds: [], ownerOf: () => undefined, find: () => undefined, isRegisteredElsewhere: () => false };
  const term = tagged('bad_vsn', tuple(stringTerm(appup.vsn), stringTerm(vsn)));
  const other = appup.vsn === vsn ? [] : [warningFinding(term, { file, application })];
  return [...other, ...checkAppup({ ...nothing, file, application, appup })];
}
