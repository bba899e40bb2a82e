import { beforeEach, describe, expect, test } from 'vitest'
import { callOff } from '../../../src/changes/call-off.ts'
import { draw } from '../../../src/lottery/draw.ts'
import { sessionById } from '../../../src/schedule/queries.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { texts } from '../../../templates/text/index.ts'
import { questionTexts } from '../../../templates/text/questions.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const t = scheduleTexts('ja')
const only = async <T>(text: string) => (await s.column<T>(text))[0]
const saved = async (path: string, changes: Record<string, string>) => {
  const form = formTo(await desk.page(path), path)
  return desk.submit(path, fieldsOf(form, changes))
}

describe('a session as a whole', () => {
  test('is called off after a look at who is concerned and what they will read', async () => {
    await s.booked({ email: 'taro@example.jp' })
    await desk.post('/desk/bookings/new', caller({ slot: `${MITO}-1100` }))
    const path = `/desk/sessions/${MITO}/call-off`
    const blank = await desk.post(path, [['reason_ja', ' ']])
    expect([blank.status, blank.body.includes('id="reason_ja-error"')]).toEqual([422, true])
    const look = await desk.submit(path, [['reason_ja', '大雪のため']])
    expect(look.text).toContain(d.session.concerned(2, 2))
    expect(look.text).toContain(d.session.byPhone(1))
    expect(look.text).toContain('【開催中止】')
    expect(look.text).toContain('大雪のため')
    expect(look.text).toContain(d.session.letter(1))
    expect(look.text).not.toContain('例）') // one person gets it
    const spoken = look.main.querySelectorAll('section').find(({ text }) => text.includes(d.session.spoken(1)))?.text
    for (const said of ['開催を中止します', '大雪のため', '11月27日']) expect(spoken).toContain(said)
    expect(await s.column('select state from session where id = ?', MITO)).toEqual(['published'])
    const done = await desk.submit(path, fieldsOf(formTo(look, path)).concat([['step', 'do']]))
    expect(done.text).toContain(d.session.done['call-off'])
    expect(done.text).toContain(d.session.toCall)
    expect(done.text).toContain(d.session.happened['session.called_off'])
    expect(done.text).toContain('大洗建設') // who was to come is still listed
    expect(await s.column("select cast(count(*) as integer) from booking where status = 'cancelled'")).toEqual([2])
    const today = await desk.page('/desk')
    expect(today.text).toContain('海野 次郎')
    const [call] = await s.column<string>("select id from outbox where channel = 'phone'")
    const told = await desk.page(`/desk/calls/${call}`)
    for (const said of ['海野 次郎', '開催を中止します', '茨城県', '大雪のため']) {
      expect(told.text.replaceAll(/\s+/g, ' ')).toContain(said)
    }
    expect(told.text).toContain('水戸エリア')
    expect(told.text).not.toContain('会場は追ってご案内します')
    const unreached = `/desk/calls/${call}/unreached`
    const tried = await desk.submit(unreached, fieldsOf(formTo(told, unreached)))
    expect(tried.text).toContain(d.today.tried(1, '11月22日(日) 10:00'))
    expect(tried.text).toContain('海野 次郎')
    const called = await desk.submit(`/desk/calls/${call}`)
    expect(called.text).toContain(d.today.calledNow('大洗建設 海野 次郎'))
    expect((await desk.submit(`/desk/calls/${call}/back`)).main.querySelector('#calls')?.text).toContain('海野 次郎')
    await desk.post(`/desk/calls/${call}`)
    expect((await desk.page('/desk')).text).not.toContain('海野 次郎')
  })

  test('counts the people who asked for its date before it is called off, moved, postponed or held again', async () => {
    const at = '2026-11-22T00:00:00.000Z'
    const columns = 'id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at'
    const row = (id: string, state: string) =>
      `insert into interest (${columns}) values ('${id}', '${MITO}', '${id}@example.jp', '${id}', 'ja', '${state}', '${id}', 's', '${at}', '${at}')`
    await s.run(row('knows', 'notified'))
    await s.run(row('waits', 'confirmed'))
    const look = async (act: string, values: [string, string][] = []) =>
      (await desk.submit(`/desk/sessions/${MITO}/${act}`, [...values, ['reason_ja', '大雪のため']])).text
    expect(await look('call-off')).toContain(d.session.following(2))
    expect(await look('reschedule', [['date', '2026-12-01']])).toContain(d.session.following(2))
    expect(await look('reschedule', [['postpone', 'true']])).toContain(d.session.following(1))
    await s.run("update session set state_before = state, state = 'called_off' where id = ?", MITO)
    await s.run("update interest set state = 'ended'")
    expect(await look('hold-again')).toContain(d.session.following(2))
  })

  test('asks for a reason in English if somebody concerned reads English, and goes on without', async () => {
    const at = `/desk/sessions/${MITO}/call-off`
    await s.booked({ locale: 'en' })
    await s.booked({ slot: `${MITO}-1100` })
    expect((await desk.page(at)).text).toContain(d.session.reasonEnAsked(1))
    const look = (more: [string, string][]) => desk.submit(at, [['reason_ja', '大雪のため'], ...more])
    const warned = await look([])
    expect(warned.text).toContain(d.session.reasonInJapanese(1).what)
    expect((await look([['reason_en', 'Heavy snow']])).text).not.toContain(d.session.reasonInJapanese(1).what)
    expect((await desk.submit(at, [...fieldsOf(formTo(warned, at)), ['step', 'do']])).text).toContain(
      d.session.done['call-off'],
    )
  })

  test('without a date says how many wait to hear of it', async () => {
    const at = '2026-11-22T00:00:00.000Z'
    const columns = 'id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at'
    await s.run(
      `insert into interest (${columns}) values ('w', '${MITO}', 'w@example.jp', 'w', 'ja', 'confirmed', 'w', 's', '${at}', '${at}')`,
    )
    expect((await desk.page(`/desk/sessions/${MITO}`)).text).not.toContain(d.session.awaiting)
    await s.run('update session set date = null, starts_at = null, ends_at = null where id = ?', MITO)
    expect((await desk.page(`/desk/sessions/${MITO}`)).text).toContain(d.session.awaitingPeople(1))
  })

  test('is rescheduled, postponed or converted, each after a look', async () => {
    await s.booked()
    const at = (act: string) => `/desk/sessions/${MITO}/${act}`
    const look = await desk.submit(at('reschedule'), [
      ['date', '2026-12-01'],
      ['starts', ''],
      ['reason_ja', '都合により'],
    ])
    expect(look.text).toContain('12月1日(火)')
    const go = (page: Page, act: string) => desk.submit(at(act), [...fieldsOf(formTo(page, at(act))), ['step', 'do']])
    expect((await go(look, 'reschedule')).text).toContain(d.session.done.reschedule)
    expect(await s.column('select date from session where id = ?', MITO)).toEqual(['2026-12-01'])
    const web = await desk.submit(at('convert'), [
      ['into', 'online'],
      ['reason_ja', '感染対策'],
    ])
    expect((await go(web, 'convert')).text).toContain(d.session.done.convert)
    const later = await desk.submit(at('reschedule'), [
      ['postpone', 'true'],
      ['reason_ja', '会場の都合'],
    ])
    expect((await go(later, 'reschedule')).text).toContain(d.session.done.postpone)
    expect(await s.column('select state from session where id = ?', MITO)).toEqual(['postponed'])
    expect(await s.column('select sequence from booking')).toEqual([3])
  })

  test('names before it moves what else its desk has at that time, and goes on with a reason only', async () => {
    const at = `/desk/sessions/${MITO}/reschedule`
    const look = await desk.submit(at, [
      ['date', '2026-12-04'],
      ['starts', ''],
      ['reason_ja', '都合により'],
    ])
    expect(look.main.querySelector('a[href="/desk/sessions/ibaraki-2026-12-04"]')).not.toBeNull()
    const without = await desk.submit(at, [...fieldsOf(formTo(look, at)), ['step', 'do']])
    expect([without.status, without.main.querySelector('#beside-error') !== null]).toEqual([422, true])
    const beside = fieldsOf(formTo(look, at), { beside: '2部屋で開く' })
    expect((await desk.submit(at, [...beside, ['step', 'do']])).text).toContain(d.session.done.reschedule)
  })

  test('has a sheet for the printer, without who only waits, and no box for who has only an offer', async () => {
    await s.booked({ company: '株式会社髙﨑製作所', seats: 2, topics: ['subsidy'], message: '助成金の相談' })
    await s.booked({ company: '待ち商店', seats: 2, waitlist: true })
    const sheet = await desk.page(`/desk/sessions/${MITO}/sheet`)
    for (const said of ['株式会社髙﨑製作所', texts('ja').topics.subsidy, '助成金の相談']) {
      expect(sheet.text).toContain(said)
    }
    expect(sheet.text).not.toContain('待ち商店')
    await s.booked({ company: '返事商店', slot: `${MITO}-1100` })
    await s.run("update booking set status = 'offered' where company = '返事商店'")
    const came = async () =>
      (await desk.page(`/desk/sessions/${MITO}/sheet`)).main
        .querySelectorAll(`td[data-label="${d.session.sheetColumns.came}"]`)
        .map(({ text }) => text.trim())
    const { offered, absent, attended } = texts('ja').standings
    expect(await came()).toEqual(['□', offered])
    await s.run("update booking set status = 'absent' where company = '株式会社髙﨑製作所'")
    await s.run("update booking set status = 'attended' where company = '返事商店'")
    expect(await came()).toEqual([absent, attended])
  })
})

