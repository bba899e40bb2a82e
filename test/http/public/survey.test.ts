import { beforeEach, expect, test } from 'vitest'
import { texts } from '../../../templates/text/index.ts'
import { type Fields, fieldsOf, formTo, pathOf, type Site, site } from '../app.ts'

const t = texts('ja').survey
const DAY_AFTER = '2026-11-28T01:00:00.000Z'
const ANSWER = { satisfaction: '5', understood: '4', telework: 'considering', recommend: '5', comment: '<b>よい</b>' }

let s: Site
let path: string
beforeEach(async () => {
  s = await site()
  path = `/b/${(await s.booked()).token}/survey`
  s.at(DAY_AFTER)
})

const rows = () => s.rows<{ comment: string }>('select * from survey_answer')
const fields = (changes: Partial<typeof ANSWER> = {}): Fields => Object.entries({ ...ANSWER, ...changes })

test('the page asks five questions, and opening it changes nothing', async () => {
  const page = await s.page(path)
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  const form = formTo(page, path)
  expect(new Set(form.querySelectorAll('input, textarea').map((one) => one.getAttribute('name')))).toEqual(
    new Set(Object.keys(ANSWER)),
  )
  expect(form.querySelectorAll('[checked]')).toEqual([])
  await s.ask(path, { method: 'HEAD' })
  expect(await rows()).toEqual([])
  expect(await s.column('select surveyed from booking')).toEqual([0])
})

test('it is answered once; a second time it says thank you again', async () => {
  const thanks = await s.submit(formTo(await s.page(path), path), fields())
  expect([thanks.status, thanks.text]).toEqual([200, expect.stringContaining(t.states.answered.what)])
  expect(thanks.root.querySelector(`form[action="${path}"]`)).toBeNull()
  const again = await s.post(path, fields())
  expect([again.status, pathOf(again.location)]).toEqual([303, path])
  expect((await s.page(path)).text).toContain(t.states.answered.what)
  expect(await rows()).toMatchObject([{ comment: ANSWER.comment }])
})

test('what is missing is said on top and at its field, and what was given is kept', async () => {
  const page = await s.page(path, {
    method: 'POST',
    body: new URLSearchParams(fields({ understood: '', telework: '' })),
  })
  expect(page.status).toBe(422)
  expect(page.root.querySelectorAll('[role=alert] a').map((one) => [one.getAttribute('href'), one.text])).toEqual([
    ['#understood', '分かりやすさを選んでください'],
    ['#telework', 'テレワークの予定を選んでください'],
  ])
  expect(page.root.querySelector('#understood')?.getAttribute('aria-invalid')).toBe('true')
  expect(page.title).toContain('入力エラー')
  expect(fieldsOf(formTo(page, path))).toEqual([
    ['satisfaction', '5'],
    ['recommend', '5'],
    ['comment', ANSWER.comment],
  ])
  expect(page.body).not.toContain('<b>よい')
  expect(await rows()).toEqual([])
})

test('it says when it is over, too early, or about nothing', async () => {
  const [id] = await s.column<string>('select id from booking')
  s.at('2026-12-27T15:00:00.000Z')
  expect((await s.page(path)).text).toContain(t.states.over.what)
  expect(pathOf((await s.post(path, fields())).location)).toBe(path)
  s.at('2026-11-26T01:00:00.000Z')
  expect((await s.page(path)).text).toContain(t.states.early.what)
  await s.run("update booking set status = 'absent' where id = ?", id)
  expect((await s.page(path)).text).toContain(t.states.none.what)
  expect((await s.ask('/b/nobody/survey')).status).toBe(404)
  expect((await s.post('/b/nobody/survey', fields())).status).toBe(404)
  expect(await rows()).toEqual([])
})

test('one’s booking leads to it from the end of its time on, until it is answered', async () => {
  const own = path.replace(/\/survey$/, '')
  expect((await s.page(own)).root.querySelector(`a[href="${path}"]`)).not.toBeNull()
  await s.post(path, fields())
  expect((await s.page(own)).root.querySelector(`a[href="${path}"]`)).toBeNull()
})

test('a browser that hides where it comes from may answer, another site may not', async () => {
  expect((await s.post(path, fields(), { origin: 'https://evil.example', host: 'localhost:8787' })).status).toBe(403)
  expect((await s.post(path, fields(), { origin: 'null', host: 'localhost:8787' })).status).toBe(303)
  expect(await rows()).toHaveLength(1)
})
