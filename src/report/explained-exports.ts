// How an export that nobody uses is explained to people, and how many there are of each class.

import { EXPORT_CLASSES, type ExportClass } from '../graph/analyses/explain-exports.js';
import type { Finding } from '../graph/analyses/findings.js';

/** Returns how many findings there are of each class, such as `3 callback, 1 nobody`, in the order in which classes are tried. */
export function classCounts(findings: readonly Finding[]): string {
  const count = (name: ExportClass) => findings.filter((finding) => finding.class === name).length;
  return EXPORT_CLASSES.flatMap((name) => (count(name) > 0 ? [`${count(name)} ${name}`] : [])).join(', ');
}

/** Returns why a function is exported, as a phrase; a dispatch table. */
export function exportPhrase(why: ExportClass, detail: string | null): string {
  switch (why) {
    case 'on_load':
      return 'called when the module is loaded';
    case 'application':
      return `starts and stops the application ${detail}`;
    case 'callback':
      return `callback of ${detail}`;
    case 'child_spec':
      return `in a child specification of ${detail}`;
    case 'mfa':
      return `named by data of ${detail}`;
    case 'glue':
    case 'convention':
      return `called by ${detail}`;
    case 'test':
      return detail === null ? 'in a module of tests' : `a test of ${detail}`;
    case 'tests_only':
      return `used by tests alone: ${detail}`;
    case 'open':
      return `may be a callback of ${detail}, whose callbacks aren't known`;
    case 'nobody':
      return detail === null ? 'exported for nobody' : `exported for nobody, used by ${detail}`;
  }
}
