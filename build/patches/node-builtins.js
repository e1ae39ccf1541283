import { isBuiltin } from 'node:module';

/**
 * Whoever imports a part of Node as a module gets each of its exports read, those among them that Node only loads when they
 * are read: with http all that fetches from the network, as long as everything else that a command needs. Here a part is
 * taken as it is, and of its exports those that somebody names.
 */
export const builtinsAsNamed = {
  name: 'builtins-as-named',
  resolveId(source, _, { kind }) {
    if (!isBuiltin(source) || kind !== 'import-statement') return null;
    return `\0node:${source.replace(/^node:/, '')}`;
  },
  load(id) {
    if (!id.startsWith('\0node:')) return null;
    const name = id.slice(1);
    const names = Object.keys(process.getBuiltinModule(name)).filter((key) => /^[A-Za-z]\w*$/.test(key));
    return [
      `const $node = process.getBuiltinModule('${name}');`,
      'const $named = (name) => $node[name];',
      'export default $node;',
      ...names.map((key) => `export const ${key} = /* @__PURE__ */ $named('${key}');`),
    ].join('\n');
  },
};
