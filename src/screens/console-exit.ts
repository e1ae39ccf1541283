/** How the console ended: with an exit code, or for a command that prompts, after which it opens again. */
export interface ConsoleExit {
  readonly code: number;
  readonly words: readonly string[] | null;
}
