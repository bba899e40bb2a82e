import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDouble } from './d1-double.ts'
import { databaseOf } from './workerd.ts'

type Statement = [sql: string, ...given: unknown[]]

const double = openDouble()
const bound = (d1: D1Database, [sql, ...given]: Statement): D1PreparedStatement => d1.prepare(sql).bind(...given)

type Outcome = { results: unknown[]; changes: number } | { refused: string }

async function outcomes(work: () => Promise<{ results: unknown[]; meta: { changes: number } }[]>): Promise<Outcome[]> {
  try {
    return (await work()).map(({ results, meta }) => ({ results, changes: meta.changes }))
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    return [{ refused: words.replace(/ at offset \d+/, '') }]
  }
}

/** The answer of a database to a batch, then to reading everything. */
async function answers(d1: D1Database, batch: Statement[]): Promise<{ batch: Outcome[]; rows: Outcome[] }> {
  const done = await outcomes(() => d1.batch(batch.map((one) => bound(d1, one))))
  const rows = await outcomes(async () => [
    await bound(d1, ['select * from one order by id']).all(),
    await bound(d1, ['select * from many order by one, word']).all(),
  ])
  return { batch: done, rows }
}

/** The answer of both. Throws if they differ. */
async function both(...batch: Statement[]): Promise<Outcome[]> {
  const [here, there] = await Promise.all([answers(double.d1, batch), answers(await databaseOf(0), batch)])
  expect(here).toEqual(there)
  return here.batch
}

const refused = (pattern: RegExp) => [{ refused: expect.stringMatching(pattern) }]

beforeEach(async () => {
  for (const d1 of [double.d1, await databaseOf(0)]) {
    for (const sql of [
      'drop table if exists many',
      'drop table if exists one',
      `create table one (id text not null primary key, count integer not null, name text,
        constraint count_is_small check (count <= 5), constraint name_once unique (name, count))`,
      `create table many (one text not null references one (id) on delete cascade, word text not null,
        constraint many_once primary key (one, word))`,
      "insert into one values ('a', 1, 'first'), ('b', 2, null)",
      "insert into many values ('a', 'x'), ('a', 'y'), ('b', 'z')",
    ]) {
      await d1.prepare(sql).bind().all()
    }
  }
}, 120_000)
afterAll(() => double.close())

describe('a batch', () => {
  test('answers rows and how many each statement changed', async () => {
    const done = await both(
      ['select id, count from one order by id'],
      ['update one set count = 3 where name is null'],
      ['update one set count = 3 where id = ?', 'nobody'],
      ['insert into one values (?, ?, ?) returning id, name', 'c', 4, '髙﨑 𠮷郎😀'],
      ['delete from many'],
    )
    expect(done.map((one) => ('changes' in one ? one.changes : one))).toEqual([0, 1, 0, 1, 3])
  })

  test('counts what a delete takes with it as D1 does', async () => {
    expect(await both(["delete from one where id = 'a'"])).toMatchObject([{ results: [] }])
  })

  test('is carried out whole or not at all', async () => {
    expect(await both(["insert into one values ('c', 1, null)"], ['update one set count = 6'])).toEqual(
      refused(
        /^D1_ERROR: CHECK constraint failed: count_is_small: SQLITE_CONSTRAINT \(extended: SQLITE_CONSTRAINT_CHECK\)$/,
      ),
    )
  })

  test('of nothing is refused', async () => {
    expect(await both()).toEqual(refused(/No SQL statements detected/))
  })
})

test.each<[string, RegExp, Statement]>([
  ['a check', /CHECK constraint failed: count_is_small/, ["insert into one values ('c', 9, null)"]],
  [
    'a unique constraint',
    /UNIQUE constraint failed: one\.name, one\.count/,
    ["insert into one values ('c', 1, 'first')"],
  ],
  ['a primary key', /UNIQUE constraint failed: one\.id/, ["insert into one values ('a', 1, 'other')"]],
  ['a missing value', /NOT NULL constraint failed: one\.count/, ["insert into one values ('c', null, null)"]],
  ['a reference', /FOREIGN KEY constraint failed/, ["insert into many values ('nobody', 'x')"]],
  ['a table that is not there', /no such table: none/, ['select * from none']],
  ['a column that is not there', /no such column: none/, ['select none from one']],
  ['a word that is no SQL', /syntax error/, ['selec 1']],
])('%s is told in the words of D1', async (_, words, statement) => {
  expect(await both(statement)).toEqual(refused(words))
})

