import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint, type ShownFields } from '../../src/base/fingerprint.ts'
import { previewBooking } from '../../src/booking/admit.ts'
import { amend } from '../../src/booking/amend.ts'
import { approve } from '../../src/booking/approve.ts'
import { attend, attendanceOf } from '../../src/booking/attend.ts'
import { book } from '../../src/booking/book.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { enter } from '../../src/booking/enter.ts'
import { move, previewMove } from '../../src/booking/move.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { ownMeetingFields, sendOwnMeetingLink } from '../../src/booking/send-meeting-link.ts'
import { turnDown } from '../../src/booking/turn-down.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { lookFields } from '../../src/changes/change-session.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { liftFields, liftSuspension, lifts } from '../../src/changes/lift-suspension.ts'
import { concerned, SCOPES } from '../../src/changes/queries.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { previewVenue, saveVenue } from '../../src/changes/save-venue.ts'
import { sendMeetingLink } from '../../src/changes/send-meeting-link.ts'
import { lookAtDate, setDate, settleFields } from '../../src/changes/set-date.ts'
import { suspend, suspends, suspensionFields } from '../../src/changes/suspend.ts'
import { SuspensionInput } from '../../src/changes/suspension.ts'
import { announceDraw, announceFields } from '../../src/lottery/announce.ts'
import { draw, ENTRIES } from '../../src/lottery/draw.ts'
import { forecast } from '../../src/lottery/forecast.ts'
import { drawnEntries } from '../../src/lottery/queries.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { copyFields, copyProgramme, previewCopy } from '../../src/planning/copy-programme.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { erase } from '../../src/retention/erase.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import {
  applicationFields,
  bookingFields,
  deskBookingFields,
  moveFields,
  placeFields,
} from '../../src/schedule/shown.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { decline } from '../../src/waitlist/decline.ts'
import { promote, promoted } from '../../src/waitlist/promote.ts'
import { restore, restored } from '../../src/waitlist/restore.ts'
import { as } from '../acts.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, forSeminar, mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, freshKey, MITO, type World } from '../world.ts'

const NEXT = 'ibaraki-2026-12-04'
const WHY = { reason_ja: '大雪のため', reason_en: '' }
const MEET = 'https://meet.example.jp/1'

let w: World
beforeEach(async () => {
  w = await mito()
  const venue = { name_ja: '水戸会館', name_en: 'Mito hall', address: '水戸市1', area_only: 0 as const, printed: null }
  for (const id of ['hall', 'library']) await addVenue(w.system, { ...venue, id, prefecture: '08' })
  await w.run("update session set venue = 'hall' where series = 'ibaraki'")
})
afterEach(() => w.close())

const desk = () => asDesk(w, '08', '31')
type Outcome = { ok: boolean; why?: string }
/** An act, and the fields that the page before it shows. */
type Looked = { fields: () => Promise<ShownFields>; act: (shown: string) => Promise<Outcome> }
/** A change between look and act, and how it is undone. */
type Change = [what: string, on: string, off: string]

const of = (id: string, column: string, value: string, before: string, table = 'session'): Change => [
  `${table}.${column}`,
  `update ${table} set ${column} = ${value} where id = '${id}'`,
  `update ${table} set ${column} = ${before} where id = '${id}'`,
]
const DAY = of(MITO, 'date', "'2026-11-28'", "'2026-11-27'")
const HOUR = of(`${MITO}-1000`, 'ends_at', "'2026-11-27T01:55:00.000Z'", "'2026-11-27T01:50:00.000Z'", 'slot')
const ELSEWHERE = of(MITO, 'venue', "'library'", "'hall'")
const ADDRESS = of('hall', 'address', "'水戸市2'", "'水戸市1'", 'venue')
const OFF = of(MITO, 'state', "'postponed'", "'published'")
const TITLE = of(MITO, 'title_ja', "'相談会'", "'テレワーク無料相談会'")
const NOTE = of(MITO, 'note_ja', "'筆記用具をお持ちください'", 'null')
const LARGER = of(MITO, 'capacity', '6', '5')
const EDITED = of(MITO, 'revision', 'revision + 1', 'revision + 1')
const APPOINTMENT = [DAY, HOUR, ELSEWHERE, ADDRESS]
const HARMLESS = [TITLE, NOTE, LARGER, EDITED]
const mine = (id: string, column: string, value: string, before: string) => of(id, column, value, before, 'booking')

