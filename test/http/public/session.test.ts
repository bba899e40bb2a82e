import { beforeAll, expect, test } from 'vitest'
import { convert } from '../../../src/changes/convert.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { texts } from '../../../templates/text/index.ts'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'

const t = texts('ja')

const LATER = 'ibaraki-2026-12-11'

let s: Site
beforeAll(async () => {
  s = await site()
})

test('a damaged address of the source is shown and never a link', async () => {
  const page = await s.page('/sessions/aichi-sample-2026-12-14')
  expect(page.text).toContain('https://www.city.toyota.aichi.jp/')
  expect(page.body).not.toMatch(/href="https:\/\/www\.city\.toyota/)
})

test('a session on the web or by telephone says how each is held', async () => {
  await convert(s.system, 'ibaraki-2026-12-18', { into: 'phone', reason_ja: '大雪のため' })
  const { text } = await s.page('/sessions/ibaraki-2026-12-18')
  expect(text).toContain(t.session.eachElsewhere.online)
  expect(text).toContain(t.session.eachElsewhere.phone)
  expect(text).not.toContain(t.session.elsewhereThanVenue.online)
})

test('a session that is moved to the web says so and why, and names no venue', async () => {
  const before = await s.page(`/sessions/${MITO}`)
  await convert(s.system, MITO, { into: 'online', reason_ja: '大雪のため' })
  const { text } = await s.page(`/sessions/${MITO}`)
  expect(text).toContain(t.session.converted(t.format.online).what)
  expect(text).toContain(`${t.session.changeReason}：大雪のため`)
  expect(text).toContain(t.session.elsewhereThanVenue.online)
  expect(before.main.querySelector('.lead')?.text).not.toBe(
    (await s.page(`/sessions/${MITO}`)).main.querySelector('.lead')?.text,
  )
})

test('the reason of another change stands as such, not as the reason why booking has closed', async () => {
  await s.run("update session set reason_ja = '会場の都合', reason_en = 'Venue' where id = 'ibaraki-2026-12-04'")
  s.at('2026-12-04T06:00:00.000Z')
  const { text, main } = await s.page('/sessions/ibaraki-2026-12-04')
  expect(text).toContain(`${t.session.changeReason}：会場の都合`)
  expect(main.querySelectorAll('.notice').map((one) => one.text.includes('会場の都合'))).toEqual([false, true])
})

test('the reason of a later change does not stand as that of the conversion before it', async () => {
  await convert(s.system, LATER, { into: 'online', reason_ja: '大雪のため' })
  await reschedule(s.system, LATER, { date: '2026-12-14', starts: null, reason_ja: '講師の都合により' })
  const { main } = await s.page(`/sessions/${LATER}`)
  const notices = main.querySelectorAll('.notice').map((one) => one.text)
  expect(notices.filter((one) => one.includes('講師の都合により'))).toEqual([
    `${t.session.changeReason}：講師の都合により`,
  ])
})

test('a postponed session promises the new date on its page, and a message to people who have applied alone', async () => {
  await reschedule(s.system, LATER, { date: null, starts: null, reason_ja: '大雪のため' })
  const { text } = await s.page(`/sessions/${LATER}`)
  expect(text).toContain('決まり次第このページに掲載し、お申し込み済みの方にはご連絡します')
})
