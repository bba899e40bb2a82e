import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../db/seed/migrations.ts'
import manifest from '../../package.json' with { type: 'json' }
import { backup } from '../../src/node/backup.ts'
import { openSqlite, openSqliteReadonly } from '../../src/store/sqlite.ts'
import { program } from '../programs.ts'
import { application, freshKey, world } from '../world.ts'
import { freshDatabase, serve, start } from './server.ts'

const PATIENT = 120_000
let seeded: string
beforeAll(async () => {
  seeded = freshDatabase()
  const w = await world({ on: seeded, seeded: true, now: new Date().toISOString() })
  // The load books without a pause: the places must suffice on every day of the year.
  for (const table of ['session', 'slot']) await w.run(`update ${table} set capacity = 1000`)
  await w.close()
}, PATIENT)

/** A database of its own in a folder of its own. */
function copy(): string {
  const folder = `${freshDatabase()}-folder`
  mkdirSync(folder)
  const path = join(folder, 'madoguchi.db')
  copyFileSync(seeded, path)
  return path
}

async function madoguchi(path: string, ...args: string[]): Promise<{ code: unknown; printed: string }> {
  const env = { DATABASE_URL: `sqlite:${path}`, BACKUP_DIR: join(dirname(path), 'backup') }
  const run = start('cli', args, env)
  return { code: await run.ended, printed: run.printed() }
}

type Open = { id: string; formats: string[]; slots: { id: string; remaining: number }[] }

/** Books one place after the other until stopped. Returns the ids that were answered with 201. */
function booking(url: string) {
  const answered: string[] = []
  const faults: string[] = []
  const load = { going: true }
  const work = (async () => {
    while (load.going) {
      const asked = await fetch(`${url}/api/v1/sessions?status=open&limit=20`)
      const { sessions } = (await asked.json()) as { sessions: Open[] }
      for (const { id, formats, slots } of sessions) {
        if (!load.going) return
        const slot = slots.find(({ remaining }) => remaining > 0)?.id ?? null
        const body = JSON.stringify(application({ session: id, slot, format: formats[0] }))
        const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
        const answer = await fetch(`${url}/api/v1/bookings`, { method: 'POST', body, headers })
        const told = (await answer.json()) as { booking?: { id: string } }
        if (told.booking) answered.push(told.booking.id)
        else if (answer.status >= 500) faults.push(`${answer.status}`)
      }
    }
  })()
  const until = async (count: number) => {
    const met = (async () => {
      while (load.going && answered.length < count) await setTimeout(5)
    })()
    await Promise.race([met, work])
    expect(answered.length).toBeGreaterThanOrEqual(count)
  }
  const stop = async () => {
    load.going = false
    await work
  }
  return { answered, faults, until, stop }
}

/** The first column of a query. */
function valuesIn<T>(path: string, query: string): T[] {
  const { raw } = openSqliteReadonly(path)
  const values = raw.prepare<[], T>(query).pluck().all()
  raw.close()
  return values
}

const idsIn = (path: string) => new Set(valuesIn<string>(path, 'select id from booking'))

/** The one file that a restore kept. */
function keptIn(path: string): string {
  const [name = '', ...others] = readdirSync(join(dirname(path), 'backup'))
  expect([name, others]).toEqual([expect.stringMatching(/before-restore\.db$/), []])
  return join(dirname(path), 'backup', name)
}

describe('a database that is served and booked in', () => {
  test(
    'is backed up with all that was answered before, and restored to just that while bookings go on',
    async () => {
      const path = copy()
      const server = await serve(path, { RATE_LIMIT: 'off', NODE_ENV: 'test' })
      const load = booking(server.url)
      await load.until(20)
      const before = [...load.answered]
      const file = join(dirname(path), 'one.db')
      const made = await madoguchi(path, 'backup', file)
      expect(made).toMatchObject({ code: 0 })
      await load.until(before.length + 10)
      const inBackup = idsIn(file)
      expect(before.filter((id) => !inBackup.has(id))).toEqual([])
      expect((await madoguchi(file, 'doctor')).printed).toContain('No fault found')

      const lost = load.answered.filter((id) => !inBackup.has(id))
      expect(await madoguchi(path, 'restore', file)).toMatchObject({ code: 0 })
      await load.until(load.answered.length + 10)
      await load.stop()
      expect(load.faults).toEqual([])
      server.kill('SIGTERM')
      expect(await server.ended).toBe(0)
      const now = idsIn(path)
      const kept = idsIn(keptIn(path))
      expect([...inBackup].filter((id) => !now.has(id))).toEqual([])
      expect(lost.length).toBeGreaterThanOrEqual(10)
      expect(lost.filter((id) => now.has(id) || !kept.has(id))).toEqual([])
      // The lock parts them: each is in the database before or in the one after.
      expect(load.answered.filter((id) => !inBackup.has(id) && now.has(id) === kept.has(id))).toEqual([])
      expect((await madoguchi(path, 'doctor')).printed).toContain('No fault found')
    },
    PATIENT,
  )
})

