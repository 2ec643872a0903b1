// Names at the end of a test run each suite that this machine could not run, with the reason that its title gives. The default
// reporter only counts them.
import type { Reporter, TestModule } from 'vitest/node';

/** Prints the suites whose title says that they were left out. */
export const leftOutReporter: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const leftOut = modules.flatMap((module) =>
      [...module.children.allSuites()].filter(({ name }) => name.includes('(left out: ')).map(({ name }) => `  ${name}`),
    );
    if (leftOut.length > 0) console.log(`Left out:\n${leftOut.join('\n')}\n`);
  },
};
