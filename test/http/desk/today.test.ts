import { expect, test } from 'vitest'
import { sendMeetingLink } from '../../../src/changes/send-meeting-link.ts'
import { announceDraw } from '../../../src/lottery/announce.ts'
import { draw } from '../../../src/lottery/draw.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { MITO } from '../../world.ts'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'

const t = deskTexts('ja').today

test('attendance that nobody recorded is to be done on the following days, and can be taken back', async () => {
  const s = await site()
  const { id, number } = await s.booked({ seats: 2 })
  await s.booked({ slot: `${MITO}-1100`, session: MITO })
  s.at('2026-11-27T08:00:00.000Z')
  expect((await (await signedIn(s, 'desk', '08')).page('/desk')).text).not.toContain(t.unrecorded)
  s.at('2026-11-30T01:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const page = await desk.page('/desk')
  expect(page.main.querySelector('#unrecorded')?.text).toContain(t.unrecordedText(2))
  expect(page.main.querySelectorAll('#unrecorded button')).toHaveLength(4)
  expect((await (await signedIn(s, 'desk', '13')).page('/desk')).text).not.toContain(t.unrecorded)
  const viewer = await (await signedIn(s, 'viewer', '08')).page('/desk')
  expect(viewer.main.querySelector('#unrecorded')?.text).toContain(number)
  expect(viewer.main.querySelectorAll('#unrecorded button')).toHaveLength(0)

  const act = `/desk/bookings/${id}/attend`
  const after = await desk.submit(act, [
    ['as', 'attended'],
    ['back', 'today'],
  ])
  expect(after.main.querySelector('#unrecorded')?.text).not.toContain(number)
  const booking = await desk.page(`/desk/bookings/${id}`)
  expect(booking.text).toContain(deskTexts('ja').booking.unmark)
  expect((await desk.submit(act, [['as', 'booked']])).text).toContain(deskTexts('ja').booking.done.unmarked)
  expect((await desk.page('/desk')).main.querySelector('#unrecorded')?.text).toContain(number)
  s.at('2026-12-20T01:00:00.000Z')
  expect((await (await signedIn(s, 'desk', '08')).page('/desk')).text).not.toContain(t.unrecorded)
})

test('nobody is said to be left only after the last start, and who began without a record is counted', async () => {
  const s = await site()
  const { id } = await s.booked()
  const note = async (at: string) => {
    s.at(at)
    const page = await (await signedIn(s, 'desk', '08')).page('/desk')
    return page.main.querySelectorAll('.tile')[1]?.text
  }
  expect(await note('2026-11-27T00:30:00.000Z')).toContain(t.next('10:00'))
  expect(await note('2026-11-27T01:04:00.000Z')).toContain(t.unmarked(1))
  await s.run("update booking set status = 'attended' where id = ?", id)
  expect(await note('2026-11-27T01:05:00.000Z')).toContain(t.nobody)
})

test('a lottery that is closed is to be drawn, then announced, at its own desk', async () => {
  const s = await site()
  await s.run("update session set acceptance = 'lottery' where id = ?", MITO)
  await s.booked()
  s.at('2026-11-26T08:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const draws = async () => (await desk.page('/desk')).main.querySelector('#draws')?.text
  expect(await draws()).toContain(t.drawStates.undrawn)
  await draw(s.system, MITO)
  expect(await draws()).toContain(t.drawStates.drawn)
  expect((await (await signedIn(s, 'desk', '13')).page('/desk')).main.querySelector('#draws')).toBeNull()
  await announceDraw(s.system, MITO)
  expect(await draws()).toBeUndefined()
})

test('people on the web without a meeting link are named today and the day before, until they have it', async () => {
  const s = await site()
  await s.booked({ format: 'online' })
  await s.booked({ format: 'onsite', slot: `${MITO}-1100` })
  const listed = async () =>
    (await (await signedIn(s, 'desk', '08')).page('/desk')).main.querySelector('#unlinked')?.text
  s.at('2026-11-25T01:00:00.000Z')
  expect(await listed()).toBeUndefined()
  s.at('2026-11-26T01:00:00.000Z')
  expect(await listed()).toContain(t.unlinkedBookings(1))
  expect((await (await signedIn(s, 'desk', '13')).page('/desk')).main.querySelector('#unlinked')).toBeNull()
  s.at('2026-11-27T01:00:00.000Z')
  expect(await listed()).toContain('11月27日')
  await s.run("update booking set meeting_url = 'https://example.com/own' where format = 'online'")
  expect(await listed()).toBeUndefined()
  await s.run('update booking set meeting_url = null')
  s.at('2026-11-27T01:50:00.000Z')
  expect(await listed()).toBeUndefined()
  s.at('2026-11-27T01:30:00.000Z')
  await sendMeetingLink(s.system, MITO, { url: 'https://example.com/all' })
  expect(await listed()).toBeUndefined()
})
