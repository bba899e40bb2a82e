import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { array, assert, constantFrom, integer, property, record, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type CivilDate, weekday } from '../../src/base/japan/civil.ts'
import { eraYear } from '../../src/base/japan/era.ts'
import { PREFECTURES } from '../../src/base/japan/prefecture.ts'
import { read } from '../../src/notices/read.ts'
import type { NoticeRecord, Reading } from '../../src/notices/record.ts'
import { NotTaken, taken } from '../../src/sheets/take.ts'
import { type Expected, faults } from './judge.ts'

const here = import.meta.dirname
const TODAY = '2026-11-28'

async function reading(file: string, today: string): Promise<Reading> {
  const sheets = await taken(readFileSync(file), file)
  const each = sheets.map((sheet) => read(sheet.rows, today))
  return { records: each.flatMap((one) => one.records), unread: each.flatMap((one) => one.unread) }
}

const lines = (text: string) =>
  read(
    text.split('\n').map((line) => line.split('\t')),
    TODAY,
  )

/** A record as a reviewer compares it with the notice. */
const brief = (one: NoticeRecord) =>
  [
    one.prefecture ?? '--',
    one.kind,
    [...one.dates, one.rule ?? ''].join(' ').trim() || 'no day',
    one.spans.length > 0
      ? one.spans.map(({ start, end, capacity }) => `${start}-${end ?? ''}${capacity ? `×${capacity}` : ''}`).join('+')
      : one.times
        ? `${one.times.start}-${one.times.end ?? ''}`
        : 'no hours',
    (one.formats ?? ['no form']).join('+'),
    one.capacity ?? '-',
    one.place ?? 'no place',
    one.cancelled.map((day) => `cancelled ${day}`).join(),
    one.moved.map(({ from, to }) => `${from} moved to ${to}`).join(),
    one.except.map((day) => `not ${day}`).join(),
    one.problems.map(({ code, date, proposals }) => `${code} ${date ?? proposals.join('/')}`).join(),
  ]
    .filter((part) => part !== '')
    .join(' | ')

const published = globSync(`${here}/published/*.{txt,csv,xlsx}`).toSorted()

test('there are notices to read', () => {
  expect(published.length).toBeGreaterThan(0)
})

test.each(published.map((file) => [basename(file), file]))('reads %s as a person does', async (_, file) => {
  const expected = JSON.parse(readFileSync(file.replace(/\.\w+$/, '.json'), 'utf8')) as Expected & {
    either?: Expected[]
  }
  const got = await reading(file, expected.today)
  const readings = (expected.either ?? [expected]).map((one) => faults({ ...expected, records: one.records }, got))
  expect(readings.toSorted((a, b) => a.length - b.length)[0]).toEqual([])
})

const cases = globSync(`${here}/cases/*.txt`).toSorted()

test.each(cases.map((file) => [basename(file), file]))('reads %s', async (_, file) => {
  const { records, unread } = await reading(file, TODAY)
  const said = [...records.map(brief), ...unread.map((text) => `unread ${text}`)]
  await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(file.replace('.txt', '.read'))
})

test('the published schedule of 2020 with its two false weekdays', () => {
  const seed = JSON.parse(readFileSync(`${here}/../../db/seed/seed-data.json`, 'utf8'))
  const verbatim = (rows: { source: { verbatim: string[] } }[]) => [
    ...new Set(rows.flatMap((row) => row.source.verbatim)),
  ]
  const table = read(
    verbatim(seed.consultationSeries).map((line) => line.split('\t')),
    '2020-08-01',
  ).records
  for (const series of seed.consultationSeries) {
    const got = table.find((one) => PREFECTURES.find(({ code }) => code === one.prefecture)?.ja === series.prefecture)
    expect(got).toMatchObject({
      rule: series.dates ? null : series.rrule,
      dates: series.dates?.map((day: { date: string }) => day.date) ?? [series.firstDate.date],
      formats: series.modes,
      capacity: series.capacity.count,
      times: series.time ? { start: series.time.start, end: series.time.end } : null,
    })
  }
  const seminars = read(
    ['働き方改革セミナー', ...verbatim(seed.seminars)].map((line) => [line]),
    '2020-08-01',
  ).records
  for (const seminar of seed.seminars.filter((one: { date: string | null }) => one.date)) {
    const got = seminars.find((one) => one.dates[0] === seminar.date)
    expect(got).toMatchObject({ kind: 'seminar', times: seminar.time ?? null })
    expect(got?.formats ?? null).toEqual(seminar.mode ? [seminar.mode] : null)
  }
  const wrong = [...table, ...seminars].flatMap((one) => one.problems.filter(({ code }) => code === 'weekday'))
  expect(wrong.map(({ date, printed }) => `${date} ${printed}`)).toEqual(['2020-09-26 月', '2021-01-14 火'])
})

