import { beforeEach, describe, expect, test } from 'vitest'
import { saveHouse } from '../../../src/house/save-house.ts'
import { closeDay } from '../../../src/planning/closures/close-day.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { texts } from '../../../templates/text/index.ts'
import { expert } from '../../experts/fixtures.ts'
import { freshKey, MITO } from '../../world.ts'
import { fieldsOf, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const BOOKING = '/desk/bookings/:id'

/**
 * Every form that saves several fields of one thing: its page, the address of the form, a field that somebody else saves
 * first, and what is typed there. `step`: the button that saves.
 */
type Form = { page: string; to?: string; field: string; first: string; typed: string; step?: string }

const FORMS: Record<string, Form> = {
  'the house': { page: '/desk/setup/house', field: 'operator_ja', first: '水戸市', typed: '日立市', step: 'do' },
  'a person': { page: '/desk/people/:person', field: 'name', first: '先の名前', typed: '後の名前' },
  'a fiscal year': { page: '/desk/programmes/fy2026', field: 'name_ja', first: '令和八年度', typed: '八年度' },
  'a question': { page: '/desk/questions/:question', field: 'label_ja', first: '人数は', typed: '台数は' },
  'a desk': { page: '/desk/desks/:desk', field: 'address', first: '水戸市三の丸', typed: '水戸市中央', step: 'do' },
  'a venue': { page: '/desk/venues/:venue', field: 'parking_ja', first: '十台', typed: '二十台', step: 'do' },
  'a series': { page: '/desk/series/ibaraki', field: 'note_ja', first: '筆記用具', typed: '印鑑', step: 'do' },
  'a session': {
    page: `/desk/sessions/${MITO}/edit`,
    field: 'note_ja',
    first: '筆記用具',
    typed: '印鑑',
    step: 'do',
  },
  'the advisers of a session': {
    page: `/desk/sessions/${MITO}/advisers`,
    field: `slots.${MITO}-1000.room`,
    first: '相談室1',
    typed: '相談室2',
    step: 'do',
  },
  'a closure': {
    page: '/desk/closures?edit=08-2026-12-16',
    to: '/desk/closures',
    field: 'reason_ja',
    first: '先の理由',
    typed: '後の理由',
    step: 'do',
  },
  'a paragraph of letters': {
    page: '/desk/texts?series=ibaraki',
    to: '/desk/texts',
    field: 'text_ja',
    first: '駐車場あり',
    typed: '駐車場なし',
    step: 'do',
  },
  'the sender of letters': {
    page: '/desk/texts/sender?series=ibaraki',
    to: '/desk/texts/sender',
    field: 'sender_ja',
    first: '先の窓口',
    typed: '後の窓口',
    step: 'do',
  },
  'the note of a booking': { page: BOOKING, to: `${BOOKING}/note`, field: 'note', first: '電話あり', typed: '来訪' },
  'who made a booking': {
    page: BOOKING,
    to: `${BOOKING}/correct`,
    field: 'company',
    first: '甲商店',
    typed: '乙商店',
  },
  'the place of a booking': { page: BOOKING, to: `${BOOKING}/amend`, field: 'seats', first: '2', typed: '1' },
  'an expert': { page: '/desk/experts/expert', field: 'profile_ja', first: '労務', typed: 'セキュリティ' },
  'the hours of an expert': {
    page: '/desk/experts/expert/hours',
    field: 'hours.1',
    first: '09:00-12:00',
    typed: '10:00-12:00',
  },
  'the ties of an expert': {
    page: '/desk/experts/expert/ties',
    field: 'ties.0.company',
    first: '甲商店',
    typed: '乙商店',
  },
  'a consultation': { page: `${BOOKING}/record`, field: 'advised', first: '先の助言', typed: '後の助言' },
}

let s: Site
let one: Staff
let other: Staff
let real: (path: string) => string
beforeEach(async () => {
  s = await site()
  await expert(s)
  const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000` })
  const given = { kind: 'text', label_ja: '何を', label_en: '', key: freshKey() }
  const question = await addQuestion(s.system, { series: 'ibaraki', session: null }, given)
  await saveHouse(s.system, { name_ja: '窓口', name_en: 'Desk', revision: 0 })
  await closeDay(s.system, { date: '2026-12-16', scope: '08', state: 'confirmed', reason_ja: '館内整備' })
  s.at('2026-11-27T00:30:00.000Z')
  const person = await signedIn(s, 'desk', '08')
  one = await signedIn(s, 'secretariat')
  other = await signedIn(s, 'secretariat')
  const [venue = ''] = await s.column<string>('select venue from session where id = ?', MITO)
  const [office = ''] = await s.column<string>('select desk from session where id = ?', MITO)
  real = (path) =>
    path
      .replace(':venue', venue)
      .replace(':desk', office)
      .replace(':id', id)
      .replace(':person', person.id)
      .replace(':question', question.ok ? question.question : '')
})

/** The form of a page that changes what is at an address. */
function posting(page: Page, action: string) {
  const form = page.root.querySelector(`form[action="${action}"][method=post]`)
  if (!form) throw new Error(`no form to ${action}`)
  return form
}

/** What a form would send, by field. */
const valuesIn = (form: ReturnType<typeof posting>) =>
  new Map([...Map.groupBy(fieldsOf(form), ([name]) => name)].map(([name, all]) => [name, JSON.stringify(all)]))

/** Opens the page of a form and fills it in; sends it when called. */
async function opened(staff: Staff, { page, to = page, field, step }: Form) {
  if (page.endsWith('/record')) s.at('2026-11-27T01:00:00.000Z')
  const address = real(to)
  const form = posting(await staff.page(real(page)), address)
  const more = { ...(step && { step }), ...(page.endsWith('/record') && { minutes: '30', state: 'final' }) }
  return (typed: string) => staff.submit(address, fieldsOf(form, { [field]: typed, ...more }))
}

describe.each(Object.entries(FORMS))('%s that somebody else saved first', (_, given) => {
  const { to, page, field, first, typed, step } = given
  test('is refused with what was typed, says what is saved now, and is saved if it is sent again', async () => {
    const send = await opened(one, given)
    const before = await (await opened(other, given))(first)
    expect(before.status).toBe(200)
    const refused = await send(typed)
    expect(refused.status).toBe(409)
    const form = posting(refused, real(to ?? page))
    expect(fieldsOf(form)).toContainEqual([field, typed])
    const said = refused.root.getElementById(`${field}-saved`)?.text ?? ''
    expect(said).toContain(texts('ja').savedNow)
    expect(said).toContain(first)
    const now = valuesIn(posting(await one.page(real(page)), real(to ?? page)))
    const others = [...valuesIn(form)].filter(([name, value]) => name !== 'shown' && now.get(name) !== value)
    expect(form.querySelectorAll('.saved-now')).toHaveLength(others.length)
    const more = page.endsWith('/record') ? { state: 'final' } : {}
    const again = await one.submit(real(to ?? page), fieldsOf(form, { ...(step && { step }), ...more }))
    expect([again.status, again.text.includes(texts('ja').savedNow)]).toEqual([200, false])
  })
})

test('a record that somebody else saved first is not saved by itself', async () => {
  const record = { page: `${BOOKING}/record`, field: 'advised', first: '', typed: '' }
  const send = await opened(one, record)
  await (await opened(other, record))('先の助言')
  const page = await send('後の助言')
  expect(page.root.querySelector('form[data-autosave]')).toBe(null)
})
