import { fold } from '../model/filter-fold.ts';
import type { LevelNode, Pin } from '../model/place.ts';
import type { SafeText } from '../model/text.ts';
import type { Board } from './board.ts';
import type { LevelQuery, Window } from './book.ts';
import { integer, text } from './cells.ts';
import type { Database } from './database.ts';
import type { Kept } from './kept.ts';
import { kinds } from './kinds.ts';
import type { PlaceRows } from './place-rows.ts';
import { byNumber, byRank, sortRows } from './sort-rows.ts';
import type { Below, Counter, Tally, Where } from './tally.ts';

/** The lists of sellers, resellers, organizations and services. */
export interface Levels {
  window(query: LevelQuery, now: number): Window<LevelNode>;
  positionOf(query: LevelQuery, pin: Pin, now: number): number | null;
}

const talliesKept = 6;
const listsKept = 6;
const minute = 60_000;

export function levelsOn(database: Database, board: Board, places: PlaceRows, counter: Counter, kept: Kept): Levels {
  const nodeByCode = database.statement('SELECT id, name FROM node WHERE code = ?');

  const tallies = board.memoBy(talliesKept, (): { tally: Tally | null } => ({ tally: null }));
  function tallyOf({ level, place, connections }: Where, now: number): Tally {
    const names = places.narrowed(connections);
    const slot = tallies(JSON.stringify([level, place, names, Math.floor(now / minute)]));
    const isWhole = place.length === 0 && names === null;
    slot.tally ??=
      (isWhole ? kept.tally(level, now) : null) ?? counter.tally({ level, place, connections: names }, now);
    return slot.tally;
  }

  /** Nodes of every level whose name or id holds a folded text. */
  const matches = board.memoBy(listsKept, (folded) => {
    const found = database
      .statement('SELECT code FROM node WHERE kind <= ? AND (instr(folded, ?) OR instr(lower(id), ?))')
      .all(kinds.service, folded, folded);
    return new Set(found.map(({ code }) => integer(code)));
  });

  function sorted({ sort }: LevelQuery, tally: Tally, groups: Uint32Array): Uint32Array {
    const { field, descending } = sort ?? { field: 'name', descending: false };
    const ranks = board.ranks('nodes');
    const order = new Map(board.connections().map(({ code }, index) => [code, index + 1]));
    const names = (down: boolean) => byRank(ranks, null, down);
    const connections = (down: boolean) => {
      const places = new Uint32Array(tally.subscriptions.length);
      for (const group of groups) places[group] = order.get(counter.connectionOf(group)) ?? 0;
      return byRank(places, null, down);
    };
    switch (field) {
      case 'name':
        return sortRows(groups, [names(descending), connections(false)]);
      case 'connection':
        return sortRows(groups, [connections(descending), names(false)]);
      case 'subscriptions':
        return sortRows(groups, [byNumber(Float64Array.from(tally.subscriptions), descending), names(false)]);
      case 'seats':
        return sortRows(groups, [byNumber(tally.seats, descending), names(false)]);
      case 'endingSoon':
        return sortRows(groups, [byNumber(tally.ending, descending), names(false)]);
      case 'organizations':
      case 'services': {
        const count = tally.belowAll()[field];
        const counts = new Float64Array(tally.subscriptions.length);
        for (const group of groups) counts[group] = count(group);
        return sortRows(groups, [byNumber(counts, descending), names(false)]);
      }
    }
  }

  const lists = board.memoBy(listsKept, (): { groups: Uint32Array | null } => ({ groups: null }));
  function listOf(query: LevelQuery, tally: Tally, now: number): Uint32Array {
    const { level, place, connections, search, sort } = query;
    const slot = lists(JSON.stringify([level, place, connections, search, sort, Math.floor(now / minute)]));
    if (slot.groups === null) {
      const folded = fold(search?.trim() ?? '');
      const found = folded === '' ? null : matches(folded);
      slot.groups = sorted(
        query,
        tally,
        found === null ? tally.groups : tally.groups.filter((code) => found.has(code)),
      );
    }
    return slot.groups;
  }

  function nodeOf({ level }: Where, tally: Tally, below: () => Below, group: number): LevelNode[] {
    const connection = board.connection(counter.connectionOf(group));
    const node = counter.isNull(group) ? null : (nodeByCode.get(group) ?? null);
    if (connection === null || (node === null && !counter.isNull(group))) return [];
    return [
      {
        id: node === null ? null : text(node.id),
        name: (node === null ? '' : text(node.name)) as SafeText,
        connection: connection.name,
        vendor: connection.vendor,
        level,
        implied: connection.implied.includes(level),
        // Counted when somebody looks: most who search for a node do not, and it takes longest.
        get counts() {
          return {
            resellers: below().resellers(group),
            organizations: below().organizations(group),
            services: below().services(group),
            subscriptions: tally.subscriptions[group] ?? 0,
            seats: tally.seats[group] ?? 0,
            endingSoon: tally.ending[group] ?? 0,
          };
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
      const groups = [...list.subarray(offset, offset + query.limit)];
      let counted: Below | null = null;
      const below = () => {
        counted ??= tally.below(groups);
        return counted;
      };
      const rows = groups.flatMap((group) => nodeOf(query, tally, below, group));
      return { rows, offset, total: list.length, counted: true };
    },
    positionOf(query, pin, now) {
      const tally = tallyOf(query, now);
      const connection = board.connections().find(({ name }) => name === pin.connection);
      if (connection === undefined) return null;
      const group = pin.id === null ? counter.nullGroup(connection.code) : places.codeOf(pin);
      const position = group === null ? -1 : listOf(query, tally, now).indexOf(group);
      return position === -1 ? null : position;
    },
  };
}
