/** The readings that a vendor of the sandbox can take, by the assumption they are about; the first holds where none is chosen. */
export type VariantTable = Readonly<Record<string, readonly [string, ...string[]]>>;

/** One reading for each assumption. */
export type Variants<Table extends VariantTable> = { readonly [Id in keyof Table]: Table[Id][number] };

/** As chosen for this run by `--variant`, the first of each where nothing is. */
export function variantsOf<Table extends VariantTable>(
  table: Table,
  chosen: Readonly<Record<string, string>>,
): Variants<Table> {
  const entries = Object.entries(table).map(([id, readings]) => [id, chosen[id] ?? readings[0]]);
  return Object.fromEntries(entries);
}

/** Throws a RangeError that lists what there is where a run chooses what no vendor has. */
export function checkVariants(tables: readonly VariantTable[], chosen: Readonly<Record<string, string>>): void {
  const all = new Map(tables.flatMap((table) => Object.entries(table)));
  for (const [id, reading] of Object.entries(chosen)) {
    const readings = all.get(id);
    if (readings === undefined)
      throw new RangeError(`no variant is called ${id}; there are ${[...all.keys()].join(', ')}`);
    if (!readings.includes(reading))
      throw new RangeError(`${id} has no reading ${reading}; it has ${readings.join(', ')}`);
  }
}
