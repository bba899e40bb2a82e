/** A room: its name, its files (paths from the root), and what belongs there. */
export type Room = { name: string; path: RegExp; holds: string }

/**
 * The rooms from the top down. A file imports from its own room and from rooms below, never in a circle. Its own room is
 * the text that `path` matched. `test/architecture` enforces the order, `npm run rooms` prints it into
 * `docs/ARCHITECTURE.md`.
 */
export const ROOMS: readonly Room[] = [
  {
    name: 'src/main.*.ts, src/cli.ts, db/*.ts',
    path: /^(src\/(main\.\w+|cli)\.ts$|db\/[^/]+\.ts$)/,
    holds: 'Entry points: read the environment and start.',
  },
  {
    name: 'src/node/',
    path: /^src\/node\//,
    holds: 'The Node home: engine, assets, serving, draining, and the commands of an operator.',
  },
  { name: 'src/worker/', path: /^src\/worker\//, holds: 'The Worker home: bindings, built assets, log. No `node:*`.' },
  {
    name: 'db/seed/',
    path: /^db\/seed\//,
    holds: 'The published schedule, taken in through the acts, and the list of migrations.',
  },
  {
    name: 'src/app.ts, src/clockwork.ts',
    path: /^src\/(app|clockwork)\.ts$/,
    holds: 'All routes on one page, and everything that time sets off on one page.',
  },
  {
    name: 'src/http/{public,desk,api}/, src/http/feeds.ts',
    path: /^src\/http\/(public|desk|api|feeds)\b/,
    holds: 'Routes: parse, call one act or query, answer with a page, a redirect or JSON. No SQL, rules or markup.',
  },
  { name: 'src/http/', path: /^src\/http\//, holds: 'Middleware and what all routes share.' },
  { name: 'src/mail/', path: /^src\/mail\//, holds: 'From a row of the outbox to a letter to a transport.' },
  {
    name: 'templates/',
    path: /^templates\//,
    holds: 'All markup and all sentences: pure functions of a view and texts.',
  },
  {
    name: 'src/opendata/',
    path: /^src\/opendata\//,
    holds: 'The columns of open data: sessions and desks as rows of CSV and JSON.',
  },
  { name: 'src/calendar/', path: /^src\/calendar\//, holds: 'From a session or booking to a VEVENT, and the feeds.' },
  {
    name: 'src/figures/',
    path: /^src\/figures\//,
    holds: 'Counts for the desk and the ministry, the monthly report, exports of the ledger.',
  },
  {
    name: 'src/retention/',
    path: /^src\/retention\//,
    holds: 'Erasing on request and forgetting after the retention period.',
  },
  {
    name: 'src/consultation/',
    path: /^src\/consultation\//,
    holds: 'The record of a consultation: what was advised, and what comes next.',
  },
  {
    name: 'src/messages/',
    path: /^src\/messages\//,
    holds: 'What a desk writes itself: messages to many people, and who wants none.',
  },
  {
    name: 'src/webhooks/',
    path: /^src\/webhooks\//,
    holds: 'What other systems hear of sessions: addresses, signatures, deliveries and their attempts.',
  },
  {
    name: 'src/partners/',
    path: /^src\/partners\//,
    holds: 'Keys by which the systems of partners read and book.',
  },
  {
    name: 'src/matching/',
    path: /^src\/matching\//,
    holds: 'Requests of firms and the experts who fit: filters, score, the best pairs of many.',
  },
  { name: 'src/survey/', path: /^src\/survey\//, holds: 'The survey: asking, answering, what people said.' },
  { name: 'src/lottery/', path: /^src\/lottery\//, holds: 'Sessions by lot: draw and announcement.' },
  {
    name: 'src/intake/',
    path: /^src\/intake\//,
    holds: 'Takes published schedules in: what was read, decided, made, and what differs from the house.',
  },
  {
    name: 'src/changes/',
    path: /^src\/changes\//,
    holds: 'What happens to a session that people rely on: call off, reschedule, convert, settle, suspend.',
  },
  {
    name: 'src/waitlist/',
    path: /^src\/waitlist\//,
    holds: 'Offers of freed places: making, accepting, declining, expiring.',
  },
  {
    name: 'src/booking/',
    path: /^src\/booking\//,
    holds: 'One party and its booking; the only place where seats are counted.',
  },
  {
    name: 'src/planning/',
    path: /^src\/planning\//,
    holds: 'How sessions come to be: series, closures, venues, programmes, edits and undo.',
  },
  {
    name: 'src/interest/',
    path: /^src\/interest\//,
    holds: 'People who asked for the date of a session that has none yet.',
  },
  {
    name: 'src/alerts/',
    path: /^src\/alerts\//,
    holds: 'People who asked to hear of free places.',
  },
  {
    name: 'src/advisers/',
    path: /^src\/advisers\//,
    holds: 'Who advises in which room, and that nobody and no room is taken twice at once.',
  },
  { name: 'src/schedule/', path: /^src\/schedule\//, holds: 'What a session is and when it may be booked.' },
  {
    name: 'src/experts/',
    path: /^src\/experts\//,
    holds: 'Experts: who they are, when they advise, and that nobody is in two places at once.',
  },
  {
    name: 'src/caps/',
    path: /^src\/caps\//,
    holds: 'What one e-mail address, telephone or network may book and cause in a day, and lifting that.',
  },
  {
    name: 'src/house/',
    path: /^src\/house\//,
    holds: 'Who runs this house, as pages and letters say it, and how far it is set up.',
  },
  { name: 'src/people/', path: /^src\/people\//, holds: 'Accounts, sign-in, second factors, private feeds, desks.' },
  {
    name: 'src/context.ts',
    path: /^src\/context\.ts$/,
    holds: 'What every act gets: store, clock, actor, config, locale.',
  },
  {
    name: 'src/store/',
    path: /^src\/store\//,
    holds: 'Tables, commit, outbox, journal, migrations; the engines. Knows no domain.',
  },
  { name: 'src/sheets/', path: /^src\/sheets\//, holds: 'Spreadsheet files: CSV, xlsx, Shift_JIS. Knows no domain.' },
  {
    name: 'src/notices/',
    path: /^src\/notices\//,
    holds: 'Reads published schedules: printed text to records. Pure; knows no rows.',
  },
  {
    name: 'src/base/, src/config.ts, src/rooms.ts',
    path: /^src\/base\/|^src\/(config|rooms)\.ts$/,
    holds: 'Clock, ids, tokens, actors, Japanese conventions.',
  },
]

/** The most files that lie side by side in one folder; more become folders. */
export const MOST_FILES = 25
