import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Addressed, aboutAnother, type MixingGateway, mixingGateway } from '../api/fixtures/mixing-gateway.ts';
import { openStory, type StoryFixture } from '../stories/fixture.ts';

interface Row extends Addressed {
  readonly ref: string;
  readonly quantity: number;
}

describe.each(['interworks', 'cloudmore-reseller'])('a gateway that mixes up the answers of %s', (name) => {
  let fixture: StoryFixture;
  let gateway: MixingGateway;
  let one: Row;
  let other: Row;
  beforeAll(async () => {
    fixture = await openStory({ connections: [name] });
    const file = join(fixture.home, 'settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    const address = new URL(settings.connections[name].settings.baseUrl);
    gateway = await mixingGateway(address.origin);
    settings.connections[name].settings.baseUrl = gateway.origin + address.pathname.replace(/\/$/, '');
    writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
    const filter = 'status:active qty>3 -is:addon -is:trial';
    const rows = (await fixture.words('subscription', 'list', '--json', '--filter', filter)).json<readonly Row[]>();
    [one, other] = pairOf(rows);
  });
  afterAll(async () => {
    await gateway.stop();
    await fixture.close();
  });

  test.each([
    ['lowered', -1],
    ['raised', 1],
  ])('the quantity of A is not %s when the answer is about B: exits 7, no entry', async (_, by) => {
    gateway.mix = aboutAnother(one, other);
    const { mixed } = gateway;
    const before = mixed.length;
    // With the other row's quantity it would also be a change.
    const quantity = String(one.quantity + by === other.quantity ? one.quantity + 2 * by : one.quantity + by);
    const result = await fixture.words('subscription', 'set-quantity', one.ref, quantity, '--yes', '--json');
    gateway.mix = null;
    expect(mixed.length).toBeGreaterThan(before);
    expect(result.code, result.stderr).toBe(7);
    expect(JSON.parse(result.stderr.trim().split('\n').at(-1) ?? '').error).toMatchObject({
      kind: 'unreachable',
      connection: name,
      sent: false,
      message: expect.stringContaining(other.id),
    });
    expect(await fixture.sent()).toEqual([]);
    expect((await fixture.words('journal', 'list', '--json')).json()).toEqual([]);
    const kept = (await fixture.words('subscription', 'show', one.ref, '--offline', '--json')).json<Row>();
    expect(kept).toMatchObject({ id: one.id, ref: one.ref, quantity: one.quantity });
  });

  test('the change is sent to A when the gateway mixes nothing', async () => {
    const result = await fixture.words(
      'subscription',
      'set-quantity',
      one.ref,
      String(one.quantity + 1),
      '--yes',
      '--json',
    );
    expect(result.code, result.stderr).toBe(0);
    const sent = await fixture.sent();
    expect(sent.length).toBeGreaterThan(0);
    const said = sent.map(({ path, body }) => `${decodeURIComponent(path)} ${JSON.stringify(body)}`).join(' ');
    expect(said).toContain(one.id);
    expect(said).not.toContain(other.id);
  });
});

/** Two rows of different organizations. */
function pairOf(rows: readonly Row[]): [Row, Row] {
  const [first] = rows;
  const second = rows.find(({ organization }) => organization?.id !== first?.organization?.id);
  if (first === undefined || second === undefined) throw new Error('The sandbox has fewer than two matching rows.');
  return [first, second];
}
