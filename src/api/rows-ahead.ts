/** Rows that are read before somebody asks for them. */
export interface RowsAhead<Row> {
  /** Once. Throws what the source threw, behind the rows before it. */
  rows(): AsyncGenerator<Row, void, undefined>;
  /** Nobody wants the rest. */
  stop(): void;
}

/** Reads on until `most` rows wait. */
export function rowsAhead<Row>(source: AsyncIterable<Row>, most: number): RowsAhead<Row> {
  const waiting: Row[] = [];
  let isStopped = false;
  let end: { readonly error: unknown } | 'whole' | null = null;
  let room = Promise.withResolvers<void>();
  let news = Promise.withResolvers<void>();

  async function read(): Promise<void> {
    try {
      for await (const row of source) {
        if (isStopped) return;
        waiting.push(row);
        news.resolve();
        while (waiting.length >= most && !isStopped) await room.promise;
      }
      end = 'whole';
    } catch (error) {
      end = { error };
    } finally {
      news.resolve();
    }
  }

  void read();
  return {
    async *rows() {
      for (;;) {
        const taken = waiting.splice(0);
        room.resolve();
        room = Promise.withResolvers();
        yield* taken;
        if (waiting.length > 0) continue;
        if (end === 'whole' || isStopped) return;
        if (end !== null) throw end.error;
        await news.promise;
        news = Promise.withResolvers();
      }
    },
    stop() {
      isStopped = true;
      room.resolve();
    },
  };
}
