import { signIn } from '../people.ts'
import { formOf } from '../site.ts'
import { en, h, ja, press } from '../stage.ts'
import { chief, desk, secret } from './01-staff.ts'
import { on } from './02-plan.ts'
import { of } from './03-book.ts'

h.begin('07-ways-back')
await signIn(h, chief, 'chief@example.jp', 'link', secret)
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const mine = of(locale, 'plain')
  const headers = { authorization: `Bearer ${mine.token}` }
  const path = `/api/v1/bookings/${mine.id}`
  await h.ask(who, path, { method: 'PATCH', json: { seats: 0 }, headers, name: 'api amend wrong' })
  await h.ask(who, path, { method: 'PATCH', json: { format: 'online' }, headers, name: 'api amend' })
  await h.work()
  const email = `other-${locale}@example.jp`
  await press(
    mine,
    'amend',
    formOf(await h.ask(who, mine.path), `${mine.path}/amend`, { email, sure: 'true' }) as never,
  )
  await h.work()
  const token = /\/b\/email\/([\w-]+)/.exec(h.letterTo(email))?.[1] ?? 'none'
  await h.ask(who, `/b/email/${token}`, { name: 'email look' })
  await h.send(who, `/b/email/${token}`, {}, 'email confirmed')
  await h.work()
  // The old link ends with the old address.
  mine.token = /\/b\/([\w-]{30,})/.exec(h.letterTo(email))?.[1] ?? 'none'
  mine.path = `/b/${mine.token}`
  const page = `/desk/bookings/${mine.id}`
  await h.send(desk, `${page}/amend`, formOf(await h.ask(desk, page), `${page}/amend`, { format: 'onsite' }), 'amended')
  const left = `/desk/bookings/${of(locale, 'w4').id}`
  const look = await h.ask(desk, `${left}/restore`, { name: `restore ${locale} look` })
  const fields = look.status === 200 ? formOf(look, `${left}/restore`) : { step: 'do' }
  await h.send(desk, `${left}/restore`, { ...fields, step: 'do' }, `restore ${locale}`)
  await h.work()
}
const [call = ''] = await h.column<string>(
  "select id from outbox where channel = 'phone' and state = 'waiting' order by id",
)
await h.ask(desk, `/desk/calls/${call}`, { name: 'call' })
for (const act of ['/unreached', '', '/back']) await h.send(desk, `/desk/calls/${call}${act}`, {}, `call ${act}`)
await h.send(chief, '/desk/desks/new', formOf(await h.ask(chief, '/desk/desks/new'), '/desk/desks/new'), 'desk wrong')
const named = { name_ja: '水戸の窓口', name_en: 'Mito desk', phones: '029-224-0000', prefectures: ['08'] }
const form = formOf(await h.ask(chief, '/desk/desks/new'), '/desk/desks/new', named)
await h.send(chief, '/desk/desks/new', form, 'desk added')
const [made = 'none'] = await h.column<string>("select id from desk where name_ja = '水戸の窓口'")
const office = `/desk/desks/${made}`
await h.send(chief, office, formOf(await h.ask(chief, office), office, { name_en: 'Desk of Mito' }), 'desk edited')
await h.send(chief, `${office}/end`, formOf(await h.ask(chief, `${office}/end`), `${office}/end`), 'desk ended')
await h.send(chief, `${office}/reopen`, {}, 'desk reopened')
for (const path of ['/desk/caps', '/desk/caps/none']) await h.ask(chief, path)
for (const act of ['lift', 'restore']) await h.send(chief, `/desk/caps/none/${act}`, {}, `cap unknown ${act}`)
for (const path of ['/desk/setup', '/desk/setup/house', '/desk/journal', '/desk/first/none']) await h.ask(chief, path)
await h.send(chief, '/desk/first/none', {}, 'first account refused')
for (const act of ['trial', 'booking', 'booking/end']) {
  await h.send(chief, `/desk/setup/${act}`, {}, `setup ${act}`)
  await h.work()
}
const house = '/desk/setup/house'
await h.send(chief, house, formOf(await h.ask(chief, house), house, { name_ja: '' }), 'house wrong')
const called = { name_ja: 'テレワーク・サポートネットワーク', name_en: 'Telework Support Network' }
await h.send(chief, house, formOf(await h.ask(chief, house), house, called), 'house looked at')
await h.send(chief, house, formOf(await h.ask(chief, house), house, { ...called, step: 'do' }), 'house saved')
const [invited = 'none'] = await h.column<string>("select id from account where email = 'spare@example.jp'")
await h.send(chief, `/desk/people/${invited}/invite`, {}, 'invited again')
await h.send(desk, '/desk/security/codes', {}, 'recovery codes refused: no factor')
await h.send(chief, '/desk/security/codes', {}, 'recovery codes')
const session = on('acts', '2026-12-15')
const question = { session, kind: 'text', label_ja: '同行者のお名前', label_en: 'Who comes with you', options: '' }
await h.ask(desk, `/desk/questions?session=${session}`)
await h.send(desk, '/desk/questions', { ...question, label_ja: '' }, 'question wrong')
await h.send(desk, '/desk/questions', question, 'question added')
const [asked = 'none'] = await h.column<string>('select id from question')
const path = `/desk/questions/${asked}`
await h.send(desk, path, formOf(await h.ask(desk, path), path, { required: 'true' }), 'question edited')
await h.send(desk, `${path}/remove`, {}, 'question remove refused: still asked')
for (const act of ['up', 'down', 'retire', 'restore', 'retire', 'remove'])
  await h.send(desk, `${path}/${act}`, {}, `question ${act}`)
await h.work()
