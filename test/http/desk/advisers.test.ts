import { beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../../src/advisers/assign.ts'
import { addAccount } from '../../../src/people/add-account.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = deskTexts('ja').advisers
const PATH = `/desk/sessions/${MITO}/advisers`

let s: Site
let desk: Staff
let expert: string
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
  const added = await addAccount(s.system, { email: 'expert@example.jp', name: '専門 一郎', role: 'expert' })
  expert = added.ok ? added.account : ''
})

/** Sends the form of the page with these changes. */
async function sent(changes: Record<string, string>) {
  return desk.submit(PATH, fieldsOf(formTo(await desk.page(PATH), PATH), { step: 'do', ...changes }))
}

test('chosen on the page of a session, they stand there, on the day sheet, on today’s page and on the booking', async () => {
  const { id } = await s.booked({ session: MITO, slot: `${MITO}-1500` })
  s.at('2026-11-27T00:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const page = await sent({
    'whole.adviser': expert,
    [`slots.${MITO}-1500.name`]: '海野 次郎',
    'whole.room': '相談室1',
  })
  expect(page.text).toContain(t.done)
  expect(page.text).toContain('10:00 専門 一郎・相談室1')
  for (const path of [`/desk/sessions/${MITO}/sheet`, '/desk', `/desk/bookings/${id}`]) {
    expect((await desk.page(path)).text).toContain('海野 次郎・相談室1')
  }
  const again = await desk.page(PATH)
  expect(again.root.querySelector('details:not(.guide)')?.hasAttribute('open')).toBe(true)
  expect(Object.fromEntries(fieldsOf(formTo(again, PATH)))).toMatchObject({
    'whole.adviser': expert,
    'whole.room': '相談室1',
  })
  // Nothing of it is public.
  for (const path of [`/sessions/${MITO}`, `/api/v1/sessions/${MITO}`, '/calendar.ics']) {
    expect((await s.ask(path)).body).not.toMatch(/専門|海野|相談室/)
  }
})

/** What the page before an act says, line by line. */
const linesOn = (page: Page) =>
  page.main.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('th, td').map(({ text }) => text))

describe('before they are saved', () => {
  test('the page names each time that changes, goes back to the form, and saves what it showed', async () => {
    await sent({ 'whole.adviser': expert })
    const changes = { 'whole.room': '相談室1', [`slots.${MITO}-1100.name`]: '海野 次郎' }
    const look = await desk.submit(PATH, fieldsOf(formTo(await desk.page(PATH), PATH), changes))
    expect(linesOn(look)).toEqual([
      [t.whole, '専門 一郎', '専門 一郎・相談室1'],
      [t.at('11:00'), '（なし）', '海野 次郎'],
    ])
    expect(await s.column("select room from duty where room <> ''")).toEqual([])
    const form = await desk.submit(PATH, fieldsOf(formTo(look, PATH), { step: 'edit' }))
    expect(Object.fromEntries(fieldsOf(formTo(form, PATH)))).toMatchObject(changes)
    expect((await desk.submit(PATH, fieldsOf(formTo(look, PATH), { step: 'do' }))).text).toContain(t.done)
    expect(await s.column("select room from duty where room <> ''")).toEqual(['相談室1'])
  })

  test('the page of a series names each date, and is shown again if somebody assigned one meanwhile', async () => {
    const path = '/desk/series/ibaraki/advisers'
    await sent({ 'whole.name': '海野 次郎' })
    const fields = fieldsOf(formTo(await desk.page(path), path), { 'whole.room': '相談室1' })
    const look = await desk.submit(path, fields)
    const [first = []] = linesOn(look)
    expect(first.slice(1)).toEqual(['海野 次郎', '海野 次郎・相談室1'])
    await sent({ 'whole.name': '海野 次郎', 'whole.room': '相談室2' })
    const late = await desk.submit(path, fieldsOf(formTo(look, path), { step: 'do' }))
    expect([late.status, late.text.includes(t.series.changed)]).toEqual([409, true])
    expect(linesOn(late)[0]?.slice(1)).toEqual(['海野 次郎・相談室2', '海野 次郎・相談室1'])
    expect(await s.column('select room from duty')).toEqual(['相談室2'])
    const done = await desk.submit(path, fieldsOf(formTo(late, path), { step: 'do' }))
    expect(done.text).toContain(t.series.done)
    expect(new Set(await s.column('select room from duty'))).toEqual(new Set(['相談室1']))
  })
})

