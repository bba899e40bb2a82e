import { beforeEach, expect, test } from 'vitest'
import { callOff } from '../../../src/changes/call-off.ts'
import { texts } from '../../../templates/text/index.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Site, site } from '../app.ts'
import { signedIn } from '../desk/fixtures.ts'

const t = texts('ja').outline
const MATERIALS = '講演資料 https://www.example.jp/slides.pdf'

let s: Site
beforeEach(async () => {
  s = await site()
})

test('what a session is about is typed by the desk and read by everybody; its materials once it is over', async () => {
  const { cookie } = await signedIn(s, 'desk', '08')
  const path = `/desk/sessions/${MITO}/outline`
  expect(
    (await s.page(`/desk/sessions/${MITO}`, { headers: { cookie } })).main.querySelector(`a[href="${path}"]`),
  ).not.toBeNull()
  const form = formTo(await s.page(path, { headers: { cookie } }), path)
  const wrong = await s.post(path, fieldsOf(form, { agenda_ja: '13:00 開会', materials: '資料' }), { cookie })
  expect(wrong.status).toBe(422)
  expect(wrong.body).toContain('13:00 開会')
  expect(wrong.body).toContain('href="#materials"')
  const typed = fieldsOf(form, { target_ja: '中小企業の方', agenda_ja: '13:00 開会 <b>', materials: MATERIALS })
  expect((await s.post(path, typed, { cookie })).status).toBe(303)
  const late = await s.post(path, fieldsOf(form, { target_ja: '別の方' }), { cookie })
  expect([late.status, late.body.includes(t.edit.changed.what)]).toEqual([409, true])

  const before = await s.page(`/sessions/${MITO}`)
  for (const text of [t.title, '中小企業の方', '13:00', '開会 <b>']) expect(before.text).toContain(text)
  expect(before.body).not.toContain('slides.pdf')
  const empty = await s.page('/archive')
  expect(empty.text).toContain(t.archiveEmpty)
  expect(empty.body).toContain('<link rel="canonical" href="http://localhost:8787/archive"/>')
  expect(empty.main.querySelector('nav.pager')).toBeNull()
  expect((await s.page('/sessions/ibaraki-2026-12-04')).text).not.toContain(t.title)

  s.at('2026-11-27T12:00:00.000Z')
  const after = await s.page(`/sessions/${MITO}`)
  expect(after.main.querySelector('a[href="https://www.example.jp/slides.pdf"]')?.text).toBe('講演資料')
  const archived = await s.page('/archive')
  expect(archived.main.querySelector(`a[href="/sessions/${MITO}"]`)).not.toBeNull()
  expect(archived.text).toContain('講演資料')
  expect((await s.ask('/archive?year=2026')).status).toBe(404)
})

test('a session that was called off has no materials, and pages kept in memory show what was saved', async () => {
  const kept = await site({ cache: true })
  const { cookie } = await signedIn(kept, 'desk', '08')
  const path = `/desk/sessions/${MITO}/outline`
  expect((await kept.page(`/sessions/${MITO}`)).text).not.toContain('中小企業の方')
  const form = formTo(await kept.page(path, { headers: { cookie } }), path)
  await kept.post(path, fieldsOf(form, { target_ja: '中小企業の方', materials: MATERIALS }), { cookie })
  expect((await kept.page(`/sessions/${MITO}`)).text).toContain('中小企業の方')
  await callOff(kept.system, MITO, { reason_ja: '大雪', reason_en: 'Snow' })
  kept.at('2026-11-27T12:00:00.000Z')
  expect((await kept.page(`/sessions/${MITO}`)).body).not.toContain('slides.pdf')
  expect((await kept.page('/archive')).text).toContain(t.archiveEmpty)
})
