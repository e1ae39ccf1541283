import {
  type FieldCells,
  type FieldColumn,
  type FieldDeclaration,
  type FieldUse,
  fields,
  firstLaterPlace,
  type OverviewPlace,
} from './fields.ts';
import type { CachedSubscription } from './subscription.ts';

export type FieldProperty = keyof typeof fields;
type Declared = typeof fields;

type IdOf<Property extends FieldProperty> = Declared[Property]['names']['id'];
type Using<Use extends FieldUse> = {
  [Property in FieldProperty]: Use extends Declared[Property]['use'][number] ? Property : never;
}[FieldProperty];
type OfKind<Kind, Of extends FieldProperty = FieldProperty> = {
  [Property in Of]: Declared[Property]['value']['kind'] extends Kind ? Property : never;
}[Of];

/** A field's name in filters, sort orders and saved settings. */
export type FieldId = IdOf<FieldProperty>;
export type FilterField = IdOf<Using<'filter'>>;
export type SortField = IdOf<Using<'sort'>>;
export type NumberField = IdOf<OfKind<'number' | 'money', Using<'filter'>>>;
export type DateField = IdOf<OfKind<'date', Using<'filter'>>>;

type CellsAs = FieldCells['as'];
/** Fields with one storage kind. */
export type PropertyAs<As extends CellsAs> = {
  [Property in FieldProperty]: Declared[Property]['cells'] extends { readonly as: As } ? Property : never;
}[FieldProperty];

interface AnyField extends Omit<FieldDeclaration<keyof CachedSubscription>, 'nullable' | 'cells'> {
  readonly id: FieldId;
  readonly nullable: boolean;
}

export type FieldAs<As extends CellsAs> = AnyField & {
  readonly as: As;
  /** Its name in JSON and CSV. */
  readonly property: PropertyAs<As>;
  readonly cells: Extract<FieldCells, { readonly as: As }>;
};
type FieldWithoutCells = AnyField & {
  readonly as: null;
  readonly property: Exclude<FieldProperty, PropertyAs<CellsAs>>;
  readonly cells: null;
};

export type Field = { [As in CellsAs]: FieldAs<As> }[CellsAs] | FieldWithoutCells;

/** In the order of JSON and CSV. */
export const allFields: readonly Field[] = (Object.keys(fields) as FieldProperty[]).map((property) => {
  const declared = fields[property];
  return { ...declared, property, id: declared.names.id, as: declared.cells?.as ?? null } as Field;
});

export function fieldsAs<As extends CellsAs>(as: As): readonly FieldAs<As>[] {
  return allFields.flatMap((field) => (field.as === as ? [field as FieldAs<As>] : []));
}

const inMenus = allFields.toSorted((one, other) => one.menu - other.menu);

export function fieldsFor(use: FieldUse): readonly Field[] {
  return inMenus.filter((field) => field.use.includes(use));
}

export const filterFields = fieldsFor('filter').map(({ id }) => id as FilterField);
/** All that are accepted. */
export const sortFields = fieldsFor('sort').map(({ id }) => id as SortField);
/** Those that menus, help and completion offer. */
export const offeredSorts = fieldsFor('sort')
  .filter(({ use }) => !use.includes('unlisted sort'))
  .map(({ id }) => id as SortField);

export type FieldWithColumn = Field & { readonly column: FieldColumn };

/** The fields that a table of the console can show, in default order; the first is the name. */
export const columnFields: readonly FieldWithColumn[] = allFields
  .filter((field): field is FieldWithColumn => field.column !== null)
  .toSorted((one, other) => one.column.place - other.column.place);

/** Those with a place among others, in that order. */
function inOrder(placeOf: (field: Field) => number | null): readonly Field[] {
  const placed = allFields.flatMap((field) => {
    const place = placeOf(field);
    return place === null ? [] : [{ field, place }];
  });
  return placed.toSorted((one, other) => one.place - other.place).map(({ field }) => field);
}

/** The columns that a list on the command line shows. */
export const listedFields = inOrder(({ listed }) => listed);
/** The lines of one subscription on the command line. */
export const lineFields = inOrder(({ lines }) => lines.words);

/** The lines of a part of the console's overview. */
export function overviewFields(part: OverviewPlace['part']): readonly Field[] {
  return inOrder(({ lines: { overview } }) => (overview?.part === part ? overview.place : null));
}

type Loadable = {
  [Property in FieldProperty]: Declared[Property]['cells'] extends { readonly load: number | null } ? Property : never;
}[FieldProperty];
/** The fields whose cells a console loads before anybody asks, the first first. */
export const fieldsToLoad = inOrder(({ cells }) => (cells !== null && 'load' in cells ? cells.load : null)).map(
  ({ property }) => property as Loadable,
);

/** Every accepted name of a field; the first is the one that Subdeck writes. */
export function namesOf({ id, names, column, property }: Field): readonly string[] {
  const others = [...names.aliases, ...(column === null ? [] : [column.header.toLowerCase()]), property];
  return [...new Set([id, ...others])];
}

const byName = new Map(allFields.flatMap((field) => namesOf(field).map((name) => [name.toLowerCase(), field])));
const byId = new Map(allFields.map((field) => [field.id, field]));

/** The field of a name, ignoring case, or null. */
export function fieldNamed(name: string): Field | null {
  return byName.get(name.toLowerCase()) ?? null;
}

export function fieldOf(id: FieldId): Field {
  const field = byId.get(id);
  if (field === undefined) throw new Error(`There is no field ${id}.`);
  return field;
}

export function isFilterField(field: Field): field is Field & { readonly id: FilterField } {
  return field.use.includes('filter');
}

export function isSortField(field: Field): field is Field & { readonly id: SortField } {
  return field.use.includes('sort');
}

/** Whether rows and plan files of every version have it. */
export function isOfAllVersions({ stored }: Pick<Field, 'stored'>): boolean {
  return stored === null || stored < firstLaterPlace;
}

/** A field's display name in filters and lists: its column's header, or its JSON name. */
export function headerOf({ column, names }: Field): string {
  return column === null ? names.id : column.header.toLowerCase();
}
