import { beforeEach, describe, expect, test } from 'vitest'
import { tokenOf } from '../../../src/booking/link.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { editQuestion } from '../../../src/planning/questions/edit-question.ts'
import type { BookingRow } from '../../../src/store/schema.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { texts } from '../../../templates/text/index.ts'
import { questionTexts } from '../../../templates/text/questions.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { application, MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, pageOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from '../desk/fixtures.ts'

const t = questionTexts('ja')
const PATH = `/sessions/${MITO}/book`

let s: Site
let parking: string
let way: string
beforeEach(async () => {
  s = await site()
  parking = await question({ kind: 'text', label_ja: '駐車場の台数', label_en: 'Cars', required: true })
  way = await question({ kind: 'choices', label_ja: '交通手段', options: '車 | Car\n電車 | Train' })
  await question({ kind: 'companions' })
})

async function question(given: Record<string, unknown>): Promise<string> {
  const done = await addQuestion(s.system, { series: 'ibaraki', session: null }, given)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.question
}

const GIVEN = () => ({
  seats: '2',
  [`answers.${parking}`]: '1台',
  [`answers.${way}`]: ['o1', 'o2'],
  companions: '海野 花子\n',
  'support.interpreter': 'ベトナム語',
  'support.wheelchair': 'true',
})
const SAID = ['1台', '車、電車', '海野 花子', '通訳（ベトナム語）、車いすで参加する']

/** The form as somebody filled it in. */
async function filled(changes: Record<string, string | string[]> = GIVEN()): Promise<Page> {
  const { topics: _, consent: __, ...typed } = application({ corporate_number: '', message: '' })
  const form = formTo(await s.page(PATH), PATH)
  return s.submit(form, fieldsOf(form, { ...(typed as Record<string, string>), consent: 'true', ...changes }))
}

const missing = (page: { text: string }) => SAID.filter((text) => !page.text.includes(text))

describe('on the web', () => {
  test('questions are asked, shown at the confirm step, and stand on the page of the booking', async () => {
    const page = await s.page(PATH)
    expect(page.text).toContain('駐車場の台数')
    expect(page.root.querySelector('details.support')?.hasAttribute('open')).toBe(false)
    const confirm = await filled()
    expect([confirm.status, missing(confirm)]).toEqual([200, []])
    const again = await s.submit(formTo(confirm, PATH, 'edit'))
    expect(fieldsOf(formTo(again, PATH))).toEqual(expect.arrayContaining([[`answers.${way}`, 'o2']]))
    expect(again.root.querySelector('details.support')?.hasAttribute('open')).toBe(true)
    const done = await s.submit(formTo(confirm, PATH, 'book'))
    expect([done.status, missing(done)]).toEqual([200, []])
  })

  test('what is left empty or does not fit is named at its field, all at once', async () => {
    const page = await filled({ company: '', format: '', companions: '海野 花子', seats: '1' })
    expect(page.status).toBe(422)
    const above = page.root.querySelectorAll('[role=alert] li a').map((link) => link.getAttribute('href'))
    expect(above).toEqual(['#format', '#company', `#answers.${parking}`, '#companions'])
    expect(page.root.getElementById(`answers.${parking}-error`)?.text).toContain('駐車場の台数を入力してください')
  })

  test('a required question that was added meanwhile is shown to answer before anything is booked', async () => {
    const confirm = await filled()
    const tick = await question({ kind: 'tick', label_ja: '撮影に同意します', required: true })
    const asked = pageOf(await s.post(PATH, fieldsOf(formTo(confirm, PATH, 'book'))))
    expect(asked.text).toContain('撮影に同意します')
    expect([asked.status, asked.text.includes(texts('ja').refusals.changed.what)]).toEqual([409, true])
    expect(await s.column('select id from booking')).toEqual([])
    const form = formTo(asked, PATH)
    const next = await s.submit(form, fieldsOf(form, { [`answers.${tick}`]: 'true' }))
    expect((await s.submit(formTo(next, PATH, 'book'))).status).toBe(200)
  })

  test('a confirm page stays good if other words are mended, or an optional question is added', async () => {
    const confirm = await filled()
    await editQuestion(s.system, parking, { label_ja: '車の台数', required: true, revision: '0' })
    await question({ kind: 'text', label_ja: 'ひとこと' })
    expect((await s.submit(formTo(confirm, PATH, 'book'))).status).toBe(200)
  })

  test('the holder changes answers on the page of the booking', async () => {
    const confirm = await filled()
    await s.submit(formTo(confirm, PATH, 'book'))
    const { token } = await bookedToken()
    const form = formTo(await s.page(`/b/${token}`), `/b/${token}/amend`)
    const page = await s.submit(form, fieldsOf(form, { [`answers.${parking}`]: '2台', companions: '' }))
    expect(page.text).toContain('2台')
    expect(page.text).not.toContain('海野 花子')
    expect(page.text).toContain('通訳（ベトナム語）')
  })
})

