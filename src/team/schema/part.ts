/** One subject of the schema: its tables and functions, in SQL that runs as the owner `subdeck_owner`. */
export interface SchemaPart {
  readonly name: string;
  /**
   * Names qualified with `subdeck.`; no `IF NOT EXISTS`: what is there already was made by somebody else. Each function that members may call
   * is `SECURITY DEFINER` with `functionSettings`; one that only other functions call has a name that begins with `internal_`.
   * Rights are given for all parts at once (`rights.ts`): nothing is granted here.
   */
  readonly sql: string;
}

/** What a function of the owner runs with, so that nothing of the caller's session changes what it reads: `pg_temp` would come first. */
export const functionSettings = 'SECURITY DEFINER SET search_path = pg_catalog, subdeck, pg_temp';

/**
 * What a function begins with whose effect a failover may lose, such as a sign of life: its commit waits for this server's disk alone, so a
 * synchronous standby that is gone holds nobody up.
 */
export const withoutStandby = "pg_catalog.set_config('synchronous_commit', 'local', true);";
