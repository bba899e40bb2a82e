import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { move } from '../../src/booking/move.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { callOf, callsToMake } from '../../src/mail/call.ts'
import { deliver } from '../../src/mail/deliver.ts'
import { promote } from '../../src/waitlist/promote.ts'
import { as } from '../acts.ts'
import { MITO, NOW, type World } from '../world.ts'
import { booked, mailWorld } from './fixtures.ts'
import { type PostOffice, parsed, partsOf, postOffice } from './post-office.ts'

let w: World
let office: PostOffice
let minutes: number

beforeEach(async () => {
  w = await mailWorld()
  office = await postOffice()
  minutes = 0
})
afterEach(async () => {
  await office.close()
  await w.close()
})

const OTHER = 'ibaraki-2026-12-04'
const why = { reason_ja: '大雪のため' }
const desk = () => as(w, 'desk')

/** What may happen, without anybody hearing of it, to a party that waits on a day which is full. */
const UNHEARD = {
  promoted: [],
  'another time': [(id: string) => move(desk(), { id }, { session: MITO, slot: `${MITO}-1300`, format: 'online' })],
  'another session': [
    (id: string) => move(desk(), { id }, { session: OTHER, slot: `${OTHER}-1300`, format: 'online' }),
  ],
  'another day': [() => reschedule(desk(), MITO, { date: '2026-12-10', starts: null, ...why })],
  'on the web': [() => convert(desk(), MITO, { into: 'online', ...why })],
  'all of it': [
    () => reschedule(desk(), MITO, { date: '2026-12-10', starts: null, ...why }),
    (id: string) => move(desk(), { id }, { session: OTHER, slot: `${OTHER}-1300`, format: 'online' }),
    () => reschedule(desk(), OTHER, { date: '2026-12-08', starts: null, ...why }),
  ],
} as const

/** How it may end. */
const ENDS = {
  cancelled: (id: string) => cancel(desk(), { id }),
  'called off': async (id: string) => {
    const [session = ''] = await w.column<string>('select session from booking where id = ?', id)
    return callOff(desk(), session, why)
  },
} as const

const cases = Object.keys(UNHEARD).flatMap((what) =>
  Object.keys(ENDS).flatMap((end) => (['mail', 'phone'] as const).map((way) => ({ what, end, way }))),
) as { what: keyof typeof UNHEARD; end: keyof typeof ENDS; way: 'mail' | 'phone' }[]

describe('people who were told that they wait, and nothing since', () => {
  test.each(cases)('hear that this ended, on the day that they knew: $what, then $end, by $way', async (one) => {
    await w.run("update session set title_ja = '別の相談会' where id = ?", OTHER)
    await w.run('update session set capacity = 1 where id = ?', MITO)
    const first = await booked(w)
    const { id } = await booked(w, { slot: null, waitlist: true })
    await deliver(w.system, office.mailer(), 'one')
    await w.run("update outbox set state = 'sent'")
    office.received.splice(0)
    if (one.way === 'phone') await w.run('update booking set email = null where id = ?', id)
    const act = async (run: (id: string) => Promise<unknown>) => {
      w.at(plusMinutes(NOW, ++minutes))
      expect(await run(id)).toMatchObject({ ok: true })
    }
    await w.run("update booking set status = 'cancelled', ended = 'cancelled' where id = ?", first.id)
    await w.run('update session set seats_taken = 0 where id = ?', MITO)
    await w.run('update slot set seats_taken = 0 where session = ?', MITO)
    await act(() => promote(desk(), id))
    for (const run of UNHEARD[one.what]) await act(run)
    await act(ENDS[one.end])
    await deliver(w.system, office.mailer(), 'one')
    const said: string[] = []
    for (const letter of office.received) {
      const { subject = '', text = '' } = await parsed(letter)
      said.push(`${subject}\n${text}`)
      expect(partsOf(letter.raw).parts[0]?.parts.at(2)).toBeUndefined()
    }
    for (const call of await callsToMake(desk())) {
      const { heading, facts } = await callOf(desk(), call.id)
      said.push([heading, ...(facts ?? []).map(({ label, value }) => `${label}：${value}`)].join('\n'))
    }
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(one.end === 'cancelled' ? 'キャンセル待ちを取り消しました' : '中止')
    const moved = one.what === 'another session' || one.what === 'all of it'
    expect(said[0]?.includes('変更先の回が中止')).toBe(moved && one.end === 'called off')
    expect(said[0]).toContain('11月27日')
    expect(said[0]).not.toMatch(/12月|13:00|別の相談会|ご予約をキャンセル|WEB/)
  })
})

test('a move to another session at the same time and place is told', async () => {
  const { id } = await booked(w)
  await deliver(w.system, office.mailer(), 'one')
  office.received.splice(0)
  await w.run("update session set title_ja = '別の相談会', date = '2026-11-27' where id = ?", OTHER)
  await w.run(
    `update slot set starts_at = (select starts_at from slot where id = '${MITO}-1000'),
      ends_at = (select ends_at from slot where id = '${MITO}-1000') where id = '${OTHER}-1000'`,
  )
  w.at(plusMinutes(NOW, 1))
  const done = await move(desk(), { id }, { session: OTHER, slot: `${OTHER}-1000`, format: 'onsite' })
  expect(done).toMatchObject({ ok: true })
  w.at(plusMinutes(NOW, 2))
  await move(desk(), { id }, { session: OTHER, slot: `${OTHER}-1100`, format: 'onsite' })
  w.at(plusMinutes(NOW, 3))
  await move(desk(), { id }, { session: OTHER, slot: `${OTHER}-1000`, format: 'onsite' })
  await deliver(w.system, office.mailer(), 'one')
  const letters = await Promise.all(office.received.map(parsed))
  expect(letters.map(({ text = '' }) => text.includes('別の相談会'))).toEqual([true])
})
