// The queries that the documentation of xref shows, and what its grammar says in symbols, an instance of each rule; all parse. Those that
// don't are made from them by leaving out or doubling a token (xref-language.test.ts).

/** From the chapter of the user's guide. */
const CHAPTER = [
  ...[
    '(XC - UC) || (XU - X - B)',
    'X + L + B + U',
    'UU + LU + XU',
    'L + X',
    'F - (XU + LU)',
    '(Fun) xref : Mod',
    'xref : Mod * X',
  ],
  ...[
    '(Mod) tools',
    '"xref_.*" : Mod',
    '# E | X ',
    'XC || L ',
    'XC * LC',
    '(LLin) (LC * XC)',
    '(XLin) (LC * XC)',
    'XC * (ME - strict ME)',
  ],
  ...['E ||| kernel', 'closure E | kernel || kernel', '{toolbar,debugger}:Mod of ME', 'closure E | toolbar:Mod || debugger:Mod'],
  ...['(Fun) xref -> xref_base', 'E * xref -> xref_base', 'E || xref_base | xref', 'E * [xref -> lists, xref_base -> digraph]'],
  ...[
    'E | [xref, xref_base] || [lists, digraph]',
    'components EE',
    'X * digraph * range (closure (E | digraph) | (L * digraph))',
  ],
  ...['L * yeccparser:Mod - range (closure (E |\n yeccparser:Mod) | (X * yeccparser:Mod))', 'Eplus := closure E', 'AM'],
  ...['# (Mod) (Eplus | xref : Mod)', '# (closure ME | AM)', '(Mod) (closure E | AM)', 'Eplus | xref : Mod'],
];

/** From the reference manual, the rules of its grammar included. */
const MANUAL = [
  ...[
    'kernel',
    'kernel->stdlib',
    '[kernel, sasl]',
    '[pg -> mnesia, {tv, mnesia}] : Mod',
    '"xref_.*":"add_.*"/"(2|3)"',
    '_:_/"[1-9].+"',
  ],
  ...[
    '(Fun) (App) RE',
    '(Fun) (Mod) (App) RE',
    '(App) "xref_.*" : Mod',
    'M + F',
    '(Fun) M + F',
    'E - AE',
    'E - (Fun) AE',
    'X * xref : Mod',
  ],
  ...[
    'CS ||| VS ',
    'CS | VS * CS || VS',
    'closure E | xref : Mod',
    'E | xref : Mod',
    '(Lin) (XXL) (Lin) E',
    '(Lin) E',
    'A | B  || C',
    '(A | B) || C',
  ],
  ...[
    'V - (XU + LU)',
    'UU + XU + LU',
    'LC + XC',
    'range LC',
    'range XC',
    'AM + LM + UM',
    '(Mod) E',
    '(App) E',
    '(Rel) E',
    'X + B',
  ],
  ...['m:f/1', 'm:f/1 -> n:g/-1', '{m,f,1}', '{{m,f,1},{n,g,2}}', 'a -> b', '{a, b}', '[m:f/1, n:g/2] : Fun', '{m:f/1, n:g/2}'],
  ...[
    '"re" : App',
    '"re" : Rel',
    'm:"f"/2 : Fun',
    '_:f/_',
    '"m":_/-1',
    "'Quoted name' : Mod",
    '(Lin) V',
    '(ELin) EE',
    '(XLin) XC',
    '(LLin) LC',
  ],
  ...[
    'domain E',
    'range E',
    'strict ME',
    'weak ME',
    'components ME',
    'condensation ME',
    '{a,b,c} of ME',
    'closure E',
    '# E + # X',
    '# E * # X - # L',
  ],
  ...[
    'X1 = E | a : Mod, X2 = range X1, X2 + X',
    'Y1 := E, Y1',
    'Z1 = Z2 := E, Z1',
    '(E)',
    '(Rel) A',
    '(XXL) (Lin) E',
    '(Fun) M -> N',
  ],
];

/** As documented. A few of them aren't in the language after all; the real parser says which. */
export const DOCUMENTED_QUERIES: readonly string[] = [...CHAPTER, ...MANUAL];

const TOKEN = /"[^"]*"|'[^']*'|\w+|\|{1,3}|:=|->|\S/g;

/** Returns the queries that each lack one token of a query, or have one twice. */
export function nearlyQueries(query: string): readonly string[] {
  const tokens = query.match(TOKEN) ?? [];
  return tokens.flatMap((token, at) => [
    [...tokens.slice(0, at), ...tokens.slice(at + 1)].join(' '),
    [...tokens.slice(0, at), token, ...tokens.slice(at)].join(' '),
  ]);
}
