import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { fingerprint } from '../../src/base/fingerprint.ts'
import { newId } from '../../src/base/id.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { book } from '../../src/booking/book.ts'
import { sessionCalendar } from '../../src/calendar/feed.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { allDesks, desks } from '../../src/people/queries.ts'
import { beginSeries } from '../../src/planning/begin-series.ts'
import { endDesk } from '../../src/planning/desks/end-desk.ts'
import { holdingFields, holdingOf, successorsOf } from '../../src/planning/desks/queries.ts'
import { reopenDesk } from '../../src/planning/desks/reopen-desk.ts'
import { previewDesk, saveDesk } from '../../src/planning/desks/save-desk.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { deskById } from '../../src/schedule/place-queries.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { desk, series } from '../schedule/fixtures.ts'
import { application, freshKey, MITO, NOW, type World, world } from '../world.ts'
import { seriesForm } from './forms.ts'

let w: World
beforeAll(async () => {
  w = await world({ seeded: false })
})
afterAll(() => w.close())

const GIVEN = {
  kind: 'local',
  name_ja: '水戸の窓口',
  name_en: 'Mito desk',
  prefectures: ['08'],
  topics: ['ict', 'general'],
  phones: '029-000-0001 内線 12\r\n029-000-0002',
  hours_ja: '平日 9:00〜17:00',
  email: 'mito@example.jp',
  mailed: true,
  address: '水戸市宮町1-7-31',
}
const save = (id: string | null, changes: Record<string, unknown> = {}, by: 'desk' | 'secretariat' = 'desk') =>
  saveDesk(as(w, by), id, { ...GIVEN, ...changes })

async function added(changes: Record<string, unknown> = {}, by: 'desk' | 'secretariat' = 'desk'): Promise<string> {
  const done = await save(null, changes, by)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.desk
}

describe('adding a desk', () => {
  test('keeps what is given', async () => {
    const id = await added()
    expect(await deskById(w.ctx, id)).toEqual({
      id,
      kind: 'local',
      name_ja: '水戸の窓口',
      name_en: 'Mito desk',
      prefectures: '08',
      prefecture: '08',
      region: null,
      address: '水戸市宮町1-7-31',
      phones: '029-000-0001 内線 12,029-000-0002',
      hours_ja: '平日 9:00〜17:00',
      hours_en: null,
      email: 'mito@example.jp',
      email_use: 'mail',
      url: null,
      topics: 'general,ict',
      position: null,
      printed: null,
      ended_at: null,
      revision: 0,
    })
    expect(await lines(w, id)).toEqual([{ actor: 'desk', act: 'desk.added', detail: {} }])
  })

  test.each([
    ['029-000-0001、029-000-0002', '029-000-0001,029-000-0002'],
    ['０２９-０００-０００１・029-000-0002', '０２９-０００-０００１,029-000-0002'],
    ['029-000-0001, 内線 12', '029-000-0001  内線 12'],
    ['029-000-0001（代）\n\n', '029-000-0001（代）'],
  ])('reads the telephones %j', async (phones, kept) => {
    expect((await deskById(w.ctx, await added({ phones })))?.phones).toBe(kept)
  })

  test('serves a whole region under its name, and all of Japan without prefectures', async () => {
    const area = async (changes: Record<string, unknown>) => {
      const { prefectures, prefecture, region } = (await deskById(w.ctx, await added(changes, 'secretariat'))) ?? {}
      return [prefectures, prefecture, region]
    }
    expect(await area({ kind: 'bureau', prefectures: ['20', '15'] })).toEqual(['15,20', null, 'shinetsu'])
    expect(await area({ kind: 'secretariat', prefectures: [] })).toEqual(['', null, null])
  })

  test('by a form sent twice adds one', async () => {
    const key = newId(NOW)
    const first = await save(null, { key })
    expect(await save(null, { key })).toEqual(first)
    expect(await save(null, { key, name_ja: '別の名' })).toEqual({ ok: false, why: 'used' })
  })

  test.each([
    [
      'all that is missing at once',
      { name_ja: ' ', phones: '', prefectures: [] },
      ['name_ja', 'phones', 'prefectures'],
    ],
    ['a telephone that is none', { phones: '029-000-0001\n12' }, ['phones']],
    ['six telephones', { phones: '029-000-0001\n'.repeat(6) }, ['phones']],
    ['a prefecture that there is not', { prefectures: ['48'] }, ['prefectures']],
    ['a type that there is not', { kind: 'branch' }, ['kind']],
    ['an address that is no mail address', { email: 'mito' }, ['email']],
    ['a web address that is none', { url: 'javascript:alert(1)' }, ['url']],
    ['a position of nought', { position: '0' }, ['position']],
  ])('is refused for %s', async (_, changes, fields) => {
    const done = await save(null, changes)
    expect(done).toMatchObject({ ok: false, why: 'invalid' })
    expect(Object.keys('errors' in done ? done.errors : {}).toSorted()).toEqual(fields)
  })

  test('is for the desk of all its prefectures; others than local ones are for the secretariat', async () => {
    const may = (changes: object) => mayDo(w, (ctx) => saveDesk(ctx, null, { ...GIVEN, ...changes }))
    expect(await may({})).toEqual(['desk', 'secretariat', 'system'])
    expect(await may({ prefectures: ['08', '13'] })).toEqual(['secretariat', 'system'])
    expect(await may({ kind: 'base' })).toEqual(['secretariat', 'system'])
  })
})

