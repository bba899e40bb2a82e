import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { backup } from '../../src/node/backup.ts'
import { restore } from '../../src/node/restore.ts'
import { erase } from '../../src/retention/erase.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import { openSqlite, openSqliteReadonly } from '../../src/store/sqlite.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { afterTest } from '../ends.ts'
import { everything } from '../everything.ts'
import { newFolder } from '../folder.ts'
import { application, NOW, testConfig, type World, world } from '../world.ts'

const migrations = readMigrations()

let folder: string
let database: string
let from: string
let kept: string
beforeEach(() => {
  folder = newFolder('restore')
  database = join(folder, 'house.db')
  from = join(folder, 'one.db')
  kept = join(folder, 'backup', 'before.db')
  afterTest(() => rmSync(folder, { recursive: true }))
})

const given = {
  clock: { now: () => NOW },
  config: testConfig(),
  actor: { kind: 'system', name: 'cli' } as const,
  locale: 'ja' as const,
}

const restored = (more: Partial<Parameters<typeof restore>[1]> = {}) =>
  restore(given, { from, database, kept, migrations, ...more })

/** A small house in use, with a backup of one booking. */
async function house(): Promise<World> {
  const w = await mito({ on: database })
  afterTest(() => w.close())
  await booked(w, application({ name: 'STAYS-NAME' }))
  await backup(database, from, migrations)
  return w
}

/** An empty database of that many migrations. */
async function ofVersion(path: string, count: number): Promise<void> {
  const file = openSqlite(path)
  await migrate(file, migrations.slice(0, count), NOW)
  await file.close()
}

function valuesIn<T>(path: string, query: string): T[] {
  const { raw } = openSqliteReadonly(path)
  const values = raw.prepare<[], T>(query).pluck().all()
  raw.close()
  return values
}

/** All files of the folder with their bytes, but the log and its index. */
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !/-(wal|shm)$/.test(one.name))
    .map((one) => [one.name, readFileSync(join(one.parentPath, one.name)).toString('latin1')] as const)

describe('a restore', () => {
  test('brings back every row of the backup, to a process that has the database open, and keeps the state before', async () => {
    const w = await house()
    const then = await everything(w)
    await booked(w)
    const now = await everything(w)
    expect(await restored()).toMatchObject({ contents: { booking: 1 }, kept, again: 0 })
    expect(await everything(w)).toEqual(then)
    const before = await world({ on: kept })
    afterTest(() => before.close())
    expect(await everything(before)).toEqual(now)
    expect((await booked(w)).id).not.toBe('')
  })

  test('shows a reader the state before until it is done', async () => {
    await house()
    const { raw } = openSqlite(database)
    raw.exec("insert into chore (name, done_on) values ('later', '')")
    raw.exec('begin')
    const count = () => raw.prepare("select count(*) from chore where name = 'later'").pluck().get()
    expect(count()).toBe(1)
    await restored()
    expect(count()).toBe(1)
    raw.exec('commit')
    expect(count()).toBe(0)
    raw.close()
  })

  test('makes the database if there is none, for its owner alone', async () => {
    await house()
    const other = join(folder, 'new', 'house.db')
    expect(await restored({ database: other })).toMatchObject({ contents: { booking: 1 }, kept: null })
    expect(existsSync(kept)).toBe(false)
    expect(statSync(other).mode & 0o777).toBe(0o600)
  })

  test('ends all sign-ins, so that none that ended since the backup is valid again', async () => {
    const w = await house()
    const account = {
      email: 'a@example.jp',
      name: 'a',
      role: 'desk' as const,
      prefectures: '08',
      state: 'active' as const,
    }
    const pass = { account: 'a', token_hash: 'h', proven: 1 as const, agent: '', created_at: NOW, seen_at: NOW }
    const { db, commit } = w.ctx.store
    await commit(
      db.insertInto('account').values({ id: 'a', ...account, revision: 0, created_at: NOW, updated_at: NOW }),
      db.insertInto('pass').values({ id: 'p', ...pass, expires_at: '2026-11-23T01:00:00.000Z' }),
    )
    rmSync(from)
    await backup(database, from, migrations)
    await w.run('delete from pass')
    await restored()
    expect(await w.column('select expires_at from pass')).toEqual([NOW])
  })

  test('gives no account back a right, a factor or a private feed that it lost since the backup', async () => {
    const w = await house()
    const { db, commit } = w.ctx.store
    const made = { revision: 0, created_at: NOW, updated_at: NOW }
    const account = {
      role: 'secretariat' as const,
      prefectures: '',
      state: 'active' as const,
      totp_secret: 'old',
      ...made,
    }
    const passkey = {
      account: 'lost',
      public_key: 'k',
      counter: 0,
      transports: '',
      name: 'n',
      created_at: NOW,
      used_at: NOW,
    }
    const ids = ['closed', 'lost', 'demoted']
    await commit(
      ...ids.map((id) => db.insertInto('account').values({ id, email: `${id}@example.jp`, name: id, ...account })),
      db.insertInto('passkey').values([
        { id: 'gone', ...passkey },
        { id: 'kept', ...passkey },
      ]),
      db
        .insertInto('staff_feed')
        .values({ id: 'feed', account: 'lost', prefectures: '', name: 'n', token_hash: 'h', created_at: NOW, own: 0 }),
      db
        .insertInto('recovery_code')
        .values(
          ['used', 'unused'].map((id) => ({ id, account: 'lost', code_hash: id, created_at: NOW, used_at: null })),
        ),
    )
    rmSync(from)
    await backup(database, from, migrations)
    await w.run("update recovery_code set used_at = ? where id = 'used'", NOW)
    await w.run("update account set state = 'closed' where id = 'closed'")
    await w.run("update account set role = 'desk', prefectures = '08' where id = 'demoted'")
    await w.run("update account set totp_secret = 'new' where id = 'lost'")
    await w.run("delete from passkey where id = 'gone'")
    await w.run('delete from staff_feed')
    await restored()
    const columns = "id || ' ' || state || ' ' || role || ' ' || prefectures || ' ' || totp_secret"
    expect(await w.column(`select ${columns} from account order by id`)).toEqual([
      'closed closed secretariat  old',
      'demoted active desk 08 old',
      'lost active secretariat  new',
    ])
    expect(await w.column('select id from passkey')).toEqual(['kept'])
    expect(await w.column('select id from staff_feed')).toEqual([])
    expect(await w.column('select id from recovery_code')).toEqual(['unused'])
  })

  test('migrates a backup of an older version before anybody reads it', async () => {
    await house()
    await ofVersion(join(folder, 'old.db'), 3)
    await restored({ from: join(folder, 'old.db') })
    const file = openSqliteReadonly(database)
    expect(await pendingMigrations(file, migrations)).toEqual([])
    file.raw.close()
    expect(valuesIn(database, 'select count(*) from booking')).toEqual([0])
    expect(valuesIn(join(folder, 'old.db'), 'select count(*) from migration')).toEqual([3])
  })

  test('replaces a database that a newer version migrated: that is the way back', async () => {
    const w = await house()
    await w.run("insert into migration values ('9999_later.sql', ?)", NOW)
    await restored()
    expect(valuesIn(database, "select name from migration where name like '9999%'")).toEqual([])
    expect(valuesIn(kept, "select name from migration where name like '9999%'")).toEqual(['9999_later.sql'])
  })
})

