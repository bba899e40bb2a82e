import { beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../src/base/actor.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { MITO } from '../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pathOf, type Site, site } from './app.ts'
import { caller, type Staff, signedIn } from './desk.ts'

const d = deskTexts('ja')
const t = texts('ja')
/** The week after. */
const NEXT = 'ibaraki-2026-12-04'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const rows = () =>
  s.rows<{ id: string; status: string; channel: string; email: string | null }>('select * from booking')

describe('a booking by telephone', () => {
  test('is entered on one form, without an e-mail, and stands in the ledger at once', async () => {
    const form = formTo(await desk.page(`/desk/bookings/new?session=${MITO}`), '/desk/bookings/new')
    expect(form.querySelectorAll('[autofocus]')).toHaveLength(0)
    const page = await desk.submit('/desk/bookings/new', caller())
    expect(page.text).toContain(d.booking.done.entered)
    expect(page.text).toContain('IB-1127-01')
    expect(await rows()).toMatchObject([{ status: 'booked', channel: 'phone', email: null }])
    expect(await s.column('select cast(count(*) as integer) from outbox')).toEqual([1]) // the letter that signed the desk in
    const ledger = await desk.page('/desk/bookings')
    expect(ledger.text).toContain('大洗建設')
    expect(ledger.text).toContain(d.today.phoneOnly)
  })

  test('with an e-mail gets its confirmation; the same form sent twice is one booking', async () => {
    const fields = caller({ email: 'jiro@example.jp' })
    await desk.post('/desk/bookings/new', fields)
    await desk.post('/desk/bookings/new', [...fields, ['sure', 'true']])
    expect(await rows()).toHaveLength(1)
    expect(await s.column("select kind from outbox where kind <> 'sign_in'")).toEqual(['booked'])
  })

  test('keeps what was typed when the caller would rather have another day', async () => {
    const typed = caller({ session: NEXT, name: '海野 次郎', note: '駐車場' })
    const page = await desk.submit('/desk/bookings/new', [...typed, ['step', 'session']])
    const fields = new Map(fieldsOf(formTo(page, '/desk/bookings/new')))
    expect([fields.get('name'), fields.get('note'), fields.get('phone')]).toEqual([
      '海野 次郎',
      '駐車場',
      '０２９２-67-0003',
    ])
    expect(fields.get('slot')).toBe(`${NEXT}-1000`)
    expect(page.root.querySelector('#session option[selected]')?.getAttribute('value')).toBe(NEXT)
    expect(await rows()).toEqual([])
  })

  test('says everything that is wrong at its field, keeps what was typed, and never breaks', async () => {
    const answer = await desk.post(
      '/desk/bookings/new',
      caller({ phone: '12', name_kana: '海野', company: '', consent: '' }),
    )
    expect(answer.status).toBe(422)
    for (const name of ['phone', 'name_kana', 'company', 'consent']) {
      expect(answer.body).toContain(`id="${name}-error"`)
    }
    expect(answer.body).toContain('value="海野 次郎"')
    for (const odd of [
      { session: 'nowhere' },
      { seats: '0' },
      { format: 'fax' },
      { channel: 'web' },
      { key: '' },
      { slot: '' },
    ]) {
      expect((await desk.post('/desk/bookings/new', caller(odd as Record<string, string>))).status).toBeLessThan(500)
    }
  })

  test('warns of somebody who may have booked already, and enters them all the same where that is wanted', async () => {
    await desk.post('/desk/bookings/new', caller())
    const again = caller({ session: NEXT, slot: `${NEXT}-1000`, name: '海野 三郎' })
    const warned = await desk.post('/desk/bookings/new', again)
    expect(warned.status).toBe(409)
    expect(warned.body).toContain(d.enter.known)
    expect(warned.body).toContain('IB-1127-01')
    const page = await desk.submit('/desk/bookings/new', [...again, ['sure', 'true']])
    expect(page.text).toContain('IB-1204-01')
    const json = await desk.post('/desk/bookings/alike', [
      ['phone', '0292670003'],
      ['name_kana', ''],
      ['email', ''],
    ])
    expect(JSON.parse(json.body)).toHaveLength(2)
  })

  test('of a full day is refused, waits, or goes over deliberately with a reason on record', async () => {
    for (const time of ['1000', '1100', '1300', '1400', '1500']) await s.booked({ slot: `${MITO}-${time}` })
    expect((await desk.post('/desk/bookings/new', caller())).body).toContain(d.enter.refused.full.what)
    const waits = await desk.submit('/desk/bookings/new', caller({ full: 'wait' }))
    expect(waits.text).toContain(t.booking.statuses.waiting)
    const other = { phone: '029-111-2222', name_kana: 'サトウ', name: '佐藤' }
    const silent = await desk.post('/desk/bookings/new', caller({ ...other, full: 'over' }))
    expect([silent.status, silent.body.includes('id="over-error"')]).toEqual([422, true])
    const over = await desk.submit('/desk/bookings/new', caller({ ...other, full: 'over', over: '窓口に来られたため' }))
    expect(over.text).toContain(d.booking.happened['booking.over'])
    expect(over.text).toContain('窓口に来られたため')
    expect(await s.rows('select seats_taken, excess from session where id = ?', MITO)).toEqual([
      { seats_taken: 6, excess: 1 },
    ])
    const [id] = await s.column<string>("select id from booking where channel = 'api' order by number")
    const gone = await desk.post(`/desk/bookings/${id}/cancel`)
    expect([gone.status, gone.body.slice(0, 10)]).toEqual([303, ''])
    expect(await s.rows('select seats_taken, excess from session where id = ?', MITO)).toEqual([
      { seats_taken: 5, excess: 0 },
    ])
  })

  test('is taken after the public’s deadline, and not once the day is over or off', async () => {
    s.at('2026-11-27T00:30:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.post('/desk/bookings/new', caller())).status).toBe(303)
    s.at('2026-11-27T07:30:00.000Z')
    expect(
      (await desk.post('/desk/bookings/new', caller({ phone: '029-111-2222', name_kana: 'サトウ' }))).body,
    ).toContain(d.enter.refused.closed.what)
  })

  test('knows how many places are left while somebody is on the telephone', async () => {
    await s.booked()
    const answer = await s.ask(`/desk/bookings/places?session=${MITO}`, { headers: { cookie: desk.cookie } })
    expect(JSON.parse(answer.body)).toMatchObject({
      remaining: 4,
      slots: [{ id: `${MITO}-1000`, remaining: 1 }, {}, {}, {}, {}],
    })
  })
})

describe('the ledger', () => {
  test('finds a number, a name, kana, a company or a telephone in any width, and tells none of it in an address', async () => {
    await s.booked({ company: '株式会社髙﨑製作所', name: '髙橋 太郎', phone: '029-224-0001' })
    await s.booked({ company: '別の会社', name: '別 人', name_kana: 'ベツ ジン', phone: '03-1234-5678' })
    for (const text of [
      ...['ＩＢ-1127-01', 'ｉｂ112701', 'タカハシ', 'たかはし', 'ﾀｶﾊｼ', '髙﨑製作所', '高崎製作所', '高橋'],
      ...['０２９-２２４', '0292240001'],
    ]) {
      const page = await desk.submit('/desk/bookings', [['text', text]])
      expect([text, page.text.includes('IB-1127-01'), page.text.includes('IB-1127-02')]).toEqual([text, true, false])
    }
    const wild = await desk.submit('/desk/bookings', [['text', '%_%']])
    expect(wild.text).toContain(d.ledger.empty)
  })

  test('leads back to what was found, by an address that tells nobody else what it was', async () => {
    const { id } = await s.booked({ company: '株式会社髙﨑製作所', email: 'taro@example.jp' })
    const sent = await desk.post('/desk/bookings', [['text', 'taro@Example.jp']])
    expect(sent.status).toBe(303)
    expect(sent.location).not.toMatch(/taro|example\.jp/i)
    const address = pathOf(sent.location)
    expect((await desk.page(address)).text).toContain(d.ledger.found(1))
    expect((await desk.page(address)).root.querySelector('[name=text]')?.getAttribute('value')).toBe('taro@Example.jp')
    const headers = { cookie: desk.cookie, referer: `http://localhost:8787${address}` }
    const one = await s.page(`/desk/bookings/${id}`, { headers })
    expect(one.root.querySelectorAll('a').some((link) => link.getAttribute('href') === address)).toBe(true)
    for (const sealed of ['x', 'A'.repeat(60), address.slice(-40)]) {
      expect(
        (await desk.page(`/desk/bookings?s=${sealed}`)).root.querySelector('[name=text]')?.getAttribute('value'),
      ).toBe('')
    }
  })

  test('finds somebody by name on any day, not only on those ahead', async () => {
    await s.booked({ company: '大洗建設' })
    await s.run("update session set date = '2026-04-03' where id = ?", MITO)
    expect((await desk.submit('/desk/bookings', [['text', '大洗']])).text).toContain(d.ledger.found(1))
    const days: Fields = [
      ['from', '2026-11-01'],
      ['to', '2026-11-30'],
    ]
    expect((await desk.submit('/desk/bookings', [['text', '大洗'], ...days])).text).toContain(d.ledger.empty)
  })

  test('narrows by day, state, door and form, and keeps filters under a name', async () => {
    await s.booked()
    await desk.post('/desk/bookings/new', caller())
    const phone = await desk.page('/desk/bookings?channel=phone&from=2026-11-27&to=2026-11-27')
    expect(phone.text).toContain(d.ledger.found(1))
    expect((await desk.page('/desk/bookings?from=2026-12-01')).text).toContain(d.ledger.empty)
    expect((await desk.page('/desk/bookings?from=nonsense&status=x&page=-3')).text).toContain(d.ledger.found(2))
    const kept = await desk.submit('/desk/bookings/views', [
      ['name', '電話の分'],
      ['query', 'channel=phone'],
    ])
    expect(kept.text).toContain('電話の分')
    const [id] = await s.column<string>('select id from ledger_view')
    expect((await desk.submit(`/desk/bookings/views/${id}/drop`)).text).not.toContain('電話の分')
  })

  test('costs the same number of reads for one and for sixty lines, today’s page too', async () => {
    await s.run("update session set capacity = null where id = 'seminar-ahead-sample'")
    const all = await signedIn(s, 'secretariat')
    const cost = async (path: string) => {
      s.reads()
      expect((await all.page(path)).status).toBe(200)
      return s.reads()
    }
    const paths = ['/desk/bookings', '/desk', '/desk/letters', '/desk/sessions/seminar-ahead-sample']
    await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    const one: number[] = []
    for (const path of paths) one.push(await cost(path))
    for (let i = 0; i < 59; i++) await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    const sixty: number[] = []
    for (const path of paths) sixty.push(await cost(path))
    expect(sixty).toEqual(one)
    expect((await all.page('/desk/bookings')).text).toContain(d.ledger.page(1, 2))
    expect((await all.page('/desk/bookings?page=2')).text).toContain(d.ledger.page(2, 2))
  })

  test('shows nobody bookings of prefectures that are not theirs', async () => {
    await s.booked()
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.page('/desk/bookings')).text).toContain(d.ledger.empty)
    expect((await tokyo.submit('/desk/bookings', [['text', 'タカハシ']])).text).toContain(d.ledger.empty)
    expect(JSON.parse((await tokyo.post('/desk/bookings/alike', [['phone', '029-224-0001']])).body)).toEqual([])
    const [id] = await s.column<string>('select id from booking')
    for (const path of [`/desk/bookings/${id}`, `/desk/sessions/${MITO}`, `/desk/sessions/${MITO}/sheet`]) {
      expect((await tokyo.page(path)).status).toBe(403)
    }
  })
})

