import { fieldsAs } from '../model/field-names.ts';
import type { Term } from '../model/filter.ts';
import { fold } from '../model/filter-fold.ts';
import type { Database } from '../store/database.ts';
import { kinds, type NodeKind } from '../store/node-kinds.ts';
import { eachNumber } from '../store/sql-values.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';

/** A text condition; a substring is already folded. */
export type TextTest = { readonly kind: 'contains' | 'equals'; readonly text: string };

export function textTest(term: Extract<Term, { readonly kind: 'contains' | 'equals' }>): TextTest {
  return { kind: term.kind, text: term.kind === 'contains' ? fold(term.text) : term.text };
}

/** The codes of a column that match a text condition: a table with 1 at each such code. Code 0, null, never matches. */
export interface MatchingCodes {
  /** Of a closed list. */
  words(all: readonly string[], test: TextTest, negated: boolean): Uint8Array;
  /** A bit of the column `flags` as the text `true` or `false`. */
  switches(bit: number, test: TextTest, negated: boolean): Uint8Array;
  connections(of: 'name' | 'vendor', test: TextTest, negated: boolean): Uint8Array;
  nodes(kind: NodeKind, test: TextTest, negated: boolean): Uint8Array;
  /** Any service of the bundle matches; negated: none does. */
  bundles(test: TextTest, negated: boolean): Uint8Array;
}

export function matchingCodesOn(database: Database, snapshot: ColumnSnapshot): MatchingCodes {
  // The plus sign keeps SQLite from looking up nodes one by one in an index: a scan is faster.
  const containing = database.statement(
    "SELECT group_concat(code, ' ') AS codes FROM node WHERE +kind = ? AND instr(folded, ?)",
  );
  const equal = database.statement(
    "SELECT group_concat(code, ' ') AS codes FROM node WHERE +kind = ? AND (name = ? OR id = ?)",
  );
  /** Texts without a connection are under 0, and few. */
  const sharedContaining = database.statement(
    "SELECT group_concat(code, ' ') AS codes FROM node WHERE connection = 0 AND kind = ? AND instr(folded, ?)",
  );
  const shared: readonly NodeKind[] = [...fieldsAs('shared'), ...fieldsAs('currency')].map(({ property }) => property);

  function ofTexts(texts: readonly string[], test: TextTest, negated: boolean): Uint8Array {
    const codes = new Uint8Array(256);
    for (const [index, text] of texts.entries()) codes[index + 1] = passes(text, test) !== negated ? 1 : 0;
    return codes;
  }

  function nodes(kind: NodeKind, { kind: how, text }: TextTest, negated: boolean): Uint8Array {
    const nodeKinds = snapshot.nodes.kind();
    const codes = new Uint8Array(nodeKinds.length);
    if (negated)
      for (let code = 1; code < codes.length; code += 1) codes[code] = nodeKinds[code] === kinds[kind] ? 1 : 0;
    const search = shared.includes(kind) ? sharedContaining : containing;
    const found = how === 'contains' ? search.get(kinds[kind], text) : equal.get(kinds[kind], text, text);
    eachNumber(found?.codes, (code) => {
      codes[code] = negated ? 0 : 1;
    });
    return codes;
  }

  return {
    nodes,
    words: ofTexts,
    switches: (bit, test, negated) =>
      Uint8Array.from({ length: 256 }, (_, flags) => (passes(String((flags & bit) !== 0), test) !== negated ? 1 : 0)),
    connections(of, test, negated) {
      const codes = new Uint8Array(2 ** 16);
      for (const connection of snapshot.connections()) {
        codes[connection.code] = passes(connection[of], test) !== negated ? 1 : 0;
      }
      return codes;
    },
    bundles(test, negated) {
      const services = nodes('service', test, false);
      const bundles = snapshot.bundles();
      const codes = new Uint8Array(bundles.length);
      bundles.forEach((codesOfBundle, bundle) => {
        const any = codesOfBundle.some((code) => services[code] === 1);
        codes[bundle] = codesOfBundle.length > 0 && any !== negated ? 1 : 0;
      });
      return codes;
    },
  };
}

function passes(text: string, test: TextTest): boolean {
  return test.kind === 'equals' ? text === test.text : fold(text).includes(test.text);
}