describe('editing a desk', () => {
  test('changes what is given, raises the revision, and notes which fields changed', async () => {
    const id = await added()
    expect(await save(id, { phones: '029-000-0009', revision: '0' })).toEqual({ ok: true, desk: id })
    expect(await deskById(w.ctx, id)).toMatchObject({ phones: '029-000-0009', revision: 1 })
    expect(await lines(w, id)).toContainEqual({ actor: 'desk', act: 'desk.edited', detail: { fields: ['phones'] } })
  })

  test('keeps its place in the list, unless the secretariat sets it', async () => {
    const id = await added({ position: 3 }, 'secretariat')
    await save(id, { position: 1, revision: 0 })
    expect(await deskById(w.ctx, id)).toMatchObject({ position: 3, revision: 0 })
    await save(id, { position: '１', revision: 0 }, 'secretariat')
    expect(await deskById(w.ctx, id)).toMatchObject({ position: 1, revision: 1 })
  })

  test.each([
    ['without a revision', {}],
    ['from another revision', { revision: 3 }],
  ])('is refused %s', async (_, changes) => {
    const id = await added()
    expect(await save(id, { name_ja: '別の名', ...changes })).toEqual({ ok: false, why: 'changed' })
    expect(await deskById(w.ctx, id)).toMatchObject({ name_ja: '水戸の窓口', revision: 0 })
  })

  test('is refused when somebody faster does it between look and write', async () => {
    const id = await added()
    const slower = meanwhile(w, () => save(id, { name_ja: '先の名', revision: 0 }))
    const done = await saveDesk(as(slower, 'desk'), id, { ...GIVEN, name_ja: '後の名', revision: 0 })
    expect(done).toEqual({ ok: false, why: 'changed' })
    expect(await deskById(w.ctx, id)).toMatchObject({ name_ja: '先の名', revision: 1 })
  })

  test.each([
    ['stays damaged, although no mail could be sent to it', {}, 'damaged'],
    ['is used once staff say so', { mailed: true }, 'mail'],
    ['is shown once it is another', { email: 'kanto@example.jp' }, 'show'],
    ['is gone', { email: '' }, 'none'],
  ])('a damaged address %s', async (_, changes, use) => {
    const id = await added({ kind: 'bureau' }, 'secretariat')
    await w.run("update desk set email = '(damaged)', email_use = 'damaged' where id = ?", id)
    const bureau = { kind: 'bureau', email: '(damaged)', mailed: false, revision: 0, ...changes }
    expect(await save(id, bureau, 'secretariat')).toMatchObject({ ok: true })
    expect((await deskById(w.ctx, id))?.email_use).toBe(use)
  })

  test('of a desk that is not there is not found', async () => {
    await expect(save('nowhere', { revision: 0 })).rejects.toThrow(NotFound)
  })

  test('is for the desk of its prefectures, before and after', async () => {
    const id = await added()
    const may = (changes: object) => mayDo(w, (ctx) => saveDesk(ctx, id, { ...GIVEN, ...changes }))
    expect(await may({})).toEqual(['desk', 'secretariat', 'system'])
    expect(await may({ prefectures: ['13'] })).toEqual(['secretariat', 'system'])
  })
})

