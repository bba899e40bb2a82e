import { beforeEach, expect, test } from 'vitest'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { MITO } from '../../../world.ts'
import { fieldsOf, formTo, type Site, site } from '../../app.ts'
import { type Staff, signedIn } from '../fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

test('a session is copied from its page to the dates that are typed, after a look', async () => {
  const path = `/desk/sessions/${MITO}/copy`
  expect((await desk.page(`/desk/sessions/${MITO}`)).main.querySelector(`a[href="${path}"]`)).not.toBeNull()
  const fields = fieldsOf(formTo(await desk.page(path), path)).filter(([name]) => name !== 'dates')
  const look = await desk.submit(path, [...fields, ['dates', '令和9年1月20日 2027/1/11']])
  expect(look.text).toContain('2027年1月20日')
  expect(look.text).toContain('追加しません（休止日、成人の日）')
  const done = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect(done.text).toContain('開催をコピーしました')
  expect(
    await s.column("select date from session where series is null and prefecture = '08' and date > '2027-01-01'"),
  ).toEqual(['2027-01-20'])
  const undo = done.main.querySelector('form[action$="/undo"]')?.getAttribute('action') ?? ''
  const undone = await desk.submit(undo, [])
  expect(undone.text).toContain(scheduleTexts('ja').days.copy.undone.uncopied)
  expect(await s.column('select id from session where series is null and date = ?', '2027-01-20')).toEqual([])
})

test('a week is copied from the calendar, and what nothing comes of has no button', async () => {
  const week = await desk.page('/desk/schedule?view=week&date=2026-11-27')
  const link = week.main.querySelector('a[href^="/desk/schedule/copy"]')?.getAttribute('href') ?? ''
  const path = '/desk/schedule/copy'
  const fields = fieldsOf(formTo(await desk.page(link), path))
  expect(Object.fromEntries(fields)).toMatchObject({ week: '2026-11-22', into: '2026-11-29' })
  const look = await desk.submit(path, fields)
  expect(look.text).toContain('定期開催が作成します')
  expect(look.main.querySelector('button[value=do]')).toBeNull()
  const refused = await desk.post(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect(refused.status).toBe(409)
})
