import { beforeEach, expect, test } from 'vitest'
import { assignSeries } from '../../../src/planning/advisers/assign-series.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { freshKey } from '../../world.ts'
import { fieldsOf, formTo, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
  const question = { kind: 'text', label_ja: '今の困りごと', label_en: '', key: freshKey() }
  const asked = await addQuestion(s.system, { series: 'ibaraki', session: null }, question)
  const given = { adviser: desk.id, room: '相談室1' }
  const assigned = await assignSeries(s.system, 'ibaraki', given)
  if (!asked.ok || !assigned.ok) throw new Error('the series to copy is not as it should be')
  const text = { id: 'x', kind: 'booked' as const, text_ja: '駐車場あり', text_en: '', revision: 3 }
  const own = { programme: null, series: 'ibaraki', session: null, owner: 'series:ibaraki' }
  const at = s.ctx.clock.now()
  const row = { ...text, ...own, created_at: at, updated_at: at }
  await s.ctx.store.commit(s.ctx.store.db.insertInto('letter_text').values(row))
})

/** Copies the series with these changes, through the page before it is saved. Its id, and what that page says. */
async function copied(changes: Record<string, string> = {}) {
  const form = formTo(await desk.page('/desk/series/ibaraki/copy'), '/desk/series/new')
  const look = await desk.submit('/desk/series/new', fieldsOf(form, { until: '2027-03-31', ...changes }))
  const fields = fieldsOf(formTo(look, '/desk/series/new'), { step: 'do', beside: '別の相談会' })
  const done = await desk.post('/desk/series/new', fields)
  const again = await desk.post('/desk/series/new', fields)
  expect([done.status, again.location]).toEqual([303, done.location])
  return { id: /series\/([^?]+)/.exec(done.location)?.[1] ?? '', look }
}

test('a copy of a series takes along its questions, its paragraphs of letters, its adviser and its room', async () => {
  const { id, look } = await copied()
  expect(look.text).toContain('今の困りごと')
  expect(look.text).toContain('・相談室1')
  const owned = (what: string, table: string) => s.rows(`select ${what} from ${table} where series = ?`, id)
  expect(await owned('label_ja, revision', 'question')).toEqual([{ label_ja: '今の困りごと', revision: 0 }])
  expect(await owned('text_ja, owner', 'letter_text')).toEqual([{ text_ja: '駐車場あり', owner: `series:${id}` }])
  expect(await owned('adviser, room', 'duty')).toEqual([{ adviser: desk.id, room: '相談室1' }])
  expect(await s.rows("select id from question where series = 'ibaraki'")).toHaveLength(1)
})

test('at another venue the copy has the adviser without the room', async () => {
  const { id, look } = await copied({ venue: '', formats: 'online' })
  expect(look.text).not.toContain('相談室1')
  expect(await s.rows('select adviser, room from duty where series = ?', id)).toEqual([{ adviser: desk.id, room: '' }])
})

test('nothing of a series of another prefecture can be taken along', async () => {
  const other = await signedIn(s, 'desk', '13')
  const form = formTo(await other.page('/desk/series/new'), '/desk/series/new')
  const fields = fieldsOf(form, { from: 'ibaraki', title_ja: '相談会', weekdays: '1', formats: 'online', step: 'look' })
  expect(
    (
      await other.post(
        '/desk/series/new',
        fields.map(([name, value]) => [name, name === 'weekdays' ? 'MO' : value]),
      )
    ).status,
  ).toBe(403)
})