describe('one booking', () => {
  async function booked(changes: Record<string, unknown> = {}): Promise<{ id: string; page: () => Promise<Page> }> {
    const { id } = await s.booked(changes)
    return { id, page: () => desk.page(`/desk/bookings/${id}`) }
  }

  test('is cancelled by the desk also after the deadline, after a question, and its holder is told', async () => {
    const { id } = await booked()
    s.at('2026-11-27T01:20:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const form = formTo(await desk.page(`/desk/bookings/${id}/cancel`), `/desk/bookings/${id}/cancel`)
    expect(form.text).toContain(d.booking.cancelYes)
    expect((await desk.submit(`/desk/bookings/${id}/cancel`)).text).toContain(d.booking.done.cancelled)
    expect(await s.column("select kind from outbox where subject = ? and kind = 'cancelled'", id)).toHaveLength(1)
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

  test('of two people who edit it at once the second is told, and nothing is overwritten', async () => {
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

  test('has its contact corrected; a new address is sent the link, and a person never doubled', async () => {
    const { id, page } = await booked({ email: 'old@example.jp' })
    await booked({ email: 'other@example.jp', slot: `${MITO}-1100` })
    const form = formTo(await page(), `/desk/bookings/${id}/correct`)
    const twice = await desk.post(`/desk/bookings/${id}/correct`, fieldsOf(form, { email: 'other@example.jp' }))
    expect(twice.status).toBe(409)
    await desk.post(`/desk/bookings/${id}/correct`, fieldsOf(form, { email: 'new@example.jp', name: '髙橋 花子' }))
    expect(await s.rows('select email, name from booking where id = ?', id)).toEqual([
      { email: 'new@example.jp', name: '髙橋 花子' },
    ])
    expect(await s.column("select cast(count(*) as integer) from outbox where kind = 'link'")).toEqual([1])
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

  test('its note is never shown to its holder', async () => {
    const own = await s.booked()
    await desk.post(`/desk/bookings/${own.id}/note`, [
      ['note', '声が大きい'],
      ['revision', '0'],
    ])
    expect((await s.page(`/b/${own.token}`)).body).not.toContain('声が大きい')
  })
})

describe('a session as a whole', () => {
  test('is called off after a look at who is concerned and what they will read', async () => {
    await s.booked({ email: 'taro@example.jp' })
    await desk.post('/desk/bookings/new', caller({ slot: `${MITO}-1100` }))
    const path = `/desk/sessions/${MITO}/call-off`
    const blank = await desk.post(path, [['reason_ja', ' ']])
    expect([blank.status, blank.body.includes('id="reason_ja-error"')]).toEqual([422, true])
    const look = await desk.submit(path, [['reason_ja', '大雪のため']])
    expect(look.text).toContain(d.session.concerned(2, 2))
    expect(look.text).toContain(d.session.byPhone(1))
    expect(look.text).toContain('【開催中止】')
    expect(look.text).toContain('大雪のため')
    expect(await s.column('select state from session where id = ?', MITO)).toEqual(['published'])
    const done = await desk.submit(path, fieldsOf(formTo(look, path)).concat([['step', 'do']]))
    expect(done.text).toContain(d.session.done['call-off'])
    expect(done.text).toContain(d.session.toCall)
    expect(done.text).toContain(d.session.happened['session.called_off'])
    expect(done.text).toContain('大洗建設') // who was to come is still listed
    expect(await s.column("select cast(count(*) as integer) from booking where status = 'cancelled'")).toEqual([2])
    const today = await desk.page('/desk')
    expect(today.text).toContain('海野 次郎')
    const [call] = await s.column<string>("select id from outbox where channel = 'phone'")
    await desk.post(`/desk/calls/${call}`)
    expect((await desk.page('/desk')).text).not.toContain('海野 次郎')
  })

  test('is rescheduled, postponed or converted, each after a look', async () => {
    await s.booked()
    const at = (act: string) => `/desk/sessions/${MITO}/${act}`
    const look = await desk.submit(at('reschedule'), [
      ['date', '2026-12-01'],
      ['starts', ''],
      ['reason_ja', '都合により'],
    ])
    expect(look.text).toContain('12月1日(火)')
    const go = (page: Page, act: string) => desk.submit(at(act), [...fieldsOf(formTo(page, at(act))), ['step', 'do']])
    expect((await go(look, 'reschedule')).text).toContain(d.session.done.reschedule)
    expect(await s.column('select date from session where id = ?', MITO)).toEqual(['2026-12-01'])
    const web = await desk.submit(at('convert'), [
      ['into', 'online'],
      ['reason_ja', '感染対策'],
    ])
    expect((await go(web, 'convert')).text).toContain(d.session.done.convert)
    const later = await desk.submit(at('reschedule'), [
      ['postpone', 'true'],
      ['reason_ja', '会場の都合'],
    ])
    expect((await go(later, 'reschedule')).text).toContain(d.session.done.reschedule)
    expect(await s.column('select state from session where id = ?', MITO)).toEqual(['postponed'])
    expect(await s.column('select sequence from booking')).toEqual([3])
  })

  test('has a sheet for the printer, without who only waits', async () => {
    await s.booked({ company: '株式会社髙﨑製作所', seats: 2 })
    await s.booked({ company: '待ち商店', seats: 2, waitlist: true })
    const sheet = await desk.page(`/desk/sessions/${MITO}/sheet`)
    expect(sheet.text).toContain('株式会社髙﨑製作所')
    expect(sheet.text).not.toContain('待ち商店')
  })
})

describe('letters', () => {
  test('that failed say why and are sent again by the desk of their prefecture', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    desk = await signedIn(s, 'desk', '08')
    const tokyo = await signedIn(s, 'desk', '13')
    await s.booked()
    await s.run("update outbox set state = 'failed', fault = 'RCPT: 550 no such user' where kind = 'booked'")
    const list = await desk.page('/desk/letters?state=failed')
    expect(list.text).toContain('550 no such user')
    expect((await desk.page('/desk')).text).toContain(d.today.tiles.failed)
    const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
    expect((await desk.page(`/desk/letters/${id}`)).text).toContain(d.letters.resend)
    expect((await tokyo.post(`/desk/letters/${id}/resend`)).status).toBe(403)
    expect((await tokyo.page(`/desk/letters/${id}`)).status).toBe(403)
    expect((await desk.submit(`/desk/letters/${id}/resend`)).text).toContain(d.letters.resent)
    expect(await s.rows("select state, attempts, fault from outbox where kind = 'booked'")).toEqual([
      { state: 'waiting', attempts: 0, fault: null },
    ])
    expect((await desk.submit(`/desk/letters/${id}/resend`)).text).toContain(d.letters.cannot)
  })

  test('that somebody says never came are sent once more, unless something newer has been written', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    desk = await signedIn(s, 'desk', '08')
    await s.booked()
    await s.run("update outbox set state = 'sent' where kind = 'booked'")
    const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
    expect((await desk.page(`/desk/letters/${id}`)).text).toContain(d.letters.resend)
    expect((await desk.submit(`/desk/letters/${id}/resend`)).text).toContain(d.letters.resent)
    expect((await desk.submit(`/desk/letters/${id}/resend`)).text).toContain(d.letters.cannot)
    await s.run("update outbox set state = 'sent' where kind = 'booked'")
    await s.run('update booking set sequence = 1')
    expect((await desk.page(`/desk/letters/${id}`)).text).not.toContain(d.letters.resend)
    expect((await desk.submit(`/desk/letters/${id}/resend`)).text).toContain(d.letters.cannot)
  })

  test('of every kind are shown as the holder of a booking would get them, and none is sent', async () => {
    const { id } = await s.booked()
    for (const kind of Object.keys(t.letters.kinds).filter(
      (one) => !['confirm_interest', 'settled', 'sign_in'].includes(one),
    )) {
      const page = await desk.page(`/desk/bookings/${id}/letter?kind=${kind}`)
      expect([kind, page.status]).toEqual([kind, 200])
      expect(page.text).toContain('様')
    }
    expect(await s.column('select cast(count(*) as integer) from outbox where subject = ?', id)).toEqual([1])
  })

  test('by which others sign in are read by nobody', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    const all = await signedIn(s, 'secretariat')
    const [id] = await s.column<string>("select id from outbox where kind = 'sign_in'")
    expect((await all.page(`/desk/letters/${id}`)).status).toBe(404)
    expect((await all.page('/desk/letters')).text).not.toContain(t.letters.kinds.sign_in)
  })
})

/** Who may go where: what each answers to a viewer, the desk of the prefecture, of another one, the secretariat, an expert. */
const MAY: Record<string, [viewer: number, desk: number, other: number, secretariat: number, expert: number]> = {
  'GET /desk': [200, 200, 200, 200, 200],
  'GET /desk/bookings': [200, 200, 200, 200, 200],
  'GET /desk/bookings/new': [200, 200, 200, 200, 200],
  'GET /desk/bookings/places': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/cancel': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/move': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/letter': [200, 200, 403, 200, 403],
  'GET /desk/bookings/:id/arrive': [200, 200, 403, 200, 403],
  'POST /desk/bookings': [303, 303, 303, 303, 303],
  'POST /desk/bookings/alike': [200, 200, 200, 200, 200],
  'POST /desk/bookings/views': [303, 303, 303, 303, 303],
  'POST /desk/bookings/views/:id/drop': [303, 303, 303, 303, 303],
  'POST /desk/bookings/new': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/cancel': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/move': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/note': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/correct': [403, 422, 403, 422, 403],
  'POST /desk/bookings/:id/attend': [403, 409, 403, 409, 403],
  'POST /desk/bookings/:id/approve': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/turn-down': [403, 409, 403, 409, 403],
  'POST /desk/bookings/:id/promote': [403, 303, 403, 303, 403],
  'POST /desk/bookings/:id/meeting': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id': [200, 200, 403, 200, 403],
  'GET /desk/sessions/:id/sheet': [200, 200, 403, 200, 403],
  'GET /desk/sessions/:id/:act': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/:act': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/edit': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/edit': [403, 422, 403, 422, 403],
  'GET /desk/sessions/:id/skip': [403, 200, 403, 200, 403],
  'POST /desk/sessions/:id/skip': [403, 422, 403, 422, 403],
  'POST /desk/sessions/:id/open': [403, 303, 403, 303, 403],
  'POST /desk/sessions/:id/undo': [403, 409, 403, 409, 403],
  'GET /desk/schedule': [200, 200, 200, 200, 200],
  'GET /desk/series': [200, 200, 200, 200, 200],
  'GET /desk/series/new': [403, 200, 200, 200, 403],
  'POST /desk/series/new': [403, 422, 422, 422, 403],
  'GET /desk/series/:id': [200, 200, 403, 200, 403],
  'POST /desk/series/:id': [403, 422, 403, 422, 403],
  'POST /desk/series/:id/undo': [403, 409, 403, 409, 403],
  'GET /desk/venues': [200, 200, 200, 200, 200],
  'GET /desk/venues/new': [403, 200, 200, 200, 403],
  'POST /desk/venues/new': [403, 422, 422, 422, 403],
  'GET /desk/venues/:id': [200, 200, 403, 200, 403],
  'POST /desk/venues/:id': [403, 422, 403, 422, 403],
  'GET /desk/closures': [200, 200, 200, 200, 200],
  'POST /desk/closures': [403, 422, 422, 422, 403],
  'GET /desk/suspensions': [200, 200, 200, 200, 200],
  'POST /desk/suspensions': [403, 422, 422, 422, 403],
  'POST /desk/suspensions/:id/lift': [404, 404, 404, 404, 404],
  'GET /desk/programme': [403, 403, 403, 200, 403],
  'POST /desk/programme': [403, 403, 403, 303, 403],
  'GET /desk/letters': [200, 200, 200, 200, 200],
  'GET /desk/letters/:id': [200, 200, 403, 200, 403],
  'GET /desk/letters/:id/html': [200, 200, 403, 200, 403],
  'POST /desk/letters/:id/resend': [403, 303, 403, 303, 403],
  'POST /desk/calls/:id': [404, 404, 404, 404, 404],
  'GET /desk/survey': [200, 200, 200, 200, 403],
  'GET /desk/figures': [200, 200, 200, 200, 403],
  'GET /desk/figures/report': [200, 200, 200, 200, 403],
  'POST /desk/exports': [403, 422, 422, 422, 403],
  'GET /desk/exports/:id': [403, 404, 404, 404, 403],
  'POST /desk/exports/:id/file': [403, 404, 404, 404, 403],
  'GET /desk/people': [403, 403, 403, 200, 403],
  'GET /desk/people/new': [403, 403, 403, 200, 403],
  'POST /desk/people/new': [403, 403, 403, 422, 403],
  'GET /desk/people/:id': [403, 403, 403, 200, 403],
  'POST /desk/people/:id': [403, 403, 403, 422, 403],
  'GET /desk/proof': [200, 200, 200, 200, 200],
  'POST /desk/proof': [422, 422, 422, 422, 422],
  'POST /desk/proof/passkey/challenge': [200, 200, 200, 200, 200],
  'POST /desk/proof/passkey': [422, 422, 422, 422, 422],
  'GET /desk/security': [200, 200, 200, 200, 200],
  'POST /desk/security/totp': [303, 303, 303, 303, 303],
  'POST /desk/security/passkey/challenge': [200, 200, 200, 200, 200],
  'POST /desk/security/passkey': [422, 422, 422, 422, 422],
  'POST /desk/security/drop': [303, 303, 303, 303, 303],
  'POST /desk/security/end': [303, 303, 303, 303, 303],
  'POST /desk/security/feeds': [200, 200, 200, 200, 200],
  'POST /desk/security/feeds/:id/drop': [303, 303, 303, 303, 303],
}

/** Ways in, and the way out: open to who is not signed in, or tested where they are. */
const OPEN = [
  '/desk/feeds/:file{[^/]+\\.ics}',
  '/desk/sign-in',
  '/desk/sign-in/code',
  '/desk/sign-in/:token',
  '/desk/sign-out',
]

const TIMES = ['1000', '1100', '1300', '1400', '1500']
let asked = 0

/** Asks one route as somebody, about rows of Ibaraki that were just made; the status of the answer. */
async function answered(staff: Staff, route: string): Promise<number> {
  const [method = '', pattern = ''] = route.split(' ')
  asked++
  const { id: booking } = await s.booked({ session: NEXT, slot: `${NEXT}-${TIMES[asked % TIMES.length]}` })
  const [letter = ''] = await s.column<string>('select id from outbox where subject = ?', booking)
  const ids: [string, string][] = [
    ['/suspensions/', 'nothing'],
    ['/series/', 'ibaraki'],
    ['/venues/', 'ibaraki'],
    ['/sessions/', MITO],
    ['/letters/', letter],
    ['/people/', staff.id],
    ['/', booking],
  ]
  const own = ids.find(([part]) => pattern.includes(part))?.[1] ?? ''
  const path = pattern.replace(':id', own).replace(':act', 'call-off')
  const query = pattern.endsWith('/places') ? `?session=${MITO}` : ''
  const entering = route === 'POST /desk/bookings/new'
  if (entering) await s.run('update session set capacity = 0 where id = ?', MITO)
  const fields: Fields = entering ? [...caller(), ['sure', 'true']] : []
  const answer =
    method === 'GET' ? await s.ask(path + query, { headers: { cookie: staff.cookie } }) : await staff.post(path, fields)
  // Its place is free for the next.
  await s.run("update booking set status = 'cancelled'")
  await s.run('update session set seats_taken = 0')
  await s.run('update slot set seats_taken = 0')
  return answer.status
}

describe('every route of the console', () => {
  test('is in the table of who may go where', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    const routes = s.app.routes
      .filter(({ path, method }) => /^\/desk(\/|$)/.test(path) && method !== 'ALL' && !OPEN.includes(path))
      .map(({ path, method }) => `${method} ${path.replace(/\/$/, '')}`)
    expect([...new Set(routes)].toSorted()).toEqual(Object.keys(MAY).toSorted())
  })

  test('leads who is not signed in to the way in, and does nothing for them', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    for (const route of Object.keys(MAY)) {
      const [method = '', path = ''] = route.split(' ')
      const answer = await s.ask(path.replace(':id', 'x').replace(':act', 'call-off'), { method })
      const to = answer.location && pathOf(answer.location).split('?')[0]
      expect([route, answer.status, to]).toEqual([route, ...(method === 'GET' ? [303, '/desk/sign-in'] : [401, ''])])
    }
  })

  test.each([
    ['viewer', ['08'], 0],
    ['desk', ['08'], 1],
    ['desk', ['13'], 2],
    ['secretariat', [], 3],
    ['expert', [], 4],
  ] as [Role, string[], number][])('answers a %s of %j as the table says', async (role, prefectures, column) => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    const staff = await signedIn(s, role, ...prefectures)
    const told: Record<string, number> = {}
    for (const route of Object.keys(MAY)) told[route] = await answered(staff, route)
    expect(told).toEqual(Object.fromEntries(Object.entries(MAY).map(([route, expected]) => [route, expected[column]])))
  })
})

test('a private feed has the sessions of a desk with how full they are, nobody’s name, and ends when it is taken back', async () => {
  await s.booked({ company: '株式会社髙﨑製作所' })
  const made = await desk.submit('/desk/security/feeds', [['name', '水戸']])
  const address = /http\S+\.ics/.exec(made.text)?.[0] ?? ''
  const feed = await s.ask(pathOf(address))
  expect(feed.status).toBe(200)
  expect(feed.body).toContain('SUMMARY:テレワーク無料相談会 予約 1/5名')
  expect(feed.body).not.toContain('髙﨑')
  expect((await s.ask(pathOf(address), { headers: { 'if-none-match': feed.headers.get('etag') ?? '' } })).status).toBe(
    304,
  )
  expect(JSON.stringify(await s.rows('select * from staff_feed'))).not.toContain(
    address.split('/').at(-1)?.slice(0, 64),
  )
  const [id] = await s.column<string>('select id from staff_feed')
  await desk.post(`/desk/security/feeds/${id}/drop`)
  expect((await s.ask(pathOf(address))).status).toBe(404)
})

test('what somebody typed as a name is text on every page of the console', async () => {
  const odd = '<script>alert(1)</script>'
  const { id } = await s.booked({ company: odd, name: odd, message: odd })
  await desk.post(`/desk/bookings/${id}/note`, [
    ['note', odd],
    ['revision', '0'],
  ])
  for (const path of ['/desk', '/desk/bookings', `/desk/bookings/${id}`, `/desk/sessions/${MITO}/sheet`]) {
    expect((await desk.page(path)).body).not.toContain('<script>alert')
  }
})

describe('the survey', () => {
  const answer = (id: string, prefecture: string, comment: string) =>
    s.run(
      `insert into survey_answer (id, programme, prefecture, kind, month, satisfaction, understood, telework, recommend, comment)
       values (?, 'fy2026', ?, 'consultation', '2026-11', 5, 4, 'started', 3, ?)`,
      ...[id, prefecture, comment],
    )

  test('is told from three answers on, of one’s own prefectures, and of all only to the secretariat', async () => {
    for (const id of ['a', 'b']) await answer(id, '08', '')
    expect((await desk.page('/desk/survey')).text).toContain(d.survey.few.what)
    await answer('c', '08', 'とても参考になりました')
    const own = await desk.page('/desk/survey?month=2026-11')
    expect(own.text).toContain(d.survey.answers(3))
    expect(own.text).toContain(d.survey.mean(5))
    expect(own.text).toContain('とても参考になりました')
    expect((await desk.page('/desk/survey?prefecture=13')).status).toBe(403)
    expect((await (await signedIn(s, 'secretariat')).page('/desk/survey')).text).toContain(d.survey.answers(3))
  })
})