test.each([
  ['above the days', 'ホーム > 産業 > 相談\nテレワーク相談会\n12月8日(火) 10時～12時', 'テレワーク相談会'],
  ['in an announcement', '報道発表資料\n「働き方セミナー」を開催します\n12月8日(火)', '働き方セミナー'],
  ['behind its state', '【変更】テレワーク相談会\n12月8日(火) 10時～12時', 'テレワーク相談会'],
  ['below the days, if it names what it is', '12月8日(火) 10時～12時\nテレワークセミナー', 'テレワークセミナー'],
  ['nowhere: a lone last line is none', '12月8日(火) 10時～12時\n雨具をお持ちください', ''],
  ['nowhere: a sentence is none', '12月8日(火) 10時～12時\n相談は無料です', ''],
])('a title stands %s', (_, text, title) => {
  expect(lines(text).records[0]?.title).toBe(title)
})

test.each(['【中止】', '［中止］', '【開催中止】', '（中止）', '《取りやめ》', '【延期】'])(
  'a day behind %s is called off, and is no session',
  (state) => {
    const { records } = lines(`${state}12月8日(火) 10時～12時`)
    expect(records.map(({ dates, cancelled }) => [dates, cancelled])).toEqual([[['2026-12-08'], ['2026-12-08']]])
  },
)

test.each(['【満席】', '【受付終了】', '【変更】', '【予約受付中】', '【募集終了】'])(
  'a day behind %s takes place',
  (state) => {
    const { records } = lines(`${state}12月8日(火) 10時～12時`)
    expect(records.map(({ dates, cancelled }) => [dates, cancelled])).toEqual([[['2026-12-08'], []]])
  },
)

const LETTERS = '日月火水木金土'
const month = (date: CivilDate) => Number(date.slice(5, 7))
const day = (date: CivilDate) => Number(date.slice(8))
const letter = (date: CivilDate) => LETTERS[weekday(date)]
const era = (date: CivilDate) => eraYear(date).replace('年', '')
const wide = (text: string) =>
  text.replace(/[0-9:~]/g, (one) => (one === '~' ? '～' : String.fromCharCode(one.charCodeAt(0) + 0xfee0)))

const WEEKDAYS = [
  (date: CivilDate) => `(${letter(date)})`,
  (date: CivilDate) => `（${letter(date)}曜日）`,
  (date: CivilDate) => `(${letter(date)}曜)`,
  () => '',
]
const DAYS = [
  (date: CivilDate) => `${eraYear(date)}${month(date)}月${day(date)}日`,
  (date: CivilDate) => `${date.slice(0, 4)}年${month(date)}月${day(date)}日`,
  (date: CivilDate) => `${date.slice(0, 4)}/${month(date)}/${day(date)}`,
  (date: CivilDate) => date,
  (date: CivilDate) => `${era(date).replace('令和', 'R')}.${month(date)}.${day(date)}`,
]
const HOURS = [
  (from: number, to: number) => `${from}:00~${to}:00`,
  (from: number, to: number) => `${from}時～${to}時`,
  (from: number, to: number) => `${from}:00-${to}:00`,
  (from: number, to: number) => `${from}時00分から${to}時00分まで`,
  (from: number, to: number) => `${half(from)}~${half(to)}`,
]
const half = (hour: number) => (hour < 12 ? `午前${hour}時` : `午後${hour - 12}時`)
const CAPACITIES = [
  (n: number) => `${n}名/日`,
  (n: number) => `1日${n}社`,
  (n: number) => `各日${n}人`,
  (n: number) => `定員：${n}名`,
]

