import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { correspondingDay, seed } from '../../db/seed/seed.ts'
import { addDays, civilTime, fiscalYear, weekday } from '../../src/base/japan/civil.ts'
import { proposedClosure } from '../../src/base/japan/holiday.ts'
import { book } from '../../src/booking/book.ts'
import type { Ctx } from '../../src/context.ts'
import { desks } from '../../src/people/queries.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { sessionById, sessions } from '../../src/schedule/queries.ts'
import type { Session } from '../../src/schedule/session.ts'
import type { Store } from '../../src/store/store.ts'
import { application, freshKey, MITO, NOW, type World, world } from '../world.ts'

/** Every row except the journal's. Its ids and the uids of sessions differ by run. */
async function rowsOf(w: World) {
  const tables = [
    'programme',
    'desk',
    'venue',
    'series',
    'series_date',
    'closure',
    'session',
    'slot',
    'chore',
    'booking',
  ]
  const found = tables.map(async (table) => {
    const rows = await w.rows(`select * from ${table} order by 1, 2`)
    return [table, rows.map((row) => ({ ...row, uid: undefined }))] as const
  })
  return Object.fromEntries(await Promise.all(found))
}

const dump = async (w: World) => ({
  ...(await rowsOf(w)),
  journal: await w.rows('select * from journal order by id'),
})

/** A store that fails at its nth commit, like a process that is killed there. */
function failingAt(store: Store, n: number): Store & { commits(): number } {
  let commits = 0
  return {
    ...store,
    async commit(...writes) {
      commits++
      if (commits === n) throw new Error('ended')
      return store.commit(...writes)
    },
    commits: () => commits,
  }
}

let whole: World
let commits: number

beforeAll(async () => {
  whole = await world({ seeded: false })
  const store = failingAt(whole.ctx.store, 0)
  await seed({ ...whole.system, store })
  commits = store.commits()
})
afterAll(() => whole.close())

