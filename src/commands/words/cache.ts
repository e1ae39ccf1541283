import { statSync } from 'node:fs';
import { dateWords } from '../../model/date-words.ts';
import type { Command } from '../command.ts';
import type { Context, ReadingContext } from '../context.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';

export const cacheCommands: readonly Command[] = [
  {
    id: 'cache info',
    summary: 'size and age of the cache',
    words: {
      effect: 'reads',
      output: object({
        path: 'text',
        bytes: 'number',
        connections: listOf(
          object({
            ...texts('name', 'vendor', 'readAt', 'missingSince'),
            rows: 'number',
            resumable: 'switch',
            missing: 'number',
            shortfall: 'number',
          }),
        ),
      }),
      kind: 'object',
      args: [],
      flags: [],
      run: async (context) => info(context),
    },
  },
  {
    id: 'cache purge',
    summary: 'empty the cache; the next list reads everything again',
    words: {
      effect: 'local',
      output: object({ purged: 'switch', path: 'text' }),
      kind: 'object',
      args: [],
      flags: [],
      run: async (context) => purge(context),
    },
  },
];

function info(context: Pick<ReadingContext, 'cache' | 'connections' | 'paths'>): Reply {
  const connections = context.connections.list.map(({ name, vendor }) => {
    const { readAt, rows, resumable, missing, shortfall } = context.cache.freshness(name);
    const lost = { missing: missing?.rows ?? 0, missingSince: missing?.since ?? null, shortfall };
    return { name, vendor, rows, readAt, resumable, ...lost };
  });
  const path = context.paths.cache;
  const bytes = ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return {
    kind: 'object',
    json: { path, bytes, connections },
    sections: [
      {
        title: null,
        fields: [
          { label: 'File', value: path },
          { label: 'Size', value: `${(bytes / 1e6).toFixed(1)} MB` },
        ],
      },
      {
        title: 'Connections',
        fields: connections.map(({ name, rows, readAt, resumable, missing, missingSince, shortfall }) => ({
          label: name,
          value: [
            `${rows} subscriptions`,
            readAt ? `read ${dateWords(readAt)}` : 'never read completely',
            ...(resumable ? ['a sync was interrupted'] : []),
            ...(missing > 0
              ? [`${missing} missing${missingSince === null ? '' : ` since ${dateWords(missingSince)}`}`]
              : []),
            ...(shortfall > 0 ? [`the vendor reports ${shortfall} more than it sends`] : []),
          ].join(', '),
        })),
        empty: 'No connections.',
      },
    ],
    ...wellEnded,
  };
}

function purge(context: Pick<Context, 'cache' | 'paths'>): Reply {
  context.cache.purge();
  return {
    kind: 'object',
    json: { purged: true, path: context.paths.cache },
    sections: [{ title: null, fields: [{ label: 'Purged', value: context.paths.cache }] }],
    ...wellEnded,
  };
}
