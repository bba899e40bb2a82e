import { beforeEach, describe, expect, test } from 'vitest'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { asDesk } from '../booking/desk.ts'
import { forSeminar } from '../booking/fixtures.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, MITO } from '../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pageOf, type Site, site } from './app.ts'
import { type Staff, signedIn, WEEK } from './desk/fixtures.ts'

const t = texts('ja')
const d = deskTexts('ja')
const NEXT = 'ibaraki-2026-12-04'
const OFFERED = "update booking set status = 'offered', offer_expires_at = '2026-11-25T00:00:00.000Z' where id = ?"

let s: Site
beforeEach(async () => {
  s = await site()
})

/** Another clerk moves a day by one. */
const moved = (id = MITO) => reschedule(asDesk(s, '08'), id, { date: '2026-11-30', starts: null, reason_ja: '都合' })
const values = (page: Page, name: string) =>
  page.root.querySelectorAll(`input[name=${name}]`).map((one) => one.getAttribute('value') ?? '')

describe('what somebody was shown on the web', () => {
  async function confirmed(): Promise<Page> {
    const path = `/sessions/${MITO}/book`
    const { topics: _, consent: __, ...typed } = application({ corporate_number: '', message: '午後を希望' })
    const form = formTo(await s.page(path), path)
    return s.submit(form, fieldsOf(form, { ...(typed as Record<string, string>), seats: '1', consent: 'true' }))
  }

  test('at the confirm step is what is booked: a day that moved is shown once more, with what was typed', async () => {
    const path = `/sessions/${MITO}/book`
    const before = await confirmed()
    expect(before.text).toContain('2026年11月27日(金)')
    await moved()
    const after = pageOf(await s.post(path, fieldsOf(formTo(before, path, 'book'))))
    expect([after.status, after.text.includes(t.confirm.changed.what)]).toEqual([409, true])
    expect(after.text).toContain('2026年11月30日(月)')
    expect(after.text).toContain('午後を希望')
    expect(await s.column('select id from booking')).toEqual([])
    const done = await s.submit(formTo(after, path, 'book'))
    expect(done.text).toContain('2026年11月30日(月)')
  })

  test('at the confirm step stays good if a title, a note or the number of places changes', async () => {
    const before = await confirmed()
    await s.run("update session set title_ja = '相談会', note_ja = '駐車場あり', capacity = 9 where id = ?", MITO)
    expect((await s.submit(formTo(before, `/sessions/${MITO}/book`, 'book'))).status).toBe(200)
    expect(await s.column('select status from booking')).toEqual(['booked'])
  })

  test.each(['cancel', 'erase', 'decline', 'accept'])('before %s is shown anew if it changed', async (act) => {
    const { id, token } = await s.booked()
    if (act === 'decline' || act === 'accept') await s.run(OFFERED, id)
    const path = `/b/${token}/${act}`
    const before = await s.page(act === 'accept' ? `/b/${token}` : path)
    await moved()
    const [{ status } = { status: '' }] = await s.rows<{ status: string }>('select status from booking')
    const after = pageOf(await s.post(path, fieldsOf(formTo(before, path))))
    expect([after.status, after.text.includes(t.booking.refused.changed.what)]).toEqual([409, true])
    expect(after.text).toContain('2026年11月30日(月)')
    expect(await s.column('select status from booking')).toEqual([status])
    expect((await s.post(path, fieldsOf(formTo(after, path)))).status).toBe(303)
    expect(await s.column('select status from booking')).not.toEqual([status])
  })

  test('when more people are to come is shown anew, with the name that was typed', async () => {
    const { token } = await s.booked()
    const path = `/b/${token}/amend`
    const before = formTo(await s.page(`/b/${token}`), path)
    await moved()
    const after = pageOf(await s.post(path, fieldsOf(before, { seats: '2', name: '髙橋 花子' })))
    expect([after.status, after.text.includes(t.booking.refused.changed.what)]).toEqual([409, true])
    expect(new Set(values(after, 'name'))).toEqual(new Set(['髙橋 花子']))
    expect(await s.column('select seats from booking')).toEqual([1])
    expect((await s.post(path, fieldsOf(formTo(after, path), { seats: '2' }))).status).toBe(303)
    expect(await s.column('select seats from booking')).toEqual([2])
  })

  test('before a move is shown anew if the new day is another by then', async () => {
    const { token } = await s.booked()
    const path = `/b/${token}/move`
    const choice = formTo(await s.page(path), path)
    const before = await s.submit(choice, fieldsOf(choice, { place: `${NEXT} ${NEXT}-1100` }))
    await reschedule(asDesk(s, '08'), NEXT, { date: '2026-12-08', starts: null, reason_ja: '都合' })
    const after = pageOf(await s.post(path, fieldsOf(formTo(before, path, 'move'))))
    expect([after.status, after.text.includes('2026年12月8日(火)')]).toEqual([409, true])
    expect(await s.column('select session from booking')).toEqual([MITO])
    expect((await s.submit(formTo(after, path, 'move'))).text).toContain(t.booking.done.moved)
  })

  test('of the API is refused as changed, and taken if it is so', async () => {
    const one = JSON.parse((await s.ask(`/api/v1/sessions/${MITO}`)).body)
    const { shown } = one.slots[0]
    const key = { 'idempotency-key': 'a-key-of-a-program' }
    const booked = await s.send('/api/v1/bookings', application({ shown }), key)
    expect(booked.status).toBe(201)
    const { booking } = JSON.parse(booked.body)
    await moved()
    const bearer = { authorization: `Bearer ${booking.manage_url.split('/').at(-1)}` }
    const stale = await s.send(`/api/v1/bookings/${booking.id}/cancel`, { shown: booking.shown }, bearer)
    expect([stale.status, JSON.parse(stale.body).code]).toEqual([409, 'changed'])
    const late = await s.send('/api/v1/bookings', application({ shown }), { 'idempotency-key': 'another-key-of-it' })
    expect([late.status, JSON.parse(late.body).code]).toEqual([409, 'changed'])
    expect((await s.send(`/api/v1/bookings/${booking.id}/cancel`, undefined, bearer)).status).toBe(200)
  })
})

