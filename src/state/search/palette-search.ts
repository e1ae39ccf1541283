import type { ConsoleState } from '../console-state.ts';
import type { PaletteLine } from '../overlay.ts';
import type { Sources } from '../sources.ts';
import { findRows, type Hit, hitsByRef, type RowSearch } from './find-rows.ts';
import { nameIndexOf } from './name-index.ts';

/** Milliseconds at once. */
const slice = 8;
/** From here on the palette shows what was found so far and how far the search is. */
const untilShown = 1_000;
const shownEvery = 250;
/** Names are read again at most this part of the time while the cache changes. */
const share = 50;

interface Search extends RowSearch {
  readonly text: string;
  readonly revision: number;
  readonly began: number;
  shownAt: number;
}

export interface PaletteSearch {
  /**
   * The state with the hits of the palette's text, or the recently chosen entries for an empty text, after some milliseconds of work;
   * the same object if nothing changed. What was found stays until the text changes: rows that are read meanwhile must not move
   * an entry under Enter.
   */
  withHits(state: ConsoleState): ConsoleState;
  /** Of the palette's text. Another text begins another one. */
  isInProgress(): boolean;
  /** Reads names into the index in idle time, some milliseconds a call, so that a pasted text need not wait; false: there is nothing to read. */
  warm(): boolean;
}

export function createPaletteSearch(from: Sources): PaletteSearch {
  const { cache, clock } = from;
  let search: Search | null = null;
  let warming: { readonly steps: Generator<undefined, void>; spent: number } | null = null;
  let restUntil = 0;

  function begin(text: string): Search {
    const began = clock.monotonic();
    return { ...findRows(text, from), text, revision: cache.revision(), began, shownAt: began + untilShown };
  }

  /** Null: not found yet. */
  function workOn(current: Search): readonly Hit[] | null {
    // A search that failed is not continued.
    search = null;
    const until = clock.monotonic() + slice;
    let step = current.steps.next();
    while (step.done !== true && (current.isShort || clock.monotonic() < until)) step = current.steps.next();
    if (step.done === true) return step.value;
    search = current;
    return null;
  }

  function withProgress(palette: PaletteLine, current: Search): PaletteLine {
    const { text, revision } = current;
    const now = clock.monotonic();
    const asked = { text, revision };
    if (now < current.shownAt) {
      // Nothing was found of the same text before: that is looked at again.
      const isKnown = palette.asked?.text === text;
      return isKnown ? palette : { ...palette, asked, hits: [], searching: { names: null } };
    }
    current.shownAt = now + shownEvery;
    return { ...withFound(palette, current.foundSoFar()), asked, searching: { names: current.namesRead() } };
  }

  return {
    withHits(state) {
      const { overlay } = state;
      if (overlay?.kind !== 'palette') {
        search = null;
        return state;
      }
      const text = overlay.ticket ?? overlay.line.text;
      if (search?.text !== text) search = null;
      if (search === null) {
        const { asked, hits, searching } = overlay;
        const isAnswered = asked?.text === text && searching === null;
        if (isAnswered && (hits.length > 0 || asked.revision === cache.revision())) return state;
        if (text.trim() === '') {
          const recent = { hits: hitsByRef(state.recent, from), searching: null };
          return { ...state, overlay: { ...overlay, ...recent, asked: { text, revision: cache.revision() } } };
        }
        search = begin(text);
      }
      const current = search;
      const found = workOn(current);
      if (found === null) {
        const palette = withProgress(overlay, current);
        return palette === overlay ? state : { ...state, overlay: palette };
      }
      const { revision } = current;
      return { ...state, overlay: { ...withFound(overlay, found), asked: { text, revision }, searching: null } };
    },
    isInProgress: () => search !== null,
    warm() {
      if (warming === null) {
        const index = nameIndexOf(cache);
        if (clock.monotonic() < restUntil || !index.isOutdated()) return false;
        warming = { steps: index.refresh(), spent: 0 };
      }
      const current = warming;
      warming = null;
      const began = clock.monotonic();
      const took = () => clock.monotonic() - began;
      let step = current.steps.next();
      while (step.done !== true && took() < slice) step = current.steps.next();
      current.spent += took();
      if (step.done === true) restUntil = clock.monotonic() + current.spent * share;
      else warming = current;
      return warming !== null;
    },
  };
}

/** An entry that a person saw stays picked, wherever it stands now. */
function withFound(palette: PaletteLine, hits: readonly Hit[]): PaletteLine {
  const { ticket, picked, hits: before } = palette;
  const key = ticket === null ? undefined : before[picked]?.key;
  const at = key === undefined ? -1 : hits.findIndex((hit) => hit.key === key);
  return { ...palette, hits, picked: at === -1 ? picked : at };
}
