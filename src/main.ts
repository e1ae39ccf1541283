import { keepCompiledCode } from './app/compile-cache.ts';

// Before anything large is imported. Commands are short and small: only the console gains from it.
if (process.argv.slice(2).every((word) => word.startsWith('-'))) keepCompiledCode();
await import('./app/run.ts');
