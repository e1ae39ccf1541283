// `npm run team:demo`: two members of a team in one terminal, on a PostgreSQL server and a sandbox that end with them.
import { join } from 'node:path';
import { buildIfStale, demandInstalled } from './built.js';

const root = join(import.meta.dirname, '..');

demandInstalled(root, 'npm run team:demo');
const { lackingFor } = await import('./team-demo/needs.ts');
const lacking = lackingFor(process.stdout);
if (lacking === null) {
  buildIfStale(root);
  const { runTeamDemo } = await import('./team-demo/run.ts');
  process.exitCode = await runTeamDemo(root);
} else {
  process.stderr.write(`team:demo: ${lacking}\n`);
  process.exitCode = 2;
}
