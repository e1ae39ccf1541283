// `npm start`: builds if a source is newer than the bundle, then runs the program in this process.
import { join } from 'node:path';
import { buildIfStale, demandInstalled } from './built.js';

const root = join(import.meta.dirname, '..');

demandInstalled(root, 'npm start');
buildIfStale(root);
await import('../bin/subdeck.js');
