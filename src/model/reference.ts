/** `connection/subscriptionId`: everything after the first `/` is the id, taken literally. */
export interface Reference {
  readonly connection: string;
  readonly id: string;
}

export function formatReference({ connection, id }: Reference): string {
  return `${connection}/${id}`;
}

export function parseReference(text: string): Reference | null {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1) return null;
  return { connection: text.slice(0, slash), id: text.slice(slash + 1) };
}
