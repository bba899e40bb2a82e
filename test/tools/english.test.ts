import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dialectIn } from '../../tools/dialect.ts'

describe('a sentence that a reader has to decode fails, with its line', () => {
  test.each([
    ['Null where nobody waits.', 'if, when'],
    ['Refused where the day is closed.', 'if, when'],
    ['The end, reckoned from the start.', 'compute'],
    ['Harmless to repeat.', 'idempotent'],
    ['How a booking is come by.', 'get, pass'],
    ['The session as it stands.', 'unchanged'],
    ['Looks anew.', 'again'],
    ['For whoever reads it.', 'its own subject'],
    ['Each of them is told by letter.', 'is notified'],
    ['The desk tends its sessions.', 'manage'],
    ['What the seed has at hand.', 'a plain verb'],
    ['Every door on one page.', 'route'],
    ['The letter to who asked for it.', 'people who'],
    [`One sentence of ${'many '.repeat(25)}words.`, '29 words'],
  ])('%s', (sentence, plain) => {
    for (const comment of [`/** ${sentence} */`, `/**\n * First.\n * ${sentence}\n */`, `const a = 1 // ${sentence}`]) {
      const found = dialectIn(`const b = 2\n${comment}\n`)
      expect(found).toEqual([{ line: 2, fault: expect.stringContaining(plain), sentence: expect.any(String) }])
    }
  })
})

describe('a plain sentence passes', () => {
  test.each([
    ['Null if nobody waits.'],
    ['The page where the link leads.'],
    ['Rows by `select 1 from booking where no = 1`.'],
    ['People who booked get a letter.'],
    ['Bookings come by web, API and telephone.'],
    ['Tells who has which right.'],
    [`The list: ${'many, '.repeat(10)}and \`some code of any length that counts as one word and no more than that\`.`],
  ])('%s', (sentence) => {
    expect(dialectIn(`/** ${sentence} */\nconst a = 1\n`)).toEqual([])
  })

  test('Code, strings and instructions to other tools are not read', () => {
    const source = `// biome-ignore lint/style/useConst: harmless\nconst all = 'where it/**/*.ts'\nlet harmless = 'https://tends'\n`
    expect(dialectIn(source)).toEqual([])
  })
})

test('The command names the place and exits with 1, or exits with 0 without a word', () => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-english-'))
  try {
    const run = (source: string) => {
      writeFileSync(join(folder, 'source.ts'), source)
      const { status, stderr } = spawnSync(process.execPath, ['tools/english.ts', folder], { encoding: 'utf8' })
      return { status, stderr }
    }
    const { status, stderr } = run('const a = 1\n// Looks anew.\n')
    expect(status).toBe(1)
    expect(stderr).toContain(`${join(folder, 'source.ts')}:2: "anew": say again\n  Looks anew.`)
    expect(run('// Looks again.\n')).toEqual({ status: 0, stderr: '' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
