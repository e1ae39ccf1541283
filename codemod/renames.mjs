/**
 * Identifiers. `words`: parts of camel-case names of declarations, parameters and variables (never of properties), by default
 * everywhere; `scopedWords` where a file is. `decl` (top level), `local` (inside functions) and `prop` are exact names, also as
 * `path:name`, `Container.name` (prop) or `Container/name` (local); they win over words. A rule that gives the same name keeps it.
 * `typed`: locals and properties by name and type. All paths are new ones (after the moves).
 */
const W = {
  wish: 'writeRequest', wishes: 'writeRequests', wished: 'requested',
  book: 'cache', books: 'caches',
  board: 'snapshot', gram: 'trigram', grams: 'trigrams', noun: 'encodedRow', nouns: 'encodedRows', young: 'unranked',
  keeper: 'pageWriter', weather: 'vendorHealth', licence: 'license', licences: 'licenses',
  door: 'launchMode', doors: 'launchModes', world: 'app', triage: 'today',
};

export const rules = {
  words: W,
  scopedWords: [
    [/^(src|test)\/sandbox\//, { book: 'dataset', books: 'datasets', young: 'young', world: 'world' }],
    [/^src\/(query|store)\//, { doubt: 'recheck', doubts: 'rechecks' }],
    [/^(src|test)\/api\//, { doubt: 'incomplete', doubts: 'incompletes', book: 'list' }],
    [/^src\/api\/cloudcockpit\//, { cockpit: 'client' }],
    [/^src\/(screens|commands)\//, { float: 'overlay', floats: 'overlays', acts: 'effects' }],
    [/^src\/screens\/terminal\/memory-watch/, { young: 'young' }],
    [/^src\/state\//, { acts: 'effects' }],
    [/^src\/today\/who-changed/, { wished: 'requested' }],
    [/^(test|bench|docs)\//, { desk: 'fixture', desks: 'fixtures', den: 'fixture', house: 'folder' }],
    [/^(test\/stories|docs\/pictures)\//, { door: 'frontend', doors: 'frontends' }],
    [/^bench\//, { floor: 'baseline' }],
    [/^test\/torture\/run/, { house: 'checkout' }],
    [/^src\/journal\//, { ledger: 'journalFile' }],
  ],
  decl: {
    // store
    Newer: 'NewerCacheError', Foreign: 'ForeignFileError', Damaged: 'DamagedError',
    'src/store/row-codec.ts:Kept': 'EncodedRow', encodeNoun: 'encodeRow', decodeNoun: 'decodeRow', NounPlace: 'RowOrigin', WrittenReading: 'EncodedReading', writtenOf: 'encodedReading',
    'src/store/node-kinds.ts:Kind': 'NodeKind',
    'src/store/rank-keys.ts:orders': 'rankKeys', OrderName: 'RankName', 'src/store/rank-keys.ts:Order': 'RankKey',
    makeYoung: 'markUnranked', forgetYoung: 'forgetUnranked',
    'src/store/stored-runs.ts:Parts': 'RunDeps', OpenPass: 'OpenRun', 'src/sync/worker-loop.ts:OpenPass': 'OpenRun', WrittenPage: 'EncodedPage', beginPass: 'beginRun', keepPass: 'writeRun',
    Pass: 'SyncRun', PassOutcome: 'SyncRunOutcome', PassMark: 'SyncRunMark', Trouble: 'FileTrouble',
    'src/store/file-writer.ts:Writer': 'FileWriter', writerOn: 'fileWriterOn', 'src/store/file-writer.ts:BookSettings': 'CacheSettings',
    Book: 'CacheReader', BookWriter: 'CacheWriter', wantedGrams: 'wantedTrigrams', 'src/store/trigrams.ts:Wanted': 'WantedTrigrams',
    // query
    Board: 'ColumnSnapshot', boardOn: 'columnSnapshotOn', bookOn: 'cacheOn', 'src/query/cache-on-database.ts:Parts': 'ReaderDeps', 'src/query/cache-on-database.ts:Reading': 'Reads',
    Doubt: 'Recheck', 'src/query/recheck.ts:Found': 'MatchingRows', passesDoubts: 'passesRechecks',
    Keeping: 'ColumnCodec', 'src/query/level-totals.ts:Kept': 'LevelTotals', keptOn: 'levelTotalsOn', Latest: 'RecentValues', latest: 'recentValues',
    Levels: 'LevelWindows', levelsOn: 'levelWindowsOn', Ordered: 'SortedList', Ordering: 'QuerySort', orderingOn: 'querySortOn', SortedBook: 'SortedRows',
    PlaceRows: 'ScopeRows', placeRowsOn: 'scopeRowsOn', Tally: 'GroupCounts', 'src/query/group-counts.ts:Counter': 'GroupCounter', counterOn: 'groupCounterOn', 'src/query/group-counts.ts:placeOf': 'indexOfGroup',
    Pieces: 'ColumnLoader', piecesOf: 'columnLoaderOn', 'src/query/code-column.ts:Places': 'CodeSlots', Tree: 'NodeTree', treeOn: 'nodeTreeOn',
    RowsRead: 'RowsReader', rowsReadOn: 'rowsReaderOn', 'src/query/open-cache.ts:Open': 'OpenedCache', TermRows: 'FilterRows', termRowsOn: 'filterRowsOn', TextCodes: 'MatchingCodes', textCodesOn: 'matchingCodesOn',
    'src/query/query-sort.ts:Order': 'SortOrder', 'src/query/text-search.ts:Search': 'TextSearch', searchOn: 'textSearchOn',
    // sync
    keepBeside: 'writePagesBeside', keepHere: 'writePagesHere', obeyKeeperOrders: 'serveOrders', KeeperOrder: 'WorkerOrder', KeeperAnswer: 'WorkerAnswer', startKeeperThread: 'startPageWriter', ThreadLine: 'WorkerChannel', threadLine: 'workerChannel',
    createSyncs: 'createSyncScheduler', ConnectionSyncs: 'SyncScheduler', PageInTexts: 'PageAsTexts', 'src/sync/sync-run.ts:SyncJob': 'SyncJob',
    // writes
    Wishes: 'Writes', createWishes: 'createWrites', 'src/writes/deps.ts:Parts': 'WriteDeps', 'src/writes/bulk/make-plan.ts:Asked': 'PlanInput', CsvWishes: 'CsvRequests', LineWish: 'LineRequest', wishesOfCsv: 'requestsOfCsv',
    RunParts: 'BulkRunDeps', 'src/writes/verbs/drafted.ts:Asked': 'Preparation', 'src/writes/verbs/drafted.ts:Ask': 'Prepare', 'src/writes/verbs/drafted.ts:wall': 'impossible', 'src/writes/verbs/draft.ts:ask': 'prepare',
    askCancel: 'prepareCancel', askSetQuantity: 'prepareSetQuantity', askSetLicense: 'prepareSetLicense', askUpdate: 'prepareUpdate', askSuspend: 'prepareSuspend', askReactivate: 'prepareReactivate', askRenewalSet: 'prepareRenewalSet',
    askReservationCreate: 'prepareReservationCreate', askReservationWithdraw: 'prepareReservationWithdraw', askAddonCancel: 'prepareAddonCancel',
    lookOnce: 'pollOnce', 'src/writes/news.ts:catchUp': 'pollOpenRequests', 'src/writes/poll.ts:ask': 'poll', 'src/writes/poll.ts:note': 'recordPoll', pace: 'pollPause', longestWish: 'longestPause', 'src/writes/verdict.ts:Evidence': 'Verdict', keyDigests: 'digestLicenseKey',
    'src/writes/expected-fault.ts:expected': 'expectedFault', TargetedWish: 'TargetedRequest',
    // today
    'src/today/today.ts:Desk': 'TodayDeps', 'src/today/journal-items.ts:Wrote': 'JournalItemDeps', 'src/today/cache-items.ts:Look': 'DeadlineQuery', 'src/today/item.ts:Found': 'FoundItems', 'src/today/deadline.ts:Parts': 'DateParts', deskOf: 'todayDepsOf',
    'src/today/charts/bars.ts:Scope': 'ShareQuery', 'src/today/charts/renewal-calendar.ts:Scope': 'CalendarQuery', lifeOf: 'timelineOf', lifeLines: 'timelineLines', LifeCanvas: 'TimelineCanvas', LifeEvent: 'TimelineEvent',
    // journal
    Awaited: 'Unannounced', awaitedIn: 'unannouncedIn', awaitedTable: 'unannouncedTable', 'src/journal/sqlite/journal-file.ts:Ledger': 'JournalFile', ledgerOf: 'journalFileOf', Watch: 'PollSchedule', watchOf: 'pollScheduleOf',
    'src/journal/sqlite/read-entries.ts:Found': 'FoundEntry', seal: 'rowChecksum', newsOf: 'unannouncedEntries',
    // app
    Places: 'AppPaths', findPlaces: 'findAppPaths', placesIn: 'appPathsIn', 'src/app/paths.ts:places': 'pathsOf', FilePlaces: 'FilePaths', World: 'App', openWorld: 'openApp', WorldOptions: 'AppOptions',
    'src/app/connections.ts:Parts': 'ConnectionsDeps', 'src/app/connection-setup.ts:Parts': 'SetupDeps', 'src/secrets/token-share.ts:Parts': 'TokenShareDeps', SecretPlace: 'SecretSource', SiteParts: 'SiteDeps',
    CallBook: 'CallLog', Weather: 'VendorHealth', createCallRing: 'createRecentCalls', CallRing: 'RecentCalls', Door: 'LaunchMode', doors: 'launchModes', runInBetween: 'runBetweenConsoles', enterConsole: 'runConsoleMode', commandLine: 'runCommandLineMode', serveSandbox: 'runSandboxMode', usualMarks: 'defaultMarks',
    // scope
    'src/model/scope.ts:Place': 'Scope', 'src/state/key-scopes.ts:Scope': 'KeyScope', 'src/state/trail.ts:placeOf': 'scopeOf', withPlaces: 'withScopeColumns',
    // console
    Acts: 'Effects', makeActs: 'makeEffects', Reach: 'EffectDeps', 'src/state/table-layout.ts:Look': 'TableLayout', Looks: 'TableLayouts', Looking: 'WithLayouts', lookOf: 'layoutOf', withLook: 'withLayout', asLeft: 'withStoredSort', chosenOf: 'chosenColumns', changedLooks: 'changedLayouts',
    findAnything: 'findRows', 'src/state/search/find-rows.ts:Asked': 'SearchDeps', createCatchUp: 'createSnapshotRefresh', CatchUp: 'SnapshotRefresh', 'src/state/urgency.ts:Look': 'UrgencyCount',
    'src/commands/live-search.ts:Asked': 'LiveQuestion', Wished: 'RequestedWrite', Float: 'OverlayBox', FloatProps: 'OverlayBoxProps', FloatContent: 'OverlayContent', floatTop: 'overlayTop', floatFits: 'overlayFits', floatWidth: 'overlayBoxWidth', floatRoom: 'overlayRoom', HelpFloat: 'HelpOverlay',
    Left: 'ConsoleExit', Pictures: 'Charts', PicturesScreen: 'ChartsScreen', picturesScreen: 'chartsScreen', readPictures: 'readCharts', openPictures: 'openCharts', PicturesView: 'ChartsView', askedColumns: 'filteredColumns', whereLine: 'breadcrumbLine', 'src/screens/parts/breadcrumbs.tsx:Where': 'Breadcrumbs',
    remember: 'saveRemembered', lookNow: 'pollNow', standing: 'startNotices', moving: 'cursorCommand',
    lifeOnScreen: 'timelineOnScreen',
    // api
    'src/api/contract.ts:Look': 'PollResult', Cockpit: 'CloudcockpitClient', openCockpit: 'openClient', CloudmoreApi: 'CloudmoreClient', openCloudmore: 'openClient', InterworksApi: 'InterworksClient', openInterworks: 'openClient', 'src/api/lineworks/client.ts:Partner': 'LineworksClient', openPartner: 'openClient', Navigator: 'VmwareClient', openNavigator: 'openClient',
    Surroundings: 'MapContext', 'src/api/lineworks/request-bodies.ts:Asked': 'RequestWords', PassState: 'ResumeState', passState: 'resumeStateOf', WholePass: 'WholeRun', 'src/api/lineworks/sync.ts:Asking': 'ListOptions', 'src/api/cloudcockpit/sync.ts:Ledger': 'RunProgress', heldKey: 'currentLicenseKey', lookAtSubscription: 'pollSubscription',
    'src/api/http/requests.ts:Line': 'Requests', createLine: 'createRequests', LineRequest: 'HttpRequest', meaningOf: 'meaningOf', Channel: 'ClientDeps', createAgents: 'createConnectionPool', Agents: 'ConnectionPool',
    // sandbox
    FaultBook: 'FaultQueue', OrderBook: 'OrderStore', RequestBook: 'RequestStore', BookIds: 'DatasetIds', Held: 'StoredRow', HeldRenewal: 'StoredRenewal', HeldReservation: 'StoredReservation', 'src/sandbox/cloudcockpit/request-input.ts:Asked': 'RequestInput', 'src/sandbox/lineworks/request-input.ts:Asked': 'RequestInput', readAsked: 'readRequestInput',
    Shown: 'Views', 'src/sandbox/cloudcockpit/views.ts:shown': 'views', Dice: 'SeededRandom', 'src/sandbox/seeded-random.ts:dice': 'seededRandom', Life: 'Lifecycle', 'src/sandbox/lifecycle.ts:lifeOf': 'lifecycleOf', 'src/sandbox/cloudmore/organization.ts:Place': 'ServicePlace', keptViews: 'keptViews',
    // tests
    MovingBook: 'MovingList', BookPage: 'ListPage', SmallBook: 'SmallCache', Den: 'HostileFixture', openDen: 'openHostileFixture', DenOptions: 'HostileOptions', 'test/stories/fixture.ts:Desk': 'StoryFixture', 'test/stories/fixture.ts:openDesk': 'openStory', 'test/stories/fixture.ts:DeskOptions': 'StoryOptions',
    'test/state/fixture.ts:Desk': 'ConsoleFixture', 'test/state/fixture.ts:makeDesk': 'makeFixture', openTriage: 'openToday', 'test/stories/story.ts:Doors': 'Frontends', 'test/stories/story.ts:openDoors': 'openFrontends', 'test/terminal/picture.ts:Look': 'CellStyle',
  },
  local: {
    wishes: 'writes', 'src/writes/bulk/csv-requests.ts:wishes': 'writeRequests', 'test/writes/bulk.test.ts:wishes': 'writes',
    longestWish: 'longestPause', wishedQuantity: 'requestedQuantity',
    'src/sandbox/worker.ts:world': 'world',
    reach: 'deps', 'test/state/console.ts:reach': 'effectDeps', makeActs: 'makeEffects',
    'src/state/updates/triage': 'today',
    'src/query/cache-on-database.ts:catchUp': 'refreshSnapshot', 'src/state/projector.ts:catchUp': 'snapshotRefresh', 'test/state/snapshot-refresh.test.ts:catchUp': 'snapshotRefresh', 'test/fault-server/shop.ts:catchUp': 'settleDue', 'src/sandbox/vendor-site.ts:catchUp': 'settleDue', 'src/writes/changed-since.ts:young': 'current',
    notKept: 'notKept',
  },
  typed: [
    [/^places?$/, /^(Place|Scope|readonly Pin\[\])$/, 'scope'],
    [/^places$/, /^(PlaceRows|ScopeRows)$/, 'scopeRows'],
    [/^places$/, /^(Places|FilePlaces|AppPaths|FilePaths)$/, 'paths'],
    [/^secretPlaces$/, /./, 'secretSources'],
    [/^parts$/, /^(Parts|WriteDeps|RunDeps|ReaderDeps|ConnectionsDeps|SetupDeps|TokenShareDeps|SiteParts|SiteDeps|RunParts|BulkRunDeps|.*\b(RunParts|Parts)\b.*)$/, 'deps'],
    [/^(partner|api|navigator)$/, /^(Partner|CloudmoreApi|InterworksApi|Navigator|LineworksClient|CloudmoreClient|InterworksClient|VmwareClient)$/, 'client'],
    [/^desk$/, /^(Desk|TodayDeps|JournalItemDeps|Wrote)$/, 'deps', /^src\//],
    [/^look$/, /^(Look|PollResult)$/, 'pollResult', /^(src|test)\/(writes|api|fault-server)\//],
    [/^kept$/, /^(Kept|LevelTotals)$/, 'levelTotals'],
    [/^(pass)$/, /^(Pass|SyncRun|OpenPass|OpenRun|PassMark|SyncRunMark)$/, 'run'],
    [/^(awaited)$/, /^(Awaited|Unannounced)$/, 'unannounced'],
    [/^(watch)$/, /^(Watch|PollSchedule)$/, 'schedule'],
    [/^weather$/, /./, 'vendorHealth'],
    [/^partner$/, /^Partner$/, 'client'],
  ],
  prop: {
    book: 'cache', wishes: 'writes', 'CsvRequests.wishes': 'writeRequests', 'CsvWishes.wishes': 'writeRequests', wish: 'writeRequest', 'src/writes/bulk/plan-file.ts:wish': 'wish',
    acts: 'effects', board: 'snapshot', 'Book.catchUp': 'refreshSnapshot', 'CacheReader.catchUp': 'refreshSnapshot', 'SmallBook.catchUp': 'refreshSnapshot', 'SmallCache.catchUp': 'refreshSnapshot', 'Wishes.catchUp': 'pollOpenRequests', 'Writes.catchUp': 'pollOpenRequests',
    door: 'launchMode', doubt: 'recheck', doubts: 'rechecks', onDoubt: 'onIncomplete', 'Ledger.doubt': 'incomplete', 'RunProgress.doubt': 'incomplete',
    gram: 'trigram', holdsBook: 'holdsSnapshot', keeper: 'pageWriter', licence: 'license', licenceKey: 'licenseKey', lookNow: 'pollNow', 'Journal.looked': 'recordPoll', noun: 'encodedRow', nouns: 'encodedRows',
    weather: 'vendorHealth', beginPass: 'beginRun', 'Writer.pass': 'writeRun', 'FileWriter.pass': 'writeRun', 'src/sync/worker-loop.ts:passes': 'runs', young: 'unranked', desk: 'fixture', places: 'places', secretPlaces: 'secretSources', asKeeper: 'asPageWriter',
    'Context.places': 'paths', 'WorldOptions.places': 'paths', 'AppOptions.places': 'paths', awaited: 'unannounced', watch: 'schedule', 'src/query/cache-on-database.ts:places': 'scopeRows', 'src/query/cache-on-database.ts:kept': 'levelTotals',
    'Setup.secretPlaces': 'secretSources',
    'src/sandbox/cloudcockpit/dataset.ts:shown': 'views', 'Pictures.pictures': 'charts', pictures: 'charts',
    ledger: 'ledger', front: 'front',
  },
  namespace: { moves: 'updates' },
  // A row of a plan file has the key `wish` on disk.
  spreads: [[/^wish$/, /^test\/writes\/bulk/, 'wish']],
  siblings: [[/^place$/, /^connections$/, 'scope'], [/^place$/, /^(level|filter)$/, 'scope']],
  alternatives: { folder: ['directory', 'planted'], cache: ['reader', 'own'], writes: ['sender'], deps: ['effectDeps'], dataset: ['rows'], fixture: ['own'], run: ['syncRun'], client: ['api'], scope: ['within'], snapshot: ['columns'], app: ['opened'], launchMode: ['mode'], writeRequest: ['request'] },
  strings: [
    [/^(src|test)\//, 'door', 'launch-mode'],
    [/^src\//, 'wall', 'impossible'],
    [/^src\//, 'asKeeper', 'asPageWriter'],
    [/^test\//, 'desk-', 'story-'], [/^test\//, 'The desk sends nothing.', 'The fixture sends nothing.'], [/^test\//, 'den-', 'hostile-'], [/^test\//, 'walls-', 'imports-'], [/^test\//, 'subdeck-door-', 'subdeck-mode-'], [/^test\//, 'bearer-of-the-den', 'bearer-of-the-fixture'], [/^docs\/pictures/, 'The weather of the vendors, and every call', 'The health of the vendors, and every call'],
  ],
};
