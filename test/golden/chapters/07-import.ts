import { type Answer, type Fields, formOf, visitor } from '../site.ts'
import { h, LOCALES } from '../stage.ts'
import { chief, desk } from './01-staff.ts'

h.begin('07-import')
const START = '/desk/import'
const TABLE = [
  '茨城県\t2027年2月9日(火)\t10:00～12:00\tオンライン\t定員5名',
  '茨城県\t2027年2月16日(水)\t10:00～12:00\tオンライン\t定員5名',
  '雨天決行',
].join('\n')
const CHOSEN = { '1.day.0': '2027-02-17' }

/** The form of a draft as it is shown, with what a person decided. */
const decided = (page: Answer, path: string, changes: Fields, step: string) => formOf(page, path, { ...changes, step })

await h.send(desk, START, { text: '' }, 'nothing wrong')
await h.send(desk, START, { text: 'ご来場をお待ちしております。' }, 'no schedule refused')
for (const locale of LOCALES) {
  const who = visitor('desk', locale, desk)
  const draft = await h.send(who, START, { text: TABLE }, 'table')
  await h.send(who, draft.path, decided(draft, draft.path, {}, 'look'), 'a weekday is open, refused')
  const open = await h.ask(who, draft.path, { name: 'draft' })
  const look = await h.send(who, draft.path, decided(open, draft.path, CHOSEN, 'look'), 'look')
  const act = `${draft.path}/look`
  await h.send(who, act, formOf(look, act), 'taken in')
  if (locale === 'ja') await h.send(who, act, formOf(look, act), 'taken in twice')
  await h.send(who, `${draft.path}/undo`, {}, 'taken out')
  const other = await h.send(who, START, { text: TABLE.replaceAll('茨城県', '岩手県') }, 'table of another prefecture')
  await h.send(who, `${other.path}/drop`, {}, 'dropped')
  await h.ask(who, START, { name: 'list' })
}
await h.ask(chief, START)

const KEPT = [
  '日時\t会社名\t氏名\tフリガナ\tメール\t電話\t形式',
  '2026/12/11 10:00\t大洗建設\t海野 次郎\tウンノ ジロウ\tjiro@example.jp\t029-123-4567\tWEB',
  '2026/12/11 10:00\t髙﨑商店\t𠮷田 花子\t\t\t029-111-2222\tWEB',
].join('\n')
const BOOKINGS = `${START}/bookings`
for (const locale of LOCALES) {
  const who = visitor('desk', locale, desk)
  await h.ask(who, BOOKINGS, { name: 'bookings' })
  await h.send(who, BOOKINGS, { text: '会社名' }, 'no headings refused')
  const look = await h.send(who, BOOKINGS, { text: KEPT }, 'bookings')
  await h.send(who, BOOKINGS, formOf(look, BOOKINGS, { step: 'do' }), 'no consent refused')
  await h.send(who, BOOKINGS, formOf(look, BOOKINGS, { consent: 'true', step: 'do' }), 'bookings taken in')
}
