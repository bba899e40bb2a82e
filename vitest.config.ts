import { defineConfig } from 'vitest/config'

const architecture = 'test/architecture.test.ts'

/** Where a wrong reading of the machine's own time zone would show. Each of these files runs once in every zone. */
const zoned = [
  'test/zones.test.ts',
  'test/base/japan/{civil,era,holiday}.test.ts',
  'test/base/clock.test.ts',
  'test/schedule/**/*.test.ts',
  'test/calendar/**/*.test.ts',
]

const zones = { utc: 'UTC', tokyo: 'Asia/Tokyo', 'new-york': 'America/New_York' }

/** Acts, queries, doors, letters and calendars: they run on every engine. */
const everywhere = [
  'test/{booking,figures,people,schedule,mail,http,calendar,seed}/**/*.test.{ts,tsx}',
  'test/clockwork.test.ts',
]

/** Touch no rows, so that one run of them is enough. */
const withoutRows = [
  'test/booking/{input,waiting}.test.ts',
  'test/figures/{files,lead}.test.ts',
  'test/schedule/{closure,deadline,series,session}.test.ts',
  'test/mail/{letters,smtp,wrap}.test.ts',
  'test/calendar/**/*.test.ts',
]

/** Local D1 is open in one process only. */
const betweenProcesses = ['test/booking/race-processes.test.ts', 'test/booking/convert-killed.test.ts']

/** Thousands of requests and commits: SQLite and PostgreSQL say what two engines make of them. */
const thousands = ['test/http/desk-odd.test.ts', 'test/http/desk/offered.test.ts']

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to
  interface ProvidedContext {
    zone: string
  }
}

export default defineConfig({
  test: {
    globalSetup: 'test/seeded.ts',
    testTimeout: 60_000,
    pool: 'forks', // TZ is given to a process when it is born; a thread has its parent's
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/engines/**', 'test/worker/**', architecture, ...zoned],
        },
      },
      { test: { name: 'architecture', include: [architecture] } },
      ...Object.entries(zones).map(([name, zone]) => ({
        test: { name: `zone-${name}`, include: zoned, env: { TZ: zone }, provide: { zone } },
      })),
      {
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          globalSetup: 'test/engines/postgres-server.ts',
          fileParallelism: false,
          hookTimeout: 120_000,
        },
      },
      ...(['postgres', 'd1'] as const).map((engine) => ({
        test: {
          name: engine,
          include: everywhere,
          exclude: [...withoutRows, ...(engine === 'd1' ? [...betweenProcesses, ...thousands] : [])],
          env: { MADOGUCHI_ENGINE: engine },
          ...(engine === 'postgres' && { globalSetup: 'test/engines/postgres-server.ts' }),
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      })),
      {
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
