import * as v from 'valibot';
import { csvSeparators } from '../model/csv-separator.ts';
import { usualGuard } from '../model/guard.ts';
import { refreshSettings } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';

/** A number from 0. `means` is the setting's line in help, docs and the JSON schema. */
const count = (means: string, message: string) =>
  v.pipe(v.number(message), v.finite(message), v.minValue(0, message), v.description(means));
const yesNo = (means: string) => v.pipe(v.boolean('must be true or false'), v.description(means));
const factor = 'must be a number, 1 or more';
const seats = 'must be a whole number, 0 or more';
/** Misspelt, a name here would quietly leave the default: unlike elsewhere, it is refused. */
const guard = v.strictObject(
  {
    factor: v.optional(
      v.pipe(
        v.number(factor),
        v.minValue(1, factor),
        v.description('The larger number is more than this times the other.'),
      ),
      usualGuard.factor,
    ),
    seats: v.optional(
      v.pipe(
        v.number(seats),
        v.safeInteger(seats),
        v.minValue(0, seats),
        v.description('And they differ by at least this.'),
      ),
      usualGuard.seats,
    ),
  },
  ({ expected }) =>
    expected === 'never' ? 'is not known: use factor and seats' : 'must be an object with factor and seats',
);
/** A setting of a connection: text, or a whole number, which is taken as its digits. */
const setting = v.union(
  [
    v.string(),
    v.pipe(
      v.number(),
      v.safeInteger(),
      v.transform((value) => String(value)),
    ),
  ],
  'must be text in double quotes, or a whole number',
);

/** The schema of `settings.json`, with connections to these vendors. Unknown keys are kept. */
export const fileShape = (vendorIds: readonly VendorId[]) =>
  v.looseObject(
    {
      $schema: v.optional(
        v.pipe(
          v.string('must be text'),
          v.description('The JSON schema of this file, for editors that complete and check it.'),
        ),
      ),
      freshFor: v.optional(
        count(
          'Age in seconds after which a list is read again before it is shown.',
          'must be a number of seconds, 0 or more',
        ),
        300,
      ),
      refresh: v.optional(
        v.pipe(
          v.picklist(refreshSettings, 'must be "auto" or "off"'),
          v.description('Whether the console refreshes by itself what is on screen and older than `freshFor`.'),
        ),
        'auto',
      ),
      readOnly: v.optional(yesNo('Refuse every write.'), false),
      offline: v.optional(yesNo('Use the cache only; make no network calls.'), false),
      armMinutes: v.optional(
        v.nullable(
          count(
            'Minutes that write mode stays armed in the console; null: always.',
            'must be a number of minutes, or null',
          ),
        ),
        null,
      ),
      guard: v.optional(
        v.pipe(
          guard,
          v.description('A change of a quantity that is this large is confirmed by typing the new number.'),
        ),
        {},
      ),
      keys: v.optional(
        v.pipe(
          v.record(
            v.string(),
            v.union([v.string(), v.array(v.string())], 'must be a key like "ctrl+p", or a list of keys'),
            'must be an object of commands and keys',
          ),
          v.description('Your own keys for commands of the console, by the names that `subdeck help keys` lists.'),
        ),
        {},
      ),
      theme: v.optional(
        v.pipe(
          v.looseObject(
            {
              contrast: v.optional(
                v.pipe(
                  v.picklist(['normal', 'high'], 'must be "normal" or "high"'),
                  v.description('Contrast of the colors.'),
                ),
                'normal',
              ),
              marks: v.optional(
                v.pipe(
                  v.picklist(['unicode', 'ascii'], 'must be "unicode" or "ascii"'),
                  v.description('Marks and borders. Default: what the locale can display.'),
                ),
              ),
              ambiguous: v.optional(
                v.pipe(
                  v.picklist(['narrow', 'wide'], 'must be "narrow" or "wide"'),
                  v.description(
                    'Wide: the terminal draws characters such as … ● ▌ → two cells wide. Marks and borders are ASCII then. Default: narrow.',
                  ),
                ),
              ),
              spinner: v.optional(yesNo('Show that something is going on by a moving mark.'), true),
              mouse: v.optional(yesNo('Use the mouse in the console. False: leave it to the terminal.'), true),
              screenReader: v.optional(
                yesNo('Plain lines for screen readers in place of the console. Default: false.'),
              ),
              background: v.optional(
                v.pipe(
                  v.picklist(['dark', 'light'], 'must be "dark" or "light"'),
                  v.description("The terminal's background. Default: what the terminal reports."),
                ),
              ),
            },
            'must be an object',
          ),
          v.description('How the console looks.'),
        ),
        {},
      ),
      csv: v.optional(
        v.pipe(
          v.looseObject(
            {
              separator: v.optional(
                v.pipe(
                  v.picklist(csvSeparators, 'must be ",", ";" or "\\t"'),
                  v.description("Separator of `--excel` and of the console's export. Default: that of the locale."),
                ),
              ),
            },
            'must be an object',
          ),
          v.description('Tables for spreadsheets.'),
        ),
        {},
      ),
      team: v.optional(
        v.pipe(
          v.strictObject(
            {
              url: v.pipe(
                v.string('must be text'),
                v.description('postgres://user@host:port/database?sslmode=…, without a password.'),
              ),
              as: v.pipe(v.string('must be text'), v.description("The member's name.")),
            },
            ({ expected }) =>
              expected === 'never' ? 'is not known: use url and as' : 'must be an object with url and as',
          ),
          v.description("The team's store; `subdeck team join` sets it."),
        ),
      ),
      connections: v.optional(
        v.pipe(
          v.record(
            v.string(),
            v.looseObject(
              {
                vendor: v.picklist(vendorIds, `must be one of ${vendorIds.join(', ')}`),
                settings: v.optional(v.record(v.string(), setting, 'must be an object of names and texts'), {}),
              },
              'must be an object with "vendor" and "settings"',
            ),
            'must be an object of names and connections',
          ),
          v.description('The connections by their names, without secrets; `subdeck connection add` adds one.'),
        ),
        {},
      ),
    },
    'must be an object in braces',
  );

export type SettingsFile = v.InferOutput<ReturnType<typeof fileShape>>;
