import { beforeEach, expect, test } from 'vitest'
import { ledgerSheet } from '../../../templates/desk/ledger-sheet.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { texts } from '../../../templates/text/index.ts'
import { messageTexts } from '../../../templates/text/messages.ts'
import { dayText } from '../../../templates/text/when.ts'
import { freshKey, MITO, NOW } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = deskTexts('ja').ledger.ticked
const ADDRESS = '/desk/bookings/ticked'

/** The week after. */
const NEXT = 'ibaraki-2026-12-04'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const statuses = () => s.column<string>('select status from booking order by number')
const tick = (act: string, ids: string[], more: Fields = []) =>
  desk.submit(ADDRESS, [['act', act], ...ids.map((id): Fields[number] => ['ids', id]), ...more])

/** The form of a page that does what it shows. */
function doing(page: Page) {
  const form = page.root
    .querySelectorAll(`form[action="${ADDRESS}"]`)
    .find((one) => one.querySelector('button[name=step]') !== null)
  if (!form) throw new Error(`nothing to do on ${page.title}`)
  return fieldsOf(form, { step: 'do' })
}

/** What the last column says of each booking. */
const said = (page: Page) =>
  page.main.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('td').at(-1)?.text.trim())

async function booked(...times: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const time of times) ids.push((await s.booked({ slot: `${MITO}-${time}` })).id)
  return ids
}

