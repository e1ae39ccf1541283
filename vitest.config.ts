import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { bundledChildren } from './test/setup/bundled-children.ts';
import { LongestFirst } from './test/setup/longest-first.ts';
import { temporaryDirectory } from './test/setup/temporary-directory.ts';

/** Tests of the built program: they run the bundle as users do, in child processes and real terminals. */
const program = [
  'test/cli/**/*.test.ts',
  'test/terminal/**/*.test.ts',
  'test/stories/**/*.test.ts',
  'test/compatibility/**/*.test.ts',
];

// Hundreds of processes are started: what Node made of a source for one of them serves the others.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

process.env.TMPDIR = temporaryDirectory();

export default defineConfig({
  test: {
    // Far longer than anything takes: only what hangs runs into it, also on a loaded machine.
    testTimeout: 180_000,
    // A test that presses keys opens no browser of the person who runs it.
    env: { BROWSER: 'none' },
    hookTimeout: 180_000,
    pool: 'forks',
    // Half as many again as there are cores: tests in a terminal wait most of their time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // One process serves many files: what a module opens for a test ends with the test.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...program, 'test/package/**'],
        },
        plugins: [bundledChildren()],
      },
      {
        extends: true,
        test: { name: 'program', include: program, globalSetup: ['test/setup/build.ts'] },
        plugins: [bundledChildren()],
      },
    ],
  },
});
