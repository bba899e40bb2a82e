import { parse } from 'node-html-parser'
import { fieldsOf, formOf } from '../site.ts'
import { h, ja, MITO } from '../stage.ts'
import { desk } from './01-staff.ts'
import { begun, on } from './02-plan.ts'
import { of } from './03-book.ts'
import { deleted, filled, looked } from './07-newer-letters.ts'

h.begin('09-newer-desk')
const session = on('acts', '2026-12-16')
const duty = { 'whole.name': '水戸 花子', 'whole.room': '第一会議室' }
for (const path of [`/desk/sessions/${session}/advisers`, `/desk/series/${begun.acts}/advisers`])
  await h.send(desk, path, await filled(desk, path, duty), 'advisers')
await h.ask(desk, `/desk/sessions/${session}`, { name: 'session with an adviser' })
await h.ask(desk, `/desk/sessions/${session}/sheet`, { name: 'sheet with an adviser' })
await h.ask(desk, '/desk/mine')

const came = `/desk/bookings/${of('ja', 'plain').id}`
const record = { advised: '勤怠の記録から始める', next_step: '1月に再訪', state: 'draft' }
await h.send(desk, `${came}/record`, await filled(desk, `${came}/record`, record), 'record')
await h.send(
  desk,
  `${came}/record`,
  await filled(desk, `${came}/record`, { ...record, minutes: '50', state: 'final' }),
  'record done',
)
const ahead = `/desk/bookings/${of('ja', 'web 2026-12-16').id}`
const answers = formOf(await h.ask(desk, ahead), `${ahead}/answers`, { 'support.captions': 'true' })
await h.send(desk, `${ahead}/answers`, answers, 'answers')
await h.send(desk, `${ahead}/sms`, { sms: 'agree' }, 'sms')

const office = { kind: 'local', prefectures: '08', name_ja: '土浦の窓口', phones: '029-999-0002' }
await h.send(desk, '/desk/desks/new', await filled(desk, '/desk/desks/new', office), 'office')
const [added = 'none'] = await h.column<string>("select id from desk where name_ja = '土浦の窓口'")
for (const path of [`/desk/desks/${added}`, '/desk/series/ibaraki']) {
  await h.ask(desk, `${path}/poster`, { name: 'poster before' })
  await h.send(desk, `${path}/poster`, {}, 'poster')
}
for (const short of await h.column<string>('select short from short_address order by short'))
  await h.ask(ja, `/s/${short}`, { name: 'short address' })
await deleted(desk, `/desk/desks/${added}`, 'office deleted')

const hall = { prefecture: '08', name_ja: '大洗会館', name_en: 'Oarai Hall', address: '大洗町1' }
await h.send(desk, '/desk/venues/new', await filled(desk, '/desk/venues/new', hall), 'hall')
const [venue = 'none'] = await h.column<string>("select id from venue where name_ja = '大洗会館'")
await h.send(desk, `/desk/venues/${venue}/retire`, await filled(desk, `/desk/venues/${venue}/retire`), 'hall retired')
await h.send(desk, `/desk/venues/${venue}/reopen`, {}, 'hall reopened')

const copy = `/desk/sessions/${MITO}/copy`
const day = { dates: '2027-01-12', beside: '担当が二人いるため' }
const { path } = await looked(desk, copy, await filled(desk, copy, day), 'day copied')
const first = new URLSearchParams(path.split('?')[1]).get('copies') ?? 'none'
await h.send(desk, `/desk/schedule/copy/${first}/undo`, {}, 'copy undone')

await h.send(desk, '/desk/outbox', { text: '髙橋' }, 'letters searched')
const [waits = 'none'] = await h.column<string>("select id from booking where status = 'waiting' order by id")
for (const as of ['unreached', 'called']) await h.send(desk, `/desk/freed/${waits}`, { as }, `freed ${as}`)
await h.ask(desk, '/desk', { name: 'today after the calls' })

// More than ten are an order of their own, with a page that says how far it is.
const TICKED = '/desk/bookings/ticked'
const wide = { date: '2027-01-13', capacity: '30', slot_capacity: '10', formats: ['onsite', 'online', 'phone'] }
const add = '/desk/schedule/new'
await looked(desk, add, await filled(desk, `${add}?date=${wide.date}`, { ...wide, beside: day.beside }), 'wide day')
const [to = 'none'] = await h.column<string>("select id from session where date = '2027-01-13' and capacity = 30")
const ids = await h.column<string>(
  "select booking.id from booking join session on session.id = booking.session where session.prefecture = '08' " +
    "and session.kind = 'consultation' and booking.status = 'booked' order by booking.id desc limit 20",
)
const look = await h.ask(desk, TICKED, { fields: { act: 'move', ids, session: to }, name: 'many look' })
const sure = parse(look.body)
  .querySelectorAll(`form[action="${TICKED}"]`)
  .find((form) => form.querySelector('button[name="step"]'))
if (!sure) throw new Error('nothing can be moved')
const order = await h.send(desk, TICKED, fieldsOf(sure, { step: 'do' }), 'many')
await h.work()
await h.ask(desk, order.path, { name: 'many done' })
