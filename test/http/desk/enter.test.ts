import { parse } from 'node-html-parser'
import { beforeEach, describe, expect, test } from 'vitest'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { texts } from '../../../templates/text/index.ts'
import { freshKey, MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pageOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

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
  test('asks for its session if none, or one that takes no more bookings, was chosen', async () => {
    const wrong = async (address: string) => (await desk.page(address)).main.querySelector('.alert')?.text
    expect(await wrong('/desk/bookings/new')).toBeUndefined()
    expect(await wrong('/desk/bookings/new?session=')).toContain('日程を選んでください')
    expect(await wrong('/desk/bookings/new?session=nothing')).toContain('日程を選んでください')
    expect(await wrong(`/desk/bookings/new?session=${MITO}`)).toBeUndefined()
  })

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

  test('of somebody who is told in English needs no kana', async () => {
    const fields = (locale: string) =>
      caller({ locale, name: 'Anna Müller', name_kana: '', email: 'anna@example.jp', company: 'Müller GmbH' })
    const page = await desk.submit('/desk/bookings/new', fields('ja'))
    expect([page.status, page.root.querySelector('#name_kana-error') !== null]).toEqual([422, true])
    const done = await desk.submit('/desk/bookings/new', fields('en'))
    expect(done.text).toContain(d.booking.done.entered)
    expect(await s.rows('select name_kana, locale from booking')).toEqual([{ name_kana: '', locale: 'en' }])
    const form = await desk.page(`/desk/bookings/new?session=${MITO}`)
    expect(form.root.querySelectorAll('input[name=locale]').map((one) => one.getAttribute('value'))).toEqual([
      'ja',
      'en',
    ])
  })

  test('is entered and corrected in English about another person', async () => {
    const { id } = await s.booked({ locale: 'en', name_kana: '' })
    for (const path of [`/desk/bookings/new?session=${MITO}&lang=en`, `/desk/bookings/${id}?lang=en`]) {
      const page = await desk.page(path)
      expect([path, page.text.includes('Name in kana'), /\byour name\b|・/i.test(page.text)]).toEqual([
        path,
        true,
        false,
      ])
    }
    const kana = (await desk.page(`/desk/bookings/${id}`)).root.querySelector('#name_kana')
    expect(kana?.hasAttribute('required')).toBe(false)
  })

  test('keeps what was typed while its session goes, and offers the others', async () => {
    await s.run(`update session set state = 'called_off' where id = '${MITO}'`)
    const page = await desk.submit('/desk/bookings/new', caller({ note: '駐車場' }))
    expect(page.status).toBe(409)
    const others = formTo(page, '/desk/bookings/new#form', 'session')
    const chosen = [...fieldsOf(others).filter(([name]) => name !== 'session'), ['session', NEXT]] as Fields
    const again = new Map(fieldsOf(formTo(await desk.submit('/desk/bookings/new', chosen), '/desk/bookings/new')))
    expect([again.get('name'), again.get('note')]).toEqual(['海野 次郎', '駐車場'])
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
    expect(fields.get('slot')).toBeUndefined()
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

  test('warns of somebody who may have booked already, and enters them anyway if that is wanted', async () => {
    await desk.post('/desk/bookings/new', caller())
    const again = caller({ session: NEXT, slot: `${NEXT}-1000`, name: '海野 三郎' })
    const warned = await desk.post('/desk/bookings/new', again)
    expect(warned.status).toBe(409)
    expect(warned.body).toContain(d.enter.known)
    expect(warned.body).toContain('IB-1127-01')
    const page = await desk.submit('/desk/bookings/new', [...again, ['sure', 'true']])
    expect(page.text).toContain('IB-1204-01')
    const alike = async (fields: Record<string, string>) =>
      parse(
        (await desk.post('/desk/bookings/alike', Object.entries({ phone: '', name_kana: '', email: '', ...fields })))
          .body,
      )
    expect((await alike({ phone: '0292670003' })).querySelectorAll('input[name=seen]')).toHaveLength(2)
    await s.booked({ name: 'Müller 渡邊', name_kana: 'ワタナベ ヴァレンティン', slot: `${MITO}-1100` })
    for (const name_kana of ['わたなべ ばれんてぃん', 'ﾜﾀﾅﾍﾞ・ﾊﾞﾚﾝﾃｨﾝ']) {
      const found = (await alike({ name_kana })).querySelectorAll('li bdi').map((one) => one.text)
      expect([name_kana, found.includes('Müller 渡邊')]).toEqual([name_kana, true])
    }
  })

  test('of a full day is refused, waits, or goes over deliberately with a reason on record', async () => {
    for (const time of ['1000', '1100', '1300', '1400', '1500']) await s.booked({ slot: `${MITO}-${time}` })
    expect((await desk.post('/desk/bookings/new', caller())).body).toContain(d.enter.refused.full.what)
    const waits = await desk.submit('/desk/bookings/new', caller({ full: 'wait' }))
    expect(waits.text).toContain(t.standings.waiting)
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

test('what was shown beside the field is not asked about again', async () => {
  await desk.post('/desk/bookings/new', caller())
  const again = caller({ session: NEXT, slot: `${NEXT}-1000` })
  const [id = ''] = await s.column<string>('select id from booking')
  expect((await desk.post('/desk/bookings/new', [...again, ['seen', 'another']])).status).toBe(409)
  expect((await desk.post('/desk/bookings/new', [...again, ['seen', 'another'], ['seen', id]])).status).toBe(303)
  expect(await rows()).toHaveLength(2)
})

describe('a second person of the same firm in the same session', () => {
  const second = { name: '山田 花子', name_kana: 'ヤマダ ハナコ', slot: `${MITO}-1100`, email: 'office@example.jp' }
  const ask = (fields: Record<string, string>, extra: Fields = []) =>
    desk.submit('/desk/bookings/new', [...caller({ ...second, ...fields }), ['sure', 'true'], ...extra])

  test('with the same e-mail is refused with the way to the booking that is there, and entered without e-mail', async () => {
    await desk.post('/desk/bookings/new', caller({ email: 'office@example.jp' }))
    const [id] = await s.column<string>('select id from booking')
    const page = await ask({})
    expect([page.status, page.text.includes(d.enter.twice.mail.what)]).toEqual([409, true])
    const alert = page.main.querySelector('[role=alert]')
    expect(alert?.querySelector(`a[href="/desk/bookings/${id}"]`)?.text).toContain('海野 次郎')
    expect(page.main.querySelectorAll('#known p').map(({ text }) => text)).not.toContain(d.enter.knownText)
    const button = page.main.querySelector('#known button[name=without]')
    expect(button?.text.trim()).toBe(d.enter.without)
    const form = formTo(page, '/desk/bookings/new')
    // The first button is what the Enter key presses.
    expect(page.root.querySelectorAll('[type=submit]').find((one) => one.getAttribute('form') === 'form')).not.toBe(
      button,
    )
    const done = await desk.submit('/desk/bookings/new', [...fieldsOf(form), ['session', MITO], ['without', 'email']])
    expect(done.text).toContain(d.booking.done.entered)
    expect(await s.rows("select name, email from booking order by coalesce(email, '') desc")).toEqual([
      { name: '海野 次郎', email: 'office@example.jp' },
      { name: '山田 花子', email: null },
    ])
  })

  test('is told beside the field what the act will do', async () => {
    await desk.post('/desk/bookings/new', caller({ email: 'office@example.jp' }))
    await ask({ email: '', phone: '029-111-2222', name: '海野 次郎', name_kana: 'うんの じろう' })
    const beside = async (fields: Record<string, string>) =>
      (await desk.post('/desk/bookings/alike', Object.entries({ shown_of: MITO, phone: '', ...fields }))).body
    const mail = await beside({ email: 'ＯＦＦＩＣＥ@example.jp', name_kana: 'ヤマダ ハナコ' })
    expect([mail.includes(d.enter.twice.mail.what), mail.includes(d.enter.knownText)]).toEqual([true, false])
    const phone = await beside({ email: '', phone: '０２９-１１１-2222', name_kana: 'うんの じろう' })
    expect([phone.includes(d.enter.twice.phone.what), phone.includes('name="without"')]).toEqual([true, false])
    const other = await beside({ email: 'office@example.jp', shown_of: NEXT })
    expect([other.includes(d.enter.twice.mail.what), other.includes(d.enter.knownText)]).toEqual([false, true])
    const tokyo = await signedIn(s, 'desk', '13')
    const fields = Object.entries({ shown_of: MITO, phone: '', email: 'office@example.jp', name_kana: '' })
    expect((await tokyo.post('/desk/bookings/alike', fields)).body).toBe('')
    const same = await ask({ email: '', phone: '029-111-2222', name_kana: 'うんの じろう' })
    expect([same.status, same.text.includes(d.enter.twice.phone.what)]).toEqual([409, true])
  })
})

test('a full time leads to the fields that solve it, and a reason is required only to exceed the capacity', async () => {
  for (const time of ['1000', '1100', '1300', '1400', '1500']) await s.booked({ slot: `${MITO}-${time}` })
  const page = pageOf(await desk.post('/desk/bookings/new', caller()))
  const alert = page.main.querySelector('[role=alert]')
  const links = alert?.querySelectorAll('a').map((one) => one.getAttribute('href') ?? '') ?? []
  expect(links).toEqual(['#slot', '#session', '#full', '#over'])
  for (const link of links) expect(page.main.querySelectorAll(link)).toHaveLength(1)
  expect([alert?.hasAttribute('autofocus'), alert?.getAttribute('tabindex')]).toEqual([true, '-1'])
  const need = (of: typeof page) => of.main.querySelector('label[for=over]')?.querySelector('.need, .opt')
  expect([need(page)?.text, need(page)?.getAttribute('class')]).toEqual([d.enter.overNeeded, 'opt'])
  const silent = pageOf(await desk.post('/desk/bookings/new', caller({ full: 'over' })))
  expect([need(silent)?.text, need(silent)?.getAttribute('class')]).toEqual([t.need, 'need'])
  expect(silent.main.querySelector('[role=alert] a')?.getAttribute('href')).toBe('#over')
})

test('similar bookings, a slip in the address and every fault are said in one round', async () => {
  await desk.post('/desk/bookings/new', caller())
  const owner = { series: null, session: MITO }
  await addQuestion(s.system, owner, {
    kind: 'number',
    required: 'true',
    label_ja: '従業員の人数',
    label_en: 'Employees',
  })
  const [question] = await s.column<string>('select id from question')
  const wrong = { company: '', name_kana: '', email: 'jiro@gmial.com', consent: '', full: 'over', seats: '99' }
  const page = await desk.submit('/desk/bookings/new', caller({ ...wrong, slot: '', [`answers.${question}`]: '多い' }))
  expect(page.status).toBe(409)
  expect(page.text).toContain(d.enter.known)
  expect(page.text).toContain('gmail.com')
  const faults = page.root.querySelectorAll('[role=alert] a').map((link) => link.getAttribute('href'))
  expect(faults).toEqual(['#slot', '#name_kana', '#company', `#answers.${question}`, '#consent', '#over'])
  expect(await rows()).toHaveLength(1)
})

test('the person of an earlier booking fills the form, and what was typed about the new one stays', async () => {
  const { id } = await s.booked({ company: '大洗建設', name: '海野 次郎', name_kana: 'ウンノ ジロウ', employees: 40 })
  const typed = caller({ session: NEXT, slot: `${NEXT}-1100`, company: '', name: '', name_kana: '', note: '駐車場' })
  const page = await desk.submit('/desk/bookings/new', [...typed, ['topics', 'labour'], ['use', id]])
  expect(page.status).toBe(200)
  const fields = fieldsOf(formTo(page, '/desk/bookings/new'))
  const value = (name: string) => fields.filter(([one]) => one === name).map(([, each]) => each)
  for (const [name, expected] of [
    ['company', '大洗建設'],
    ['name', '海野 次郎'],
    ['name_kana', 'ウンノ ジロウ'],
    ['phone', '０２９-224-０００１'],
    ['employees', '40'],
    ['slot', `${NEXT}-1100`],
    ['note', '駐車場'],
    ['topics', 'labour'],
    ['seen', id],
  ] as const) {
    expect([name, value(name)]).toEqual([name, [expected]])
  }
  expect(await rows()).toHaveLength(1)
  const done = await desk.submit('/desk/bookings/new', [...fields, ['session', NEXT]])
  expect(done.text).toContain(d.booking.done.entered)
  expect(await s.column("select topics from booking where channel = 'phone'")).toEqual(['labour'])
  const tokyo = await signedIn(s, 'desk', '13')
  expect((await tokyo.post('/desk/bookings/new', [['use', id]])).status).toBe(403)
  expect((await desk.post('/desk/bookings/new', [['use', 'nobody']])).status).toBe(404)
})

test('what is known of a firm is shown by its telephone, to its own desk only', async () => {
  const ids: string[] = []
  for (const time of ['1000', '1100', '1300', '1400']) ids.push((await s.booked({ slot: `${MITO}-${time}` })).id)
  await s.run("update booking set status = 'attended' where id = ?", ids[0])
  await s.run("update booking set status = 'absent', note = '折り返し済み' where id = ?", ids[1])
  await s.run("update booking set status = 'cancelled', ended = 'cancelled' where id = ?", ids[2])
  const seen = async (staff: Staff, phone: string) =>
    (await staff.post('/desk/bookings/alike', Object.entries({ phone, name_kana: '', email: '' }))).body
  const told = await seen(desk, '029 224 0001')
  for (const words of [d.enter.firmCounts(4, 1, 1), d.enter.absences(1), '折り返し済み', t.standings.cancelled]) {
    expect(told).toContain(words)
  }
  expect(await seen(desk, '029-224-9999')).toBe('')
  expect(await seen(await signedIn(s, 'desk', '13'), '029-224-0001')).toBe('')
  s.at('2027-04-05T01:00:00.000Z')
  expect(await seen(await signedIn(s, 'desk', '08'), '029-224-0001')).toContain(d.enter.firmCounts(4, 0, 0))
})

test('goes on with the next booking of the same session, and names the one before', async () => {
  const next = await desk.submit('/desk/bookings/new', [...caller(), ['more', 'true']])
  expect(next.text).toContain(d.enter.entered('IB-1127-01 大洗建設 海野 次郎'))
  const full = { phone: '029-224-0009', company: '待ち商店', sure: 'true', more: 'true', full: 'wait' }
  await s.run('update slot set capacity = 1 where session = ?', MITO)
  const waits = await desk.submit('/desk/bookings/new', caller(full))
  expect(waits.text).toContain(d.enter.enteredAs('IB-1127-02 待ち商店 海野 次郎', t.standings.waiting))
  const fields = new Map(fieldsOf(formTo(next, '/desk/bookings/new')))
  expect([fields.get('shown_of'), fields.get('company'), fields.get('slot')]).toEqual([MITO, '', undefined])
  const one = await desk.submit('/desk/bookings/new', caller({ session: NEXT, slot: `${NEXT}-1000`, sure: 'true' }))
  expect(one.main.querySelector('[data-key=n]')?.getAttribute('href')).toBe(`/desk/bookings/new?session=${NEXT}#form`)
  const [id] = await s.column<string>('select id from booking')
  const tokyo = await signedIn(s, 'desk', '13')
  expect((await tokyo.page(`/desk/bookings/new?entered=${id}`)).text).not.toContain('大洗建設')
})

test('no time is chosen for the caller while several have room; the only one with room is', async () => {
  const chosen = async (query = '') =>
    (await desk.page(`/desk/bookings/new?session=${MITO}${query}`)).root
      .querySelectorAll('input[name=slot][checked]')
      .map((one) => one.getAttribute('value'))
  expect(await chosen()).toEqual([])
  expect(await chosen(`&slot=${MITO}-1300`)).toEqual([`${MITO}-1300`])
  const silent = await desk.post('/desk/bookings/new', caller({ slot: '' }))
  expect([silent.status, silent.body.includes('id="slot-error"')]).toEqual([422, true])
  await s.run('update slot set capacity = 1')
  for (const time of ['1000', '1100', '1300', '1500']) await s.booked({ slot: `${MITO}-${time}` })
  expect(await chosen()).toEqual([`${MITO}-1400`])
  const { id } = await s.booked({ session: NEXT, slot: `${NEXT}-1300` })
  await s.booked({ slot: `${MITO}-1400` })
  expect(await chosen()).toEqual([])
  const places = async (session: string) =>
    (await desk.page(`/desk/bookings/${id}/move?session=${session}`)).root
      .querySelectorAll('input[name=place][checked]')
      .map((one) => one.getAttribute('value'))
  const other = 'ibaraki-2026-12-11'
  expect(await places(other)).toEqual([`${other} ${other}-1300`])
  await s.booked({ session: other, slot: `${other}-1300` })
  expect(await places(other)).toEqual([])
})

test('of several formats none is chosen before the clerk asked, and all that is missing is said in one round', async () => {
  const formats = async (path: string, name = 'format') =>
    (await desk.page(path)).main
      .querySelectorAll(`input[name=${name}]`)
      .map((one) => [one.getAttribute('value'), one.hasAttribute('checked')])
  await s.run("update session set formats = 'onsite,online' where id = ?", MITO)
  const path = `/desk/bookings/new?session=${MITO}`
  expect(await formats(path)).toEqual([
    ['onsite', false],
    ['online', false],
  ])
  const page = pageOf(await desk.post('/desk/bookings/new', caller({ format: '', slot: '', name: '' })))
  const faults = page.main.querySelectorAll('.err').map((one) => one.getAttribute('id'))
  expect([page.status, faults]).toEqual([422, ['slot-error', 'format-error', 'name-error']])
  expect(page.main.querySelector('#format-error')?.text).toContain('開催形式を選んでください')
  await s.run("update session set formats = 'online' where id = ?", MITO)
  expect(await formats(path)).toEqual([['online', true]])
  // A booking in a form that another day does not have.
  const { id } = await s.booked({ session: NEXT, slot: `${NEXT}-1300` })
  await s.run("update session set formats = 'online,phone' where id = ?", MITO)
  expect(await formats(`/desk/bookings/${id}/move?session=${MITO}`)).toEqual([
    ['online', false],
    ['phone', false],
  ])
  const place: Fields = [['place', `${MITO} ${MITO}-1300`]]
  const moved = pageOf(await desk.post(`/desk/bookings/${id}/move`, place))
  expect([moved.status, moved.main.querySelector('#format-error') !== null]).toEqual([422, true])
  expect(moved.main.querySelector('input[name=place][checked]')?.getAttribute('value')).toBe(place[0]?.[1])
})

test('a list of days to choose from says their hours', async () => {
  const { id } = await s.booked({ session: NEXT, slot: `${NEXT}-1000` })
  const ticked = Object.entries({ act: 'move', ids: id, back: '/desk/bookings' })
  const lists = [
    await desk.page(`/desk/bookings/new?session=${NEXT}`),
    await desk.page(`/desk/bookings/${id}/move`),
    await desk.submit('/desk/bookings/ticked', ticked),
  ]
  for (const list of lists) {
    const days = list.root.querySelectorAll('#session option').filter((one) => one.getAttribute('value') !== '')
    expect(days.map(({ text }) => /\d\d:\d\d〜\d\d:\d\d/.test(text))).toEqual(days.map(() => true))
    expect(days.length).toBeGreaterThan(1)
  }
  const looked = await desk.submit('/desk/bookings/ticked', [...ticked, ['session', MITO]])
  const cells = looked.main.querySelectorAll('table.list tbody td').map(({ text }) => text)
  expect(cells.filter((text) => /\d\d:\d\d〜/.test(text))).toHaveLength(2)
})

test('before the results of a draw no place of a session is left: its capacity and its entries are shown', async () => {
  const { id } = await s.booked({ session: NEXT, slot: `${NEXT}-1000` })
  await s.run("update session set acceptance = 'lottery' where id = ?", MITO)
  for (const email of ['a@example.jp', 'b@example.jp']) await s.booked({ email, slot: `${MITO}-1000` })
  const lot = d.enter.entries(d.enter.capacity(5), 2)
  const ledger = { act: 'move', ids: id, back: '/desk/bookings' }
  const lists = async () => [
    ...(await desk.page(`/desk/bookings/new?session=${NEXT}`)).root.querySelectorAll('#session option'),
    ...(await desk.page(`/desk/bookings/${id}/move`)).root.querySelectorAll('#session option'),
    ...(await desk.submit('/desk/bookings/ticked', Object.entries(ledger))).root.querySelectorAll('#session option'),
  ]
  const ofMito = (await lists()).filter((option) => option.getAttribute('value') === MITO).map(({ text }) => text)
  expect(ofMito.length).toBeGreaterThan(0)
  for (const text of ofMito) expect(text).toContain(`（${lot}）`)
  const form = await desk.page(`/desk/bookings/new?session=${MITO}`)
  const times = form.main.querySelectorAll('.soft').map(({ text }) => text.trim())
  expect(times.filter((text) => text === d.enter.capacity(2))).toHaveLength(5)
  expect([form.main.querySelector('[data-left]'), form.text.includes(d.enter.live)]).toEqual([null, false])
  for (const state of ['open', 'closed']) {
    if (state === 'closed') s.at('2026-11-26T07:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    for (const path of [
      `/desk/bookings/new?session=${MITO}`,
      `/desk/sessions/${MITO}`,
      `/desk/sessions/${MITO}/draw`,
    ]) {
      const { main } = await desk.page(path)
      for (const select of main.querySelectorAll('select')) {
        for (const option of select.querySelectorAll('option'))
          if (option.getAttribute('value') !== MITO) option.remove()
      }
      expect([state, path, /残り\d/.exec(main.text)?.[0]]).toEqual([state, path, undefined])
    }
  }
})

test('no single key opens anything in a browser that does without them', async () => {
  const keys = (page: Page) => page.root.querySelectorAll('[data-key]').length
  const paths = [
    '/desk',
    '/desk/bookings',
    '/desk/series',
    `/desk/sessions/${MITO}`,
    `/desk/bookings/new?session=${MITO}`,
  ]
  for (const path of paths) expect([path, keys(await desk.page(path)) > 0]).toEqual([path, true])
  const off = await desk.post('/desk/security/keys', [['keys', 'off']])
  const cookie = [desk.cookie, (off.headers.get('set-cookie') ?? '').split(';')[0]].join('; ')
  for (const path of paths) {
    const page = await s.page(path, { headers: { cookie } })
    expect([path, keys(page), page.text.includes('(N)')]).toEqual([path, 0, false])
  }
  const settings = await s.page('/desk/security', { headers: { cookie } })
  expect(settings.root.querySelector('#keys button')?.getAttribute('value')).toBe('on')
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

test('every form asks for the name before its kana', async () => {
  const { id, token } = await s.booked()
  const forms = [
    await desk.page(`/desk/bookings/new?session=${MITO}`),
    await desk.page(`/desk/bookings/${id}`),
    await s.page(`/sessions/${MITO}/book`),
    await s.page(`/b/${token}`),
  ]
  for (const { main } of forms) {
    const names = main.querySelectorAll('input').map((one) => one.getAttribute('name'))
    expect(names.filter((one) => one === 'name' || one === 'name_kana')).toEqual(['name', 'name_kana'])
  }
})
