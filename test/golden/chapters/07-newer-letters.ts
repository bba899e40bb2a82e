import { signIn, withTotp } from '../people.ts'
import { type Answer, type Fields, formOf, type Visitor, visitor } from '../site.ts'
import { h, LOCALES, MITO } from '../stage.ts'
import { chief, desk } from './01-staff.ts'
import { begun, on, venue } from './02-plan.ts'
import { later, of } from './03-book.ts'

h.begin('07-newer-letters')
const because = { reason_ja: '大雪のため', reason_en: 'Heavy snow', beside: '担当が二人いるため' }

/** Looks at an act, then does it with all that the look sends. */
export async function looked(who: Visitor, path: string, fields: Fields, name: string): Promise<Answer> {
  const look = await h.ask(who, path, { fields, name: `${name} look` })
  const sure = look.status === 200 ? formOf(look, path) : {}
  return h.send(who, path, { ...sure, ...fields, step: 'do' }, name)
}

/** Looks at what would be deleted, then deletes it. */
export async function deleted(who: Visitor, path: string, name: string): Promise<void> {
  await h.send(who, `${path}/delete`, await filled(who, `${path}/delete`), name)
}

/** The form of a page with what a person changed. The changes alone if it shows none. */
export async function filled(who: Visitor, page: string, changes: Fields = {}): Promise<Fields> {
  const answer = await h.ask(who, page)
  const path = page.split('?')[0] ?? page
  return answer.body.includes(`action="${path}"`) ? formOf(answer, path, changes) : changes
}

/** What only the row of an account knows. */
const idOf = async (email: string) => (await h.column<string>('select id from account where email = ?', email))[0] ?? ''

await looked(desk, `/desk/sessions/${on('acts', '2026-12-01')}/hold-again`, because, 'held again')
await looked(desk, `/desk/sessions/${on('acts', '2026-12-08')}/convert-back`, because, 'converted back')
await h.work()
// People who know its date hear that it has none any more, then that it is off, then that it is not.
await looked(
  chief,
  `/desk/sessions/${later}/reschedule`,
  { ...because, postpone: 'true', date: '', starts: '' },
  'later',
)
await h.work()
for (const act of ['call-off', 'hold-again']) {
  await looked(chief, `/desk/sessions/${later}/${act}`, because, `later ${act}`)
  await h.work()
}

const words = {
  subject_ja: '駐車場のご案内',
  body_ja: '{日時}は、駐車場が満車です。\n電車でお越しください。',
  subject_en: 'Car park',
  body_en: 'The car park is full on {日時}.\nPlease come by train.',
}
await h.ask(desk, `/desk/messages/new?session=${MITO}`)
await h.send(desk, '/desk/messages/new', { session: MITO, ...words, body_ja: '{何か}' }, 'message wrong')
const form = await h.ask(desk, `/desk/messages/new?session=${MITO}`, { name: 'message form' })
await looked(desk, '/desk/messages/new', formOf(form, '/desk/messages/new', words), 'message')
await h.work()
for (const locale of LOCALES) {
  const mine = of(locale, 'web 2026-12-14')
  const who = visitor('holder', locale)
  await h.ask(who, `${mine.path}/messages`)
  for (const messages of ['stop', 'want'])
    await h.send(who, `${mine.path}/messages`, { messages }, `messages ${messages}`)
  await h.send(desk, `/desk/bookings/${mine.id}/messages`, { messages: 'stop' }, `messages of ${locale}`)
}
const letter = { session: MITO, kind: 'booked', text_ja: '上履きをお持ちください。', text_en: 'Bring slippers.' }
await h.ask(desk, `/desk/texts?session=${MITO}`)
await looked(desk, '/desk/texts', { ...letter, revision: '-1' }, 'text')
await h.send(desk, '/desk/texts/standard', letter, 'text dropped')

for (const locale of LOCALES) {
  const email = `office-${locale}@example.jp`
  const [boss, who, other] = [
    visitor('secretariat', locale, chief),
    visitor('office', locale),
    visitor('other-browser', locale),
  ]
  const path = '/desk/people/new'
  const account = { email, name: '事務局 次郎', role: 'secretariat', prefectures: '' }
  await h.send(boss, path, formOf(await h.ask(boss, path), path, account), `people office ${locale}`)
  await signIn(h, who, email, 'link')
  await withTotp(h, who)
  const codes = await h.ask(who, '/desk/security/codes', { fields: {}, name: 'recovery codes' })
  const [recovery = ''] = /[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}/.exec(codes.body) ?? []
  await h.send(who, '/desk/setup/trial', {}, 'trial')
  await h.work()
  await signIn(h, other, email, 'link')
  await h.send(other, '/desk/proof/again', { recovery }, 'recovery code')
  await h.send(who, '/desk/security/drop', { passkey: '' }, 'factor dropped')
  await h.send(who, '/desk/security/keys', { keys: 'on' }, 'keys')
  const page = `/desk/people/${await idOf(email)}`
  await h.send(
    boss,
    page,
    formOf(await h.ask(boss, page), page, { email: `new-${email}`, forget_factors: 'true' }),
    `email of ${locale}`,
  )
  await h.work()
}

const year = { fiscal_year: '2028', name_ja: '令和10年度', name_en: 'Fiscal 2028' }
await h.send(chief, '/desk/programmes', { ...year, fiscal_year: '' }, 'programme wrong')
await h.send(chief, '/desk/programmes', year, 'programme added')
const [added = ''] = await h.column<string>("select id from programme where name_ja = '令和10年度'")
const yearPath = `/desk/programmes/${added}`
await h.send(chief, yearPath, await filled(chief, yearPath, { name_en: 'Year 2028' }), 'programme edited')

const day = { date: '2026-12-28', starts: '09:00', ends: '11:00', beside: because.beside }
await looked(desk, '/desk/schedule/new', await filled(desk, '/desk/schedule/new?date=2026-12-28', day), 'day')
const [lone = ''] = await h.column<string>("select id from session where date = '2026-12-28' and series is null")
const copy = `/desk/sessions/${lone}/copy`
await looked(desk, copy, await filled(desk, copy, { dates: '2027-01-05' }), 'day copied')
const week = '/desk/schedule/copy'
await looked(desk, week, await filled(desk, `${week}?week=2026-12-28`), 'week copied')
await deleted(desk, `/desk/sessions/${lone}`, 'day deleted')
const elsewhere = `/desk/series/${begun.elsewhere}`
await looked(desk, `${elsewhere}/end`, { until: '2026-12-17' }, 'series ended')
await deleted(desk, elsewhere, 'series deleted')
await deleted(desk, `/desk/venues/${venue}`, 'venue deleted refused: in use')
for (const act of ['absent', 'booked', 'move'])
  await h.send(
    desk,
    '/desk/bookings/ticked',
    { act, ids: [of('ja', 'plain').id, of('en', 'plain').id] },
    `ticked ${act}`,
  )
