/** An emoji by itself, or what makes one of a sequence. */
const emojiMark = /[\p{Emoji_Presentation}\p{Regional_Indicator}]|\ufe0f|\u200d|\u20e3/u;

/**
 * Every sequence of emoji in one expression costs more than a frame: it is made at its first use, and only what has one of
 * their marks is tested with it.
 */
export const emojiAtFirstUse = {
  name: 'emoji-at-first-use',
  transform: {
    filter: { code: 'RGI_Emoji' },
    handler: (source) =>
      source.replace(
        /^const (\w+) = \/(\^\\p\{RGI_Emoji\}\$)\/v;$/m,
        (_, name, pattern) =>
          `let ${name}Made;\nconst ${name} = { test: (text) => ${emojiMark}.test(text) && (${name}Made ??= new RegExp(${JSON.stringify(pattern)}, "v")).test(text) };`,
      ),
  },
};