/** Writes one row in a transaction of 300 ms, again and again with short pauses, until stopped. */
function slowWriter(path: string) {
  const { raw } = openSqlite(path)
  const state = { going: true, written: [] as string[] }
  const work = (async () => {
    while (state.going) {
      const name = `writer ${state.written.length}`
      raw.exec(`begin immediate; insert into chore (name, done_on) values ('${name}', '')`)
      await setTimeout(300)
      raw.exec('commit')
      state.written.push(name)
      await setTimeout(20)
    }
    raw.close()
  })()
  const stop = async () => {
    state.going = false
    await work
    return state.written
  }
  return { written: state.written, stop }
}

const choresIn = (path: string) => new Set(valuesIn<string>(path, 'select name from chore'))

test(
  'a restore waits for a process that writes nearly all the time, and loses none of its rows',
  async () => {
    const path = copy()
    const file = join(dirname(path), 'one.db')
    expect(await madoguchi(path, 'backup', file)).toMatchObject({ code: 0 })
    const writer = slowWriter(path)
    const restored = await madoguchi(path, 'restore', file)
    const lost = [...writer.written].slice(0, -1)
    const written = await writer.stop()
    expect(restored).toMatchObject({ code: 0 })
    const [now, kept] = [choresIn(path), choresIn(keptIn(path))]
    expect(kept.has('writer 0')).toBe(true)
    expect(now.has('writer 0')).toBe(false)
    expect(written.length).toBeGreaterThan(lost.length)
    expect(written.filter((name) => now.has(name) === kept.has(name))).toEqual([])
  },
  PATIENT,
)

/** A database with a booking more than its backup. */
async function changedSince() {
  const path = copy()
  const file = join(dirname(path), 'one.db')
  await backup(path, file, readMigrations())
  const w = await world({ on: path, now: new Date().toISOString() })
  await w.run("insert into chore (name, done_on) values ('later', '')")
  await w.close()
  return { path, file }
}

describe('a restore that is cut off in the middle changes nothing, and the next one works', () => {
  test(
    'killed at any moment',
    async () => {
      const { path, file } = await changedSince()
      const outcomes: boolean[] = []
      for (const after of [0, 40, 120, 250]) {
        const env = { DATABASE_URL: `sqlite:${path}`, BACKUP_DIR: join(dirname(path), `backup ${after}`) }
        const run = start('cli', ['restore', file], env)
        const cut = new AbortController()
        const begun = async () => {
          const isBegun = () => readdirSync(dirname(path)).some((name) => name.endsWith('.part'))
          while (!cut.signal.aborted && !isBegun()) await setTimeout(5)
          await setTimeout(after)
          run.kill('SIGKILL')
        }
        await Promise.all([run.ended.finally(() => cut.abort()), begun()])
        outcomes.push(choresIn(path).has('later'))
        expect(valuesIn(path, 'pragma integrity_check')).toEqual(['ok'])
        expect(valuesIn(path, 'select count(*) from session')).not.toEqual([0])
        for (const name of readdirSync(dirname(path))) if (name.includes('.part')) rmSync(join(dirname(path), name))
      }
      expect(outcomes[0]).toBe(true)
      expect(await madoguchi(path, 'restore', file)).toMatchObject({ code: 0 })
      expect(choresIn(path).has('later')).toBe(false)
    },
    PATIENT,
  )

  test(
    'stopped by the disk, in words',
    async () => {
      const { path, file } = await changedSince()
      const names = () => readdirSync(dirname(path)).filter((name) => !/-(wal|shm)$/.test(name))
      const before = names()
      // A file may be as large as the database. The log may not: somebody reads, so that it cannot begin anew.
      const { raw } = openSqlite(path)
      raw.pragma('wal_autocheckpoint = 0')
      const most = statSync(path).size * 1.3
      while (statSync(`${path}-wal`).size < most / 2) raw.exec('update session set sample = 1 - sample')
      raw.exec('begin; select 1 from session')
      const limited = `trap '' XFSZ; ulimit -f ${Math.ceil(most / 512)}; exec "$0" "$@"`
      const { status, stderr } = spawnSync('sh', ['-c', limited, process.execPath, program('cli'), 'restore', file], {
        env: { ...process.env, DATABASE_URL: `sqlite:${path}`, BACKUP_DIR: join(dirname(path), 'backup') },
        encoding: 'utf8',
      })
      raw.close()
      expect([status, stderr]).toEqual([1, expect.stringMatching(/^the disk .*\nNothing was changed\.\n$/)])
      expect(names().filter((name) => name !== 'backup')).toEqual(before)
      expect(choresIn(keptIn(path)).has('later')).toBe(true)
      expect(choresIn(path).has('later')).toBe(true)
      expect(valuesIn(path, 'pragma integrity_check')).toEqual(['ok'])
    },
    PATIENT,
  )
})

