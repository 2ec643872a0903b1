// The arguments of `deps`. They are many, and apart from the command since both halves of it need them.

import type { Argv } from 'yargs';
import type { CommonArgs } from './command.js';

/** The arguments of `deps`; names and patterns may be given several times. */
export interface DepsArgs extends CommonArgs {
  readonly level: 'function' | 'module' | 'application' | 'release' | 'group' | undefined;
  readonly source: 'imports' | 'abstract' | 'code' | 'auto' | undefined;
  readonly otp: number | undefined;
  readonly builtins: boolean;
  readonly config: string | undefined;
  readonly edges: string | undefined;
  readonly minConfidence: 'exact' | 'literal' | 'inferred';
  readonly unresolved: boolean;
  readonly sites: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly collapse: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly focus: readonly string[];
  readonly hops: number;
  readonly uses: readonly string[];
  readonly usedBy: readonly string[];
  readonly reduce: boolean;
  readonly cycles: boolean;
  readonly fewest: 'edges' | 'calls';
  readonly metrics: boolean;
  readonly why: readonly string[] | undefined;
}

/** An option that is given once for each name. */
const names = (describe: string) => ({
  type: 'string' as const,
  requiresArg: true,
  coerce: (given: string | readonly string[] | undefined) => (given === undefined ? [] : [given].flat()),
  default: [] as readonly string[] as never,
  defaultDescription: 'none',
  describe,
});

const flag = (describe: string) => ({ type: 'boolean' as const, default: false, describe });

/** Adds the options and examples of `deps`. */
export function depsOptions(yargs: Argv<CommonArgs>): Argv<DepsArgs> {
  return yargs
    .options({
      level: {
        choices: ['function', 'module', 'application', 'release', 'group'] as const,
        defaultDescription: 'module, or function if one is named',
        describe: 'what the nodes are',
      },
      source: {
        choices: ['imports', 'abstract', 'code', 'auto'] as const,
        defaultDescription: 'imports for modules and applications where nothing asked for needs calls, else auto',
        describe: 'import tables, abstract code, the code itself, or abstract code where there is some and code elsewhere',
      },
      otp: {
        type: 'number',
        choices: [25, 27, 29],
        describe: 'leave out the BIFs of this release (default: of the compiler)',
      },
      builtins: flag('count calls of BIFs as well, such as lists:keyfind/3'),
      config: { type: 'string', requiresArg: true, describe: 'JSON file with the groups of --level group' },
      edges: {
        type: 'string',
        requiresArg: true,
        defaultDescription: 'call',
        describe: 'kinds, with commas: call, behaviour, type, transform, record, struct, protocol, mfa, child_spec; or all',
      },
      'min-confidence': {
        choices: ['exact', 'literal', 'inferred'] as const,
        default: 'inferred' as const,
        describe: 'how sure edges that are no calls must be',
      },
      unresolved: flag("show what calls lead to whose module or function is only known at run time: '$M_EXPR'"),
      sites: flag('show the places of each edge: file:line:column'),
      include: names('only nodes that match: lists*, /regular expression/, app:stdlib (repeatable)'),
      exclude: names('no nodes that match (repeatable)'),
      collapse: names('make one node of those that match: of each group of /^(a|b)_/, of each application of app:* (repeatable)'),
      from: names('what can be reached from it (repeatable; names or patterns)'),
      to: names('what reaches it; with --from what lies between (repeatable)'),
      focus: names('what is near it (repeatable)'),
      hops: {
        type: 'number',
        requiresArg: true,
        default: 1,
        describe: 'how near to the focus: in edges, whichever way they point',
      },
      uses: names('what it uses itself, with places (repeatable)'),
      'used-by': names('what uses it, with places (repeatable)'),
      reduce: flag('leave out edges that follow from others, with each cycle made one node'),
      cycles: flag('find cycles, and in each the edges to remove that break it'),
      fewest: {
        choices: ['edges', 'calls'] as const,
        default: 'edges' as const,
        describe: 'what to remove few of to break a cycle; the other comes second',
      },
      why: {
        type: 'string',
        nargs: 2,
        describe: 'A B: a shortest chain from one to the other, with places',
      },
      metrics: flag('count fan-in and fan-out'),
    })
    .example('$0 deps _build/prod/rel/shop', 'modules of a release')
    .example('$0 deps --level application --format json lib', 'applications, as JSON')
    .example('$0 deps --why shop_cart cowboy lib', 'why one module depends on another')
    .example("$0 deps --used-by 'lists:foldl/3' lib", 'who calls a function, and where')
    .example(
      '$0 deps --cycles --level application lib',
      'cycles of applications and how to break them',
    ) as unknown as Argv<DepsArgs>;
}
