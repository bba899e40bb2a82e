import { array, assert, constantFrom, integer, property, record, subarray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/base/vocabulary.ts'
import type { Decision } from '../../src/intake/decision.ts'
import { changesOf, type HouseDay } from '../../src/intake/match.ts'
import { toldOf } from '../../src/intake/told.ts'
import { read } from '../../src/notices/read.ts'
import type { NoticeRecord } from '../../src/notices/record.ts'

const NOW = '2026-11-22T01:00:00.000Z'
const DATE = '2026-12-08'
const PLACES = new Map([
  ['hall', { ja: '水戸市民会館', en: 'Mito Hall' }],
  ['chamber', { ja: '水戸商工会議所', en: 'Mito Chamber' }],
])

const day = (changes: Partial<HouseDay> = {}): HouseDay => ({
  id: 'day',
  series: null,
  occurrence: null,
  kind: 'consultation',
  prefecture: '08',
  desk: 'mito',
  venue: 'hall',
  date: DATE,
  starts_at: `${DATE}T01:00:00.000Z`,
  ends_at: `${DATE}T03:00:00.000Z`,
  capacity: 5,
  state: 'published',
  title_ja: 'テレワーク無料相談会',
  title_en: 'Free telework consultation day',
  revision: 0,
  seats_taken: 2,
  suspension: null,
  printed: null,
  formats: ['onsite', 'online'],
  formats_before: null,
  slots: [],
  closes_on: '2026-12-07',
  contacts: '029-000-0001 029-000-0002',
  place: { ja: '水戸市民会館', en: 'Mito Hall' },
  ...changes,
})

/** What a person decided of a record that stands as read. */
const decisionOf = ({ formats, capacity, times, place }: NoticeRecord): Decision => ({
  kind: 'consultation',
  prefecture: '08',
  desk: 'mito',
  venue: [...PLACES].find(([, { ja }]) => place?.includes(ja))?.[0] ?? '',
  title_ja: '',
  title_en: '',
  starts: times?.start ?? '',
  ends: times?.end ?? '',
  slot_starts: '',
  slot_minutes: '',
  slot_capacity: '',
  formats: [...(formats ?? [])],
  capacity: capacity === null ? '' : String(capacity),
  leave: false,
  days: [],
})

const rowsOf = (text: string) => text.split('\n').map((line) => line.split('\t'))
const recordOn = (text: string) => {
  const found = read(rowsOf(text), '2026-11-22').records.find(({ dates }) => dates.includes(DATE))
  if (!found) throw new Error(`no day in ${text}`)
  return found
}

const compared = (text: string, house: HouseDay = day()) => {
  const row = recordOn(text)
  const printed = { date: DATE, cancelled: row.cancelled.includes(DATE) }
  return {
    changes: changesOf(house, row, decisionOf(row), printed, PLACES),
    told: toldOf(house, row, decisionOf(row), DATE, NOW),
  }
}

/** Lines of a notice that say nothing of a day, though they have words and figures of forms, hours and people. */
const AROUND = [
  '令和8年度 相談会開催日程',
  '詳しくは当センターのWEBサイトをご覧ください。',
  '※WEBまたは電話で、開催日の前日までにお申し込みください。',
  'お申し込みは、WEBフォームから',
  'オンラインによる申込みを実施しています。',
  'オンライン相談をご希望の方は、別途お問い合わせください。',
  '※定員に達し次第、受付を終了します。',
  '満席の場合は、キャンセル待ちを承ります。',
  '相談員2名が対応します。',
  '1社につき2名までご参加いただけます。',
  '従業員300人以下の企業が対象です。',
  'お問い合わせ 電話 029-000-0001（平日9:00～17:00）',
  'WEB公開用日程表',
]

describe('a table that names only dates', () => {
  const houses = record({
    formats: subarray([...FORMATS], { minLength: 1 }),
    capacity: integer({ min: 1, max: 50 }),
    seats_taken: integer({ min: 0, max: 5 }),
    slots: constantFrom<string[]>([], ['10:00', '11:00']),
    venue: constantFrom(null, 'hall'),
    closes_on: constantFrom('2026-12-01', '2026-12-07'),
    title_ja: constantFrom('テレワーク無料相談会', '別の名前'),
  })

  test('changes nothing of an existing day, whatever stands around it and whatever the day is like', () => {
    const lines = array(constantFrom(...AROUND), { maxLength: 3 })
    const layouts = constantFrom('12月8日(火)\n12月15日(火)', '開催日\t回\n12月8日(火)\t1\n12月15日(火)\t2')
    assert(
      property(lines, lines, layouts, houses, (above, below, table, house) => {
        const place = house.venue === null ? null : (PLACES.get('hall') ?? null)
        const found = compared([...above, table, ...below].join('\n'), day({ ...house, place }))
        expect(found).toEqual({ changes: [], told: [] })
      }),
      { numRuns: 300 },
    )
  })

  test.each(AROUND)('says nothing of a day by this line: %s', (line) => {
    expect(compared(`${line}\n12月8日(火)\n12月15日(火)`)).toEqual({ changes: [], told: [] })
    expect(compared(`12月8日(火)\n12月15日(火)\n${line}`)).toEqual({ changes: [], told: [] })
  })

  test('does not guess the form from a place', () => {
    expect(compared('開催日\t会場\n12月8日(火)\t水戸市民会館').changes).toEqual([])
    expect(compared('開催日\t会場\n12月8日(火)\t水戸市民会館', day({ formats: ['online'] })).changes).toEqual([])
  })
})

describe('what a table names of an existing day is compared, field by field', () => {
  const HEAD = '開催日\t時間\t形式\t定員\t会場\t申込期限'
  const SAME = '12月8日(火)\t10:00～12:00\t現地・オンライン\t5名\t水戸市民会館\t12月7日'
  const row = (from: string, to: string) => `${HEAD}\n${SAME.replace(from, to)}`

  test('the same row is no change', () => {
    expect(compared(`${HEAD}\n${SAME}`)).toEqual({ changes: [], told: [] })
  })

  test.each([
    ['hours', '10:00～12:00', '13:00～15:00', '10:00–12:00', '13:00–15:00', 'reschedule'],
    ['formats', '現地・オンライン', 'オンライン', 'online,onsite', 'online', 'convert'],
    ['capacity', '5名', '8名', '5', '8', 'edit'],
    ['venue', '水戸市民会館', '水戸商工会議所', 'hall', 'chamber', 'venue'],
    ['closes', '12月7日', '12月4日', '2026-12-07', '2026-12-04', 'edit'],
  ])('%s', (field, printed, other, from, to, act) => {
    const found = compared(row(printed, other))
    expect(found).toMatchObject({ changes: [{ field, from, to, act }], told: [] })
    expect(found.changes).toHaveLength(1)
  })

  test.each([
    ['満席', 'full', '2/5'],
    ['満員御礼', 'full', '2/5'],
    ['定員に達しました', 'full', '2/5'],
    ['受付終了', 'closed', '2026-12-07'],
    ['予約受付終了', 'closed', '2026-12-07'],
    ['時間未定', 'hours_open', '10:00–12:00'],
    ['残りわずか', 'beside', ''],
    ['休止', 'beside', ''],
  ])('a word of state that no act takes in is told: %s', (word, field, here) => {
    const found = compared(`開催日\t備考\n12月8日(火)\t${word}\n12月15日(火)\t`)
    expect(found.told.map((one) => [one.field, one.printed, one.here])).toEqual([[field, word, here]])
  })

  test.each([
    '12月8日(火)【満席】',
    '【満席】12月8日(火)',
    '12月8日(火) 10:00～12:00 満席',
    '※12月8日は満席となりました。',
  ])('it is told wherever it stands: %s', (line) => {
    expect(
      compared(line.startsWith('※') ? `12月8日(火) 10:00～12:00\n12月15日(火)\n${line}` : line).told,
    ).toMatchObject([{ field: 'full' }])
  })

  test('a day that is full here as well is the same, and one that is closed', () => {
    expect(compared('12月8日(火)【満席】', day({ seats_taken: 5 })).told).toEqual([])
    expect(compared('12月8日(火)【受付終了】', day({ closes_on: '2026-11-20' })).told).toEqual([])
  })

  test('a place that is not registered, another telephone, numbers of each form, a name of its own, rounds', () => {
    const told = (text: string) => compared(text).told.map(({ field, here }) => [field, here])
    expect(told('開催日\t会場\n12月8日(火)\tひたちなか商工会')).toEqual([['venue', '水戸市民会館']])
    expect(told('開催日\t申込先\n12月8日(火)\t電話 029-999-9999')).toEqual([['contact', '029-000-0001 029-000-0002']])
    expect(told('開催日\t申込先\n12月8日(火)\t電話 029-000-0001')).toEqual([])
    expect(told('開催日\t定員\n12月8日(火)\t会場3名、オンライン2名')).toEqual([['by_format', '5']])
    expect(told('開催日\tセミナー名\n12月8日(火)\tはじめての在宅勤務')).toEqual([['title', 'テレワーク無料相談会']])
    expect(told('開催日\t時間\n12月8日(火)\t10:00～10:50、11:00～12:00')).toEqual([['rounds', '10:00–12:00']])
  })

  test('the end of a day in slots may be printed as the full hour', () => {
    const slots = ['10:00', '11:00']
    const ends_at = `${DATE}T02:50:00.000Z`
    expect(compared('開催日\t時間\n12月8日(火)\t10:00～12:00', day({ slots, ends_at })).changes).toEqual([])
    expect(compared('開催日\t時間\n12月8日(火)\t10:00～12:00', day({ ends_at })).changes).toMatchObject([
      { field: 'hours' },
    ])
    expect(compared('開催日\t時間\n12月8日(火)\t10:00～15:00', day({ slots, ends_at })).changes).toHaveLength(1)
  })

  test('of a day that is called off nothing else is told', () => {
    expect(compared('開催日\t会場\t申込先\n【中止】12月8日(火)\tひたちなか商工会\t電話 029-999-9999').told).toEqual([])
  })

  test('the starts of its times', () => {
    const slots = ['10:00', '10:30', '11:00']
    const { changes } = compared('開催日\t時間\n12月8日(火)\t10:00～10:50、11:00～12:00', day({ slots }))
    expect(changes).toEqual([{ field: 'slots', from: '10:00 10:30 11:00', to: '10:00 11:00', act: 'edit' }])
  })

  test.each([
    ['12月8日(火)【中止】', 'published', 'called_off', 'call-off'],
    ['12月8日(火) 延期', 'published', 'postponed', 'reschedule'],
    ['12月8日(火)', 'skipped', 'published', 'open'],
    ['12月8日(火)', 'called_off', 'published', 'hold-again'],
    ['12月8日(火)', 'postponed', 'published', 'reschedule'],
  ] as const)('its state: %s, here %s', (text, state, to, act) => {
    expect(compared(text, day({ state })).changes).toEqual([{ field: 'state', from: state, to, act }])
  })

  test.each(['skipped', 'called_off', 'postponed'] as const)(
    'a day that is called off there and %s here is the same',
    (state) => {
      expect(compared('12月8日(火)【中止】', day({ state })).changes).toEqual([])
    },
  )
})
