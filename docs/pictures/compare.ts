/** What else differs in a picture each time it is taken: `replaceAll(pattern, as)` makes it the same. */
export interface Unsettled {
  readonly pattern: RegExp;
  readonly as: string;
}

/** In the palette, below the first: which of many equal matches are found, and how many, depends on which vendor answers first. */
export const equalMatches: Unsettled = {
  pattern: /│ <[^>]*> (?!▌)(?:[^│]*\b(?:subscription|organization|service) [^│]*|↓ [^│]* more [^│]*)?│ <[^>]*>$/g,
  as: '│ #',
};

/** Of Today: an item passes from later into this week within the minutes that taking the pictures needs. */
export const horizons: Unsettled = { pattern: /\d+ this week · \d+ later/g, as: '# this week · # later' };

/** Of Today: how wide its times are decides where a name is cut. */
export const cutNames: Unsettled = { pattern: /> [^<>]+(<[^>]*> … )/g, as: '> #$1' };

/** Clock times, durations and ages. Days are compared: the pictures are taken on a fixed one. */
const times: readonly Unsettled[] = [
  // Of Today, in the status line: it follows some time after a change, and its colour says whether there is any.
  { pattern: /\d+ now \(T\)(?: <[^>]*>)?/g, as: '# now (T)' },
  { pattern: /\b\d+:\d\d(?::\d\d)?\b/g, as: '#' },
  { pattern: /\b(?:\d+(?:\.\d+)? ?(?:ms|s|min|h) ?)+\b/g, as: '#' },
];

/** What a picture shows: a line for each row of each of its frames, with its colours, without what differs each time. */
export function shownIn(picture: string, unsettled: readonly Unsettled[] = []): readonly string[] {
  const named = new Map([...picture.matchAll(/<g id="(r\d+)">(.*?)<\/g>/gs)].map(([, id = '', row = '']) => [id, row]));
  const frames = [...picture.matchAll(/<g class="f f\d+">(.*?)<\/g>/gs)].map(([, uses = '']) =>
    [...uses.matchAll(/href="#(r\d+)"/g)].map(([, id = '']) => named.get(id) ?? '').join(''),
  );
  const [head = ''] = /^<svg[^>]*>(?:<title>.*?<\/title>)?(?:<style>.*?<\/style>)?/s.exec(picture) ?? [];
  const settled = (text: string) =>
    [...unsettled, ...times].reduce((rest, { pattern, as }) => rest.replaceAll(pattern, as), text);
  const whole = frames.length > 0 ? frames : [picture];
  return [head, ...whole.flatMap((frame, at) => rowsOf(frame).map((row) => `frame ${at}, ${settled(row)}`))];
}

/** The lines that only one of two pictures has; empty: they show the same. */
export function differences(old: string, now: string, unsettled: readonly Unsettled[] = []): readonly string[] {
  const [before, after] = [shownIn(old, unsettled), shownIn(now, unsettled)];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

const cellHeight = 18;

/** `row 3: text <its look> …`. Where in its row something stands depends on the widths of times, so that is left out. */
function rowsOf(frame: string): readonly string[] {
  const rows = new Map<number, string[]>();
  for (const [, tag, attributes = '', text = ''] of frame.matchAll(/<(text|rect) ([^>]*?)(?:\/>|>(.*?)<\/text>)/gs)) {
    const y = Number(/(?:^| )y="([\d.]+)"/.exec(attributes)?.[1]);
    if (Number.isNaN(y)) continue;
    const row = Math.floor(y / cellHeight);
    const look = attributes.replaceAll(/ ?(?:x|y|width|height|textLength|lengthAdjust)="[^"]*"/g, '').trim();
    rows.set(row, [...(rows.get(row) ?? []), `${tag === 'rect' ? '█' : text} <${look.replace('fill=', '')}>`]);
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([row, runs]) => `row ${row}: ${runs.join(' ').replaceAll(/\s+/g, ' ')}`);
}
