import { beforeEach, expect, test } from 'vitest'
import { addDesk } from '../../../../src/people/add-desk.ts'
import { texts } from '../../../../templates/text/index.ts'
import { desk as mito } from '../../../schedule/fixtures.ts'
import { fieldsOf, formTo, type Site, site } from '../../app.ts'
import { type Staff, signedIn } from '../fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const NEW = '/desk/schedule/new'

test('each coming day of the calendar leads to a form with that date, for people who may plan', async () => {
  const add = (page: Awaited<ReturnType<Staff['page']>>) =>
    page.main.querySelectorAll('td a[href^="/desk/schedule/new"]').map((link) => link.getAttribute('href'))
  const month = await desk.page('/desk/schedule?date=2026-11-01')
  expect(add(month)[0]).toBe(`${NEW}?date=2026-11-22`)
  expect(add(month)).toContain(`${NEW}?date=2026-11-30`)
  expect(month.main.querySelector(`a[href="${NEW}?date=2026-11-30"]`)?.getAttribute('aria-label')).toContain('11月30日')
  expect(add(await (await signedIn(s, 'viewer', '08')).page('/desk/schedule?date=2026-11-01'))).toEqual([])
})

test('the form begins with the latest session of its prefecture and never with another desk, and the look shows it all', async () => {
  await addDesk(s.system, mito())
  const page = await desk.page(`${NEW}?date=2026-12-16`)
  const form = formTo(page, NEW)
  const fields = Object.fromEntries(fieldsOf(form))
  expect(fields).toMatchObject({ date: '2026-12-16', desk: '', prefecture: '08', kind: 'consultation' })
  expect(fields.title_ja).not.toBe('')
  expect(fields.slot_starts).toContain('10:00')
  const look = await desk.submit(NEW, fieldsOf(form, { acceptance: 'lottery', note_ja: '入口は南側です。' }))
  const shown = look.main.querySelector('dl')?.text ?? ''
  for (const said of [
    '水戸の窓口',
    '10:00',
    fields.title_ja ?? '',
    texts('ja').format.onsite,
    '抽選',
    '入口は南側です。',
  ])
    expect(shown).toContain(said)
  const done = await desk.submit(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'do']])
  expect(done.text).toContain('開催を追加しました')
  expect(await s.column("select desk from session where date = '2026-12-16' and prefecture = '08'")).toEqual(['mito'])
})

test('a day on which the office is closed is told in the look, and may be added', async () => {
  const fields = fieldsOf(formTo(await desk.page(`${NEW}?date=2027-01-11`), NEW))
  const look = await desk.submit(NEW, fields)
  expect(look.text).toContain('成人の日')
  expect((await desk.post(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'do']])).status).toBe(303)
})

test('a prefecture that is not one’s own is refused at its field, and what was typed stays', async () => {
  const fields = fieldsOf(formTo(await desk.page(`${NEW}?date=2026-12-16`), NEW))
  const given = fields.map(([name, value]): [string, string] => [name, name === 'prefecture' ? '13' : value])
  const refused = await desk.post(NEW, [...given, ['step', 'do']])
  expect([refused.status, refused.body.includes('value="2026-12-16"')]).toEqual([422, true])
  expect((await desk.post(`${NEW}?prefecture=13`, given)).status).toBe(422)
})

test('is corrected from its look without a loss', async () => {
  const fields = fieldsOf(formTo(await desk.page(`${NEW}?date=2026-12-16`), NEW))
  const look = await desk.submit(NEW, fields)
  const again = await desk.submit(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'edit']])
  expect(Object.fromEntries(fieldsOf(formTo(again, NEW)))).toEqual(Object.fromEntries(fields))
})

test('hours are read as people type them; what cannot be read, or would be dropped, is refused at its field', async () => {
  const fields = fieldsOf(formTo(await desk.page(`${NEW}?date=2026-12-16`), NEW))
  const given = (changes: Record<string, string>) =>
    fields.map(([name, value]): [string, string] => [name, changes[name] ?? value])
  const look = await desk.submit(NEW, given({ slot_starts: '', starts: '午後1時', ends: '４時半' }))
  expect(look.main.text).toContain('終了時刻')
  const done = await desk.submit(NEW, given({ slot_starts: '', starts: '午後1時', ends: '午後４時半' }))
  expect(done.main.querySelector('dl')?.text).toContain('13:00〜16:30')

  const odd = await desk.submit(NEW, given({ slot_starts: '', starts: '朝から', ends: '16時' }))
  const typed = odd.main.querySelector('input[name=starts]')
  expect([typed?.getAttribute('value'), typed?.getAttribute('type')]).toEqual(['朝から', 'text'])
  expect(odd.main.querySelector('input[name=ends]')?.getAttribute('value')).toBe('16:00')
  expect(odd.main.querySelector('#starts-error')?.text).toContain('「10:00」のように')

  const both = await desk.submit(NEW, given({ slot_starts: '10時 11時', starts: '9時', ends: '12時' }))
  for (const name of ['starts', 'ends']) {
    expect(both.main.querySelector(`#${name}-error`)?.text).toContain('空欄にしてください')
  }
})
