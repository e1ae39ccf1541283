import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Request } from '../../src/model/request.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { JsonObject } from '../../src/model/text.ts';
import type { SandboxOptions } from '../../src/sandbox/start.ts';
import { quickClock } from '../fault-server/clocks.ts';
import { type CommandResult, type Home, openHome } from './home.ts';

const day = 86_400_000;

/** An installation in which each row is used by one test only. */
interface Fixture extends Home {
  take(is: (row: Subscription) => boolean): Subscription;
  show(ref: string): Promise<Subscription>;
}

async function openFixture(connection: string, sandbox: SandboxOptions): Promise<Fixture> {
  const home = await openHome({ sandbox: { scale: 900, speed: 20, ...sandbox }, clock: quickClock(20) });
  const list = await home.words('subscription', 'list', '--connection', connection, '--json');
  const rows = [...list.json<readonly Subscription[]>()];
  return {
    ...home,
    take(is) {
      const at = rows.findIndex(is);
      const [found] = at < 0 ? [] : rows.splice(at, 1);
      if (!found) throw new Error(`${connection} has no such row.`);
      return found;
    },
    show: async (ref) => (await home.words('subscription', 'show', ref, '--live', '--json')).json(),
  };
}

const done = (result: CommandResult) => expect(result, result.stderr).toMatchObject({ code: 0 });