describe('what is refused leaves everything as it was', () => {
  test.each([
    ['a file that is not there', () => undefined, 'there is no file'],
    [
      'a file that is no database',
      (file: string) => writeFileSync(file, 'hello '.repeat(2000)),
      'not a database of Madoguchi',
    ],
    [
      'a database of somebody else',
      (file: string) => {
        const { raw } = openSqlite(file)
        raw.exec('create table other (a)')
        raw.close()
      },
      'not a database of Madoguchi',
    ],
    [
      'a damaged backup',
      (file: string) => {
        const bytes = readFileSync(seeded)
        bytes.fill(0x5a, 8192, 8192 * 6)
        writeFileSync(file, bytes)
      },
      'not a database of Madoguchi',
    ],
    [
      'a backup of a newer version',
      (file: string) => {
        copyFileSync(seeded, file)
        const { raw } = openSqlite(file)
        raw.exec("insert into migration values ('9999_later.sql', '2030-01-01T00:00:00.000Z')")
        raw.close()
      },
      'newer than this code',
    ],
  ])('%s', async (_, make, says) => {
    const path = copy()
    const file = join(dirname(path), 'strange.db')
    make(file)
    const { code, printed } = await madoguchi(path, 'restore', file)
    expect(code).toBe(1)
    expect(printed).toContain(says)
    expect((await madoguchi(path, 'doctor')).code).toBe(0)
    expect(readdirSync(dirname(path))).not.toContain('backup')
  })

  test('a file that a backup would overwrite', async () => {
    const path = copy()
    const { code, printed } = await madoguchi(path, 'backup', path)
    expect([code, printed.includes(`${basename(path)} is there already`)]).toEqual([1, true])
  })
})

test('doctor tells each fault on a line, exits with 1, and says it to programs too', async () => {
  const path = copy()
  expect(await madoguchi(path, 'doctor')).toMatchObject({ code: 0 })
  const { raw } = openSqlite(path)
  raw.pragma('foreign_keys = OFF')
  raw.exec(
    'update session set seats_taken = 1 where id = (select min(id) from session where capacity > 1); delete from venue',
  )
  raw.close()
  const { code, printed } = await madoguchi(path, 'doctor')
  expect(code).toBe(1)
  expect(printed).toContain(`madoguchi ${manifest.version}\n`)
  expect(printed).toMatch(/^counter_session: 1 \(/m)
  expect(printed).toMatch(/^orphan_session_venue: \d+ \(/m)
  const { version, faults } = JSON.parse((await madoguchi(path, 'doctor', '--json')).printed) as {
    version: string
    faults: { code: string }[]
  }
  expect(version).toBe(manifest.version)
  expect(faults.map((fault) => fault.code)).toEqual(['counter_session', 'orphan_session_venue', 'orphan_series_venue'])
})

test('doctor finds a migration that is still to come', async () => {
  const path = copy()
  const { raw } = openSqlite(path)
  raw.exec("delete from migration where name like '0002%'")
  raw.close()
  const { code, printed } = await madoguchi(path, 'doctor')
  expect([code, /^migrations_pending: 1 \(0002/m.test(printed)]).toEqual([1, true])
})

test('doctor finds a file that is damaged', async () => {
  const path = copy()
  const bytes = readFileSync(path)
  const middle = Math.floor(bytes.length / 8192) * 4096
  bytes.fill(0x5a, middle, middle + 4096 * 10)
  writeFileSync(path, bytes)
  const { code, printed } = await madoguchi(path, 'doctor')
  expect([code, /^file_damaged: \d+$/m.test(printed)]).toEqual([1, true])
})

test('forget says beforehand how many it would be', async () => {
  const path = copy()
  expect((await madoguchi(path, 'forget', '--dry-run')).printed).toContain('0 bookings would be made anonymous')
  expect((await madoguchi(path, 'forget')).printed).toContain('0 bookings made anonymous')
})

test('a command that meets no file, or cannot write, says so and makes none', async () => {
  const path = copy()
  const none = join(dirname(path), 'none.db')
  for (const command of ['forget', 'doctor', 'backup']) {
    const told = await madoguchi(none, command)
    expect(told).toEqual({ code: 1, printed: `there is no file ${none}\n` })
  }
  expect(readdirSync(dirname(path))).toEqual([basename(path)])
  const { code, printed } = await madoguchi(path, 'backup', join(path, 'one.db'))
  expect(code).toBe(1)
  expect(printed).toMatch(/^a file is where a folder should be \(.*\)\nNo backup was made\.\n$/)
})
