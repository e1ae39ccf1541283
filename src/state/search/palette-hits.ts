import type { ConsoleState } from '../console-state.ts';
import type { Sources } from '../sources.ts';
import { findRows, hitsByRef } from './find-rows.ts';

/**
 * The state with what its palette's text names in the cache, or where nothing is typed what was taken before; the same
 * object when nothing changed.
 */
export function withHits(state: ConsoleState, from: Sources): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'palette') return state;
  const text = overlay.ticket ?? overlay.line.text;
  const asked = `${from.cache.revision()} ${text}`;
  if (overlay.asked === asked) return state;
  const hits = text.trim() === '' ? hitsByRef(state.recent, from) : findRows(text, from);
  return { ...state, overlay: { ...overlay, asked, hits } };
}
