import { beforeEach, expect, test } from 'vitest'
import { applySuspensions } from '../../../src/changes/apply-suspensions.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { convert } from '../../../src/changes/convert.ts'
import { giveFormatsBack } from '../../../src/changes/give-formats-back.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { as } from '../../acts.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, movingFrom, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')

let s: Site
let desk: Staff
let told: string
let other: string
beforeEach(async () => {
  // A real clock does not stand still between two writes of a commit.
  s = await site({ moving: true })
  desk = await signedIn(s, 'desk', '08')
  told = (await s.booked()).id
  other = (await s.booked({ email: 'b@example.jp', slot: `${MITO}-1100`, phone: '029-224-0002' })).id
  await s.run('update booking set email = null')
  await s.run("update outbox set state = 'sent'")
})

const WHY = { reason_ja: '大雪のため', reason_en: '' }
const acting = () => as(s, 'desk')
const MEETING = 'https://meeting.example.jp/1'

/** Each act on a session that tells people who booked: what is typed, and what went before. */
const ACTS: Record<string, { path: string; typed: Record<string, string>; first?: () => Promise<unknown> }> = {
  'calling off': { path: 'call-off', typed: WHY },
  'holding it again': { path: 'hold-again', typed: WHY, first: () => callOff(acting(), MITO, WHY) },
  rescheduling: { path: 'reschedule', typed: { ...WHY, date: '2026-12-02', starts: '' } },
  postponing: { path: 'reschedule', typed: { ...WHY, postpone: 'true' } },
  converting: { path: 'convert', typed: { ...WHY, into: 'phone' } },
  'converting it back': {
    path: 'convert-back',
    typed: WHY,
    first: () => convert(acting(), MITO, { ...WHY, into: 'phone' }),
  },
  'another venue': { path: 'venue', typed: { ...WHY, venue: 'hall' } },
  'a meeting link': {
    path: 'meeting',
    typed: { url: MEETING },
    first: () => s.run("update booking set format = 'online'"),
  },
}

test.each(Object.entries(ACTS))('of %s the look lets each person to be called be ticked as told', async (_, act) => {
  await s.run(
    "insert into venue (id, prefecture, name_ja, name_en, area_only, revision) values ('hall', '08', '会館', 'Hall', 0, 0)",
  )
  await act.first?.()
  await s.run("update outbox set state = 'sent'")
  s.at('2026-11-22T02:00:00.000Z')
  const path = `/desk/sessions/${MITO}/${act.path}`
  const look = await desk.submit(path, Object.entries(act.typed))
  const ticks = look.main.querySelectorAll('input[name=told][form=form]')
  expect(new Set(ticks.map((one) => one.getAttribute('value')))).toEqual(new Set([told, other]))
  expect(ticks.filter((one) => one.hasAttribute('checked'))).toEqual([])
  const done = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['told', told], ['step', 'do']])
  expect(done.status).toBe(200)
  const rows = await s.rows(
    "select subject, state from outbox where channel = 'phone' and created_at > '2026-11-22T01'",
  )
  const states = Object.fromEntries(rows.map(({ subject, state }) => [subject, state]))
  expect(states).toEqual({ [told]: 'sent', [other]: 'waiting' })
})

test('so does the look at another place of a venue', async () => {
  await s.run(
    "insert into venue (id, prefecture, name_ja, name_en, area_only, revision) values ('hall', '08', '会館', 'Hall', 0, 0)",
  )
  await s.run("update session set venue = 'hall' where id = ?", MITO)
  s.at('2026-11-22T02:00:00.000Z')
  const path = '/desk/venues/hall'
  const form = fieldsOf(formTo(await desk.page(path), path), { address: '水戸市宮町1-7-31', ...WHY, moves: 'true' })
  const look = await desk.submit(path, form)
  expect(look.main.querySelectorAll('input[name=told][form=form]')).toHaveLength(2)
  await desk.submit(path, [...fieldsOf(formTo(look, path)), ['told', told], ['step', 'do']])
  expect(await s.column("select subject from outbox where channel = 'phone' and state = 'waiting'")).toEqual([other])
})

