import { defineConfig } from 'vitest/config';
import { leftOutReporter } from './test/support/left-out-reporter.js';

// Where .ci/run wants to read the counts from.
const report = process.env.BEAMTOOL_TEST_REPORT;

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: [
      'default',
      leftOutReporter,
      ...(report === undefined ? [] : [['json', { outputFile: report }] as ['json', object]]),
    ],
  },
});
