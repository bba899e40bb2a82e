import { beforeEach, describe, expect, test } from 'vitest'
import { sendMeetingLink } from '../../../src/changes/send-meeting-link.ts'
import { announceDraw } from '../../../src/lottery/announce.ts'
import { draw } from '../../../src/lottery/draw.ts'
import { erase } from '../../../src/retention/erase.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { texts } from '../../../templates/text/index.ts'
import { dayText, momentText } from '../../../templates/text/when.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, pathOf, type Site, site } from '../app.ts'
import { signedIn } from './fixtures.ts'

const t = deskTexts('ja').today

test('attendance that nobody recorded is to be done on the following days, and can be taken back', async () => {
  const s = await site()
  const { id, number } = await s.booked({ seats: 2 })
  await s.booked({ slot: `${MITO}-1100`, session: MITO })
  s.at('2026-11-27T08:00:00.000Z')
  expect((await (await signedIn(s, 'desk', '08')).page('/desk')).text).not.toContain(t.unrecorded)
  s.at('2026-11-30T01:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const page = await desk.page('/desk')
  expect(page.main.querySelector('#unrecorded')?.text).toContain(t.unrecordedText(2))
  expect(page.main.querySelectorAll('#unrecorded button')).toHaveLength(4)
  expect((await (await signedIn(s, 'desk', '13')).page('/desk')).text).not.toContain(t.unrecorded)
  const viewer = await (await signedIn(s, 'viewer', '08')).page('/desk')
  expect(viewer.main.querySelector('#unrecorded')?.text).toContain(number)
  expect(viewer.main.querySelectorAll('#unrecorded button')).toHaveLength(0)

  const act = `/desk/bookings/${id}/attend`
  const after = await desk.submit(act, [
    ['as', 'attended'],
    ['back', 'today'],
  ])
  expect(after.main.querySelector('#unrecorded')?.text).not.toContain(number)
  const booking = await desk.page(`/desk/bookings/${id}`)
  expect(booking.text).toContain(deskTexts('ja').booking.unmark)
  expect((await desk.submit(act, [['as', 'booked']])).text).toContain(deskTexts('ja').booking.done.unmarked)
  expect((await desk.page('/desk')).main.querySelector('#unrecorded')?.text).toContain(number)
  s.at('2026-12-20T01:00:00.000Z')
  expect((await (await signedIn(s, 'desk', '08')).page('/desk')).text).toContain(t.unrecordedText(2))
})

test('a tap records that somebody came or did not, leads back to their line, and is taken back there', async () => {
  const s = await site()
  const { id } = await s.booked()
  s.at('2026-11-27T00:30:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const act = `/desk/bookings/${id}/attend`
  const buttons = (page: Page) => page.main.querySelectorAll(`#b-${id} button`).map((one) => one.getAttribute('value'))
  const statuses = () => s.column('select status from booking')
  for (const [path, back] of [
    ['/desk', `/desk#b-${id}`],
    [`/desk/sessions/${MITO}`, `/desk/sessions/${MITO}#b-${id}`],
  ] as const) {
    for (const as of ['attended', 'absent']) {
      const before = await desk.page(path)
      expect(buttons(before)).toEqual(['attended', 'absent'])
      const marked = await desk.post(act, fieldsOf(formTo(before, act), { as }))
      expect([marked.status, marked.location]).toEqual([303, `http://localhost:8787${back}`])
      expect(await statuses()).toEqual([as])
      const after = await desk.page(path)
      expect(buttons(after)).toEqual(['booked'])
      expect((await desk.post(act, fieldsOf(formTo(after, act), { as: 'booked' }))).status).toBe(303)
      expect(await statuses()).toEqual(['booked'])
    }
  }
  const viewer = await (await signedIn(s, 'viewer', '08')).page('/desk')
  expect(buttons(viewer)).toEqual([])
})

test('a visit of a past day that was recorded just now is named with its way back, to its own desk only', async () => {
  const s = await site()
  const { id } = await s.booked({ company: '大洗建設' })
  s.at('2026-11-30T01:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const act = `/desk/bookings/${id}/attend`
  const answer = await desk.post(act, fieldsOf(formTo(await desk.page('/desk'), act), { as: 'absent' }))
  expect(answer.location).toBe(`http://localhost:8787/desk?marked=${id}#unrecorded`)
  const page = await desk.page(pathOf(answer.location))
  expect(page.main.querySelector('#unrecorded')?.text).toContain(t.markedNow.absent('大洗建設 髙橋 太郎'))
  expect((await (await signedIn(s, 'desk', '13')).page(pathOf(answer.location))).text).not.toContain('大洗建設')
  await desk.post(act, fieldsOf(formTo(page, act), { as: 'booked' }))
  expect(await s.column('select status from booking')).toEqual(['booked'])
})

test('with nothing tomorrow the next day with a session is shown, with its bookings', async () => {
  const s = await site()
  const { number } = await s.booked()
  const desk = await signedIn(s, 'desk', '08')
  expect((await desk.page('/desk')).text).toContain(`${t.nextHeld} ${dayText('ja', '2026-11-27')}`)
  expect((await desk.page('/desk')).text).toContain(number)
  await s.run('update session set state = ? where id = ?', 'called_off', MITO)
  expect((await desk.page('/desk')).text).toContain(`${t.nextHeld} ${dayText('ja', '2026-12-04')}`)
  await s.run("update session set state = 'called_off' where prefecture = '08'")
  expect((await desk.page('/desk')).text).toContain(t.tomorrowEmpty)
})

test('what is to be done is counted at the head, and each count leads to its list', async () => {
  const s = await site()
  const { id } = await s.booked()
  const wait = await s.booked({ waitlist: true, seats: 1 })
  await s.run("update booking set status = 'waiting', slot = null where id = ?", wait.id)
  await s.run('update session set capacity = 1, seats_taken = 1 where id = ?', MITO)
  const desk = await signedIn(s, 'desk', '08')
  const tasks = async (staff = desk) => {
    const page = await staff.page('/desk')
    const links = page.main.querySelectorAll('.tasks a')
    const lists = links.map((link) => page.main.querySelector(link.getAttribute('href') ?? '') !== null)
    return { all: links.map((link) => link.text), lists }
  }
  expect(await tasks()).toEqual({ all: [], lists: [] })
  await s.run("update booking set status = 'requested', offer_expires_at = '2026-11-26T08:00:00.000Z' where id = ?", id)
  expect(await tasks()).toEqual({ all: [`${t.tasks.requested} ${t.tasks.count(1)}`], lists: [true] })
  expect((await desk.page('/desk')).main.querySelector('.tasks')?.text).toContain(
    t.tasks.until(momentText('ja', '2026-11-26T08:00:00.000Z')),
  )
  await s.run("update booking set status = 'booked' where id = ?", id)
  s.at('2026-11-26T08:00:00.000Z')
  const later = await signedIn(s, 'desk', '08')
  expect(await tasks(later)).toEqual({ all: [`${t.tasks.stranded} ${t.tasks.count(1)}`], lists: [true] })
  expect(await tasks(await signedIn(s, 'desk', '13'))).toEqual({ all: [], lists: [] })
  s.at('2026-11-30T01:00:00.000Z')
  expect(await tasks(await signedIn(s, 'desk', '08'))).toEqual({
    all: [`${t.tasks.unrecorded} ${t.tasks.count(1)}`],
    lists: [true],
  })
})

describe('who waits after the deadline without a free place', () => {
  const CLOSED = '2026-11-26T08:00:00.000Z'
  let s: Site
  let wait: Awaited<ReturnType<Site['booked']>>
  beforeEach(async () => {
    s = await site()
    await s.booked()
    wait = await s.booked({ seats: 1, slot: `${MITO}-1300` })
    await s.run("update booking set status = 'waiting' where id = ?", wait.id)
    await s.run('update session set capacity = 1, seats_taken = 1 where id = ?', MITO)
  })
  const own = async () => (await s.page(`/b/${wait.token}`)).text
  const list = async () => (await (await signedIn(s, 'desk', '08')).page('/desk')).main.querySelector('#stranded')

  test('is no task any more once the desk has called, until a place becomes free', async () => {
    s.at(CLOSED)
    const desk = await signedIn(s, 'desk', '08')
    const tasks = async () => (await desk.page('/desk')).main.querySelector('.tasks')?.text ?? ''
    expect(await tasks()).toContain(t.tasks.stranded)
    const path = `/desk/freed/${wait.id}`
    const form = formTo(await desk.page('/desk'), path)
    const { location } = await desk.post(path, [...fieldsOf(form), ['as', 'called']])
    expect(location).toContain('/desk#stranded')
    expect(await tasks()).not.toContain(t.tasks.stranded)
    expect((await list())?.text).toContain(t.phoned('11月26日(木) 17:00'))
    await s.run('update session set capacity = 2 where id = ?', MITO)
    expect(await tasks()).toContain(t.tasks.freed)
    await desk.post(path, [
      ['about', 'freed'],
      ['as', 'called'],
    ])
    expect(await tasks()).not.toContain(t.tasks.freed)
  })

  test('is promised a call for as long as the page of today says so, and nothing after their time', async () => {
    const { call, none } = texts('ja').wait.how
    s.at(CLOSED)
    expect([(await own()).includes(call()), (await list())?.text.includes(t.freed)]).toEqual([true, true])
    s.at('2026-11-27T03:59:59.999Z')
    expect([(await own()).includes(call()), (await list()) !== null]).toEqual([true, true])
    s.at('2026-11-27T04:00:00.000Z')
    expect([(await own()).includes(none()), await list()]).toEqual([true, null])
  })
})

test('no task stays once the time of its session is over, also before the clockwork has run', async () => {
  const s = await site()
  const online = { format: 'online', session: MITO }
  await s.run("update session set formats = 'onsite,online' where id = ?", MITO)
  const ids: string[] = []
  for (const time of ['1000', '1100', '1300', '1400'])
    ids.push((await s.booked({ ...online, slot: `${MITO}-${time}` })).id)
  const [requested, erased, waiting] = ids
  const state = (status: string, id: string | undefined) =>
    s.run('update booking set status = ? where id = ?', status, id)
  const tasks = async () => {
    const page = await (await signedIn(s, 'desk', '08')).page('/desk')
    const unsettled = `#unsettled a[href="/desk/sessions/${MITO}"]`
    const lists = ['#requested', '#calls', '#freed', '#unlinked', '#draws', '#stranded', '#erased', unsettled]
    return lists.filter((id) => page.main.querySelector(id) !== null).map((id) => id.split(' ')[0])
  }
  s.at('2026-11-27T00:30:00.000Z')
  await state('requested', requested)
  await s.run(
    "update booking set status = 'cancelled', ended = 'cancelled', phone = '', cancelled_at = ? where id = ?",
    '2026-11-27T00:00:00.000Z',
    erased,
  )
  await state('waiting', waiting)
  await s.run('update session set venue = null where id = ?', MITO)
  expect(await tasks()).toEqual(['#requested', '#freed', '#unlinked', '#erased', '#unsettled'])
  s.at('2026-11-27T06:50:00.000Z')
  expect(await tasks()).toEqual([])
})

test('nobody is said to be left only after the last start, and who began without a record is counted', async () => {
  const s = await site()
  const { id } = await s.booked()
  const note = async (at: string) => {
    s.at(at)
    const page = await (await signedIn(s, 'desk', '08')).page('/desk')
    return page.main.querySelectorAll('.tile')[1]?.text
  }
  expect(await note('2026-11-27T00:30:00.000Z')).toContain(t.next('10:00'))
  expect(await note('2026-11-27T01:04:00.000Z')).toContain(t.unmarked(1))
  await s.run("update booking set status = 'attended' where id = ?", id)
  expect(await note('2026-11-27T01:05:00.000Z')).toContain(t.nobody)
})

test('a lottery that is closed is to be drawn, then announced, at its own desk', async () => {
  const s = await site()
  await s.run("update session set acceptance = 'lottery' where id = ?", MITO)
  await s.booked()
  s.at('2026-11-26T08:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const draws = async () => (await desk.page('/desk')).main.querySelector('#draws')?.text
  expect(await draws()).toContain(t.drawStates.undrawn)
  await draw(s.system, MITO)
  expect(await draws()).toContain(t.drawStates.drawn)
  expect((await (await signedIn(s, 'desk', '13')).page('/desk')).main.querySelector('#draws')).toBeNull()
  await announceDraw(s.system, MITO)
  expect(await draws()).toBeUndefined()
})

test('of a place that became free too late it is said how large it is, and whom a later one would pass over', async () => {
  const s = await site()
  const [first, second] = [await s.booked({ company: '先の会社' }), await s.booked({ company: '後の会社' })]
  await s.run("update booking set status = 'waiting'")
  await s.run('update session set seats_taken = 0, capacity = 1 where id = ?', MITO)
  await s.run('update slot set seats_taken = 0 where session = ?', MITO)
  s.at('2026-11-26T08:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  expect((await desk.page('/desk')).main.querySelector('#freed')?.text).toContain(t.freedPlaces(1))
  const look = async (id: string) => (await desk.page(`/desk/bookings/${id}/promote`)).main.text
  expect(await look(second.id)).toContain('先に待っている方がいます：先の会社')
  expect(await look(first.id)).not.toContain('先に待っている方がいます')
  await s.run(
    "update booking set status = 'offered', offer_expires_at = '2026-11-26T08:00:00.000Z' where id = ?",
    first.id,
  )
  expect(await look(first.id)).toContain('このご案内の期限（11月26日(木) 17:00）は過ぎています。')
})

test('people on the web without a meeting link are named today and the day before, until they have it', async () => {
  const s = await site()
  await s.booked({ format: 'online' })
  await s.booked({ format: 'onsite', slot: `${MITO}-1100` })
  const listed = async () =>
    (await (await signedIn(s, 'desk', '08')).page('/desk')).main.querySelector('#unlinked')?.text
  s.at('2026-11-25T01:00:00.000Z')
  expect(await listed()).toBeUndefined()
  s.at('2026-11-26T01:00:00.000Z')
  expect(await listed()).toContain(t.unlinkedBookings(1))
  expect((await (await signedIn(s, 'desk', '13')).page('/desk')).main.querySelector('#unlinked')).toBeNull()
  s.at('2026-11-27T01:00:00.000Z')
  expect(await listed()).toContain('11月27日')
  await s.run("update booking set meeting_url = 'https://example.com/own' where format = 'online'")
  expect(await listed()).toBeUndefined()
  await s.run('update booking set meeting_url = null')
  s.at('2026-11-27T01:50:00.000Z')
  expect(await listed()).toBeUndefined()
  s.at('2026-11-27T01:30:00.000Z')
  await sendMeetingLink(s.system, MITO, { url: 'https://example.com/all' })
  expect(await listed()).toBeUndefined()
})

test('a place that became free because somebody erased their data is told, without anything about them', async () => {
  const s = await site()
  const { token, number } = await s.booked({ company: '磯崎商店' })
  await erase(s.ctx, { token })
  const page = await (await signedIn(s, 'desk', '08')).page('/desk')
  expect(page.main.querySelector('#erased')?.text).toContain(number)
  expect(page.text).not.toContain('磯崎商店')
})
