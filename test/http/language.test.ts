import type { HTMLElement } from 'node-html-parser'
import { expect, test } from 'vitest'
import { everything } from '../everything.ts'
import { MITO } from '../world.ts'
import { type Answer, type Fields, fieldsOf, type Page, pageOf, pathOf, type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk/fixtures.ts'
import { pages } from './desk/odd.ts'

const MARK = '目印の文'

/** The fields of a form with the mark in all that people write. */
function marked(form: HTMLElement): Fields {
  const written = form
    .querySelectorAll(
      'input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=url], textarea',
    )
    .map((control): [string, string] => [control.getAttribute('name') ?? '', MARK])
  return fieldsOf(form, Object.fromEntries(written))
}

/** What the language button of a page sends. Null if the page has none. */
function languageButton({ root }: Page): { action: string; fields: Fields } | null {
  const button = root.querySelector('button.language')
  const form = root.querySelector(`#${button?.getAttribute('form')}`)
  if (!button || !form) return null
  const name = button.getAttribute('name')
  const own: Fields = name === undefined ? [] : [[name, button.getAttribute('value') ?? '']]
  const action = button.getAttribute('formaction') ?? form.getAttribute('action') ?? ''
  return { action, fields: [...fieldsOf(form), ...own] }
}

/** The rows that the connection to SQLite has written so far, also those that stayed as they were. */
const written = async (s: Site) => (await s.column<number>('select total_changes()'))[0]

type Headers = Record<string, string>

/** Presses the language button as a browser does: a 307 sends the same form once more. */
async function pressed(s: Site, page: Page, headers: Headers): Promise<Page> {
  const sent = languageButton(page)
  if (sent === null) throw new Error('no language button')
  const first = await s.post(sent.action, sent.fields, headers)
  return pageOf(first.status === 307 ? await s.post(pathOf(first.location), sent.fields, headers) : first)
}

/** What is wrong with the language button of an answer to a form. */
async function wrongWith(s: Site, answer: Answer, headers: Headers): Promise<string | null> {
  const page = pageOf(answer)
  if (page.root.querySelector('a.language')) return 'has a link, which loses the form'
  if (languageButton(page) === null) return 'has no button'
  const before = await written(s)
  const other = await pressed(s, page, headers)
  if ((await written(s)) !== before) return 'changes rows'
  if (other.root.querySelector('html')?.getAttribute('lang') !== 'en') return 'stays in Japanese'
  if (other.status >= 400 && other.status !== answer.status) return `answers ${other.status} after ${answer.status}`
  return page.main.outerHTML.includes(MARK) && !other.main.outerHTML.includes(MARK) ? 'loses what was typed' : null
}

/** Sends every form of a page with a mark. Returns what is wrong with the pages that answer, and how many those are. */
async function wrongOn(s: Site, path: string, headers: Headers) {
  const found = { wrong: [] as string[], answers: 0 }
  const page = pageOf(await s.ask(path, { headers }))
  for (const form of page.root.querySelectorAll('form[method=post]')) {
    const action = form.getAttribute('action') ?? ''
    if (action === '/desk/sign-out') continue
    const answer = await s.post(action, marked(form), headers)
    // The page of an error has no form.
    if (!answer.body.includes('<main') || answer.body.includes('fault-code')) continue
    found.answers++
    const what = await wrongWith(s, answer, headers)
    if (what !== null) found.wrong.push(`${action}, ${answer.status}: ${what}`)
  }
  return found
}

async function wrongOnAll(s: Site, paths: readonly string[], headers: Headers) {
  const all = { wrong: [] as string[], answers: 0 }
  for (const path of paths) {
    const { wrong, answers } = await wrongOn(s, path, headers)
    all.wrong.push(...wrong)
    all.answers += answers
  }
  return all
}

test('every page of the console that answers a form keeps what was typed in the other language', async () => {
  const s = await site()
  const all: Staff = await signedIn(s, 'secretariat')
  const { wrong, answers } = await wrongOnAll(s, await pages(s, all), { cookie: all.cookie })
  // Recovery codes and the address of a feed are shown once.
  const once = ['/desk/security/codes', '/desk/security/feeds']
  expect(wrong.toSorted()).toEqual(once.map((path) => `${path}, 200: has no button`))
  expect(answers).toBeGreaterThan(20)
})

test('every public page that answers a form keeps what was typed in the other language', async () => {
  const s = await site()
  const { token } = await s.booked()
  const [undated = ''] = await s.column<string>("select id from session where date is null and state = 'published'")
  const paths = [`/sessions/${MITO}/book`, '/lookup', `/b/${token}`, `/b/${token}/move`, `/sessions/${undated}`]
  const { wrong, answers } = await wrongOnAll(s, paths, {})
  expect(wrong).toEqual([])
  expect(answers).toBeGreaterThan(4)
})

test('every page of the sign-in and of the proof keeps what was typed in the other language', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const desk = await signedIn(s, 'desk', '08')
  const fields: Fields = [
    ['email', 'typed@example.jp'],
    ['to', '/desk/bookings'],
  ]
  const stale = async (to: string, given: Fields, { cookie }: Staff) => s.post(to, given, { cookie })
  s.at('2026-11-22T01:30:00.000Z')
  const person: Fields = [['name', MARK], ...fields, ['role', 'desk'], ['prefectures', '08']]
  const answers: [string, Answer, Headers][] = [
    ['address', await s.post('/desk/sign-in', [['email', MARK]]), {}],
    ['letter', await s.post('/desk/sign-in', fields), {}],
    ['code', await s.post('/desk/sign-in/code', [...fields, ['code', '000000']]), {}],
    ['link', await s.post('/desk/sign-in/unknown'), {}],
    ['proof', await stale('/desk/people/new', person, all), { cookie: all.cookie }],
    [
      'wrong proof',
      await stale('/desk/proof/again?to=%2Fdesk%2Fpeople%2Fnew&form=1', [...person, ['proof_code', '000000']], all),
      { cookie: all.cookie },
    ],
    ['plain proof', await stale('/desk/proof', [['code', '000000'], ...fields], all), { cookie: all.cookie }],
    [
      'letter of a proof',
      await stale('/desk/proof/letter?to=%2Fdesk%2Fexports%3Fstep%3Dpage&form=1', person, desk),
      { cookie: desk.cookie },
    ],
  ]
  for (const [name, answer, headers] of answers) {
    expect([name, await wrongWith(s, answer, headers)]).toEqual([name, null])
  }
})

test('a request that only looks changes nothing, whatever it asks for, and reading is put on record', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const { id, token } = await s.booked()
  const before = await everything(s)
  for (const look of ['same', 'form']) {
    for (const path of [`/b/${token}/cancel`, `/desk/bookings/${id}/cancel`, '/desk/security/end']) {
      const answer = await desk.post(`${path}?look=${look}`)
      expect([path, answer.status]).toEqual([path, look === 'same' ? 307 : 303])
    }
  }
  expect(await everything(s)).toEqual(before)
  await desk.post(`/desk/bookings/${id}/note?look=form`, [['note', MARK]])
  expect(await s.column("select subject from journal where act = 'reading.booking'")).toEqual([id])
})