const here = async (id: string): Promise<Booking> => {
  const booking = await bookingById(w.ctx, id)
  if (!booking) throw new Error('not booked')
  return booking
}
const session = async (id = MITO) => {
  const found = await sessionById(w.ctx, id)
  if (!found) throw new Error('no session')
  return found
}

/** What the act answers after each change of what was shown, and then after all the harmless ones. */
async function answers({ fields, act }: Looked, shown: Change[], harmless: Change[]) {
  const print = await fingerprint(await fields())
  const told: Record<string, string | undefined> = {}
  for (const [what, on, off] of shown) {
    await w.run(on)
    const done = await act(print)
    told[what] = done.ok ? 'done' : done.why
    await w.run(off)
  }
  for (const [, on] of harmless) await w.run(on)
  const done = await act(print)
  return { ...told, harmless: done.ok ? 'done' : done.why }
}

/** Postponing refuses what gives somebody a place, whatever was shown. */
const unlessOff = (shown: Change[]) => ({ ...held(shown), [OFF[0]]: 'closed' })

/** Each change of what was shown refuses the act, and nothing else does. */
const held = (shown: Change[]) => ({
  ...Object.fromEntries(shown.map(([what]) => [what, 'changed'])),
  harmless: 'done',
})

async function party(changes: Record<string, unknown> = {}, set = ''): Promise<{ id: string; token: string }> {
  const made = await booked(w, application(changes))
  if (set !== '') await w.run(`update booking set ${set} where id = ?`, made.id)
  return made
}

const OFFERED = "status = 'offered', offer_expires_at = '2026-11-25T00:00:00.000Z'"