test('ticked bookings are marked as absent after a look, each with its result, and taken back together', async () => {
  const [one = '', two = '', three = ''] = await booked('1000', '1100', '1300')
  s.at('2026-11-27T05:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const ledger = formTo(await desk.page('/desk/bookings'), ADDRESS)
  expect(ledger.querySelectorAll('tbody input[name=ids]').map((box) => box.getAttribute('value'))).toEqual([
    one,
    two,
    three,
  ])
  const look = await tick('absent', [one, two, three], fieldsOf(ledger, { act: 'absent' }))
  expect(said(look)).toEqual([t.can, t.can, t.can])
  expect(await statuses()).toEqual(['booked', 'booked', 'booked'])
  await s.run("update booking set status = 'attended', revision = revision + 1 where id = ?", two)
  const done = await desk.submit(ADDRESS, doing(look))
  expect(said(done)).toEqual([t.done.absent, t.whys.changed, t.done.absent])
  expect(done.text).toContain(t.doneAll(2, 3))
  expect(await statuses()).toEqual(['absent', 'attended', 'absent'])
  expect(done.main.querySelector('.notice a')?.getAttribute('href')).toBe('/desk/bookings?')
  const back = await desk.submit(ADDRESS, doing(done))
  expect(said(back)).toEqual([t.done.booked, t.done.booked])
  expect(await statuses()).toEqual(['booked', 'attended', 'booked'])
  const acts =
    "select act, cast(count(*) as integer) as lines from journal where act like 'booking.%' group by act order by act"
  expect(await s.rows(acts)).toEqual([
    { act: 'booking.absent', lines: 2 },
    { act: 'booking.made', lines: 3 },
    { act: 'booking.unmarked', lines: 2 },
  ])
})

test('before their day nobody is marked as absent, and the look offers no button for it', async () => {
  const ids = await booked('1000')
  const look = await tick('absent', ids)
  expect(said(look)).toEqual([t.states.early(dayText('ja', '2026-11-27'))])
  expect(look.main.querySelectorAll('button[name=step]')).toHaveLength(0)
})

test('ticked bookings move to another day together, each by its own letter, and who does not fit stays', async () => {
  const ids = await booked('1000', '1100', '1300')
  for (const time of ['1000', '1400', '1500']) await s.booked({ session: NEXT, slot: `${NEXT}-${time}` })
  const choose = await tick('move', ids)
  const days = choose.main.querySelectorAll('#session option').map((one) => one.getAttribute('value'))
  expect([days.includes(NEXT), days.includes(MITO)]).toEqual([true, false])
  const look = await tick('move', ids, [['session', NEXT]])
  expect(said(look)).toEqual([t.can, t.can, t.whys.full])
  expect(look.text).toContain(t.told(2, 0, 0))
  await s.run("delete from outbox where kind <> 'sign_in'")
  const done = await desk.submit(ADDRESS, doing(look))
  expect(said(done)).toEqual([t.done.move, t.done.move])
  expect(await s.rows('select session, slot from booking where number like ? order by number', 'IB-1127-%')).toEqual([
    { session: NEXT, slot: `${NEXT}-1000` },
    { session: NEXT, slot: `${NEXT}-1100` },
    { session: MITO, slot: `${MITO}-1300` },
  ])
  expect(await s.column("select kind from outbox where kind <> 'sign_in'")).toEqual(['moved', 'moved'])
  const again = await desk.submit(ADDRESS, doing(look))
  expect(again.text).toContain(t.doneAll(2, 2))
  expect(await s.column("select kind from outbox where kind <> 'sign_in'")).toEqual(['moved', 'moved'])
})

test('a booking that changed since the look stays where it is, and its line says so', async () => {
  const ids = await booked('1000', '1100')
  const look = await tick('move', ids, [['session', NEXT]])
  await s.run('update booking set seats = 2, revision = revision + 1 where id = ?', ids[0])
  expect(said(await desk.submit(ADDRESS, doing(look)))).toEqual([t.whys.changed, t.done.move])
  expect(await s.column('select session from booking order by number')).toContain(MITO)
})

test('moved bookings without an e-mail address are on the call list, unless the desk ticks that they know', async () => {
  const ids = await booked('1000', '1100')
  await s.run('update booking set email = null where id = ?', ids[0])
  const calls = () => s.column<string>("select state from outbox where channel = 'phone' order by id")
  const look = await tick('move', ids, [['session', NEXT]])
  const told = doing(look).filter(([name]) => name !== 'told')
  await desk.submit(ADDRESS, [...told, ['told', 'true']])
  expect((await desk.page('/desk')).main.querySelector('#calls')).toBeNull()
  const states = await calls()
  await desk.submit(
    ADDRESS,
    doing(await tick('move', ids, [['session', MITO]])).filter(([name]) => name !== 'told'),
  )
  expect((await desk.page('/desk')).main.querySelector('#calls')?.querySelectorAll('.call')).toHaveLength(1)
  expect(states).not.toContain('waiting')
  expect(await calls()).toContain('waiting')
  const mailed = await tick('move', [ids[1] ?? ''], [['session', NEXT]])
  expect(mailed.main.querySelector('input[name=told]')).toBeNull()
})

test('of bookings of another desk, of none and of too many nothing is done', async () => {
  const ids = await booked('1000')
  const send = (staff: Staff, fields: Fields) => staff.post(ADDRESS, [['act', 'absent'], ['step', 'do'], ...fields])
  const tokyo = await signedIn(s, 'desk', '13')
  const viewer = await signedIn(s, 'viewer', '08')
  const own: Fields = ids.map((id) => ['ids', id])
  expect((await send(tokyo, own)).status).toBe(403)
  expect((await tokyo.post(ADDRESS, [['act', 'absent'], ...own])).status).toBe(403)
  expect((await send(viewer, own)).status).toBe(403)
  expect((await viewer.page('/desk/bookings')).root.querySelectorAll('input[name=ids]')).toHaveLength(0)
  expect((await send(desk, [['ids', 'nobody']])).status).toBe(404)
  const none = await desk.submit(ADDRESS, [['act', 'absent']])
  expect([none.status, none.text.includes(t.none.what)]).toEqual([422, true])
  const many = Array.from({ length: 101 }, (_, i): Fields[number] => ['ids', `id${i}`])
  expect((await send(desk, many)).status).toBe(422)
  const tokyoDay = await s.column<string>("select id from session where prefecture <> '08' limit 1")
  const foreign = await tick('move', ids, [['session', tokyoDay[0] ?? '']])
  expect([foreign.status, foreign.root.querySelector('#session-error') !== null]).toEqual([422, true])
  expect(await statuses()).toEqual(['booked'])
})

test('the page of results says the same in the other language, and leads back only within the console', async () => {
  const ids = await booked('1000')
  s.at('2026-11-27T05:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const look = await tick('absent', ids, [['back', 'https://example.com/']])
  await desk.submit(ADDRESS, doing(look))
  const english = await desk.submit(`${ADDRESS}?look=same&lang=en`, doing(look))
  expect(english.text).toContain(deskTexts('en').ledger.ticked.doneAll(1, 1))
  expect(english.main.querySelector('.notice a')?.getAttribute('href')).toBe('/desk/bookings')
})

test('an export of ticked bookings has only these', async () => {
  const ids = await booked('1000', '1100', '1300')
  s.at('2026-11-22T01:05:00.000Z')
  const fields: Fields = [
    ['format', 'csv'],
    ['from', '2026-11-01'],
    ['to', '2026-11-30'],
    ['ids', ids[0] ?? ''],
    ['ids', ids[2] ?? ''],
  ]
  const chief = await signedIn(s, 'secretariat')
  const file = await chief.post('/desk/exports', fields)
  expect([file.status, file.body.match(/IB-1127-\d\d/g)?.toSorted()]).toEqual([200, ['IB-1127-01', 'IB-1127-03']])
  const kept = await s.column<string>("select detail from journal where act = 'export.made'")
  expect(kept.join()).toContain(`"ids":["${ids[0]}","${ids[2]}"]`)
  const later = await chief.submit('/desk/exports?step=page', fields)
  const form = formTo(later, '/desk/exports')
  expect(form.querySelectorAll('input[name=ids]').map((one) => one.getAttribute('value'))).toEqual([ids[0], ids[2]])
  expect((await chief.post('/desk/exports', [...fields.slice(0, 3), ['ids', "'; --"]])).status).toBe(422)
})

test('today those whose time has begun are marked as absent together', async () => {
  await booked('1000', '1100', '1500')
  s.at('2026-11-27T02:30:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const today = await desk.page('/desk')
  const button = today.root.querySelector('form.rest button')
  expect(button?.text).toBe(t.rest(2))
  const fields = fieldsOf(formTo(today, ADDRESS), { act: 'absent' })
  const done = await desk.submit(ADDRESS, doing(await desk.submit(ADDRESS, fields)))
  expect(done.main.querySelector('.notice a')?.getAttribute('href')).toBe('/desk')
  expect(await statuses()).toEqual(['absent', 'absent', 'booked'])
  expect((await desk.page('/desk')).root.querySelector('form.rest')).toBeNull()
})

test('an ended booking is grey in the ledger, and keeps its state in words', async () => {
  const [id = ''] = await booked('1000', '1100')
  await s.run("update booking set status = 'cancelled', ended = 'cancelled' where id = ?", id)
  const rows = (await desk.page('/desk/bookings')).main.querySelectorAll('tbody tr')
  expect(rows.map((row) => [row.classList.contains('ended'), row.querySelectorAll('td').at(-1)?.text])).toEqual([
    [true, texts('ja').standings.cancelled],
    [false, texts('ja').standings.booked],
  ])
})

test('the look of a move says who is in that session already, and who would come twice', async () => {
  const [one = '', two = '', three = ''] = await booked('1000', '1100', '1300')
  const [first] = await s.rows<{ email: string }>('select email from booking where id = ?', one)
  await s.booked({ session: NEXT, slot: `${NEXT}-1000`, email: first?.email })
  const look = await tick('move', [one, two, three], [['session', NEXT]])
  const there = await s.rows<{ id: string; number: string }>('select id, number from booking where session = ?', NEXT)
  expect(said(look)).toEqual([`${t.whys.twice} ${there[0]?.number}`, t.can, t.can])
  expect(look.main.querySelectorAll(`td a[href="/desk/bookings/${there[0]?.id}"]`)).toHaveLength(1)
  const done = await desk.submit(ADDRESS, doing(look))
  expect(done.text).toContain(t.doneAll(2, 2))
})

test('nobody who came is marked as absent together with others', async () => {
  const [one = '', two = ''] = await booked('1000', '1100')
  s.at('2026-11-27T05:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  await s.run("update booking set status = 'attended', revision = revision + 1 where id = ?", one)
  const look = await tick('absent', [one, two])
  expect(said(look)).toEqual([t.whys.came, t.can])
  await desk.submit(ADDRESS, doing(look))
  expect(await statuses()).toEqual(['attended', 'absent'])
})

/** A ticked booking of each kind that no act takes, by what it says. */
async function ended(): Promise<[id: string, why: string][]> {
  const ids = await booked('1000', '1100', '1300')
  const [gone = '', waits = '', over = ''] = ids
  await s.run(
    "update booking set status = 'cancelled', status_before = 'booked', ended = 'cancelled', cancelled_at = ? where id = ?",
    '2026-11-20T03:00:00.000Z',
    gone,
  )
  await s.run("update booking set status = 'waiting' where id = ?", waits)
  await s.run("update booking set status = 'attended' where id = ?", over)
  const { standings } = texts('ja')
  return [
    [gone, t.states.ended(standings.cancelled, dayText('ja', '2026-11-20'))],
    [waits, t.states.is(standings.waiting)],
    [over, t.states.is(standings.attended)],
  ]
}

test('each row that cannot be done stands in the look with its own reason, whatever the act', async () => {
  const rows = await ended()
  const ids = rows.map(([id]) => id)
  const lines = (page: Page) => new Set(said(page))
  const move = await tick('move', ids, [['session', NEXT]])
  expect(lines(move)).toEqual(new Set(rows.map(([, why]) => why)))
  const here = await tick('move', [ids[2] ?? ''], [['session', MITO]])
  expect(said(here)).toHaveLength(1)
  s.at('2026-11-27T05:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const absent = await tick('absent', ids)
  expect(lines(absent)).toEqual(new Set([rows[0]?.[1], rows[1]?.[1], t.whys.came]))
  const m = messageTexts('ja')
  const words = { subject_ja: '駐車場', body_ja: '満車です。', key: freshKey(), step: 'look' }
  const named = ids.map((id): Fields[number] => ['ids', id])
  const look = await desk.submit('/desk/messages/new', [...Object.entries(words), ...named])
  const left = look.main.querySelectorAll('table.list tbody tr').map(({ text }) => text)
  expect([left.length, look.text.includes(m.leftOut.title(2))]).toEqual([2, true])
  for (const [, why] of rows.slice(0, 2)) expect(left.some((row) => row.includes(why))).toBe(true)
  await s.run("update booking set no_messages = 1 where status = 'attended'")
  const nobody = await desk.submit('/desk/messages/new', [...Object.entries(words), ...named])
  expect(nobody.main.querySelectorAll('table.list tbody tr')).toHaveLength(3)
  expect(nobody.text).toContain(m.leftOut.whys.refused)
})

test('one who is in the session already is led to it, and one who gets the message elsewhere to that booking', async () => {
  const [one = ''] = await booked('1000')
  const [first] = await s.rows<{ email: string }>('select email from booking where id = ?', one)
  const other = await s.booked({ session: NEXT, slot: `${NEXT}-1000`, email: first?.email })
  const here = await tick('move', [one, other.id], [['session', NEXT]])
  expect(here.main.querySelector(`td a[href="/desk/sessions/${NEXT}"]`)?.text).toBe(t.there)
  const words = { subject_ja: '駐車場', body_ja: '満車です。', key: freshKey(), step: 'look' }
  const look = await desk.submit('/desk/messages/new', [...Object.entries(words), ['ids', one], ['ids', other.id]])
  const row = look.main.querySelector('table.list tbody tr')
  expect(row?.text).toContain(messageTexts('ja').leftOut.whys.same)
  expect(row?.querySelectorAll('a')).toHaveLength(2)
})

test('an export of ticked bookings says how many, has them whatever the days of the ledger, and is named so', async () => {
  const ids = await booked('1000', '1100')
  const fields: Fields = [
    ['from', '2026-12-01'],
    ['to', '2026-12-02'],
    ['format', 'csv'],
    ...ids.map((id): Fields[number] => ['ids', id]),
  ]
  const e = figuresTexts('ja').export
  const form = await desk.submit('/desk/exports?step=page', fields)
  expect(form.text).toContain(e.ticked(2))
  expect(form.text).not.toContain(e.from)
  const file = await desk.post('/desk/exports', fieldsOf(formTo(form, '/desk/exports'), { format: 'csv' }))
  expect(file.body.trim().split('\r\n')).toHaveLength(3)
  const name = decodeURIComponent(file.headers.get('content-disposition') ?? '')
  expect(name).toContain(`${e.fileTicked(2, '2026-11-22')}-utf8.csv`)
  const sheet = ledgerSheet('ja', NOW, (async function* () {})(), [], 2)
  expect(sheet.name).toBe('予約台帳（選んだ2件）')
})
