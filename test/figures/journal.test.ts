import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { PREFECTURES } from '../../src/base/japan/prefecture.ts'
import { annotate } from '../../src/booking/annotate.ts'
import type { JournalSubject } from '../../src/figures/journal.ts'
import { journalLines } from '../../src/figures/journal.ts'
import { noteReading } from '../../src/people/note-reading.ts'
import { ACTS, type Act } from '../../src/store/acts.ts'
import { note } from '../../src/store/journal.ts'
import { as, mayDo, withAccounts } from '../acts.ts'
import { booked, bookingRow } from '../booking/fixtures.ts'
import { application, MITO, NOW, type World, world } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await withAccounts(await world())
  await w.run('delete from journal')
})
afterEach(() => w.close())

const DAY = { from: '2026-11-22', to: '2026-11-22' }

/** A booking of Ibaraki on which its desk wrote a note. */
async function noted(): Promise<{ id: string; number: string }> {
  const { id } = await booked(w, application())
  const { number } = await bookingRow(w, id)
  await annotate(as(w, 'desk'), id, { note: '駐車場', revision: 0 })
  return { id, number }
}

const acts = async (who: Parameters<typeof as>[1], filter: Partial<Parameters<typeof journalLines>[1]> = {}) =>
  (await journalLines(as(w, who), { ...DAY, ...filter })).lines.map(({ act, by }) => [act, by])

test('a line says who did what to which booking, without the people of the booking', async () => {
  const { id, number } = await noted()
  const { lines } = await journalLines(as(w, 'secretariat'), DAY)
  expect(lines).toEqual([
    {
      id: expect.any(String),
      at: NOW,
      act: 'booking.annotated',
      actor: 'desk',
      by: '担当 desk',
      subject: id,
      number,
      session: { id: MITO, date: '2026-11-27', title_ja: expect.any(String), title_en: expect.any(String) },
      account: null,
      about: 'booking',
      object: {},
    },
  ])
})

test('it is found by person, object and day', async () => {
  const { number } = await noted()
  await noteReading(as(w, 'viewer'), 'reading.session', MITO)
  expect(await acts('secretariat', { who: 'viewer' })).toEqual([['reading.session', '担当 viewer']])
  expect(await acts('secretariat', { who: 'public' })).toEqual([['booking.made', null]])
  expect(await acts('secretariat', { about: 'reading' })).toEqual([['reading.session', '担当 viewer']])
  expect(await acts('secretariat', { of: number })).toEqual([['booking.annotated', '担当 desk']])
  expect(await acts('secretariat', { from: '2026-11-23', to: '2026-11-24' })).toEqual([])
  expect(await acts('secretariat', { from: '0001-01-01', to: '9999-12-31' })).toHaveLength(2)
})

test('people see the bookings and sessions of their prefectures, and what they did themselves', async () => {
  await noted()
  await noteReading(as(w, 'elsewhere'), 'reading.ledger', 'elsewhere')
  const reader = as(w, 'viewer')
  const all = PREFECTURES.map(({ code }) => code)
  const everywhere = { ...reader, actor: { ...reader.actor, prefectures: all } } as typeof reader
  expect((await journalLines(everywhere, { ...DAY, about: 'booking' })).lines).toHaveLength(1)
  expect(await acts('viewer')).toEqual([['booking.annotated', '担当 desk']])
  expect(await acts('elsewhere')).toEqual([['reading.ledger', '担当 elsewhere']])
  expect(await acts('secretariat')).toHaveLength(2)
})

test('sign-ins are of the person who signed in, and are their own', async () => {
  const { db, commit } = w.ctx.store
  const line = { at: NOW, actor: 'public', act: 'account.signed_in', subject: 'desk', detail: '{}' }
  await commit(db.insertInto('journal').values({ ...line, id: newId(NOW) }))
  const signed = [['account.signed_in', '担当 desk']]
  expect(await acts('secretariat')).toEqual(signed)
  expect(await acts('secretariat', { who: 'desk' })).toEqual(signed)
  expect(await acts('desk')).toEqual(signed)
  expect(await acts('viewer')).toEqual([])
})

test('fifty lines are a page, the next one goes on after the last, and either is one query', async () => {
  const row = { at: NOW, actor: 'desk', act: 'account.signed_in', subject: 'desk', detail: '{}' }
  const rows = Array.from({ length: 60 }, () => ({ ...row, id: newId(NOW) }))
  await w.ctx.store.commit(...rows.map((one) => w.ctx.store.db.insertInto('journal').values(one)))
  w.reads()
  const first = await journalLines(as(w, 'secretariat'), DAY)
  expect([first.lines.length, first.more, w.reads()]).toEqual([50, true, 1])
  const next = await journalLines(as(w, 'secretariat'), { ...DAY, before: first.lines.at(-1)?.id })
  expect([next.lines.length, next.more, w.reads()]).toEqual([10, false, 1])
  expect(new Set([...first.lines, ...next.lines].map(({ id }) => id)).size).toBe(60)
})

