import { defineConfig } from 'vitest/config';

/** Tests of the built program: they run the bundle as users do, in child processes and real terminals. */
const program = ['test/cli/**/*.test.ts', 'test/terminal/**/*.test.ts', 'test/stories/**/*.test.ts'];

/** A real terminal on a loaded machine may miss a deadline: a test that passes only when tried again is still reported as such. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: { name: 'source', retry: 1, include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: program },
      },
      { extends: true, test: { name: 'program', retry: 2, include: program, globalSetup: ['test/setup/build.ts'] } },
    ],
  },
});
