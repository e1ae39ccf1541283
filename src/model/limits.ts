const [kilobyte, megabyte, gigabyte] = [1024, 1024 ** 2, 1024 ** 3];
const [second, hour] = [1_000, 3_600_000];

/**
 * How much of anything from outside is taken, so that no text and no list stops the program. Far beyond what is real, and no
 * settings: whoever meets one has a vendor or a file that means no good, and is told which bound it was.
 */
export const limits = {
  /** Of one answer that is held whole, decompressed. The largest list that no vendor gives in pages has some megabytes. */
  answerBytes: 32 * megabyte,
  /** Of one item of a streamed list. No subscription is a megabyte. */
  rowBytes: megabyte,
  /** Brackets in brackets of an answer or a plan file. What walks through them goes as deep; the deepest known has 12. */
  jsonDepth: 200,
  /** A list that is held whole: the companies of a tenant, the subscriptions of one of its customers. */
  heldList: { items: 200_000, bytes: 256 * megabyte },
  /** A file or stdin that a person gives: settings, CSV, plan, secret. A plan of 100,000 rows has about as much. */
  givenBytes: 64 * megabyte,
  /**
   * A streamed list, counted only while it is waited for, in times of what one item may take (30 s): half an hour, in which a
   * million rows come over a slow line; and after a minute no line in use is slower than this on average.
   */
  streamed: { waits: 60, slowWaits: 2, slowestBytesPerSecond: kilobyte },
  /** What the cache keeps of reads of one thing each (details, history, price lists): of one answer, and of all together. */
  answers: { bytes: 2 * megabyte, allBytes: 256 * megabyte },
  /** What is written into the cache in one transaction, so that keys and other connections have their turns in between. */
  transactionBytes: 2 * megabyte,
  /**
   * One sync run of one connection. Subdeck is made for a million rows of some kilobytes; an interrupted sync run is taken up
   * within the same time.
   */
  sync: { rows: 2_000_000, bytes: 4 * gigabyte, milliseconds: 6 * hour },
  /**
   * What is left free on the disk of the cache, for the journal and for other connections. A sync run that has written little
   * may go further. A small disk is filled up to the same share of it.
   */
  freeDisk: {
    bytes: 256 * megabyte,
    bytesWhileSmall: 64 * megabyte,
    smallBytes: 32 * megabyte,
    share: 0.05,
    lookEveryMs: second,
  },
} as const;
