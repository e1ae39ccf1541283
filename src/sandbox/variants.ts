/** The readings that a sandbox vendor supports, by assumption; the first is the default. */
export type VariantTable = Readonly<Record<string, readonly [string, ...string[]]>>;

/** One reading for each assumption. */
export type Variants<Table extends VariantTable> = { readonly [Id in keyof Table]: Table[Id][number] };

/** Chosen for this run by `--variant`, by default the first of each. */
export function variantsOf<Table extends VariantTable>(
  table: Table,
  chosen: Readonly<Record<string, string>>,
): Variants<Table> {
  const entries = Object.entries(table).map(([id, readings]) => [id, chosen[id] ?? readings[0]]);
  return Object.fromEntries(entries);
}

/** Throws a RangeError that lists the choices if no vendor has the chosen one. */
export function checkVariants(tables: readonly VariantTable[], chosen: Readonly<Record<string, string>>): void {
  const all = new Map<string, string[]>();
  for (const [id, readings] of tables.flatMap((table) => Object.entries(table)))
    all.set(id, [...new Set([...(all.get(id) ?? []), ...readings])]);
  for (const [id, reading] of Object.entries(chosen)) {
    const readings = all.get(id);
    if (readings === undefined)
      throw new RangeError(`no variant is called ${id}; there are ${[...all.keys()].join(', ')}`);
    if (!readings.includes(reading))
      throw new RangeError(`${id} has no reading ${reading}; it has ${readings.join(', ')}`);
  }
}
