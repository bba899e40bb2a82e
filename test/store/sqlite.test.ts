import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { CompiledQuery } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { Busy, orThrow, type Write } from '../../src/store/store.ts'
import { newFolder } from '../folder.ts'
import { program } from '../programs.ts'
import { NOW } from '../world.ts'

let folder: string
let path: string
let store: ReturnType<typeof openSqlite>

beforeEach(async () => {
  folder = newFolder('store')
  path = join(folder, 'store.db')
  store = openSqlite(path)
  await migrate(store, readMigrations(), NOW)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

/** How many transactions the write-ahead log holds: its frames that end one (SQLite file format, section 4.1). */
function transactions(): number {
  const log = readFileSync(`${path}-wal`)
  const frame = 24 + log.readUInt32BE(8)
  let count = 0
  for (let at = 32; at + frame <= log.length; at += frame) count += log.readUInt32BE(at + 4) > 0 ? 1 : 0
  return count
}

const chore = (name: string, done_on = '2026-11-22') => store.db.insertInto('chore').values({ name, done_on })
const broken = () => store.db.insertInto('expectation').values({ holds: 0 })
const names = async (from = store) =>
  (await from.db.selectFrom('chore').select('name').orderBy('name').execute()).map((one) => one.name)

describe('a commit', () => {
  test('makes all its writes, in their order, and says how many rows each changed', async () => {
    const { db } = store
    const done = await store.commit(
      chore('a'),
      chore('b'),
      db.updateTable('chore').set({ done_on: '2026-11-23' }),
      db.updateTable('chore').set({ done_on: 'never' }).where('name', '=', 'c'),
      db.deleteFrom('chore').where('name', '=', 'a'),
      chore('b').onConflict((oc) => oc.doNothing()),
    )
    expect(done).toEqual({ ok: true, changed: [1, 1, 2, 0, 1, 0] })
    expect(await db.selectFrom('chore').selectAll().execute()).toEqual([
      { name: 'b', done_on: '2026-11-23', done_at: null },
    ])
  })

  test.each([0, 1, 2, 3])('with a broken constraint at place %d makes none of them', async (at) => {
    const writes: Write[] = [chore('a'), chore('b'), chore('c')]
    writes.splice(at, 0, broken())
    expect(await store.commit(...writes)).toEqual({ ok: false, broke: 'still_true' })
    expect(await names()).toEqual([])
  })

  test('with a mistake in it throws, makes none of them, and the next is taken again', async () => {
    const mistake: Write = { compile: () => CompiledQuery.raw('insert into nowhere values (1)') }
    await expect(store.commit(chore('a'), mistake)).rejects.toThrow('no such table')
    await expect(store.commit(chore('a'), chore('a'))).rejects.toThrow('chore.name')
    const unspeakable: Write = {
      compile: () => {
        throw new Error('cannot be written')
      },
    }
    await expect(store.commit(chore('a'), unspeakable)).rejects.toThrow('cannot be written')
    expect(await names()).toEqual([])
    expect(await store.commit(chore('a'))).toMatchObject({ ok: true })
    expect(await names()).toEqual(['a'])
  })

  test('of nothing changes nothing', async () => {
    expect(await store.commit()).toEqual({ ok: true, changed: [] })
  })

  test('many at once are made one after the other, each whole', async () => {
    const done = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.commit(chore(`a${i}`), ...(i % 5 ? [chore(`b${i}`)] : [broken()]))),
    )
    expect(done.filter((one) => one.ok)).toHaveLength(40)
    expect(await names()).toHaveLength(80)
  })

  test('shares one transaction, and so one fsync, with all that come at once', async () => {
    const before = transactions()
    await Promise.all(Array.from({ length: 60 }, (_, i) => store.commit(chore(`a${i}`), chore(`b${i}`))))
    expect(transactions() - before).toBe(1)
    for (let i = 0; i < 5; i++) await store.commit(chore(`c${i}`))
    expect(transactions() - before).toBe(6)
  })

  test('falls alone if it has a mistake, and those beside it stand', async () => {
    const done = await Promise.allSettled([
      store.commit(chore('a')),
      store.commit(chore('b'), chore('a')),
      store.commit(broken()),
      store.commit(chore('c')),
    ])
    expect(done.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await names()).toEqual(['a', 'c'])
  })

  test('is answered to nobody before all that share its transaction are on the disk', async () => {
    const other = openSqlite(path)
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.commit(chore(`a${i}`)).then(async () => (await names(other)).length)),
    )
    expect(seen).toEqual(Array.from({ length: 20 }, () => 20))
    await other.close()
  })

  test('fails with all that share its transaction if the transaction itself cannot be', async () => {
    const [other, impatient] = [openSqlite(path), openSqlite(path, undefined, 0)]
    other.raw.exec('begin immediate')
    const done = await Promise.allSettled([impatient.commit(chore('a')), impatient.commit(chore('b'))])
    expect(done.map((one) => one.status === 'rejected' && one.reason)).toEqual([expect.any(Busy), expect.any(Busy)])
    other.raw.exec('rollback')
    expect(await impatient.commit(chore('a'))).toMatchObject({ ok: true })
    expect(await names()).toEqual(['a'])
    await other.close()
    await impatient.close()
  })

  test('waits for the lock of another process without stopping this one, and keeps its order', async () => {
    const other = openSqlite(path)
    other.raw.exec('begin immediate')
    let made = 0
    const commits = ['c', 'b', 'a'].map(async (name) => {
      await store.commit(chore(name))
      made++
      return name + made
    })
    for (let turns = 0; turns < 20; turns++) await new Promise((done) => void setImmediate(done))
    expect([made, await names()]).toEqual([0, []])
    const late = store.commit(chore('d'))
    other.raw.exec('rollback')
    expect(await Promise.all(commits)).toEqual(['c1', 'b2', 'a3'])
    expect(await late).toMatchObject({ ok: true })
    expect(await names()).toEqual(['a', 'b', 'c', 'd'])
    await other.close()
  })

  test('is seen by another connection at once, and what is not committed is not', async () => {
    const other = openSqlite(path)
    await store.commit(chore('a'))
    expect(await names(other)).toEqual(['a'])
    store.raw.exec("begin immediate; insert into chore (name, done_on) values ('b', '')")
    expect(await names(other)).toEqual(['a'])
    store.raw.exec('rollback')
    await other.close()
  })

  test('that no act has an answer to is thrown by the name of what broke', async () => {
    expect(orThrow(await store.commit(chore('a')))).toEqual([1])
    const done = await store.commit(broken())
    expect(() => orThrow(done)).toThrow('a commit broke still_true')
  })
})

