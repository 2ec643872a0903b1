// Random queries: texts that may or may not parse, regular expressions, and expressions of every type over given modules and functions.
import fc from 'fast-check';
import type { ProgramMode } from '../../../src/graph/program/program.js';

const TOKENS = [
  ...[
    'E',
    'X',
    '_',
    'a',
    'b',
    'lists',
    'of',
    '+',
    '-',
    '*',
    '#',
    '|',
    '||',
    '|||',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '/',
    '=',
    ':=',
  ],
  ...[
    '->',
    'm:f/1',
    '1',
    '-1',
    '2',
    '"a.*"',
    '"x"',
    ': Mod',
    ': Fun',
    ': App',
    ': Lin',
    ': XXL',
    '(Fun)',
    '(Mod)',
    '(Lin)',
    'Fun',
  ],
  ...[
    'range',
    'domain',
    'weak',
    'strict',
    'closure',
    'components',
    'condensation',
    '{a,b}',
    '{m,f,1}',
    '{{m,f,1},{n,g,0}}',
    'a->b',
  ],
  ...['m:f/1->n:g/2', "'Q a'", '\n', '.', '?', 'div', '$a', '1.5', '%c\n', '"(":Mod', '_:_/_', 'm:"f"/1', '_:f/2'],
];
const CHARACTERS = [
  ...'abXY_ \n\'"\\$#0129.:/-+|=<>(){}[],;%@~^&?!*`xns',
  'é',
  'É',
  'ß',
  '÷',
  '×',
  'α',
  '\u{10400}',
  '\x01',
  '\x7f',
  '\xa0',
  '\xad',
];
const REGEXP_PIECES = [
  ...[
    'a',
    'b',
    'ab',
    '.',
    '*',
    '+',
    '?',
    '|',
    '(',
    ')',
    '[ab]',
    '[^a]',
    '[a-c]',
    '(?:',
    '(?i)',
    '(?=',
    '(?!',
    '(?<=',
    '(?<!',
    '(?>',
    '{2}',
  ],
  ...[
    '{1,}',
    '{0,2}',
    '{,2}',
    '\\d',
    '\\s',
    '\\b',
    '\\B',
    '^',
    '$',
    '\\A',
    '\\z',
    '\\Z',
    '(?<n>',
    'é',
    'É',
    'α',
    '\\x41',
    '\\x{3b1}',
    '\\101',
  ],
  ...[
    '\\Q',
    '\\E',
    '[[:alpha:]]',
    '[[:^upper:]]',
    '[]a]',
    '[\\d_-]',
    '_',
    '1',
    '++',
    '*?',
    '??',
    '(?#x)',
    '(?s)',
    '(?x) ',
    '(?-i)',
    '\\h',
    '\\R',
  ],
  ...[
    '\\N',
    '\\n',
    '\\p{L}',
    '\\p{Greek}',
    '\\P{Lu}',
    '-',
    ']',
    '{',
    '}',
    '\\.',
    '#',
    ' ',
    '(?P<m>',
    "(?'q'",
    '[a-\\d]',
    '[a-é]',
    '\\cA',
    '\\q',
  ],
];

const text = (parts: fc.Arbitrary<string>, maxLength: number, separators: readonly string[]) =>
  fc
    .tuple(fc.array(parts, { minLength: 1, maxLength }), fc.constantFrom(...separators))
    .map(([words, separator]) => words.join(separator));

/** Texts of tokens and of characters, few of them queries. */
export const textArbitrary: fc.Arbitrary<string> = fc.oneof(
  text(fc.constantFrom(...TOKENS), 8, [' ', '']),
  text(fc.constantFrom(...CHARACTERS), 8, ['']),
);

/** Regular expressions, half of them wrong. */
export const regexpArbitrary: fc.Arbitrary<string> = text(fc.constantFrom(...REGEXP_PIECES), 6, ['']);

/** What expressions are made of. */
export interface Vocabulary {
  /** As they are written, quoted where they have to be. */
  readonly functions: readonly string[];
  readonly modules: readonly string[];
  readonly applications: readonly string[];
  /** In modules mode most variables don't exist; a few of them are asked for all the same. */
  readonly mode: ProgramMode;
}

