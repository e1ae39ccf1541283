import type { Command } from '../command.ts';
import type { VendorKind } from '../setup.ts';

/**
 * A topic of `subdeck help`, which is a page of docs/reference and a part of the man page too: one text, written once. In
 * all texts `code` stands in backticks, which only Markdown keeps.
 */
export interface Topic {
  /** `subdeck help WORD`, and the name of the page. */
  readonly word: string;
  readonly title: string;
  /** One line for the overview. */
  readonly summary: string;
  parts(about: Described): readonly Part[];
}

/** What the topics are derived from, beside their own declarations. */
export interface Described {
  readonly commands: readonly Command[];
  readonly vendors: readonly VendorKind[];
}

export interface Part {
  /** Absent: it stands below the title of the topic. */
  readonly title?: string;
  readonly paragraphs?: readonly string[];
  /** Lines to type or to put into a file, as they are. */
  readonly example?: readonly string[];
  readonly table?: TopicTable;
}

export interface TopicTable {
  readonly heads: readonly string[];
  /** As many cells as heads. The last one is the longest. */
  readonly rows: readonly (readonly string[])[];
}
