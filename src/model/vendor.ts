/** The five vendors, in the order in which lists and documents show them. */
export const vendorIds = ['cloudmore', 'interworks', 'vmware', 'lineworks', 'cloudcockpit'] as const;
export type VendorId = (typeof vendorIds)[number];

/** The levels above a subscription, top to bottom. */
export const levels = ['seller', 'reseller', 'organization', 'service'] as const;
export type Level = (typeof levels)[number];
