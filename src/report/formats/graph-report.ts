// What formats of a graph are functions of: what both readers of `deps` answer, import tables alone and whole programs.

import type { AnswerCycle, AnswerEdge, DependencyAnswer } from '../../graph/dependencies/ask.js';
import type { DependencyLevel } from '../../graph/dependencies/dependency-graph.js';
import type { EdgeSite } from '../../graph/dependencies/edge-facts.js';
import type { DepsReport } from '../deps.js';

/** A node by its name. */
export interface ReportNode {
  readonly id: string;
  readonly app: string | null;
  readonly members?: readonly string[];
}

/** An edge between nodes by their names; what import tables don't know is absent. */
export interface ReportEdge {
  readonly from: string;
  readonly to: string;
  readonly functions: number;
  readonly sites?: number;
  readonly kinds?: readonly string[];
  readonly places?: readonly EdgeSite[];
}

/** The answer of `deps`. */
export interface GraphReport {
  readonly level: DependencyLevel;
  readonly nodes: readonly ReportNode[];
  readonly edges: Iterable<ReportEdge> & { readonly length: number };
  readonly coverage: DepsReport['coverage'];
  readonly source?: string;
  readonly builtins?: boolean;
  readonly unresolved?: DependencyAnswer['unresolved'];
  readonly cycles?: readonly AnswerCycle[];
  readonly why?: { readonly from: string; readonly to: string; readonly steps: readonly AnswerEdge[] | null };
  readonly metrics?: NonNullable<DependencyAnswer['metrics']>;
  readonly totals?: NonNullable<DependencyAnswer['totals']>;
}

/** Returns the place of each node's name among the nodes. */
export function numberNodes({ nodes }: GraphReport): ReadonlyMap<string, number> {
  return new Map(nodes.map(({ id }, at) => [id, at]));
}
