import type { CsvSeparator } from './csv-separator.ts';
import type { Guard } from './guard.ts';
import type { VendorId } from './vendor.ts';

/** The checked content of `settings.json`. */
export interface Settings {
  /** Seconds after which a list refreshes before it answers. */
  readonly freshFor: number;
  /** Whether the console refreshes by itself what is on screen and older than `freshFor`. */
  readonly refresh: RefreshSetting;
  readonly readOnly: boolean;
  readonly offline: boolean;
  /** Minutes that write mode stays armed per connection; null: always. */
  readonly armMinutes: number | null;
  /** A larger change of a quantity is confirmed by typing the new number. */
  readonly guard: Guard;
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  readonly theme: ThemeSettings;
  /** `separator` of what spreadsheets open; null: that of the locale. */
  readonly csv: { readonly separator: CsvSeparator | null };
  /** The store that the journal is shared in; null: this machine's own. */
  readonly team: TeamSettings | null;
  readonly connections: Readonly<Record<string, ConnectionSettings>>;
}

export interface TeamSettings {
  /** `postgres://user@host:port/database?sslmode=…` */
  readonly url: string;
  /** The member's name. */
  readonly as: string;
}

export const refreshSettings = ['auto', 'off'] as const;
export type RefreshSetting = (typeof refreshSettings)[number];

export interface ThemeSettings {
  readonly contrast: 'normal' | 'high';
  readonly marks: 'unicode' | 'ascii';
  /** How many cells the terminal gives characters whose width is ambiguous (`…`, `●`): one, or two; absent: one. */
  readonly ambiguous?: 'narrow' | 'wide';
  readonly spinner: boolean;
  readonly mouse: boolean;
  /** Plain lines for screen readers instead of the console. */
  readonly screenReader?: boolean;
  /** The terminal's background; absent: what the terminal reports. */
  readonly background?: 'dark' | 'light';
}

export interface ConnectionSettings {
  readonly vendor: VendorId;
  /** As declared by the vendor; values checked, defaults not filled in. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * One setting or secret that a vendor declares. The prompts of `connection add`, its checks, its help and the docs are
 * derived from it.
 */
export interface SettingDeclaration {
  readonly name: string;
  readonly help: string;
  readonly required: boolean;
  readonly secret: boolean;
  /** May refer to another setting in braces: `{baseUrl}/connect/token`. */
  readonly default?: string;
  readonly choices?: readonly string[];
  /** A whole number, ends included. */
  readonly range?: { readonly least: number; readonly most: number };
  /**
   * `id`: an id or domain that decides whose data is read; it is named where the vendor refuses the first page. `assumption`:
   * chooses another reading of what the vendor's documents leave open; nobody is asked for it.
   */
  readonly kind: 'text' | 'id' | 'url' | 'pem' | 'assumption';
  /**
   * Where the vendor shows the value or hands it out, a sentence, as its public documents say; `not documented`: they do not say;
   * null: nobody has to look it up.
   */
  readonly foundAt: string | null;
  /** Required only if another setting has this value. */
  readonly when?: { readonly setting: string; readonly is: string };
}

/** A connection's secrets, from the keychain or the environment. Never logged, never stored elsewhere. */
export type Secrets = Readonly<Record<string, string>>;
