import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import { copy } from '../../src/node/copy.ts'
import { findings } from '../../src/node/findings.ts'
import { migrate, pendingMigrations } from '../../src/store/migrate.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { booked } from '../booking/fixtures.ts'
import { application, NOW, world } from '../world.ts'
import { living } from './living.ts'
import { freshDatabase, start } from './server.ts'

const migrations = readMigrations()

const run = (...args: string[]) => start('cli', ['copy', ...args], {})

test('a database that is booked in meanwhile is copied as it was at one moment', async () => {
  const { path, w } = await living()
  const to = freshDatabase()
  const load = { going: true, made: 0 }
  const booking = (async () => {
    const times = ['1000', '1100', '1300', '1400', '1500']
    const days = await w.column<string>("select id from session where id like 'ibaraki-%' and date > '2026-11-27'")
    for (const place of days.flatMap((day) => times.map((time) => [day, `${day}-${time}`]))) {
      if (!load.going) break
      await booked(w, application({ session: place[0], slot: place[1] })).catch(() => null)
      load.made++
    }
  })()
  const sums = await copy(`sqlite:${path}`, `sqlite:${to}`, migrations, NOW)
  load.going = false
  await booking
  expect(load.made).toBeGreaterThan(0)
  const there = await world({ on: to })
  expect(await there.column('select count(*) from booking')).toEqual([sums.booking?.rows])
  expect(await findings(there.system)).toEqual([])
  await Promise.all([w.close(), there.close()])
})

test('a dump for D1 is proven before it has its name, and runs only on an empty database', async () => {
  const { path, w } = await living()
  const to = `${freshDatabase()}.sql`
  await copy(`sqlite:${path}`, `d1:${to}`, migrations, NOW)
  const statements = readFileSync(to, 'utf8')
  expect(Math.max(...statements.split(';\n').map((one) => Buffer.byteLength(one)))).toBeLessThan(100_000)
  const empty = await world({ seeded: false })
  const all = statements.split(/;\n(?=insert into )/)
  for (const statement of all) await empty.run(statement.replace(/;\n$/, ''))
  expect(await empty.rows('select * from booking order by id')).toEqual(
    await w.rows('select * from booking order by id'),
  )
  expect(await findings(empty.system)).toEqual([])
  const [, onlyEmpty = '', ...rest] = all
  await expect(empty.run(onlyEmpty)).rejects.toThrow('still_true')
  // Its last statements compare what has arrived.
  await empty.run("update booking set name = 'x'")
  const sums = rest.findLast((statement) => statement.includes('from booking) as added'))
  await expect(empty.run(sums ?? '')).rejects.toThrow('still_true')
  await Promise.all([w.close(), empty.close()])
})

test('what is refused is refused in words, and leaves nothing behind', async () => {
  const { path, w } = await living()
  const full = freshDatabase()
  await copy(`sqlite:${path}`, `sqlite:${full}`, migrations, NOW)
  const old = freshDatabase()
  const other = await world({ on: old })
  await other.run('delete from migration')
  await Promise.all([w.close(), other.close()])
  for (const [from, to, words] of [
    [`sqlite:${path}`, `sqlite:${full}`, 'the target is not empty: there are rows in programme'],
    ['sqlite:nowhere.db', `sqlite:${freshDatabase()}`, 'there is no file nowhere.db'],
    [`sqlite:${path}`, 'mysql://elsewhere', '--to must be'],
    ['mysql://elsewhere', `sqlite:${freshDatabase()}`, '--from must be'],
    [`sqlite:${old}`, `sqlite:${freshDatabase()}`, 'migrate it first'],
    [`sqlite:${path}`, `d1:${path}`, 'is there already'],
  ] as const) {
    const process = run('--from', from, '--to', to)
    expect(await process.ended).toBe(1)
    expect(process.printed()).toContain(words)
  }
  const process = run('--from', `sqlite:${path}`)
  expect([await process.ended, process.printed()]).toEqual([1, 'copy --from URL --to URL: from where, and where to?\n'])
})

test('a target that holds anything is refused as it is: not migrated, not touched', async () => {
  const { path, w } = await living()
  const [old, strange] = [freshDatabase(), freshDatabase()]
  const before = openSqlite(old)
  await migrate(before, migrations.slice(0, 2), NOW)
  before.raw.exec("insert into chore (name, done_on) values ('plan', '2026-11-22')")
  await expect(copy(`sqlite:${path}`, `sqlite:${old}`, migrations, NOW)).rejects.toThrow('there are rows in chore')
  expect(await pendingMigrations(before, migrations)).toEqual(migrations.slice(2))
  const other = openSqlite(strange)
  other.raw.exec('create table sheet (name text)')
  await expect(copy(`sqlite:${path}`, `sqlite:${strange}`, migrations, NOW)).rejects.toThrow('tables of its own, sheet')
  expect((await other.db.introspection.getTables()).map((one) => one.name)).toEqual(['sheet'])
  await Promise.all([w.close(), before.close(), other.close()])
})

test('of two copies into one target at once, one stands and the other is refused', async () => {
  const { path, w } = await living()
  const to = freshDatabase()
  const both = [run, run].map((each) => each('--from', `sqlite:${path}`, '--to', `sqlite:${to}`))
  const codes = (await Promise.all(both.map((one) => one.ended))).map(String)
  expect(codes.toSorted()).toEqual(['0', '1'])
  expect(both[codes.indexOf('1')]?.printed()).toContain('the target is not empty')
  const there = await world({ on: to })
  expect(await findings(there.system)).toEqual([])
  await Promise.all([w.close(), there.close()])
})

test('a copy that differs in a single number is reported by its column', async () => {
  const { path, w } = await living()
  const to = freshDatabase()
  const there = await world({ on: to })
  await there.run('create trigger off_by_one after insert on booking begin update booking set token_version = 2; end')
  await expect(copy(`sqlite:${path}`, `sqlite:${to}`, migrations, NOW)).rejects.toThrow(
    'booking.token_version_sum: 2, 4',
  )
  await Promise.all([w.close(), there.close()])
})

test('a copy that differs in a single letter is reported by its column, and taken back whole', async () => {
  const { path, w } = await living()
  const to = freshDatabase()
  const there = await world({ on: to })
  const forgetful = "create trigger forgetful after insert on booking begin update booking set name = 'x'; end"
  await there.run(forgetful)
  await expect(copy(`sqlite:${path}`, `sqlite:${to}`, migrations, NOW)).rejects.toThrow(/booking\.name_length: \d+, 4/)
  expect(await there.column('select count(*) from session')).toEqual([0])
  await Promise.all([w.close(), there.close()])
})
