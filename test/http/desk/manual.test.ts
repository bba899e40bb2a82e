import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Role } from '../../../src/base/actor.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { MITO } from '../../world.ts'
import { pathOf, site } from '../app.ts'
import { signedIn } from './fixtures.ts'

test('the manual is one page with its contents, for every account, and its pictures are there', async () => {
  const s = await site()
  const expert = await signedIn(s, 'expert', '08')
  const page = await expert.page('/desk/manual?lang=en')
  expect(page.main.querySelector('h1')?.text).toBe('Manual')
  const links = page.main.querySelectorAll('.contents a').map((link) => link.getAttribute('href') ?? '')
  expect(links.length).toBeGreaterThan(8)
  for (const link of links) expect(page.main.querySelector(`.manual h2${link}`)).not.toBeNull()
  expect(page.main.querySelector('.manual')?.getAttribute('lang')).toBe('ja')
  const pictures = page.main.querySelectorAll('.manual img').map((picture) => picture.getAttribute('src') ?? '')
  for (const picture of pictures) {
    const answer = await s.ask(pathOf(picture))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
  }
  expect(pictures.length).toBeGreaterThan(4)
  // A picture that is loaded when it is scrolled to is missing on paper.
  expect(page.main.querySelectorAll('.manual img[loading]')).toEqual([])
  expect(page.main.querySelectorAll('[style], script')).toEqual([])
  expect((await expert.page('/desk/security')).main.querySelector('.guide a')?.getAttribute('href')).toBe(
    '/desk/manual',
  )
})

const MANUAL = readFileSync('docs/manual.ja.md', 'utf8')
const ROLES: Role[] = ['secretariat', 'desk', 'viewer', 'expert']

/** The rows of the first table of the manual whose heads begin with this word. */
const table = (word: string) => {
  const rows = MANUAL.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
  const first = rows.findIndex((cells) => cells[1] === word)
  const end = rows.findIndex((cells, i) => i > first && cells.length < 3)
  return rows.slice(first + 2, end).map((cells) => cells.slice(1, -1))
}

test('the manual says which role sees which entry of the menu, and where the others are', async () => {
  const s = await site()
  const d = deskTexts('ja')
  for (const [i, role] of ROLES.entries()) {
    const staff = await signedIn(s, role, ...(role === 'secretariat' ? [] : ['08']))
    const page = await staff.page('/desk/security')
    const seen = page.root.querySelectorAll('.side nav a').map((link) => link.text)
    const said = table('メニュー').flatMap(([names = '', ...marks]) => (marks[i] === '○' ? names.split('、') : []))
    expect(said.toSorted()).toEqual(seen.toSorted())
    expect(page.text.includes(d.journal.title)).toBe(role !== 'expert')
    expect(page.text.includes(d.setup.title)).toBe(role === 'secretariat')
    if (role === 'expert') continue
    const schedule = await staff.page('/desk/schedule')
    expect(schedule.text.includes(scheduleTexts('ja').ways.programmes)).toBe(role === 'secretariat')
    expect((await staff.page('/desk/experts')).text.includes(d.experts.add)).toBe(role === 'secretariat')
  }
})

test('the pages of a booking, session and series have the heading that the manual names', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const { id } = await s.booked()
  const d = deskTexts('ja')
  for (const path of [`/desk/bookings/${id}`, `/desk/sessions/${MITO}`, '/desk/series/ibaraki']) {
    const { main } = await desk.page(path)
    expect([path, ...main.querySelectorAll('h2').map((one) => one.text)]).toContain(d.acts)
  }
  const { main } = await desk.page(`/desk/sessions/${MITO}`)
  expect(main.querySelectorAll('h2').map((one) => one.text)).toContain(d.withheld.title)
})

test('the acts of the table of the manual are on the page of a booking', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const { id } = await s.booked()
  await addQuestion(s.system, { series: 'ibaraki', session: null }, { kind: 'text', label_ja: '駐車場' })
  const page = await desk.page(`/desk/bookings/${id}`)
  const ways = table('したいこと').flatMap(([, way = '']) => [...way.matchAll(/予約を開き、「([^」]+)」/g)])
  const names = ways.map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(6)
  const d = deskTexts('ja').booking
  expect(names.filter((name) => !page.text.includes(name))).toEqual([d.promote, d.restore])
})
