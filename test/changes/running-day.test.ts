import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { staffActs } from '../../src/booking/acts-for.ts'
import { attend } from '../../src/booking/attend.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { liftSuspension } from '../../src/changes/lift-suspension.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { saveVenue } from '../../src/changes/save-venue.ts'
import { sendMeetingLink } from '../../src/changes/send-meeting-link.ts'
import { suspend } from '../../src/changes/suspend.ts'
import type { Ctx } from '../../src/context.ts'
import { asCalledOff, preview } from '../../src/mail/preview.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

const WHY = { reason_ja: '停電のため', reason_en: 'a power cut' }
const ROOM = {
  prefecture: '08',
  name_ja: '会議室',
  name_en: 'Room',
  address: null,
  area_only: 1,
  printed: null,
} as const
/** The day lasts from 10:00 to 15:50. At noon the time of 10:00 is over, and that of 13:00 is ahead. */
const MORNING = '2026-11-27T00:00:00.000Z'
const NOON = '2026-11-27T03:00:00.000Z'
const EVENING = '2026-11-27T09:00:00.000Z'

let w: World
let past: string
let ahead: string
beforeEach(async () => {
  w = await mito()
  for (const id of ['room', 'hall']) await addVenue(w.system, { ...ROOM, id })
  await w.run("update session set venue = 'room' where id = ?", MITO)
  past = (await booked(w)).id
  ahead = (await booked(w, application({ slot: `${MITO}-1300` }))).id
})
afterEach(() => w.close())

const told = async (id: string) => (await letters(w)).filter((letter) => letter.subject === id).map(({ kind }) => kind)
const today = { prefectures: ['08'], starts_on: '2026-11-27', ends_on: '2026-11-27', into: 'online', ...WHY }
const venue = (changes: object) => ({ ...ROOM, area_only: true, revision: 0, ...changes })

async function suspended(ctx: Ctx): Promise<string> {
  const done = await suspend(ctx, today)
  if (!done.ok) throw new Error(done.why)
  await applySuspensions(w.system)
  return done.suspension
}

/** The acts on a whole session at noon, each after what has to come first. */
const ACTS: Record<string, { first?: (ctx: Ctx) => Promise<unknown>; act: (ctx: Ctx) => Promise<unknown> }> = {
  'calling off': { act: (ctx) => callOff(ctx, MITO, WHY) },
  'holding again': {
    first: (ctx) => callOff(ctx, MITO, WHY),
    act: (ctx) => holdAgain(ctx, MITO, WHY),
  },
  converting: { act: (ctx) => convert(ctx, MITO, { into: 'online', ...WHY }) },
  'converting back': {
    first: (ctx) => convert(ctx, MITO, { into: 'online', ...WHY }),
    act: (ctx) => convertBack(ctx, MITO, WHY),
  },
  'holding again after converting back': {
    first: (ctx) => convert(ctx, MITO, { into: 'online', ...WHY }),
    act: async (ctx) => {
      await callOff(ctx, MITO, WHY)
      await w.run("update session set formats = 'onsite,online', formats_before = null where id = ?", MITO)
      await holdAgain(ctx, MITO, WHY)
    },
  },
  suspending: { act: suspended },
  'lifting a suspension': {
    first: suspended,
    act: async (ctx) => liftSuspension(ctx, String((await w.column('select id from suspension'))[0])),
  },
  'changing the venue': { act: (ctx) => changeVenue(ctx, MITO, { venue: 'hall', ...WHY }) },
  'deciding the venue': { act: (ctx) => saveVenue(ctx, 'room', venue({ area_only: false })) },
  'sending the meeting link': {
    first: () => w.run("update booking set format = 'online'"),
    act: (ctx) => sendMeetingLink(ctx, MITO, { url: 'https://meet.example/1' }),
  },
}

describe('on a day that runs, whose own time is over', () => {
  test.each(Object.entries(ACTS))('stays as it was by %s, and gets no letter; others do', async (_, { first, act }) => {
    const desk = asDesk(w, '08')
    w.at(MORNING)
    await first?.(desk)
    const [row, had, others] = [await bookingRow(w, past), await told(past), await told(ahead)]
    w.at(NOON)
    await act(desk)
    expect(await bookingRow(w, past)).toEqual(row)
    expect(await told(past)).toEqual(had)
    expect((await told(ahead)).length).toBeGreaterThan(others.length)
    expect(await unlawful(w)).toEqual([])
  })

  test.each([
    ['to another day', { date: '2026-12-01', starts: null }],
    ['to later hours', { date: '2026-11-27', starts: '13:00' }],
    ['to no day', { date: null, starts: null }],
  ])('keeps its day: rescheduling %s is refused', async (_, to) => {
    w.at(NOON)
    const done = await reschedule(asDesk(w, '08'), MITO, { ...to, ...WHY })
    expect(done).toEqual({ ok: false, why: 'begun' })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ date: '2026-11-27', sequence: 0 })
    expect(await told(ahead)).toEqual(['booked'])
  })

  test('keeps its day too once it is recorded, before its time is over', async () => {
    w.at('2026-11-27T01:10:00.000Z')
    const later = { date: '2026-12-01', starts: null, ...WHY }
    await attend(asDesk(w, '08'), past, 'attended')
    expect(await reschedule(asDesk(w, '08'), MITO, later)).toEqual({ ok: false, why: 'begun' })
    await attend(asDesk(w, '08'), past, 'booked')
    expect(await reschedule(asDesk(w, '08'), MITO, later)).toMatchObject({ ok: true })
  })

  test('is named by the page before the act, apart from the people concerned', async () => {
    w.at(NOON)
    const look = await preview(asDesk(w, '08'), 'called_off', [MITO], asCalledOff({ ja: '停電', en: '' }))
    expect(look.parties.map(({ id }) => id)).toEqual([ahead])
    expect(look.past?.map(({ id }) => id)).toEqual([past])
  })

  test('is recorded, but no longer moved, amended or cancelled by the desk', async () => {
    const acts = async (id: string) => {
      const booking = await bookingById(w.ctx, id)
      return booking ? [...staffActs(booking, NOON)] : []
    }
    expect(await acts(past)).toEqual(['attended', 'absent', 'correct'])
    expect(await acts(ahead)).toEqual(['attended', 'absent', 'move', 'amend', 'cancel', 'correct'])
  })
})

test('a day that is over stays as it was, whatever is suspended, lifted or decided on its evening', async () => {
  const desk = asDesk(w, '08')
  w.at(EVENING)
  const before = await w.rows('select * from session where id = ?', MITO)
  await suspended(desk)
  expect(await w.rows('select * from session where id = ?', MITO)).toEqual(before)
  await saveVenue(desk, 'room', venue({ area_only: false }))
  expect(await told(ahead)).toEqual(['booked'])
  w.at(NOON)
  const suspension = await suspended(desk)
  w.at(EVENING)
  const web = await w.rows('select formats, sequence from session where id = ?', MITO)
  await liftSuspension(desk, suspension)
  expect(await w.rows('select formats, sequence from session where id = ?', MITO)).toEqual(web)
})
