// The names of the formats of `deps` and `deps check`, the default first. Apart from what loads the formats, since every command is told apart by
// a table that has them.

/** What `deps check` prints and writes; rules/renderers.ts loads them. */
export const CHECK_FORMATS = [
  'text',
  'json',
  'ndjson',
  'csv',
  'erl',
  'markdown',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'teamcity',
] as const;

/** What `deps` prints; graph-formats.ts loads all but the first two. */
export const GRAPH_FORMATS = [
  'text',
  'json',
  'tree',
  'lines',
  'ndjson',
  'csv',
  'erl',
  'dot',
  'svg',
  'mermaid',
  'markdown',
  'graphml',
] as const;