describe('refused', () => {
  test('because somebody is elsewhere: the form keeps what was typed, and names the other session', async () => {
    const other = 'ibaraki-2026-12-04'
    await s.run("update session set date = '2026-11-27' where id = ?", other)
    await s.run(
      "update slot set starts_at = replace(starts_at, '12-04', '11-27'), ends_at = replace(ends_at, '12-04', '11-27') where session = ?",
      other,
    )
    const given = { revision: 0, whole: { adviser: expert, name: '', room: '' } }
    expect(await assignAdvisers(s.system, other, given)).toMatchObject({ ok: true })
    const page = await sent({ 'whole.adviser': expert, 'whole.room': '相談室9' })
    expect([page.status, page.text.includes(t.refused.busy), page.text.includes(t.elsewhere.adviser)]).toEqual([
      409,
      true,
      true,
    ])
    expect(page.root.querySelector(`a[href="/desk/sessions/${other}"]`)).not.toBe(null)
    expect(Object.fromEntries(fieldsOf(formTo(page, PATH)))).toMatchObject({ 'whole.room': '相談室9' })
  })

  test('because somebody else was first: the form keeps what was typed, and says what is so now', async () => {
    const fields = fieldsOf(formTo(await desk.page(PATH), PATH), { 'whole.room': '相談室9', step: 'do' })
    await sent({ 'whole.room': '相談室1' })
    const page = await desk.submit(PATH, fields)
    expect([page.status, page.text.includes(t.refused.changed)]).toEqual([409, true])
    expect(Object.fromEntries(fieldsOf(formTo(page, PATH)))).toMatchObject({ 'whole.room': '相談室9' })
    expect(page.root.getElementById('whole.room-saved')?.text).toContain('相談室1')
  })

  test('because a field is wrong: it is named with its time', async () => {
    const page = await sent({ [`slots.${MITO}-1000.room`]: '室'.repeat(41) })
    expect([page.status, page.text.includes(t.label('10:00', t.room))]).toEqual([422, true])
  })
})

describe('a time at which the adviser is elsewhere', () => {
  const other = 'ibaraki-2026-12-04'
  const busy = deskTexts('ja').session.refused.busy
  beforeEach(async () => {
    const given = { revision: 0, whole: { adviser: expert, name: '', room: '' } }
    await assignAdvisers(s.system, other, given)
    await sent({ 'whole.adviser': expert })
  })
  /** Whether a page is refused, says why, and leads to the session in the way. */
  const said = ({ status, text, root }: Awaited<ReturnType<Staff['submit']>>, why = busy) => [
    status,
    text.includes(why),
    root.querySelector(`a[href="/desk/sessions/${other}"]`) !== null,
  ]

  test.each(['look', 'do'])('is refused with what was typed, before anything is done and after: %s', async (step) => {
    const path = `/desk/sessions/${MITO}/reschedule`
    const move = { date: '2026-12-04', starts: '', reason_ja: '都合', beside: '担当が二人', step }
    const page = await desk.submit(path, Object.entries(move))
    expect(said(page)).toEqual([409, true, true])
    expect(Object.fromEntries(fieldsOf(formTo(page, path)))).toMatchObject({ date: '2026-12-04', reason_ja: '都合' })
    expect(await s.column('select date from session where id = ?', MITO)).toEqual(['2026-11-27'])
    const free = await desk.submit(path, Object.entries({ ...move, date: '2026-12-03', step: 'look' }))
    expect(free.status).toBe(200)
  })

  test('is refused before a session is held again', async () => {
    await s.run("update session set state = 'called_off', state_before = 'published' where id = ?", MITO)
    await s.run('delete from busy where session = ?', MITO)
    await s.run("update busy set at = replace(at, '12-04', '11-27') where session = ?", other)
    const fields = Object.entries({ reason_ja: '間違い', step: 'look' })
    expect(said(await desk.submit(`/desk/sessions/${MITO}/hold-again`, fields))).toEqual([409, true, true])
  })

  test('is refused when a session or its series is edited, with the session in the way', async () => {
    await s.run("update session set date = '2026-11-27', series = null where id = ?", other)
    await s.run("update busy set at = replace(replace(at, '12-04', '11-27'), 'T0', 'T1') where session = ?", other)
    const path = `/desk/sessions/${MITO}/edit`
    const hours = { slot_starts: '19:00 20:00', slot_minutes: '50', beside: '担当が二人' }
    const page = await desk.submit(path, fieldsOf(formTo(await desk.page(path), path), hours))
    expect(said(page, scheduleTexts('ja').session.refused.busy)).toEqual([409, true, true])
    const series = '/desk/series/ibaraki'
    const edited = await desk.submit(series, fieldsOf(formTo(await desk.page(series), series), hours))
    expect(said(edited, scheduleTexts('ja').series.busy.next)).toEqual([409, true, true])
  })

  test('is refused when a skipped session is held after all', async () => {
    await s.run("update session set state = 'skipped', skipped_by = 'desk' where id = ?", MITO)
    await s.run('delete from busy where session = ?', MITO)
    await s.run("update busy set at = replace(at, '12-04', '11-27') where session = ?", other)
    const page = await desk.submit(`/desk/sessions/${MITO}/open`, Object.entries({ beside: '担当が二人' }))
    expect(said(page, scheduleTexts('ja').session.refused.busy)).toEqual([409, true, true])
  })
})

