import type { JournalFile } from './journal-file.ts';

const beatEvery = 10_000;

/** The writes that this process is sending: while there is one, it says again and again that it lives. */
export interface SendingWrites {
  begin(id: string): void;
  end(id: string): void;
  stop(): void;
}

export function sendingWrites({ writing, heartbeats }: JournalFile): SendingWrites {
  const ids = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  function beat(): void {
    try {
      writing(heartbeats.beat);
    } catch {
      // A journal that takes no beat takes no step either, and says so then.
    }
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  return {
    begin(id) {
      ids.add(id);
      timer ??= setInterval(beat, beatEvery).unref();
    },
    end(id) {
      ids.delete(id);
      if (ids.size === 0) stop();
    },
    stop,
  };
}
