/**
 * A vendor's id: the name of its folders, and its spelling in settings, JSON and documents. The registry alone lists
 * the ids; ids from outside are checked against it.
 */
export type VendorId = string;

/** The levels above a subscription, top to bottom. */
export const levels = ['seller', 'reseller', 'organization', 'service'] as const;
export type Level = (typeof levels)[number];
