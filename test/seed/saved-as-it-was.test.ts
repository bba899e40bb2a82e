import { beforeAll, describe, expect, test } from 'vitest'
import { TABLES } from '../../src/store/tables.ts'
import { type Fields, fieldsOf, type Page, type Site, site } from '../http/app.ts'
import { type Staff, signedIn } from '../http/desk/fixtures.ts'

/** The tables that reading a page writes to: who looked at what, and when a browser was last used. */
const READ = ['pass', 'journal']

let s: Site
let staff: Staff
beforeAll(async () => {
  s = await site()
  staff = await signedIn(s, 'secretariat')
})

/** Every row, but for what reading a page leaves. */
async function rows(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const table of TABLES) {
    if (!READ.includes(table)) found[table] = JSON.stringify(await s.rows(`select * from ${table}`))
  }
  const written = await s.rows("select * from journal where act not like 'reading.%'")
  return { ...found, journal: JSON.stringify(written) }
}

/** The forms of a page that edit a record: they name its revision. Not the ones that ask for a reason. */
function edits(page: Page): { action: string; fields: Fields }[] {
  return page.main
    .querySelectorAll('form[method="post"]')
    .filter((form) => form.querySelector('[name="revision"]') !== null && form.getAttribute('action') !== null)
    .map((form) => ({ action: form.getAttribute('action') ?? '', fields: fieldsOf(form) }))
}

/** Opens every page, posts its edit forms as they are, and returns the answers that were no success. */
async function posted(paths: string[], step: Fields = []): Promise<{ sent: number; refused: [string, number][] }> {
  let sent = 0
  const refused: [string, number][] = []
  for (const path of paths) {
    for (const { action, fields } of edits(await staff.page(path))) {
      const answer = await staff.post(action, [...fields, ...step])
      sent++
      if (answer.status !== 303) refused.push([action, answer.status])
    }
  }
  return { sent, refused }
}

const ids = (query: string) => s.column<string>(query)

describe('an edit form that is saved as it was opened changes no row', () => {
  test.each([
    ['series', 'select id from series', (id: string) => `/desk/series/${id}`, [['step', 'do']] as Fields],
    ['desk', 'select id from desk', (id: string) => `/desk/desks/${id}`, []],
    ['venue', 'select id from venue', (id: string) => `/desk/venues/${id}`, []],
    ['account', 'select id from account', (id: string) => `/desk/people/${id}`, []],
    [
      'session ahead',
      `select id from session where state = 'published' and (date >= '2026-11-22'
        or date is null and programme in (select id from programme where ends_on >= '2026-11-22'))`,
      (id: string) => `/desk/sessions/${id}/edit`,
      [],
    ],
  ])('of every seeded %s', async (_, query, path, step) => {
    const before = await rows()
    const paths = (await ids(query)).map(path)
    const { sent, refused } = await posted(paths, step)
    expect(refused).toEqual([])
    expect(sent).toBe(paths.length)
    expect(await rows()).toEqual(before)
  })

  test('of a booking: its note, its person, and what its holder may amend', async () => {
    const { id, token } = await s.booked({ message: '資料希望\n二行目' })
    const before = await rows()
    expect(await posted([`/desk/bookings/${id}`])).toEqual({ sent: 3, refused: [] })
    const own = await s.page(`/b/${token}`)
    const amend = own.main.querySelector(`form[action="/b/${token}/amend"]`)
    if (!amend) throw new Error('no form to amend')
    await s.submit(amend)
    expect(await rows()).toEqual(before)
  })

  test('of a closed day, decided as it is', async () => {
    const day: Fields = [
      ['date', '2026-12-28'],
      ['scope', '08'],
      ['state', 'confirmed'],
      ['reason_ja', '館内整理'],
      ['reason_en', 'Stocktaking'],
    ]
    await staff.post('/desk/closures', day)
    const before = await rows()
    expect((await staff.post('/desk/closures', day)).status).toBe(200)
    expect(await rows()).toEqual(before)
  })
})
