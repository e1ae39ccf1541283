import { holdsAny, type LevelFilter, type LevelTerm } from '../model/filter.ts';
import { fold } from '../model/filter-fold.ts';
import { matchesLevelTerm } from '../model/filter-match.ts';
import { type Lazy, lazily } from '../model/lazily.ts';
import type { Counts, LevelNode, Pin } from '../model/scope.ts';
import type { SafeText } from '../model/text.ts';
import type { Level } from '../model/vendor.ts';
import { emptyBits, hasBit, setBit } from '../store/bits.ts';
import type { ConnectionRow } from '../store/connections-table.ts';
import type { Database } from '../store/database.ts';
import { kinds } from '../store/node-kinds.ts';
import { eachNumber, text, textOrNull } from '../store/sql-values.ts';
import type { LevelQuery, Window } from './cache-reader.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { type GroupCounter, type GroupCounts, indexOfGroup, valuesOf, type Where } from './group-counts.ts';
import type { LevelTotals } from './level-totals.ts';
import type { ScopeRows } from './scope-rows.ts';
import { byNumber, byRank, sortRows } from './sort-rows.ts';

/** The lists of sellers, resellers, organizations and services. */
export interface LevelWindows {
  window(query: LevelQuery, now: number): Window<LevelNode>;
  positionOf(query: LevelQuery, pin: Pin, now: number): number | null;
}

const talliesKept = 4;
const listsKept = 6;
const minuteOf = (now: number) => Math.floor(now / 60_000);

