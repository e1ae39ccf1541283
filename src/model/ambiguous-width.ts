let isWide = false;

/**
 * Terminals differ in characters whose width Unicode calls ambiguous (`…`, `●`, Greek and Cyrillic letters): one cell, or two.
 * A terminal has one answer, which all parts of the program share: the setting `theme.ambiguous`, set when the settings are read.
 */
export function setAmbiguousWidth(width: 'narrow' | 'wide'): void {
  isWide = width === 'wide';
}

/** Whether the terminal draws them two cells wide. */
export function isAmbiguousWide(): boolean {
  return isWide;
}
