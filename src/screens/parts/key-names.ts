const names: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
};

/** A key's display name: `Enter`, `Ctrl-P`, `G`. */
export function keyName(key: string): string {
  const known = names[key];
  if (known !== undefined) return known;
  const control = /^ctrl\+(.+)$/.exec(key)?.[1];
  return control === undefined ? key : `Ctrl-${control.toUpperCase()}`;
}