describe('an adviser who is an expert', () => {
  test('sees who comes at the own times, records the consultation, and nothing else of the console', async () => {
    const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000`, company: '海野商店' })
    const other = await s.booked({ session: MITO, slot: `${MITO}-1100`, company: '山川商店' })
    const one = await signedIn(s, 'expert')
    const slots = { [`${MITO}-1000`]: { adviser: one.id } }
    expect(await assignAdvisers(s.system, MITO, { revision: 0, whole: {}, slots })).toMatchObject({ ok: true })
    const mine = await one.page('/desk/mine')
    expect([mine.text.includes('海野商店'), mine.text.includes('山川商店')]).toEqual([true, false])
    s.at('2026-11-27T02:00:00.000Z')
    const again = await signedIn(s, 'expert')
    await s.run('update duty set adviser = ?, adviser_key = ?', again.id, `account:${again.id}`)
    const path = `/desk/bookings/${id}/record`
    const fields = fieldsOf(formTo(await again.page(path), path), { advised: '助言', minutes: '45' })
    const page = await again.submit(path, [...fields, ['state', 'final']])
    expect([page.status, page.text.includes(deskTexts('ja').consultation.done.attended)]).toEqual([200, true])
    expect((await again.page('/desk/mine')).text).toContain(deskTexts('ja').consultation.states.final)
    for (const closed of [`/desk/bookings/${id}`, `/desk/bookings/${other.id}/record`, `/desk/sessions/${MITO}`]) {
      expect((await again.page(closed)).status).toBe(403)
    }
    const shown = await (await signedIn(s, 'desk', '08')).page(`/desk/bookings/${id}`)
    expect(shown.text).toContain('助言')
  })

  test('a draft saved by the page itself answers with its revision, and the form keeps what was typed if it is refused', async () => {
    const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000` })
    s.at('2026-11-27T02:00:00.000Z')
    const one = await signedIn(s, 'desk', '08')
    const path = `/desk/bookings/${id}/record`
    const headers = { cookie: one.cookie, accept: 'application/json' }
    const draft = (revision: string) => Object.entries({ revision, state: 'draft', advised: '途中' })
    expect(JSON.parse((await s.post(path, draft('0'), headers)).body)).toEqual({ revision: 1 })
    expect((await s.post(path, draft('0'), headers)).status).toBe(409)
    const page = await one.submit(path, Object.entries({ revision: '1', state: 'final', advised: '完成', minutes: '' }))
    expect([page.status, page.text.includes('完成')]).toEqual([422, true])
  })
})

