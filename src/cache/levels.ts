import { fold } from '../model/filter-fold.ts';
import type { LevelNode, Pin } from '../model/place.ts';
import type { SafeText } from '../model/text.ts';
import { itemsOf } from './bits.ts';
import type { Board } from './board.ts';
import type { LevelQuery, Window } from './book.ts';
import { integer, text } from './cells.ts';
import { addEmpty, addRows, emptiesBelow, endsSoon, type NodesBelow, nodesBelow } from './counting.ts';
import type { Database } from './database.ts';
import { distinctInMany } from './distinct.ts';
import { kinds } from './kinds.ts';
import type { PlaceRows } from './place-rows.ts';
import { byNumber, byRank, sortRows } from './sort-rows.ts';
import type { Tree } from './tree.ts';

/** The lists of sellers, resellers, organizations and services. */
export interface Levels {
  window(query: LevelQuery, now: number): Window<LevelNode>;
  positionOf(query: LevelQuery, pin: Pin, now: number): number | null;
}

/**
 * Rows by their node at one level. A group is a node's code, or, for the rows of a connection that have no such node,
 * the connection's code behind all nodes.
 */
interface Tally {
  readonly rows: Uint32Array;
  /** Those with a row, and empty nodes. */
  readonly groups: Uint32Array;
  readonly empties: readonly number[];
  readonly subscriptions: Uint32Array;
  readonly seats: Float64Array;
  readonly ending: Float64Array;
}

type Where = Pick<LevelQuery, 'level' | 'place' | 'connections'>;

const talliesKept = 6;
const listsKept = 6;
/** Groups for which a table of bits is cheaper than one of pairs. */
const fewGroups = 64;

