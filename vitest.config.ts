import { defineConfig } from 'vitest/config';

/** Tests of the built program: they run the bundle as users do, in child processes and real terminals. */
const program = ['test/cli/**/*.test.ts', 'test/terminal/**/*.test.ts', 'test/stories/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: { name: 'source', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: program },
      },
      { extends: true, test: { name: 'program', include: program, globalSetup: ['test/setup/build.ts'] } },
    ],
  },
});