test('the own times are a private feed with the room and the number of people, and a filter of today', async () => {
  await s.booked({ session: MITO, slot: `${MITO}-1000`, company: '海野商店' })
  const slots = { [`${MITO}-1000`]: { adviser: desk.id, room: '相談室1' } }
  expect(await assignAdvisers(s.system, MITO, { revision: 0, whole: {}, slots })).toMatchObject({ ok: true })
  const made = await desk.submit('/desk/security/feeds', Object.entries({ name: '自分', own: 'true' }))
  const address = /\/desk\/feeds\/\w+\.ics/.exec(made.text)?.[0] ?? ''
  const feed = (await s.ask(address)).body.replaceAll('\r\n ', '')
  expect(feed.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(feed).toContain('DTSTART;TZID=Asia/Tokyo:20261127T100000')
  expect(feed).toMatch(/SUMMARY:.*予約 1名/)
  expect(feed).toContain('相談室1')
  expect(feed).not.toContain('海野')
  await s.booked({ session: MITO, slot: `${MITO}-1100`, company: '山川商店' })
  s.at('2026-11-27T00:00:00.000Z')
  const again = await signedIn(s, 'desk', '08')
  await s.run('update duty set adviser = ?, adviser_key = ?', again.id, `account:${again.id}`)
  const shown = async (path: string) => {
    const { text } = await again.page(path)
    return [text.includes('海野商店'), text.includes('山川商店')]
  }
  expect([await shown('/desk'), await shown('/desk?mine=1')]).toEqual([
    [true, true],
    [true, false],
  ])
})

test('what is recorded of people who came counts in the figures; a draft does not', async () => {
  const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000` })
  s.at('2026-11-27T02:00:00.000Z')
  const one = await signedIn(s, 'desk', '08')
  const save = (revision: string, state: string) =>
    one.submit(`/desk/bookings/${id}/record`, Object.entries({ revision, state, advised: '助言', minutes: '45' }))
  const text = async () => (await one.page('/desk/figures?from=2026-11-01&to=2026-11-30')).text
  await save('0', 'draft')
  expect(await text()).not.toContain('合計45分')
  await save('1', 'final')
  expect(await text()).toContain('1件（合計45分、1件あたり45分）')
  await s.run("update booking set status = 'absent' where id = ?", id)
  expect(await text()).not.toContain('合計45分')
})

test('a page says why a consultation cannot be recorded, keeps what was typed, and shows what was written', async () => {
  const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000` })
  const record = `/desk/bookings/${id}/record`
  for (const [lang, early, absent] of [
    ['ja', '相談が始まってから書けます（11月27日(金) 10:00）', '欠席として記録されているため、書けません'],
    ['en', 'has begun (Fri 27 November, 10:00 JST)', 'the people are marked as absent'],
  ]) {
    s.at('2026-11-26T23:00:00.000Z')
    const one = await signedIn(s, 'desk', '08')
    const shown = async (path: string) => {
      const { text, root } = await one.page(`${path}?lang=${lang}`)
      return { text, forms: root.querySelectorAll('main form [name="advised"]').length }
    }
    await s.run("update booking set status = 'booked' where id = ?", id)
    for (const path of [record, `/desk/bookings/${id}`]) {
      const { text, forms } = await shown(path)
      expect([text.includes(early ?? ''), forms]).toEqual([true, 0])
    }
    expect((await shown('/desk/mine')).text).not.toContain(deskTexts(lang === 'ja' ? 'ja' : 'en').consultation.title)
    s.at('2026-11-27T01:00:00.000Z')
    expect((await shown(record)).forms).toBe(1)
    await s.run("update booking set status = 'absent' where id = ?", id)
    const late = await one.submit(
      `${record}?lang=${lang}`,
      Object.entries({ state: 'final', advised: '打った助言', minutes: '45' }),
    )
    expect([late.status, late.text.includes(absent ?? ''), late.text.includes('打った助言')]).toEqual([409, true, true])
    for (const path of [record, `/desk/bookings/${id}`]) {
      const { text, forms } = await shown(path)
      expect([text.includes(absent ?? ''), forms]).toEqual([true, 0])
    }
  }
  await s.run("update booking set status = 'booked' where id = ?", id)
  const one = await signedIn(s, 'desk', '08')
  await one.submit(record, Object.entries({ revision: '0', state: 'final', advised: '助言した', minutes: '45' }))
  await s.run("update booking set status = 'absent' where id = ?", id)
  for (const path of [record, `/desk/bookings/${id}`]) expect((await one.page(path)).text).toContain('助言した')
})

test('today’s page leads to the record of those who came to an adviser, and asks for it until it is final', async () => {
  const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000`, company: '海野商店' })
  await sent({ 'whole.adviser': expert })
  s.at('2026-11-27T02:00:00.000Z')
  const one = await signedIn(s, 'desk', '08')
  const asked = deskTexts('ja').today.tasks.unwritten
  const record = `/desk/bookings/${id}/record`
  const shown = async () => {
    const { text, root } = await one.page('/desk')
    return [text.includes(asked), root.querySelectorAll(`a[href="${record}"]`).length]
  }
  expect(await shown()).toEqual([false, 0])
  await one.submit(`/desk/bookings/${id}/attend`, Object.entries({ as: 'attended', back: 'today' }))
  expect(await shown()).toEqual([true, 2])
  await one.submit(record, Object.entries({ revision: '0', state: 'final', advised: '助言', minutes: '45' }))
  expect(await shown()).toEqual([false, 1])
  expect((await one.page(`/desk/sessions/${MITO}`)).root.querySelector(`a[href="${record}"]`)).not.toBe(null)
})
