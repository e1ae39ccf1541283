import type { ConsoleState } from '../console-state.ts';
import type { Sources } from '../sources.ts';
import { findRows, hitsByRef } from './find-rows.ts';

/**
 * The state with the cache hits of the palette's text, or the recently chosen entries for an empty text; the same
 * object if nothing changed. What was found stays until the text changes: rows that are read meanwhile must not move an entry
 * under Enter.
 */
export function withHits(state: ConsoleState, from: Sources): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'palette') return state;
  const text = overlay.ticket ?? overlay.line.text;
  const revision = from.cache.revision();
  const { asked, hits: found } = overlay;
  if (asked?.text === text && (found.length > 0 || asked.revision === revision)) return state;
  const hits = text.trim() === '' ? hitsByRef(state.recent, from) : findRows(text, from);
  return { ...state, overlay: { ...overlay, asked: { text, revision }, hits } };
}
