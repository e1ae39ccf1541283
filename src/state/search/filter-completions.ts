import { fieldNamed, isFilterField } from '../../model/field-names.ts';
import { completionsAt, type ValuesOf } from '../../model/filter-completion.ts';
import { fold } from '../../model/filter-fold.ts';
import type { ListFields } from '../../model/list-fields.ts';
import { callFields, journalFields, requestFields } from '../../model/record-fields.ts';
import type { Level } from '../../model/vendor.ts';
import { timelineFields } from '../../today/merged-timeline.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen } from '../console-state.ts';
import { callRows, journalRows, requestRows, timelineRows } from '../record-rows.ts';
import type { Screen } from '../screen.ts';
import { filterKindOf, languages } from '../screen-filter.ts';
import type { Sources } from '../sources.ts';

/** The state with what Tab may put into the typed filter; the same object if the text is the same. */
export function withCompletions(state: ConsoleState, from: Sources): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'filter') return state;
  const screen = topScreen(state);
  const kind = filterKindOf(screen);
  const language = kind === null ? null : languages[kind];
  const { text, caret } = overlay.typed;
  const of = text.slice(0, caret);
  if (language === null || overlay.completions?.of === of) return state;
  const completions = { ...completionsAt(text, caret, language, valuesOf(screen, from)), of };
  return { ...state, overlay: { ...overlay, completions } };
}

const mostValues = 12;
const nameFields = {
  seller: 'seller',
  reseller: 'reseller',
  organization: 'org',
  service: 'service',
} as const satisfies Record<Level, string>;

/** From the cache's indexes, or from the rows of a list in memory. */
function valuesOf(screen: Screen, from: Sources): ValuesOf {
  const { cache, connections } = from;
  const ofSubscriptions: ValuesOf = ({ id }, begin) => {
    const field = fieldNamed(id);
    return field === null || !isFilterField(field) ? [] : cache.valuesBeginning(field.id, begin, mostValues);
  };
  switch (screen.kind) {
    case 'subscriptions':
    case 'today':
      return ofSubscriptions;
    case 'level':
      return ({ id }, begin) => {
        if (id === 'name') return cache.valuesBeginning(nameFields[screen.level], begin, mostValues);
        const own =
          id === 'connection' || id === 'vendor'
            ? connections.list.map((each) => each[id === 'connection' ? 'name' : id])
            : [];
        return beginning(own, begin);
      };
    case 'customer':
      return screen.tab === 'requests' || screen.tab === 'journal' ? () => [] : ofSubscriptions;
    case 'journal':
      return ofRows(journalFields, () => journalRows({ filter: [] }, from));
    case 'requests':
      return ofRows(requestFields, () => requestRows({ filter: [] }, from));
    case 'changes':
      return ofRows(timelineFields, () => screen.found ?? []);
    case 'subscription':
      return ofRows(timelineFields, () => timelineRows({ ...screen, timelineFilter: [] }, from));
    case 'calls':
      return ofRows(callFields, () => callRows({ ...screen, filter: [] }, from));
    default:
      return () => [];
  }
}

function ofRows<Row>(fields: ListFields<Row>, rows: () => readonly Row[]): ValuesOf {
  return ({ id }, begin) => {
    const field = fields[id];
    return field === undefined
      ? []
      : beginning(
          rows().flatMap((row) => field.texts(row)),
          begin,
        );
  };
}

function beginning(values: readonly string[], begin: string): readonly string[] {
  return [...new Set(values)].filter((value) => fold(value).startsWith(fold(begin)));
}
