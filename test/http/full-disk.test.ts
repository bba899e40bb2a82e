import { expect, test } from 'vitest'
import type { openSqlite } from '../../src/store/sqlite.ts'
import { ENGINE } from '../engine.ts'
import { application, freshKey, MITO } from '../world.ts'
import { pageOf, type Site, site } from './app.ts'

/** What a database says when it takes no writes, by engine. */
const DISKS = {
  full: { code: '53100', pragma: (pages: number) => [`max_page_count = ${pages}`, `max_page_count = ${pages * 10}`] },
  'read-only': { code: '25006', pragma: () => ['query_only = ON', 'query_only = OFF'] },
} as const

/** Makes every insert of the site's database fail as on such a disk. Returns what mends it. */
async function spoil(s: Site, { code, pragma }: (typeof DISKS)[keyof typeof DISKS]): Promise<() => Promise<void>> {
  if (ENGINE === 'postgres') {
    await s.run(
      `create function full_disk() returns trigger language plpgsql as
       $$ begin raise exception 'the disk takes no writes' using errcode = '${code}'; end $$`,
    )
    const tables = ['booking', 'chore']
    for (const table of tables) {
      await s.run(`create trigger full_disk before insert on ${table} execute function full_disk()`)
    }
    return async () => {
      for (const table of tables) await s.run(`drop trigger full_disk on ${table}`)
    }
  }
  const { store } = s.ctx
  if (!('raw' in store)) throw new Error('not SQLite')
  const { raw } = store as ReturnType<typeof openSqlite>
  const [spoils = '', mends = ''] = pragma(Number(raw.pragma('page_count', { simple: true })))
  raw.pragma(spoils)
  return async () => {
    raw.pragma(mends)
  }
}

/** Books until the disk takes no more, and returns that answer. */
async function bookUntilRefused(s: Site) {
  for (let i = 0; i < 40; i++) {
    const given = application({ message: 'あ'.repeat(1000) })
    const answer = await s.send('/api/v1/bookings', given, { 'idempotency-key': freshKey() })
    if (answer.status >= 500) return answer
  }
  throw new Error('never refused')
}

test.each(Object.entries(DISKS))(
  'a disk that is %s is answered 503 with a time to come back, and /readyz says so until a write works',
  async (_, disk) => {
    const s = await site()
    await s.run('update session set capacity = 500 where id = ?', MITO)
    await s.run('update slot set capacity = 500 where session = ?', MITO)
    const mend = await spoil(s, disk)
    const answer = await bookUntilRefused(s)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'busy' })
    const ready = await s.ask('/readyz')
    expect([ready.status, JSON.parse(ready.body)]).toEqual([503, { status: 'not ready', database: 'takes no writes' }])
    expect((await s.ask('/healthz')).status).toBe(200)
    expect(pageOf(await s.ask(`/sessions/${MITO}`)).status).toBe(200)

    await mend()
    expect((await s.ask('/readyz')).status).toBe(200)
    expect(await s.column("select name from chore where name like 'room %'")).toEqual([])
    expect((await s.booked()).status).toBe('booked')
  },
)
