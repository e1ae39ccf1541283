import type { Command } from '../command.ts';
import type { VendorAbilities } from '../context.ts';
import type { VendorKind } from '../setup.ts';

/**
 * A topic of `subdeck help`, which is a page of docs/reference and a part of the man page too: one text, written once. In
 * all texts `code` stands in backticks, which only Markdown keeps; `[words](json.md)` is a link to another topic, `[words](../syncing.md)` to another page.
 */
export interface Topic {
  /** `subdeck help WORD`, and the name of the page. */
  readonly word: string;
  readonly title: string;
  /** One line for the overview. */
  readonly summary: string;
  /** The man page has it whole, or names it alone, since it is long or stands there anyway. */
  readonly inManual: 'whole' | 'named';
  parts(about: Described): readonly Part[] | Promise<readonly Part[]>;
}

/** What the topics are derived from, beside their own declarations. */
export interface Described {
  readonly commands: readonly Command[];
  readonly vendors: readonly VendorKind[];
  /** What each kind of connection can do; it loads every vendor. */
  abilities(): Promise<readonly VendorAbilities[]>;
}

export interface Part {
  /** Absent: it stands below the title of the topic. */
  readonly title?: string;
  /** `sub`: below the last part without it. */
  readonly level?: 'sub';
  readonly paragraphs?: readonly string[];
  /** Lines to type or to put into a file, as they are. */
  readonly example?: readonly string[];
  readonly table?: TopicTable;
}

export interface TopicTable {
  readonly heads: readonly string[];
  /** As many cells as heads; a cell may have several lines. The last one is the longest; a row of more than three cells, or with a long second one, stands as lines. */
  readonly rows: readonly (readonly string[])[];
}