describe('the database', () => {
  test('is on the disk before a commit is answered, and keeps what points at what', () => {
    const setting = (name: string) => store.raw.pragma(name, { simple: true })
    expect(setting('journal_mode')).toBe('wal')
    expect(setting('synchronous')).toBe(2)
    expect(setting('foreign_keys')).toBe(1)
    expect(setting('busy_timeout')).toBe(5000)
  })

  test('keeps every text as it was, and takes no number for it', async () => {
    const texts = ['髙﨑𠮷', '\ufa10\ufa19', 'が\u3099', '👩‍💻', "'; drop table chore; --", '007', ' ', 'a\nb']
    await store.commit(...texts.map((text) => chore(text)))
    expect(new Set(await names())).toEqual(new Set(texts))
  })

  test('tells of every read to who counts them', async () => {
    let reads = 0
    const counted = openSqlite(path, (event) => {
      if (event.level === 'query') reads++
    })
    await names(counted)
    await counted.commit(counted.db.deleteFrom('chore'))
    expect(reads).toBe(1)
    await counted.close()
  })

  test('answers the same question asked six hundred times over, each a little different', async () => {
    await store.commit(chore('a'))
    for (let n = 1; n <= 600; n++) {
      const rows = await store.db
        .selectFrom('chore')
        .select('name')
        .limit(n)
        .where(
          'name',
          'in',
          Array.from({ length: n }, () => 'a'),
        )
        .execute()
      expect(rows).toHaveLength(1)
    }
  })
})

describe('a process that is killed', () => {
  test('leaves every commit that it had answered, and no half of one', async () => {
    const child = spawn(process.execPath, [program('writer'), path], { stdio: ['ignore', 'pipe', 'inherit'] })
    const told: number[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      told.push(Number(line))
      if (told.length === 40) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
    expect(told.length).toBeGreaterThanOrEqual(40)

    const found = store.raw.prepare('select id from journal').pluck().all() as string[]
    const lines = new Set(found)
    expect(told.filter((n) => !lines.has(`${n} first`) || !lines.has(`${n} second`))).toEqual([])
    expect(found.length % 2).toBe(0)
    expect(found.filter((id) => id.endsWith('first')).every((id) => lines.has(id.replace('first', 'second')))).toBe(
      true,
    )
    expect(store.raw.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(await store.commit(chore('after'))).toMatchObject({ ok: true })
  })
})