describe('the published schedule', () => {
  let all: Session[]
  const of = (id: string): Session => {
    const found = all.find((one) => one.id === id)
    if (!found) throw new Error(`no session ${id}`)
    return found
  }

  beforeAll(async () => {
    all = (await sessions(whole.ctx, {}, { limit: 5000 })).sessions
  })

  test('has the eleven seminars of 2020, eight with a date and three without, none of them in Tokyo', () => {
    const seminars = all.filter((one) => one.kind === 'seminar' && !one.sample)
    expect(seminars.map((one) => [one.date, one.prefecture])).toEqual([
      ['2020-10-29', '28'],
      ['2020-11-05', '31'],
      ['2020-11-18', '20'],
      ['2020-11-27', '03'],
      ['2020-12-11', '45'],
      ['2021-01-14', '11'],
      ['2021-01-27', '24'],
      ['2021-02-04', '47'],
      [null, '18'],
      [null, '01'],
      [null, '37'],
    ])
    expect(all.filter((one) => one.prefecture === '13')).toEqual([])
    expect(seminars.every((one) => one.status === 'held' && one.programme.id === 'fy2020')).toBe(true)
  })

  test('keeps the hours of three seminars; of the other five they are undecided, not made up', () => {
    const hours = (id: string) => {
      const { starts_at, ends_at } = of(id)
      return starts_at && ends_at && `${civilTime(starts_at)}-${civilTime(ends_at)}`
    }
    expect(['hyogo', 'tottori', 'nagano'].map((id) => hours(`seminar-${id}`))).toEqual([
      '14:00-17:00',
      '13:00-16:00',
      '13:00-15:50',
    ])
    const undecided = ['iwate', 'miyazaki', 'saitama', 'mie', 'okinawa'].map((id) => of(`seminar-${id}`))
    expect(undecided.every((one) => one.settled === 'date' && one.starts_at === null)).toBe(true)
    expect(of('seminar-tottori').formats).toEqual(['online'])
    expect(of('seminar-hyogo').formats).toEqual([])
  })

  test('keeps the slips of the source as they were printed', () => {
    expect(of('aichi-2020-09-26')).toMatchObject({ date: '2020-09-26', printed_weekday: '月' })
    expect(weekday('2020-09-26')).toBe(6)
    expect(of('seminar-saitama')).toMatchObject({ date: '2021-01-14', printed_weekday: '火' })
    expect(weekday('2021-01-14')).toBe(4)
    expect(of('seminar-saitama').printed).toBe('R3年 1月14日（火）時間未定 埼玉県')
    expect(of('seminar-kagawa').printed).toBe('※北海道、福井県、香川県は日程未定')
  })

  test('has the seven dates in Aichi, taken elsewhere, with the damaged address as text only', () => {
    const aichi = all.filter((one) => one.series === 'aichi')
    expect(aichi.map((one) => one.date)).toEqual([
      '2020-08-24',
      '2020-09-14',
      '2020-09-26',
      '2020-10-12',
      '2020-10-26',
      '2020-11-09',
      '2020-12-14',
    ])
    for (const one of aichi) {
      expect(one.apply).toEqual({
        kind: 'elsewhere',
        name: of('aichi-2020-08-24').desk.name.ja,
        phone: '0565-34-6774',
        url: null,
        url_printed: 'https://www.city.toyota.aichi.jp/kyouyushaiki/youchi/1039153.html',
      })
      expect([civilTime(one.starts_at ?? ''), civilTime(one.ends_at ?? ''), one.capacity]).toEqual([
        '10:15',
        '16:00',
        5,
      ])
      expect(one.formats).toEqual(['onsite'])
    }
    expect(of('aichi-sample-2026-12-14').status).toBe('elsewhere')
  })

  test('has Fridays in Ibaraki: five people a day, five slots of 50 minutes with two places', () => {
    const fridays = all.filter((one) => one.series === 'ibaraki')
    expect(fridays[0]?.date).toBe('2020-08-21')
    expect(fridays.every((one, i) => one.date === addDays('2020-08-21', 7 * i))).toBe(true)
    for (const one of fridays) {
      expect(one.capacity).toBe(5)
      expect(one.slots.map((slot) => [civilTime(slot.starts_at), civilTime(slot.ends_at), slot.capacity])).toEqual([
        ['10:00', '10:50', 2],
        ['11:00', '11:50', 2],
        ['13:00', '13:50', 2],
        ['14:00', '14:50', 2],
        ['15:00', '15:50', 2],
      ])
    }
    expect(of(MITO)).toMatchObject({ formats: ['onsite', 'online'], venue: { areaOnly: true, address: null } })
    expect(of(MITO).note?.ja).toContain('見本')
    expect(of(MITO).printed).toContain('2020年8月21日(金) ～ ※毎週金曜日定期開催')
  })

  test('has Tuesdays in Hokkaido on the web and Wednesdays in Miyagi on site, from 2020 to the horizon', () => {
    const days = (id: string) => all.filter((one) => one.series === id)
    for (const [id, first, format] of [
      ['hokkaido', '2020-08-25', 'online'],
      ['miyagi', '2020-08-26', 'onsite'],
    ] as const) {
      expect(days(id).every((one, i) => one.date === addDays(first, 7 * i) && one.formats.join() === format)).toBe(true)
      expect(days(id).at(-1)?.date).toMatch(/^2027-02/)
    }
    expect(days('miyagi')[0]?.venue?.address).toBe('仙台市青葉区一番町2-8-1 NTT青葉ビル東棟1F（国分町通り側）')
    expect(days('hokkaido')[0]?.venue).toBeNull()
  })

  test('marks the holidays that the series met', () => {
    const skipped = [
      'ibaraki-2021-01-01',
      'hokkaido-2020-09-22',
      'hokkaido-2020-11-03',
      'hokkaido-2020-12-29',
      'hokkaido-2021-02-23',
      'miyagi-2020-12-30',
    ]
    expect(skipped.map((id) => [of(id).status, of(id).reason?.ja])).toEqual([
      ['skipped', '元日'],
      ['skipped', '秋分の日'],
      ['skipped', '文化の日'],
      ['skipped', '年末年始'],
      ['skipped', '天皇誕生日'],
      ['skipped', '年末年始'],
    ])
  })

  test('comes a second time in this fiscal year, marked 見本, on the same weekdays', () => {
    const dated = all.filter((one) => !one.sample && one.date !== null && /^(seminar|aichi)/.test(one.id))
    expect(dated).toHaveLength(15)
    const copies = all.filter((one) => one.sample && one.date !== null && one.id !== 'seminar-ahead-sample')
    const told = (one: Session, date: string | null) =>
      `${date} ${weekday(date ?? '')} ${one.prefecture} ${one.printed}`
    expect(copies.map((one) => told(one, one.date)).toSorted()).toEqual(
      dated.map((one) => told(one, correspondingDay(one.date ?? '', 2026))).toSorted(),
    )
    expect(copies.every((one) => fiscalYear(one.date ?? '') === 2026 && one.note?.ja.includes('これは見本です'))).toBe(
      true,
    )
    const weekdays = (some: Session[]) => some.map((one) => weekday(one.date ?? '')).join('')
    expect(weekdays(copies.filter((one) => one.kind === 'consultation'))).toBe('1161111')
    expect(all.filter((one) => one.sample && one.date === null && one.status === 'undecided')).toHaveLength(3)
  })

  test('has a reading in katakana for every title', async () => {
    for (const table of ['series', 'session']) {
      expect(await whole.column(`select title_ja from ${table} where title_kana is null`)).toEqual([])
    }
  })

  test('marks as sample what is one and nothing else', () => {
    expect(all.filter((one) => one.sample).every((one) => one.id.includes('-sample'))).toBe(true)
    expect(all.filter((one) => one.id.includes('-sample')).every((one) => one.sample)).toBe(true)
  })

  test('has desks whose addresses may be read and never written to', async () => {
    const found = await desks(whole.ctx)
    expect(found.find((one) => one.id === 'toyota')).toMatchObject({ kind: 'local', prefectures: ['23'] })
    expect(found.find((one) => one.id === 'secretariat')?.kind).toBe('secretariat')
    expect(found.filter((one) => one.email?.use === 'mail')).toEqual([])
    expect(found.filter((one) => one.email?.use === 'damaged').length).toBeGreaterThan(0)
    expect(all.every((one) => one.desk.email === null)).toBe(true)
    const kinds = found.map((one) => one.kind)
    expect(kinds).toEqual(kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
  })
  const order = ['local', 'base', 'bureau', 'secretariat']

  test('is complete: as many sessions as the calendar has days for them', () => {
    const weeks = (first: string) => all.filter((one) => one.series === first).length
    const seminars = 11 + 11 + 1
    expect(all).toHaveLength(weeks('ibaraki') + weeks('hokkaido') + weeks('miyagi') + 7 + 7 + seminars)
  })

  test('is written down in the journal as the seed’s doing', async () => {
    const actors = await whole.column('select distinct actor from journal')
    expect(actors).toEqual(['seed'])
  })

  test('seeded a second time changes nothing', async () => {
    const before = await dump(whole)
    whole.at('2027-01-10T01:00:00.000Z')
    expect(await seed(whole.system)).toBe(false)
    whole.at(NOW)
    expect(await dump(whole)).toEqual(before)
  })
})

test.each(['2027-01-10', '2027-03-25', '2027-04-02', '2028-02-29'])(
  'seeded on %s there is a consultation day to book next and a seminar ahead',
  async (today) => {
    const w = await world({ now: `${today}T01:00:00.000Z` })
    const ahead = (await sessions(w.ctx, { from: today, status: ['open', 'few'] }, { limit: 500 })).sessions
    const next = ahead.find((one) => one.kind === 'consultation')
    expect(next?.date && next.date <= addDays(today, 14)).toBe(true)
    const done = await book(
      w.ctx,
      application({ session: next?.id, slot: next?.slots[0]?.id, format: next?.formats[0] }),
      { channel: 'web', key: freshKey() },
    )
    expect(done.ok).toBe(true)

    const seminar = await sessionById(w.ctx, 'seminar-ahead-sample')
    expect(seminar).toMatchObject({
      status: 'open',
      capacity: 30,
      remaining: 30,
      settled: 'time',
      sample: true,
      formats: ['online'],
    })
    const days = Array.from({ length: 21 }, (_, i) => addDays(today, 21 + i))
    const thursdays = days.filter((day) => weekday(day) === weekday('2020-11-05'))
    expect(seminar?.date).toBe(thursdays.find((day) => proposedClosure(day) === null))
    const applied = await book(
      w.ctx,
      application({ session: 'seminar-ahead-sample', slot: null, format: 'online', seats: 30 }),
      { channel: 'web', key: freshKey() },
    )
    expect(applied.ok).toBe(true)

    const samples = (await sessions(w.ctx, {}, { limit: 5000 })).sessions.filter(
      (one) => one.sample && one.date !== null,
    )
    const year = fiscalYear(today)
    expect(
      samples.filter((one) => one.id !== 'seminar-ahead-sample').every((one) => fiscalYear(one.date ?? '') === year),
    ).toBe(true)
    await w.close()
  },
)

test('a day comes again on the same weekday, within half a week of its date, whatever the year', () => {
  for (let year = 2020; year < 2060; year++) {
    for (const date of ['2020-08-24', '2020-11-27', '2021-01-14', '2021-02-04']) {
      const again = correspondingDay(date, year)
      expect([weekday(again), fiscalYear(again)]).toEqual([weekday(date), year])
      const calendarYear = Number(date.slice(0, 4)) + year - 2020
      const sameDate = Date.parse(`${calendarYear}${date.slice(4)}`)
      expect(Math.abs(Date.parse(again) - sameDate) / 86_400_000).toBeLessThanOrEqual(4)
    }
  }
})

describe('seeding that was interrupted', () => {
  test.each([
    ['in the midst of the weekly sessions', 70],
    ['before its last commit', Number.POSITIVE_INFINITY],
  ])('%s is completed by the next start', async (_, at) => {
    const w = await world({ seeded: false })
    const store = failingAt(w.ctx.store, Math.min(at, commits))
    await expect(seed({ ...w.system, store })).rejects.toThrow('ended')
    const partly = await rowsOf(w)
    expect(partly).not.toEqual(await rowsOf(whole))
    expect(await seed(w.system)).toBe(true)
    expect(await rowsOf(w)).toEqual(await rowsOf(whole))
    expect(await seed(w.system)).toBe(false)
    await w.close()
  })

  test('adds the accounts of the demonstration before it counts as complete', async () => {
    const w = await world({ seeded: false })
    const staff = [{ email: 'desk@example.jp', name: '水戸 花子', role: 'desk', prefectures: ['08'] }]
    const store = failingAt(w.ctx.store, commits + 1)
    await expect(seed({ ...w.system, store }, staff)).rejects.toThrow('ended')
    expect(await seed(w.system, staff)).toBe(true)
    expect(await w.ctx.store.db.selectFrom('account').select('email').execute()).toEqual([{ email: 'desk@example.jp' }])
    await w.close()
  })

  test('goes on from its mark alone, whatever rows are there', async () => {
    const w = await world({ seeded: false })
    await w.ctx.store.commit(w.ctx.store.db.insertInto('chore').values({ name: 'seed', done_on: 'begun' }))
    await openProgramme(w.system, { fiscalYear: 2020, name: { ja: '令和2年度', en: 'Fiscal year 2020' } })
    expect(await seed(w.system)).toBe(true)
    expect(await rowsOf(w)).toEqual(await rowsOf(whole))
    await w.close()
  })

  test('by two processes that start at once makes everything once', async () => {
    const one = await world({ seeded: false, shared: true })
    const other = await world({ on: one.address })
    await Promise.all([seed(one.system), seed(other.system)])
    expect(await rowsOf(one)).toEqual(await rowsOf(whole))
    await other.close()
    await one.close()
  })

  test('is told apart from a database that somebody else has filled', async () => {
    const w = await world({ seeded: false })
    await openProgramme(w.system, { fiscalYear: 2026, name: { ja: '令和8年度', en: 'Fiscal year 2026' } })
    const before = await dump(w)
    expect(await seed(w.system)).toBe(false)
    expect(await dump(w)).toEqual(before)
    await w.close()
  })
})

test('it is seeded through the acts, so nobody but the system may', async () => {
  const w = await world({ seeded: false })
  const visitor: Ctx = { ...w.system, actor: { kind: 'public' } }
  await expect(seed(visitor)).rejects.toThrow('only for the system')
  expect((await rowsOf(w)).programme).toEqual([])
  await w.close()
})
