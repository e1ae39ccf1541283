/** Keyed digests of the licence key that was there (null: none, or not known) and of the one that was sent. */
export interface KeyDigest {
  readonly before: string | null;
  readonly after: string;
}
