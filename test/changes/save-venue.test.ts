import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../src/advisers/assign.ts'
import { dutiesOf } from '../../src/advisers/queries.ts'
import { newId } from '../../src/base/id.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { book } from '../../src/booking/book.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { sessionCalendar } from '../../src/calendar/feed.ts'
import { previewVenue, saveVenue } from '../../src/changes/save-venue.ts'
import { isAboutBooking, letterOf } from '../../src/mail/letters.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { venueById, venues } from '../../src/schedule/place-queries.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, freshKey, MITO, NOW, type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world({ seeded: false })
})
afterAll(() => w.close())

/** What nobody has said of a venue. */
const UNSAID = {
  room_ja: null,
  room_en: null,
  access_ja: null,
  access_en: null,
  parking_ja: null,
  parking_en: null,
  map_url: null,
  step_free: null,
  retired_at: null,
}
const GIVEN = { prefecture: '08', name_ja: '水戸駅ビル', name_en: 'Mito Station Building', address: '水戸市宮町1-7-31' }
const save = (id: string | null, changes: Record<string, unknown> = {}) =>
  saveVenue(as(w, 'desk'), id, { ...GIVEN, ...changes })

async function added(): Promise<string> {
  const done = await save(null)
  if (!done.ok) throw new Error(done.why)
  return done.venue
}

describe('adding a venue', () => {
  test('keeps what is given; without an English name the Japanese stands in', async () => {
    const done = await save(null, { name_en: '', address: '', area_only: true })
    const id = done.ok ? done.venue : ''
    expect(await venueById(w.ctx, id)).toEqual({
      id,
      prefecture: '08',
      name_ja: '水戸駅ビル',
      name_en: '水戸駅ビル',
      address: null,
      area_only: 1,
      printed: null,
      revision: 0,
      ...UNSAID,
    })
    expect(await lines(w, id)).toEqual([{ actor: 'desk', act: 'venue.added', detail: {} }])
  })

  test('by a form sent twice adds one', async () => {
    const key = newId(NOW)
    const before = await w.column('select id from venue')
    const first = await save(null, { key })
    expect(await save(null, { key })).toEqual(first)
    expect(await save(null, { key, name_ja: '別の名' })).toEqual({ ok: false, why: 'used' })
    expect(await w.column('select id from venue')).toHaveLength(before.length + 1)
  })

  test('by a form sent twice at once adds one', async () => {
    const key = newId(NOW)
    const before = await w.column('select id from venue')
    let first: unknown
    const slower = meanwhile(w, async () => {
      first = await save(null, { key })
    })
    expect(await saveVenue(as(slower, 'desk'), null, { ...GIVEN, key })).toEqual(first)
    expect(await w.column('select id from venue')).toHaveLength(before.length + 1)
  })

  test.each([
    ['no name', { name_ja: ' ' }, { name_ja: 'required' }],
    ['a name of 81 letters', { name_ja: 'あ'.repeat(81) }, { name_ja: 'long' }],
    ['no prefecture', { prefecture: undefined }, { prefecture: 'required' }],
    ['a prefecture that there is not', { prefecture: '48' }, { prefecture: 'choice' }],
    ['an address of two lines', { address: 'a\nb' }, { address: 'text' }],
    ['a map without https', { map_url: 'http://map.example/mito' }, { map_url: 'choice' }],
    ['a map that is no address', { map_url: 'javascript:alert(1)' }, { map_url: 'choice' }],
    ['steps that are neither there nor not', { step_free: 'perhaps' }, { step_free: 'choice' }],
    ['a way of 301 letters', { access_ja: 'あ'.repeat(301) }, { access_ja: 'long' }],
  ])('is refused for %s', async (_, changes, errors) => {
    expect(await save(null, changes)).toEqual({ ok: false, why: 'invalid', errors })
  })

  test('is for the desk of its prefecture, also when fields are faulty', async () => {
    expect(await mayDo(w, (ctx) => saveVenue(ctx, null, GIVEN))).toEqual(['desk', 'secretariat', 'system'])
    const faulty = { ...GIVEN, name_ja: '' }
    expect(await mayDo(w, (ctx) => saveVenue(ctx, null, faulty))).toEqual([
      'desk',
      'elsewhere',
      'secretariat',
      'system',
    ])
  })
})

