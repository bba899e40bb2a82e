import { expect, test } from 'vitest'
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
