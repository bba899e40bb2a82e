import type { HTMLElement } from 'node-html-parser'
import { expect, test } from 'vitest'
import { SESSION_ACTS } from '../../src/base/vocabulary.ts'
import { facts, MATRIX, withDays } from '../faults/matrix.ts'
import { send } from '../faults/requests.ts'
import { MITO } from '../world.ts'
import { pageOf, site } from './app.ts'
import { signedIn } from './desk/fixtures.ts'

/** What people type into. A list or a tick without a mark has its choice already. */
const TYPED = 'input:not([type=hidden], [type=radio], [type=checkbox], [type=file], [type=search]), textarea'

/** The lists that are required and have nothing to choose, on a page that does not lead to adding a desk. */
const empty = (main: HTMLElement) =>
  main.querySelectorAll('form select').flatMap((list) => {
    const isNeeded = main.querySelector(`label[for="${list.id}"]`)?.querySelector('.need')
    const choices = list.querySelectorAll('option').filter((one) => one.getAttribute('value') !== '')
    const isHelped = main.querySelector('a[href="/desk/desks/new"]') !== null
    return isNeeded && choices.length === 0 && !isHelped ? [`${list.getAttribute('name')} has nothing to choose`] : []
  })

/** The fields that are sent but do not say whether they are required. */
function unmarked(main: HTMLElement): string[] {
  return main.querySelectorAll('form[method=post]:not(.filters)').flatMap((form) =>
    form.querySelectorAll(TYPED).flatMap((field) => {
      const label = main.querySelector(`label[for="${field.id}"]`) ?? field.closest('label, fieldset')
      const legend = field.closest('fieldset')?.querySelector('legend')
      return [label, legend].some((one) => one?.querySelector('.need, .opt'))
        ? []
        : [`${form.getAttribute('action')} ${field.getAttribute('name')}`]
    }),
  )
}

test('every field of every form says whether it is required', async () => {
  const s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  await withDays(s)
  const f = facts(s, await signedIn(s, 'desk', '08'), await signedIn(s, 'secretariat'))
  const asked = Object.entries(MATRIX).flatMap(([route, entry]) =>
    /^GET \/(?!api)/.test(route) ? [() => entry.ask(f)] : [],
  )
  const acts = SESSION_ACTS.map((act) => () => f.get(`/desk/sessions/${MITO}/${act}`))
  const found = new Set<string>()
  let forms = 0
  for (const ask of [...asked, ...acts]) {
    const { sent } = await ask()
    const got = await send(s.app, sent)
    if (!got.type.startsWith('text/html') || got.status >= 400) continue
    const { status, headers, location } = got
    const { main } = pageOf({ status, headers, location, body: new TextDecoder().decode(got.body) })
    forms += main.querySelectorAll('form[method=post]').length
    for (const one of [...unmarked(main), ...empty(main)]) found.add(`${sent.path}: ${one}`)
  }
  expect([...found]).toEqual([])
  expect(forms).toBeGreaterThan(100)
})

test.each([
  ['of the published schedule', true],
  ['that is empty', false],
])('no form of a house %s asks to choose from nothing', async (_, seeded) => {
  const s = await site({ seeded })
  const desk = await signedIn(s, 'desk', '08')
  const paths = Object.keys(MATRIX).flatMap((route) => /^GET (\/desk[^:]*)$/.exec(route)?.[1] ?? [])
  const found = new Set<string>()
  for (const path of paths) {
    const answer = await s.ask(path, { headers: { cookie: desk.cookie } })
    if (answer.status !== 200 || !answer.body.includes('<main')) continue
    for (const one of empty(pageOf(answer).main)) found.add(`${path}: ${one}`)
  }
  expect(paths.length).toBeGreaterThan(30)
  expect([...found]).toEqual([])
})
