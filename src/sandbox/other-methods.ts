import type { SandboxApp } from './vendor.ts';

/** Answers known paths requested with an unsupported method. Call after all routes were added. */
export function refuseOtherMethods(app: SandboxApp, answer: () => Response): void {
  const paths = new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ path }) => path));
  for (const path of paths) app.all(path, answer);
}