describe('what was shown is what is done: a change of it refuses the act, any other does not', () => {
  test('for an application', async () => {
    const given = application()
    const fields = async () => {
      const found = await previewBooking(w.ctx, given)
      if (!found.ok) throw new Error(found.why)
      return applicationFields({ ...found, format: found.input.format })
    }
    const key = freshKey()
    const act = (shown: string) => book(w.ctx, given, { channel: 'web', key, shown })
    const approval = of(MITO, 'acceptance', "'approval'", "'first_come'")
    expect(await answers({ fields, act }, [...APPOINTMENT, approval], HARMLESS)).toEqual(
      held([...APPOINTMENT, approval]),
    )
    // The same form, sent again, is the same booking, whatever the session is by then.
    await w.run(DAY[1])
    expect(await act('another page')).toMatchObject({ ok: true, again: true })
  })

  test('for an application on the web, which no venue concerns', async () => {
    const given = application({ format: 'online' })
    const fields = async () => {
      const found = await previewBooking(w.ctx, given)
      if (!found.ok) throw new Error(found.why)
      return applicationFields({ ...found, format: found.input.format })
    }
    const act = (shown: string) => book(w.ctx, given, { channel: 'web', key: freshKey(), shown })
    expect(await answers({ fields, act }, [DAY, HOUR], [ELSEWHERE, ADDRESS, ...HARMLESS])).toEqual(held([DAY, HOUR]))
  })

  test('for an application of a program that saw the slot', async () => {
    const fields = async () => {
      const found = await session()
      return placeFields({ session: found, slot: found.slots[0] ?? null })
    }
    const act = (shown: string) => book(w.ctx, application(), { channel: 'api', key: freshKey(), shown })
    expect(await answers({ fields, act }, APPOINTMENT, HARMLESS)).toEqual(held(APPOINTMENT))
  })

  test('for a caller whom the desk enters', async () => {
    const given = { ...application(), channel: 'phone', session: MITO }
    const fields = async () => {
      const found = await session()
      return placeFields({ session: found, slot: found.slots[0] ?? null })
    }
    expect(
      await answers({ fields, act: (shown) => enter(desk(), { ...given, shown }, freshKey()) }, APPOINTMENT, HARMLESS),
    ).toEqual(held(APPOINTMENT))
  })

  test('for the holder who comes with more people; a name is corrected all the same', async () => {
    const { id, token } = await party()
    const look = {
      fields: async () => bookingFields(await here(id)),
      act: (shown: string) => amend(w.ctx, { token, shown }, { seats: 2 }),
    }
    const stale = await fingerprint(await look.fields())
    expect(await answers(look, [...APPOINTMENT, OFF], [...HARMLESS, mine(id, 'company', "'別の会社'", "''")])).toEqual(
      held([...APPOINTMENT, OFF]),
    )
    await w.run(DAY[1])
    expect(await amend(w.ctx, { token, shown: stale }, { name: '髙橋 花子' })).toMatchObject({ ok: true })
  })

  const BY_HOLDER = {
    cancel: { set: '', act: cancel },
    accept: { set: OFFERED, act: accept },
    decline: { set: OFFERED, act: decline },
    erase: { set: '', act: erase },
  }
  test.each(Object.entries(BY_HOLDER))('for the holder of a booking: %s', async (name, { set, act }) => {
    const { id, token } = await party({}, set)
    const look = {
      fields: async () => bookingFields(await here(id)),
      act: (shown: string) => act(w.ctx, { token, shown }),
    }
    const own = [mine(id, 'format', "'phone'", "'onsite'"), mine(id, 'seats', '2', '1')]
    expect(await answers(look, [...APPOINTMENT, OFF, ...own], [...HARMLESS, mine(id, 'note', "'x'", "''")])).toEqual(
      (name === 'accept' ? unlessOff : held)([...APPOINTMENT, OFF, ...own]),
    )
  })

  test.each(['holder', 'desk'])('for a move by the %s: the booking and its new place', async (who) => {
    const { id, token } = await party()
    const to = { session: NEXT, slot: `${NEXT}-1100`, format: 'onsite' }
    const ref = who === 'desk' ? { id } : { token }
    const ctx = who === 'desk' ? desk() : w.ctx
    const fields = async () => {
      const found = await previewMove(ctx, ref, to)
      if (!found.ok) throw new Error(found.why)
      return moveFields(await here(id), found.to)
    }
    const there = [
      of(NEXT, 'date', "'2026-12-05'", "'2026-12-04'"),
      of(NEXT, 'venue', "'library'", "'hall'"),
      of(`${NEXT}-1100`, 'ends_at', "'2026-12-04T02:55:00.000Z'", "'2026-12-04T02:50:00.000Z'", 'slot'),
    ]
    const harmless = [...HARMLESS, of(NEXT, 'title_ja', "'x'", "'y'"), of(NEXT, 'capacity', '6', '5')]
    expect(
      await answers({ fields, act: (shown) => move(ctx, { ...ref, shown }, to) }, [...APPOINTMENT, ...there], harmless),
    ).toEqual(held([...APPOINTMENT, ...there]))
  })

  const REQUESTED = "status = 'requested', offer_expires_at = '2026-11-25T00:00:00.000Z'"
  const BY_DESK = {
    cancel: { set: '', act: (id: string, shown: string) => cancel(desk(), { id, shown }) },
    approve: { set: REQUESTED, act: (id: string, shown: string) => approve(desk(), id, shown) },
    'turn down': { set: REQUESTED, act: (id: string, shown: string) => turnDown(desk(), id, shown) },
    'own meeting link': {
      set: "format = 'online'",
      act: (id: string, shown: string) => sendOwnMeetingLink(desk(), id, { url: MEET, shown }),
    },
  }
  test.each(Object.entries(BY_DESK))('for the desk and a booking: %s', async (name, { set, act }) => {
    const web = name === 'own meeting link'
    const { id } = await party({}, set)
    const look = {
      fields: async () => (web ? ownMeetingFields(await here(id), { url: MEET }) : deskBookingFields(await here(id))),
      act: (shown: string) => act(id, shown),
    }
    const mail = mine(id, 'email', 'null', "'taro@example.jp'")
    await w.run("update booking set email = 'taro@example.jp' where id = ?", id)
    const shown = [DAY, HOUR, OFF, mail, mine(id, 'seats', '2', '1'), ...(web ? [] : [ELSEWHERE, ADDRESS])]
    const note = mine(id, 'note', "'車いすの方'", "''")
    expect(await answers(look, shown, [...HARMLESS, note, ...(web ? [ELSEWHERE] : [])])).toEqual(
      (name === 'approve' ? unlessOff : held)(shown),
    )
  })

  test('for a place that is given to somebody who waits', async () => {
    const { id } = await party({}, "status = 'waiting'")
    const look = {
      fields: async () => deskBookingFields(promoted(await here(id), w.ctx.clock.now())),
      act: (shown: string) => promote(desk(), id, shown),
    }
    expect(await answers(look, [...APPOINTMENT, OFF], HARMLESS)).toEqual(unlessOff([...APPOINTMENT, OFF]))
  })

  test('for the marks of a day', async () => {
    const { id } = await party()
    w.at('2026-11-28T01:05:00.000Z')
    const look = {
      fields: async () => attendanceOf(await here(id)),
      act: (shown: string) => attend(desk(), id, 'attended', shown),
    }
    const start = of(`${MITO}-1000`, 'starts_at', "'2026-11-27T01:05:00.000Z'", "'2026-11-27T01:00:00.000Z'", 'slot')
    expect(
      await answers(look, [DAY, start, mine(id, 'status', "'absent'", "'booked'")], [...HARMLESS, ELSEWHERE]),
    ).toEqual(held([DAY, start, mine(id, 'status', "'absent'", "'booked'")]))
  })

  const look = (scope: keyof typeof SCOPES, given: object) => async () =>
    lookFields(await session(), await concerned(w.ctx, [MITO], SCOPES[scope]), [], given)
  const ON_A_SESSION = {
    'call-off': { with: WHY, act: callOff },
    reschedule: { with: { date: '2026-12-01', starts: null, ...WHY }, act: reschedule },
    convert: { with: { into: 'phone', ...WHY }, act: convert },
    venue: { with: { venue: 'library', ...WHY }, act: changeVenue },
    meeting: { with: { url: MEET }, act: sendMeetingLink },
  }
  test.each(Object.entries(ON_A_SESSION))('for a session and everybody concerned: %s', async (name, one) => {
    const scope = name as keyof typeof SCOPES
    const comes = await party({ format: 'onsite' })
    const web = await party({ format: 'online', slot: `${MITO}-1100` })
    const whom = scope === 'meeting' ? web.id : comes.id
    const other = scope === 'meeting' ? comes.id : web.id
    const outside = scope === 'call-off' || scope === 'reschedule' ? [] : [mine(other, 'seats', '2', '1')]
    const gone = mine(whom, 'status', "'cancelled'", "'booked'")
    const called = mine(whom, 'email', 'null', "'a@example.jp'")
    await w.run("update booking set email = 'a@example.jp' where id = ?", whom)
    const act = (shown: string) => one.act(desk(), MITO, { ...one.with, shown })
    const place = scope === 'venue' ? [ADDRESS] : [ELSEWHERE, ADDRESS]
    const note = mine(whom, 'note', "'x'", "''")
    const shown = [DAY, OFF, ...place, gone, called, mine(whom, 'seats', '2', '1')]
    expect(await answers({ fields: look(scope, one.with), act }, shown, [...HARMLESS, note, ...outside])).toEqual(
      held(shown),
    )
  })

  test.each([
    ['call-off', { reason_ja: '別の理由' }],
    ['reschedule', { date: '2026-12-02' }],
    ['reschedule', { starts: '13:00' }],
    ['reschedule', { date: null }],
    ['convert', { into: 'online' }],
    ['venue', { reason_ja: '別の理由' }],
    ['meeting', { url: `${MEET}x` }],
  ] as const)('for what was typed, also if nobody is concerned: %s with %j', async (name, other) => {
    const one = ON_A_SESSION[name]
    const shown = await fingerprint(await look(name, one.with)())
    expect(await one.act(desk(), MITO, { ...one.with, ...other, shown })).toEqual({ ok: false, why: 'changed' })
    expect(await one.act(desk(), MITO, { ...one.with, shown })).toMatchObject({ ok: true })
  })

  test('for what was typed into the form of a venue, a suspension, a date or a meeting link of one party', async () => {
    const { id } = await party({ format: 'online' })
    const changed = { ok: false, why: 'changed' }
    const given = { prefecture: '08', name_ja: '新館', name_en: '', address: '', moves: true, revision: 0, ...WHY }
    const venue = { ...given, shown: await fingerprint((await previewVenue(w.ctx, 'hall', given))?.fields ?? []) }
    for (const other of [{ name_ja: '別館' }, { address: '水戸市' }, { reason_ja: '別の理由' }]) {
      expect(await saveVenue(desk(), 'hall', { ...venue, ...other })).toEqual(changed)
    }
    const ordered = { prefectures: ['08'], starts_on: '2026-11-24', ends_on: '2026-11-30', into: 'online', ...WHY }
    const input = SuspensionInput.parse(ordered)
    const { ids, parties } = await suspends(w.ctx, input)
    const shown = await fingerprint(suspensionFields(input, ids, parties))
    for (const other of [{ into: 'phone' }, { ends_on: '2026-12-01' }, { reason_ja: '別の理由' }]) {
      expect(await suspend(desk(), { ...ordered, ...other, shown })).toEqual(changed)
    }
    await publishSession(w.system, seminar({ id: 'later', date: null, hours: null, formats: ['onsite'] }))
    const dated = { date: '2026-12-21', starts: '13:00', ends: '16:00' }
    const later = await session('later')
    const settle = { ...dated, shown: await fingerprint(settleFields(later, [], [], dated)) }
    expect(await setDate(desk(), 'later', { ...settle, starts: '14:00' })).toEqual(changed)
    expect(await setDate(desk(), 'later', settle)).toMatchObject({ ok: true })
    const link = { url: MEET, shown: await fingerprint(ownMeetingFields(await here(id), { url: MEET })) }
    expect(await sendOwnMeetingLink(desk(), id, { ...link, url: `${MEET}x` })).toEqual(changed)
    expect(await sendOwnMeetingLink(desk(), id, link)).toMatchObject({ ok: true })
  })

  test('for a day that is settled: the session and who is told first', async () => {
    await publishSession(w.system, seminar({ id: 'later', date: null, hours: null, formats: ['onsite'] }))
    await w.run("update session set venue = 'hall' where id = 'later'")
    const given = { date: '2026-12-21', starts: '13:00', ends: '16:00' }
    const at = '2026-11-22T00:00:00.000Z'
    const ask = `insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at)
      values ('i1', 'later', 'a@example.jp', 'a', 'ja', 'confirmed', 'h', 's', '${at}', '${at}')`
    const fields = async () => {
      const found = await lookAtDate(desk(), await session('later'), given)
      return settleFields(await session('later'), found.interested, found.clashes, given)
    }
    const shown: Change[] = [
      ['interest', ask, "delete from interest where id = 'i1'"],
      of('later', 'venue', "'library'", "'hall'"),
    ]
    const act = (print: string) => setDate(desk(), 'later', { ...given, shown: print })
    expect(await answers({ fields, act }, shown, [of('later', 'title_ja', "'x'", "'y'")])).toEqual(held(shown))
  })

  test('for people who asked for the date and get a letter of their own', async () => {
    const at = '2026-11-22T00:00:00.000Z'
    const asks = (state: string) =>
      `insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at)
      values ('i1', '${MITO}', 'a@example.jp', 'a', 'ja', '${state}', 'h', 's', '${at}', '${at}')`
    const shown = await fingerprint(lookFields(await session(), [], [], WHY))
    await w.run(asks('notified'))
    const changed = { ok: false, why: 'changed' }
    expect(await callOff(desk(), MITO, { ...WHY, shown })).toEqual(changed)
    const postponed = { ...WHY, date: null, starts: null }
    const seenAlone = async (given: object) => fingerprint(lookFields(await session(), [], [], given))
    expect(await reschedule(desk(), MITO, { ...postponed, shown: await seenAlone(postponed) })).toEqual(changed)
    const moved = { ...WHY, date: '2026-12-01', starts: null }
    expect(await reschedule(desk(), MITO, { ...moved, shown: await seenAlone(moved) })).toEqual(changed)
    expect(await callOff(desk(), MITO, WHY)).toMatchObject({ ok: true })
    await w.run("update interest set state = 'ended'")
    expect(await holdAgain(desk(), MITO, { ...WHY, shown: await seenAlone(WHY) })).toEqual(changed)
    const seen = await fingerprint(lookFields(await session(), [], [], WHY, [{ id: 'i1' }]))
    expect(await holdAgain(desk(), MITO, { ...WHY, shown: seen })).toMatchObject({ ok: true })
  })

  test('for a venue whose place changes: the venue, and who comes to it', async () => {
    const [comes, web] = [await party(), await party({ format: 'online', slot: `${MITO}-1100` })]
    const given = { prefecture: '08', name_ja: '新館', name_en: '', address: '', moves: true, revision: 0, ...WHY }
    const fields = async () => {
      const found = await previewVenue(w.ctx, 'hall', given)
      if (!found) throw new Error('no look')
      return found.fields
    }
    const act = (shown: string) => saveVenue(desk(), 'hall', { ...given, shown })
    const shown = [
      ADDRESS,
      ELSEWHERE,
      mine(comes.id, 'status', "'cancelled'", "'booked'"),
      mine(comes.id, 'email', 'null', "'a@example.jp'"),
    ]
    await w.run("update booking set email = 'a@example.jp' where id = ?", comes.id)
    expect(await answers({ fields, act }, shown, [...HARMLESS, mine(web.id, 'seats', '2', '1')])).toEqual(held(shown))
  })

  test('for a suspension that is lifted: its sessions, and who gets their form back', async () => {
    const { id } = await party()
    const ordered = { prefectures: ['08'], starts_on: '2026-11-24', ends_on: '2026-11-30', into: 'online', ...WHY }
    const done = await suspend(desk(), ordered)
    if (!done.ok) throw new Error(done.why)
    await applySuspensions(w.system)
    const fields = async () => {
      return liftFields(done.suspension, await lifts(w.ctx, done.suspension))
    }
    const act = (shown: string) => liftSuspension(desk(), done.suspension, { shown })
    const shown = [
      of(MITO, 'suspension', 'null', `'${done.suspension}'`),
      mine(id, 'status', "'cancelled'", "'booked'"),
      mine(id, 'format_before', 'null', "'onsite'"),
    ]
    expect(await answers({ fields, act }, shown, [TITLE, NOTE, LARGER, EDITED])).toEqual(held(shown))
    expect(await w.column('select format from booking')).toEqual(['onsite'])
  })

  test('for a cancellation that is taken back: the booking as it will be', async () => {
    const { id } = await party({}, "email = 'a@example.jp'")
    await cancel(desk(), { id })
    const fields = async () => deskBookingFields(restored(await here(id), w.ctx.clock.now()))
    const act = (shown: string) => restore(desk(), id, shown)
    const shown = [
      ...APPOINTMENT,
      mine(id, 'status_before', "'waiting'", "'booked'"),
      mine(id, 'email', 'null', "'a@example.jp'"),
    ]
    expect(await answers({ fields, act }, shown, HARMLESS)).toEqual(held(shown))
  })

  test('for a draw, and for its results', async () => {
    await w.run("update session set acceptance = 'lottery', capacity = 2 where id = 'seminar'")
    const all = [await booked(w, forSeminar()), await booked(w, forSeminar()), await booked(w, forSeminar())]
    const [first = { id: '' }] = all
    w.at('2026-12-09T06:00:00.000Z')
    const withdrawn = mine(first.id, 'status', "'cancelled'", "'waiting'")
    const larger = mine(first.id, 'seats', '2', '1')
    const venue = of('seminar', 'formats', "'onsite'", "'online'")
    const text = of('seminar', 'title_ja', "'x'", "'y'")
    const entries = async () => lookFields(await session('seminar'), await concerned(w.ctx, ['seminar'], ENTRIES))
    const drawing = { fields: entries, act: (shown: string) => draw(desk(), 'seminar', shown) }
    expect(await answers(drawing, [withdrawn, larger, venue], [text, mine(first.id, 'note', "'x'", "''")])).toEqual(
      held([withdrawn, larger, venue]),
    )
    const results = async () => {
      const found = await session('seminar')
      return announceFields(found, forecast(found, await drawnEntries(w.ctx, 'seminar'), w.ctx.clock.now()))
    }
    const telling = { fields: results, act: (shown: string) => announceDraw(desk(), 'seminar', shown) }
    const room = of('seminar', 'capacity', '3', '2')
    expect(await answers(telling, [withdrawn, room, venue], [text, mine(first.id, 'note', "'y'", "''")])).toEqual(
      held([withdrawn, room, venue]),
    )
  })

  test('for a suspension, and for the copy of a year', async () => {
    const { id } = await party()
    const given = { prefectures: ['08'], starts_on: '2026-11-24', ends_on: '2026-11-30', into: 'online', ...WHY }
    const fields = async () => {
      const ordered = SuspensionInput.parse(given)
      const { ids, parties } = await suspends(w.ctx, ordered)
      return suspensionFields(ordered, ids, parties)
    }
    const suspending = { fields, act: (shown: string) => suspend(desk(), { ...given, shown }) }
    const far = of(MITO, 'date', "'2026-12-28'", "'2026-11-27'")
    expect(await answers(suspending, [far, mine(id, 'seats', '2', '1')], [TITLE, NOTE, LARGER])).toEqual(
      held([far, mine(id, 'seats', '2', '1')]),
    )
    const copy = async () => copyFields(await previewCopy(as(w, 'secretariat')))
    const copying = { fields: copy, act: (shown: string) => copyProgramme(as(w, 'secretariat'), { shown }) }
    const ended = of('ibaraki', 'until', "'2027-03-31'", 'null', 'series')
    expect(await answers(copying, [ended], [of('ibaraki', 'title_ja', "'x'", "'y'", 'series')])).toEqual(held([ended]))
  })
})

