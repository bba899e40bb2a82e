import type { HTMLElement } from 'node-html-parser'
import { beforeAll, expect, test } from 'vitest'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { account, expert } from '../../experts/fixtures.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, type Page, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let all: Staff
let booking: string
beforeAll(async () => {
  const s = await site()
  all = await signedIn(s, 'secretariat')
  booking = (await s.booked()).id
  await expert(s)
  await account(s, 'another')
})

/** The pages with a form of several fields, and where the form goes. */
const FORMS: [page: string, action: string][] = [
  ['/desk/series/new', '/desk/series/new'],
  ['/desk/series/ibaraki', '/desk/series/ibaraki'],
  ['/desk/schedule/new', '/desk/schedule/new'],
  [`/desk/sessions/${MITO}/edit`, `/desk/sessions/${MITO}/edit`],
  [`/desk/sessions/${MITO}/reschedule`, `/desk/sessions/${MITO}/reschedule`],
  [`/desk/sessions/${MITO}/convert`, `/desk/sessions/${MITO}/convert`],
  [`/desk/sessions/${MITO}/venue`, `/desk/sessions/${MITO}/venue`],
  ['/desk/venues/new', '/desk/venues/new'],
  ['/desk/desks/new', '/desk/desks/new'],
  ['/desk/closures', '/desk/closures'],
  ['/desk/suspensions', '/desk/suspensions'],
  ['/desk/programmes', '/desk/programmes'],
  ['/desk/people/new', '/desk/people/new'],
  ['/desk/experts/new', '/desk/experts/new'],
  ['/desk/experts/expert', '/desk/experts/expert'],
  ['/desk/experts/expert/hours', '/desk/experts/expert/hours'],
  ['/desk/experts/expert/absences', '/desk/experts/expert/absences'],
  ['/desk/experts/expert/ties', '/desk/experts/expert/ties'],
  ['/desk/experts/expert/leave', '/desk/experts/expert/leave'],
  ['/desk/setup/house', '/desk/setup/house'],
  [`/desk/questions?session=${MITO}`, '/desk/questions'],
  [`/desk/messages/new?session=${MITO}`, '/desk/messages/new'],
  [`/desk/bookings/new?session=${MITO}`, '/desk/bookings/new'],
  ['/desk/bookings/:id', '/desk/bookings/:id/correct'],
]

/** The form with the same in all its fields. What nobody types stays: hidden fields, and the session that is booked. */
function typed(form: HTMLElement, text: string): Fields {
  const hidden = form.querySelectorAll('input[type=hidden]').map((one) => one.getAttribute('name'))
  const kept = new Set([...hidden, 'session'])
  return fieldsOf(form).map(([name, value]) => [name, kept.has(name) ? value : text])
}

/** The fields to which the links of the summary lead. */
const linked = (page: Page) =>
  page.main.querySelectorAll('.alert li a').map((link) => (link.getAttribute('href') ?? '').slice(1))

/** The fields marked as wrong, in the order of the page. */
const marked = (page: Page) =>
  page.main.querySelectorAll('.err').map((one) => (one.getAttribute('id') ?? '').replace(/-error$/, ''))

test.each(FORMS.flatMap(([page, action]) => ['', '！'].map((text) => [page, action, text] as const)))(
  'the summary of errors names each field by a link, in the order of the form: %s %s %j',
  async (from, to, text) => {
    const [path, action] = [from.replace(':id', booking), to.replace(':id', booking)]
    const found = await all.page(path)
    const form = found.main
      .querySelectorAll(`form[action^="${action}"][method=post]`)
      .find((one) => one.querySelector('input:not([type=hidden]), textarea'))
    if (!form) throw new Error(`no form to ${action} on ${path}`)
    const page = await all.submit(action, [...typed(form, text), ['state', 'confirmed']])
    expect(linked(page)).toEqual(marked(page))
  },
)

test.each(['/desk/series/new', '/desk/schedule/new'])('says why a desk has to be chosen: %s', async (path) => {
  const form = (await all.page(path)).main.querySelector(`form[action="${path}"]`)
  if (!form) throw new Error('no form')
  const filled = { title_ja: 'つくば', prefecture: '01', desk: '', weekdays: 'WE', date: '2026-12-16' }
  const page = await all.submit(path, fieldsOf(form, { ...filled, starts: '10:00', ends: '12:00', formats: 'onsite' }))
  const { labelWithout, missing } = scheduleTexts('ja').desks
  expect(page.main.querySelector('.alert')?.text).toContain(`${labelWithout}を選んでください`)
  expect(page.text).toContain(missing.what)
})
