import { beforeAll, expect, test } from 'vitest'
import { texts } from '../../../templates/text/index.ts'
import { type Answer, type Site, site } from '../app.ts'

const t = texts('ja').prefecture

let s: Site
beforeAll(async () => {
  s = await site({ cache: true, elapsed: () => 0 })
})

const choose = (prefecture: string) => s.post('/prefecture', [['prefecture', prefecture]])
const set = (answer: Answer) => answer.headers.get('set-cookie') ?? ''
const having = (cookie: string) => ({ headers: { cookie } })

test('a choice is kept in a cookie that only the pages of the choice get', async () => {
  const answer = await choose('08')
  expect(answer.status).toBe(303)
  expect(answer.location).toMatch(/\/prefecture$/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(set(answer)).toMatch(/^prefecture=08; Max-Age=31536000; Path=\/prefecture; HttpOnly;.* SameSite=Lax$/)
  const page = await s.page('/prefecture', having('prefecture=08'))
  expect(page.text).toContain(t.remembered('茨城県'))
  expect(page.main.querySelector('a.btn')?.getAttribute('href')).toBe('/calendar?prefecture=08')
})

test('the first page leads to the dates of the choice by a redirect that nothing keeps', async () => {
  const home = await s.page('/')
  expect(home.main.querySelector('a[href="/prefecture/dates"]')?.text).toContain(t.see)
  const chosen = await s.ask('/prefecture/dates', having('prefecture=08'))
  expect([chosen.status, chosen.headers.get('cache-control')]).toEqual([302, 'no-store'])
  expect(chosen.location).toMatch(/\/calendar\?prefecture=08$/)
  const none = await s.ask('/prefecture/dates')
  expect(none.location).toMatch(/\/prefecture$/)
  expect(none.headers.get('cache-control')).toBe('no-store')
})

test.each(['/', '/calendar', '/calendar?prefecture=08', '/subscribe'])('%s is the same with a choice', async (path) => {
  expect((await s.ask(path, having('prefecture=08'))).body).toBe((await s.ask(path)).body)
})

test('the dates of a prefecture offer to remember it, and those of all do not', async () => {
  const page = await s.page('/calendar?prefecture=08')
  const form = page.main.querySelector('form[action="/prefecture"]')
  expect(form?.text).toContain(t.remember('茨城県'))
  expect(form?.querySelector('input')?.getAttribute('value')).toBe('08')
  expect((await s.page('/calendar')).main.querySelector('form[action="/prefecture"]')).toBeNull()
})

test('a choice is forgotten on request', async () => {
  const page = await s.page('/prefecture', having('prefecture=08'))
  expect(page.main.querySelector('form[action="/prefecture/forget"]')?.text).toContain(t.forget)
  const answer = await s.post('/prefecture/forget')
  expect(set(answer)).toMatch(/^prefecture=; Max-Age=0; Path=\/prefecture/)
  expect((await s.page('/prefecture')).main.querySelector('form[action="/prefecture/forget"]')).toBeNull()
})

test('nothing chosen is told at the field; an unknown code is refused, also in a cookie', async () => {
  const none = await choose('')
  expect([none.status, set(none)]).toEqual([422, ''])
  expect(none.body).toContain('aria-invalid="true"')
  expect((await choose('48')).status).toBe(404)
  expect((await s.ask('/prefecture?x=1')).status).toBe(404)
  expect((await s.ask('/prefecture/dates', having('prefecture=../desk'))).location).toMatch(/\/prefecture$/)
})

test('another site cannot choose, and reading chooses nothing', async () => {
  const foreign = await s.post('/prefecture', [['prefecture', '08']], { origin: 'https://other.example' })
  expect([foreign.status, set(foreign)]).toEqual([403, ''])
  expect(set(await s.ask('/prefecture/dates', having('prefecture=08')))).toBe('')
})

test('the page on personal data names what cookies are for, and leads to the choice', async () => {
  const page = await s.page('/about/privacy')
  expect(page.text).toContain('「いつもの都道府県」')
  expect(page.main.querySelector('a[href="/prefecture"]')).not.toBeNull()
})