/** Whom a desk still has to call about this. */
const toCall = (kind: string) =>
  s.column("select subject from outbox where channel = 'phone' and state = 'waiting' and kind = ?", kind)

/** The clockwork, on a clock that moves. */
const live = () => ({ ...s.system, clock: movingFrom(s.system.clock) })

test('so do the looks at a suspension and at its end, also for sessions that the clockwork does', async () => {
  const order = { prefectures: '08', starts_on: '2026-11-23', ends_on: '2026-12-31', into: 'phone', ...WHY }
  const look = await desk.submit('/desk/suspensions', Object.entries(order))
  expect(look.main.querySelectorAll('input[name=told][form=form]')).toHaveLength(2)
  await desk.submit('/desk/suspensions', [
    ...fieldsOf(formTo(look, '/desk/suspensions')),
    ['told', told],
    ['step', 'do'],
  ])
  s.at('2026-11-22T16:00:00.000Z')
  await applySuspensions(live())
  expect(await toCall('converted')).toEqual([other])
  desk = await signedIn(s, 'desk', '08')
  await s.run("update outbox set state = 'sent'")
  const [id] = await s.column<string>('select id from suspension')
  const path = `/desk/suspensions/${id}/lift`
  const back = await desk.submit(path)
  expect(back.main.querySelectorAll('input[name=told][form=form]')).toHaveLength(2)
  s.at('2026-11-22T17:00:00.000Z')
  await desk.submit(path, [...fieldsOf(formTo(back, path)), ['told', other], ['step', 'do']])
  await giveFormatsBack(live())
  expect(await toCall('converted_back')).toEqual([told])
})

test('so does the look at a message to everybody', async () => {
  const path = '/desk/messages/new'
  const form = await desk.page(`${path}?session=${MITO}`)
  const look = await desk.submit(path, fieldsOf(formTo(form, path), { subject_ja: '駐車場', body_ja: '満車です。' }))
  expect(look.main.querySelectorAll('input[name=told][form=form]')).toHaveLength(2)
  const sent = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['told', told], ['step', 'do']])
  expect(sent.status).toBe(200)
  expect(await toCall('message')).toEqual([other])
})

test('a tick for a booking of another session, or for nobody, takes nobody off the list', async () => {
  const next = 'ibaraki-2026-12-04'
  await callOff(acting(), MITO, WHY)
  const there = await s.booked({ session: next, slot: `${next}-1000`, email: 'c@example.jp' })
  await s.run('update booking set email = null')
  const path = `/desk/sessions/${next}/call-off`
  const look = await desk.submit(path, Object.entries(WHY))
  const fields = fieldsOf(formTo(look, path))
  await desk.submit(path, [...fields, ['told', told], ['told', "' or 1=1 --"], ['told', 'true'], ['step', 'do']])
  const open = await s.column("select subject from outbox where channel = 'phone' and state = 'waiting'")
  expect(new Set(open)).toEqual(new Set([told, other, there.id]))
})

test('a look that is shown once more keeps the ticks', async () => {
  const path = `/desk/sessions/${MITO}/call-off`
  const look = await desk.submit(path, Object.entries(WHY))
  await s.run('update booking set seats = 2 where id = ?', other)
  const fields = [...fieldsOf(formTo(look, path)), ['told', told], ['step', 'do']] as [string, string][]
  const again = await desk.submit(path, fields)
  expect([again.status, again.text.includes(d.session.changedSince.what)]).toEqual([409, true])
  const ticks = again.main.querySelectorAll('input[name=told]').filter((one) => one.hasAttribute('checked'))
  expect(ticks.map((one) => one.getAttribute('value'))).toEqual([told])
  expect(again.main.querySelectorAll('input[type=hidden][name=told]')).toEqual([])
})
