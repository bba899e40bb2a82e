import { beforeEach, describe, expect, test } from 'vitest'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

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
    const fields: Fields = [
      ['prefectures', '08'],
      ['starts_on', '2026-11-23'],
      ['ends_on', '2026-12-31'],
      ['into', 'online'],
      ['reason_ja', '感染対策'],
      ['reason_en', ''],
    ]
    const look = await desk.submit('/desk/suspensions', fields)
    expect(look.text).toMatch(/件の開催、1件の予約/)
    expect(look.text).toContain('【開催形式の変更】')
    expect((await carried(look, '/desk/suspensions')).text).toContain(t.suspensions.ordered)
    const [id] = await s.column<string>('select id from suspension')
    expect((await desk.submit(`/desk/suspensions/${id}/lift`)).text).toContain(t.suspensions.lifted) // nobody is converted yet
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.post('/desk/suspensions', fields)).status).toBe(422)
  })
})
