import { type HTMLElement, parse } from 'node-html-parser'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/base/input.ts'
import { phoneText } from '../../../src/base/japan/phone.ts'
import { bookingById } from '../../../src/booking/queries.ts'
import { letterOf } from '../../../src/mail/letters.ts'
import { faultText } from '../../../templates/fields.tsx'
import { texts } from '../../../templates/text/index.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pageOf, pathOf, type Site, site } from '../app.ts'

const t = texts('ja')
const DOOR = `/sessions/${MITO}/book`
const OTHER = 'ibaraki-2026-12-04'

/** The values of a person who fills in every field. */
const TYPED = {
  slot: `${MITO}-1000`,
  format: 'online',
  seats: '1',
  company: '株式会社髙﨑製作所',
  name: '髙﨑 𠮷郎',
  name_kana: 'たかさき　よしろう',
  email: 'Yoshiro@example.jp',
  phone: '０２９－２２４ー０００１',
  prefecture: '09',
  employees: '１２',
  industry: 'E',
  corporate_number: '７０００-０１２０-５０００２',
  topics: ['ict', 'subsidy'],
  message: '在宅勤務を始めたい 🙂\n何から決めればよいですか',
  'support.interpreter': 'ベトナム語',
  'support.other': '筆談で\n話したい',
  consent: 'true',
}

/** The same after the confirm page, which shows the kana as they are stored. */
const CONFIRMED = { ...TYPED, name_kana: 'タカサキ ヨシロウ' }

let s: Site
beforeEach(async () => {
  s = await site()
})

/** Fills in and sends the form at `door`. Returns the confirm page, or the form again. */
async function filled(changes: Record<string, string | string[]> = {}, door = DOOR): Promise<Page> {
  const form = formTo(await s.page(door), door)
  return s.submit(form, fieldsOf(form, { ...TYPED, ...changes }))
}

const count = async (table: string, where = '1 = 1') => (await s.rows(`select id from ${table} where ${where}`)).length
const taken = () => s.column('select seats_taken from session where id = ?', MITO)

/** The fields of a form as a record of lists. */
function held(form: HTMLElement): Record<string, string[]> {
  const names = Object.groupBy(fieldsOf(form), ([name]) => name)
  return Object.fromEntries(Object.entries(names).map(([name, all = []]) => [name, all.map(([, value]) => value)]))
}

const asHeld = (typed: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, [value].flat()]))

/** Takes this many places of the next Friday in Mito, slot after slot. */
async function take(seats: number): Promise<void> {
  for (const slot of ['1000', '1100', '1300'].slice(0, Math.ceil(seats / 2))) {
    await s.booked({ slot: `${MITO}-${slot}`, seats: slot === '1300' ? 1 : 2 })
  }
}

test.each([
  ['onsite', '会場'],
  ['online', '場所'],
  ['phone', '場所'],
] as const)('what is held %s has a %s, on each page about it', async (format, word) => {
  await s.run("update session set formats = 'onsite,online,phone' where id = ?", MITO)
  const { token } = await s.booked({ format, slot: `${MITO}-1100`, email: 'jiro@example.jp' })
  const sure = await filled({ format })
  await s.run('update session set formats = ? where id = ?', format, MITO)
  for (const page of [
    sure,
    await s.page(`/b/${token}`),
    await s.page(`/b/${token}/done`),
    await s.page(`/sessions/${MITO}`),
  ]) {
    const named = page.main.querySelectorAll('dt').map((one) => one.text)
    expect(named.filter((one) => one === '会場' || one === '場所')).toEqual([word])
  }
})