describe('moving to another session', () => {
  const NEXT = 'ibaraki-2026-12-04'
  const place = { place: `${NEXT} ${NEXT}-1100`, format: 'onsite' }
  let lunch: string
  let one: { id: string; token: string }
  beforeEach(async () => {
    const done = await addQuestion(
      s.system,
      { series: null, session: NEXT },
      { kind: 'text', label_ja: '昼食', required: true },
    )
    lunch = done.ok ? done.question : ''
    one = await s.booked({ answers: { [parking]: '1台' } })
  })

  test('its holder is asked before the move what the new session asks, and the rest stays', async () => {
    const path = `/b/${one.token}/move`
    const form = formTo(await s.page(path), path)
    const confirm = await s.submit(form, fieldsOf(form, place))
    expect([confirm.text.includes('昼食'), confirm.text.includes('駐車場の台数')]).toEqual([true, false])
    const empty = await s.submit(formTo(confirm, path, 'move'))
    expect([empty.status, empty.root.querySelector(`[role=alert] a[href="#answers.${lunch}"]`) === null]).toEqual([
      422,
      false,
    ])
    const again = formTo(empty, path, 'move')
    const done = await s.submit(again, fieldsOf(again, { [`answers.${lunch}`]: '不要' }))
    expect(['不要', '1台', texts('ja').booking.done.moved].filter((text) => !done.text.includes(text))).toEqual([])
  })

  test('the desk is asked too, may leave it empty, and reads there what does not fit', async () => {
    const desk = await signedIn(s, 'desk', '08')
    await question({ kind: 'number', label_ja: '机の数' })
    const [tables = ''] = await s.column<string>("select id from question where label_ja = '机の数'")
    const path = `/desk/bookings/${one.id}/move`
    const page = await desk.page(`${path}?session=${NEXT}`)
    expect([page.text.includes('昼食'), page.text.includes('駐車場の台数')]).toEqual([true, false])
    const form = page.root.querySelector(`form[action="${path}"][method=post]`)
    if (!form) throw new Error('no form to move')
    const faulty = await desk.submit(path, fieldsOf(form, { ...place, [`answers.${tables}`]: '二' }))
    expect([faulty.status, faulty.root.getElementById(`answers.${tables}-error`) === null]).toEqual([422, false])
    const done = await desk.submit(path, fieldsOf(form, place))
    expect(done.text).toContain(deskTexts('ja').booking.done.moved)
  })
})

/** The token of the only booking, from the address of its page. */
async function bookedToken(): Promise<{ token: string }> {
  const [row] = await s.rows<BookingRow>('select * from booking')
  return { token: (row && (await tokenOf(s.ctx, row))) ?? '' }
}

