/** How a console was left: with an exit code, or for words that ask questions, after which it opens again. */
export interface ConsoleExit {
  readonly code: number;
  readonly words: readonly string[] | null;
}
