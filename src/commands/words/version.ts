import type { Command } from '../command.ts';
import { object, texts } from '../output-shape.ts';
import { wellEnded } from '../reply-ending.ts';

export const versionCommand: Command = {
  id: 'version',
  summary: 'the version, the commit it was built from, and Node',
  words: {
    effect: 'person',
    output: object(texts('version', 'commit', 'node')),
    kind: 'text',
    args: [],
    flags: [],
    run: async ({ surroundings: { version, commit } }) => {
      const node = process.versions.node;
      const built = commit === null ? 'no commit recorded' : `commit ${commit}`;
      const text = `Subdeck ${version} (${built}, Node ${node})\n`;
      return { kind: 'text', isData: true, text, json: { version, commit, node }, ...wellEnded };
    },
  },
};
