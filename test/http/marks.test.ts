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
    for (const one of unmarked(main)) found.add(`${sent.path}: ${one}`)
  }
  expect([...found]).toEqual([])
  expect(forms).toBeGreaterThan(100)
})
