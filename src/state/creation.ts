/** A subscription that is being created, as far as it has been chosen. */
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
