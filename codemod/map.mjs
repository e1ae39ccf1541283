/**
 * Old path → new path, in stages: each is one commit. In a stage the first rule that fits wins: a whole path, or a folder
 * (`src/wishes/` → `src/writes/`), which also takes files that are new since this was written.
 */
const under = (from, to, names) => Object.entries(names).map(([a, b]) => [`${from}/${a}`, b.startsWith('src/') || b.startsWith('test/') ? b : `${to}/${b}`]);
const ts = (o) => Object.fromEntries(Object.entries(o).map(([a, b]) => [`${a}.ts`, `${b}.ts`]));

/** Small files that always travel together, joined after the moves: [from, to] */
export const joins = [
  ['src/writes/digest-license-key.ts', 'src/writes/key-digester.ts'],
  ['src/screens/table/filtered-columns.ts', 'src/screens/table/chosen-columns.ts'],
];

/** Declarations that go into a file of their own first: [from, names, to] */
export const splits = [
  ['src/cache/book.ts', ['Freshness', 'DeclaredConnection'], 'src/cache/connections.ts'],
  ['src/cache/book.ts', ['MoneyTotal'], 'src/cache/money.ts'],
  ['src/cache/book.ts', ['Change', 'ChangeQuery'], 'src/cache/changes.ts'],
  ['src/cache/book.ts', ['BookWriter', 'Pass', 'PassOutcome', 'PassMark', 'Trouble'], 'src/cache/book-writer.ts'],
  ['src/cache/duplicates.ts', ['SharedAccounts', 'sharedAccounts'], 'src/cache/shared-accounts.ts'],
  ['src/cache/gram-index.ts', ['LineRows', 'IndexedRows', 'indexedRowsOn', 'inBoth'], 'src/cache/indexed-rows.ts'],
];

const store = ts({
  schema: 'schema', database: 'database', file: 'cache-file', trouble: 'file-trouble', cells: 'sql-values', changes: 'changes',
  connections: 'connections-table', 'nodes-write': 'nodes-writer', 'rows-write': 'rows-writer', 'row-cells': 'row-cells',
  patch: 'column-patch', erase: 'erase', noun: 'row-codec', kinds: 'node-kinds', column: 'column-layout', bits: 'bits',
  tidy: 'tidy', ranks: 'ranks', orders: 'rank-keys', 'gram-index': 'trigram-index', grams: 'trigrams', postings: 'postings',
  money: 'money', passes: 'stored-runs', writer: 'file-writer', 'book-writer': 'cache-writer',
  'duplicates-write': 'duplicates-writer', 'shared-accounts': 'shared-accounts',
});
const query = ts({
  board: 'column-snapshot', 'book-on': 'cache-on-database', book: 'cache-reader', open: 'open-cache', codes: 'code-column',
  'column-store': 'column-loader', counting: 'count-rows', distinct: 'distinct-counter', doubt: 'recheck',
  'indexed-rows': 'indexed-rows', keeping: 'column-codec', kept: 'level-totals', latest: 'recent-values', levels: 'level-windows',
  numbers: 'number-column', ordered: 'sorted-list', ordering: 'query-sort', 'place-rows': 'scope-rows', release: 'release',
  'rows-read': 'rows-reader', search: 'text-search', selection: 'selection', shares: 'shares', 'sort-rows': 'sort-rows',
  tally: 'group-counts', 'term-rows': 'filter-rows', 'text-codes': 'matching-codes', tree: 'node-tree', duplicates: 'duplicates',
});
const sync = ts({
  sync: 'sync-run', syncs: 'sync-scheduler', keeper: 'page-writer', 'keeper-beside': 'threaded-page-writer',
  'keeper-orders': 'worker-messages', 'keeper-thread': 'worker-loop', 'thread-line': 'worker-channel',
});

const http = [
  'agents', 'body', 'channel', 'connection', 'deadline', 'fault-of', 'json-rows', 'line', 'network-failure', 'path', 'read-client',
  'reader', 'redact', 'retry', 'token-call', 'token', 'transport', 'vendor-error', 'write-client', 'write-outcome', 'paging',
];
const httpNames = { agents: 'connection-pool', body: 'body-decoder', channel: 'client-deps', connection: 'clients', 'fault-of': 'read-fault', line: 'requests', path: 'url-path', reader: 'retrying-reader', token: 'token-source' };