describe('booking in three steps without JavaScript', () => {
  test('the form begins with the slot that was chosen on the page of the session', async () => {
    const session = await s.page(`/sessions/${MITO}`)
    const form = session.main.querySelector(`form[action="${DOOR}"]`)
    expect(form?.getAttribute('method')).toBe('get')
    const page = await s.page(`${DOOR}?slot=${MITO}-1100`)
    expect(held(formTo(page, DOOR)).slot).toEqual([`${MITO}-1100`])
    expect(page.main.querySelector('[aria-current=step]')?.text).toContain(t.steps.names[0])
    expect(held(formTo(page, DOOR))).not.toHaveProperty('consent')
  })

  test('a time that the day does not have, or no longer has, is said at its field', async () => {
    const page = await s.page(`${DOOR}?slot=${MITO}-0900`)
    expect([page.status, page.root.querySelector('#slot-error') !== null]).toEqual([422, true])
    await s.run('delete from slot where session = ?', MITO)
    expect((await s.page(`${DOOR}?slot=${MITO}-0900`)).status).toBe(404)
  })

  test('the confirm page says 確認, shows everything and takes no place yet', async () => {
    const page = await filled()
    expect(page.status).toBe(200)
    expect(page.main.querySelector('h1')?.text).toBe(t.confirm.title)
    expect(page.text).toContain('確認')
    expect(page.text).toContain(t.confirm.notYet)
    expect(page.headers.get('cache-control')).toBe('no-store')
    for (const shown of [
      TYPED.company,
      TYPED.name,
      TYPED.email,
      phoneText(TYPED.phone),
      TYPED.message,
      '栃木県',
      '製造業',
    ]) {
      expect(page.text).toContain(shown)
    }
    expect([await count('booking'), await count('outbox')]).toEqual([0, 0])
    expect(await taken()).toEqual([0])
  })

  test('nobody who takes part on the web is sent to the venue', async () => {
    const confirm = await filled()
    expect(confirm.text).toContain(t.session.elsewhereThanVenue.online)
    expect(confirm.text).not.toContain(t.session.areaOnly)
    const done = await s.submit(formTo(confirm, DOOR, 'book'))
    expect(done.text).toContain(t.session.elsewhereThanVenue.online)
    expect(done.text).not.toContain(t.session.areaOnly)
  })

  test('all mistakes are shown at once, also those that only the session knows of', async () => {
    const page = await filled({ name_kana: '', seats: '３' })
    expect(page.status).toBe(422)
    const wrong = page.main.querySelectorAll('[aria-invalid=true]').map((one) => one.getAttribute('name'))
    expect(wrong).toEqual(['seats', 'name_kana'])
  })

  test('the done page says 受付番号, and the place is taken', async () => {
    const confirm = await filled()
    const done = await s.submit(formTo(confirm, DOOR, 'book'))
    expect(done.status).toBe(200)
    expect(done.main.querySelector('h1')?.text).toBe(t.done.title)
    expect(done.text).toContain('受付番号')
    expect(done.text).toContain('IB-1127-01')
    expect(done.text).toContain(t.done.mailed(TYPED.email))
    expect([await count('booking'), await count('outbox')]).toEqual([1, 1])
    expect(await taken()).toEqual([1])
    expect(s.nudges()).toBe(1)
  })

  test('the page that takes its place in the history says whether it was sent, and names nobody', async () => {
    const confirm = await filled()
    const after = confirm.main.querySelector('[data-unkept]')?.getAttribute('data-unkept') ?? ''
    expect((await s.page(after)).text).toContain(t.sent.notYet.what)
    await s.submit(formTo(confirm, DOOR, 'book'))
    await s.run("update session set state = 'called_off' where id = ?", MITO)
    const back = await s.page(after)
    expect([back.status, back.text.includes(t.sent.made.what)]).toEqual([200, true])
    expect(back.headers.get('cache-control')).toBe('no-store')
    expect(back.root.querySelector('main a[href="/lookup"]')).not.toBeNull()
    for (const said of [TYPED.name, TYPED.company, '/b/', 'IB-1127']) expect(back.main.outerHTML).not.toContain(said)
    expect((await s.page(`${DOOR}?sent=${'0'.repeat(64)}`)).text).toContain(t.sent.notYet.what)
  })

  test('what is kept is what was typed: names to the letter, numbers narrow, kana in katakana', async () => {
    await s.submit(formTo(await filled(), DOOR, 'book'))
    expect((await s.rows('select * from booking'))[0]).toMatchObject({
      session: MITO,
      slot: `${MITO}-1000`,
      format: 'online',
      seats: 1,
      channel: 'web',
      locale: 'ja',
      company: TYPED.company,
      name: TYPED.name,
      name_kana: CONFIRMED.name_kana,
      email: 'Yoshiro@example.jp',
      phone: TYPED.phone,
      phone_digits: '0292240001',
      prefecture: '09',
      employees: 12,
      industry: 'E',
      corporate_number: '7000012050002',
      topics: 'ict,subsidy',
      message: TYPED.message,
    })
  })

  test('the last step answers 303 to the done page of the booking, which names no person in its address', async () => {
    const form = formTo(await filled(), DOOR, 'book')
    const answer = await s.post(DOOR, fieldsOf(form))
    expect(answer.status).toBe(303)
    expect(answer.location).toMatch(/^http:\/\/localhost:8787\/b\/[\w-]{43}\/done$/)
  })

  test('posting it twice is one booking, one letter and the same done page, also when the day is full by then', async () => {
    const form = formTo(await filled(), DOOR, 'book')
    const first = await s.post(DOOR, fieldsOf(form))
    const second = await s.post(DOOR, fieldsOf(form))
    expect([second.status, second.location]).toEqual([303, first.location])
    await s.booked({ seats: 1 })
    await s.booked({ seats: 2, slot: `${MITO}-1100` })
    await s.booked({ seats: 1, slot: `${MITO}-1300` })
    expect((await s.post(DOOR, fieldsOf(form))).location).toBe(first.location)
    expect(await count('booking', "name = '髙﨑 𠮷郎'")).toBe(1)
    expect(await count('outbox', "kind = 'booked'")).toBe(4)
  })

  test('pressing the button ten times at once is one booking', async () => {
    const fields = fieldsOf(formTo(await filled(), DOOR, 'book'))
    const answers = await Promise.all(Array.from({ length: 10 }, () => s.post(DOOR, fields)))
    expect(new Set(answers.map((one) => `${one.status} ${one.location}`)).size).toBe(1)
    expect([await count('booking'), await count('outbox')]).toEqual([1, 1])
  })

  test('two people who pass the confirm page for the last place get one place between them', async () => {
    await take(4)
    const forms: HTMLElement[] = []
    for (const email of ['a@example.jp', 'b@example.jp']) {
      forms.push(formTo(await filled({ email, slot: `${MITO}-1300` }), DOOR, 'book'))
    }
    const answers = await Promise.all(forms.map((form) => s.post(DOOR, fieldsOf(form))))
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([303, 409]))
    expect(await taken()).toEqual([5])
  })

  test('a session without slots is booked as a whole', async () => {
    const door = '/sessions/seminar-ahead-sample/book'
    const { slot: _, ...typed } = TYPED
    const form = formTo(await s.page(door), door)
    const confirm = await s.submit(form, fieldsOf(form, { ...typed, seats: '３' }))
    expect(confirm.main.querySelector('h1')?.text).toBe(t.confirm.title)
    const done = await s.submit(formTo(confirm, door, 'book'))
    expect(done.text).toContain(t.people(3))
    expect(await s.rows('select slot, seats from booking')).toEqual([{ slot: null, seats: 3 }])
  })

  test('in English it is said in English, and so is the letter', async () => {
    const e = texts('en')
    const page = await s.page(`${DOOR}?lang=en`)
    const inEnglish = (fields: Fields) =>
      s.post(DOOR, fields, { cookie: 'lang=en' }).then((answer) => ({ ...answer, page: () => pageOf(answer) }))
    const confirm = (await inEnglish(fieldsOf(formTo(page, DOOR), TYPED))).page()
    expect(confirm.text).toContain(e.confirm.notYet)
    const answer = await inEnglish(fieldsOf(formTo(confirm, DOOR, 'book')))
    expect(answer.status).toBe(303)
    const done = await s.page(pathOf(answer.location), { headers: { cookie: 'lang=en' } })
    expect(done.text).toContain(e.newNumber)
    expect(await s.rows('select locale from outbox')).toEqual([{ locale: 'en' }])
  })
})

