/** What takes a write back, as the journal keeps it: an operation with its inputs by their names, or why nothing does, a sentence. */
export type RecordedWayBack =
  | { readonly operation: string; readonly given: Readonly<Record<string, string>> }
  | { readonly no: string };