export const stages = [
  {
    title: 'Move the cache to store, query and sync',
    body: 'A newcomer looks for SQLite, for queries and for reading from vendors, and finds each where it is.',
    rules: [
      ...under('src/cache', 'src/store', store),
      ...under('src/cache', 'src/query', query),
      ...under('src/cache', 'src/sync', sync),
      ['src/world/keeper-thread.ts', 'src/app/start-page-writer.ts'],
      ['src/world/keeper-worker.ts', 'src/app/page-writer-worker.ts'],
      ['src/cache/indexed-rows.ts', 'src/query/indexed-rows.ts'],
      ['src/cache/', 'src/store/'],
      ...under('test/cache', 'test', ts({
        'database.test': 'store/database.test', 'open.test': 'query/open-cache.test', 'agrees.test': 'query/agrees.test', 'columns.test': 'query/columns.test',
        'holds.test': 'query/holds.test', 'levels.test': 'query/level-windows.test', 'many-rows.test': 'query/many-rows.test', 'shares.test': 'query/shares.test',
        'keeper.test': 'sync/page-writer.test', 'passes.test': 'store/stored-runs.test', 'syncs.test': 'sync/sync-scheduler.test', 'writer.test': 'store/file-writer.test',
        rows: 'store/rows', 'some-rows': 'store/some-rows', vendor: 'sync/vendor',
      })),
      ['test/cache/', 'test/store/'],
    ],
  },
  {
    title: 'Move wishes to writes',
    body: 'What a person asks for is a write request; planning, sending and following it is in writes.',
    rules: [
      ...under('src/wishes', 'src/writes', ts({
        wish: 'contract', 'create-wishes': 'create-writes', create: 'draft-create', look: 'poll', parts: 'deps', 'licence-evidence': 'license-evidence',
        'licence-key': 'license-key', 'key-digest': 'key-digester', 'key-digests': 'digest-license-key', fresh: 'read-fresh', proof: 'verdict',
        changes: 'watch-outcomes', pace: 'poll-pacing', 'bulk/csv-wishes': 'bulk/csv-requests', 'verbs/ask': 'verbs/draft', 'verbs/verb': 'verbs/drafted',
        expected: 'expected-fault',
      })),
      ['src/wishes/wish-text.ts', 'src/writes/request-text.ts'],
      ['test/wishes/wish-text.test.ts', 'test/writes/request-text.test.ts'],
      ['src/wishes/', 'src/writes/'],
      ['test/wishes/key-digest.test.ts', 'test/writes/key-digester.test.ts'],
      ['test/wishes/', 'test/writes/'],
      ['src/api/lineworks/wishes.ts', 'src/api/lineworks/request-bodies.ts'],
      ['test/api/lineworks/wishes.test.ts', 'test/api/lineworks/request-bodies.test.ts'],
    ],
  },
  {
    title: 'Move triage to today, with its charts in a folder',
    body: 'The console calls the page Today; its bars, timelines and calendars are charts.',
    rules: [
      ...under('src/triage', 'src/today', ts({
        bars: 'charts/bars', cells: 'charts/cells', measure: 'charts/measure', 'renewal-calendar': 'charts/renewal-calendar', timeline: 'charts/timeline',
        'from-book': 'cache-items', 'from-connections': 'connection-items', 'from-journal': 'journal-items', 'shell-word': 'quote-shell-word',
      })),
      ['src/triage/', 'src/today/'],
      ['test/triage/desk.ts', 'test/today/fixture.ts'],
      ['test/triage/pictures.test.ts', 'test/today/charts.test.ts'],
      ['test/triage/', 'test/today/'],
    ],
  },
  {
    title: 'Move the composition root to app, with a mode per file',
    body: 'main picks a mode; app opens what it needs. Files of the user and settings are found in app/paths and config.',
    rules: [
      ...under('src/doors', 'src/app', ts({
        'command-line': 'modes/command-line', console: 'modes/console', sandbox: 'modes/sandbox', 'sandbox-options': 'modes/sandbox-options',
        'in-between': 'modes/between-consoles', crash: 'crash', 'small-heap': 'small-heap', version: 'version',
      })),
      ['src/doors/', 'src/app/modes/'],
      ['src/front.ts', 'src/app/run.ts'],
      ['src/places.ts', 'src/app/paths.ts'],
      ['src/world.ts', 'src/app/open-app.ts'],
      ['src/compiled-code.ts', 'src/app/compile-cache.ts'],
      ['src/config.ts', 'src/config/settings-file.ts'],
      ['src/model/place.ts', 'src/model/scope.ts'],
      ['src/state/scopes.ts', 'src/state/key-scopes.ts'],
      ['src/state/active-scopes.ts', 'src/state/active-key-scopes.ts'],
      ['src/config/usual-marks.ts', 'src/config/default-marks.ts'],
      ['src/config/json-places.ts', 'src/config/json-positions.ts'],
      ...under('src/world', 'src/app', ts({ 'call-ring': 'recent-calls', 'system-clock': 'clock', setup: 'connection-setup', 'lasting-place': 'lasting-scope' })),
      ['src/world/', 'src/app/'],
      ['test/world/call-ring.test.ts', 'test/app/recent-calls.test.ts'],
      ['test/world/system-clock.test.ts', 'test/app/clock.test.ts'],
      ['test/world/', 'test/app/'],
      ['src/commands/doors.ts', 'src/commands/launch-modes.ts'],
      ['test/cli/console-door.test.ts', 'test/cli/console-mode.test.ts'],
      ['test/cli/triage.test.ts', 'test/cli/today.test.ts'],
      ['test/config/places.test.ts', 'test/app/paths.test.ts'],
    ],
  },
  {
    title: 'Name effects, updates and search in the state for what they are',
    body: 'Updates change the state and nothing else; effects reach beyond it; search is the box that finds rows and commands.',
    rules: [
      ['src/commands/keys/acts/make-acts.ts', 'src/commands/keys/effects/make-effects.ts'],
      ['src/commands/keys/acts/reach.ts', 'src/commands/keys/effects/deps.ts'],
      ['src/commands/keys/acts/plan-wish.ts', 'src/commands/keys/effects/plan-request.ts'],
      ['src/commands/keys/acts/', 'src/commands/keys/effects/'],
      ['src/commands/keys/floats.ts', 'src/commands/keys/overlays.ts'],
      ['src/commands/keys/triage.ts', 'src/commands/keys/today.ts'],
      ['src/commands/keys/places.ts', 'src/commands/keys/navigation.ts'],
      ['src/commands/keys/moving.ts', 'src/commands/keys/cursor.ts'],
      ['src/commands/keys/deliberate.ts', 'src/commands/keys/hasty-keys.ts'],
      ['src/commands/standing.ts', 'src/commands/start-notices.ts'],
      ['src/commands/given.ts', 'src/commands/given-values.ts'],
      ['src/commands/live.ts', 'src/commands/live-search.ts'],
      ['src/commands/perform.ts', 'src/commands/write-command.ts'],
      ['src/commands/ending.ts', 'src/commands/reply-ending.ts'],
      ['src/commands/reading.ts', 'src/commands/read-connections.ts'],
      ['src/commands/refresh.ts', 'src/commands/refresh-stale.ts'],
      ['src/state/acts.ts', 'src/state/effects.ts'],
      ['src/state/moves/triage.ts', 'src/state/updates/today.ts'],
      ['src/state/moves/', 'src/state/updates/'],
      ['src/state/anything/find-anything.ts', 'src/state/search/find-rows.ts'],
      ['src/state/anything/read-palette.ts', 'src/state/search/palette-hits.ts'],
      ['src/state/anything/', 'src/state/search/'],
      ['src/state/catch-up.ts', 'src/state/snapshot-refresh.ts'],
      ['src/state/looks.ts', 'src/state/table-layout.ts'],
      ['src/state/read-triage.ts', 'src/state/read-today.ts'],
      ['src/state/triage-screens.ts', 'src/state/today-screens.ts'],
      ['src/state/remembering.ts', 'src/state/remembered-changes.ts'],
      ['test/state/catch-up.test.ts', 'test/state/snapshot-refresh.test.ts'],
      ['test/state/remembering.test.ts', 'test/state/remembered-changes.test.ts'],
      ['test/state/desk.ts', 'test/state/fixture.ts'],
      ['test/state/small-book.ts', 'test/state/small-cache.ts'],
    ],
  },
  {
    title: 'Lay the console out as screens, overlays and table',
    body: 'Each screen, each overlay and the table have a folder of their own.',
    rules: [
      ['src/screens/floats/float.tsx', 'src/screens/overlays/overlay-box.tsx'],
      ['src/screens/floats/help-float.tsx', 'src/screens/overlays/help-overlay.tsx'],
      ['src/screens/floats/', 'src/screens/overlays/'],
      ['src/screens/lists/list-screens.tsx', 'src/screens/screens/list-screens.tsx'],
      ['src/screens/lists/title.ts', 'src/screens/table/list-title.ts'],
      ['src/screens/lists/empty.ts', 'src/screens/table/empty-list.ts'],
      ['src/screens/lists/asked-columns.ts', 'src/screens/table/filtered-columns.ts'],
      ['src/screens/lists/placed-columns.ts', 'src/screens/table/scope-columns.ts'],
      ['src/screens/lists/', 'src/screens/table/'],
      ['src/screens/parts/columns.ts', 'src/screens/table/columns.ts'],
      ['src/screens/parts/table.tsx', 'src/screens/table/table.tsx'],
      ['src/screens/parts/where.tsx', 'src/screens/parts/breadcrumbs.tsx'],
      ['src/screens/parts/spread.ts', 'src/screens/parts/line-pieces.ts'],
      ['src/screens/triage/pictures-view.tsx', 'src/screens/screens/charts-view.tsx'],
      ['src/screens/triage/weather-view.tsx', 'src/screens/screens/vendor-health-view.tsx'],
      ['src/screens/triage/', 'src/screens/screens/'],
      ['src/screens/text-screens.tsx', 'src/screens/screens/text-screens.tsx'],
      ['src/screens/subscription/life.ts', 'src/screens/screens/subscription/life-timeline.ts'],
      ['src/screens/subscription/', 'src/screens/screens/subscription/'],
      ['src/screens/entry-lines.ts', 'src/screens/screens/entry-lines.ts'],
      ['src/screens/telling.ts', 'src/screens/notifications.ts'],
      ['src/screens/left.ts', 'src/screens/console-exit.ts'],
      ['src/screens/remember.ts', 'src/screens/save-remembered.ts'],
      ['src/screens/reader/turned-on.ts', 'src/screens/screen-reader/is-turned-on.ts'],
      ['src/screens/reader/', 'src/screens/screen-reader/'],
      ['test/screens/columns.test.ts', 'test/screens/table/columns.test.ts'],
      ['test/screens/table.test.ts', 'test/screens/table/table.test.ts'],
      ['test/screens/telling.test.ts', 'test/screens/notifications.test.ts'],
      ['test/screens/terminal-input.test.ts', 'test/screens/terminal/terminal-input.test.ts'],
      ['test/screens/text.test.ts', 'test/screens/text/text.test.ts'],
    ],
  },
  {
    title: 'Put the HTTP clients of the vendors in a folder, and name their contract',
    body: 'api/contract.ts says what a vendor is; api/http reads and writes; each vendor has a client, reads and writes.',
    rules: [
      ['src/api/vendor.ts', 'src/api/contract.ts'],
      ...http.map((n) => [`src/api/${n}.ts`, `src/api/http/${httpNames[n] ?? n}.ts`]),
      ['src/api/ahead.ts', 'src/api/read-ahead.ts'],
      ['src/api/meaning.ts', 'src/api/word-meaning.ts'],
      ['src/api/narrowed.ts', 'src/api/narrowed-or-whole.ts'],
      ['src/api/known.ts', 'src/api/known-fields.ts'],
      ['src/api/pass.ts', 'src/api/resume-state.ts'],
      ['src/api/within.ts', 'src/api/is-below.ts'],
      ['src/api/cloudcockpit/cockpit.ts', 'src/api/cloudcockpit/client.ts'],
      ['src/api/cloudcockpit/read.ts', 'src/api/cloudcockpit/reads.ts'],
      ['src/api/cloudcockpit/question.ts', 'src/api/cloudcockpit/list-queries.ts'],
      ['src/api/cloudmore/api.ts', 'src/api/cloudmore/client.ts'],
      ['src/api/cloudmore/held-key.ts', 'src/api/cloudmore/current-license-key.ts'],
      ['src/api/interworks/api.ts', 'src/api/interworks/client.ts'],
      ['src/api/lineworks/partner.ts', 'src/api/lineworks/client.ts'],
      ['src/api/lineworks/read.ts', 'src/api/lineworks/reads.ts'],
      ['src/api/lineworks/pace.ts', 'src/api/lineworks/pacing.ts'],
      ['src/api/vmware/navigator.ts', 'src/api/vmware/client.ts'],
      ['src/api/vmware/read.ts', 'src/api/vmware/reads.ts'],
      ['test/api/ahead.test.ts', 'test/api/read-ahead.test.ts'],
      ['test/api/lineworks/pace.test.ts', 'test/api/lineworks/pacing.test.ts'],
      ['test/api/conformance/moving-book.ts', 'test/api/conformance/moving-list.ts'],
      ...['hostile-network', 'paging', 'path', 'read-client', 'tls', 'token', 'vendor-error', 'write-client'].map((n) => [
        `test/api/${n}.test.ts`,
        `test/api/http/${n === 'token' ? 'token-source' : n === 'path' ? 'url-path' : n}.test.ts`,
      ]),
    ],
  },
  {
    title: 'Put the SQLite journal in a folder of its own',
    body: 'journal.ts is the interface; a second implementation can stand beside sqlite.',
    rules: [
      ...under('src/journal', 'src/journal/sqlite', ts({
        awaited: 'unannounced', database: 'database', entries: 'entries-table', 'entry-row': 'entry-row', ledger: 'journal-file', news: 'unannounced-entries',
        open: 'open-journal', 'plan-parts': 'plan-rows', 'read-entries': 'read-entries', rescue: 'rescue-file', schema: 'schema', seal: 'row-checksum',
        'settle-damaged': 'settle-damaged', 'step-row': 'step-row', steps: 'steps-table', trouble: 'database-faults', watch: 'poll-schedule', 'write-entries': 'write-entries',
        'kept-text': 'control-characters',
      })),
      ['src/journal/licence.ts', 'src/journal/license-keys.ts'],
      ['src/journal/sealed-lines.ts', 'src/journal/sqlite/sealed-lines.ts'],
      ['src/journal/migrate.ts', 'src/journal/sqlite/migrations.ts'],
      ...['journal', 'id', 'os-user', 'process-mark', 'verdicts'].map((n) => [`src/journal/${n}.ts`, `src/journal/${n}.ts`]),
      ['src/journal/', 'src/journal/sqlite/'],
      ['test/journal/migrate.test.ts', 'test/journal/migrations.test.ts'],
    ],
  },
  {
    title: 'Name what the sandbox holds its dataset',
    body: '',
    rules: [
      ...['cloudcockpit', 'cloudmore', 'interworks', 'lineworks', 'vmware'].flatMap((v) => [
        [`src/sandbox/${v}/book.ts`, `src/sandbox/${v}/dataset.ts`],
        [`src/sandbox/${v}/asked.ts`, `src/sandbox/${v}/request-input.ts`],
        [`src/sandbox/${v}/held.ts`, `src/sandbox/${v}/stored-row.ts`],
        [`src/sandbox/${v}/shown.ts`, `src/sandbox/${v}/views.ts`],
        [`src/sandbox/${v}/refused.ts`, `src/sandbox/${v}/errors.ts`],
      ]),
      ['src/sandbox/cloudmore/places.ts', 'src/sandbox/cloudmore/level-models.ts'],
      ['src/sandbox/cloudmore/ordered.ts', 'src/sandbox/cloudmore/order-input.ts'],
      ['src/sandbox/life.ts', 'src/sandbox/lifecycle.ts'],
      ['src/sandbox/dice.ts', 'src/sandbox/seeded-random.ts'],
      ['src/sandbox/spoil.ts', 'src/sandbox/corrupt-reply.ts'],
      ['src/sandbox/site.ts', 'src/sandbox/vendor-site.ts'],
      ['src/sandbox/remembered.ts', 'src/sandbox/memoize.ts'],
    ],
  },
  {
    title: 'Name the tests\' folders and fixtures for what they are',
    body: '',
    rules: [
      ['test/house/walls.test.ts', 'test/architecture/imports.test.ts'],
      ['test/house/', 'test/architecture/'],
      ['test/hostile/den.ts', 'test/hostile/fixture.ts'],
      ['test/stories/desk.ts', 'test/stories/fixture.ts'],
      ['test/stories/licence-key.test.ts', 'test/stories/license-key.test.ts'],
      ['test/fault-server/book.ts', 'test/fault-server/memory-cache.ts'],
      ['test/terminal/anything.test.ts', 'test/terminal/palette.test.ts'],
      ['test/terminal/calls-and-pictures.test.ts', 'test/terminal/calls-and-charts.test.ts'],
      ['test/terminal/looks.test.ts', 'test/terminal/table-layout.test.ts'],
      ['test/terminal/telling.test.ts', 'test/terminal/notifications.test.ts'],
      ['bench/book.ts', 'bench/fill-cache.ts'],
      ['bench/book-rows.ts', 'bench/made-up-rows.ts'],
      ['docs/decisions/0002-wishes-have-a-floor-of-their-own.md', 'docs/decisions/0002-writes-have-a-layer-of-their-own.md'],
    ],
  },
];

export function newPath(rules, file) {
  for (const [from, to] of rules) {
    if (from === file) return to;
    if (from.endsWith('/') && file.startsWith(from)) return to + file.slice(from.length);
  }
  return file;
}
