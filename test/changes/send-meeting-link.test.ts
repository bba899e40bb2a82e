import { afterEach, beforeEach, expect, test } from 'vitest'
import { bookingById } from '../../src/booking/queries.ts'
import { sendOwnMeetingLink } from '../../src/booking/send-meeting-link.ts'
import { sendMeetingLink } from '../../src/changes/send-meeting-link.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, bookingRow, letters, mito } from '../booking/fixtures.ts'
import { feedText } from '../calendar/fixtures.ts'
import { readOne, value } from '../calendar/reader.ts'
import { application, MITO, type World } from '../world.ts'

const URL = 'https://meet.example.jp/abc-def'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

test('a meeting link reaches who has a place on the web, by letter and calendar entry, and nobody else', async () => {
  const here = await booked(w)
  const web = await booked(w, application({ format: 'online' }))
  expect(await sendMeetingLink(asDesk(w, '08'), MITO, { url: URL })).toMatchObject({ ok: true, again: false })
  expect(await sendMeetingLink(asDesk(w, '08'), MITO, { url: URL })).toMatchObject({ ok: true, again: true })
  expect(await bookingRow(w, here.id)).toMatchObject({ sequence: 0 })
  const row = (await letters(w)).find((letter) => letter.kind === 'meeting')
  const booking = await bookingById(w.ctx, web.id)
  if (!row || !booking) throw new Error('nothing told')
  const letter = await letterOf(w.ctx, row, booking)
  expect(letter?.text).toContain(URL)
  const { event } = readOne(letter?.calendar?.content ?? '')
  expect(value(event, 'description')).toContain(URL)
  expect(value(event, 'sequence')).toBe('1')
})

test('it stands in no feed, and calendars of everybody need not look again', async () => {
  const before = await sessionById(w.ctx, MITO)
  await sendMeetingLink(w.system, MITO, { url: URL })
  const after = await sessionById(w.ctx, MITO)
  if (!before || !after) throw new Error('no session')
  expect(await feedText(w.ctx, 'all', [after])).toBe(await feedText(w.ctx, 'all', [before]))
})

test('people who book afterwards have it in their confirmation; people who wait do not', async () => {
  await sendMeetingLink(w.system, MITO, { url: URL })
  const { id } = await booked(w, application({ format: 'online', seats: 2 }))
  const waits = await booked(w, application({ format: 'online', waitlist: true }))
  for (const [each, there] of [
    [id, true],
    [waits.id, false],
  ] as const) {
    const row = (await letters(w)).find((letter) => letter.subject === each)
    const booking = await bookingById(w.ctx, each)
    const letter = row && booking && (await letterOf(w.ctx, row, booking))
    expect(letter?.text.includes(URL)).toBe(there)
  }
})

test('only an https address is taken, and only from the desk', async () => {
  for (const url of ['http://meet.example.jp/a', 'javascript:alert(1)', 'meet']) {
    expect(await sendMeetingLink(w.system, MITO, { url })).toMatchObject({ ok: false, errors: { url: 'choice' } })
  }
  await expect(sendMeetingLink(w.ctx, MITO, { url: URL })).rejects.toThrow('only for the desk')
})

test('one party may meet elsewhere than the others: its letter, entry and page say so, and only its own', async () => {
  const others = await booked(w, application({ format: 'online' }))
  const own = await booked(w, application({ format: 'online' }))
  await sendMeetingLink(w.system, MITO, { url: URL })
  const there = `${URL}-own`
  expect(await sendOwnMeetingLink(asDesk(w, '08'), own.id, { url: there })).toMatchObject({ ok: true, again: false })
  expect(await sendOwnMeetingLink(asDesk(w, '08'), own.id, { url: there })).toMatchObject({ ok: true, again: true })
  const row = (await letters(w)).findLast((letter) => letter.subject === own.id)
  const booking = await bookingById(w.ctx, own.id)
  if (!row || !booking) throw new Error('nothing told')
  const letter = await letterOf(w.ctx, row, booking)
  expect(letter?.text).toContain(there)
  expect(value(readOne(letter?.calendar?.content ?? '').event, 'sequence')).toBe('2')
  expect(await bookingRow(w, others.id)).toMatchObject({ meeting_url: null, sequence: 1 })
})

test('a link of its own is for a place on the web, from the desk, and an https address', async () => {
  const here = await booked(w)
  const own = await booked(w, application({ format: 'online' }))
  expect(await sendOwnMeetingLink(w.system, here.id, { url: URL })).toMatchObject({ ok: false, why: 'closed' })
  expect(await sendOwnMeetingLink(w.system, own.id, { url: 'http://a' })).toMatchObject({ errors: { url: 'choice' } })
  await expect(sendOwnMeetingLink(asDesk(w, '13'), own.id, { url: URL })).rejects.toThrow('only for the desk')
})

test('a session that is not held on the web has no meeting there', async () => {
  await w.run("update session set formats = 'onsite,phone' where id = ?", MITO)
  expect(await sendMeetingLink(asDesk(w, '08'), MITO, { url: URL })).toEqual({ ok: false, why: 'closed' })
  expect((await sessionById(w.ctx, MITO))?.meeting_url).toBeNull()
})

test('who has no e-mail is called about a link of their own, unless the desk has told them', async () => {
  const people = [
    await booked(w, application({ format: 'online' })),
    await booked(w, application({ format: 'online', slot: `${MITO}-1100` })),
  ]
  await w.run("update booking set email = null, person_key = 'phone ' || id")
  for (const [at, { id }] of people.entries()) {
    expect(await sendOwnMeetingLink(asDesk(w, '08'), id, { url: `${URL}-${at}` }, at === 1)).toMatchObject({ ok: true })
  }
  const calls = (await letters(w)).filter(({ channel }) => channel === 'phone')
  expect(calls.map(({ subject, state }) => [subject, state])).toEqual([
    [people[0]?.id, 'waiting'],
    [people[1]?.id, 'sent'],
  ])
})
