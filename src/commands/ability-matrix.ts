import { type AbilityName, can, type No, type WriteAbilityName } from '../api/contract.ts';
import type { VendorId } from '../model/vendor.ts';
import { operations } from '../operations/registry.ts';
import type { ReadingAbilities, VendorAbilities } from './context.ts';

/** What every vendor can do, and why not: the matrix of `vendors` and of docs/reference/vendors.md. */
export interface AbilityMatrix {
  /** One column a vendor, whatever its kinds of connection. */
  readonly vendors: readonly { readonly id: VendorId; readonly title: string }[];
  readonly rows: readonly MatrixRow[];
}

export interface MatrixRow {
  /** Null for a call that the vendor documents but Subdeck does not implement. */
  readonly ability: AbilityName | null;
  /** Its label. */
  readonly title: string;
  readonly cells: readonly MatrixCell[];
}

/** One ability of one vendor. */
export interface MatrixCell {
  readonly vendor: VendorId;
  /** `yes`, `no`, `not yet`, or the only kind of connection that can: `Standard edition only`. */
  readonly said: string;
  /** Each distinct reason once. */
  readonly reasons: readonly string[];
  /** Every kind of connection, with its own answer. */
  readonly kinds: readonly KindAnswer[];
}

export interface KindAnswer {
  readonly kind: string;
  readonly variant: string | null;
  readonly can: boolean;
  readonly reason: string | null;
  readonly because: No['because'] | null;
}

/** Labels of the reading abilities. */
const readings = {
  sync: 'read all subscriptions',
  search: 'search at the vendor',
  read: 'read one subscription',
  history: 'history',
  details: 'details',
  addons: 'add-ons',
  products: 'products and price lists',
  orders: 'orders',
  renewal: 'show the renewal',
  reservation: 'show the reservation',
  follow: 'follow a request',
} as const satisfies Record<Exclude<AbilityName, WriteAbilityName>, string>;

/** Labels of all abilities, in the order of the matrix: reads first, then writes in the order of their operations. */
const titles: ReadonlyMap<AbilityName, string> = new Map([
  ...(Object.entries(readings) as [AbilityName, string][]),
  ...operations.flatMap(({ abilities }) => Object.entries(abilities) as [AbilityName, string][]),
]);

/** What one connection can do, in the order of the matrix, and why not. */
export function answersOf(
  abilities: ReadingAbilities,
): readonly { readonly title: string; readonly reason: string | null }[] {
  return [...titles].map(([name, title]) => {
    const ability = abilities[name];
    return { title, reason: typeof ability === 'function' ? null : ability.no };
  });
}

export function abilityMatrix(kinds: readonly VendorAbilities[]): AbilityMatrix {
  const byVendor = [...Map.groupBy(kinds, ({ vendor }) => vendor)];
  const undone = [...new Set(kinds.flatMap(({ notYet }) => notYet.map(({ what }) => what)))];
  return {
    vendors: byVendor.map(([id, own]) => ({ id, title: own[0]?.title ?? id })),
    rows: [
      ...[...titles].map(([ability, title]) => ({
        ability,
        title,
        cells: byVendor.map(([vendor, own]) =>
          cellOf(
            vendor,
            own.map((kind) => answerOf(kind, kind.abilities[ability])),
          ),
        ),
      })),
      ...undone.map((title) => ({
        ability: null,
        title,
        cells: byVendor.map(([vendor, own]) =>
          cellOf(
            vendor,
            own.map((kind) => undoneAnswer(kind, title)),
          ),
        ),
      })),
    ],
  };
}

function answerOf({ kind, variant }: VendorAbilities, ability: unknown): KindAnswer {
  if (!isReason(ability)) return { kind, variant, can: true, reason: null, because: null };
  return { kind, variant, can: false, reason: ability.no, because: ability.because };
}

function isReason(ability: unknown): ability is No {
  return !can(ability);
}

function undoneAnswer({ kind, variant, title, notYet }: VendorAbilities, what: string): KindAnswer {
  const found = notYet.find((one) => one.what === what);
  if (found) return { kind, variant, can: false, reason: found.no, because: 'not-yet' };
  return { kind, variant, can: false, reason: `${title}'s documents describe no such call.`, because: 'vendor' };
}

function cellOf(vendor: VendorId, kinds: readonly KindAnswer[]): MatrixCell {
  const reasons = kinds.flatMap(({ reason }) => (reason === null ? [] : [reason]));
  return { vendor, said: saidOf(kinds), reasons: [...new Set(reasons)], kinds };
}

function saidOf(kinds: readonly KindAnswer[]): string {
  const able = kinds.filter((kind) => kind.can);
  if (able.length === kinds.length) return 'yes';
  if (able.length > 0) return `${able.map(({ variant }) => variant).join(', ')} only`;
  return kinds.some(({ because }) => because === 'not-yet') ? 'not yet' : 'no';
}

/** The reasons of one vendor, each with the abilities it applies to, in the order of the matrix. */
export function reasonsOf(
  { rows }: AbilityMatrix,
  vendor: VendorId,
): readonly { readonly titles: readonly string[]; readonly reason: string }[] {
  const said = rows.flatMap(({ ability, title, cells }) =>
    cells
      .filter((cell) => cell.vendor === vendor && (ability !== null || cell.said === 'not yet'))
      .flatMap(({ reasons }) => reasons.map((reason) => ({ title, reason }))),
  );
  return [...Map.groupBy(said, ({ reason }) => reason)].map(([reason, about]) => ({
    reason,
    titles: about.map(({ title }) => title),
  }));
}
