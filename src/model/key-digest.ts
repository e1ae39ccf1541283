/** Keyed digests of the previous licence key (null: none, or unknown) and of the one that was sent. */
export interface KeyDigest {
  readonly before: string | null;
  readonly after: string;
}
