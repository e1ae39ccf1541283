import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { teamStore } from '../journal/team-fixture.ts';
import { hasPostgres } from '../postgres/server.ts';
import { tcpProxy } from '../postgres/tcp-proxy.ts';
import { openStory } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { listed } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);

describe.runIf(hasPostgres())('a console whose team store stops answering', () => {
  test('says so in the box of the write, answers keys meanwhile, and sends nothing', async () => {
    const store = await teamStore();
    const proxy = await tcpProxy(store.server.port);
    const fixture = await openStory({
      connections: ['interworks'],
      env: { SUBDECK_TEAM_PASSWORD: 'anna-password' },
    });
    onTestFinished(() => fixture.close());
    const path = join(fixture.home, 'settings.json');
    const url = `postgres://anna@127.0.0.1:${proxy.port}/${store.database}?sslmode=disable`;
    const settings = { ...JSON.parse(readFileSync(path, 'utf8')), team: { url, as: 'anna' } };
    writeFileSync(path, JSON.stringify(settings), { mode: 0o600 });
    await fixture.words('sync');
    const [row] = await listed<{ readonly id: string; readonly quantity: number }>(
      ...[fixture, 'subscription', 'list', '--filter', 'status:active qty>5', '--offline'],
    );
    if (row === undefined) throw new Error('There is nothing to lower.');

    const person = keyboard(fixture.console());
    await person.see('online');
    await person.openSubscription(row.id);
    await person.act('Change the quantity');
    await person.fill(row.quantity - 1);
    await person.see('Press  y  to send');
    proxy.holdAt('begin_entry');
    await person.agree();
    await proxy.held;
    const from = performance.now();
    // The key that leaves is answered, and so is the one that stays.
    person.press('q');
    await person.see('A write is being sent');
    await person.escape('A write is being sent');
    const seen = await person.see(/The team's store 127\.0\.0\.1:\d+\/team\d+ has not|: not sent ─/);
    await person.see(/: not sent ─/);
    // Another statement may have found out already that a new connection gets no byte: then it ends at once.
    if (performance.now() - from > 3_000) expect(seen).toContain('has not');
    await person.see('did not answer in time');
    person.press('enter', 'J');
    await person.see('what was sent');
    expect(await fixture.sent()).toEqual([]);
    person.press('q');
    await person.terminal.exited;
  });
});
