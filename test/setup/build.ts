import { execFileSync } from 'node:child_process';

/**
 * Tests of the command and the terminal run the bundle, as users do: build it once for all of them. With `BUNDLE=plain`
 * (`npm run test:plain`) they run one without any patch, and the usual one is built again behind them.
 */
export function setup(): (() => void) | undefined {
  if (process.env.BUNDLE !== 'plain') return build();
  build('--plain');
  return () => build();
}

function build(...options: readonly string[]): undefined {
  execFileSync(process.execPath, ['build.js', ...options], { stdio: 'inherit' });
}