describe('the API', () => {
  test('says what a session asks, takes answers, and returns them to the holder alone', async () => {
    const session = JSON.parse((await s.ask(`/api/v1/sessions/${MITO}`)).body)
    expect(session.companions).toBe('optional')
    expect(session.questions).toEqual([
      { id: parking, kind: 'text', required: true, label: { ja: '駐車場の台数', en: 'Cars' }, options: [] },
      expect.objectContaining({
        id: way,
        kind: 'choices',
        options: [{ id: 'o1', ja: '車', en: 'Car' }, expect.anything()],
      }),
    ])
    const given = {
      seats: 2,
      answers: { [parking]: '1台', [way]: ['o2'] },
      companions: [{ name: '海野 花子' }],
      support: { sign_language: true },
    }
    const { id, token } = await s.booked(given)
    const own = await s.ask(`/api/v1/bookings/${id}`, { headers: { authorization: `Bearer ${token}` } })
    const { seats: _, ...said } = given
    expect(JSON.parse(own.body).booking).toMatchObject(said)
  })

  test('names each fault by the question, also an answer that nobody asked for', async () => {
    const given = application({ answers: { [way]: ['o9'], nothing: 'x' }, locale: 'ja' })
    const answer = await s.send('/api/v1/bookings', given, { 'idempotency-key': 'key-of-a-question-1' })
    expect([answer.status, JSON.parse(answer.body).errors]).toEqual([
      422,
      {
        [`answers.${parking}`]: '駐車場の台数を入力してください',
        [`answers.${way}`]: expect.stringContaining('交通手段'),
        'answers.nothing': expect.any(String),
      },
    ])
  })
})

