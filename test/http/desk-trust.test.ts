import { beforeEach, expect, test } from 'vitest'
import { tokenOf } from '../../src/booking/link.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { freshKey, MITO } from '../world.ts'
import { type Fields, fieldsOf, formTo, type Site, site } from './app.ts'
import { caller, type Staff, signedIn } from './desk.ts'

const d = deskTexts('ja')
const t = scheduleTexts('ja')
const NEXT = 'ibaraki-2026-12-04'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const only = async <T>(text: string) => (await s.column<T>(text))[0]
const saved = async (path: string, changes: Record<string, string>) => {
  const form = formTo(await desk.page(path), path)
  return desk.submit(path, fieldsOf(form, changes))
}

test('who reads a letter in the console does not get its holder’s key to the booking', async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const viewer = await signedIn(s, 'viewer', '08')
  const { id, token } = await s.booked()
  const [letter] = await s.column<string>("select id from outbox where kind = 'booked'")
  for (const path of [
    `/desk/bookings/${id}/letter?kind=booked`,
    `/desk/letters/${letter}`,
    `/desk/letters/${letter}/html`,
  ]) {
    const page = await s.ask(path, { headers: { cookie: viewer.cookie } })
    expect([path, page.status, page.body.includes('/b/')]).toEqual([path, 200, true])
    expect([path, page.body.includes(token)]).toEqual([path, false])
    const [, shown = ''] = /\/b\/([\w-]{43})/.exec(page.body) ?? []
    expect((await s.ask(`/b/${shown}`)).status).toBe(404)
  }
})

test('a change is not taken back under somebody who has booked since, also without an e-mail', async () => {
  const path = `/desk/sessions/${MITO}`
  await desk.submit(`${path}/skip`, [['reason_ja', '工事']])
  await desk.submit(`${path}/open`)
  await desk.submit('/desk/bookings/new', caller({ sure: 'true' }))
  expect((await desk.submit(`${path}/undo`)).status).toBe(409)
  expect(await only(`select state from session where id = '${MITO}'`)).toBe('published')
})

test('copying the year several times copies no copies, neither by rule nor by dates', async () => {
  const all = await signedIn(s, 'secretariat')
  await s.run("update series set until = '2027-03-31' where rule is not null")
  await all.submit('/desk/programme')
  const once = await s.column('select id from series order by id')
  for (let i = 0; i < 3; i++) await Promise.all([all.submit('/desk/programme'), all.submit('/desk/programme')])
  expect(await s.column('select id from series order by id')).toEqual(once)
})

test('a series is edited also where somebody has booked and cancelled, and that day is left as it is', async () => {
  await s.booked({ session: NEXT, slot: `${NEXT}-1000` })
  await s.run("update booking set status = 'cancelled'")
  await s.run('update session set seats_taken = 0')
  await s.run('update slot set seats_taken = 0')
  const path = '/desk/series/ibaraki'
  const look = await saved(path, { capacity: '7' })
  const done = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect([done.status, done.text.includes(t.series.saved)]).toEqual([200, true])
  expect(
    await s.column(`select capacity from session where id in ('${NEXT}', 'ibaraki-2026-12-11') order by id`),
  ).toEqual([5, 7])
})

test('a form sent again for somebody else is not taken for the first', async () => {
  const key = freshKey()
  await desk.submit('/desk/bookings/new', caller({ key, sure: 'true' }))
  const other = caller({ key, sure: 'true', name: '港 三代', name_kana: 'みなと みよ', phone: '0292-73-0004' })
  const told = await desk.submit('/desk/bookings/new', other)
  expect([told.status, told.text.includes(d.enter.refused.changed.what)]).toEqual([409, true])
  const again: Fields = [...fieldsOf(formTo(told, '/desk/bookings/new')), ['session', MITO]]
  expect((await desk.submit('/desk/bookings/new', [...again, ['sure', 'true']])).text).toContain(d.booking.done.entered)
  expect(await s.column('select name from booking order by created_at, id')).toHaveLength(2)
})

test('whose e-mail was wrong keeps no key, and each right address gets its own letter', async () => {
  const { id, token } = await s.booked({ email: 'wrong@example.jp' })
  for (const email of ['right@example.jp', 'righter@example.jp']) {
    const path = `/desk/bookings/${id}/correct`
    const form = formTo(await desk.page(`/desk/bookings/${id}`), path)
    expect((await desk.submit(path, fieldsOf(form, { email }))).text).toContain(d.booking.done.corrected)
  }
  expect((await s.ask(`/b/${token}`)).status).toBe(404)
  expect(await s.column("select id from outbox where kind = 'link'")).toHaveLength(2)
  const booking = await bookingById(s.ctx, id)
  const now = booking && (await tokenOf(s.ctx, booking))
  expect((await s.ask(`/b/${now}`)).status).toBe(200)
})

