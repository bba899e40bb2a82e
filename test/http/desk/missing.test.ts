import type { HTMLElement } from 'node-html-parser'
import { beforeAll, expect, test } from 'vitest'
import { LOCALES } from '../../../src/base/locale.ts'
import { texts } from '../../../templates/text/index.ts'
import { account, expert } from '../../experts/fixtures.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, pageOf, pathOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

type Form = { form: HTMLElement; action: string }

let s: Site
let all: Staff
let forms: Form[]
beforeAll(async () => {
  s = await site()
  all = await signedIn(s, 'secretariat')
  await s.booked()
  await expert(s, 'expert1')
  await account(s, 'expert2')
  await all.post('/desk/bookings/new', caller())
  forms = await everyForm()
})

/** An address without what names one row. */
const kind = (path: string) =>
  path
    .replace(/[?#].*/, '')
    .replaceAll(/\/(?=[^/]*\d)[^/]+/g, '/:id')
    .replace(/^(\/desk\/(?:sessions|series|desks|venues)\/)(?!new)[^/]+/, '$1:id')

/** One form of each kind in the console, of the pages that its links lead to. */
async function everyForm(): Promise<Form[]> {
  const found = new Map<string, Form>()
  const seen = new Set<string>()
  const next = ['/desk', '/desk/security', '/desk/figures/report', `/desk/sessions/${MITO}`, '/desk/schedule/new']
  for (const path of next) {
    const page = kind(path)
    if (seen.has(page) || /\.ics$|\/html$/.test(path)) continue
    seen.add(page)
    const answer = await s.ask(path, { headers: { cookie: all.cookie } })
    if (!answer.body.includes('<main')) continue
    const { root, main } = pageOf(answer)
    next.push(...root.querySelectorAll('a[href^="/desk"]').map((link) => pathOf(link.getAttribute('href') ?? '')))
    for (const form of main.querySelectorAll('form[method=post]')) {
      const action = (form.getAttribute('action') || path).replace(/#.*/, '')
      const step = form.querySelector('input[name=step]')?.getAttribute('value') ?? ''
      const key = `${kind(action)} ${step}`
      if (!found.has(key)) found.set(key, { form, action })
    }
  }
  return [...found.values()]
}

const controls = (form: HTMLElement) => form.querySelectorAll('input, select, textarea')
const nameOf = (control: HTMLElement) => control.getAttribute('name') ?? ''
const isHidden = (control: HTMLElement) => control.getAttribute('type') === 'hidden'
const isTicked = (control: HTMLElement) => ['radio', 'checkbox'].includes(control.getAttribute('type') ?? '')

/** The names of the fields that a form requires: by an attribute, or by its word at a group of boxes. */
function requiredIn(form: HTMLElement): Set<string> {
  const marked = form
    .querySelectorAll('.field')
    .filter((field) => field.querySelector('label .need, legend .need')?.text === texts('ja').need)
    .flatMap(controls)
  return new Set([...form.querySelectorAll('[required]'), ...marked].map(nameOf))
}

/** The names of the fields in which something is always chosen: a browser cannot send the form without. */
function alwaysChosen(form: HTMLElement): Set<string> {
  const checked = form.querySelectorAll('input[type=radio][checked]')
  const lists = form
    .querySelectorAll('select')
    .filter((list) => list.querySelectorAll('option').every((option) => option.getAttribute('value') !== ''))
  return new Set([...checked, ...lists].map(nameOf))
}

/** The form as its first button sends it. */
function standing(form: HTMLElement): Fields {
  const button = form.querySelector('button[name]')
  return [
    ...fieldsOf(form),
    ...(button ? [[nameOf(button), button.getAttribute('value') ?? ''] as Fields[number]] : []),
  ]
}

/** What a browser sends if a person leaves one field of a form empty. */
function without(form: HTMLElement, name: string): Fields {
  const isBox = controls(form).some((control) => nameOf(control) === name && isTicked(control))
  return [...standing(form).filter(([field]) => field !== name), ...(isBox ? [] : [[name, ''] as Fields[number]])]
}

/** What came back of a form: its status, the fields with a fault, and the form as it is shown again. */
async function sent({ form, action }: Form, fields: Fields) {
  const answer = await all.post(action, fields)
  if (!answer.body.includes('<main'))
    return { status: answer.status, faults: [] as string[], again: undefined, said: [] }
  const { main } = pageOf(answer)
  const names = new Set(
    controls(form)
      .filter((one) => !isHidden(one))
      .map(nameOf),
  )
  const again = main
    .querySelectorAll('form')
    .find(
      (one) =>
        one.getAttribute('action')?.replace(/#.*/, '') === action &&
        controls(one).some((each) => !isHidden(each) && names.has(nameOf(each))),
    )
  const faults = main.querySelectorAll('.err').map((one) => (one.getAttribute('id') ?? '').replace(/-error$/, ''))
  const said = main.querySelectorAll('.err, .alert li').map((one) => one.text.replace(/^＊/, ''))
  return { status: answer.status, faults, again, said }
}

test('a form of the console without a field that it needs comes back with the fault there and all that was typed', async () => {
  const wrong: string[] = []
  let tried = 0
  for (const each of forms) {
    const { form, action } = each
    for (const name of requiredIn(form)) {
      // An empty number of people is one.
      if (name === 'seats' || alwaysChosen(form).has(name)) continue
      tried++
      const fields = without(form, name).map(([field, value]): Fields[number] =>
        value === '' && field !== name && /^(reason|title|name|note|label|text)_?(ja|en)?$/.test(field)
          ? [field, 'ことば']
          : [field, value],
      )
      const { status, faults, again } = await sent(each, fields)
      const kept = new Map(again ? fieldsOf(again) : [])
      const typed = fields.filter(([field, value]) => value === 'ことば' && kept.get(field) !== value)
      if (status < 400 || status > 499 || !again) wrong.push(`${action} without ${name}: ${status}`)
      if (!faults.includes(name)) wrong.push(`${action} without ${name}: faults at ${faults.join(' ')}`)
      if (typed.length > 0) wrong.push(`${action} without ${name}: lost ${typed.map(([field]) => field).join(' ')}`)
    }
  }
  expect(wrong).toEqual([])
  expect(tried).toBeGreaterThan(40)
}, 240_000)

test('an empty form of the console that needs something is refused at itself', async () => {
  const wrong: string[] = []
  for (const each of forms) {
    const { form, action } = each
    const names = new Set(
      controls(form)
        .filter((one) => !isHidden(one))
        .map(nameOf),
    )
    const chosen = alwaysChosen(form)
    if ([...requiredIn(form)].every((name) => name === 'seats' || chosen.has(name))) continue
    const empty = standing(form)
      .filter(([name]) => !names.has(name) || !controls(form).some((one) => nameOf(one) === name && isTicked(one)))
      .map(([name, value]): Fields[number] => [name, names.has(name) ? '' : value])
    const { status, faults, again } = await sent(each, empty)
    if (status < 400 || status > 499 || !again || faults.length === 0)
      wrong.push(`${action}: ${status} ${faults.join(' ')}`)
  }
  expect(wrong).toEqual([])
}, 240_000)

test.each(LOCALES)(
  'no fault of any field begins with a particle, or names a field that nobody fills in (%s)',
  async (locale) => {
    const wrong: string[] = []
    for (const { form, action } of forms) {
      for (const name of new Set(controls(form).map(nameOf))) {
        const isShown = controls(form).some((one) => nameOf(one) === name && !isHidden(one))
        const path = `${action}${action.includes('?') ? '&' : '?'}lang=${locale}`
        const odd: Fields = [...standing(form).filter(([field]) => field !== name), [name, '\u0000']]
        const { said } = await sent({ form, action: path }, odd)
        const bad = said.filter(
          (text) => /^[をはがにのとも、：:]|undefined|: please check this$/.test(text) && !/^[^:]+: please/.test(text),
        )
        wrong.push(...bad.map((text) => `${action} ${name}: ${text}`))
        if (isShown && said.includes(texts(locale).nameless)) wrong.push(`${action} ${name} has no label`)
      }
    }
    expect(wrong).toEqual([])
  },
  240_000,
)
