import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LOCALES } from '../../src/base/locale.ts'
import { ACTS, actsAbout, actsWith } from '../../src/store/acts.ts'
import { deskTexts } from '../../templates/text/desk.ts'

const sources = globSync('src/**/*.ts')
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
  .filter(({ file }) => file !== 'src/store/acts.ts')

/** Where lines are written: these functions put an act into the journal. */
const writers = sources.filter(({ text }) =>
  /\b(note|noteOnce|noteReading|noteAll|notifyAll|withdrawalWrites)\(/.test(text),
)

test('every act of the table is written somewhere', () => {
  const unwritten = Object.keys(ACTS).filter((act) => !writers.some(({ text }) => text.includes(`'${act}'`)))
  expect(unwritten).toEqual([])
})

test('only the journal itself writes lines, so that no act is outside the table', () => {
  const inserting = sources.filter(({ text }) => /insertInto\(\s*['"`]journal|insert into journal/i.test(text))
  expect(inserting.map(({ file }) => file)).toEqual(['src/store/journal.ts'])
})

test('no act is put together from parts, which nobody would find', () => {
  const kinds = [...new Set(Object.keys(ACTS).map((act) => act.split('.')[0]))].join('|')
  const parts = new RegExp(`\`(${kinds})\\.\\$\\{`)
  expect(writers.filter(({ text }) => parts.test(text)).map(({ file }) => file)).toEqual([])
})

test.each(LOCALES)('every act about a booking or a session has its own words in %s', (locale) => {
  const { booking, session } = deskTexts(locale)
  for (const [acts, words] of [
    [actsAbout('booking'), booking.happened],
    [actsAbout('session'), session.happened],
  ] as const) {
    const said: Record<string, string> = words
    expect(new Set(Object.keys(said))).toEqual(new Set(acts))
    expect(new Set(acts.map((act) => said[act])).size).toBe(acts.length)
    expect(Object.values(said).every((word) => word.length > 0)).toBe(true)
  }
})

test('a booking begins only by an act that says what it becomes, and only what has a before is undone', () => {
  const becoming: readonly string[] = actsWith('becomes')
  expect(actsWith('begins').filter((act) => !becoming.includes(act))).toEqual([])
  expect(actsWith('undo')).toEqual(['session.edited', 'session.skipped', 'session.opened', 'series.edited'])
})
