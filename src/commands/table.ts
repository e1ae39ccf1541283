import type { Command } from './command.ts';

/** Every command that has words, in the order in which help lists them. */
export const words: readonly Command[] = [];
