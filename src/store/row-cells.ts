import { decimalOf } from '../model/decimal.ts';
import { fieldsAs } from '../model/field-names.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import { flag, type RowColumn, rowColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import { isFine, moneyName } from './money.ts';
import type { NodeKind } from './node-kinds.ts';
import type { NodesWriter } from './nodes-writer.ts';

const [named, shared, words] = [fieldsAs('node'), fieldsAs('shared'), fieldsAs('word')];
const [numbers, instants, switches] = [fieldsAs('number'), fieldsAs('instant'), fieldsAs('flag')];
const [amounts, currencies] = [fieldsAs('amount'), fieldsAs('currency')];

/** Writes a subscription's sort, filter and count values into its cells. */
export function setCells(patch: Patch, nodes: NodesWriter, connection: number, row: number, of: Subscription): void {
  const set = (column: RowColumn, value: number) => patch.set('rows', rowColumns[column], row, value);
  const node = (kind: NodeKind, { id, name }: Named) => nodes.code(patch, connection, kind, id, name);

  set('connection', connection);
  for (const { property } of named) {
    const value = of[property];
    set(property, value === null ? 0 : node(property, value));
  }
  set('services', nodes.bundle(of.services.map((service) => node('service', service))));
  setOwnCells(patch, nodes, row, of);
}

/** The cells that follow from the row alone, and by which no node is renamed: what another version put there may be other cells. */
export function setOwnCells(patch: Patch, nodes: NodesWriter, row: number, of: Subscription): void {
  const set = (column: RowColumn, value: number) => patch.set('rows', rowColumns[column], row, value);
  const text = (kind: NodeKind, of: string | null) => (of === null ? 0 : nodes.code(patch, 0, kind, of, of));
  let flags = of.prices.some(({ amount }) => isFine(amount)) ? flag.fineMoney : 0;
  for (const { property, cells } of switches) flags += of[property] ? cells.bit : 0;

  for (const { property } of shared) set(property, text(property, of[property]));
  for (const { property, value, cells } of words) set(property, placeOf(cells.words, value.cell(of)));
  for (const { property } of numbers) set(property, of[property] ?? Number.NaN);
  for (const { property, value, cells } of instants) {
    const instant = value.instant(of);
    set(property, instant ?? Number.NaN);
    if (instant === null && of[property] !== null) flags += cells.unreadable;
  }
  set('flags', flags);
  for (const { property, value } of amounts) set(property, amountCell(value.texts(of)[0]));
  for (const { property, value } of currencies) set(property, text(property, value.cell(of)));
  set('money', text('money', moneyName(of)));
}

function amountCell(amount: string | undefined): number {
  return amount === undefined || decimalOf(amount) === null ? Number.NaN : Number(amount);
}

/** From 1 on; 0 is null. */
function placeOf(words: readonly string[], word: string | null): number {
  return word === null ? 0 : words.indexOf(word) + 1;
}

/** Clears a row's cells. */
export function clearCells(patch: Patch, row: number): void {
  for (const column of Object.values(rowColumns)) patch.set('rows', column, row, column.width === 8 ? Number.NaN : 0);
}
