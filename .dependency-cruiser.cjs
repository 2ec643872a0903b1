// The layer rules of ARCHITECTURE.md: a folder imports only from folders below it. `npm run layers` checks them, and
// test/layers.test.ts makes sure that enough modules were seen for the answer to be believed.

/** From the bottom up; each may import from itself and from those to its left, but for the pairs in `apart`. */
const floors = [
  ['bytes'],
  ['term'],
  ['beam'],
  ['code', 'forms'],
  ['graph', 'compile', 'changes'],
  ['affected', 'migrate', 'rules'],
  ['release'],
  ['report'],
  ['cli'],
];

const layerRules = floors.flatMap((floor, at) =>
  floor.map((folder) => ({
    name: `${folder}-imports-downward`,
    comment: `${folder}/ stands on what is below it and knows nothing of its own floor's other rooms or of what is above.`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: {
      path: `^src/(${[
        ...floors
          .slice(at)
          .flat()
          .filter((other) => other !== folder),
        'index',
        'files',
        ...(folder === 'cli' ? [] : ['io']),
      ].join('|')})[/.]`,
    },
  })),
);

const onlyIn = (name, comment, allowed, target) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(src|bin)/', pathNot: allowed },
  to: target,
});

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'no-cycles',
      comment: 'A cycle makes two files one that is harder to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'leaves',
      comment: 'errors and limits are open to all and import nothing of ours.',
      severity: 'error',
      from: { path: '^src/(errors|limits)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(errors|limits)\\.ts$' },
    },
    {
      name: 'io-knows-files-only',
      comment: 'io/ finds bytes; what they mean is not its business.',
      severity: 'error',
      from: { path: '^src/io/' },
      to: { path: '^src/(term|beam|code|forms|graph|compile|changes|migrate|report|release|cli)/' },
    },
    onlyIn('node-only-in-io-and-cli', 'The core runs in a browser as well.', '^(src/(io|cli)/|bin/)', {
      dependencyTypes: ['core'],
    }),
    onlyIn('pako-only-in-zlib', 'One file knows the zlib library and its quirks.', '^src/(bytes/zlib\\.ts|io/)', {
      path: 'node_modules/pako/',
    }),
    onlyIn('binary-parser-only-in-layout', 'One file wraps the library that reads past the end.', '^src/beam/layout\\.ts$', {
      path: 'node_modules/binary-parser/',
    }),
    onlyIn(
      'yaml-only-in-parse-yaml',
      'One file knows the library, and loads when there is such a config.',
      '^src/rules/config/parse-yaml\\.ts$',
      {
        path: 'node_modules/yaml/',
      },
    ),
    {
      name: 'no-ajv-at-run-time',
      comment: 'Configs are validated by what build/compile-validator.js makes.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: 'node_modules/ajv' },
    },
    onlyIn('yargs-only-in-cli', 'The library has no command line.', '^src/cli/', {
      path: 'node_modules/(yargs|picocolors|cli-progress)/',
    }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
