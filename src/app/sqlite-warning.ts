/** Keeps the first versions of Node 24 from telling the user that `node:sqlite` is experimental. Every other warning is shown. */
export function hideSqliteWarning(): void {
  const emit = process.emitWarning as (...given: unknown[]) => void;
  process.emitWarning = (...given: unknown[]) => {
    if (given[1] === 'ExperimentalWarning' && String(given[0]).startsWith('SQLite')) return;
    emit.apply(process, given);
  };
}