describe('LINE WORKS, by command', () => {
  let home: Fixture;
  beforeAll(async () => {
    home = await openFixture('lineworks', {});
  });
  afterAll(() => home.close());
  const licensed = (row: Subscription) =>
    row.status === 'active' &&
    /LICENSE/.test(row.billing ?? '') &&
    (row.quantity ?? 0) > 4 &&
    Date.parse(row.endsAt ?? '') > Date.now() + 10 * day;
  const renewal = async (ref: string) =>
    (await home.words('renewal', 'show', ref, '--json')).json<{ renewal: JsonObject | null }>().renewal;
  const reservation = async (ref: string) =>
    (await home.words('reservation', 'show', ref, '--json')).json<{ reservation: JsonObject | null }>().reservation;

  it('shows, lowers, cancels and restores a renewal', async () => {
    const { ref, quantity } = home.take((row) => licensed(row) && row.renewal?.mode === 'auto');
    expect(await renewal(ref)).toMatchObject({ type: 'STAY' });
    done(await home.words('renewal', 'set', ref, 'type=change', `quantity=${(quantity ?? 0) - 2}`, '--yes', '--json'));
    expect(await renewal(ref)).toMatchObject({ type: 'CHANGE', licenseCount: (quantity ?? 0) - 2 });
    expect(await home.show(ref)).toMatchObject({
      quantity,
      renewal: { mode: 'change', quantity: (quantity ?? 0) - 2 },
    });
    done(await home.words('renewal', 'set', ref, 'type=cancel', '--yes', '--json'));
    expect((await home.show(ref)).renewal).toMatchObject({ mode: 'cancel' });
    done(await home.words('renewal', 'set', ref, 'type=stay', '--yes', '--json'));
    expect((await home.show(ref)).renewal).toMatchObject({ mode: 'auto' });
  });

  it('set-quantity lowers at renewal and raises by a reservation for tomorrow', async () => {
    const { ref, quantity } = home.take((row) => licensed(row) && row.renewal?.mode === 'auto');
    if ((await reservation(ref)) !== null) done(await home.words('reservation', 'withdraw', ref, '--yes', '--json'));
    done(await home.words('subscription', 'set-quantity', ref, '2', '--yes', '--confirm=2', '--json'));
    expect(await renewal(ref)).toMatchObject({ type: 'CHANGE', licenseCount: 2 });
    done(await home.words('subscription', 'set-quantity', ref, String((quantity ?? 0) + 3), '--yes', '--json'));
    expect(await reservation(ref)).toMatchObject({ type: 'ADD_LICENSE', licenseCount: 3 });
  });

  it('creates a reservation once, shows it and withdraws it', async () => {
    const { ref } = home.take(licensed);
    if ((await reservation(ref)) !== null) done(await home.words('reservation', 'withdraw', ref, '--yes', '--json'));
    expect(await reservation(ref)).toBeNull();
    const create = () => home.words('reservation', 'create', ref, 'type=add_license', 'quantity=4', '--yes', '--json');
    done(await create());
    expect(await reservation(ref)).toMatchObject({ type: 'ADD_LICENSE', licenseCount: 4 });
    const again = await create();
    expect(again.code).toBe(6);
    expect(again.stderr).toContain('already has a reservation');
    done(await home.words('reservation', 'withdraw', ref, '--yes', '--json'));
    expect(await reservation(ref)).toBeNull();
  });

  it('a trial has no renewal and may reserve its start', async () => {
    const { ref } = home.take((row) => row.isTrial && row.status === 'active');
    expect(await renewal(ref)).toBeNull();
    expect((await home.words('renewal', 'set', ref, 'type=cancel', '--yes', '--json')).code).toBe(6);
    done(await home.words('reservation', 'create', ref, 'type=start_paid_service', 'plan=MONTHLY', '--yes', '--json'));
    expect(await reservation(ref)).toMatchObject({ type: 'START_PAID_SERVICE', plan: 'MONTHLY' });
  });

  it.each([
    ['type=nonsense', 2],
    ['quantity=3', 2],
    ['type=stay quantity=3', 2],
    ['type=change', 2],
    ['type=change plan=MONTHLY quantity=3', 6],
    ['type=change quantity=1.5', 2],
    ['type=change quantity=-1', 2],
  ])('a renewal of "%s" exits %i and sends nothing', async (words, code) => {
    const { ref } = home.take((row) => licensed(row) && row.renewal?.mode === 'auto');
    await home.served('lineworks');
    const result = await home.words('renewal', 'set', ref, ...words.split(' '), '--yes');
    expect(result.code, `${result.stdout}${result.stderr}`).toBe(code);
    expect((await home.served('lineworks')).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('cancel is denied and names the two alternatives', async () => {
    const { ref, id } = home.take(() => true);
    const cancel = await home.words('subscription', 'cancel', ref, '--yes', '--confirm', id, '--json');
    expect(cancel.code).toBe(5);
    expect(cancel.stderr).toMatch(/renewal set.*reservation create/);
  });
});

describe.concurrent('CloudCockpit, by command', () => {
  // Its rows depend on this day, and some of them never show a change.
  const today = '2026-11-21';
  let home: Fixture;
  beforeAll(async () => {
    home = await openFixture('cloudcockpit', { today });
  });
  afterAll(() => home.close());
  const main = (row: Subscription) =>
    row.status === 'active' && !row.isAddon && !row.isTrial && row.parentId === null && (row.quantity ?? 0) > 3;
  const cancelled = (row: Subscription) =>
    home.words('subscription', 'cancel', row.ref, '--yes', '--confirm', row.id, '--json');
  const inTime = (row: Subscription) => main(row) && Date.parse(row.cancellableUntil ?? '') > Date.parse(today) + day;

  const tooLate = (row: Subscription) => main(row) && Date.parse(row.cancellableUntil ?? '') < Date.parse(today) - day;

  it.each([
    ['set-quantity', ['2'], { quantity: 2 }],
    ['update', ['name=Zürich / 100% 日本'], { name: 'Zürich / 100% 日本' }],
    ['update', ['quantity=9'], { quantity: 9 }],
    ['update', ['autoRenew=off'], { renewal: { mode: 'manual' } }],
    ['update', ['autoRenew=on'], { renewal: { mode: 'auto' } }],
    ['suspend', [], { status: 'suspended' }],
  ] as const)('%s %j is accepted, and done when the vendor shows it', async (verb, words, shown) => {
    const isOn = words[0]?.endsWith('=on');
    const row = home.take((one) => main(one) && (one.renewal?.mode === 'manual') === (isOn ?? false));
    const confirm = 'quantity' in shown ? [`--confirm=${shown.quantity}`] : [];
    const result = await home.words('subscription', verb, row.ref, ...words, '--yes', ...confirm, '--wait', '--json');
    done(result);
    const { outcome, request } = result.json<{ outcome: string; request: Request }>();
    expect([outcome, request.state]).toEqual(['done', 'done']);
    expect(await home.show(row.ref)).toMatchObject(shown);
  });

  it('without --wait a change is accepted, listed and can be watched', async () => {
    const row = home.take(main);
    const result = await home.words('subscription', 'set-quantity', row.ref, '3', '--yes', '--confirm=3', '--json');
    done(result);
    const { outcome, request } = result.json<{ outcome: string; request: Request }>();
    expect(outcome).toBe('accepted');
    done(await home.words('request', 'watch', request.id, '--json'));
    expect((await home.show(row.ref)).quantity).toBe(3);
  });

  it('reactivates a suspended subscription', async () => {
    const row = home.take(({ vendorStatus }) => vendorStatus === 'Suspended');
    done(await home.words('subscription', 'reactivate', row.ref, '--yes', '--wait', '--json'));
    expect((await home.show(row.ref)).status).toBe('active');
  });

  it('cancels a subscription within its window', async () => {
    const row = home.take(inTime);
    const result = await cancelled(row);
    done(result);
    done(await home.words('request', 'watch', result.json<{ request: Request }>().request.id, '--json'));
    expect((await home.show(row.ref)).status).toBe('cancelled');
  });

  it('a cancellation after its window is refused in the vendor’s words', async () => {
    const row = home.take(tooLate);
    const result = await cancelled(row);
    expect(result.code).toBe(6);
    expect(result.stderr).toMatch(/cancellation.*has passed|409/);
  });

  it('refuses a change where portal and provider differ, and shows both sides', async () => {
    for (;;) {
      const row = home.take(({ status }) => status === 'active');
      const { code, stderr } = await cancelled(row);
      if (!stderr.includes('in the portal')) continue;
      expect(code).toBe(6);
      const { message } = JSON.parse(stderr).error;
      const [here, there] = [row.quantity, (row.quantity ?? 0) + 1];
      expect(message).toContain(`Quantity: ${here} in the portal, ${there} at the provider`);
      expect(message).toContain('Status: Active in the portal, Suspended at the provider');
      expect((await home.show(row.ref)).status).toBe('active');
      return;
    }
  });
});
