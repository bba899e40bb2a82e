import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { momentText } from '../../templates/text/when.ts'
import { MITO } from '../world.ts'
import { fieldsOf, formTo, type Site, site } from './app.ts'
import { caller, type Staff, signedIn } from './desk/fixtures.ts'

const d = deskTexts('ja')
const { standings, status } = texts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const only = async (text: string, ...given: unknown[]) => (await s.column<string>(text, ...given))[0] ?? ''
const until = (id: string) => only('select offer_expires_at from booking where id = ?', id)

/** Everything told so far has reached its people. */
const heard = () => s.run("update outbox set state = 'sent' where state = 'waiting'")

describe('the look before a cancelled booking comes back', () => {
  test('promises the time to answer that the act gives, also if the former time has passed', async () => {
    await s.run("update session set acceptance = 'approval' where id = ?", MITO)
    const { id } = await s.booked()
    await desk.post(`/desk/bookings/${id}/turn-down`)
    await s.run("update booking set offer_expires_at = '2026-11-22T00:00:00.000Z' where id = ?", id)
    await heard()
    const path = `/desk/bookings/${id}/restore`
    const look = await desk.page(path)
    await desk.submit(path, fieldsOf(formTo(look, path), { step: 'do' }))
    expect(await only('select status from booking where id = ?', id)).toBe('requested')
    expect(look.text).toContain(momentText('ja', await until(id)))
    expect(look.text).toContain(`${d.booking.becomes}${standings.requested}`)
    expect(look.text).toContain(d.session.wayBack.restore)
  })

  test('names no call to somebody without e-mail who never heard of the end', async () => {
    await desk.post('/desk/bookings/new', caller())
    const id = await only('select id from booking')
    const look = async () => (await desk.page(`/desk/bookings/${id}/restore`)).text
    await desk.post(`/desk/bookings/${id}/cancel`)
    expect((await look()).includes(d.booking.byPhone)).toBe(false)
    await heard()
    expect((await look()).includes(d.booking.byPhone)).toBe(true)
  })
})

test('the look before a session is held after all says how it and its bookings stand then, with a letter for each', async () => {
  await s.booked()
  const offered = await s.booked({ slot: `${MITO}-1100` })
  await s.run(
    "update booking set status = 'offered', offer_expires_at = '2026-11-22T02:00:00.000Z' where id = ?",
    offered.id,
  )
  const act = async (name: string) => {
    const path = `/desk/sessions/${MITO}/${name}`
    const look = await desk.submit(path, [['reason_ja', '大雪のため']])
    return { look: look.text, done: () => desk.submit(path, fieldsOf(formTo(look, path), { step: 'do' })) }
  }
  const off = await act('call-off')
  expect(off.look).toContain(d.session.wayBack['call-off'])
  // Everybody reads the same: no standing is named.
  expect(off.look).not.toContain(d.session.toStanding(standings.called_off, ''))
  await off.done()
  await heard()
  s.at('2026-11-22T05:00:00.000Z')
  const { look, done } = await act('hold-again')
  expect(look).toContain(`${status.called_off} → ${d.session.returnsTo.published}`)
  expect(look).toContain(`${standings.booked} 1件・${standings.offered} 1件`)
  for (const standing of ['booked', 'offered'] as const)
    expect(look).toContain(d.session.toStanding(standings[standing], d.session.letter(1)))
  await done()
  expect(look).toContain(momentText('ja', await until(offered.id)))
})

test('the look before a suspension is lifted names the format of now, and no English reason that is Japanese', async () => {
  const { suspensions, series } = scheduleTexts('ja')
  await s.booked()
  const period = { prefectures: '08', starts_on: '2026-11-24', ends_on: '2026-11-30', into: 'phone', reason_ja: '大雪' }
  await desk.submit('/desk/suspensions', Object.entries({ ...period, reason_en: '', step: 'do' }))
  await s.run(
    "update session set formats_before = formats, formats = 'phone', suspension = (select id from suspension) where id = ?",
    MITO,
  )
  await s.run("update booking set format_before = format, format = 'phone'")
  await heard()
  const { text } = await desk.submit(`/desk/suspensions/${await only('select id from suspension')}/lift`)
  expect(text).toContain(`${suspensions.meanwhile}${texts('ja').format.phone}`)
  expect(text).toContain(suspensions.liftTitle)
  expect(text).not.toContain(series.labels.into)
  expect(text).not.toContain(series.labels.reason_en)
})

describe('what stays on one line', () => {
  test('a telephone number, in whatever width it was typed, and a receipt number', async () => {
    const css = (await s.ask('/assets/style.css')).body
    expect(css).toMatch(/\.phone,\s*\.receipt\s*\{[^}]*white-space:\s*nowrap/)
    await desk.post('/desk/bookings/new', caller({ phone: '０２９－３２２－３０１４' }))
    const look = await desk.submit(`/desk/sessions/${MITO}/call-off`, [['reason_ja', '大雪']])
    const phones = look.main.querySelectorAll('.phone').map((one) => one.text)
    expect(phones).toEqual(['029-322-3014'])
    expect((await s.ask('/assets/desk.css')).body).not.toMatch(/\.phone\s*\{[^}]*white-space:\s*normal/)
  })

  test('dates, hours and counts of facts, in both languages', async () => {
    const { id } = await s.booked()
    for (const [lang, expected] of [
      ['ja', ['2026年11月27日(金)', '10:00〜10:50', '1名']],
      ['en', ['Fri 27 November 2026', '10:00–10:50 JST']],
    ] as const) {
      const page = await desk.page(`/desk/bookings/${id}/cancel?lang=${lang}`)
      const whole = page.main.querySelectorAll('.facts .nowrap').map((one) => one.text)
      expect(whole).toEqual(expect.arrayContaining([...expected]))
    }
  })
})

describe('in English', () => {
  test('brackets are those of English, and periods have a dash', async () => {
    for (const path of [`/desk/bookings/new?session=${MITO}&lang=en`, '/desk/schedule/copy?week=2027-02-15&lang=en']) {
      const page = await desk.page(path)
      const said = page.main.querySelectorAll('option, p, label').map((one) => one.text)
      expect(said.filter((one) => /[（）〜]/.test(one) && /^[\x20-\x7e–（）〜]+$/.test(one))).toEqual([])
    }
  })

  test('a period of the ledger over two years names both', async () => {
    const page = await desk.page('/desk/bookings?from=2026-11-01&to=2027-10-01&lang=en')
    expect(page.text).toContain('Sun 1 November 2026 to Fri 1 October 2027')
  })
})

test.each([
  ['ja', ['未定 → WEB', '定めなし → 20名', '先にお知らせする方はいません']],
  ['en', ['TBD → Online', '→ 20 people', 'Nobody is notified first']],
] as const)('the look before a day is set names all that it changes, also what was open (%s)', async (lang, said) => {
  const chief = await signedIn(s, 'secretariat')
  const look = await chief.submit(`/desk/sessions/seminar-fukui-sample/settle?lang=${lang}`, [
    ...Object.entries({ date: '2026-12-21', starts: '13:00', ends: '16:00', formats: 'online', capacity: '20' }),
    ['beside', '担当が二人いるため'],
  ])
  for (const one of said) expect(look.text).toContain(one)
})
