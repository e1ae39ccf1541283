import type { Context } from './context.ts';

/**
 * Whether a connection was read whole within the setting `freshFor`. What was read in a time that is still to come, by a clock
 * that was set back since, is of no known age, and counts as old.
 */
export function isFresh(context: Pick<Context, 'cache' | 'clock' | 'settings'>, connection: string): boolean {
  const { readAt } = context.cache.freshness(connection);
  if (readAt === null) return false;
  const age = context.clock.now() - Date.parse(readAt);
  return age >= 0 && age < context.settings.freshFor * 1000;
}
