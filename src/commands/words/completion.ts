import { fault } from '../../model/fault.ts';
import type { Command } from '../command.ts';
import { completionScript, shells } from '../completion-script.ts';
import { argument } from '../given-values.ts';
import { wellEnded } from '../reply-ending.ts';

/** `subdeck completion bash|zsh|fish`, written from the table. */
export function completionCommand(commands: () => readonly Command[]): Command {
  return {
    id: 'completion',
    summary: 'a completion script for a shell',
    words: {
      kind: 'text',
      args: [{ name: 'SHELL', help: shells.join(', ') }],
      flags: [],
      examples: ['completion bash > ~/.local/share/bash-completion/completions/subdeck'],
      run: async (_context, input) => {
        const wanted = argument(input, 'SHELL');
        const shell = shells.find((one) => one === wanted);
        if (!shell)
          throw fault('usage', `There is no completion for "${wanted}".`, `Choose one of ${shells.join(', ')}.`);
        const text = completionScript(shell, commands());
        return { kind: 'text', text, json: { shell, script: text }, ...wellEnded };
      },
    },
  };
}
