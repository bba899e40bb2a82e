import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, weekday } from '../../../src/base/japan/civil.ts'
import { proposedClosure } from '../../../src/base/japan/holiday.ts'

test.each([
  ['2020-07-23', '海の日', 'Marine Day'],
  ['2020-07-24', 'スポーツの日', 'Sports Day'],
  ['2020-08-10', '山の日', 'Mountain Day'],
  ['2020-09-21', '敬老の日', 'Respect for the Aged Day'],
  ['2020-09-22', '秋分の日', 'Autumnal Equinox Day'],
  ['2020-11-03', '文化の日', 'Culture Day'],
  ['2021-02-11', '建国記念の日', 'National Foundation Day'],
  ['2021-02-23', '天皇誕生日', "The Emperor's Birthday"],
  ['2021-08-09', '振替休日', 'Substitute holiday'],
  ['2024-02-12', '振替休日', 'Substitute holiday'],
  ['2026-05-06', '振替休日', 'Substitute holiday'],
  ['2026-09-22', '国民の休日', "Citizens' holiday"],
  ['2026-11-23', '勤労感謝の日', 'Labor Thanksgiving Day'],
  ['2027-01-11', '成人の日', 'Coming of Age Day'],
  ['2027-03-22', '振替休日', 'Substitute holiday'],
])('%s is %s (%s)', (date, reason_ja, reason_en) => {
  expect(proposedClosure(date)).toEqual({ reason_ja, reason_en })
})

test('from 29 December to 3 January offices are closed, and New Year keeps its own name', () => {
  const days = Array.from({ length: 8 }, (_, i) => addDays('2026-12-28', i))
  expect(days.map((date) => [date, proposedClosure(date)?.reason_ja ?? null])).toEqual([
    ['2026-12-28', null],
    ['2026-12-29', '年末年始'],
    ['2026-12-30', '年末年始'],
    ['2026-12-31', '年末年始'],
    ['2027-01-01', '元日'],
    ['2027-01-02', '年末年始'],
    ['2027-01-03', '年末年始'],
    ['2027-01-04', null],
  ])
  expect(proposedClosure('2026-12-31')?.reason_en).toBe('Year-end and New Year holidays')
  expect(proposedClosure('2027-01-01')?.reason_en).toBe("New Year's Day")
})

test('a substitute holiday within those days keeps its own name too', () => {
  expect(proposedClosure('2023-01-02')?.reason_ja).toBe('振替休日')
})

test.each(['2020-08-11', '2020-08-21', '2020-10-12', '2026-11-22', '2026-11-24', '2026-11-28', '2024-02-13'])(
  '%s is a day like any other',
  (date) => {
    expect(proposedClosure(date)).toBeNull()
  },
)

test('the national holidays of 2026 are these eighteen and no more', () => {
  expect(national(2026)).toEqual([
    '2026-01-01 元日',
    '2026-01-12 成人の日',
    '2026-02-11 建国記念の日',
    '2026-02-23 天皇誕生日',
    '2026-03-20 春分の日',
    '2026-04-29 昭和の日',
    '2026-05-03 憲法記念日',
    '2026-05-04 みどりの日',
    '2026-05-05 こどもの日',
    '2026-05-06 振替休日',
    '2026-07-20 海の日',
    '2026-08-11 山の日',
    '2026-09-21 敬老の日',
    '2026-09-22 国民の休日',
    '2026-09-23 秋分の日',
    '2026-10-12 スポーツの日',
    '2026-11-03 文化の日',
    '2026-11-23 勤労感謝の日',
  ])
})

test('every holiday from 1948 to 2099 has an English name of its own', () => {
  const names = new Map<string, string>()
  for (let date = '1948-07-20'; date < '2100-01-01'; date = addDays(date, 1)) {
    const closure = proposedClosure(date)
    if (closure) names.set(closure.reason_ja, closure.reason_en)
  }
  expect(names.size).toBeGreaterThan(20)
  expect([...names.values()]).not.toContain('National holiday')
  expect(new Set(names.values()).size).toBe(names.size)
})

test('a national holiday on a Sunday is made up for on the next day that is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2007, max: 2099 }), (year) => {
      for (const line of national(year)) {
        const [date = '', name] = line.split(' ')
        if (weekday(date) !== 0) continue
        let next = addDays(date, 1)
        while (!['振替休日', null, '年末年始'].includes(proposedClosure(next)?.reason_ja ?? null))
          next = addDays(next, 1)
        expect([date, name, proposedClosure(next)?.reason_ja]).toEqual([date, name, '振替休日'])
      }
    }),
  )
})

function national(year: number): string[] {
  const days = Array.from({ length: 366 }, (_, i) => addDays(`${year}-01-01`, i))
  return days.flatMap((date) => {
    const reason = proposedClosure(date)?.reason_ja
    return date.startsWith(String(year)) && reason !== undefined && reason !== '年末年始' ? [`${date} ${reason}`] : []
  })
}
