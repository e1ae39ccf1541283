const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What is not known. */
export const unknown = '–';

/** `1,204`; zero is `0`, null is unknown. */
export function count(value: number | null): string {
  return value === null ? unknown : grouped.format(value);
}

/** `1 request`, `3 requests`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
