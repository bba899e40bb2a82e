import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../../templates/text/desk.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, pageOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'
import { pages } from './odd.ts'

const t = deskTexts('ja').error

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('an error in the console', () => {
  test.each([
    ['a booking that is not there', 'GET', '/desk/bookings/none', 404],
    ['a page that is not there', 'GET', '/desk/none/none', 404],
    ['a person, for a desk', 'GET', '/desk/people/new', 403],
    ['a year to copy, for a desk', 'POST', '/desk/programme', 403],
    ['a method that a page does not have', 'POST', '/desk/figures', 405],
  ])('stays there: %s', async (_, method, path, status) => {
    const answer = await s.ask(path, { method, headers: { cookie: desk.cookie } })
    const page = pageOf(answer)
    expect([page.status, page.root.querySelector('nav a[href="/desk/bookings"]') !== null]).toEqual([status, true])
    expect([page.root.querySelector('.foot'), page.headers.get('cache-control')]).toEqual([null, 'no-store'])
  })

  test('has no menu for somebody who is not signed in', async () => {
    const page = pageOf(await s.ask('/desk/sign-in', { method: 'DELETE' }))
    expect([page.status, page.main.querySelector('h1')?.text]).toEqual([405, t.words[405].what])
    const ways = page.root.querySelectorAll('.side nav a, main a').map((one) => one.getAttribute('href'))
    expect(ways).toEqual(['/desk'])
  })

  test('leads back to what was typed', async () => {
    const typed = { key: 'a key of the form', prefecture: '08', name_ja: '都庁の会議室', name_en: '', address: '' }
    await s.run("update account set role = 'viewer'")
    const page = pageOf(await desk.post('/desk/venues/new', Object.entries(typed)))
    expect([page.status, page.text.includes(t.words[403].what)]).toEqual([403, true])
    await s.run("update account set role = 'desk'")
    const back = page.main.querySelector('form')
    const form = pageOf(await desk.post(back?.getAttribute('action') ?? '', back ? fieldsOf(back) : []))
    expect([form.status, form.root.querySelector('#name_ja')?.getAttribute('value')]).toEqual([200, '都庁の会議室'])
    expect(await s.column("select id from venue where name_ja = '都庁の会議室'")).toEqual([])
  })

  test('keeps what was typed when the sign-in has ended', async () => {
    await s.run("update pass set expires_at = '2026-11-22T00:00:00.000Z'")
    const typed = [['name_ja', '水戸の会議室']] as [string, string][]
    const page = pageOf(await desk.post('/desk/venues/new', typed))
    expect([page.status, page.text.includes(t.signedOut.what)]).toEqual([401, true])
    expect(page.root.querySelector('.side nav')).toBeNull()
    const back = page.main.querySelector('form')
    const again = await signedIn(s, 'desk', '08')
    const form = pageOf(await again.post(back?.getAttribute('action') ?? '', back ? fieldsOf(back) : []))
    expect(form.root.querySelector('#name_ja')?.getAttribute('value')).toBe('水戸の会議室')
  })
})

describe('a choice of another prefecture', () => {
  const series = { key: 'the key of a form', kind: 'consultation', title_ja: '都の相談会', desk: 'secretariat' }
  const exported = { from: '2026-11-01', to: '2026-11-30', format: 'csv' }
  test.each([
    ['of a venue', '/desk/venues/new', { prefecture: '13', name_ja: '都庁の会議室' }, 'name_ja'],
    ['of a closure', '/desk/closures', { scope: '13', date: '2026-12-04', reason_ja: '都の休み' }, 'reason_ja'],
    ['of a closure everywhere', '/desk/closures', { scope: 'all', reason_ja: '国の休み' }, 'reason_ja'],
    ['of a suspension', '/desk/suspensions', { prefectures: '13', reason_ja: '都の停止', step: 'do' }, 'reason_ja'],
    ['of a series', '/desk/series/new', { ...series, prefecture: '13', step: 'do' }, 'title_ja'],
    ['of a session to book', '/desk/bookings/new', Object.fromEntries(caller({ session: 'toyota' })), 'name'],
    ['of an export', '/desk/exports', { ...exported, prefecture: '13' }, 'from'],
  ])('%s is a fault of its field, and what was typed stays', async (_, path, typed: Record<string, string>, kept) => {
    const [elsewhere = ''] = await s.column<string>("select id from session where prefecture = '23' limit 1")
    const fields = Object.entries(typed).map(([name, value]): [string, string] => [
      name,
      value === 'toyota' ? elsewhere : value,
    ])
    const page = pageOf(await desk.post(path, fields))
    expect([page.status, page.text.includes(t.words[403].what)]).toEqual([422, false])
    const stay = page.main.querySelectorAll('form').flatMap((form) => fieldsOf(form))
    expect(stay).toContainEqual([kept, typed[kept]])
  })

  test('of a place to move to leaves the booking where it is', async () => {
    const { id } = await s.booked()
    const [elsewhere = ''] = await s.column<string>("select id from session where prefecture = '23' limit 1")
    const page = pageOf(
      await desk.post(`/desk/bookings/${id}/move`, [
        ['place', `${elsewhere} `],
        ['format', 'onsite'],
      ]),
    )
    expect(page.status).toBe(422)
    expect(await s.column(`select session from booking where id = '${id}'`)).toEqual([MITO])
  })
})

