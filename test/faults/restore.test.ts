import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSqlite } from '../../src/store/sqlite.ts'
import { freshDatabase, start } from '../node/server.ts'
import { chosen, expectLawful, furnished, house, onRows, print } from './house.ts'
import { SEED, times } from './size.ts'
import { visitors } from './visitors.ts'

const ROUNDS = times(2, 20)

async function madoguchi(path: string, ...args: string[]) {
  const folder = `${path}-kept`
  const run = start('cli', args, { DATABASE_URL: `sqlite:${path}`, BACKUP_DIR: folder })
  return { run, code: await run.ended, folder }
}

function idsIn(path: string): string[] {
  const { raw } = openSqlite(path)
  const ids = raw.prepare<[], string>('select id from booking').pluck().all()
  raw.close()
  return ids
}

/** Holds the lock of a file as another process would, for so many milliseconds. */
async function hold(path: string, ms: number): Promise<void> {
  const { raw, close } = openSqlite(path)
  raw.exec('begin immediate')
  await pause(ms)
  raw.exec('rollback')
  await close()
}

test('a restore while people book and a writer holds the lock brings the backup back whole, or says that it did not', async () => {
  const home = await house(await furnished())
  const load = await visitors(home.ask)
  await load.more(20)
  const backup = `${freshDatabase()}.backup`
  expect((await madoguchi(home.address, 'backup', backup)).code).toBe(0)
  const saved = idsIn(backup)
  const outcomes: unknown[] = []
  for (const ms of chosen(fc.integer({ min: 500, max: 4000 }), ROUNDS)) {
    await load.more(10)
    const begun = load.answered.length
    const [, { run, code, folder }] = await Promise.all([
      hold(home.address, ms),
      madoguchi(home.address, 'restore', backup),
    ])
    const told = load.answered.length
    await load.more(10)
    const now = new Set(idsIn(home.address))
    const said = `${run.printed()}\nFAULT_SEED=${SEED}`
    outcomes.push(code)
    if (code === 0) {
      const [kept] = readdirSync(folder).toSorted().slice(-1)
      const before = new Set(idsIn(join(folder, kept ?? '')))
      expect(
        saved.filter((id) => !now.has(id)),
        said,
      ).toEqual([])
      expect(
        load.answered.filter((id) => !now.has(id) && !before.has(id)),
        said,
      ).toEqual([])
      // What was answered before the command began is either in the backup or gone with the old state.
      const early = load.answered.slice(0, begun).filter((id) => !saved.includes(id))
      expect(
        early.filter((id) => now.has(id)),
        said,
      ).toEqual([])
      expect(
        load.answered.slice(told).filter((id) => !now.has(id)),
        said,
      ).toEqual([])
    } else {
      expect(code, said).toBe(1)
      expect(
        load.answered.filter((id) => !now.has(id)),
        said,
      ).toEqual([])
    }
    // From here on what the restored file lacks is forgotten.
    load.answered.splice(0, load.answered.length, ...load.answered.filter((id) => idsIn(home.address).includes(id)))
    await onRows(home.address, (w) => expectLawful(w, load))
  }
  await load.stop()
  expect(load.strange).toEqual([])
  print(`restored while held: ${outcomes.map((code) => `exit ${code}`).join(', ')}`)
})
