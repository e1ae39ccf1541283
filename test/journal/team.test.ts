import { describe } from 'vitest';
import { hasPostgres } from '../postgres/server.ts';
import { journalSuite } from './interface-suite.ts';
import { heldStore } from './team-fixture.ts';

describe.runIf(hasPostgres())('a team', () => {
  journalSuite('a journal of a team on PostgreSQL', async () => {
    const { clock, join } = await heldStore();
    return { clock, join, isOnServer: true };
  });
});
