import { defineConfig } from 'vitest/config';

/** Tests of what is released: the package for npm, the executable, the Debian package. `npm run test:package` */
export default defineConfig({
  test: {
    name: 'package',
    include: ['test/package/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 600_000,
    pool: 'forks',
  },
});
