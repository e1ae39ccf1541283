/** Shares of all subscriptions with up to so many seats: most are small teams, few have hundreds. */
const shares: readonly (readonly [share: number, seats: number])[] = [
  [0, 1],
  [0.45, 6],
  [0.78, 25],
  [0.95, 120],
  [0.997, 500],
  [1, 2400],
];

/** A believable number of seats for a random number from 0 to 1. Large ones are round, as people order them. */
export function seatsFor(luck: number): number {
  const above = Math.max(
    1,
    shares.findIndex(([share]) => luck < share),
  );
  const [from, least] = shares[above - 1] ?? [0, 1];
  const [to, most] = shares[above] ?? [1, least];
  const seats = least * (most / least) ** ((luck - from) / (to - from));
  const step = seats < 40 ? 1 : seats < 150 ? 5 : 10;
  return Math.max(1, Math.round(seats / step) * step);
}