describe('a mistake', () => {
  test.each<[field: string, typed: string | string[], fault: Fault]>([
    ['company', ' ', 'required'],
    ['company', 'あ'.repeat(101), 'long'],
    ['name', '', 'required'],
    ['name', 'a\u0000b', 'text'],
    ['name_kana', '髙﨑', 'kana'],
    ['email', 'taro', 'email'],
    ['email', 'taro@example', 'email_domain'],
    ['phone', '224-0001', 'phone'],
    ['prefecture', '', 'required'],
    ['prefecture', '48', 'choice'],
    ['employees', '十二', 'number'],
    ['industry', 'Z', 'choice'],
    ['corporate_number', '123', 'corporate_digits'],
    ['corporate_number', '1123456789012', 'corporate_check'],
    ['seats', '0', 'seats'],
    ['seats', '3', 'seats'],
    ['slot', [], 'required'],
    ['slot', 'elsewhere-1000', 'choice'],
    ['format', [], 'choice'],
    ['format', 'phone', 'choice'],
    ['topics', ['ict', 'gossip'], 'choice'],
    ['message', 'あ'.repeat(2001), 'long'],
    ['consent', [], 'consent'],
  ])('in %s (%#) answers 422 and says so at the field and on top', async (field, typed, fault) => {
    const page = await filled({ [field]: typed })
    expect(page.status).toBe(422)
    expect(page.headers.get('cache-control')).toMatch(/^no-store$|^private, no-cache$/)
    expect(page.title.startsWith(`${t.book.faultTab}: `)).toBe(true)
    const sentence = faultText(t, field, fault, undefined, 2)
    const invalid = page.main.querySelectorAll('[aria-invalid=true]').map((one) => one.getAttribute('name'))
    expect(new Set(invalid)).toEqual(new Set([field]))
    expect(page.root.getElementById(`${field}-error`)?.text).toContain(sentence)
    expect(page.main.querySelectorAll(`[aria-describedby~="${field}-error"]`)).toHaveLength(1)
    const summary = page.main.querySelector('[role=alert]')
    expect(summary?.querySelector('h2')?.text).toBe(t.book.summaryTitle(1))
    const links = summary?.querySelectorAll('a').map((one) => [one.getAttribute('href'), one.text])
    expect(links).toEqual([[`#${field}`, sentence]])
    expect(page.root.getElementById(field)).not.toBeNull()
    expect(await count('booking')).toBe(0)
  })

  test('loses nothing of what was typed', async () => {
    const page = await filled({ email: 'taro＠', phone: '12' })
    expect(page.status).toBe(422)
    expect(held(formTo(page, DOOR))).toEqual({ ...asHeld({ ...TYPED, email: 'taro＠', phone: '12' }), locale: ['ja'] })
  })

  test('in several fields is shown for each, in the order of the form', async () => {
    const page = await filled({ consent: [], phone: '', company: '' })
    const links = page.main.querySelectorAll('[role=alert] a').map((one) => one.getAttribute('href'))
    expect(links).toEqual(['#company', '#phone', '#consent'])
    expect(page.main.querySelector('[role=alert] h2')?.text).toBe(t.book.summaryTitle(3))
  })

  test('at the last step (somebody built the form) takes no place either', async () => {
    const fields = fieldsOf(formTo(await filled(), DOOR, 'book'), { name: '' })
    expect((await s.post(DOOR, fields)).status).toBe(422)
    expect(await count('booking')).toBe(0)
  })

  test.each([
    [[]],
    [['short']],
    [['x'.repeat(201)]],
    [['鍵'.repeat(20)]],
    [['a-key-twice-00001', 'a-key-twice-00002']],
  ])('in the key of the confirm page (%#) leads back to the form with everything typed', async (key) => {
    const page = pageOf(await s.post(DOOR, fieldsOf(formTo(await filled(), DOOR, 'book'), { idempotency_key: key })))
    expect(page.status).toBe(422)
    expect(page.main.querySelector('[role=alert]')?.text).toContain(faultText(t, 'key', 'key'))
    expect(held(formTo(page, DOOR))).toMatchObject(asHeld(CONFIRMED))
    expect(await count('booking')).toBe(0)
  })

  test('of a key used up with other words is refused, and books nobody twice', async () => {
    const form = formTo(await filled(), DOOR, 'book')
    await s.post(DOOR, fieldsOf(form))
    const other = await s.post(DOOR, fieldsOf(form, { email: 'other@example.jp' }))
    expect(other.status).toBe(422)
    expect(await count('booking')).toBe(1)
  })
})

