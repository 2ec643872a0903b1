// What each kind of rule finds, in a sentence: formats that describe rules have to say something of one without a comment.

import type { RuleKind } from '../../rules/model.js';

/** By kind; with the two reasons that are no rule's. */
export const RULE_KIND_TEXTS: Readonly<Record<RuleKind | 'baseline' | 'coverage', string>> = {
  forbidden: 'Finds dependencies that are forbidden.',
  allowed: 'Finds dependencies on anything but what is allowed.',
  protected: 'Finds dependencies from anywhere but where they are allowed.',
  required: 'Finds what lacks a dependency that it has to have.',
  layers: 'Finds dependencies on a layer above, or past the next layer.',
  independent: 'Finds dependencies between what has to be independent.',
  acyclic: 'Finds cycles of dependencies.',
  orphans: 'Finds what nothing depends on.',
  metric: 'Finds what is past a limit.',
  applications: 'Finds where applications call or hold what their .app files do not say.',
  analysis: "Finds what an analysis of xref's finds.",
  query: 'Finds where the answer of a query is not the expected one.',
  suppressions: 'Finds suppressions in the code that suppress nothing or are none.',
  baseline: 'Finds entries of the baseline that are stale or expired.',
  coverage: 'Finds that too few of the files could be read.',
};
