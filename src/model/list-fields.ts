/** What the rows of a list are filtered by; those of subscriptions are declared in fields.ts. */
export interface ListField<Row> {
  /** Understood as well, like the headers of tables and the names in JSON and CSV. */
  readonly aliases: readonly string[];
  /** Its column's header, if that is none of the above. A filter cannot spell it, a sort order can. */
  readonly header?: string;
  /** In menus and help. */
  readonly label: string;
  readonly kind: 'text' | 'number' | 'date';
  /** All values that there are, where that is a closed list. */
  readonly words?: readonly string[];
  /** None: null. */
  readonly texts: (row: Row) => readonly string[];
}

export type ListFields<Row> = Readonly<Record<string, ListField<Row>>>;

/** No text for null. */
export const textsOf = (text: string | null): readonly string[] => (text === null ? [] : [text]);

/** The field of a name in any case, or null. */
export function listFieldNamed<Field extends string>(
  fields: Readonly<Record<Field, Pick<ListField<never>, 'aliases' | 'header'>>>,
  name: string,
): Field | null {
  const wanted = name.toLowerCase();
  const names = Object.keys(fields) as Field[];
  const found = names.find((field) => {
    const { aliases, header } = fields[field];
    return [field, ...aliases, header ?? field].some((each) => each.toLowerCase() === wanted);
  });
  return found ?? null;
}
