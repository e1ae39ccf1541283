/**
 * What the vendor's own words prove about a write. `unchanged`: everything is as it was before, which proves nothing by itself:
 * the change may still come. `unclear`: neither as before nor as wished, or nothing that can be read would show it.
 */
export interface Evidence {
  readonly shows: 'applied' | 'unchanged' | 'unclear';
  readonly because: string;
}

export const applied = (because: string): Evidence => ({ shows: 'applied', because });
export const unchanged = (because: string): Evidence => ({ shows: 'unchanged', because });
export const unclear = (because: string): Evidence => ({ shows: 'unclear', because });
