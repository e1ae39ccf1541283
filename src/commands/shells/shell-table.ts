/** Words that a shell offers. `@connection`, `@ref`, …: those of this installation; `@file`: the shell's own. */
export type Offers = readonly { readonly word: string; readonly help: string }[];

/** What the scripts for all shells are written from. */
export interface ShellTable {
  /** Every command and every beginning of one. */
  readonly commands: readonly string[];
  /** Flags that take a value: the next word is none of the arguments. */
  readonly valueFlags: readonly string[];
  /**
   * Offers by place: after a command or a beginning (`subscription`), its flags (`subscription show --`), a flag's value
   * (`subscription list --sort`), its first argument (`subscription show #1`), and its remaining ones (`sync #*`).
   */
  readonly lines: ReadonlyMap<string, Offers>;
}

/** Single quotes in the form that all three shells read. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** Alternatives of a `case` in bash and zsh, and of a `switch` in fish. */
export function patterns(words: readonly string[], separator: string): string {
  return words.map(quoted).join(separator);
}
