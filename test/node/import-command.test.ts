import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importCommand } from '../../src/node/import-command.ts'

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
  ['no --dry-run', ['notice.txt']],
  ['a day that is none', ['notice.txt', '--dry-run', '--today', '2026-02-30']],
])('is refused: %s', async (_, args) => {
  await expect(importCommand(args, NOW)).rejects.toThrow('import    FILE|-')
})

test('a file that cannot be read is refused in words', async () => {
  const broken = file('notice.xlsx', Uint8Array.of(0x50, 0x4b, 1, 2))
  await expect(importCommand([broken, '--dry-run'], NOW)).rejects.toThrow('neither text')
  const large = file('notice.txt', 'あ'.repeat(200_000))
  await expect(importCommand([large, '--dry-run'], NOW)).rejects.toThrow('too large')
})