test('no form of the console offers a desk what it may not choose', async () => {
  const named = ['prefecture', 'prefectures', 'scope']
  const secretariat = await signedIn(s, 'secretariat')
  const offered = new Map<string, Set<string>>()
  for (const path of await pages(s, desk)) {
    const { root, status } = pageOf(await s.ask(path, { headers: { cookie: desk.cookie } }))
    if (status !== 200) continue
    for (const control of root.querySelectorAll('select, input[type=checkbox]')) {
      const name = control.getAttribute('name') ?? ''
      if (!named.includes(name)) continue
      const values = control.tagName === 'SELECT' ? control.querySelectorAll('option') : [control]
      const all = offered.get(path) ?? new Set<string>()
      for (const one of values) all.add(one.getAttribute('value') ?? '')
      offered.set(path, all)
    }
  }
  // A caller may be from anywhere.
  const entering = `/desk/bookings/new?session=${MITO}`
  expect(offered.get(entering)?.size).toBe(47)
  offered.delete(entering)
  const correcting = [...offered.keys()].filter((path) => /^\/desk\/bookings\/[^/?]+$/.test(path))
  for (const path of correcting) offered.delete(path)
  expect(offered.size).toBeGreaterThan(5)
  const own = (value: string) => value !== '' && value !== 'venue:ibaraki'
  for (const [path, values] of offered) expect([path, [...values].filter(own)]).toEqual([path, ['08']])
  const all = (await secretariat.page('/desk/venues/new')).root.querySelectorAll('#prefecture option')
  expect(all.filter((one) => one.getAttribute('value') !== '')).toHaveLength(47)
})

test('a series and a session are planned at the venues and desks of their own prefecture', async () => {
  const both = await signedIn(s, 'desk', '08', '13')
  await s.run(
    `insert into desk (id, kind, prefectures, name_ja, name_en, phones, email_use, topics)
     values ('tokyo', 'local', '13', '東京の窓口', 'Tokyo', '', 'none', ''), ('osaka', 'local', '27', '大阪の窓口', 'Osaka', '', 'none', '')`,
  )
  await s.run(
    "insert into venue (id, prefecture, name_ja, name_en, area_only, revision) values ('tokyo', '13', '都庁', 'Tokyo', 0, 0)",
  )
  const values = async (path: string, field: string) =>
    (await both.page(path)).root.querySelectorAll(`#${field} option`).map((one) => one.getAttribute('value'))
  expect(await values('/desk/series/new', 'desk')).toEqual(expect.arrayContaining(['tokyo', 'secretariat']))
  expect(await values('/desk/series/new', 'desk')).not.toContain('osaka')
  for (const path of ['/desk/series/ibaraki', `/desk/sessions/${MITO}/edit`]) {
    expect([path, (await values(path, 'venue')).includes('tokyo')]).toEqual([path, false])
  }
  expect(await values('/desk/series/ibaraki', 'desk')).not.toContain('tokyo')
})

test('a viewer is refused before a form is filled in, not after', async () => {
  const viewer = await signedIn(s, 'viewer', '08')
  const { id } = await s.booked()
  for (const path of ['/desk/bookings/new', `/desk/bookings/${id}/cancel`, `/desk/bookings/${id}/move`]) {
    expect([path, (await viewer.page(path)).status]).toEqual([path, 403])
  }
  for (const path of await pages(s, viewer)) {
    const page = await viewer.page(path)
    const forms = page.main.querySelectorAll('form[method=post]').map((form) => form.getAttribute('action') ?? '')
    const own = /^\/desk\/(?:bookings(?:\/views.*)?|outbox|security\/.+)$/
    expect([path, forms.filter((action) => !own.test(action))]).toEqual([path, []])
  }
})
