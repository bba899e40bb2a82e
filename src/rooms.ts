/** A room of the house: the files that match `path`, and what belongs there. */
export type Room = { path: RegExp; holds: string }

/**
 * The rooms from the top down. A file imports from its own room (the text that `path` matched) and from rooms below, never
 * from above and never in a circle. `test/architecture` enforces the order, `npm run rooms` prints it into
 * `docs/ARCHITECTURE.md`.
 */
export const ROOMS: readonly Room[] = [
  { path: /^(src\/(main\.\w+|cli)\.ts$|db\/[^/]+\.ts$)/, holds: 'Entry points: read the environment and start.' },
  { path: /^src\/node\//, holds: 'The Node home: engine, assets, serving, draining, and the commands of an operator.' },
  { path: /^src\/worker\//, holds: 'The Worker home: bindings, built assets, log. No `node:*`.' },
  { path: /^db\/seed\//, holds: 'The published schedule, taken in through the acts, and the list of migrations.' },
  {
    path: /^src\/(app|clockwork)\.ts$/,
    holds: 'All routes on one page, and everything that time sets off on one page.',
  },
  {
    path: /^src\/http\/(public|desk|api|feeds)\b/,
    holds: 'Routes: parse, call one act or query, answer with a page, a redirect or JSON. No SQL, rules or markup.',
  },
  { path: /^src\/http\//, holds: 'Middleware and what all routes share.' },
  { path: /^src\/mail\//, holds: 'From a row of the outbox to a letter to a transport.' },
  { path: /^templates\//, holds: 'All markup and all sentences: pure functions of a view and texts.' },
  { path: /^src\/calendar\//, holds: 'From a session or booking to a VEVENT, and the feeds.' },
  {
    path: /^src\/figures\//,
    holds: 'Counts for the desk and the ministry, the monthly report, exports of the ledger.',
  },
  { path: /^src\/sheets\//, holds: 'Spreadsheet files: CSV, xlsx, Shift_JIS. Knows no domain.' },
  { path: /^src\/retention\//, holds: 'Erasing on request and forgetting after the retention period.' },
  { path: /^src\/survey\//, holds: 'The survey: asking, answering, what people said.' },
  { path: /^src\/lottery\//, holds: 'Sessions by lot: draw and announcement.' },
  {
    path: /^src\/changes\//,
    holds: 'What happens to a session that people rely on: call off, reschedule, convert, settle, suspend.',
  },
  { path: /^src\/waitlist\//, holds: 'Offers of freed places: making, accepting, declining, expiring.' },
  { path: /^src\/booking\//, holds: 'One party and its booking; the only place where seats are counted.' },
  { path: /^src\/interest\//, holds: 'People who asked to be told when a session gets its date.' },
  { path: /^src\/planning\//, holds: 'How sessions come to be: series, closures, venues, programmes, edits and undo.' },
  { path: /^src\/schedule\//, holds: 'What a session is and when it may be booked.' },
  { path: /^src\/people\//, holds: 'Accounts, sign-in, second factors, private feeds, desks.' },
  { path: /^src\/context\.ts$/, holds: 'What every act gets: store, clock, actor, config, locale.' },
  { path: /^src\/store\//, holds: 'Tables, commit, outbox, journal, migrations; the engines. Knows no domain.' },
  { path: /^src\/base\/|^src\/(config|rooms)\.ts$/, holds: 'Clock, ids, tokens, actors, Japanese conventions.' },
]

/** The most files that lie side by side in one folder; more become folders. */
export const MOST_FILES = 25
