/**
 * A vendor's id: the name of its folders, and how settings, JSON and documents spell it. Which there are is said by the registry
 * alone, against which an id from outside is checked.
 */
export type VendorId = string;

/** The levels above a subscription, top to bottom. */
export const levels = ['seller', 'reseller', 'organization', 'service'] as const;
export type Level = (typeof levels)[number];