const FUNCTION_SETS = ['V', 'X', 'L', 'F', 'B', 'U', 'XU', 'LU', 'UU', 'OL', 'DF', 'DF_1', 'DF_2', 'DF_3'];
const NAME_SETS = ['X', 'B', 'U', 'XU', 'DF', 'DF_1', 'DF_2', 'DF_3', 'XU', 'X', 'V'];
const SETS = ['M', 'AM', 'LM', 'UM', 'A', 'R'];
const CALLS = ['E', 'LC', 'XC', 'UC', 'EE', 'ME', 'AE', 'RE'];
const MODULE_CALLS = ['ME', 'ME', 'ME', 'AE', 'AE', 'RE', 'E'];
const LEVELS = ['Fun', 'Mod', 'App', 'Fun', 'Mod', 'App', 'Rel'];
// Few of these can be cast so.
const CASTS = ['Lin', 'LLin', 'XLin', 'ELin', 'XXL'];
const LINES = ['Lin', 'LLin', 'XLin', 'ELin'];

/** Queries that parse, over the vocabulary; some have wrong types. */
export function queryArbitrary({ functions, modules, applications, mode }: Vocabulary): fc.Arbitrary<string> {
  const one = (words: readonly string[]) => fc.constantFrom(...words);
  const module = one(modules);
  const join = (...parts: readonly (string | fc.Arbitrary<string>)[]) =>
    fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((words) => words.join(''));
  const application = applications.length === 0 ? fc.constant('A') : join(one(applications), ' : App');
  const patterns = one(['_:_/1', '"[a-m].*":Mod', '_:"[a-f].*"/_', '".*":App', 'ets:lookup/2', '_:_/_', '"x.*":Rel']);
  const likely = { arbitrary: one(mode === 'functions' ? FUNCTION_SETS : NAME_SETS), weight: 6 };
  const vertexLeaf = fc.oneof(
    likely,
    one(FUNCTION_SETS),
    one(SETS),
    one(functions),
    join('[', one(functions), ', ', one(functions), ']'),
    join(module, ' : Mod'),
    module,
    application,
    patterns,
    join(module, ':_/"[01]"'),
    one(['erlang', "'$M_EXPR' : Mod", 'nosuch', '[a, a:f/0]']),
  );
  const edgeLeaf = fc.oneof(
    one(mode === 'functions' ? CALLS : MODULE_CALLS),
    join(module, ' -> ', module),
    join(one(functions), ' -> ', one(functions)),
  );
  const depth = fc.createDepthIdentifier();
  const infix = one([' + ', ' - ', ' * ']);
  const restrict = one([' | ', ' || ', ' ||| ']);
  const { vertex, edge } = fc.letrec<{ vertex: string; edge: string }>((tie) => ({
    vertex: fc.oneof(
      { maxDepth: 4, depthIdentifier: depth, withCrossShrink: true },
      vertexLeaf,
      join(one(['domain ', 'range ']), tie('edge')),
      join('(', tie('vertex'), infix, tie('vertex'), ')'),
      join('(', one(LEVELS), ') ', tie('vertex')),
      join(one(['domain', 'range']), ' (closure ', tie('edge'), restrict, tie('vertex'), ')'),
    ),
    edge: fc.oneof(
      { maxDepth: 4, depthIdentifier: depth, withCrossShrink: true },
      edgeLeaf,
      join('(', tie('edge'), infix, tie('edge'), ')'),
      join('(', one(LEVELS), ') ', tie('edge')),
      join('(', tie('edge'), restrict, tie('vertex'), ')'),
      join(one(['weak ', 'strict ']), tie('edge')),
      join('(closure ', tie('edge'), restrict, one(functions), ')'),
    ),
  }));
  return fc.oneof(
    vertex,
    edge,
    join('# ', edge),
    join('# ', vertex),
    join(one(['components ', 'condensation ', 'range condensation ', 'weak condensation ', '# condensation ']), edge),
    join('# ', edge, infix, '# ', vertex),
    join('{', one(functions), ', ', one(functions), '} of ', one(['', 'closure ']), edge),
    join('{', module, ', ', module, '} of ', edge),
    join('{', module, ', ', module, ', ', module, '} of ', edge),
    join('{', one(functions), '} of ', edge),
    join('P = ', edge, ', Q = ', vertex, ', P | Q'),
    join('(XXL) (', one(LINES), ') ', edge),
    join('(Lin) ', vertex),
    join(
      one(['', 'domain ', 'range ', '# ', '(Fun) ', '(Mod) domain ', '# range ']),
      '(',
      one(CASTS),
      ') ',
      fc.oneof(edge, vertex),
    ),
    join('(', one(LINES), ') ', edge, infix, '(', one(LINES), ') ', edge),
    join('domain ((', one(LINES), ') ', edge, infix, '(', one(LINES), ') ', edge, ')'),
  );
}