const schedules = record({
  prefecture: constantFrom(...PREFECTURES),
  dates: uniqueArray(integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }).map((days) =>
    days.toSorted((a, b) => a - b).map((n) => addDays(TODAY, n)),
  ),
  from: integer({ min: 9, max: 14 }),
  length: integer({ min: 1, max: 3 }),
  count: integer({ min: 1, max: 40 }),
  formats: constantFrom('現地開催', 'WEB開催', '現地開催・WEB開催'),
  asDay: constantFrom(...DAYS),
  asWeekday: constantFrom(...WEEKDAYS),
  asHours: constantFrom(...HOURS),
  asCapacity: constantFrom(...CAPACITIES),
  between: constantFrom('、', '，', ' '),
  isWide: constantFrom(true, false),
})

test('what is printed in any of the notations is read back', () => {
  assert(
    property(array(schedules, { minLength: 1, maxLength: 4 }), (all) => {
      const printed = all.map((one) => {
        const days = one.dates.map((date) => one.asDay(date) + one.asWeekday(date)).join(one.between)
        const cells = [
          one.prefecture.ja,
          days,
          one.asHours(one.from, one.from + one.length),
          one.formats,
          one.asCapacity(one.count),
        ]
        return (one.isWide ? cells.map(wide) : cells).join('\t')
      })
      const { records } = lines(['テレワーク相談会', ...printed].join('\n'))
      expect(
        records.map(({ prefecture, dates, times, formats, capacity, problems }) => ({
          prefecture,
          dates,
          times,
          formats,
          capacity,
          problems,
        })),
      ).toEqual(
        all.map((one) => ({
          prefecture: one.prefecture.code,
          dates: one.dates,
          times: { start: clock(one.from), end: clock(one.from + one.length) },
          formats:
            one.formats === '現地開催・WEB開催'
              ? ['onsite', 'online']
              : [one.formats === 'WEB開催' ? 'online' : 'onsite'],
          capacity: one.count,
          problems: [],
        })),
      )
    }),
  )
})

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

test('a false weekday is told with its neighbours, a right one never', () => {
  assert(
    property(integer({ min: 1, max: 300 }), integer({ min: 0, max: 6 }), (ahead, off) => {
      const date = addDays(TODAY, ahead)
      const { records } = lines(
        `茨城県\t${eraYear(date)}${month(date)}月${day(date)}日(${letter(addDays(date, off))}) 10時~12時`,
      )
      const [problem, ...more] = records[0]?.problems ?? []
      expect(more).toEqual([])
      const near = [date, addDays(date, off), addDays(date, off - 7)]
      expect([
        problem?.code,
        problem?.printed,
        problem?.computed,
        near.every((one) => problem?.proposals.includes(one)),
      ]).toEqual(
        off === 0
          ? [undefined, undefined, undefined, false]
          : ['weekday', letter(addDays(date, off)), letter(date), true],
      )
    }),
  )
})

test.each([
  ['nested brackets', '('.repeat(50_000)],
  ['days without end', '12月3日、'.repeat(20_000)],
  ['figures without end', '1'.repeat(100_000)],
  ['a weekday list without end', '毎週月'.padEnd(100_000, '・火')],
  ['spaces', ' '.repeat(100_000)],
  ['lone surrogates', '\ud800相談\udfff 12月3日(木)'],
])('hostile text is read: %s', (_, text) => {
  expect(lines(text).records.length).toBeLessThanOrEqual(1)
})

test.each([
  ['too large', new Uint8Array(300_001).fill(49), 'too_large'],
  ['no text and no workbook', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x80), 'unreadable'],
  ['a broken workbook', Uint8Array.of(0x50, 0x4b, 1, 2, 3), 'unreadable'],
])('a file is refused: %s', async (_, bytes, why) => {
  const error = await taken(bytes, 'notice.txt').catch((one: unknown) => one)
  expect(error).toBeInstanceOf(NotTaken)
  expect(error).toMatchObject({ why })
})
