/** What turns screen-reader mode on, in order of precedence; null: nothing. */
export function turnedOnBy(asked: {
  readonly flag: boolean;
  readonly environment: boolean;
  readonly setting: boolean;
  /** `TERM`: a dumb terminal shows lines only. */
  readonly terminal: string | undefined;
}): string | null {
  if (asked.flag) return 'the flag --screen-reader';
  if (asked.environment) return 'SUBDECK_SCREEN_READER in the environment';
  if (asked.setting) return 'theme.screenReader in the settings';
  return asked.terminal === 'dumb' ? 'TERM=dumb: such a terminal shows lines only' : null;
}
