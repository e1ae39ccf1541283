import type { LevelNode } from '../../../model/scope.ts';
import type { Level } from '../../../model/vendor.ts';
import { levels } from '../../../model/vendor.ts';
import type { CacheReader } from '../../../query/cache-reader.ts';
import { levelScreen, subscriptionsScreen } from '../../../state/new-screens.ts';
import type { Screen } from '../../../state/screen.ts';
import type { Crumb, Trail } from '../../../state/trail.ts';
import { scopeOf } from '../../../state/trail.ts';

/** The screen below a node. Levels that the vendor does not have are skipped: each has a single implied node. */
export function below(cache: CacheReader, trail: Trail, level: Level): Screen {
  const next = levels[levels.indexOf(level) + 1];
  if (next === undefined) return subscriptionsScreen(trail);
  const { rows, total } = cache.levelWindow({
    level: next,
    scope: scopeOf(trail),
    connections: null,
    search: null,
    sort: null,
    offset: 0,
    limit: 2,
  });
  const [only] = rows;
  if (total === 1 && only?.implied === true) return below(cache, [...trail, crumbOf(only)], next);
  return levelScreen(trail, next);
}

export function crumbOf(node: LevelNode): Crumb {
  const pin = { level: node.level, connection: node.connection, id: node.id };
  return { pin, name: node.name, implied: node.implied };
}
