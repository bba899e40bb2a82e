import { BOOKING_LETTERS } from '../../../src/base/letters.ts'
import { caller, type Held } from '../bookings.ts'
import { formOf, type House } from '../site.ts'
import { api, h, LOCALES, MITO } from '../stage.ts'
import { desk, tokyo } from './01-staff.ts'
import { on } from './02-plan.ts'
import { held, of } from './03-book.ts'

h.begin('05-desk')
const bookingPage = (one: Held) => `/desk/bookings/${one.id}`
/** A button of the desk on a booking. `how` says why it is refused, if it is to be. */
export const act = (one: Held, verb: string, fields: Parameters<House['send']>[2] = {}, how = '') =>
  h.send(desk, `${bookingPage(one)}/${verb}`, fields, `desk ${one.name} ${verb} ${how}`.trim())
const formTo = async (one: Held, verb: string, changes: Parameters<typeof formOf>[2]) =>
  formOf(await h.ask(desk, bookingPage(one)), `${bookingPage(one)}/${verb}`, changes)
for (const locale of LOCALES) {
  await h.ask(desk, `${bookingPage(of(locale, 'r1'))}/approve`, { name: `desk ${locale} approve look` })
  await act(of(locale, 'r1'), 'approve')
  await act(of(locale, 'r1'), 'approve')
  await act(of(locale, 'r2'), 'turn-down')
  await act(of(locale, 'w4'), 'cancel')
  await act(of(locale, 'plain'), 'note', await formTo(of(locale, 'plain'), 'note', { note: '午後に電話' }))
  const wrong = of(locale, 'moving')
  await act(wrong, 'correct', await formTo(wrong, 'correct', { name: '' }), 'wrong')
  const right = { company: '直した会社', email: `new-${locale}@example.jp` }
  await act(wrong, 'correct', await formTo(wrong, 'correct', right))
  await act(of(locale, 'web 2026-12-16'), 'meeting', { url: 'x' }, 'wrong')
  await act(of(locale, 'web 2026-12-16'), 'meeting', { url: 'https://meet.example.jp/own', step: 'do' })
  await act(of(locale, 'acts 2026-12-16'), 'move', {
    place: `${on('acts', '2026-12-17')} ${on('acts', '2026-12-17')}-1400`,
    format: 'onsite',
  })
  for (const below of ['', '/cancel', '/move', '/letter', '/arrive']) {
    await h.ask(desk, bookingPage(of(locale, 'plain')) + below, {
      name: `desk ${locale} plain${below.replace('/', ' ')}`,
    })
    await h.ask(tokyo, bookingPage(of(locale, 'plain')) + below, {
      name: `desk ${locale} plain${below.replace('/', ' ')}`,
    })
  }
  for (const kind of BOOKING_LETTERS)
    await h.ask(desk, `${bookingPage(of(locale, 'plain'))}/letter?kind=${kind}`, { name: `preview ${kind} ${locale}` })
}
await h.ask(desk, `/desk/bookings/new?session=${MITO}`)
await h.ask(desk, `/desk/bookings/places?session=${MITO}`)
await h.ask(desk, '/desk/bookings/alike', { fields: { name_kana: 'たかはし たろう' } })
await h.ask(desk, '/desk/bookings/new', { fields: { ...caller(MITO), step: 'session' }, name: 'enter session' })
await h.ask(desk, '/desk/bookings/new', {
  fields: caller(MITO, { name: '', phone: '1', slot: 'x' }),
  name: 'enter wrong',
})
await h.send(desk, '/desk/bookings/new', caller(MITO, { slot: `${MITO}-1500` }), 'enter')
await h.send(
  desk,
  '/desk/bookings/new',
  caller(MITO, { slot: `${MITO}-1500`, sure: '', name_kana: 'たかはし たろう' }),
  'enter refused: alike',
)
await h.send(
  desk,
  '/desk/bookings/new',
  caller(MITO, { slot: `${MITO}-1500`, full: 'over', over: '急ぎ' }),
  'enter over',
)
const calledTo = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-08', '2026-12-10'].map((date) => on('acts', date))
for (const session of calledTo)
  await h.send(desk, '/desk/bookings/new', caller(session, { slot: `${session}-1300` }), `enter ${session.slice(-5)}`)
const tiny = on('small', '2026-12-14')
await h.send(desk, '/desk/bookings/new', caller(tiny), 'enter tiny')
await h.send(desk, '/desk/bookings/new', caller(tiny), 'enter tiny full')
for (const locale of LOCALES)
  held[locale] = {
    ...held[locale],
    promoted: await api(
      'promoted',
      locale === 'ja' ? tiny : on('small', '2026-12-10'),
      null,
      locale,
      locale === 'ja' ? { waitlist: true } : {},
    ),
  }
await h.send(
  desk,
  '/desk/bookings',
  {
    text: 'たかはし',
    from: '2026-11-15',
    to: '2027-01-21',
    prefecture: '',
    status: '',
    channel: '',
    format: '',
    sort: '',
  },
  'ledger searched',
)
await h.send(desk, '/desk/bookings/views', { name: '予約済み', query: 'status=booked' }, 'view kept')
await act(of('ja', 'promoted'), 'promote', {}, 'where it is full')
await act(of('ja', 'plain'), 'promote', {}, 'twice')
const tinyHolder = (
  await h.column<string>(
    "select id from booking where session = ? and status = 'booked' order by created_at limit 1",
    tiny,
  )
)[0]
await h.send(desk, `/desk/bookings/${tinyHolder}/cancel`, {}, 'tiny cancelled')
await act(of('ja', 'promoted'), 'promote')
await h.work()
