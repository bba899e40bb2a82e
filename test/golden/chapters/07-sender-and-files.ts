import { PNG, pdf } from '../../messages/files.ts'
import { type Answer, formOf, type Visitor, visitor } from '../site.ts'
import { api, h, LOCALES, MITO } from '../stage.ts'
import { chief, desk } from './01-staff.ts'
import { filled } from './07-newer-letters.ts'

h.begin('07-sender-and-files')
const SENDER = '/desk/texts/sender'
const FILES = '/desk/texts/files'

/** Uploads a file for a year, series or message. Opens the page that follows. */
async function put(who: Visitor, owner: [string, string], file: File, name: string): Promise<Answer> {
  const body = new FormData()
  body.append(...owner)
  body.append('purpose', file.type === 'image/png' ? 'logo' : 'document')
  body.append(file.type === 'image/png' ? 'logo' : 'document', file)
  const answer = await h.ask(who, FILES, { body, name })
  return answer.status === 303 ? h.ask(who, answer.location, { name: `${name} then` }) : answer
}

const words = {
  sender_ja: '水戸の相談窓口',
  sender_en: 'Mito desk',
  reply: 'mito@example.jp',
  signature_ja: '水戸の相談窓口\n受付 9時〜17時',
  signature_en: 'Mito desk\n9:00 to 17:00',
}
const owners: [Visitor, string, string][] = [
  [chief, 'programme', 'fy2026'],
  [desk, 'series', 'ibaraki'],
  [desk, 'session', MITO],
]
for (const [who, scope, id] of owners) {
  const page = `${SENDER}?${scope}=${id}`
  await h.send(who, SENDER, await filled(who, page, { ...words, reply: 'nobody' }), `sender of a ${scope} wrong`)
  const fields = await filled(who, page, words)
  await h.send(who, SENDER, fields, `sender of a ${scope} look`)
  await h.send(who, SENDER, { ...fields, step: 'do' }, `sender of a ${scope}`)
  await h.send(who, SENDER, { ...fields, step: 'do' }, `sender of a ${scope} too late`)
}
const logo = new File([PNG], 'ロゴ.png', { type: 'image/png' })
const document = new File([pdf()], '持ち物のご案内.pdf', { type: 'application/pdf' })
const year: [string, string] = ['programme', 'fy2026']
const weekly: [string, string] = ['series', 'ibaraki']
await put(desk, weekly, new File(['text'], 'a.pdf', { type: 'application/pdf' }), 'document wrong')
await put(desk, weekly, document, 'document')
await put(chief, year, logo, 'logo')
for (const id of await h.column<string>('select id from letter_file order by id')) await h.ask(desk, `${FILES}/${id}`)
for (const locale of LOCALES) {
  const [boss, mine] = [visitor('secretariat', locale, chief), visitor('desk', locale, desk)]
  await h.ask(boss, `${FILES}?programme=fy2026`)
  for (const path of [FILES, SENDER, '/desk/texts/sample']) await h.ask(mine, `${path}?series=ibaraki`)
  const { id } = await api('with a logo', 'ibaraki-2027-01-08', locale === 'ja' ? '1000' : '1100', locale)
  await h.work()
  const [letter = 'none'] = await h.column<string>('select id from outbox where subject = ?', id)
  await h.ask(desk, `/desk/outbox/${letter}/html`, { name: `letter with a logo ${locale}` })
}
for (const [who, [scope, id], name] of [
  [desk, weekly, 'document'],
  [chief, year, 'logo'],
] as const) {
  const fields = formOf(await h.ask(who, `${FILES}?${scope}=${id}`), `${FILES}/drop`)
  await h.send(who, `${FILES}/drop`, fields, `${name} dropped`)
}
for (const [who, scope, id] of owners)
  await h.send(who, `${SENDER}/standard`, { [scope]: id }, `sender of a ${scope} dropped`)