describe('going back', () => {
  test('to correct shows the form with everything typed and no faults', async () => {
    const page = await s.submit(formTo(await filled(), DOOR, 'edit'))
    expect(page.status).toBe(200)
    expect(page.main.querySelector('h1')?.text).toBe(t.book.title)
    expect(page.main.querySelectorAll('[aria-invalid], [role=alert]')).toEqual([])
    expect(held(formTo(page, DOOR))).toEqual({ ...asHeld(CONFIRMED), locale: ['ja'] })
  })

  test('and on again books what was corrected', async () => {
    const form = formTo(await s.submit(formTo(await filled(), DOOR, 'edit')), DOOR)
    const confirm = await s.submit(form, fieldsOf(form, { name: '髙﨑 花子' }))
    await s.submit(formTo(confirm, DOOR, 'book'))
    expect(await s.rows('select name from booking')).toEqual([{ name: '髙﨑 花子' }])
  })
})

describe('a refusal', () => {
  const refusals: [why: keyof typeof t.refusals, before: () => Promise<unknown>][] = [
    ['full', () => take(5)],
    ['closed', async () => s.at('2026-11-26T06:00:00.000Z')],
    ['called_off', async () => s.run("update session set state = 'called_off' where id = ?", MITO)],
    ['closed', async () => s.run("update session set state = 'postponed' where id = ?", MITO)],
    ['elsewhere', async () => s.run("update session set apply_name = '豊田市' where id = ?", MITO)],
    [
      'undecided',
      async () => s.run('update session set date = null, starts_at = null, ends_at = null where id = ?', MITO),
    ],
  ]

  test.each(refusals)(
    '(%s) at the confirm step and at the last step is a page with 409 that takes no place',
    async (why, before) => {
      const form = formTo(await s.page(DOOR), DOOR)
      const last = formTo(await filled(), DOOR, 'book')
      await before()
      const made = await count('booking')
      for (const fields of [fieldsOf(form, TYPED), fieldsOf(last)]) {
        const page = pageOf(await s.post(DOOR, fields))
        expect(page.status).toBe(409)
        const alert = page.main.querySelector('[role=alert]')?.text
        expect(alert).toContain(t.refusals[why].what)
        expect(alert).toContain(t.refused.notDone)
      }
      expect(await count('booking')).toBe(made)
    },
  )

  test('for want of places at a time names how many are left there, and does not offer its own day again', async () => {
    const last = formTo(await filled({ slot: `${MITO}-1000`, seats: '2' }), DOOR, 'book')
    await s.booked({ slot: `${MITO}-1000` })
    const page = pageOf(await s.post(DOOR, fieldsOf(last)))
    expect(page.root.getElementById('seats-help')?.text.trim()).toBe(t.book.help.seatsLeft(1))
    const days = page.main.querySelectorAll('section[aria-labelledby=nearest] form')
    expect(days[0]?.getAttribute('action')).toBe(`/sessions/${OTHER}/book`)
    expect(days.some((one) => one.getAttribute('action') === DOOR)).toBe(false)
  })

  test('offers up to three other days, and one press takes everything typed along', async () => {
    const last = formTo(await filled(), DOOR, 'book')
    await take(5)
    const page = pageOf(await s.post(DOOR, fieldsOf(last)))
    const alternatives = page.main
      .querySelectorAll('form')
      .filter((one) => one.querySelector('input[name=step]') && one.getAttribute('action') !== DOOR)
    expect(alternatives.length).toBeGreaterThan(0)
    expect(alternatives.length).toBeLessThanOrEqual(3)
    expect(alternatives[0]?.getAttribute('action')).toBe(`/sessions/${OTHER}/book`)
    const other = await s.submit(formTo(page, `/sessions/${OTHER}/book`, 'edit'))
    expect(other.status).toBe(200)
    const { slot: _, ...rest } = CONFIRMED
    expect(held(formTo(other, `/sessions/${OTHER}/book`))).toEqual({ ...asHeld(rest), locale: ['ja'] })
    const form = formTo(other, `/sessions/${OTHER}/book`)
    const confirm = await s.submit(form, fieldsOf(form, { slot: `${OTHER}-1400` }))
    const done = await s.submit(formTo(confirm, `/sessions/${OTHER}/book`, 'book'))
    expect(done.text).toContain('IB-1204-01')
  })

  test('takes no format along that the other day does not have', async () => {
    const miyagi = '/sessions/miyagi-2026-12-02/book'
    const page = pageOf(await s.post(miyagi, [...fieldsOf(formTo(await filled(), DOOR, 'edit'))]))
    expect(held(formTo(page, miyagi)).format).toEqual(['onsite'])
    expect(held(formTo(page, miyagi))).not.toHaveProperty('slot')
  })

  test('(twice) shows nothing of the other booking and sends its link to the address on record', async () => {
    const done = await s.submit(formTo(await filled(), DOOR, 'book'))
    const manage = done.main.querySelector('a[href^="/b/"]')?.getAttribute('href') ?? ''
    const again = formTo(
      await filled({ slot: `${MITO}-1100`, name: '別の人', email: 'YOSHIRO@EXAMPLE.JP' }),
      DOOR,
      'book',
    )
    const page = pageOf(await s.post(DOOR, fieldsOf(again)))
    expect(page.status).toBe(409)
    expect(page.text).toContain(t.refusals.twice.what)
    for (const secret of ['IB-1127-01', TYPED.name, manage]) expect(page.body).not.toContain(secret)
    expect(await s.column('select kind from outbox order by kind')).toEqual(['booked', 'link'])
    expect(await count('booking')).toBe(1)
  })

  test.each([
    ['full', () => take(5)],
    ['closed', async () => s.at('2026-11-26T06:00:00.000Z')],
    ['called off', async () => s.run("update session set state = 'called_off' where id = ?", MITO)],
  ])('is told before anything is typed: the form of a session %s leads to its page', async (_, happen) => {
    await happen()
    const answer = await s.ask(DOOR)
    expect([answer.status, answer.location]).toEqual([303, `http://localhost:8787/sessions/${MITO}`])
  })
})

