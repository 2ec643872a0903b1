// Whether two older builds have the same of one application, so that one entry will do for both.

import type { BuiltApplication } from '../../../changes/build.js';

/** Tells whether two builds of an application have the same modules, byte for byte in what counts for the loader. */
export function isSameApplication({ modules: left }: BuiltApplication, { modules: right }: BuiltApplication): boolean {
  return left.size === right.size && [...left].every(([name, module]) => right.has(name) && right.get(name)?.md5 === module?.md5);
}
