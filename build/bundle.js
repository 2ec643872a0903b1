// Builds dist/: the library as ES modules that share their parts, and the command line as one plain script for each command.
//
//   dist/index.js, dist/files.js, dist/chunk-*.js     the library
//   dist/cli/commands/NAME.cjs                        all that `beamtool NAME` needs, and no other command
//   dist/cli/main.cjs                                 every command: for help, completion, and what no command is
//   dist/cli/read-worker.cjs, tar-worker.cjs          the worker threads
//
// The start is most of a short run. One file takes Node a third less than a dozen modules that import each other, and V8 can be given what it
// made of a plain script in an earlier run (code-caches.js), but not of a module.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const commandsFolder = join(root, 'src/cli/commands');

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  external: ['yauzl', 'cli-progress', 'yaml', '@viz-js/viz'],
  logLevel: 'warning',
};

/** Writes regular expressions in ASCII, as esbuild does the rest: V8 reads text of one byte a character fastest, and no encoding matters. */
const ascii = {
  name: 'ascii',
  setup({ onEnd }) {
    onEnd(({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(
          path,
          text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
        );
      }
    });
  },
};

const script = {
  ...shared,
  format: 'cjs',
  write: false,
  plugins: [ascii],
  // `import()` of a package becomes `require`: a script that is compiled by hand has no loader of modules.
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'scriptUrl' },
  banner: { js: 'const scriptUrl=require("node:url").pathToFileURL(__filename).href;' },
};

/** Leaves out of the table of commands all but one, or one family: `main` never loads another than the one that the command line begins with. */
const only = (name) => ({
  name: 'only-one-command',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/commands\// }, ({ path, importer }) =>
      importer === join(root, 'src/cli/main.ts') && commandOf(path.slice('./commands/'.length)) !== name
        ? { path, namespace: 'left-out' }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
});

/** `NAME.js`, `NAME.ts`, and for a family `NAME/COMMAND.js`. */
const commandOf = (path) => path.split('/')[0].replace(/\.[jt]s$/, '');

const bundleCommand = (name) =>
  build({ ...script, entryPoints: ['src/cli/main.ts'], outfile: `dist/cli/commands/${name}.cjs`, plugins: [only(name), ascii] });

rmSync(join(root, 'dist'), { recursive: true, force: true });
const commands = new Set(readdirSync(commandsFolder).map(commandOf));
await Promise.all([
  build({ ...shared, entryPoints: ['src/index.ts', 'src/files.ts'], outdir: 'dist', splitting: true, format: 'esm' }),
  build({
    ...script,
    entryPoints: ['src/cli/main.ts', 'src/cli/read-worker.ts', 'src/cli/tar-worker.ts'],
    outdir: 'dist/cli',
    outExtension: { '.js': '.cjs' },
  }),
  ...[...commands].map(bundleCommand),
]);
