import { look } from '../bookings.ts'
import { all, CHANGED, en, h, ja, sessionPages } from '../stage.ts'
import { chief, desk, tokyo, viewer } from './01-staff.ts'
import { on, venue } from './02-plan.ts'
import { dated, later } from './03-book.ts'

h.begin('06-sessions')
/** Sessions of one desk at the same time need a reason. */
const beside = '担当が二人いるため'
const because = { reason_ja: '大雪のため', reason_en: 'Heavy snow', beside }
const ACTS: [string, string, Record<string, string>][] = [
  ['2026-12-01', 'call-off', because],
  ['2026-12-02', 'reschedule', { ...because, date: '2026-12-23', starts: '11:00' }],
  ['2026-12-03', 'reschedule', { ...because, postpone: 'true', date: '', starts: '' }],
  ['2026-12-08', 'convert', { ...because, into: 'online' }],
  ['2026-12-10', 'venue', { ...because, venue }],
  ['2026-12-14', 'meeting', { url: 'https://meet.example.jp/abc' }],
]
for (const name of ['call-off', 'reschedule', 'convert', 'venue', 'settle', 'meeting', 'draw', 'announce', 'nothing']) {
  for (const who of [desk, viewer, tokyo]) await h.ask(who, `/desk/sessions/${on('acts', '2026-12-15')}/${name}`)
  await h.send(desk, `/desk/sessions/${on('acts', '2026-12-15')}/${name}`, {}, `${name} wrong`)
}
for (const [date, name, fields] of ACTS) {
  const path = `/desk/sessions/${on('acts', date)}`
  await h.ask(desk, `${path}/${name}`)
  await h.send(desk, `${path}/${name}`, fields, `${name} look`)
  await h.send(desk, `${path}/${name}`, { ...fields, step: 'edit' }, `${name} edit`)
  await h.send(desk, `${path}/${name}`, { ...fields, step: 'do' }, `${name} do`)
  await h.send(desk, `${path}/${name}`, { ...fields, step: 'do' }, `${name} again`)
  await h.ask(desk, `${path}/sheet`)
}
const settling = `/desk/sessions/${dated}/settle`
await h.send(chief, settling, {}, 'settle wrong')
for (const fields of [
  { date: '2026-12-24' },
  { date: '2026-12-24', starts: '13:00', ends: '16:00', formats: 'online', capacity: '20' },
]) {
  await h.send(chief, settling, fields, 'settle look')
  await h.send(chief, settling, { ...fields, beside, step: 'do' }, 'settle')
}
await h.work()
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const token = /\/tell\/([\w-]+)/.exec(h.letterTo(`wish-${locale}@example.jp`))?.[1]
  if (token !== undefined) await h.ask(who, `/tell/${token}`, { name: 'tell told' })
  await h.ask(who, `/sessions/${later}/tell`, {
    fields: { email: `late-${locale}@example.jp`, consent: 'true', locale },
    name: 'tell late',
  })
  await h.work()
  const mine = /\/tell\/([\w-]+)/.exec(h.letterTo(`late-${locale}@example.jp`))?.[1] ?? ''
  await h.send(who, `/tell/${mine}/confirm`, {}, 'tell late confirmed')
}
for (const [name, fields] of Object.entries({
  wrong: { ends: '12:00' },
  later: { ends: '16:00', formats: 'online', capacity: '20' },
})) {
  const given = { date: '2026-12-22', starts: '13:00', ...fields, beside, step: 'do' }
  await h.send(chief, `/desk/sessions/${later}/settle`, given, `settle ${name}`)
}
await h.work()
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const letter = h.letterTo(`late-${locale}@example.jp`)
  const first = /[?&]first=([\w-]+)/.exec(letter)?.[1] ?? ''
  await h.ask(who, `/sessions/${later}/book?first=${first}`, { name: 'book first' })
  await h.ask(who, `/tell/${first}`, { name: 'tell first' })
}
await sessionPages(CHANGED)
const order = {
  prefectures: '08',
  starts_on: '2026-12-17',
  ends_on: '2026-12-31',
  into: 'phone',
  reason_ja: '感染対策',
  reason_en: 'Infection control',
}
await h.send(desk, '/desk/suspensions', { ...order, starts_on: '' }, 'suspension wrong')
await h.send(tokyo, '/desk/suspensions', order, 'suspension of another')
await h.send(desk, '/desk/suspensions', order, 'suspension look')
await h.send(desk, '/desk/suspensions', { ...order, step: 'edit' }, 'suspension edit')
await h.send(desk, '/desk/suspensions', { ...order, step: 'do' }, 'suspension do')
await h.work()
const [suspension = ''] = await h.column<string>('select id from suspension')
await h.send(desk, `/desk/suspensions/${suspension}/lift`, {}, 'suspension lift')
await h.work()
for (const one of all) await look(h, [one.locale === 'ja' ? ja : en], one, false)
