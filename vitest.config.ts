import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongProjectsFirst } from './test/order.ts'

const architecture = 'test/architecture/**/*.test.ts'

/** Where a wrong reading of the machine's own time zone would show. Each of these files runs once in every zone. */
const zoned = [
  'test/zones.test.ts',
  'test/base/japan/{civil,era,holiday}.test.ts',
  'test/schedule/**/*.test.ts',
  'test/planning/{plan,series,publish-session,edit-series}.test.ts',
  'test/calendar/**/*.test.ts',
]

const zones = { utc: 'UTC', tokyo: 'Asia/Tokyo', 'new-york': 'America/New_York' }

/** Acts, queries, doors and letters: they run on every engine. */
const everywhere = [
  'test/{advisers,alerts,booking,caps,changes,consultation,experts,figures,house,intake,lottery,mail,matching,messages,http,partners,people,planning,retention,schedule,seed,survey,waitlist,webhooks}/**/*.test.{ts,tsx}',
  'test/clockwork.test.ts',
]

/** Touch no rows, so that one run of them is enough. */
const withoutRows = [
  'test/booking/input.test.ts',
  'test/waitlist/offer-hours.test.ts',
  'test/figures/lead.test.ts',
  'test/{schedule/{acts-for,closure,deadline,session},planning/series}.test.ts',
  'test/mail/{letters,smtp,wrap}.test.ts',
  'test/matching/{assign,simulation,states,suggest}.test.ts',
]

/** What pages say and offer, which comes from no row: one run of them is enough. */
const ofPages = ['test/http/language.test.ts', 'test/http/meant.test.ts', 'test/http/desk/errors.test.ts']

/** Take long: they start processes or kill them. `test/node/sample.test.ts` keeps one of process, backup and copy. */
const long = [
  'test/tools/{audit,release}.test.ts',
  'test/node/{backup,copy,late-packages,process,start}.test.ts',
  'test/changes/convert-killed.test.ts',
  'test/booking/ticked/ticked-killed.test.ts',
  'test/booking/race-processes.test.ts',
  'test/store/migrate-killed.test.ts',
]

/** The double of D1 is open in one process only. */
const betweenProcesses = [
  'test/booking/race-processes.test.ts',
  'test/booking/ticked/ticked-killed.test.ts',
  'test/changes/convert-killed.test.ts',
]

/** The double of D1 has no disk that can be full. */
const onADisk = ['test/http/full-disk.test.ts']

/** Thousands of requests and commits: SQLite and PostgreSQL say what two engines make of them. */
const thousands = ['test/http/desk/offered.test.ts']

/** What constraints are called, asked of D1's double and of workerd. */
const ofD1 = ['test/store/constraint-errors.test.ts']

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface ProvidedContext {
    zone: string
  }
}

/** Files share processes and modules, which halves the time. Hooks of shared modules go by `test/ends.ts`. */
const shared = { isolate: false, setupFiles: 'test/each-file.ts', testTimeout: 300_000, hookTimeout: 300_000 }

/** The short form makes the same choices in every run, so that what it finds comes from the change. The long form varies. */
const FAULT_SEED = process.env.FAULT_SEED ?? (process.env.FAULTS === 'long' ? String(randomInt(2 ** 31)) : '20260401')

/** Whose requests must all be answered in time, so that nothing else runs meanwhile. */
const races = 'test/engines/postgres-race.test.ts'

/** What races or measures has the machine to itself. */
const alone = { groupOrder: 1 }

export default defineConfig({
  test: {
    globalSetup: 'test/seeded.ts',
    reporters: ['default', './test/slowest.ts'],
    sequence: { sequencer: LongProjectsFirst },
    // One more than vitest's own choice on two cores: a test that waits for a database leaves the core to another.
    maxWorkers: Math.max(2, availableParallelism()),
    pool: 'forks', // TZ is given to a process when it is born; a thread has its parent's
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [
            'test/e2e/**',
            'test/engines/**',
            'test/faults/**',
            'test/worker/**',
            architecture,
            ...zoned,
            ...long,
          ],
        },
      },
      { test: { ...shared, name: 'processes', include: long } },
      { test: { ...shared, name: 'architecture', include: [architecture] } },
      ...Object.entries(zones).map(([name, zone]) => ({
        test: { ...shared, name: `zone-${name}`, include: zoned, env: { TZ: zone }, provide: { zone } },
      })),
      {
        test: {
          ...shared,
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          exclude: [races],
          globalSetup: 'test/engines/postgres-server.ts',
        },
      },
      {
        test: {
          ...shared,
          name: 'races',
          include: [races],
          globalSetup: 'test/engines/postgres-server.ts',
          fileParallelism: false,
          sequence: alone,
        },
      },
      ...(['postgres', 'd1'] as const).map((engine) => ({
        test: {
          ...shared,
          name: engine,
          include: [...everywhere, ...(engine === 'd1' ? ofD1 : [])],
          exclude: [
            ...withoutRows,
            ...ofPages,
            ...(engine === 'd1' ? [...betweenProcesses, ...onADisk, ...thousands] : []),
          ],
          env: { MADOGUCHI_ENGINE: engine },
          ...(engine === 'postgres' && { globalSetup: 'test/engines/postgres-server.ts' }),
        },
      })),
      { test: { ...shared, name: 'workerd', include: ofD1, env: { MADOGUCHI_ENGINE: 'workerd' } } },
      {
        test: {
          ...shared,
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/faults/print-seed.ts', 'test/engines/postgres-server.ts'],
          env: { FAULT_SEED },
          testTimeout: 1_800_000,
          sequence: alone,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
        },
      },
    ],
  },
})