describe('what changes between the look of the act and its commit is seen too', () => {
  test('a session is not called off under somebody who books meanwhile', async () => {
    await party()
    const shown = await fingerprint(lookFields(await session(), await concerned(w.ctx, [MITO]), [], WHY))
    const slower = meanwhile(w, () => booked(w, application({ slot: `${MITO}-1100` })))
    expect(await callOff(asDesk(slower, '08'), MITO, { ...WHY, shown })).toEqual({ ok: false, why: 'changed' })
    expect(await w.column('select state from session where id = ?', MITO)).toEqual(['published'])
  })

  test('nobody accepts an offer of another day', async () => {
    const { id, token } = await party({}, OFFERED)
    const shown = await fingerprint(bookingFields(await here(id)))
    const slower = meanwhile(w, () => reschedule(desk(), MITO, { date: '2026-11-30', starts: null, ...WHY }))
    expect(await accept(slower.ctx, { token, shown })).toEqual({ ok: false, why: 'changed' })
    expect(await w.column('select status from booking')).toEqual(['offered'])
  })

  test('nobody is booked for another day', async () => {
    const given = application()
    const found = await previewBooking(w.ctx, given)
    if (!found.ok) throw new Error(found.why)
    const shown = await fingerprint(applicationFields({ ...found, format: found.input.format }))
    const slower = meanwhile(w, () => reschedule(desk(), MITO, { date: '2026-11-30', starts: null, ...WHY }))
    const done = await book(slower.ctx, given, { channel: 'web', key: freshKey(), shown })
    expect(done).toMatchObject({ ok: false, why: 'changed' })
    expect(await w.column('select id from booking')).toEqual([])
  })

  test('nobody who books meanwhile is moved to another place, suspended or given their form back unseen', async () => {
    await party()
    const late = (slot: string) => meanwhile(w, () => booked(w, application({ slot: `${MITO}-${slot}` })))
    const given = { prefecture: '08', name_ja: '新館', name_en: '', address: '', moves: true, revision: 0, ...WHY }
    const place = await previewVenue(w.ctx, 'hall', given)
    const venue = { ...given, shown: await fingerprint(place?.fields ?? []) }
    expect(await saveVenue(asDesk(late('1100'), '08'), 'hall', venue)).toEqual({ ok: false, why: 'changed' })

    const ordered = { prefectures: ['08'], starts_on: '2026-11-24', ends_on: '2026-11-30', into: 'online', ...WHY }
    const input = SuspensionInput.parse(ordered)
    const reached = await suspends(w.ctx, input)
    const shown = await fingerprint(suspensionFields(input, reached.ids, reached.parties))
    const stale = { ...ordered, shown, key: freshKey() }
    expect(await suspend(asDesk(late('1300'), '08'), stale)).toEqual({ ok: false, why: 'changed' })
    expect(await suspend(asDesk(late('1400'), '08'), { ...stale, key: '' })).toEqual({ ok: false, why: 'changed' })
    expect(await w.column('select id from suspension')).toEqual([])

    const done = await suspend(desk(), ordered)
    await applySuspensions(w.system)
    const id = done.ok ? done.suspension : ''
    const look = await lifts(w.ctx, id)
    const [first] = look.parties
    const slower = meanwhile(w, () => cancel(desk(), { id: first?.id ?? '' }))
    const before = await fingerprint(liftFields(id, look))
    expect(await liftSuspension(asDesk(slower, '08'), id, { shown: before })).toEqual({ ok: false, why: 'changed' })
    expect(await w.column('select state from suspension')).toEqual(['in_force'])
  })

  test('a cancellation is not taken back for another day than was shown', async () => {
    const { id } = await party()
    await cancel(desk(), { id })
    const shown = await fingerprint(deskBookingFields(restored(await here(id), w.ctx.clock.now())))
    const slower = meanwhile(w, () => reschedule(desk(), MITO, { date: '2026-11-30', starts: null, ...WHY }))
    expect(await restore(asDesk(slower, '08'), id, shown)).toEqual({ ok: false, why: 'changed' })
    expect(await w.column('select status from booking')).toEqual(['cancelled'])
  })
})
