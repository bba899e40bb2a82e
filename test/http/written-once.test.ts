import { expect, test } from 'vitest'
import { MITO } from '../world.ts'
import { type Site, site } from './app.ts'

const PATHS = ['/calendar.ics', '/calendar.ics?prefecture=08', '/calendar.ics?kind=seminar']

/** Changes of what a feed shows of a session, or does not show. */
const CHANGES: [what: string, seen: boolean | null, change: (s: Site) => Promise<unknown>][] = [
  ['nothing', true, async () => undefined],
  ['a booking', false, (s) => s.booked({ seats: 2 })],
  [
    'its title',
    true,
    (s) => s.run("update session set title_ja = '水戸の相談会 & 会', title_en = 'Mito' where id = ?", MITO),
  ],
  ['its venue', true, (s) => s.run("update venue set name_ja = '<新>会場'")],
  [
    'its state',
    true,
    (s) => s.run("update session set state = 'called_off', reason_ja = '雪', reason_en = 'snow' where id = ?", MITO),
  ],
  ['the time', null, async (s) => s.at('2026-11-30T00:00:00.000Z')],
]

test('entries that were written once are those that are written anew, after each change', async () => {
  const s = await site({ shared: true })
  const bodies = async (of: Site) => {
    const found: string[] = []
    for (const path of PATHS) {
      for (const lang of ['ja', 'en'])
        found.push((await of.ask(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)).body)
    }
    return found
  }
  let before: string[] = []
  for (const [what, seen, change] of CHANGES) {
    await bodies(s)
    await change(s)
    const fresh = await site({ on: s.address, now: s.ctx.clock.now() })
    const after = await bodies(s)
    expect([what, after]).toEqual([what, await bodies(fresh)])
    expect([what, seen ?? after.join() !== before.join()]).toEqual([what, after.join() !== before.join()])
    before = after
  }
})