export function levelsOn(database: Database, board: Board, places: PlaceRows, tree: Tree): Levels {
  const nodeByCode = database.statement('SELECT id, name FROM node WHERE code = ?');

  /** Gives every row's groups. */
  function grouping({ level }: Where): (row: number, visit: (group: number, row: number) => void) => void {
    const firstNull = board.nodes.kind().length;
    const connections = board.rows.connection();
    if (level === 'service') {
      const [bundleOf, bundles] = [board.rows.bundle(), board.bundles()];
      return (row, visit) => {
        const services = bundles[bundleOf[row] ?? 0] ?? [];
        if (services.length === 0) visit(firstNull + (connections[row] ?? 0), row);
        for (const service of services) visit(service, row);
      };
    }
    const codes = tree.codes(level);
    return (row, visit) => visit(codes[row] || firstNull + (connections[row] ?? 0), row);
  }

  function makeTally(where: Where, now: number): Tally {
    const rows = itemsOf(places.rowsIn(where.place, where.connections));
    const last = Math.max(0, ...board.connections().map(({ code }) => code));
    const size = board.nodes.kind().length + last + 1;
    const [subscriptions, seats, ending] = [new Uint32Array(size), new Float64Array(size), new Float64Array(size)];
    const [quantity, ends] = [board.rows.quantity(), board.rows.ends()];
    const groupsOf = grouping(where);
    const count = (group: number, row: number) => {
      subscriptions[group] = (subscriptions[group] ?? 0) + 1;
      seats[group] = (seats[group] ?? 0) + (quantity[row] || 0);
      if (endsSoon(ends[row] ?? Number.NaN, now)) ending[group] = (ending[group] ?? 0) + 1;
    };
    for (const row of rows) groupsOf(row, count);
    const empties = emptiesBelow(tree, where.place, where.connections);
    const groups: number[] = empties.filter((code) => tree.levelOf(code) === where.level);
    for (let group = 0; group < size; group += 1) if (subscriptions[group] !== 0) groups.push(group);
    return { rows, groups: Uint32Array.from(groups).sort(), empties, subscriptions, seats, ending };
  }

  const tallies = board.memoBy(talliesKept, (): { tally: Tally | null } => ({ tally: null }));
  function tallyOf({ level, place, connections }: Where, now: number): Tally {
    const slot = tallies(JSON.stringify([level, place, connections, Math.floor(now / 60_000)]));
    slot.tally ??= makeTally({ level, place, connections }, now);
    return slot.tally;
  }

  /** How many different nodes stand below the wanted groups; `indexOf` gives a group's index, or -1. */
  function countBelow(where: Where, tally: Tally, into: NodesBelow, indexOf: (group: number) => number): void {
    const add = addRows(board, tree, into);
    const visit = (group: number, row: number) => {
      const index = indexOf(group);
      if (index !== -1) add(index, row);
    };
    const groupsOf = grouping(where);
    for (const row of tally.rows) groupsOf(row, visit);
    const connections = board.nodes.connection();
    for (const code of tally.empties) {
      const connection = connections[code] ?? 0;
      const line = tree.impliedCode(where.level, connection) || tree.lineOf(code).slice(1);
      for (const group of typeof line === 'number' ? [line] : line) {
        const index = group === code ? -1 : indexOf(group);
        if (index !== -1) addEmpty(tree, into, index, code);
      }
    }
  }

  function belowFew(where: Where, tally: Tally, groups: readonly number[]): NodesBelow {
    const indexes = new Int16Array(tally.subscriptions.length).fill(-1);
    for (const [index, group] of groups.entries()) indexes[group] = index;
    const into = nodesBelow(board, groups.length);
    countBelow(where, tally, into, (group) => indexes[group] ?? -1);
    return into;
  }

  const manyKept = board.memoBy(2, (): { below: NodesBelow | null } => ({ below: null }));
  function belowMany(where: Where, tally: Tally): NodesBelow {
    const slot = manyKept(JSON.stringify([where.level, where.place, where.connections]));
    if (slot.below !== null) return slot.below;
    const counter = () => distinctInMany(tally.subscriptions.length);
    const into = { resellers: counter(), organizations: counter(), services: counter() };
    countBelow(where, tally, into, (group) => group);
    slot.below = into;
    return into;
  }

  function isMatch(where: Where, search: string): (group: number) => boolean {
    const folded = fold(search.trim());
    const found = database
      .statement('SELECT code FROM node WHERE kind = ? AND (instr(folded, ?) OR instr(lower(id), ?))')
      .all(kinds[where.level], folded, folded);
    const codes = new Set(found.map(({ code }) => integer(code)));
    return (group) => codes.has(group);
  }

  function connectionOf(group: number): number {
    const nodes = board.nodes.kind().length;
    return group >= nodes ? group - nodes : (board.nodes.connection()[group] ?? 0);
  }

  function sorted(query: LevelQuery, tally: Tally, groups: Uint32Array): Uint32Array {
    const { field, descending } = query.sort ?? { field: 'name', descending: false };
    const ranks = board.ranks('nodes');
    const names = (down: boolean) => byRank((group) => ranks[group] ?? 0, down);
    const order = new Map(board.connections().map(({ code }, index) => [code, index + 1]));
    const connections = byRank((group) => order.get(connectionOf(group)) ?? 0, field === 'connection' && descending);
    if (field === 'name') return sortRows(groups, [names(descending), connections]);
    if (field === 'connection') return sortRows(groups, [connections, names(false)]);
    if (field === 'subscriptions' || field === 'seats' || field === 'endingSoon') {
      const counted = field === 'endingSoon' ? tally.ending : tally[field];
      return sortRows(groups, [byNumber(Float64Array.from(counted), 1, descending), names(false), connections]);
    }
    const below = belowMany(query, tally)[field];
    const counts = new Float64Array(tally.subscriptions.length);
    for (const group of groups) counts[group] = below.countOf(group);
    return sortRows(groups, [byNumber(counts, 1, descending), names(false), connections]);
  }

  const lists = board.memoBy(listsKept, (): { groups: Uint32Array | null } => ({ groups: null }));
  function listOf(query: LevelQuery, tally: Tally, now: number): Uint32Array {
    const { level, place, connections, search, sort } = query;
    const slot = lists(JSON.stringify([level, place, connections, search, sort, Math.floor(now / 60_000)]));
    if (slot.groups === null) {
      const wanted =
        search === null || search.trim() === '' ? tally.groups : tally.groups.filter(isMatch(query, search));
      slot.groups = sorted(query, tally, wanted);
    }
    return slot.groups;
  }

  function nodeOf({ level }: Where, tally: Tally, below: NodesBelow, group: number, index: number): LevelNode[] {
    const connection = board.connection(connectionOf(group));
    if (connection === null) return [];
    const isNull = group >= board.nodes.kind().length;
    const node = isNull ? undefined : nodeByCode.get(group);
    if (node === undefined && !isNull) return [];
    return [
      {
        id: node === undefined ? null : text(node.id),
        name: (node === undefined ? '' : text(node.name)) as SafeText,
        connection: connection.name,
        vendor: connection.vendor,
        level,
        implied: connection.implied.includes(level),
        counts: {
          resellers: below.resellers.countOf(index),
          organizations: below.organizations.countOf(index),
          services: below.services.countOf(index),
          subscriptions: tally.subscriptions[group] ?? 0,
          seats: tally.seats[group] ?? 0,
          endingSoon: tally.ending[group] ?? 0,
        },
        readAt: connection.readAt,
      },
    ];
  }

  return {
    window(query, now) {
      const tally = tallyOf(query, now);
      const list = listOf(query, tally, now);
      const groups = [...list.subarray(Math.max(0, query.offset), Math.max(0, query.offset) + query.limit)];
      const few = groups.length <= fewGroups;
      const below = few ? belowFew(query, tally, groups) : belowMany(query, tally);
      const rows = groups.flatMap((group, index) => nodeOf(query, tally, below, group, few ? index : group));
      return { rows, offset: query.offset, total: list.length, counted: true };
    },
    positionOf(query, pin, now) {
      const tally = tallyOf(query, now);
      const connection = board.connections().find(({ name }) => name === pin.connection);
      if (connection === undefined) return null;
      const group = pin.id === null ? board.nodes.kind().length + connection.code : places.codeOf(pin);
      const position = group === null ? -1 : listOf(query, tally, now).indexOf(group);
      return position === -1 ? null : position;
    },
  };
}
