import { execFileSync } from 'node:child_process';

/**
 * Tests of the command and the terminal run the bundle, as users do: it is built once for all of them. With `BUNDLE=plain`
 * (`npm run test:plain`) they run a bundle without patches, and the usual one is built again afterwards.
 */
export function setup(): (() => void) | undefined {
  if (process.env.BUNDLE !== 'plain') return build();
  build('--plain');
  return () => build();
}

function build(...options: readonly string[]): undefined {
  execFileSync(process.execPath, ['build.js', ...options], { stdio: 'inherit' });
}
