/** The setting `concurrency` of tests that sync: calls in sequence, and as many in parallel as change the order of answers. */
export const concurrencies = ['1', '8'] as const;
