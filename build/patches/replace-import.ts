import type { Plugin } from 'rolldown';

/**
 * A patch that replaces what some modules import with a module of ours. It fails the build where nothing imports the
 * original any more, so that no patch stops working in silence.
 */
export function replaceImport(patch: {
  readonly name: string;
  /** Paths of the modules whose import is replaced. */
  readonly importers: RegExp;
  readonly original: string;
  /** Path of our module. */
  readonly replacement: string;
}): Plugin {
  const { name, importers, original, replacement } = patch;
  let isApplied = false;
  return {
    name,
    buildStart() {
      isApplied = false;
    },
    resolveId(source, importer = '') {
      if (source !== original || !importers.test(importer)) return null;
      isApplied = true;
      return replacement;
    },
    buildEnd(error) {
      if (!error && !isApplied) throw new Error(`The patch ${name} was not applied: nothing imports ${original}.`);
    },
  };
}
