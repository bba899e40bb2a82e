import { afterAll, beforeAll, expect, test } from 'vitest'
import { editSeries } from '../../src/planning/edit-series.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { as } from '../acts.ts'
import { seriesForm, sessionForm } from '../planning/forms.ts'
import { type Fridays, fridays, sessionRow } from '../planning/fridays.ts'

let w: Fridays
beforeAll(async () => {
  w = await fridays()
})
afterAll(() => w.close())

const edit = (id: string, changes: Record<string, unknown> = {}) =>
  editSession(as(w, 'desk'), id, sessionForm({ revision: '0', ...changes }))

test('a session keeps how its title is read: as typed in any kana, else as a usual title is read', async () => {
  const id = w.next()
  expect(await edit(id, { title_ja: '水戸の日', title_kana: 'みとの ﾋ' })).toMatchObject({ ok: true })
  expect(await sessionRow(w, id)).toMatchObject({ title_kana: 'ミトノ ヒ', edited: 1 })
  expect(await edit(id, { title_kana: '', revision: '1' })).toMatchObject({ ok: true })
  expect((await sessionRow(w, id)).title_kana).toBe('テレワークムリョウソウダンカイ')
  expect(await edit(id, { title_ja: '水戸の日', title_kana: '', revision: '2' })).toMatchObject({ ok: true })
  expect((await sessionRow(w, id)).title_kana).toBeNull()
})

test.each(['水戸', 'ミト1', 'Mito'])('%j is refused as a reading', async (title_kana) => {
  expect(await edit(w.next(), { title_kana })).toMatchObject({ errors: { title_kana: 'reading' } })
})

test('the sessions of a series follow its reading', async () => {
  const form = seriesForm({
    desk: 'two',
    weekdays: ['FR'],
    starts_on: '2026-11-20',
    revision: '0',
    title_kana: 'つくば',
  })
  expect(await editSeries(as(w, 'desk'), 'two', form)).toMatchObject({ ok: true })
  const readings = await w.column<string>(
    "select distinct title_kana from session where series = 'two' and edited = 0 and date > '2026-11-28'",
  )
  expect(readings).toEqual(['ツクバ'])
})
