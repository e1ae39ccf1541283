import { expect, test } from 'vitest';
import { leaseOf } from '../../src/journal/postgres/lease.ts';
import { fastClock } from '../fault-server/clocks.ts';

/** A process with a lease of 30 s; `stopped`: for how long it stands still while the store answers its next sign. */
async function leased() {
  const clock = fastClock();
  let stopped = 0;
  const beat = async () => {
    clock.sleep(stopped);
    stopped = 0;
    return { leaseMs: 30_000 };
  };
  const lease = leaseOf(async () => ({ id: 'p', beat, end: async () => undefined }), clock);
  await lease.ready();
  const renewStoppedFor = async (milliseconds: number) => {
    stopped = milliseconds;
    await lease.renew();
  };
  return { clock, lease, renewStoppedFor };
}

test('[rule 4] a permit ends with its lease, also where the process stopped while renewing it', async () => {
  const { clock, lease, renewStoppedFor } = await leased();
  clock.advance(10_000);
  const permit = lease.permit();
  await renewStoppedFor(15_000);
  expect(permit.ended()).toBeNull();
  clock.advance(10_000);
  // The lease began 25 s before the stop, so others may have taken over; its successor still runs for 8 s.
  await renewStoppedFor(22_000);
  expect(permit.ended()).toContain('its lease in the team’s store ended');
  expect(lease.permit().ended()).toBeNull();
  lease.stop();
});

test('a permit ends where the process gives its lease up', async () => {
  const { lease } = await leased();
  const permit = lease.permit();
  expect(permit.ended()).toBeNull();
  lease.stop();
  expect(permit.ended()).not.toBeNull();
});