describe('one session', () => {
  const path = `/desk/sessions/${MITO}`

  test('counts those without a place by what they wait for', async () => {
    const { standings } = texts('ja')
    await s.run("update session set acceptance = 'lottery' where id = ?", MITO)
    for (const _ of ['one', 'two']) await s.booked({ seats: 2 })
    const page = await desk.page(path)
    expect(page.text).toContain(d.session.waiting(standings.entered, 2))
    expect(page.text).not.toContain(d.session.waiting(standings.waiting, 2))
  })

  const edit = async (changes: Record<string, string>) =>
    desk.submit(`${path}/edit`, fieldsOf(formTo(await desk.page(`${path}/edit`), `${path}/edit`), changes))

  test('shows whom other hours concern before it is edited, and shows it anew if that changed', async () => {
    const asks = (id: string) =>
      s.run(
        `insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at)
          values (?, ?, ?, ?, 'ja', 'notified', ?, '1', '2026-11-20', '2026-11-20')`,
        id,
        MITO,
        `${id}@example.jp`,
        id,
        id,
      )
    await asks('one')
    const look = await edit({ slot_starts: '14:00', capacity: '19', acceptance: 'approval' })
    expect(look.text).toContain(d.session.following(1))
    for (const change of ['→ 14:00〜', '→ 19', '先着順 → 承認制']) expect(look.text).toContain(change)
    await asks('two')
    const send = (page: Page) =>
      desk.submit(`${path}/edit`, [...fieldsOf(formTo(page, `${path}/edit`)), ['step', 'do']])
    const anew = await send(look)
    expect([anew.status, anew.text]).toEqual([409, expect.stringContaining(d.session.following(2))])
    expect((await send(anew)).text).toContain(t.session.done.edited)
    expect(await s.column("select subject from outbox where kind = 'settled' order by subject")).toEqual(['one', 'two'])
  })

  test('saved as it was says so, and asks for no call about something else', async () => {
    await desk.post('/desk/bookings/new', caller())
    await callOff(s.system, MITO, { reason_ja: '大雪のため' })
    await s.run("update session set state = 'published' where id = ?", MITO)
    const done = await edit({})
    expect(done.text).toContain(t.session.done.same)
    expect(done.text).not.toContain(d.session.toCall)
  })

  test('is edited, left alone by its series from then on, and today’s change is taken back', async () => {
    const done = await edit({ title_ja: '出張相談会', capacity: '3' })
    expect(done.text).toContain(t.session.done.edited)
    expect(await s.rows('select title_ja, capacity, edited from session where id = ?', MITO)).toEqual([
      { title_ja: '出張相談会', capacity: 3, edited: 1 },
    ])
    const back = await desk.submit(`${path}/undo`)
    expect(back.text).toContain(t.session.done.undone)
    expect(await s.rows('select title_ja, capacity, edited from session where id = ?', MITO)).toEqual([
      { title_ja: 'テレワーク無料相談会', capacity: 5, edited: 0 },
    ])
    expect((await desk.submit(`${path}/undo`)).text).toContain(t.session.refused.changed)
  })

  test('gets other hours, and its old ones back, but none under somebody who booked: they are named', async () => {
    const times = async () => (await sessionById(s.ctx, MITO))?.slots.map((slot) => slot.id.slice(-4))
    const done = await edit({ slot_starts: '9:30、13:30'.replace('9', '09'), slot_minutes: '40', slot_capacity: '3' })
    expect(done.text).toContain(t.session.done.edited)
    expect(await times()).toEqual(['0930', '1330'])
    expect((await edit({ slot_starts: '', starts: '15:00', ends: '14:00' })).text).toContain(t.series.labels.ends)
    await desk.submit(`${path}/undo`)
    expect(await times()).toEqual(['1000', '1100', '1300', '1400', '1500'])
    const { number } = await s.booked()
    const refused = await edit({ slot_starts: '16:00' })
    expect(refused.text).toContain(t.session.refused.booked)
    expect(refused.text).toContain(number)
    expect(await times()).toEqual(['1000', '1100', '1300', '1400', '1500'])
  })

  test('with external applications keeps the damaged address it was printed with', async () => {
    const toyota = await signedIn(s, 'desk', '23')
    const [id = ''] = await s.column<string>(
      "select id from session where apply_url_printed is not null and date > '2026-11-22' order by date limit 1",
    )
    const form = formTo(await toyota.page(`/desk/sessions/${id}/edit`), `/desk/sessions/${id}/edit`)
    const page = await toyota.submit(`/desk/sessions/${id}/edit`, fieldsOf(form, { title_ja: '豊田の相談' }))
    expect(page.text).toContain(t.session.done.edited)
    expect((await s.column<string | null>('select apply_url_printed from session where id = ?', id))[0]).not.toBeNull()
  })

  test('offers to take today’s change back on its page all day, to who made it', async () => {
    await edit({ capacity: '4' })
    const other = await signedIn(s, 'desk', '08')
    expect((await desk.page(path)).text).toContain(t.session.undo)
    expect((await other.page(path)).text).not.toContain(t.session.undo)
    expect((await desk.page(path)).text).toContain(d.session.happened['session.edited'])
    s.at('2026-11-22T15:00:00.000Z')
    const tomorrow = await signedIn(s, 'desk', '08')
    expect((await tomorrow.page(path)).text).not.toContain(t.session.undo)
  })

  test('is not taken back by somebody else, on another day, or once a letter has left', async () => {
    await edit({ capacity: '4' })
    const other = await signedIn(s, 'desk', '08')
    expect((await other.post(`${path}/undo`)).status).toBe(409)
    await s.booked()
    expect((await desk.post(`${path}/undo`)).status).toBe(409)
    await s.run('update booking set status = ?', 'cancelled')
    s.at('2026-11-23T01:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.post(`${path}/undo`)).status).toBe(409)
  })

  test('keeps what people rely on, and no capacity below what is taken', async () => {
    await s.booked({ seats: 2 })
    await s.booked({ slot: `${MITO}-1100` })
    const low = await edit({ capacity: '2' })
    expect(low.text).toContain(t.session.refused.full)
    expect(low.main.querySelectorAll('.notice a[href^="/desk/bookings/"]')).toHaveLength(2)
    expect((await edit({ acceptance: 'approval' })).text).toContain(t.session.refused.bound)
    const form = formTo(await desk.page(`${path}/edit`), `${path}/edit`)
    const fields = fieldsOf(form).filter(([name, value]) => name !== 'formats' || value !== 'onsite')
    expect((await desk.submit(`${path}/edit`, fields)).text).toContain(t.session.refused.booked)
    expect((await desk.submit(`${path}/skip`, [['reason_ja', '都合']])).text).toContain(t.session.refused.booked)
  })

  test('nobody booked is left out and held after all', async () => {
    expect((await desk.post(`${path}/skip`, [['reason_ja', '']])).status).toBe(422)
    expect((await desk.submit(`${path}/skip`, [['reason_ja', '館内工事のため']])).text).toContain(
      t.session.done.skipped,
    )
    expect((await s.page(`/sessions/${MITO}`)).text).toContain('館内工事のため')
    expect((await desk.submit(`${path}/open`)).text).toContain(t.session.done.opened)
    expect(await s.column('select state from session where id = ?', MITO)).toEqual(['published'])
  })

  test('goes to another place after a look, and people who were to come there are notified once', async () => {
    await desk.post('/desk/venues/new', [
      ['prefecture', '08'],
      ['name_ja', '水戸市民会館'],
      ['address', '水戸市泉町1-7-1'],
    ])
    const [venue = ''] = await s.column<string>("select id from venue where name_ja = '水戸市民会館'")
    await s.booked()
    await s.booked({ format: 'online', slot: `${MITO}-1100` })
    expect((await desk.page(`${path}/venue`)).main.querySelector('a[href="/desk/venues/new"]')).not.toBeNull()
    const look = await desk.submit(`${path}/venue`, [
      ['venue', venue],
      ['reason_ja', '会場の都合'],
    ])
    expect(look.text).toContain(d.session.concerned(1, 1))
    expect(look.text).toContain('水戸市民会館')
    const form = formTo(look, `${path}/venue`)
    const done = await desk.submit(`${path}/venue`, [...fieldsOf(form), ['step', 'do']])
    expect(done.text).toContain(d.session.done.venue)
    expect(await s.column("select id from outbox where kind = 'relocated'")).toHaveLength(1)
    expect(
      (
        await desk.submit(`${path}/venue`, [
          ['venue', 'nowhere'],
          ['reason_ja', 'x'],
          ['step', 'do'],
        ])
      ).status,
    ).toBe(422)
  })
})

test('an act from a page that is out of date is refused, and a second press by the same person changes nothing', async () => {
  const path = `/desk/sessions/${MITO}/reschedule`
  const other = await signedIn(s, 'desk', '08')
  const when = (date: string) => ({ date, starts: '', reason_ja: '会場の都合' })
  const seen = async (staff: Staff, date: string) => {
    const typed = fieldsOf(formTo(await staff.page(path), path), when(date))
    return fieldsOf(formTo(await staff.submit(path, typed), path))
  }
  const [mine, theirs] = [await seen(desk, '2026-12-01'), await seen(other, '2026-12-02')]
  const unseen = mine.map(([name, value]): [string, string] => [name, name === 'date' ? '2026-12-03' : value])
  expect((await desk.submit(path, [...unseen, ['step', 'do']])).text).toContain(d.session.changedSince.what)
  expect((await desk.submit(path, [...mine, ['step', 'do']])).text).toContain(d.session.done.reschedule)
  expect((await desk.submit(path, [...mine, ['step', 'do']])).text).toContain(d.session.done.again)
  const late = await other.submit(path, [...theirs, ['step', 'do']])
  expect([late.status, late.text]).toEqual([409, expect.stringContaining(d.session.changedSince.what)])
  expect(await s.column('select date from session where id = ?', MITO)).toEqual(['2026-12-01'])
})

test('a page of an act that was done before says that nothing changes, and names calls only if somebody is to be called', async () => {
  const path = `/desk/sessions/${MITO}`
  const again = async (act: string) => (await desk.submit(`${path}/${act}`, [['reason_ja', '大雪']])).text
  expect(await again('hold-again')).toContain(d.session.done.again)
  const linked = await desk.submit(`${path}/meeting`, [
    ['url', 'https://meet.example.jp/mito'],
    ['step', 'do'],
  ])
  expect(linked.text).toContain(d.session.done.meeting)
  expect(linked.text).not.toContain(d.session.toCall)
  const off: [string, string][] = [
    ['reason_ja', '大雪'],
    ['step', 'do'],
  ]
  expect((await desk.submit(`${path}/call-off`, off)).text).not.toContain(d.session.toCall)
  expect(await again('call-off')).toContain(d.session.done.again)
  expect((await desk.submit(`${path}/call-off`, off)).text).toContain(d.session.done.again)
  expect((await desk.post(`${path}/convert`, off)).status).toBe(409)
  await s.run("update session set state = 'published' where id = ?", MITO)
  await desk.submit(`${path}/skip`, off)
  expect((await desk.submit(`${path}/skip`, off)).text).toContain(d.session.done.again)
  expect((await desk.page(`${path}/edit`)).status).toBe(200)
  await desk.submit(`${path}/open`)
  expect((await desk.submit(`${path}/open`)).text).toContain(d.session.done.again)
})

test('a change is not taken back under somebody who has booked since, also without an e-mail', async () => {
  const path = `/desk/sessions/${MITO}`
  await desk.submit(`${path}/skip`, [['reason_ja', '工事']])
  await desk.submit(`${path}/open`)
  await desk.submit('/desk/bookings/new', caller({ sure: 'true' }))
  expect((await desk.submit(`${path}/undo`)).status).toBe(409)
  expect(await only(`select state from session where id = '${MITO}'`)).toBe('published')
})

test('venues and local desks of another prefecture are not chosen, nor any that is not there', async () => {
  for (const changes of [{ venue: 'aichi' }, { venue: 'nope' }] as Record<string, string>[]) {
    expect((await saved(`/desk/sessions/${MITO}/edit`, changes)).status).toBe(422)
    expect((await saved('/desk/series/ibaraki', changes)).status).toBe(422)
  }
  for (const other of ['toyota', 'nope'])
    expect((await saved('/desk/series/ibaraki', { desk: other })).status).toBe(422)
  expect((await saved('/desk/series/ibaraki', {})).status).toBe(200)
})

test('a field that some acts require says when, in words', async () => {
  const needs = async (path: string, name: string) => {
    const field = (await desk.page(path)).main
      .querySelectorAll('.field')
      .find((one) => one.querySelector(`[name=${name}]`))
    return field?.querySelectorAll('.need, .opt').map(({ text }) => text)
  }
  expect(await needs('/desk/series/new', 'weekdays')).toEqual([t.series.conditions.weekdays])
  expect(await needs('/desk/series/new', 'starts_on')).toEqual([t.series.conditions.weekdays])
  expect(await needs('/desk/series/new', 'ends')).toEqual([t.series.conditions.ends])
  expect(await needs('/desk/series/new', 'formats')).toEqual([d.session.formatsNeeded])
  expect(await needs('/desk/questions?series=ibaraki', 'label_ja')).toEqual([questionTexts('ja').editor.labelNeeded])
  expect(await needs('/desk/series/new', 'until')).toEqual([texts('ja').optional])
  expect(await needs(`/desk/sessions/${MITO}/reschedule`, 'date')).toEqual([d.session.dateNeeded])
  expect(await needs(`/desk/bookings/new?session=${MITO}`, 'over')).toEqual([d.enter.overNeeded])
})

test('the day sheet of a day without bookings says so, and has no table to fill', async () => {
  const sheet = async () => (await desk.page(`/desk/sessions/${MITO}/sheet`)).main
  expect((await sheet()).querySelector('table')).toBeNull()
  expect((await sheet()).text).toContain(d.today.noLines)
  await s.booked()
  expect((await sheet()).querySelectorAll('table')).toHaveLength(1)
})

test('the look at the results of a draw says which letter and which call is for whom', async () => {
  s = await site()
  await s.run("update session set acceptance = 'lottery', capacity = 2 where id = ?", MITO)
  for (const email of ['a@example.jp', 'b@example.jp', 'c@example.jp']) await s.booked({ email })
  s.at('2026-11-26T08:00:00.000Z')
  const staff = await signedIn(s, 'desk', '08')
  await draw(s.system, MITO)
  const look = await staff.page(`/desk/sessions/${MITO}/announce`)
  const { letter, spoken, toResult } = deskTexts('ja').session
  const titles = (page: Page) => page.main.querySelectorAll('h2').map(({ text }) => text)
  expect(titles(look)).toEqual(expect.arrayContaining([toResult.won(letter(2)), toResult.reserve(letter(1))]))
  await s.run('update booking set email = null')
  const calls = titles(await staff.page(`/desk/sessions/${MITO}/announce`))
  expect(calls).toEqual(expect.arrayContaining([toResult.won(spoken(2)), toResult.reserve(spoken(1))]))
})

test('the page of a session says the deadline with its day, also if it is the start', async () => {
  await s.run('delete from slot where session = ?', MITO)
  await s.run("update session set closes = 'hours:0' where id = ?", MITO)
  expect((await desk.page(`/desk/sessions/${MITO}`)).text).toMatch(/11月27日\(金\) \d\d:\d\d まで（開始時刻）/)
})
