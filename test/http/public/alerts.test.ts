import { beforeEach, expect, test } from 'vitest'
import { tellAlerts } from '../../../src/alerts/tell.ts'
import { hmac } from '../../../src/base/token.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import type { AlertRow } from '../../../src/store/schema.ts'
import { texts } from '../../../templates/text/index.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Site, site } from '../app.ts'
import { signedIn } from '../desk/fixtures.ts'

const t = texts('ja')
const ASKING: Fields = [
  ['prefecture', '08'],
  ['web', 'true'],
  ['kinds', 'consultation'],
  ['kinds', 'seminar'],
  ['weekdays', '1'],
  ['weekdays', '5'],
  ['days', '30'],
  ['email', 'hanako@example.jp'],
  ['consent', 'true'],
  ['locale', 'ja'],
]

let s: Site
beforeEach(async () => {
  s = await site()
})

const rows = () => s.rows<AlertRow>('select * from alert')
const token = async () => hmac(s.ctx.config.secrets[0] ?? '', `${(await rows())[0]?.id}.alert`)

test('the form is found from lists and from a session that is off, knows the prefecture, and keeps what was typed', async () => {
  for (const path of ['/calendar?view=list&prefecture=08', '/calendar?view=list&prefecture=08&kind=seminar'])
    expect((await s.page(path)).main.querySelector('a[href="/alerts?prefecture=08"]')?.text).toBe(t.alerts.link)
  await callOff(s.system, MITO, { reason_ja: '大雪', reason_en: 'Snow' })
  expect((await s.page(`/sessions/${MITO}`)).main.querySelector('a[href="/alerts?prefecture=08"]')).not.toBeNull()
  const page = await s.page('/alerts?prefecture=08')
  const fields = fieldsOf(formTo(page, '/alerts'))
  expect(fields).toContainEqual(['prefecture', '08'])
  expect(fields.filter(([name]) => name === 'weekdays')).toHaveLength(7)
  expect((await s.ask('/alerts?prefecture=99')).status).toBe(404)
  expect((await s.ask('/alerts?place=08')).status).toBe(404)
  const faulty = await s.post('/alerts', [
    ['prefecture', '08'],
    ['weekdays', '2'],
    ['email', 'hanako'],
    ['days', '180'],
  ])
  expect(faulty.status).toBe(422)
  expect(faulty.body).toContain('value="hanako"')
  expect(faulty.body).toMatch(/value="2" checked/)
  for (const field of ['kinds', 'email', 'consent']) expect(faulty.body).toContain(`href="#${field}"`)
  expect(await rows()).toEqual([])
})

test('a slip in the address is asked about, and every address is answered alike', async () => {
  const slip = await s.post('/alerts', [...ASKING.filter(([name]) => name !== 'email'), ['email', 'hanako@gmial.com']])
  expect(slip.body).toContain('gmail.com')
  expect(await rows()).toEqual([])
  const [first, again] = [await s.post('/alerts', ASKING), await s.post('/alerts', ASKING)]
  expect([first.status, again.status]).toEqual([200, 200])
  expect(again.body).toBe(first.body)
  expect(first.body).not.toContain('hanako')
})

test('a link opens a page that changes nothing; its buttons confirm and end it, also at one click of a mail program', async () => {
  await s.post('/alerts', ASKING)
  const path = `/alerts/${await token()}`
  const page = await s.page(path)
  expect(page.text).toContain(t.alerts.asked)
  for (const text of ['茨城県', '月・金', '2026年12月22日(火)', t.alerts.webYes]) expect(page.text).toContain(text)
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(await rows()).toMatchObject([{ state: 'asked' }])
  expect((await s.post(`${path}/confirm`)).body).toContain(t.alerts.confirmed)
  expect(await rows()).toMatchObject([{ state: 'confirmed' }])
  await s.post('/alerts', [...ASKING.filter(([name]) => name !== 'days'), ['days', '90']])
  const id = (await rows()).find(({ state }) => state === 'asked')?.id
  const second = `/alerts/${await hmac(s.ctx.config.secrets[0] ?? '', `${id}.alert`)}`
  expect((await s.page(second)).text).toContain(t.alerts.replaces)
  const ended = await s.post(`${path}/end`, [['List-Unsubscribe', 'One-Click']])
  expect([ended.status, ended.location]).toEqual([200, ''])
  expect(ended.body).toContain(t.alerts.ended)
  expect((await s.page(second)).text).not.toContain(t.alerts.replaces)
  expect((await s.post(`${path}/confirm`)).body).toContain(t.alerts.ended)
  for (const gone of ['/alerts/nobody', '/alerts/nobody/confirm'])
    expect((await (gone.endsWith('confirm') ? s.post(gone) : s.ask(gone))).status).toBe(404)
})

test('staff see that a letter left, without a link that works; no log has the token', async () => {
  const logged = await site({ level: 'info' })
  await logged.ask('/alerts/abcdefghijklmnop')
  expect(logged.lines.join('')).not.toContain('abcdefghijklmnop')
  await s.post('/alerts', ASKING)
  const known = await token()
  await s.post(`/alerts/${known}/confirm`)
  s.at('2026-11-22T01:01:00.000Z')
  await publishSession(s.system, {
    ...seminar({ id: 'near', prefecture: '08', date: '2026-12-14' }),
    desk: 'secretariat',
  })
  expect(await tellAlerts(s.system)).toMatchObject({ told: 1 })
  const { cookie } = await signedIn(s, 'desk', '08')
  const [letter = ''] = await s.column<string>("select id from outbox where kind = 'place_free'")
  const shown = await s.ask(`/desk/outbox/${letter}/html`, { headers: { cookie } })
  expect(shown.status).toBe(200)
  expect(shown.body).toContain('/sessions/near')
  expect(shown.body).not.toContain(known)
  const other = await signedIn(s, 'desk', '13')
  expect((await s.ask(`/desk/outbox/${letter}/html`, { headers: { cookie: other.cookie } })).status).toBe(403)
})

test('many alerts are told with a few queries each', async () => {
  await s.post('/alerts', ASKING)
  await s.post(`/alerts/${await token()}/confirm`)
  const { db } = s.ctx.store
  const [first] = await rows()
  if (!first) throw new Error('no alert')
  const copies = Array.from({ length: 60 }, (_, i) => ({
    ...first,
    id: `${first.id}-${i}`,
    person_key: `p${i}`,
    email: `p${i}@example.jp`,
    token_hash: `h${i}`,
  }))
  for (const copy of copies) await s.ctx.store.commit(db.insertInto('alert').values(copy))
  s.at('2026-11-22T01:01:00.000Z')
  await publishSession(s.system, {
    ...seminar({ id: 'near', prefecture: '08', date: '2026-12-14' }),
    desk: 'secretariat',
  })
  s.reads()
  expect(await tellAlerts(s.system)).toEqual({ ok: true, told: 61 })
  // The schedule, the alerts, and the bookings of 25 people each.
  expect(s.reads()).toBeLessThan(20)
})