test('it is for staff who read', async () => {
  expect(await mayDo(w, (ctx) => journalLines(ctx, DAY))).toEqual(['viewer', 'desk', 'elsewhere', 'secretariat'])
})

test('each act has an object that the page can name', async () => {
  const { id, number } = await noted()
  await w.run('delete from journal')
  const name = async (table: string, column = 'name_ja') =>
    (await w.rows<{ id: string; name: string }>(`select id, ${column} as name from ${table} order by id limit 1`))[0]
  const [venue, desk, series, programme] = await Promise.all([
    name('venue'),
    name('desk'),
    name('series', 'title_ja'),
    name('programme'),
  ])
  await w.run(
    `insert into suspension (id, prefectures, starts_on, ends_on, format, reason_ja, reason_en, state, created_at, updated_at)
      values ('stop', '08,09', '2026-12-01', '2026-12-05', 'online', '', '', 'lifted', ?, ?)`,
    NOW,
    NOW,
  )
  const closed = { date: '2027-01-04', prefectures: ['08'] }
  const period = ['2026-12-01', '2026-12-31']
  const days = { from: period[0], to: period[1] }
  const question = { series: series?.id ?? '', session: null }
  const ids: Partial<Record<JournalSubject, [subject: string, detail: object, object: object]>> = {
    booking: [id, {}, {}],
    session: [MITO, {}, {}],
    account: ['desk', {}, {}],
    reading: [id, {}, {}],
    series: [series?.id ?? '', {}, { name: { ja: series?.name } }],
    programme: [programme?.id ?? '', {}, { name: { ja: programme?.name } }],
    venue: [venue?.id ?? '', {}, { name: { ja: venue?.name } }],
    desk: [desk?.id ?? '', {}, { name: { ja: desk?.name } }],
    closure: ['08-2027-01-04', {}, closed],
    suspension: ['stop', {}, { period: ['2026-12-01', '2026-12-05'], prefectures: ['08', '09'] }],
    export: ['export', days, { period }],
    schedule: ['series', days, { period }],
    question: ['gone', question, { owner: { scope: 'series', id: series?.id } }],
    cap: ['gone', { counted: 'bookings' }, { cap: { counted: 'bookings' } }],
  }
  for (const act of Object.keys(ACTS) as Act[]) {
    const [subject = 'gone', detail = {}, object = {}] = ids[ACTS[act].about] ?? []
    const said = act.startsWith('letter_') ? { scope: 'series', of: `series:${series?.id}` } : detail
    await w.run('delete from journal')
    await w.run(
      'insert into journal (id, at, actor, act, subject, detail) values (?, ?, ?, ?, ?, ?)',
      newId(NOW),
      NOW,
      'secretariat',
      act,
      act.startsWith('letter_') ? (series?.id ?? '') : subject,
      JSON.stringify(said),
    )
    const [line] = (await journalLines(as(w, 'secretariat'), DAY)).lines
    const about = ACTS[act].about
    expect([act, line?.about, line?.object]).toEqual([act, about, expect.objectContaining({})])
    expect(line?.object).toMatchObject(object)
    const named = { booking: line?.number, session: line?.session?.id, account: line?.account }
    const names: Record<string, string | undefined> = { booking: number, session: MITO, account: '担当 desk' }
    expect([act, Object.hasOwn(names, about) ? Object(named)[about] : undefined]).toEqual([act, names[about]])
    const owner = act.startsWith('letter_') ? { scope: 'series', id: series?.id } : (Object(object).owner ?? undefined)
    const { name: _, ...owned } = line?.object.owner ?? {}
    expect([act, owned]).toEqual([act, owner ?? {}])
  }
})

test('the reading of a letter is about the booking of the letter, and a closure of a venue names it', async () => {
  const { number } = await noted()
  const [letter = ''] = await w.column<string>('select id from outbox')
  const [venue] = await w.rows<{ id: string; name_ja: string }>('select id, name_ja from venue limit 1')
  await noteReading(as(w, 'secretariat'), 'reading.letter', letter)
  await w.ctx.store.commit(note(as(w, 'secretariat'), 'closure.confirmed', `venue:${venue?.id}-2027-01-04`, {}))
  const { lines } = await journalLines(as(w, 'secretariat'), { ...DAY, who: 'secretariat' })
  expect(lines.find(({ act }) => act === 'reading.letter')?.number).toBe(number)
  expect(lines.find(({ act }) => act === 'closure.confirmed')?.object).toMatchObject({
    date: '2027-01-04',
    name: { ja: venue?.name_ja },
  })
})
