import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findings } from '../../src/node/findings.ts'
import { everything } from '../everything.ts'
import { world } from '../world.ts'
import { living } from './living.ts'
import { freshDatabase, serve, start } from './server.ts'

// One test each of process, backup and copy, for `npm test`. The others run in `npm run test:engines`.

test('npm start migrates and seeds an empty database, and prints its address and where letters can be read', async () => {
  const path = freshDatabase()
  const running = await serve(path, { SEED: 'demo' })
  await running.prints(/desk\/letters/)
  const { port, url } = running
  expect(running.printed()).toContain('The published schedule has been seeded.')
  expect(running.printed()).toContain(`Letters are kept, not sent: http://localhost:${port}/desk/letters`)
  const page = await fetch(url)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<h1')])
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ status: 'ready', migrations: 'current' })
  const asked = await fetch(`${url}/api/v1/sessions?status=open&kind=consultation&limit=500`)
  const { sessions } = (await asked.json()) as { sessions: unknown[] }
  expect(sessions.length).toBeGreaterThan(10)
  running.kill('SIGINT')
  expect(await running.ended).toBe(0)
})

test('every row and column arrives, and doctor finds no fault in the copy', async () => {
  const { path, w } = await living()
  const to = freshDatabase()
  const process = start('cli', ['copy', '--from', `sqlite:${path}`, '--to', `sqlite:${to}`], {})
  expect(await process.ended).toBe(0)
  expect(process.printed()).toContain('booking: 2 rows')
  const there = await world({ on: to })
  const [{ migration: _, ...here }, { migration: __, ...copied }] = [await everything(w), await everything(there)]
  expect(copied).toEqual(here)
  expect(await findings(there.system)).toEqual([])
  await Promise.all([w.close(), there.close()])
})

test('a backup without a name goes to BACKUP_DIR, for its owner alone, and says what is in it', async () => {
  const { path, w } = await living()
  await w.close()
  const folder = `${path}-backup`
  const run = start('cli', ['backup'], { DATABASE_URL: `sqlite:${path}`, BACKUP_DIR: folder })
  expect(await run.ended).toBe(0)
  const printed = run.printed()
  const [name, ...others] = readdirSync(folder)
  expect(others).toEqual([])
  expect(name).toMatch(/^madoguchi-\d{4}-\d\d-\d\dT\d{6}Z\.db$/)
  expect(printed).toContain(name)
  expect(printed).toMatch(/\d+ session rows, 2 booking rows/)
  expect(statSync(join(folder, name ?? '')).mode & 0o777).toBe(0o600)
})
