import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { importCommand, isDryRun, takeInCommand } from '../../src/node/import-command.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { afterTest } from '../ends.ts'
import { emptySchedule } from '../schedule/fixtures.ts'
import type { World } from '../world.ts'

const NOW = '2026-11-28T03:00:00.000Z'
const NOTICE = 'テレワーク相談会\n茨城県\t令和9年1月14日(火) 10時～12時\tひたち会館\t5名/日\n雨具をお持ちください\n'

/** A file with a text or bytes. */
function file(name: string, contents: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'madoguchi-import-')), name)
  writeFileSync(path, contents)
  return path
}

test('as JSON: records with their doubts, and what stayed unread', async () => {
  const printed = await importCommand([file('notice.txt', NOTICE), '--dry-run', '--json'], NOW)
  expect(JSON.parse(printed)).toMatchObject({
    records: [
      {
        kind: 'consultation',
        prefecture: '08',
        dates: ['2027-01-14'],
        times: { start: '10:00', end: '12:00' },
        capacity: 5,
        problems: [
          { code: 'weekday', printed: '火', computed: '木', proposals: ['2027-01-14', '2027-01-12', '2027-01-19'] },
        ],
      },
    ],
    unread: ['雨具をお持ちください'],
  })
})

test('in lines: the reading, the print and the doubt', async () => {
  const printed = await importCommand([file('notice.txt', NOTICE), '--dry-run'], NOW)
  expect(printed.split('\n')).toEqual([
    '08 | consultation | 2027-01-14 | 10:00-12:00 | onsite | 5 | ひたち会館',
    expect.stringContaining('printed: 茨城県'),
    '  weekday: 2027-01-14 火 is 木; may be 2027-01-14, 2027-01-12, 2027-01-19',
    'unread: 雨具をお持ちください',
  ])
})

test('--today decides on years that are not printed', async () => {
  const path = file('notice.txt', '相談会\n茨城県\t1月15日\t10時～12時\n')
  const years = async (today: string) =>
    JSON.parse(await importCommand([path, '--dry-run', '--json', '--today', today], NOW)).records[0].dates
  expect([await years('2026-11-28'), await years('2029-12-01')]).toEqual([['2027-01-15'], ['2030-01-15']])
})

test.each([
  ['no file', []],
  ['two files', ['notice.txt', 'other.txt']],
  ['a day that is none', ['notice.txt', '--dry-run', '--today', '2026-02-30']],
  ['a prefecture that is none', ['notice.txt', '--prefecture', '48']],
])('is refused: %s', async (_, args) => {
  await expect(importCommand(args, NOW)).rejects.toThrow('import    FILE|-')
})

test('a file that cannot be read is refused in words', async () => {
  const broken = file('notice.xlsx', Uint8Array.of(0x50, 0x4b, 1, 2))
  await expect(importCommand([broken, '--dry-run'], NOW)).rejects.toThrow('neither text')
  const large = file('notice.txt', 'あ'.repeat(200_000))
  await expect(importCommand([large, '--dry-run'], NOW)).rejects.toThrow('too large')
})

