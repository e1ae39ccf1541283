import type { SandboxApp } from './vendor.ts';

/** Answers every known path asked with a method it does not have. To be called after all routes were added. */
export function refuseOtherMethods(app: SandboxApp, answer: () => Response): void {
  const paths = new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ path }) => path));
  for (const path of paths) app.all(path, answer);
}
