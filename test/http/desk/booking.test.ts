import { beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../../src/booking/cancel.ts'
import { tokenOf } from '../../../src/booking/link.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pageOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('one booking', () => {
  async function booked(changes: Record<string, unknown> = {}): Promise<{ id: string; page: () => Promise<Page> }> {
    const { id } = await s.booked(changes)
    return { id, page: () => desk.page(`/desk/bookings/${id}`) }
  }

  test('is cancelled by the desk also after the deadline, after a question, and its holder is notified', async () => {
    const { id } = await booked()
    s.at('2026-11-27T01:20:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const form = formTo(await desk.page(`/desk/bookings/${id}/cancel`), `/desk/bookings/${id}/cancel`)
    expect(form.text).toContain(d.booking.cancel.cancelled)
    expect((await desk.submit(`/desk/bookings/${id}/cancel`)).text).toContain(d.booking.done.cancelled)
    expect(await s.column("select kind from outbox where subject = ? and kind = 'cancelled'", id)).toHaveLength(1)
  })

  test.each([
    ['waiting', 'left'],
    ['offered', 'declined'],
    ['requested', 'withdrawn'],
  ] as const)('%s is given up in its own words (%s)', async (status, what) => {
    const { id } = await booked()
    await s.run('update booking set status = ? where id = ?', status, id)
    const path = `/desk/bookings/${id}`
    expect((await desk.page(path)).main.querySelector(`a[href="${path}/cancel"]`)?.text).toContain(
      d.booking.cancel[what],
    )
    const asked = await desk.page(`${path}/cancel`)
    expect(asked.main.querySelector('h1')?.text).toBe(d.booking.cancelTitle[what])
    expect(asked.main.querySelector('button.stop')?.text).toBe(d.booking.cancel[what])
    expect((await desk.submit(`${path}/cancel`)).text).toContain(d.booking.done[what])
  })

  test('that was called off is not asked about nor said to be cancelled by a press', async () => {
    const { id } = await booked()
    const cancelled = await desk.submit(`/desk/bookings/${id}/cancel`)
    await callOff(s.system, MITO, { reason_ja: '大雪のため' })
    const other = (await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })).id
    await callOff(s.system, 'ibaraki-2026-12-04', { reason_ja: '大雪のため' })
    expect(cancelled.text).toContain(d.booking.done.cancelled)
    for (const one of [id, other]) {
      expect((await desk.page(`/desk/bookings/${one}/cancel`)).status).toBe(409)
      const { headers } = await desk.post(`/desk/bookings/${one}/cancel`, [])
      const page = await desk.page(headers.get('location') ?? '')
      expect([page.text.includes(d.booking.done.again), page.text.includes(d.booking.done.cancelled)]).toEqual([
        true,
        false,
      ])
    }
  })

  test('is moved to a time that the public can no longer take, and stays one booking', async () => {
    const { id } = await booked()
    s.at('2026-11-26T23:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const choice = await desk.page(`/desk/bookings/${id}/move`)
    const form = choice.root.querySelectorAll(`form[action="/desk/bookings/${id}/move"]`).at(-1)
    if (!form) throw new Error('no form')
    const page = await desk.submit(`/desk/bookings/${id}/move`, fieldsOf(form, { place: `${MITO} ${MITO}-1500` }))
    expect(page.text).toContain(d.booking.done.moved)
    expect(page.text).toContain('15:00〜15:50')
    expect(await s.rows('select slot, sequence from booking')).toEqual([{ slot: `${MITO}-1500`, sequence: 1 }])
  })

  test('of two people who edit it at once the second is refused, and nothing is overwritten', async () => {
    const { id, page } = await booked()
    const form = (which: string, shown: Page) => formTo(shown, `/desk/bookings/${id}/${which}`)
    const [mine, theirs] = [await page(), await page()]
    const note = (shown: Page, text: string) =>
      desk.post(`/desk/bookings/${id}/note`, fieldsOf(form('note', shown), { note: text }))
    expect((await note(mine, '車いすの方')).status).toBe(303)
    const second = await note(theirs, '資料を準備')
    expect([second.status, second.body.includes(d.booking.refused.changed)]).toEqual([409, true])
    expect(second.body).toContain('資料を準備') // what was typed is kept
    expect(await s.column('select note from booking')).toEqual(['車いすの方'])
  })

  test('has its contact corrected; a new address is sent the booking, and a person never doubled', async () => {
    const { id, page } = await booked({ email: 'old@example.jp' })
    const other = await booked({ email: 'other@example.jp', slot: `${MITO}-1100` })
    const form = formTo(await page(), `/desk/bookings/${id}/correct`)
    const twice = await desk.post(`/desk/bookings/${id}/correct`, fieldsOf(form, { email: 'other@example.jp' }))
    expect(twice.status).toBe(409)
    const alert = pageOf(twice).main.querySelector('[role=alert] a')
    expect(alert?.getAttribute('href')).toBe(`/desk/bookings/${other.id}`)
    await desk.post(`/desk/bookings/${id}/correct`, fieldsOf(form, { email: 'new@example.jp', name: '髙橋 花子' }))
    expect(await s.rows('select email, name from booking where id = ?', id)).toEqual([
      { email: 'new@example.jp', name: '髙橋 花子' },
    ])
    expect(
      await s.column(
        "select cast(count(*) as integer) from outbox where dedupe_key like '%corrected%' and kind = 'booked'",
      ),
    ).toEqual([1])
  })

  test('is not moved without a place: the form comes back with the day, all that was typed, and the fault', async () => {
    const { id } = await s.booked()
    await s.run('update booking set email = null where id = ?', id)
    const day = 'ibaraki-2026-12-04'
    const fields: Fields = [
      ['session', day],
      ['format', 'onsite'],
      ['told', 'true'],
    ]
    for (const place of ['', 'nothing', `${day} nothing`]) {
      const page = pageOf(await desk.post(`/desk/bookings/${id}/move`, [...fields, ['place', place]]))
      expect([place, page.status, page.main.querySelector('#place-error')?.text.includes('変更先')]).toEqual([
        place,
        422,
        true,
      ])
      expect(page.main.querySelector('#session option[selected]')?.getAttribute('value')).toBe(day)
      expect(page.main.querySelector('[name=told]')?.hasAttribute('checked')).toBe(true)
      expect(page.main.querySelector('.alert li a')?.getAttribute('href')).toBe('#place')
    }
    expect(await s.column(`select session from booking where id = '${id}'`)).toEqual([MITO])
  })

  test('is moved to another day at the same time of day, unless another is chosen', async () => {
    const { id } = await booked({ slot: `${MITO}-1300` })
    const choice = await desk.page(`/desk/bookings/${id}/move?session=ibaraki-2026-12-04`)
    const chosen = choice.main.querySelector('input[name=place][checked]')?.getAttribute('value')
    expect(chosen).toBe('ibaraki-2026-12-04 ibaraki-2026-12-04-1300')
  })

  test('of somebody without e-mail is cancelled or moved with a call, unless they know already', async () => {
    const calls = () =>
      s.column("select kind || ' ' || state from outbox where channel = 'phone' order by created_at, id")
    for (const [hour, told] of [
      ['1000', false],
      ['1100', true],
    ] as const) {
      const { id } = await booked({ slot: `${MITO}-${hour}` })
      await s.run('update booking set email = null where id = ?', id)
      const page = await desk.page(`/desk/bookings/${id}/cancel`)
      expect(page.text).toContain(d.booking.byPhone)
      expect(page.text).not.toContain(d.booking.cancelMail.trim())
      const fields = fieldsOf(formTo(page, `/desk/bookings/${id}/cancel`)).filter(([name]) => name !== 'told')
      await desk.post(`/desk/bookings/${id}/cancel`, told ? [...fields, ['told', 'true']] : fields)
    }
    expect(new Set(await calls())).toEqual(new Set(['cancelled sent', 'cancelled waiting']))
  })

  test('whose place is somebody else’s by now says why its end cannot be taken back', async () => {
    const { id } = await booked({ seats: 2 })
    await desk.post(`/desk/bookings/${id}/cancel`, [])
    await booked({ seats: 2 })
    const page = await desk.page(`/desk/bookings/${id}`)
    const { line, booking } = d.withheld
    expect(page.main.querySelector('.withheld')?.text).toContain(line(d.booking.restore, booking.full))
    expect(page.main.querySelector(`a[href="/desk/bookings/${id}/restore"]`)).toBeNull()
  })

  test('of somebody without e-mail asks at its own link and at taking a cancellation back whether they know', async () => {
    const { id } = await booked({ format: 'online' })
    await s.run('update booking set email = null where id = ?', id)
    const look = await desk.submit(`/desk/bookings/${id}/meeting`, [['url', 'https://meet.example.jp/a']])
    await desk.post(
      `/desk/bookings/${id}/meeting`,
      fieldsOf(formTo(look, `/desk/bookings/${id}/meeting`), { step: 'do', told: 'true' }),
    )
    await desk.post(`/desk/bookings/${id}/cancel`, [['told', 'true']])
    const page = await desk.page(`/desk/bookings/${id}/restore`)
    await desk.post(
      `/desk/bookings/${id}/restore`,
      fieldsOf(formTo(page, `/desk/bookings/${id}/restore`), { told: 'true' }),
    )
    expect(await s.column("select kind || ' ' || state from outbox where channel = 'phone' order by kind")).toEqual([
      'cancelled sent',
      'meeting sent',
      'restored sent',
    ])
  })

  test.each([
    ['with an e-mail address hears by e-mail', { email: 'hanako@example.jp' }, {}, d.booking.hears.mail],
    ['without one is to be called', {}, {}, d.booking.hears.call],
    ['without one, who knows already, is not', {}, { told: 'true' }, ''],
  ])('of somebody %s, after every act, and nothing else is said', async (_, person, given, hears) => {
    const { id } = await booked({ email: 'taro@example.jp', format: 'online', ...person })
    if (!('email' in person)) await s.run('update booking set email = null where id = ?', id)
    const at = (act: string) => `/desk/bookings/${id}/${act}`
    const said: Record<string, string> = {}
    const press = async (act: keyof typeof d.booking.done, to: string, fields: Record<string, string>) => {
      await s.run("update outbox set state = 'sent' where subject = ?", id)
      const { text } = await desk.submit(at(to), Object.entries({ ...fields, ...given }))
      const heard = Object.values(d.booking.hears).filter((one) => text.includes(one))
      said[act] = text.includes(d.booking.done[act]) ? heard.join() : 'refused'
    }
    await press('moved', 'move', { place: `${MITO} ${MITO}-1300`, format: 'online' })
    await press('amended', 'amend', { seats: '1', format: 'onsite' })
    await press('cancelled', 'cancel', {})
    await press('restored', 'restore', {})
    await s.run("update booking set status = 'requested' where id = ?", id)
    await press('approved', 'approve', {})
    await s.run("update booking set status = 'requested' where id = ?", id)
    await press('turned_down', 'turn-down', {})
    await s.run("update booking set status = 'waiting', ended = null where id = ?", id)
    await press('promoted', 'promote', {})
    const acts = ['moved', 'amended', 'cancelled', 'restored', 'approved', 'turned_down', 'promoted']
    expect(said).toEqual(Object.fromEntries(acts.map((act) => [act, hears])))
  })

  test('that is turned down or cancelled has a way back, and the look before it says so', async () => {
    for (const act of ['turn-down', 'cancel'] as const) {
      const { id } = await booked(act === 'cancel' ? { slot: `${MITO}-1100` } : {})
      const status = act === 'turn-down' ? 'requested' : 'booked'
      await s.run('update booking set status = ? where id = ?', status, id)
      const path = `/desk/bookings/${id}`
      const look = await desk.page(`${path}/${act}`)
      expect(look.text).toContain(d.booking.wayBack)
      const done = await desk.submit(`${path}/${act}`, fieldsOf(formTo(look, `${path}/${act}`)))
      expect(done.main.querySelector(`a[href="${path}/restore"]`)).not.toBeNull()
      await desk.submit(`${path}/restore`, fieldsOf(formTo(await desk.page(`${path}/restore`), `${path}/restore`)))
      expect(await s.column('select status from booking where id = ?', id)).toEqual([status])
    }
  })

  test('is checked in by one tap, also from the code on the confirmation, and the time is shown', async () => {
    const { id } = await booked()
    expect((await desk.page(`/desk/bookings/${id}/arrive`)).text).toContain(d.booking.arriveEarly)
    expect((await desk.page(`/desk/sessions/${MITO}`)).body).not.toContain(`/desk/bookings/${id}/attend`)
    s.at('2026-11-26T14:59:59.000Z')
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.post(`/desk/bookings/${id}/attend`)).status).toBe(409)
    s.at('2026-11-27T00:54:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const arrive = await desk.page(`/desk/bookings/${id}/arrive`)
    const form = formTo(arrive, `/desk/bookings/${id}/attend`)
    const today = await desk.submit(`/desk/bookings/${id}/attend`, fieldsOf(form))
    expect(today.title).toContain(d.today.title)
    expect(today.text).toContain(d.today.came('09:54'))
    expect((await desk.submit(`/desk/bookings/${id}/attend`, [['as', 'absent']])).text).toContain(d.booking.done.absent)
  })

  test('says what happened to it, who did it, and why somebody was passed over', async () => {
    const { id } = await booked({ seats: 2 })
    await s.booked({ seats: 2, slot: `${MITO}-1100` })
    const large = await s.booked({ waitlist: true, seats: 2, slot: null })
    expect(large.status).toBe('waiting')
    await s.run(
      `insert into journal (id, at, actor, act, subject, detail) values ('zz', '2026-11-22T02:00:00.000Z', 'clockwork', 'booking.passed_over', ?, '{"why":"seats"}')`,
      large.id,
    )
    await desk.post(`/desk/bookings/${id}/note`, [
      ['note', '要約筆記'],
      ['revision', '0'],
    ])
    const own = await desk.page(`/desk/bookings/${id}`)
    expect(own.text).toContain(d.booking.happened['booking.annotated'])
    expect(own.text).toMatch(/担当 \d+/)
    expect((await desk.page(`/desk/bookings/${large.id}`)).text).toContain(d.booking.passed.seats)
  })

  test('says that nothing changed if a form of the desk is sent as it was', async () => {
    const { id, page: own } = await booked()
    for (const which of ['correct', 'note', 'amend', 'answers']) {
      const form = formTo(await own(), `/desk/bookings/${id}/${which}`)
      const page = await desk.submit(`/desk/bookings/${id}/${which}`, fieldsOf(form))
      expect(page.text, which).toContain(d.booking.done.same)
    }
  })

  test('of a lottery was entered for the draw, and once erased is neither named nor called by telephone', async () => {
    await s.run("update session set acceptance = 'lottery' where id = ?", MITO)
    const { id, token } = await s.booked({ employees: '12' })
    const entered = await desk.page(`/desk/bookings/${id}`)
    expect(entered.text).toContain(d.booking.happened['booking.entered'])
    expect(entered.text).not.toContain(d.booking.happened['booking.waits'])
    await s.post(`/b/${token}/erase`, [])
    const erased = await desk.page(`/desk/bookings/${id}`)
    expect(erased.text).toContain(d.booking.erased)
    for (const form of ['note', 'correct', 'answers', 'messages']) {
      expect(erased.text).not.toContain(`action="/desk/bookings/${id}/${form}"`)
    }
    expect(erased.text).not.toContain(d.booking.noEmail)
    // Only the band is left of the number of employees.
    expect(erased.text).toContain(figuresTexts('ja').size['6-20'])
    expect(erased.text).not.toContain(d.employees(20))
  })

  test('its note is never shown to its holder', async () => {
    const own = await s.booked()
    await desk.post(`/desk/bookings/${own.id}/note`, [
      ['note', '声が大きい'],
      ['revision', '0'],
    ])
    const page = await s.page(`/b/${own.token}`)
    expect(page.body).not.toContain('声が大きい')
    // It is held all the same, so the page must not claim to show everything.
    expect(page.text).not.toContain('すべて')
  })
})