test('the document of the record has every field and code that the reading has', async () => {
  const text = readFileSync(`${import.meta.dirname}/../../docs/api/import.md`, 'utf8')
  const named = new Set([...text.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  const printed = await importCommand([file('notice.txt', NOTICE), '--dry-run', '--json'], NOW)
  const [record] = JSON.parse(printed).records
  const codes = Object.keys(scheduleTexts('en').intake.decide.problems)
  const fates = Object.keys(scheduleTexts('en').intake.decide.fates)
  const names = [...Object.keys(record), ...Object.keys(record.problems[0]), ...codes, ...fates]
  expect(names.filter((name) => !named.has(name))).toEqual([])
})

describe('without --dry-run', () => {
  const CLEAR = '茨城県\t2026年12月8日(火)\t10:00～12:00\tオンライン\t定員5名'
  const FALSE = '茨城県\t2026年12月15日(水)\t10:00～12:00\tオンライン\t定員5名'

  let w: World
  beforeEach(async () => {
    w = await emptySchedule()
    afterTest(w.close)
  })

  const run = (text: string, ...args: string[]) => takeInCommand(w.system, [file('table.txt', text), ...args])
  const everything = async () => [
    await w.rows('select * from session order by id'),
    await w.rows('select * from series order by id'),
    await w.rows('select * from intake order by id'),
    await w.rows('select * from journal order by id'),
  ]

  test('takes in what is clear, and says what it left out and why, and what it did not read', async () => {
    const { said, isWhole } = await run(`テレワーク相談会\n${CLEAR}\n${FALSE}\n雨具をお持ちください`)
    const [session] = await w.column<string>('select id from session')
    expect(said.split('\n')).toEqual([
      `row 1 | 08 | taken in at desk mito: ${CLEAR}`,
      `  session ${session}`,
      '  2026-12-08: taken in',
      `row 2 | 08 | left to a person: ${FALSE}`,
      expect.stringContaining('weekday: 2026-12-15 水 is 火; may be 2026-12-15, 2026-12-16'),
      'unread: 雨具をお持ちください',
    ])
    expect(isWhole).toBe(false)
    expect(await w.rows('select date, desk, printed from session')).toEqual([
      { date: '2026-12-08', desk: 'mito', printed: CLEAR },
    ])
    expect(await w.rows("select actor, act from journal where act = 'intake.taken'")).toHaveLength(1)
  })

  test('changes nothing the second time', async () => {
    const text = `${CLEAR}\n茨城県 2027年1月12日・19日（いずれも火曜日）10:15-16:00 オンライン`
    expect((await run(text)).isWhole).toBe(true)
    const before = await everything()
    const { said, isWhole } = await run(text)
    expect(said).toContain('2026-12-08: there already')
    expect(said).toContain('2027-01-19: there already')
    expect(isWhole).toBe(true)
    expect(await everything()).toEqual(before)
  })

  test('as JSON, row by row: what was made, at which desk, and what differs', async () => {
    await run(CLEAR)
    const amended = CLEAR.replace('10:00～12:00', '13:00～15:00')
    const { said, isWhole } = await run(`${amended}\n${FALSE.replace('(水)', '(火)')}`, '--json')
    expect(JSON.parse(said)).toMatchObject({
      import: expect.any(String),
      rows: [
        { row: 1, sessions: [], days: [{ fate: 'changed', changes: [{ field: 'hours', act: 'reschedule' }] }] },
        { row: 2, desk: 'mito', sessions: [expect.any(String)], days: [{ date: '2026-12-15', fate: 'new' }], why: [] },
      ],
      missing: [],
      unread: [],
    })
    expect(isWhole).toBe(false)
  })

  test('a desk and a prefecture may be named, and a false one leaves the rows to a person', async () => {
    const bare = CLEAR.replace('茨城県\t', '')
    expect((await run(bare)).said).toContain('prefecture')
    expect((await run(bare, '--prefecture', '08', '--desk', 'nowhere')).said).toContain('desk: choice')
    expect(await w.rows('select id from session')).toEqual([])
    expect((await run(bare, '--prefecture', '08', '--desk', 'mito')).isWhole).toBe(true)
    expect(await w.rows('select prefecture, desk from session')).toEqual([{ prefecture: '08', desk: 'mito' }])
  })

  test('a session at the same time needs its reason, and until then nothing is taken in', async () => {
    await run(CLEAR)
    const seminar = `働き方セミナー\n${CLEAR}`
    await expect(run(seminar)).rejects.toThrow('--beside TEXT')
    expect(await w.rows('select id from session')).toHaveLength(1)
    expect((await run(seminar, '--beside', '別の部屋で開催')).isWhole).toBe(true)
    expect(await w.rows('select id from session')).toHaveLength(2)
  })

  test('a text without dates is refused', async () => {
    await expect(run('年末のご挨拶')).rejects.toThrow('No row with a date')
  })

  test('is told from a reading by the option', () => {
    expect([isDryRun(['a.txt']), isDryRun(['a.txt', '--dry-run'])]).toEqual([false, true])
  })
})
