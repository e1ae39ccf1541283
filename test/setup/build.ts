import { execFileSync } from 'node:child_process';

/** Tests of the command and the terminal run the bundle, as users do: build it once for all of them. */
export function setup(): void {
  execFileSync(process.execPath, ['build.js'], { stdio: 'inherit' });
}
