import type { Plugin } from 'rolldown';

/** Modules that the bundle has something smaller for, since Subdeck never uses what they do. */
const replaced: ReadonlyMap<string, string> = new Map([
  // Ink imports React's developer tools where they are installed; nobody has them beside the bundle.
  ['react-devtools-core', 'export default {};'],
  // The validator of forms that a server lets its client fill in, a quarter of a megabyte: `subdeck mcp` asks its client nothing.
  [
    '@modelcontextprotocol/server/_shims',
    `export { default as process } from 'node:process';
    export class DefaultJsonSchemaValidator {
      getValidator() {
        throw new Error('Subdeck has no validator of forms.');
      }
    }`,
  ],
]);

export const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (source) => (replaced.has(source) ? `\0${source}` : null),
  load: (id) => replaced.get(id.slice(1)) ?? null,
};
