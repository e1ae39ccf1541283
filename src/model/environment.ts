/** A variable of the environment: what it does, as a sentence. `code` stands in backticks. */
interface Variable {
  readonly group: VariableGroup;
  readonly does: string;
  /** Read in small letters too, which win. */
  readonly orSmall?: true;
  /** Who reads it, where Subdeck's own code does not. */
  readonly readBy?: string;
}

export type VariableGroup = 'own' | 'places' | 'network' | 'team' | 'terminal' | 'programs' | 'refused';

/** Every variable that is read, in the order of help and docs. What is not declared here cannot be read: see `Environment`. */
export const variables = {
  SUBDECK_HOME: {
    group: 'own',
    does: "One directory for settings, cache, journal and logs, in place of the platform's own. Its keychain entries are its own too.",
  },
  SUBDECK_OFFLINE: {
    group: 'own',
    does: 'Works from the cache alone, with no network calls. On unless it is empty, `0` or `false`; the same as `--offline`.',
  },
  SUBDECK_READ_ONLY: {
    group: 'own',
    does: 'Refuses every write before anything is sent. On unless it is empty, `0` or `false`; the same as `--read-only`.',
  },
  SUBDECK_SCREEN_READER: {
    group: 'own',
    does: 'Gives plain lines in place of the console, for screen readers. On unless it is empty, `0` or `false`.',
  },
  'SUBDECK_SECRETS_<NAME>': {
    group: 'own',
    does: 'The secrets of the connection NAME (in capitals; what is no letter and no digit is `_`), as one JSON object such as `{"clientSecret": "…"}`. It wins over the keychain.',
  },
  SUBDECK_TEAM_PASSWORD: {
    group: 'own',
    does: "The password of the team's store. It wins over `PGPASSFILE` and the keychain.",
  },
  HOME: {
    group: 'places',
    does: 'The home directory, which the usual places of all files are in.',
    readBy: 'Node',
  },
  XDG_CONFIG_HOME: { group: 'places', does: 'On Linux: the parent directory of the settings (`~/.config`).' },
  XDG_CACHE_HOME: { group: 'places', does: 'On Linux: the parent directory of the cache (`~/.cache`).' },
  XDG_STATE_HOME: { group: 'places', does: 'On Linux: the parent directory of journal and logs (`~/.local/state`).' },
  APPDATA: { group: 'places', does: 'On Windows: the parent directory of the settings.' },
  LOCALAPPDATA: { group: 'places', does: 'On Windows: the parent directory of cache, journal and logs.' },
  HTTPS_PROXY: {
    group: 'network',
    does: 'The HTTP proxy for calls to vendors, such as `http://proxy.example:3128`. A value that Subdeck cannot use stops all calls.',
    orSmall: true,
  },
  NO_PROXY: {
    group: 'network',
    does: 'Hosts and domains that are called without the proxy, with commas between them.',
    orSmall: true,
  },
  NODE_EXTRA_CA_CERTS: {
    group: 'network',
    does: 'A file with more certificate authorities to trust, in PEM. `doctor` says whether it is set.',
  },
  PGPASSFILE: {
    group: 'team',
    does: "A file with the password of the team's store, in the format of libpq, that only its owner can read.",
  },
  NO_COLOR: { group: 'terminal', does: 'No colors, unless it is empty; the same as `--no-color`.' },
  FORCE_COLOR: { group: 'terminal', does: 'How many colors the console uses: 0 to 3.', readBy: 'chalk' },
  COLORTERM: { group: 'terminal', does: 'Whether the terminal has all colors (`truecolor`).', readBy: 'chalk' },
  TERM: {
    group: 'terminal',
    does: 'The kind of terminal. `dumb` gives plain lines in place of the console.',
  },
  COLORFGBG: {
    group: 'terminal',
    does: 'The colors of the terminal, which say whether its background is light, until the terminal itself answers.',
  },
  TMUX: { group: 'terminal', does: 'Set inside tmux, whose clipboard and notifications are then used.' },
  STY: { group: 'terminal', does: 'Set inside GNU screen, through which the clipboard is then reached.' },
  LC_ALL: {
    group: 'terminal',
    does: 'The locale. One without UTF-8 gives ASCII marks and borders; its decimal sign decides the separator of `--excel`.',
  },
  LC_CTYPE: { group: 'terminal', does: 'The same for characters alone, where `LC_ALL` is not set.' },
  LANG: { group: 'terminal', does: 'The same, where neither is set.' },
  PAGER: {
    group: 'programs',
    does: 'The command that shows a text that is longer than the terminal, such as help.',
  },
  LESS: { group: 'programs', does: 'The options of `less` (`FRX` unless set).', readBy: 'less' },
  BROWSER: {
    group: 'programs',
    does: "The commands that open a vendor's portal, with colons between them; `none` opens nothing.",
  },
  DISPLAY: { group: 'programs', does: 'Set where there is a display, for clipboard and browser.' },
  WAYLAND_DISPLAY: { group: 'programs', does: 'The same for Wayland.' },
  SSH_CONNECTION: {
    group: 'programs',
    does: "Set over ssh, where the terminal's clipboard is used and no browser is opened.",
  },
  SSH_TTY: { group: 'programs', does: 'The same.' },
  WSL_DISTRO_NAME: { group: 'programs', does: "Set in Windows' Linux, where the clipboard of Windows is used." },
  PATH: { group: 'programs', does: 'Where clipboard programs, pager and browser are looked for.' },
  NODE_DEBUG: { group: 'refused', does: 'Node would print requests with their tokens.' },
  NODE_DEBUG_NATIVE: { group: 'refused', does: 'The same.' },
  'PG…': {
    group: 'refused',
    does: "With a team's store, a variable of libpq that would change how it is reached, such as `PGOPTIONS`.",
  },
} as const satisfies Readonly<Record<string, Variable>>;

type Declared = keyof typeof variables;
type Readable = Declared | Lowercase<'HTTPS_PROXY' | 'NO_PROXY'>;

/** The environment as code reads it: a variable that is not declared does not compile. */
export type Environment = Readonly<Partial<Record<Readable, string>>>;

export const teamPasswordVariable = 'SUBDECK_TEAM_PASSWORD' satisfies Declared;
export const secretsVariablePrefix = 'SUBDECK_SECRETS_';

export function variablesOf(group: VariableGroup): readonly (readonly [string, Variable])[] {
  return Object.entries<Variable>(variables).filter(([, variable]) => variable.group === group);
}