test('venues and local desks of another prefecture are not chosen, nor any that is not there', async () => {
  for (const changes of [{ venue: 'aichi' }, { venue: 'nope' }] as Record<string, string>[]) {
    expect((await saved(`/desk/sessions/${MITO}/edit`, changes)).status).toBe(422)
    expect((await saved('/desk/series/ibaraki', changes)).status).toBe(422)
  }
  for (const other of ['toyota', 'nope'])
    expect((await saved('/desk/series/ibaraki', { desk: other })).status).toBe(422)
  expect((await saved('/desk/series/ibaraki', {})).status).toBe(200)
})

test('numbers and days out of all bounds are answered, and a way on after signing in carries no line break', async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const all = await signedIn(s, 'secretariat')
  for (const page of ['1e308', 'Infinity', '9'.repeat(30)]) {
    expect((await all.page(`/desk/letters?page=${page}`)).status).toBe(200)
  }
  expect((await all.page('/desk/figures?from=9998-01-01&to=9999-12-31')).status).toBeLessThan(500)
  expect((await all.page('/desk/figures/report?month=9999-12')).status).toBe(404)
  const form = formTo(await s.page('/desk/sign-in?to=%2Fdesk%3Fa%0D%0AX-Evil%3A1'), '/desk/sign-in')
  expect(JSON.stringify(fieldsOf(form))).not.toContain('Evil')
})

test('a form that makes something makes one of it, however often it is sent', async () => {
  const sent = async (path: string, changes: Record<string, string | string[]>, does = true) => {
    const fields = fieldsOf(formTo(await desk.page(path), path), changes)
    for (let i = 0; i < 2; i++) await desk.submit(path, does ? [...fields, ['step', 'do']] : fields)
  }
  const slots = { slot_starts: '10:00', slot_minutes: '50', slot_capacity: '2', capacity: '2' }
  await sent('/desk/series/new', {
    title_ja: 'つくば相談会',
    desk: 'secretariat',
    weekdays: ['WE'],
    formats: ['online'],
    ...slots,
  })
  await sent('/desk/venues/new', { name_ja: '水戸市民会館' }, false)
  const period = {
    prefectures: ['08'],
    starts_on: '2026-12-01',
    ends_on: '2026-12-31',
    into: 'online',
    reason_ja: '感染対策',
  }
  await sent('/desk/suspensions', period)
  expect(await s.column("select id from series where title_ja = 'つくば相談会'")).toHaveLength(1)
  expect(await s.column("select id from venue where name_ja = '水戸市民会館'")).toHaveLength(1)
  expect(await s.column('select id from suspension')).toHaveLength(1)
})

test('of two second factors taken away at once, the secretariat keeps one', async () => {
  const all = await signedIn(s, 'secretariat')
  await s.run(
    `insert into passkey (id, account, public_key, counter, transports, name, created_at) values ('key', ?, 'x', 0, '', '', '')`,
    all.id,
  )
  await Promise.all([
    all.post('/desk/security/drop', [['passkey', 'key']]),
    all.post('/desk/security/drop', [['passkey', '']]),
  ])
  const left = await s.column('select id from passkey union all select id from account where totp_secret is not null')
  expect(left).toHaveLength(1)
})

test('opening a day brings back no date that its series has given up', async () => {
  const date = '2026-12-04'
  await s.run("update session set state = 'skipped', skipped_by = 'series', reason_ja = '改訂' where id = ?", NEXT)
  const close = (state: string): Fields =>
    Object.entries({ date, scope: '08', state, reason_ja: '工事', reason_en: '' })
  await desk.submit('/desk/closures', close('confirmed'))
  await desk.submit('/desk/closures', close('lifted'))
  expect(await only(`select state from session where id = '${NEXT}'`)).toBe('skipped')
})

test('whose address is another is signed out where the old one was', async () => {
  const all = await signedIn(s, 'secretariat')
  const path = `/desk/people/${desk.id}`
  const form = formTo(await all.page(path), path)
  await all.submit(path, fieldsOf(form, { email: 'else@example.jp' }))
  expect((await s.ask('/desk', { headers: { cookie: desk.cookie } })).status).toBe(303)
})
