import { anybody, h } from '../stage.ts'
import { chief, desk } from './01-staff.ts'
import { consolePages } from './console-pages.ts'

h.begin('07-console')
await consolePages(5)
const [call = ''] = await h.column<string>(
  "select id from outbox where channel = 'phone' and state = 'waiting' order by id",
)
await h.send(desk, `/desk/calls/${call}`, {}, 'called')
const [sent = ''] = await h.column<string>("select id from outbox where kind = 'booked' and state = 'sent' order by id")
await h.send(desk, `/desk/outbox/${sent}/resend`, {}, 'letter resent')
const [failed = ''] = await h.column<string>("select id from outbox where state = 'failed' order by id")
await h.ask(desk, `/desk/outbox/${failed}`, { name: 'letter failed' })
await h.send(desk, `/desk/outbox/${failed}/resend`, {}, 'letter failed resent')
await h.send(desk, `/desk/outbox/nothing/resend`, {}, 'letter unknown resent')
await h.ask(desk, '/desk/security/feeds', { fields: { name: '' }, name: 'feed wrong' })
const made = await h.ask(desk, '/desk/security/feeds', { fields: { name: '机のカレンダー' }, name: 'feed made' })
const feedPath = /\/desk\/feeds\/[\w-]+\.ics/.exec(made.body)?.[0] ?? '/desk/feeds/none.ics'
for (const who of anybody) await h.ask(who, feedPath, { name: 'desk feed' })
await h.send(
  desk,
  `/desk/security/feeds/${(await h.column<string>('select id from staff_feed'))[0]}/drop`,
  {},
  'feed dropped',
)
await h.send(
  desk,
  `/desk/bookings/views/${(await h.column<string>('select id from ledger_view'))[0]}/drop`,
  {},
  'view dropped',
)
await h.ask(desk, '/desk/proof/passkey/challenge', { method: 'POST' })
await h.ask(desk, '/desk/security/passkey/challenge', { method: 'POST', name: 'challenge refused: old proof' })
await h.ask(desk, '/desk/proof/letter', { fields: { name: 'typed' }, name: 'proof by letter' })
await h.ask(desk, '/desk/proof/again', { fields: { proof_code: '000000' }, name: 'proof again wrong' })
for (const path of ['/desk/proof/passkey', '/desk/security/passkey'])
  await h.ask(desk, path, { json: { id: 'x' }, name: `wrong ${path.split('/')[2]} passkey` })
await h.send(desk, '/desk/security/drop', { passkey: 'nothing' }, 'factor dropped refused: no proof')
await h.send(chief, '/desk/security/drop', { passkey: '' }, 'factor dropped refused: old proof')
await h.send(desk, '/desk/programme', {}, 'programme refused to a desk')
