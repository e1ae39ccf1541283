/** What makes an Intl object, by the method that its users call. */
const intlMethods = { Segmenter: 'segment', NumberFormat: 'format', ListFormat: 'format' };

/** The first Intl object of a kind costs a start several milliseconds, and most runs use none: each is made at its first use. */
export const intlAtFirstUse = {
  name: 'intl-at-first-use',
  transform: {
    filter: { code: /^const \w+ = new Intl\./m },
    handler: (source) =>
      source.replace(
        /^const (\w+) = new Intl\.(\w+)\(([^;]*)\);$/gm,
        (_, name, kind, options) =>
          `let ${name}Made;\nconst ${name} = { ${intlMethods[kind]}: (value) => (${name}Made ??= new Intl.${kind}(${options})).${intlMethods[kind]}(value) };`,
      ),
  },
};
