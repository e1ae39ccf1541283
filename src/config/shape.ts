import * as v from 'valibot';
import { csvSeparators } from '../model/csv-separator.ts';
import { usualGuard } from '../model/guard.ts';
import { refreshSettings } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';

const count = (message: string) =>
  v.pipe(
    v.number(message),
    v.check((value) => Number.isFinite(value) && value >= 0, message),
  );
/** Misspelt, a name here would quietly leave the default: unlike elsewhere, it is refused. */
const guard = v.strictObject(
  {
    factor: v.optional(
      v.pipe(v.number('must be a number, 1 or more'), v.minValue(1, 'must be a number, 1 or more')),
      usualGuard.factor,
    ),
    seats: v.optional(
      v.pipe(
        v.number('must be a whole number, 0 or more'),
        v.safeInteger('must be a whole number, 0 or more'),
        v.minValue(0, 'must be a whole number, 0 or more'),
      ),
      usualGuard.seats,
    ),
  },
  ({ expected }) =>
    expected === 'never' ? 'is not known: use factor and seats' : 'must be an object with factor and seats',
);
const yesNo = v.boolean('must be true or false');
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
      $schema: v.optional(v.string('must be text')),
      freshFor: v.optional(count('must be a number of seconds, 0 or more'), 300),
      refresh: v.optional(v.picklist(refreshSettings, 'must be "auto" or "off"'), 'auto'),
      readOnly: v.optional(yesNo, false),
      offline: v.optional(yesNo, false),
      armMinutes: v.optional(v.nullable(count('must be a number of minutes, or null')), null),
      guard: v.optional(guard, {}),
      keys: v.optional(
        v.record(
          v.string(),
          v.union([v.string(), v.array(v.string())], 'must be a key like "ctrl+p", or a list of keys'),
          'must be an object of commands and keys',
        ),
        {},
      ),
      theme: v.optional(
        v.looseObject(
          {
            contrast: v.optional(v.picklist(['normal', 'high'], 'must be "normal" or "high"'), 'normal'),
            marks: v.optional(v.picklist(['unicode', 'ascii'], 'must be "unicode" or "ascii"')),
            ambiguous: v.optional(v.picklist(['narrow', 'wide'], 'must be "narrow" or "wide"')),
            spinner: v.optional(yesNo, true),
            mouse: v.optional(yesNo, true),
            screenReader: v.optional(yesNo),
            background: v.optional(v.picklist(['dark', 'light'], 'must be "dark" or "light"')),
          },
          'must be an object',
        ),
        {},
      ),
      csv: v.optional(
        v.looseObject(
          { separator: v.optional(v.picklist(csvSeparators, 'must be ",", ";" or "\\t"')) },
          'must be an object',
        ),
        {},
      ),
      team: v.optional(
        v.strictObject({ url: v.string('must be text'), as: v.string('must be text') }, ({ expected }) =>
          expected === 'never' ? 'is not known: use url and as' : 'must be an object with url and as',
        ),
      ),
      connections: v.optional(
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
        {},
      ),
    },
    'must be an object in braces',
  );

export type SettingsFile = v.InferOutput<ReturnType<typeof fileShape>>;