describe('a post from another site', () => {
  const HOST = { host: 'localhost:8787' }
  const booking = async (headers: Record<string, string>) =>
    s.post(DOOR, fieldsOf(formTo(await filled(), DOOR, 'book')), { ...HOST, ...headers })

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:8788' },
    { origin: 'null' },
    { origin: 'nonsense' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8787' },
  ])('(%j) is refused with 403 and books nothing', async (headers) => {
    const answer = pageOf(await booking(headers))
    expect(answer.status).toBe(403)
    expect(answer.text).toContain(t.fault[403].what)
    expect(await count('booking')).toBe(0)
  })

  test.each([
    {},
    { origin: 'http://localhost:8787' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:8787' },
    { origin: 'http://127.0.0.1:9000', host: '127.0.0.1:9000' },
  ])('is not what this is, and passes: %j', async (headers) => {
    expect((await booking(headers)).status).toBe(303)
    expect(await count('booking')).toBe(1)
  })
})

describe('what is typed', () => {
  const NASTY = {
    company: '<script>alert(1)</script>&amp;"\'',
    name: '"><img src=x onerror=alert(1)>',
    message: '</textarea><script>alert(2)</script>\n&lt;b&gt; {{7*7}} 🧑‍💻',
  }

  test('is never markup: not on the form, the confirm page, the done page, the manage page or in the letters', async () => {
    const confirm = await filled(NASTY)
    const faulty = await filled({ ...NASTY, phone: '' })
    const done = await s.submit(formTo(confirm, DOOR, 'book'))
    const manage = await s.page(
      done.main.querySelector('a[href^="/b/"]:not([href$=".ics"])')?.getAttribute('href') ?? '',
    )
    const edit = await s.submit(formTo(await filled({ ...NASTY, email: 'b@example.jp' }), DOOR, 'edit'))
    for (const page of [confirm, faulty, done, manage, edit]) {
      expect(page.root.querySelectorAll('script:not([src]), img')).toEqual([])
    }
    for (const page of [confirm, done, manage])
      for (const text of Object.values(NASTY)) expect(page.text).toContain(text)
    for (const page of [faulty, edit]) expect(held(formTo(page, DOOR))).toMatchObject(asHeld(NASTY))
    const [row] = await s.rows<{ id: string; subject: string }>('select id, subject from outbox')
    if (!row) throw new Error('no letter')
    const letter = await letterOf(
      s.ctx,
      { ...row, kind: 'booked', locale: 'ja', before: null },
      await theBooking(row.subject),
    )
    expect(parse(letter?.html ?? '').querySelectorAll('script, img')).toEqual([])
    const desk = await s.page(`/desk/letters/${row.id}`)
    expect(desk.root.querySelectorAll('script:not([src]), img')).toEqual([])
  })

  async function theBooking(id: string) {
    const booking = await bookingById(s.ctx, id)
    if (!booking) throw new Error('no booking')
    return booking
  }

  test('survives whatever its script: emoji, variants and letters beyond the basic plane', async () => {
    const typed = { company: '👩🏽‍💻商店 ㈱ 𩸽', name: '髙﨑 𠮷郎󠄀 神\ufa19', message: 'e\u0301 🇯🇵 か゚ \u200d終' }
    const done = await s.submit(formTo(await filled(typed), DOOR, 'book'))
    for (const text of Object.values(typed)) expect(done.text).toContain(text)
    expect(await s.rows('select company, name, message from booking')).toEqual([typed])
  })

  test('is refused with 413 if it is larger than any form', async () => {
    const fields: Fields = [...fieldsOf(formTo(await s.page(DOOR), DOOR), TYPED), ['more', 'x'.repeat(10_000_000)]]
    const page = pageOf(await s.post(DOOR, fields))
    expect(page.status).toBe(413)
    expect(page.text).toContain(t.fault[413].what)
    const form = new FormData()
    form.append('file', new Blob(['x'.repeat(10_000_000)]))
    expect((await s.ask(DOOR, { method: 'POST', body: form })).status).toBe(413)
  })

  test('as a multipart form is read just as well, files left out', async () => {
    const form = new FormData()
    for (const [name, value] of fieldsOf(formTo(await filled(), DOOR, 'book'))) form.append(name, value)
    form.append('portrait', new Blob(['x']))
    expect((await s.ask(DOOR, { method: 'POST', body: form })).status).toBe(303)
  })

  test.each([
    ['multipart/form-data', 'name=x', 400],
    ['multipart/form-data; boundary=a', 'no part at all', 400],
    ['multipart/form-data; boundary=a', '--a\r\nnonsense\r\n--a--', 400],
    ['application/x-www-form-urlencoded', '%E0%A4%A=%&__proto__=a&__proto__=b&constructor=c&%00=%00', 422],
    ['application/x-www-form-urlencoded', '', 422],
    ['application/json', '{"step":"book"}', 422],
    ['text/plain', 'step=book', 422],
    ['nonsense', '\u0000', 422],
  ])('in no readable form (%s: %j) is answered with %i, never with 500', async (type, body, status) => {
    const page = pageOf(await s.ask(DOOR, { method: 'POST', body, headers: { 'content-type': type } }))
    expect(page.status).toBe(status)
    expect(await count('booking')).toBe(0)
  })

  test('in every field at once as a list, or not at all, is a mistake and nothing worse', async () => {
    const twice: Fields = Object.keys({ ...TYPED, step: '', locale: '' }).flatMap(
      (name): Fields => [
        [name, 'a'],
        [name, 'b'],
      ],
    )
    expect((await s.post(DOOR, twice)).status).toBe(422)
    expect((await s.post(DOOR, [])).status).toBe(422)
    expect((await s.post(DOOR, [['step', 'edit']])).status).toBe(200)
    expect((await s.post(DOOR, [['step', 'book']])).status).toBe(422)
  })
})