test('desks are listed by type, then by position, then by prefecture; ended ones only to staff', async () => {
  const list = await world({ seeded: false })
  await addDesk(list.system, desk({ id: 'office', kind: 'secretariat', prefecture: null }))
  await addDesk(list.system, desk({ id: 'tokyo', prefecture: '13' }))
  await addDesk(list.system, desk({ id: 'mito' }))
  await addDesk(list.system, desk({ id: 'nagoya', prefecture: '23' }))
  await list.run("update desk set position = 1 where id = 'nagoya'")
  await list.run("update desk set ended_at = ? where id = 'mito'", NOW)
  expect((await allDesks(list.ctx)).map(({ id }) => id)).toEqual(['nagoya', 'mito', 'tokyo', 'office'])
  expect((await desks(list.ctx)).map(({ id }) => id)).toEqual(['nagoya', 'tokyo', 'office'])
  await list.close()
})

describe('the sessions of a desk', () => {
  let m: World
  beforeEach(async () => {
    m = await world()
  })
  afterEach(() => m.close())

  const OFFICE = 'secretariat'
  const LATER = '2026-11-22T02:00:00.000Z'
  const stamps = () => m.rows('select sequence, revision, updated_at from session where id = ?', MITO)
  const feed = async () => {
    const session = await sessionById(m.ctx, MITO)
    return session ? sessionCalendar(m.ctx, session) : ''
  }
  async function asIs(changes: Record<string, unknown> = {}) {
    const row = await deskById(m.ctx, OFFICE)
    return {
      ...row,
      prefectures: [],
      topics: row?.topics.split(','),
      phones: row?.phones.replaceAll(',', '\n'),
      ...changes,
    }
  }
  const put = async (changes: Record<string, unknown>) => saveDesk(as(m, 'secretariat'), OFFICE, await asIs(changes))

  test.each([
    ['name', { name_ja: '全国事務局' }, '全国事務局'],
    ['telephone', { phones: '03-0000-0001 内線 5' }, '03-0000-0001 内線 5'],
    ['hours', { hours_ja: '平日 10:00〜16:00' }, 'DTSTAMP'],
  ])(
    'get new stamps for another %s, in calendars too; nobody is written to or disturbed',
    async (_, changes, shown) => {
      await book(m.ctx, application(), { channel: 'web', key: freshKey() })
      m.at(LATER)
      expect(await previewDesk(as(m, 'secretariat'), OFFICE, await asIs(changes))).toMatchObject({
        sessions: (await holdingOf(m.ctx, OFFICE)).sessions.length,
      })
      expect(await put(changes)).toMatchObject({ ok: true })
      expect(await stamps()).toEqual([{ sequence: 1, revision: 0, updated_at: LATER }])
      expect(await m.column('select kind from outbox')).toEqual(['booked'])
      expect((await feed()).replaceAll('\r\n ', '')).toContain(shown)
      expect(await feed()).toContain('DTSTAMP:20261122T020000Z')
      expect(await feed()).toContain('LAST-MODIFIED:20261122T020000Z')
    },
  )

  test.each([
    ['saved as it was', {}, 0],
    ['given another address, which they do not show', { address: '東京都港区' }, 1],
  ])('stay as they are if the desk is %s', async (_, changes, revision) => {
    m.at(LATER)
    const look = await previewDesk(as(m, 'secretariat'), OFFICE, await asIs(changes))
    expect(look?.sessions ?? null).toBe(revision === 0 ? null : 0)
    expect(await put(changes)).toMatchObject({ ok: true })
    expect(await stamps()).toEqual([{ sequence: 0, revision: 0, updated_at: NOW }])
    expect((await deskById(m.ctx, OFFICE))?.revision).toBe(revision)
  })

  const end = (given: Record<string, unknown>, by: World = m) =>
    endDesk(as(by, 'secretariat'), OFFICE, { revision: 0, ...given })
  const shownOf = async (id = OFFICE) => {
    const row = await deskById(m.ctx, id)
    return fingerprint(holdingFields({ id, revision: row?.revision ?? 0 }, await holdingOf(m.ctx, id)))
  }

  test('hold it open: the refusal says which series and sessions are ahead', async () => {
    const done = await end({})
    expect(done).toMatchObject({ ok: false, why: 'busy' })
    const held = 'held' in done ? done.held : { series: [], sessions: [] }
    expect(held.series.map(({ id }) => id)).toContain('ibaraki')
    expect(held.sessions.map(({ id }) => id)).toContain(MITO)
    expect(held.sessions.some(({ date }) => date !== null && date < '2026-11-22')).toBe(false)
    expect((await deskById(m.ctx, OFFICE))?.ended_at).toBeNull()
  })

  test('go to the successor, with the series and new stamps; past ones keep the desk', async () => {
    const [heir = { id: '' }] = (await successorsOf(m.ctx, OFFICE, await holdingOf(m.ctx, OFFICE))).filter(
      ({ kind }) => kind === 'bureau',
    )
    m.at(LATER)
    expect(await end({ successor: heir.id, shown: await shownOf() })).toEqual({ ok: true, desk: OFFICE, again: false })
    expect(await stamps()).toEqual([{ sequence: 1, revision: 0, updated_at: LATER }])
    expect(await m.column("select desk from series where id = 'ibaraki'")).toEqual([heir.id])
    expect(await m.column('select desk from session where id = ?', MITO)).toEqual([heir.id])
    expect(await m.column("select distinct desk from session where date < '2026-11-22' and prefecture = '08'")).toEqual(
      [OFFICE],
    )
    expect((await desks(m.ctx)).map(({ id }) => id)).not.toContain(OFFICE)
    expect(await lines(m, OFFICE)).toContainEqual({
      actor: 'secretariat',
      act: 'desk.ended',
      detail: { successor: heir.id },
    })
    expect(await end({})).toEqual({ ok: true, desk: OFFICE, again: true })
  })

  test('take their rooms along if they have no venue, and go nowhere while such a room is taken', async () => {
    const successor = 'desk-kanto-bureau'
    const [late] = await m.column<string>(
      "select id from session where series = 'ibaraki' and date > '2026-12-01' order by date",
    )
    await m.run("update session set venue = null where series = 'ibaraki'")
    await assignAdvisers(m.system, MITO, { revision: 0, whole: { room: '相談室1' } })
    await m.run(
      `update session set desk = ?, date = '2026-11-27', starts_at = (select starts_at from session where id = ?),
      ends_at = (select ends_at from session where id = ?) where id = ?`,
      successor,
      MITO,
      MITO,
      late,
    )
    await m.run('delete from slot where session = ?', late)
    const both = { successor, beside: '担当が二人いるため', seen: MITO }
    await assignAdvisers(m.system, late ?? '', { revision: 0, whole: { room: '相談室1' } })
    const done = await end({ successor })
    const seen = 'clashes' in done ? done.clashes?.map(({ id }) => id).join(' ') : ''
    expect(await end({ ...both, seen })).toEqual({ ok: false, why: 'taken' })
    expect((await deskById(m.ctx, OFFICE))?.ended_at).toBeNull()
    await assignAdvisers(m.system, late ?? '', { revision: 1, whole: { room: '相談室2' } })
    expect(await end({ ...both, seen })).toMatchObject({ ok: true })
    expect(await m.column('select distinct holder from busy where session = ?', MITO)).toEqual([
      `room:${successor}:相談室1`,
    ])
    expect(await assignAdvisers(m.system, late ?? '', { revision: 2, whole: { room: '相談室1' } })).toMatchObject({
      ok: false,
      why: 'busy',
    })
  })

  test('do not go beside those of the successor without a reason on record, also between look and write', async () => {
    await m.run("update session set desk = 'desk-kanto-bureau' where id = ?", MITO)
    const [one] = await m.rows<{ prefecture: string; date: string }>('select * from session where id = ?', MITO)
    const other = 'id = (select min(id) from session where desk = ? and prefecture = ? and date > ?)'
    const move = (v: World, set: string) =>
      v.run(
        `update session set ${set} where ${other}`,
        ...[one?.date, OFFICE, one?.prefecture, one?.date].map((text) => text ?? ''),
      )
    const successor = 'desk-kanto-bureau'
    const slower = meanwhile(m, () => move(m, "date = ?, starts_at = null, ends_at = null, state = 'published'"))
    const late = await end({ successor }, slower)
    expect(late).toMatchObject({ ok: false, why: 'invalid', errors: { beside: 'required' } })
    expect('clashes' in late && late.clashes?.map(({ id, same }) => [id, same])).toEqual([[MITO, 'desk']])
    expect((await deskById(m.ctx, OFFICE))?.ended_at).toBeNull()
    const beside = '担当が二人いるため'
    expect(await end({ successor, beside, seen: 'another' })).toMatchObject({ errors: { beside: 'required' } })
    expect(await end({ successor, beside, seen: MITO })).toMatchObject({ ok: true })
    expect(await lines(m, OFFICE)).toContainEqual({
      actor: 'secretariat',
      act: 'desk.ended',
      detail: { successor, beside },
    })
  })

  test('nor beside dates of a series that have no session yet, on either side', async () => {
    const successor = 'desk-kanto-bureau'
    const [held] = await m.rows<{ prefecture: string }>("select prefecture from series where id = 'ibaraki'")
    const dates = ['2027-03-19', '2027-03-26'].map((date) => ({ date, printed_weekday: null }))
    const clashing = async () => {
      const done = await end({ successor })
      return 'clashes' in done ? done.clashes?.map(({ series: of, date, same }) => [of, date, same]) : done.ok
    }
    // Of the successor: Fridays on which the series of the desk is, beyond what is planned.
    await importSeries(
      m.system,
      series({ id: 'heir', desk: successor, rule: null, dates, ...(held && { prefecture: held.prefecture }) }),
    )
    expect(await clashing()).toEqual(dates.map(({ date }) => ['heir', date, 'desk']))
    await m.run("delete from series_date where series = 'heir' and date = '2027-03-19'")
    await m.run("update series set prefecture = '31' where id = 'heir'")
    expect(await clashing()).toBe(true)
  })

  test.each([
    ['the desk itself', OFFICE],
    ['a desk that there is not', 'nowhere'],
    ['a local desk of one of their prefectures only', 'toyota'],
  ])('do not go to %s', async (_, successor) => {
    expect(await end({ successor })).toEqual({ ok: false, why: 'invalid', errors: { successor: 'choice' } })
  })

  test.each([
    ['a session was called off', (v: World) => v.run("update session set state = 'called_off' where id = ?", MITO)],
    ['the desk was edited', () => put({ address: '東京都港区' })],
  ])('are not handed over if %s since it was shown', async (_, happens) => {
    const shown = await shownOf()
    await happens(m)
    expect(await end({ successor: 'desk-kanto-bureau', shown })).toEqual({ ok: false, why: 'changed' })
  })

  test('a free desk ends, is chosen for nothing, and can be opened again', async () => {
    const id = 'free'
    await addDesk(m.system, desk({ id }))
    expect(await endDesk(as(m, 'desk'), id, { revision: 0, shown: await shownOf(id) })).toMatchObject({ ok: true })
    const form = seriesForm({ desk: id, prefecture: '08' })
    expect(await beginSeries(as(m, 'desk'), form)).toMatchObject({ errors: { desk: 'choice' } })
    expect(await reopenDesk(as(m, 'desk'), id)).toEqual({ ok: true, desk: id, again: false })
    expect(await reopenDesk(as(m, 'desk'), id)).toEqual({ ok: true, desk: id, again: true })
    expect(await beginSeries(as(m, 'desk'), form)).toMatchObject({ ok: true })
    expect(await lines(m, id)).toContainEqual({ actor: 'desk', act: 'desk.reopened', detail: {} })
  })

  test('a desk that gets a series between look and write does not end', async () => {
    const id = 'free'
    await addDesk(m.system, desk({ id }))
    const slower = meanwhile(m, () => beginSeries(as(m, 'desk'), seriesForm({ desk: id, prefecture: '08' })))
    expect(await endDesk(as(slower, 'desk'), id, { revision: 0 })).toMatchObject({ ok: false, why: 'busy' })
    expect((await deskById(m.ctx, id))?.ended_at).toBeNull()
  })

  test('a series does not begin at a desk that ends between look and write', async () => {
    const id = 'free'
    await addDesk(m.system, desk({ id }))
    const slower = meanwhile(m, () => endDesk(as(m, 'desk'), id, { revision: 0 }))
    const done = await beginSeries(as(slower, 'desk'), seriesForm({ desk: id, prefecture: '08' }))
    expect(done).toEqual({ ok: false, why: 'invalid', errors: { desk: 'choice' } })
    expect(await m.column('select id from series where desk = ?', id)).toEqual([])
  })

  test('a desk that is edited while it is opened again is opened from what it is', async () => {
    const id = 'free'
    await addDesk(m.system, desk({ id }))
    await m.run('update desk set ended_at = ? where id = ?', NOW, id)
    const slower = meanwhile(m, () => m.run("update desk set revision = 5, phones = '1' where id = ?", id))
    expect(await reopenDesk(as(slower, 'desk'), id)).toMatchObject({ ok: true })
    expect(await deskById(m.ctx, id)).toMatchObject({ revision: 6, phones: '1', ended_at: null })
  })

  test('ending and opening again are for the desk of its prefectures', async () => {
    await addDesk(m.system, desk({ id: 'free' }))
    expect(await mayDo(m, (ctx) => endDesk(ctx, 'free', { revision: 0 }))).toEqual(['desk', 'secretariat', 'system'])
    expect(await mayDo(m, (ctx) => reopenDesk(ctx, 'free'))).toEqual(['desk', 'secretariat', 'system'])
    expect(await mayDo(m, (ctx) => endDesk(ctx, OFFICE, { revision: 0 }))).toEqual(['secretariat', 'system'])
    await expect(endDesk(as(m, 'secretariat'), 'nowhere', {})).rejects.toThrow(NotFound)
    await expect(reopenDesk(as(m, 'secretariat'), 'nowhere')).rejects.toThrow(NotFound)
  })

  test('a new series without a desk takes the first of its prefecture, and asks for one if there is none', async () => {
    const begin = (changes: object) =>
      beginSeries(as(m, 'secretariat'), seriesForm({ desk: '', dates: '2027-03-03', repeat: 'dates', ...changes }))
    expect(await begin({ prefecture: '08' })).toEqual({ ok: false, why: 'invalid', errors: { desk: 'required' } })
    await addDesk(m.system, desk({ id: 'mito' }))
    await addDesk(m.system, desk({ id: 'mito-first' }))
    await m.run("update desk set position = 1 where id = 'mito-first'")
    const done = await begin({ prefecture: '08' })
    expect(await m.column('select desk from series where id = ?', 'series' in done ? done.series : '')).toEqual([
      'mito-first',
    ])
  })
})
