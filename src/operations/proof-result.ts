/** What the vendor's own rows prove about a write. */
export interface ProofResult {
  readonly shows: Views;
  /** Whole sentences. */
  readonly because: string;
  /** What the vendor shows now, in a few words; null where there is nothing to say. */
  readonly now: string | null;
  /** A whole sentence on what could not be compared; null where everything was. */
  readonly left: string | null;
}

/**
 * `applied`: as asked, and other than before. `held`: as asked, as it was before already. `unchanged`: as before, which proves
 * nothing by itself: the change may still come. `alike`: the same, and as asked up to blanks or how Unicode composes letters, so
 * that it may have come and the vendor keeps texts in a form of its own. `partly`: some of it as asked, the rest as before.
 * `otherwise`: neither as before nor as asked. `not-shown`: nothing that this vendor can be asked shows it. `unseen`: this
 * connection may not see it.
 */
type Views = 'applied' | 'held' | 'unchanged' | 'alike' | 'partly' | 'otherwise' | 'not-shown' | 'unseen';

function evidenceOf(shows: Views) {
  return (because: string, now: string | null = null, left: string | null = null): ProofResult => {
    return { shows, because, now, left };
  };
}

export const applied = evidenceOf('applied');
export const held = evidenceOf('held');
export const unchanged = evidenceOf('unchanged');
export const alike = evidenceOf('alike');
export const partly = evidenceOf('partly');
export const otherwise = evidenceOf('otherwise');
export const unseen = evidenceOf('unseen');

/** `left`: what could not be compared, and why. */
export const notShown = (left: string): ProofResult => ({ shows: 'not-shown', because: left, now: null, left });