describe('what the desk was shown', () => {
  let desk: Staff
  beforeEach(async () => {
    desk = await signedIn(s, 'desk', '08', '31')
  })
  const doing = (page: Page, path: string): Fields => [...fieldsOf(formTo(page, path)), ['step', 'do']]
  const changed = (page: Page) => [page.status, page.text.includes(d.session.changedSince.what)]

  test('of a booking before it is cancelled or moved is shown anew if it changed', async () => {
    const { id } = await s.booked()
    const path = `/desk/bookings/${id}/cancel`
    const before = await desk.page(path)
    const choice = await desk.page(`/desk/bookings/${id}/move`)
    await moved()
    const after = pageOf(await desk.post(path, fieldsOf(formTo(before, path))))
    expect(changed(after)).toEqual([409, true])
    const form = choice.root.querySelectorAll(`form[action="/desk/bookings/${id}/move"]`).at(-1)
    if (!form) throw new Error('no form')
    const place = { place: `${MITO} ${MITO}-1300` }
    expect(changed(pageOf(await desk.post(`/desk/bookings/${id}/move`, fieldsOf(form, place))))).toEqual([409, true])
    expect(await s.column('select status from booking')).toEqual(['booked'])
    expect((await desk.submit(path, fieldsOf(formTo(after, path)))).text).toContain(d.booking.done.cancelled)
  })

  test('of each hour is that hour: a day shifted onto the hours of other choices is shown anew', async () => {
    const { id } = await s.booked({ session: NEXT, slot: `${NEXT}-1300` })
    const path = `/desk/bookings/${id}/move`
    const choice = await desk.page(`${path}?session=${MITO}`)
    await reschedule(asDesk(s, '08'), MITO, { date: '2026-11-27', starts: '11:00', reason_ja: '都合' })
    const form = choice.root.querySelectorAll(`form[action="${path}"]`).at(-1)
    if (!form) throw new Error('no form')
    const place = fieldsOf(form, { place: `${MITO} ${MITO}-1000`, format: 'onsite' })
    expect(changed(pageOf(await desk.post(path, place)))).toEqual([409, true])
    expect(await s.column('select slot from booking')).toEqual([`${NEXT}-1300`])
  })

  test('on the list of the day is what is marked', async () => {
    const { id } = await s.booked()
    s.at('2026-11-27T00:54:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const path = `/desk/bookings/${id}/attend`
    const today = await desk.page('/desk')
    await s.run("update slot set starts_at = '2026-11-27T01:05:00.000Z' where id = ?", `${MITO}-1000`)
    const late = await desk.post(path, fieldsOf(formTo(today, path)))
    expect([late.status, late.body.includes(d.booking.refused.changed)]).toEqual([409, true])
    expect((await desk.post(path, fieldsOf(formTo(await desk.page('/desk'), path)))).status).toBe(303)
  })

  const ANSWERS = { approve: '承認', 'turn-down': 'お断り', promote: '予約を確定' }
  test.each(Object.entries(ANSWERS))('before %s is who, how they are told, and the letter', async (act, word) => {
    const { id } = await s.booked({ email: 'taro@example.jp' })
    const status = act === 'promote' ? 'waiting' : 'requested'
    await s.run('update booking set status = ? where id = ?', status, id)
    const path = `/desk/bookings/${id}/${act}`
    const before = await desk.page(path)
    expect(before.text).toContain(d.session.byMail(1))
    expect(before.root.querySelector('pre')?.text).toContain('髙橋 太郎')
    expect(before.root.querySelector('button[value=do]')?.text).toContain(word)
    await s.run('update booking set email = null where id = ?', id)
    const after = pageOf(await desk.post(path, doing(before, path)))
    expect(changed(after)).toEqual([409, true])
    expect(after.text).toContain(d.session.byPhone(1))
    expect(await s.column('select status from booking')).toEqual([status])
    expect((await desk.post(path, doing(after, path))).status).toBe(303)
    expect(await s.column('select status from booking')).not.toEqual([status])
  })

  test('before a cancellation is taken back is who gets what back, and the letter; a told party gets no call', async () => {
    const { id } = await s.booked({ email: 'taro@example.jp' })
    await desk.post(
      `/desk/bookings/${id}/cancel`,
      doing(await desk.page(`/desk/bookings/${id}/cancel`), `/desk/bookings/${id}/cancel`),
    )
    const path = `/desk/bookings/${id}/restore`
    expect((await desk.page(`/desk/bookings/${id}`)).root.querySelector(`a[href="${path}"]`)).not.toBeNull()
    const before = await desk.page(path)
    expect(before.text).toContain(d.session.byMail(1))
    expect(before.root.querySelector('pre')?.text).toContain('髙橋 太郎')
    expect(before.text).toMatch(new RegExp(`${d.booking.becomes}\\s*${t.standings.booked}`))
    expect(before.root.querySelector('button[value=do]')?.text.trim()).toBe(d.session.go.restore)
    await s.run('update booking set email = null where id = ?', id)
    const after = pageOf(await desk.post(path, doing(before, path)))
    expect(changed(after)).toEqual([409, true])
    expect(after.text).toContain(d.session.byPhone(1))
    expect(await s.column('select status from booking')).toEqual(['cancelled'])
    const done = await desk.submit(path, [...doing(after, path), ['told', 'true']])
    expect(done.text).toContain(d.booking.done.restored)
    expect(await s.column("select state from outbox where kind = 'restored'")).toEqual(['sent'])
  })

  test('before the place of a venue changes, or a suspension is lifted, is who comes', async () => {
    await s.booked()
    const venue = '/desk/venues/ibaraki'
    const typed = fieldsOf(formTo(await desk.page(venue), venue), { moves: 'true', name_ja: '新館', reason_ja: '改修' })
    const place = pageOf(await desk.post(venue, typed))
    await s.booked({ slot: `${MITO}-1100` })
    const again = pageOf(await desk.post(venue, doing(place, venue)))
    expect([...changed(again), again.text.includes(d.session.concerned(2, 2))]).toEqual([409, true, true])
    expect((await desk.post(venue, doing(again, venue))).status).toBe(303)

    const period = {
      prefectures: ['08'],
      starts_on: '2026-11-25',
      ends_on: '2026-11-30',
      into: 'online',
      reason_ja: '感染対策',
    }
    const ordered = await suspend(asDesk(s, '08'), period)
    await applySuspensions(s.system)
    const lift = `/desk/suspensions/${ordered.ok ? ordered.suspension : ''}/lift`
    const before = pageOf(await desk.post(lift))
    expect(before.root.querySelector('button[value=do]')?.text).toContain('停止を解除')
    await s.run('update booking set format_before = null where slot = ?', `${MITO}-1100`)
    const after = pageOf(await desk.post(lift, doing(before, lift)))
    expect(changed(after)).toEqual([409, true])
    expect((await desk.post(lift, doing(after, lift))).status).toBe(303)
    expect(await s.column('select state from suspension')).toEqual(['lifted'])
  })

  test('before one party gets a meeting link of its own is the letter with that link', async () => {
    const { id } = await s.booked({ format: 'online', email: 'taro@example.jp' })
    const path = `/desk/bookings/${id}/meeting`
    const look = await desk.submit(path, [['url', 'https://meet.example.jp/own']])
    expect(look.root.querySelector('pre')?.text).toContain('https://meet.example.jp/own')
    expect(await s.column('select meeting_url from booking')).toEqual([null])
    expect((await desk.submit(path, doing(look, path))).text).toContain(d.booking.done.meeting)
  })

  test('of a session is whom the act concerns: somebody who books meanwhile is shown first', async () => {
    await s.booked()
    const path = `/desk/sessions/${MITO}/call-off`
    const before = await desk.submit(path, [['reason_ja', '大雪のため']])
    expect(before.root.querySelector('button[value=do]')?.text.trim()).toBe('この回を中止にする')
    await s.booked({ slot: `${MITO}-1100` })
    const after = pageOf(await desk.post(path, doing(before, path)))
    expect(changed(after)).toEqual([409, true])
    expect(after.text).toContain(d.session.concerned(2, 2))
    expect(new Set(values(after, 'reason_ja'))).toEqual(new Set(['大雪のため']))
    expect((await desk.submit(path, doing(after, path))).text).toContain(d.session.done['call-off'])
  })

  test('names what each act changes, before and after, also when nobody is booked, and checks it as the act does', async () => {
    const look = async (act: string, typed: Record<string, string>) =>
      desk.submit(`/desk/sessions/${MITO}/${act}`, Object.entries({ reason_ja: '都合', ...typed }))
    const facts = (page: Page) => page.root.querySelector('dl.facts')?.text.replaceAll(/\s+/g, ' ') ?? ''
    expect(facts(await look('reschedule', { date: '2026-12-01' }))).toContain('→ 12月1日(火) 10:00〜15:50')
    expect(facts(await look('convert', { into: 'phone' }))).toContain(`・${t.format.phone}`)
    const url = 'https://meet.example.jp/1'
    expect(facts(await look('meeting', { url }))).toContain(`→ ${url}`)
    expect((await look('reschedule', { date: '2026-11-20' })).status).toBe(422)
    expect((await look('convert', { into: 'foo' })).status).toBe(422)
    expect((await look('reschedule', { date: '2026-11-27' })).text).toContain(d.session.refused.same)
    expect(await s.column('select state, meeting_url from session where id = ?', MITO)).toEqual(['published'])
  })

  test('names what else is there on the new day, and asks for the reason to hold both', async () => {
    await s.booked({ session: NEXT, slot: `${NEXT}-1100`, seats: 2 })
    const path = `/desk/sessions/${MITO}/reschedule`
    const look = await desk.submit(path, [
      ['date', '2026-12-04'],
      ['reason_ja', '会場の都合'],
    ])
    expect(look.text).toContain(d.session.clash.what)
    expect(look.root.querySelector(`a[href="/desk/sessions/${NEXT}"]`)?.text).toContain('12月4日(金) 10:00〜15:50')
    const refused = pageOf(await desk.post(path, doing(look, path)))
    expect([refused.status, refused.body.includes('id="beside-error"')]).toEqual([422, true])
    const given = fieldsOf(formTo(refused, path), { beside: '担当を二人にする' })
    const done = await desk.submit(path, [...given, ['step', 'do']])
    expect(done.text).toContain(d.session.done.reschedule)
    expect(done.text).toContain('担当を二人にする')
  })

  /** Gives the reason in a form that names another session, and sends it. */
  const giving = async (page: Page, path: string, other: string, more: Fields = []) => {
    expect(page.root.querySelector(`a[href="/desk/sessions/${other}"]`)).not.toBeNull()
    return desk.post(path, [...fieldsOf(formTo(page, path), { beside: '担当を二人にする' }), ...more])
  }

  test('names it too when a skipped day is held again, a closed day opened or a second series begun', async () => {
    const path = `/desk/sessions/${NEXT}`
    await desk.post(`${path}/skip`, [['reason_ja', '館内工事']])
    await reschedule(asDesk(s, '08'), MITO, { date: '2026-12-04', starts: null, reason_ja: '都合' })
    const held = pageOf(await desk.post(`${path}/open`))
    expect(held.status).toBe(409)
    expect((await giving(held, `${path}/open`, MITO)).status).toBe(303)

    const day: Fields = Object.entries({ date: '2026-12-11', scope: '08', reason_ja: '館内整備', reason_en: '' })
    await desk.post('/desk/closures', [...day, ['state', 'confirmed'], ['step', 'do']])
    const other = 'ibaraki-2026-12-18'
    await reschedule(asDesk(s, '08'), other, { date: '2026-12-11', starts: null, reason_ja: '都合' })
    const opened = pageOf(await desk.post('/desk/closures', [...day, ['state', 'lifted']]))
    expect(opened.status).toBe(200)
    const form = formTo(opened, '/desk/closures')
    expect(form.text).toContain('重ねて')
    const refused = await desk.post('/desk/closures', [...fieldsOf(form, { beside: '' }), ['step', 'do']])
    expect(refused.status).toBe(422)
    const done = await desk.post('/desk/closures', [...fieldsOf(form, { beside: '担当を二人にする' }), ['step', 'do']])
    expect(done.status).toBe(200)
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-11'")).toEqual(['published'])

    const begun: Fields = Object.entries({
      ...WEEK,
      prefecture: '08',
      title_ja: '出張の会',
      dates: '2026-12-25',
      capacity: '5',
    })
    const look = pageOf(await desk.post('/desk/series/new', begun))
    expect((await giving(look, '/desk/series/new', 'ibaraki-2026-12-25', [['step', 'do']])).status).toBe(303)
  })

  test('of a draw stands in its order, with the results and both letters, before it is announced', async () => {
    await publishSession(s.system, seminar({ id: 'lots', desk: 'secretariat', acceptance: 'lottery', capacity: 2 }))
    const numbers: string[] = []
    for (const seats of [1, 1, 1]) {
      numbers.push((await s.booked(forSeminar({ session: 'lots', seats, company: '抽選商店' }))).number)
    }
    s.at('2026-12-09T06:00:00.000Z')
    desk = await signedIn(s, 'desk', '31')
    const [drawing, telling] = ['/desk/sessions/lots/draw', '/desk/sessions/lots/announce'] as const
    const look = await desk.page(drawing)
    expect(look.text).toContain(d.session.entries(3))
    expect((await desk.submit(drawing, doing(look, drawing))).text).toContain(d.session.done.draw)
    const order = await s.column<string>('select number from booking order by draw_order')
    expect(order.toSorted()).toEqual(numbers.toSorted())
    for (const page of [await desk.page('/desk/sessions/lots'), await desk.page(telling)]) {
      const rows = page.root.querySelectorAll('table.list caption ~ tbody tr').map((row) => {
        return row.querySelectorAll('td').map((cell) => cell.text.trim())
      })
      expect(rows).toEqual(order.map((number, i) => [`${i + 1}`, i < 2 ? '当選' : '補欠1番', number, '抽選商店']))
    }
    const before = await desk.page(telling)
    expect(before.root.querySelectorAll('pre')).toHaveLength(2)
    expect(await s.column("select id from outbox where kind in ('won', 'reserve')")).toEqual([])
    await s.run("update booking set status = 'cancelled' where number = ?", order[0])
    const after = pageOf(await desk.post(telling, doing(before, telling)))
    expect(changed(after)).toEqual([409, true])
    expect((await desk.submit(telling, doing(after, telling))).text).toContain(d.session.done.announce)
  })

  test('before a suspension and the copy of a year is what they reach', async () => {
    await s.booked()
    const path = '/desk/suspensions'
    const period = { prefectures: ['08'], starts_on: '2026-11-25', ends_on: '2026-11-30', reason_ja: '感染対策' }
    const form = formTo(await desk.page(path), path)
    const before = pageOf(await desk.post(path, fieldsOf(form, period)))
    await s.booked({ slot: `${MITO}-1100` })
    const after = pageOf(await desk.post(path, doing(before, path)))
    expect(changed(after)).toEqual([409, true])
    expect((await desk.post(path, doing(after, path))).status).toBe(303)
    expect((await desk.post(path, doing(after, path))).status).toBe(303)
    expect(await s.column('select id from suspension')).toHaveLength(1)
    const all = await signedIn(s, 'secretariat')
    const copy = await all.page('/desk/programme')
    await s.run("update series set until = '2027-03-31' where id = 'ibaraki'")
    const late = pageOf(await all.post('/desk/programme', fieldsOf(formTo(copy, '/desk/programme'))))
    expect(changed(late)).toEqual([409, true])
  })
})