export function levelWindowsOn(
  database: Database,
  snapshot: ColumnSnapshot,
  scopeRows: ScopeRows,
  counter: GroupCounter,
  levelTotals: LevelTotals,
): LevelWindows {
  const nodeByCode = database.statement(
    'SELECT id, name, domain FROM node LEFT JOIN organization_domain ON node = code WHERE code = ?',
  );

  const tallies = snapshot.memoBy(talliesKept, (): { of: number; tally: GroupCounts | null } => ({
    of: 0,
    tally: null,
  }));
  function tallyOf({ level, scope, connections }: Where, now: number): GroupCounts {
    const names = scopeRows.narrowed(connections);
    const slot = tallies(JSON.stringify([level, scope, names]));
    // Another minute's "ending soon": its tally is freed before the next is computed.
    if (slot.of !== minuteOf(now)) slot.tally = null;
    slot.of = minuteOf(now);
    const isWhole = scope.length === 0 && names === null;
    slot.tally ??=
      (isWhole ? levelTotals.tally(level, now) : null) ?? counter.tally({ level, scope, connections: names }, now);
    return slot.tally;
  }

  /** Nodes of every level whose name, id or domain contains a folded text. */
  const matches = snapshot.memoBy(listsKept, (folded) => {
    const found = database
      .statement(
        `SELECT group_concat(code, ' ') AS codes FROM node LEFT JOIN organization_domain AS known ON known.node = code
         WHERE kind <= ? AND (instr(node.folded, ?) OR instr(lower(id), ?) OR instr(known.folded, ?))`,
      )
      .get(kinds.service, folded, folded, folded);
    const bits = emptyBits(snapshot.nodes.kind().length);
    eachNumber(found?.codes, (code) => setBit(bits, code));
    return bits;
  });

  /** Indexes of groups in the tally, in the requested order. */
  function sorted({ sort }: LevelQuery, tally: GroupCounts, places: Uint32Array): Uint32Array {
    const { field, descending } = sort ?? { field: 'name', descending: false };
    const ranks = snapshot.ranks('nodes');
    const order = new Map(snapshot.connections().map(({ code }, index) => [code, index + 1]));
    const byGroup = (rankOf: (group: number) => number | undefined, down: boolean) =>
      byRank(
        tally.groups.map((group) => rankOf(group) ?? 0),
        null,
        down,
      );
    const names = (down: boolean) => byGroup((group) => ranks[group], down);
    const connections = (down: boolean) => byGroup((group) => order.get(counter.connectionOf(group)), down);
    const byConnection = (of: (connection: ConnectionRow) => string | null) => {
      const all = new Map(snapshot.connections().map((connection) => [connection.code, of(connection)]));
      return byText((group) => all.get(counter.connectionOf(group)) ?? null);
    };
    const byText = (of: (group: number) => string | null) => {
      const texts = Array.from(tally.groups, of);
      const ranks = new Map(
        [...new Set(texts.filter((text) => text !== null))].sort().map((text, at) => [text, at + 1]),
      );
      return byRank(
        Uint32Array.from(texts, (text) => (text === null ? 0 : (ranks.get(text) ?? 0))),
        null,
        descending,
      );
    };
    switch (field) {
      case 'vendor':
        return sortRows(places, [byConnection(({ vendor }) => vendor), names(false)]);
      case 'read':
        return sortRows(places, [byConnection(({ readAt }) => readAt), names(false)]);
      case 'id':
        return sortRows(places, [byText(idOf), names(false)]);
      case 'name':
        return sortRows(places, [names(descending), connections(false)]);
      case 'connection':
        return sortRows(places, [connections(descending), names(false)]);
      case 'subscriptions':
        return sortRows(places, [byNumber(new Float64Array(tally.subscriptions), descending), names(false)]);
      case 'seats':
        return sortRows(places, [byNumber(tally.seats, descending), names(false)]);
      case 'endingSoon':
        return sortRows(places, [byNumber(tally.ending, descending), names(false)]);
      case 'resellers':
      case 'organizations':
      case 'services': {
        const count = tally.belowAll()[field];
        const counts = valuesOf(tally.groups, count);
        return sortRows(places, [byNumber(counts, descending), names(false)]);
      }
    }
  }

  /** Words are looked for in names and ids; for the rest each row is made, and its counts where a condition is about them. */
  function filtered(
    { level }: LevelQuery,
    filter: LevelFilter,
    tally: GroupCounts,
    places: Uint32Array,
    now: number,
  ): Uint32Array {
    const counts = lazily(() => countsOf(tally, [...tally.groups.keys()]));
    const testOf = (term: LevelTerm): ((place: number) => boolean) => {
      if (term.kind === 'is') return () => false;
      if (term.kind === 'any') {
        const parts = { ...term, of: term.of.map(testOf) };
        return (place) => holdsAny(parts, (test) => test(place));
      }
      if (term.kind !== 'word') {
        return (place) =>
          nodeOf(level, tally.groups[place] ?? 0, counts, place).some((node) => matchesLevelTerm(term, node, now));
      }
      const folded = fold(term.text);
      const found = folded === '' ? null : matches(folded);
      return (place) => (found === null || hasBit(found, tally.groups[place] ?? 0)) !== term.negated;
    };
    const tests = filter.map(testOf);
    return places.filter((place) => tests.every((test) => test(place)));
  }

  function idOf(group: number): string | null {
    const node = counter.isNull(group) ? undefined : nodeByCode.get(group);
    return node === undefined ? null : text(node.id);
  }

  const lists = snapshot.memoBy(listsKept, (): { of: number; places: Uint32Array | null } => ({ of: 0, places: null }));
  function listOf(query: LevelQuery, tally: GroupCounts, now: number): Uint32Array {
    const { level, scope, connections, search, filter = [], sort } = query;
    const slot = lists(JSON.stringify([level, scope, connections, search, filter, sort]));
    if (slot.places === null || slot.of !== minuteOf(now)) {
      const folded = fold(search?.trim() ?? '');
      const found = folded === '' ? null : matches(folded);
      const all = tally.groups.map((_, at) => at);
      const searched = found === null ? all : all.filter((at) => hasBit(found, tally.groups[at] ?? 0));
      const wanted = filter.length === 0 ? searched : filtered(query, filter, tally, searched, now);
      slot.of = minuteOf(now);
      slot.places = sorted(query, tally, wanted);
    }
    return slot.places;
  }

  /**
   * `counts`: of all listed nodes, computed when one is displayed: it takes the longest, and most searches for a node
   * do not need it.
   */
  function nodeOf(level: Level, group: number, counts: Lazy<readonly Counts[]>, index: number): LevelNode[] {
    const connection = snapshot.connection(counter.connectionOf(group));
    const node = counter.isNull(group) ? null : (nodeByCode.get(group) ?? null);
    if (connection === null || (node === null && !counter.isNull(group))) return [];
    return [
      {
        id: node === null ? null : text(node.id),
        name: (node === null ? withoutLevel(level) : text(node.name)) as SafeText,
        domain: (node === null ? null : textOrNull(node.domain)) as SafeText | null,
        connection: connection.name,
        vendor: connection.vendor,
        level,
        implied: connection.implied.includes(level),
        get counts() {
          return counts.get()[index] ?? nothing;
        },
        readAt: connection.readAt,
      },
    ];
  }

  return {
    window(query, now) {
      const tally = tallyOf(query, now);
      const list = listOf(query, tally, now);
      const offset = Math.max(0, query.offset);
      const shown = [...list.subarray(offset, offset + query.limit)];
      const counts = lazily(() => countsOf(tally, shown));
      const rows = shown.flatMap((place, index) => nodeOf(query.level, tally.groups[place] ?? 0, counts, index));
      return { rows, offset, total: list.length, counted: true };
    },
    positionOf(query, pin, now) {
      const tally = tallyOf(query, now);
      const connection = snapshot.connections().find(({ name }) => name === pin.connection);
      if (connection === undefined) return null;
      const group = pin.id === null ? counter.nullGroup(connection.code) : scopeRows.codeOf(pin);
      const place = group === null ? -1 : indexOfGroup(tally.groups, group);
      const position = place === -1 ? -1 : listOf(query, tally, now).indexOf(place);
      return position === -1 ? null : position;
    },
  };
}

/** What rows without a node of a level are shown under. */
function withoutLevel(level: Level): string {
  return level === 'reseller' ? 'direct' : 'none';
}

const nothing: Counts = { resellers: 0, organizations: 0, services: 0, subscriptions: 0, seats: 0, endingSoon: 0 };

/** The counts of the groups at these indexes of a tally. */
function countsOf(tally: GroupCounts, places: readonly number[]): readonly Counts[] {
  const groups = places.map((place) => tally.groups[place] ?? 0);
  const below = tally.below(groups);
  return groups.map((group, index) => {
    const place = places[index] ?? 0;
    return {
      resellers: below.resellers(group),
      organizations: below.organizations(group),
      services: below.services(group),
      subscriptions: tally.subscriptions[place] ?? 0,
      seats: tally.seats[place] ?? 0,
      endingSoon: tally.ending[place] ?? 0,
    };
  });
}
