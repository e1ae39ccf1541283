import {
  type FilterLanguage,
  languageOf,
  levelLanguage,
  type ParsedListFilter,
  parseFilter,
  parseLevelFilter,
  parseListFilter,
  subscriptionLanguage,
} from '../model/filter-parse.ts';
import { valuesOfConnections, whyNothingMatches } from '../model/filter-without-match.ts';
import { callFields, journalFields, requestFields } from '../model/record-fields.ts';
import { timelineFields } from '../today/merged-timeline.ts';
import type { ConsoleState } from './console-state.ts';
import { type Screen, tabOf } from './screen.ts';

/** The kinds of filters: each has its own earlier ones. `text`: the lines that contain a text. */
export const filterKinds = ['subscriptions', 'levels', 'journal', 'requests', 'calls', 'timeline', 'text'] as const;
export type FilterKind = (typeof filterKinds)[number];

/** Null: the screen has no filter. */
export function filterKindOf(screen: Screen): FilterKind | null {
  switch (screen.kind) {
    case 'subscriptions':
    case 'today':
      return 'subscriptions';
    case 'level':
      return 'levels';
    case 'journal':
    case 'requests':
    case 'calls':
      return screen.kind;
    case 'customer':
      return screen.tab === 'requests' || screen.tab === 'journal' ? screen.tab : 'subscriptions';
    case 'changes':
      return 'timeline';
    case 'subscription':
      return tabOf(screen).kind === 'timeline' ? 'timeline' : 'text';
    case 'entry':
    case 'reply':
      return 'text';
    case 'charts':
    case 'bulk':
      return null;
  }
}

/** Why a screen has no filter, and what to do instead. */
export function whyNoFilter({ kind }: Screen): string {
  return kind === 'bulk'
    ? 'A plan has no filter, since it is run as a whole.'
    : 'Charts have no filter of their own: go back, filter the list, then open its charts.';
}

/** Null: a text without a language. */
export const languages: Readonly<Record<FilterKind, FilterLanguage | null>> = {
  subscriptions: subscriptionLanguage,
  levels: levelLanguage,
  journal: languageOf(journalFields),
  requests: languageOf(requestFields),
  calls: languageOf(callFields),
  timeline: languageOf(timelineFields),
  text: null,
};

/** The active filter; empty: none. */
export function filterTextOf(screen: Screen): string {
  if (screen.kind === 'today') return screen.view.filterText;
  return screen.kind !== 'bulk' && 'filterText' in screen && filterKindOf(screen) !== null ? screen.filterText : '';
}

/** Sentences about terms of the active filter that no row can match. */
export function unmatchedTerms(screen: Screen, { connections }: Pick<ConsoleState, 'connections'>): readonly string[] {
  const kind = filterKindOf(screen);
  const language = kind === null ? null : languages[kind];
  if (language === null) return [];
  const parsed = parseListFilter(filterTextOf(screen), language);
  const known = kind === 'subscriptions' || kind === 'levels' ? valuesOfConnections(connections) : undefined;
  return parsed.ok ? whyNothingMatches(parsed.filter, language, known) : [];
}

type Filtered =
  | { readonly ok: true; readonly screen: Screen }
  | { readonly ok: false; readonly position: number; readonly message: string };

/** The screen with this filter, or what is wrong with its text. */
export function filtered(screen: Screen, typed: string): Filtered {
  const filterText = typed.trim();
  switch (screen.kind) {
    case 'level': {
      const parsed = parseLevelFilter(typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, filter: parsed.filter } } : parsed;
    }
    case 'subscriptions': {
      const parsed = parseFilter(typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, filter: parsed.filter } } : parsed;
    }
    case 'today': {
      const parsed = parseFilter(typed);
      if (!parsed.ok) return parsed;
      return { ok: true, screen: { ...screen, view: { ...screen.view, filterText, filter: parsed.filter } } };
    }
    case 'journal': {
      const parsed = parsedBy('journal', typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, filter: parsed.filter } } : parsed;
    }
    case 'requests': {
      const parsed = parsedBy('requests', typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, filter: parsed.filter } } : parsed;
    }
    case 'calls': {
      const parsed = parsedBy('calls', typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, filter: parsed.filter } } : parsed;
    }
    case 'customer': {
      const kind = filterKindOf(screen);
      const parsed = kind === 'requests' || kind === 'journal' ? parsedBy(kind, typed) : parseFilter(typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText } } : parsed;
    }
    case 'changes': {
      const parsed = parsedBy('timeline', typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, filter: parsed.filter } } : parsed;
    }
    case 'subscription': {
      if (tabOf(screen).kind !== 'timeline') return { ok: true, screen: { ...screen, filterText, scroll: 0 } };
      const parsed = parsedBy('timeline', typed);
      return parsed.ok ? { ok: true, screen: { ...screen, filterText, timelineFilter: parsed.filter } } : parsed;
    }
    case 'entry':
      return { ok: true, screen: { ...screen, filterText, scroll: 0 } };
    case 'reply':
      return { ok: true, screen: { ...screen, filterText, scroll: 0 } };
    case 'charts':
    case 'bulk':
      return { ok: true, screen };
  }
}

/** In the language of a list of records. */
export function parsedBy(kind: 'journal' | 'requests' | 'calls' | 'timeline', text: string): ParsedListFilter {
  const language = languages[kind];
  return language === null ? { ok: true, filter: [] } : parseListFilter(text, language);
}