describe('what D1 does not carry out', () => {
  test.each(['begin', 'begin immediate', 'commit', 'end', 'rollback', 'savepoint s', 'release s'])(
    '%s',
    async (sql) => {
      expect(await both([sql])).toEqual(refused(/^D1_ERROR: To execute a transaction, /))
    },
  )

  test.each(["attach ':memory:' as other", 'vacuum', 'create temp table t (id)', 'pragma journal_mode = wal'])(
    '%s',
    async (sql) => {
      expect(await both([sql])).toEqual(refused(/^D1_ERROR: /))
    },
  )
})

describe('a limit', () => {
  const marks = (n: number) => `select 'a' in (${Array.from({ length: n }, () => '?').join()}) as found`
  const letters = (n: number) => Array.from({ length: n }, () => 'a')

  test('of 100 parameters', async () => {
    expect(await both([marks(100), ...letters(100)])).toEqual([{ results: [{ found: 1 }], changes: 0 }])
    expect(await both([marks(101), ...letters(101)])).toEqual(refused(/too many SQL variables/))
  })

  test('of 100,000 bytes a statement', async () => {
    const long = (bytes: number) => `select 1 as x -- ${'x'.repeat(bytes - 'select 1 as x -- '.length)}`
    expect(await both([long(100_000)])).toEqual([{ results: [{ x: 1 }], changes: 0 }])
    expect(await both([long(100_001)])).toEqual(refused(/statement too long/))
  })

  test.each<[string, number, (n: number) => string]>([
    ['letters of a LIKE pattern', 50, (n) => `select 'a' like '${'a'.repeat(n)}' as found`],
    ['columns of a result', 100, (n) => `select ${Array.from({ length: n }, (_, i) => `1 as c${i}`).join()}`],
    ['selects joined by union', 5, (n) => Array.from({ length: n }, (_, i) => `select ${i} as x`).join(' union all ')],
  ])('of %s: %i', async (_, most, sql) => {
    expect(await both([sql(most)])).toMatchObject([{ changes: 0 }])
    expect(await both([sql(most + 1)])).toEqual(refused(/^D1_ERROR: /))
  })
})

test.each([
  ['nothing', null],
  ['a text', "O'Hara"],
  ['letters of every width', '髙﨑 𠮷郎😀\n二行目'],
  ['half a letter', 'a\uD800b'],
  ['an empty text', ''],
  ['a whole number', 2 ** 40],
  ['the largest whole number', Number.MAX_SAFE_INTEGER],
  ['a fraction', 0.1],
  ['yes', true],
  ['no', false],
])('%s comes back as from D1', async (_, value) => {
  const read: Statement = ['select ? as value, typeof(?) as type', value, value]
  expect(await both(read, ['update one set name = ?', value])).toMatchObject([{ changes: 0 }, { changes: 2 }])
})

test.each([undefined, 1n, Symbol.iterator, {}])('a parameter that is no value of SQL is refused: %s', (value) => {
  expect(() => double.d1.prepare('select ?').bind(value)).toThrow('D1_TYPE_ERROR')
})

describe('the double alone refuses', () => {
  test.each<[string, string, RegExp]>([
    ['two statements in one', 'select 1; select 2', /one statement at a time/],
    [
      'a 33rd argument of a function',
      `select max(${Array.from({ length: 33 }, (_, i) => i).join()})`,
      /too many arguments/,
    ],
  ])('%s', async (_, sql, words) => {
    await expect(double.d1.prepare(sql).bind().all()).rejects.toThrow(words)
  })
})
