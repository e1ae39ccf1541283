/** Months by their index in a `Date`. */
export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** Days by their index in a `Date`. */
export const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** A short remaining time: `12 s`, and from a minute on as `lengthText`. */
export function leftText(milliseconds: number): string {
  return milliseconds < 60_000 ? `${Math.max(1, Math.ceil(milliseconds / 1000))} s` : lengthText(milliseconds);
}

/** A duration in its two largest units: `2 d 4 h`, `3 h 20 min`, `4 min`, `under 1 min`. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