test('whose e-mail was wrong keeps no key, and each right address gets its own letter', async () => {
  const { id, token } = await s.booked({ email: 'wrong@example.jp' })
  for (const email of ['right@example.jp', 'righter@example.jp']) {
    const path = `/desk/bookings/${id}/correct`
    const form = formTo(await desk.page(`/desk/bookings/${id}`), path)
    expect((await desk.submit(path, fieldsOf(form, { email }))).text).toContain(d.booking.done.corrected)
  }
  expect((await s.ask(`/b/${token}`)).status).toBe(404)
  expect(await s.column("select id from outbox where dedupe_key like '%corrected%' and kind = 'booked'")).toHaveLength(
    2,
  )
  const booking = await bookingById(s.ctx, id)
  const now = booking && (await tokenOf(s.ctx, booking))
  expect((await s.ask(`/b/${now}`)).status).toBe(200)
})

test('today’s page names who waits for a place that came free too late, who answers what, and an end of the plan', async () => {
  const t = d.today
  const late = 'ibaraki-2026-11-27'
  await s.run('update session set capacity = 1 where id = ?', late)
  const { token } = await s.booked({ session: late })
  const waits = await s.booked({ session: late, waitlist: true, company: '待合商店' })
  const asked = await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
  const offered = await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1100' })
  await s.run("update booking set status = 'requested' where id = ?", asked.id)
  await s.run("update booking set status = 'offered' where id = ?", offered.id)
  s.at('2026-11-26T06:00:00.000Z')
  await cancel(s.ctx, { token })
  desk = await signedIn(s, 'desk', '08')
  const page = await desk.page('/desk')
  const links = (heading: string) =>
    page.main
      .querySelectorAll('section.card')
      .filter((card) => card.querySelector('h2')?.text === heading)
      .flatMap((card) => card.querySelectorAll('a[href^="/desk/bookings/"]').map((one) => one.getAttribute('href')))
  expect(links(t.freed)).toEqual([`/desk/bookings/${waits.id}`])
  expect(links(t.requested)).toEqual([`/desk/bookings/${asked.id}`])
  expect(links(t.offered)).toEqual([`/desk/bookings/${offered.id}`])
  expect(page.text).not.toContain(t.endingAsk)
  await s.run("delete from programme where starts_on > '2027-03-31'")
  s.at('2026-12-30T15:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  expect((await desk.page('/desk')).text).toContain(t.endingAsk)
})
