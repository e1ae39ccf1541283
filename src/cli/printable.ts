export { printable, printableLines } from '../model/printable.ts';
export { safeJson } from '../model/safe-json.ts';