describe('a person who was erased after the backup', () => {
  test('is erased in the restored rows, in every byte, and stays so when an older backup is restored after it', async () => {
    const w = await house()
    const older = join(folder, 'older.db')
    await ofVersion(older, migrations.length)
    const erased = await booked(w, application({ name: 'KESU-NAME', email: 'kesu@example.jp' }))
    rmSync(from)
    await backup(database, from, migrations)
    await erase(w.ctx, { token: erased.token })
    expect(await restored({ from: older, kept: join(folder, 'kept 1') })).toMatchObject({ again: 0 })
    expect(await restored({ kept: join(folder, 'kept 2') })).toMatchObject({ again: 1 })
    expect(await w.column("select name from booking where name <> ''")).toEqual(['STAYS-NAME'])
    expect(await w.rows('select name, status from booking where id = ?', erased.id)).toEqual([
      { name: '', status: 'cancelled' },
    ])
    expect(await w.column("select subject from journal where act = 'booking.erased'")).toEqual([erased.id])
    const hits = (word: string) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((one) => one.isFile() && readFileSync(join(folder, one.name)).includes(word))
        .map((one) => one.name)
    expect(hits('kesu@example.jp')).toEqual(['one.db'])
    expect(hits('STAYS-NAME')).toContain('house.db')
  })
})

describe('what is refused changes no file', () => {
  test.each([
    ['a database that another process keeps locked', () => undefined, 'could not be locked within 0.05 seconds'],
    ['the database itself', () => rmSync(from), 'is the database itself'],
    [
      'a database of somebody else in its place',
      () => {
        rmSync(database)
        const { raw } = openSqlite(database)
        raw.exec('create table other (a)')
        raw.close()
      },
      'house.db is not a database of Madoguchi, or is damaged. Move it away, and restore again.',
    ],
    [
      'a damaged database in its place',
      () => writeFileSync(database, 'hello '.repeat(2000)),
      'Move it away, and restore again.',
    ],
    ['a backup without tables', () => writeFileSync(from, ''), 'it is empty'],
    [
      'a place for the state before that cannot be written',
      () => writeFileSync(join(folder, 'backup'), 'a file'),
      'EEXIST',
    ],
  ])('%s', async (_, make, says) => {
    const w = await mito({ on: database })
    await booked(w)
    await backup(database, from, migrations)
    await w.close()
    make()
    if (!existsSync(from)) symlinkSync(database, from)
    const holds = says.includes('locked') ? openSqlite(database).raw : null
    holds?.exec('begin immediate')
    const before = files()
    await expect(restored({ lockMs: 50 })).rejects.toThrow(says)
    expect(files()).toEqual(before)
    holds?.close()
  })

  test.each(['trigger revive after update on account begin select 1; end', 'view people as select name from booking'])(
    'a backup with a %s',
    async (made) => {
      await house()
      const { raw } = openSqlite(from)
      raw.exec(`create ${made}`)
      raw.close()
      const before = files()
      await expect(restored()).rejects.toThrow('is not a database of Madoguchi')
      expect(files()).toEqual(before)
    },
  )

  test('nor does a failed restore leave a new database', async () => {
    await house()
    mkdirSync(join(folder, 'new'))
    const other = join(folder, 'new', 'house.db')
    await expect(
      restored({ database: other, migrations: [...migrations, { name: '9999_bad.sql', sql: 'select from' }] }),
    ).rejects.toThrow('9999_bad.sql failed')
    expect(readdirSync(join(folder, 'new'))).toEqual([])
  })
})
