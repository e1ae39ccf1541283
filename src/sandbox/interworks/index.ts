import { bearerIn } from '../tokens.ts';
import type { SandboxVendor } from '../vendor.ts';

export const interworks: SandboxVendor = {
  id: 'interworks',
  share: 1,
  connections: () => [],
  routes: (app) => {
    app.get('/api/healthcheck', (c) => c.json('OK'));
  },
  errorAnswer: (status) => new Response(null, { status }),
  tokenIn: bearerIn,
};