describe('at the desk', () => {
  let desk: Staff
  beforeEach(async () => {
    desk = await signedIn(s, 'desk', '08')
  })

  test('the form for the telephone asks too, and the booking, the sheet and the letter have the answers', async () => {
    const form = formTo(await desk.page(`/desk/bookings/new?session=${MITO}`), '/desk/bookings/new')
    expect(form.text).toContain('駐車場の台数')
    const typed = Object.entries(GIVEN()).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    )
    const fields = [...caller({ email: 'jiro@example.jp' }).filter(([name]) => name !== 'seats'), ...typed]
    const page = await desk.submit('/desk/bookings/new', fields)
    expect([page.status, missing(page)]).toEqual([200, []])
    const sheet = await desk.page(`/desk/sessions/${MITO}/sheet`)
    expect(missing(sheet)).toEqual([])
    const [id = ''] = await s.column<string>('select id from booking')
    const letter = await desk.page(`/desk/bookings/${id}/letter?kind=booked`)
    expect(SAID.filter((text) => !letter.body.includes(text))).toEqual([])
  })

  test('what somebody said by telephone is corrected on the page of the booking, and the journal says so', async () => {
    const { id } = await s.booked({ seats: 2, answers: { [parking]: '1台', [way]: ['o2'] } })
    const path = `/desk/bookings/${id}/answers`
    const shown = () => desk.page(`/desk/bookings/${id}`)
    const same = await desk.submit(path, fieldsOf(formTo(await shown(), path)))
    expect(same.text).toContain(deskTexts('ja').booking.done.same)
    const old = formTo(await shown(), path)
    const { seats: _, ...said } = GIVEN()
    const done = await desk.submit(path, fieldsOf(old, said))
    expect([done.text.includes(deskTexts('ja').booking.done.answers), missing(done)]).toEqual([true, []])
    expect(done.text).toContain(deskTexts('ja').booking.happened['booking.answers_corrected'])
    const stale = await desk.submit(path, fieldsOf(old, { 'support.captions': 'true' }))
    expect([stale.status, missing(stale)]).toEqual([409, []])
    const faulty = await desk.submit(path, fieldsOf(formTo(await shown(), path), { companions: '海\n山' }))
    expect([faulty.status, faulty.root.querySelector(`details[open] form[action="${path}"]`) === null]).toEqual([
      422,
      false,
    ])
  })

  test('an export of one series has a column for each question, one of several has one for all', async () => {
    await s.booked({ seats: 2, answers: { [parking]: '1台', [way]: ['o1'] }, companions: [{ name: '海野 花子' }] })
    const wanted = { from: '2026-11-01', to: '2027-03-31', format: 'csv' }
    const file = async () => {
      const { body } = await desk.post('/desk/exports', Object.entries(wanted))
      return body.split('\r\n').map((line) => line.split(','))
    }
    const columns = figuresTexts('ja').export.columns
    const cell = (lines: string[][], head: string) => lines[1]?.[lines[0]?.indexOf(head) ?? -1]
    const alone = await file()
    expect([cell(alone, '駐車場の台数'), cell(alone, '交通手段')]).toEqual(['1台', '車'])
    expect([cell(alone, columns.answers), cell(alone, columns.companions)]).toEqual(['', '海野 花子'])
    await publishSession(s.system, seminar({ id: 'other', prefecture: '08', desk: 'secretariat' }))
    await s.booked({ session: 'other', slot: null, format: 'online' })
    const both = await file()
    expect(cell(both, '駐車場の台数')).toBeUndefined()
    expect(cell(both, columns.answers)).toBe('"駐車場の台数：1台\n交通手段：車"')
  })

  test('who needs support is marked on today and in the ledger, and found and exported by it', async () => {
    await s.booked({ answers: { [parking]: '1台' }, company: '大洗建設', support: { interpreter: 'ベトナム語' } })
    await s.booked({
      answers: { [parking]: '1台' },
      company: '海野商店',
      email: 'umino@example.jp',
      phone: '029-224-0077',
    })
    s.at('2026-11-27T00:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const marked = async (path: string) =>
      (await desk.page(path)).root
        .querySelectorAll('tbody tr')
        .map((row) => [row.text.includes('海野商店'), row.text.includes('通訳（ベトナム語）')])
    const one = [false, true]
    const other = [true, false]
    expect(await marked('/desk')).toEqual([one, other])
    expect(await marked('/desk/bookings')).toEqual([one, other])
    expect(await marked('/desk/bookings?support=1')).toEqual([one])
    const found = await desk.page('/desk/bookings?support=1')
    expect(found.main.querySelector('.conditions')?.text).toContain(deskTexts('ja').ledger.supports[1])
    const form = formTo(found, '/desk/exports')
    const { body } = await desk.post('/desk/exports', fieldsOf(form, { format: 'csv' }))
    expect([body.includes('大洗建設'), body.includes('海野商店')]).toEqual([true, false])
    expect((await desk.page('/desk/bookings?support=2')).status).toBe(404)
  })

  test('questions are added, edited, moved and retired on their page, and said to be done', async () => {
    const path = '/desk/questions?series=ibaraki'
    const page = await desk.page(path)
    expect(page.text).toContain('交通手段')
    const add = formTo(page, '/desk/questions')
    const added = await desk.submit('/desk/questions', fieldsOf(add, { label_ja: '社名の読み', kind: 'text' }))
    expect(added.text).toContain(t.editor.done.added)
    const [id = ''] = await s.column<string>("select id from question where label_ja = '社名の読み'")
    const edit = formTo(await desk.page(`/desk/questions/${id}`), `/desk/questions/${id}`)
    const edited = await desk.submit(`/desk/questions/${id}`, fieldsOf(edit, { required: 'true' }))
    expect(edited.text).toContain(t.editor.done.edited)
    expect((await desk.submit(`/desk/questions/${id}/up`)).text).toContain(t.editor.done.moved)
    expect((await desk.submit(`/desk/questions/${id}/remove`)).text).toContain(t.editor.refused.asked)
    expect((await desk.submit(`/desk/questions/${id}/retire`)).text).toContain(t.editor.done.retired)
    expect((await desk.submit(`/desk/questions/${id}/remove`)).text).toContain(t.editor.done.removed)
    const faulty = await desk.submit('/desk/questions', fieldsOf(add, { kind: 'choice' }))
    expect([faulty.status, faulty.root.querySelectorAll('p.err').length]).toEqual([422, 2])
    expect((await desk.page('/desk/questions')).status).toBe(404)
    expect((await desk.page(`/desk/sessions/${MITO}`)).body).toContain(`/desk/questions?session=${MITO}`)
    expect((await desk.page(`/desk/questions?session=${MITO}`)).text).toContain(t.editor.inherited)
  })

  test('saving a question as its form shows it changes nothing', async () => {
    for (const id of await s.column<string>('select id from question')) {
      const before = await s.rows('select * from question where id = ?', id)
      const form = formTo(await desk.page(`/desk/questions/${id}`), `/desk/questions/${id}`)
      expect((await desk.post(`/desk/questions/${id}`, fieldsOf(form))).status).toBe(303)
      expect(await s.rows('select * from question where id = ?', id)).toEqual(before)
    }
  })
})
