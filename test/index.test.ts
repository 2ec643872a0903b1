// The public API: every name that index.ts and files.ts export is documented where it is defined, and the version is the package's.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { VERSION } from '../src/cli/version.js';

const root = fileURLToPath(new URL('..', import.meta.url));

it.each(['index', 'files'])('%s has a docstring on every export', (entry) => {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram([`${root}src/${entry}.ts`, `${root}src/beam/binary-parser.d.ts`], options);
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(`${root}src/${entry}.ts`) as ts.Node) as ts.Symbol;
  const undocumented = checker.getExportsOfModule(index).flatMap((symbol) => {
    const defined = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return defined.getDocumentationComment(checker).length === 0 ? [symbol.name] : [];
  });
  expect(checker.getExportsOfModule(index).length).toBeGreaterThan(entry === 'index' ? 30 : 3);
  expect(undocumented).toEqual([]);
});

it('has the version of the package', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version);
});
