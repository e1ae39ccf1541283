import type { PriceBasis } from '../model/cost.ts';
import type { SettingDeclaration } from '../model/settings.ts';

/** The basis of an assumption, the best first. `seen`: in a client or an answer that somebody else published. */
export const evidences = ['stated', 'seen', 'likely', 'none', 'contradicted'] as const;
export type Evidence = (typeof evidences)[number];

/** An assumption that an adapter makes about its vendor. */
export interface Assumption {
  /** Whole sentences. */
  readonly says: string;
  readonly evidence: Evidence;
  /** The source of the evidence; if there is none, what was searched. */
  readonly source: string;
  /**
   * The readings that the adapter supports, by id, each described. The first one applies unless a connection's settings
   * choose another. Absent: there is one, or the adapter recognizes all of them by itself.
   */
  readonly alternatives?: Readonly<Record<string, string>>;
}

/** The assumption of every vendor with prices on what they are for. The other ids are unique over all vendors. */
export const pricePerUnit = 'price-per-unit';

/** Its readings. */
export const priceReadings = {
  unit: 'a price is per unit',
  total: 'a price is in total',
  unknown: 'a price is shown as it is, and nothing is calculated with it',
} as const satisfies Record<PriceBasis, string>;

/** A vendor's assumptions by id. */
export type Assumptions = Readonly<Record<string, Assumption>>;

/** The chosen reading of each assumption that has several. */
export type Choices<All extends Assumptions> = {
  readonly [Id in keyof All as All[Id] extends { alternatives: object } ? Id : never]: All[Id] extends {
    alternatives: infer Readings;
  }
    ? keyof Readings & string
    : never;
};

const prefix = 'assume.';

/** The setting of a connection that chooses another reading: `assume.ID`. */
export function assumeSetting(id: string): string {
  return `${prefix}${id}`;
}

/** The readings that a connection's settings choose; by default the first of each. */
export function choicesOf<All extends Assumptions>(
  assumptions: All,
  settings: Readonly<Record<string, string>>,
): Choices<All>;
export function choicesOf(assumptions: Assumptions, settings: Readonly<Record<string, string>>): object {
  const chosen = Object.entries(assumptions).flatMap(([id, { alternatives }]) => {
    if (alternatives === undefined) return [];
    const given = settings[assumeSetting(id)] ?? '';
    return [[id, Object.hasOwn(alternatives, given) ? given : Object.keys(alternatives)[0]]];
  });
  return Object.fromEntries(chosen);
}

/** The settings of a connection that choose readings. */
export function assumptionSettings(assumptions: Assumptions): readonly SettingDeclaration[] {
  return Object.entries(assumptions).flatMap(([id, { says, alternatives }]) =>
    alternatives === undefined
      ? []
      : [
          {
            name: assumeSetting(id),
            help: says,
            required: false,
            secret: false,
            choices: Object.keys(alternatives),
            foundAt: null,
            kind: 'assumption' as const,
          },
        ],
  );
}
