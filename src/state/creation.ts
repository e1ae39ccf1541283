/** The choices made so far for a new subscription. */
export interface Creation {
  readonly kind: 'creation';
  readonly connection: string;
  readonly organization: Chosen;
  readonly service: Chosen | null;
  readonly product: Chosen | null;
}

export interface Chosen {
  readonly id: string;
  readonly name: string;
}
