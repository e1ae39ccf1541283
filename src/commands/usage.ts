import type { Words } from './command.ts';

/** `subdeck subscription set-quantity REF N`. */
export function usageOf(id: string, { args }: Pick<Words, 'args'>): string {
  const words = args.map(({ name, optional, rest }) => {
    const shown = rest ? `${name} …` : name;
    return optional ? `[${shown}]` : shown;
  });
  return ['subdeck', id, ...words].join(' ');
}
