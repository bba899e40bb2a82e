import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../../templates/text/desk.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')
const { toCall } = deskTexts('ja').session

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

/** Sends a form after its preview. */
const carried = (page: Page, action: string) => desk.submit(action, [...fieldsOf(formTo(page, action)), ['step', 'do']])

describe('a suspension', () => {
  test('is ordered after a look at who is concerned, and lifted', async () => {
    await s.booked()
    await desk.post('/desk/bookings/new', caller({ slot: `${MITO}-1100` }))
    const fields: Fields = [
      ['prefectures', '08'],
      ['starts_on', '2026-11-23'],
      ['ends_on', '2026-12-31'],
      ['into', 'online'],
      ['reason_ja', '感染対策'],
      ['reason_en', ''],
    ]
    const look = await desk.submit('/desk/suspensions', fields)
    expect(look.text).toMatch(/件の開催、2件の予約/)
    expect(look.text).toContain('【開催形式の変更】')
    const ordered = await carried(look, '/desk/suspensions')
    for (const said of [t.suspensions.ordered, toCall, t.suspensions.states.planned, '感染対策']) {
      expect(ordered.text).toContain(said)
    }
    expect(ordered.text).not.toContain(t.suspensions.states.in_force)
    const [id] = await s.column<string>('select id from suspension')
    s.at('2026-11-22T15:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.page('/desk/suspensions')).text).toContain(t.suspensions.states.in_force)
    const lifted = await desk.submit(`/desk/suspensions/${id}/lift`) // nobody is converted yet
    expect(lifted.text).toContain(t.suspensions.lifted)
    expect(lifted.text).not.toContain(toCall)
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.post('/desk/suspensions', fields)).status).toBe(422)
  })
})
