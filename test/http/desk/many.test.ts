import { expect, test } from 'vitest'
import type { OwnDuty } from '../../../src/advisers/queries.ts'
import { PREFECTURES } from '../../../src/base/japan/prefecture.ts'
import { ledger } from '../../../src/booking/ledger.ts'
import { reachedCaps } from '../../../src/caps/queries.ts'
import { partiesAt } from '../../../src/consultation/queries.ts'
import { sessionsWithIds } from '../../../src/schedule/queries.ts'
import { booked, mito } from '../../booking/fixtures.ts'
import { afterTest } from '../../ends.ts'
import { application, MITO } from '../../world.ts'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'

const ALL = PREFECTURES.map(({ code }) => code)

test('who reads all prefectures opens every list of the console', async () => {
  const s = await site()
  const reader = await signedIn(s, 'viewer', ...ALL)
  await s.booked()
  const lists = ['', '/bookings', '/bookings?status=booked&format=onsite&channel=web', '/letters', '/caps', '/figures']
  const others = ['/schedule', '/series', '/venues', '/closures', '/suspensions', '/messages', '/journal', '/mine']
  for (const list of [...lists, ...others]) {
    expect([list, (await reader.page(`/desk${list}`)).status]).toEqual([list, 200])
  }
})

test('a search with many words, filters and prefectures finds what fits all of them', async () => {
  const w = await mito()
  afterTest(() => w.close())
  const { id } = await booked(w)
  const actor = { kind: 'staff', id: 'reader', role: 'viewer', prefectures: ALL } as const
  const filter = {
    from: '2026-11-01',
    to: '2026-12-31',
    prefecture: '08',
    status: ['booked'],
    format: 'onsite',
  } as const
  const text = '髙 橋 製作所 所 IB 1127 IB-1127 作'
  expect((await ledger({ ...w.ctx, actor }, { ...filter, text })).lines.map((line) => line.id)).toEqual([id])
  expect(await reachedCaps({ ...w.ctx, actor })).toEqual([])
})

test('an adviser of more than a hundred sessions sees the people of each, and sessions come by date', async () => {
  const w = await mito()
  afterTest(() => w.close())
  const slot = `${MITO}-1000`
  const { id } = await booked(w, application({ slot }))
  const rows = await w.column<string>('select id from session order by date desc')
  const ids = [...rows, ...Array.from({ length: 120 }, (_, i) => `none-${i}`)]
  const dates = (await sessionsWithIds(w.ctx, ids)).map(({ date }) => date ?? '9999')
  expect(dates).toHaveLength(rows.length)
  expect(dates).toEqual(dates.toSorted())
  const duties = [MITO, ...ids].map((session) => ({ session, slot: session === MITO ? slot : null }) as OwnDuty)
  const [first] = await partiesAt(w.ctx, duties)
  expect(first?.parties.map(({ booking }) => booking.id)).toEqual([id])
})
