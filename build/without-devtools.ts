import type { Plugin } from 'rolldown';

const devtools = 'react-devtools-core';

/** Ink imports React's developer tools where they are installed; nobody has them beside the bundle. */
export const withoutDevtools: Plugin = {
  name: 'without-devtools',
  resolveId: (source) => (source === devtools ? `\0${devtools}` : null),
  load: (id) => (id === `\0${devtools}` ? 'export default {};' : null),
};