describe('putting a venue right', () => {
  test('changes what is given and raises the revision', async () => {
    const id = await added()
    expect(await save(id, { name_ja: '水戸駅ビル 3階', revision: '0' })).toEqual({ ok: true, venue: id, calls: 0 })
    expect(await venueById(w.ctx, id)).toMatchObject({ ...GIVEN, name_ja: '水戸駅ビル 3階', revision: 1 })
    expect(await lines(w, id)).toContainEqual({ actor: 'desk', act: 'venue.edited', detail: {} })
  })

  test.each([
    ['without a revision', {}],
    ['from another revision', { revision: 3 }],
  ])('is refused %s', async (_, changes) => {
    const id = await added()
    expect(await save(id, { name_ja: '別の名', ...changes })).toEqual({ ok: false, why: 'changed' })
    expect(await venueById(w.ctx, id)).toMatchObject({ name_ja: '水戸駅ビル', revision: 0 })
    expect(await lines(w, id)).toHaveLength(1)
  })

  test('is refused when somebody faster does it between look and write', async () => {
    const id = await added()
    const slower = meanwhile(w, () => save(id, { name_ja: '先の名', revision: 0 }))
    const done = await saveVenue(as(slower, 'desk'), id, { ...GIVEN, name_ja: '後の名', revision: 0 })
    expect(done).toEqual({ ok: false, why: 'changed' })
    expect(await venueById(w.ctx, id)).toMatchObject({ name_ja: '先の名', revision: 1 })
  })

  test('is refused for faulty fields', async () => {
    const id = await added()
    expect(await save(id, { name_ja: '', revision: 0 })).toMatchObject({
      why: 'invalid',
      errors: { name_ja: 'required' },
    })
  })

  test('of a venue that is not there is not found', async () => {
    await expect(save('nowhere', { revision: 0 })).rejects.toThrow(NotFound)
  })

  test('is for the desk of its prefecture, and of the one it goes to', async () => {
    const id = await added()
    expect(await mayDo(w, (ctx) => saveVenue(ctx, id, GIVEN))).toEqual(['desk', 'secretariat', 'system'])
    const moved = { ...GIVEN, prefecture: '13', revision: 0 }
    expect(await mayDo(w, (ctx) => saveVenue(ctx, id, moved))).toEqual(['secretariat', 'system'])
  })
})

