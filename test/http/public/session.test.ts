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

test('a session says what to bring to it: by format if there are several, nothing once it is over', async () => {
  const { bring } = t.session
  const both = await s.page('/sessions/ibaraki-2026-12-25')
  expect(both.text).toContain(`${t.format.onsite}：${bring.onsite.consultation}`)
  expect(both.text).toContain(`${t.format.online}：${bring.elsewhere.online}`)
  const english = texts('en').session.bring
  expect((await s.page('/sessions/ibaraki-2026-12-25?lang=en')).text).toContain(english.onsite.consultation)
  const elsewhere = await s.page('/sessions/aichi-sample-2026-12-14')
  expect(elsewhere.text).not.toContain(bring.label)
  await s.run("update session set state = 'called_off' where id = 'ibaraki-2026-12-25'")
  expect((await s.page('/sessions/ibaraki-2026-12-25')).text).not.toContain(bring.onsite.consultation)
})

test('one who booked reads what to bring for the chosen format alone', async () => {
  const { token } = await s.booked({ session: 'ibaraki-2027-01-08', slot: 'ibaraki-2027-01-08-1100', format: 'online' })
  const { text } = await s.page(`/b/${token}`)
  expect(text).toContain(t.session.bring.elsewhere.online)
  expect(text).not.toContain(t.session.bring.onsite.consultation)
})

test('a session names the telephone for questions and its hours, also after booking has closed', async () => {
  const ahead = await s.page('/sessions/ibaraki-2027-01-15')
  const asked = ahead.main.querySelector('[aria-labelledby=ask]')
  expect(asked?.querySelector('a')?.getAttribute('href')).toMatch(/^tel:/)
  expect(asked?.text).toContain(t.session.askBefore)
  expect(asked?.text).toContain(t.session.byPhone)
  await s.run("update session set state = 'called_off' where id = 'ibaraki-2027-01-15'")
  const off = (await s.page('/sessions/ibaraki-2027-01-15')).main.querySelector('[aria-labelledby=ask]')
  expect(off?.text).toContain(t.session.askAfter)
  expect(off?.text).not.toContain(t.session.byPhone)
})

test('the words of the published schedule are folded away', async () => {
  const { main } = await s.page('/sessions/aichi-sample-2026-12-14')
  const folded = main.querySelector('details.printed')
  expect(folded?.querySelector('summary')?.text).toBe(t.session.printed)
  expect(folded?.hasAttribute('open')).toBe(false)
  expect(folded?.querySelector('blockquote')?.text).toContain('いずれも月曜日')
})