describe('the sessions at a venue', () => {
  let m: World
  beforeEach(async () => {
    m = await world()
  })
  afterEach(() => m.close())

  const VENUE = 'ibaraki'
  const sent = () => m.rows('select kind, channel, state from outbox order by kind')
  const stamps = () =>
    m.rows('select sequence, revision, updated_at from session where venue = ? and id = ?', VENUE, MITO)
  const feed = async () => {
    const session = await sessionById(m.ctx, MITO)
    return session ? sessionCalendar(m.ctx, session) : ''
  }
  async function put(changes: Record<string, unknown>) {
    const row = await venueById(m.ctx, VENUE)
    const as_is = { ...row, area_only: row?.area_only === 1 }
    return saveVenue(as(m, 'desk'), VENUE, { ...as_is, revision: row?.revision, ...changes })
  }
  async function booked(changes: Record<string, unknown> = {}) {
    const done = await book(m.ctx, application(changes), { channel: 'web', key: freshKey() })
    if (!done.ok) throw new Error(done.why)
    return done.booking
  }
  const LATER = '2026-11-22T02:00:00.000Z'

  test('get new stamps for a slip put right, in calendars too; nobody is written to, and nobody is disturbed', async () => {
    await booked()
    m.at(LATER)
    expect(await put({ address: '水戸市宮町1-7-31' })).toMatchObject({ ok: true })
    expect(await stamps()).toEqual([{ sequence: 1, revision: 0, updated_at: LATER }])
    expect(await sent()).toMatchObject([{ kind: 'booked' }])
    expect(await feed()).toContain('DTSTAMP:20261122T020000Z')
    expect(await feed()).toContain('LAST-MODIFIED:20261122T020000Z')
  })

  test('stay as they are if the venue is saved as it was', async () => {
    m.at(LATER)
    expect(await put({})).toMatchObject({ ok: true })
    expect(await stamps()).toEqual([{ sequence: 0, revision: 0, updated_at: NOW }])
    expect((await venueById(m.ctx, VENUE))?.revision).toBe(0)
  })

  test('get new stamps for the way there, which calendars show; nobody is written to', async () => {
    await booked()
    m.at(LATER)
    const guide = { access_ja: '南口から徒歩5分\n地下通路あり', parking_ja: '無料20台', step_free: 'yes' }
    const given = { ...guide, map_url: 'https://map.example/mito', room_ja: '3階 会議室B' }
    expect(await put(given)).toMatchObject({ ok: true, calls: 0 })
    expect(await stamps()).toEqual([{ sequence: 1, revision: 0, updated_at: LATER }])
    expect(await sent()).toMatchObject([{ kind: 'booked' }])
    const entry = (await feed()).replaceAll('\r\n ', '')
    const description =
      'アクセス：南口から徒歩5分 地下通路あり\\n駐車場：無料20台\\n段差なしで入れます\\n地図：https://map.example/mito'
    expect(entry).toContain(description)
    expect(entry).toMatch(/LOCATION:[^\r]*3階 会議室B/)
    expect((await sessionById(m.ctx, MITO))?.venue).toMatchObject({
      room: { ja: '3階 会議室B', en: '3階 会議室B' },
      guide: { access: { en: guide.access_ja }, stepFree: true },
    })
  })

  test('tell everybody who comes of another room, but not of another way to the same place', async () => {
    await booked()
    const moved = { moves: true, reason_ja: '部屋の都合のため' }
    expect(await put({ access_ja: '北口から徒歩3分', ...moved })).toEqual({ ok: false, why: 'same' })
    const as_is = { ...(await venueById(m.ctx, VENUE)), access_ja: '北口から徒歩3分' }
    const same = { ...as_is, area_only: as_is.area_only === 1 }
    expect(await previewVenue(as(m, 'desk'), VENUE, { ...same, ...moved })).toBeNull()
    expect(await put({ room_ja: '5階', ...moved })).toMatchObject({ ok: true })
    expect(await m.column("select channel from outbox where kind = 'relocated'")).toEqual(['mail'])
  })

  test.each([
    ['the place that was to follow is decided', { area_only: false, address: '水戸市宮町1-7-31' }],
    ['the place is another one', { name_ja: '水戸市民会館', area_only: true, moves: true, reason_ja: '改修のため' }],
  ])('tell everybody who comes, once, if %s', async (_, changes) => {
    await m.run('update venue set area_only = 1 where id = ?', VENUE)
    const comes = await booked()
    const calls = await booked({ slot: `${MITO}-1100` })
    await m.run('update booking set email = null where id = ?', calls)
    const web = await booked({ slot: `${MITO}-1300`, format: 'online' })
    expect(
      await previewVenue(as(m, 'desk'), VENUE, {
        ...(await venueById(m.ctx, VENUE)),
        revision: 0,
        ...changes,
      }),
    ).toMatchObject({
      sessions: expect.arrayContaining([MITO]),
    })
    m.at(LATER)
    expect(await put(changes)).toMatchObject({ ok: true })
    expect(await m.rows("select subject, channel from outbox where kind = 'relocated' order by channel")).toEqual([
      { subject: comes, channel: 'mail' },
      { subject: calls, channel: 'phone' },
    ])
    expect(await m.column('select sequence from booking where id = ?', web)).toEqual([0])
    expect(await stamps()).toEqual([{ sequence: 1, revision: 1, updated_at: LATER }])
    expect(await put({})).toMatchObject({ ok: true })
    expect(await m.column("select count(*) from outbox where kind = 'relocated'").then(([n]) => Number(n))).toBe(2)
  })

  test('a letter about another place says which it was, also another room, and nothing of a place that was to follow', async () => {
    const id = await booked()
    const former = async () => {
      const booking = await bookingById(m.ctx, id)
      const [row] = await m.rows<OutboxRow>("select * from outbox where kind = 'relocated' order by sequence desc")
      const letter = row && isAboutBooking(row) && booking && (await letterOf(m.ctx, row, booking))
      return letter
        ? (/変更前：.*?(?=理由：|都道府県：)/.exec(letter.text.replaceAll(/\n */g, ''))?.[0] ?? null)
        : undefined
    }
    const why = { moves: true, reason_ja: '改修のため' }
    expect(await put({ name_ja: '水戸駅ビル', area_only: false, address: '水戸市宮町1-7-31', ...why })).toMatchObject({
      ok: true,
    })
    expect(await former()).toBeNull()
    expect(await put({ room_ja: '5階', ...why })).toMatchObject({ ok: true })
    expect(await former()).toBe('変更前：2026年11月27日(金) 10:00〜10:50 現地 水戸駅ビル 水戸市宮町1-7-31')
    expect(await put({ name_ja: '水戸エリア', room_ja: '', address: '', area_only: true, ...why })).toMatchObject({
      ok: true,
    })
    expect(await former()).toBe('変更前：2026年11月27日(金) 10:00〜10:50 現地 水戸駅ビル 5階 水戸市宮町1-7-31')
  })

  test('that are over keep the rooms in which they were', async () => {
    const slot = `${MITO}-1000`
    const whole = { name: '海野 次郎', room: '相談室1' }
    await assignAdvisers(m.system, MITO, { revision: 0, whole, slots: { [slot]: { room: '相談室2' } } })
    m.at('2026-11-27T09:00:00.000Z')
    const before = (await dutiesOf(m.ctx, [MITO])).get(MITO)
    expect(before?.whole.room).toBe('相談室1')
    expect(await put({ area_only: true, moves: true, name_ja: '別の場所', reason_ja: '改修のため' })).toMatchObject({
      ok: true,
    })
    expect((await dutiesOf(m.ctx, [MITO])).get(MITO)).toEqual(before)
  })

  test('that are over keep the place where they were, and their stamps, on pages and in feeds', async () => {
    const was = await sessionById(m.ctx, MITO)
    const ahead = 'ibaraki-2026-12-04'
    m.at('2026-11-27T09:00:00.000Z')
    const entry = await feed()
    await put({ area_only: true, moves: true, name_ja: '別の場所', reason_ja: '改修のため' })
    expect(await feed()).toBe(entry)
    expect(await sessionById(m.ctx, MITO)).toMatchObject({
      venue: { name: was?.venue?.name, address: was?.venue?.address },
      sequence: 0,
      updated_at: NOW,
    })
    expect(await sessionById(m.ctx, ahead)).toMatchObject({ venue: { name: { ja: '別の場所' } }, sequence: 1 })
    // Only the place of today is listed, and only that one is put right.
    const former = (await sessionById(m.ctx, MITO))?.venue?.id ?? ''
    expect((await venues(as(m, 'desk'))).map(({ id }) => id)).not.toContain(former)
    await expect(saveVenue(as(m, 'desk'), former, { ...GIVEN, revision: 0 })).rejects.toThrow(NotFound)
  })

  test('are told why: another place needs a reason', async () => {
    expect(await put({ name_ja: '水戸市民会館', moves: true })).toEqual({
      ok: false,
      why: 'invalid',
      errors: { reason_ja: 'required' },
    })
    expect(await previewVenue(as(m, 'desk'), VENUE, { ...GIVEN, area_only: true, revision: 0 })).toBeNull()
  })

  test('tell also the person who books between look and write', async () => {
    await m.run('update venue set area_only = 1 where id = ?', VENUE)
    const slower = meanwhile(m, () => booked())
    const done = await saveVenue(as(slower, 'desk'), VENUE, { ...GIVEN, revision: 0 })
    expect(done).toMatchObject({ ok: true })
    expect(await m.column("select channel from outbox where kind = 'relocated'")).toEqual(['mail'])
  })
})

describe('adding a venue by the seed', () => {
  const row = { ...GIVEN, id: 'seeded', area_only: 0 as const, printed: 'as printed' }

  test('keeps it as it is given, once', async () => {
    expect(await addVenue(w.system, row)).toEqual({ ok: true, venue: 'seeded' })
    expect(await addVenue(w.system, { ...row, name_ja: '別の名' })).toEqual({ ok: true, venue: 'seeded' })
    expect(await venueById(w.ctx, 'seeded')).toEqual({ ...row, revision: 0, ...UNSAID })
    expect(await lines(w, 'seeded')).toContainEqual({ actor: 'seed', act: 'venue.added', detail: {} })
  })

  test('is for the seed and the command line', async () => {
    expect(await mayDo(w, (ctx) => addVenue(ctx, row))).toEqual(['system'])
  })
})
