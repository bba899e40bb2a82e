import { expect, test } from 'vitest'
import { fingerprint, isAsShown, shownIn } from '../../src/base/fingerprint.ts'

test('equal fields have one fingerprint, and any other field, order or kind of value has another', async () => {
  const fields = ['booking', '2026-11-27', null, ['onsite'], 2]
  const one = await fingerprint(fields)
  expect(one).toMatch(/^[0-9a-f]{32}$/)
  expect(await fingerprint([...fields])).toBe(one)
  const others = [
    fields.toReversed(),
    ['booking', '2026-11-27', '', ['onsite'], 2],
    [...fields, null],
    [...fields.slice(0, 4), '2'],
  ]
  for (const other of others) expect(await fingerprint(other)).not.toBe(one)
})

test('what was shown is compared with each way to show it; who saw nothing is not refused', async () => {
  const [place, party] = [['place'], ['party']]
  const shown = await fingerprint(party)
  expect(await isAsShown(shown, place, party)).toBe(true)
  expect(await isAsShown(shown, place)).toBe(false)
  expect(await isAsShown(['other', shown], party)).toBe(true)
  expect(await isAsShown('', party)).toBe(false)
  expect(await isAsShown(undefined, party)).toBe(true)
})

test('the fingerprints of a form are one text or several; anything else is none', () => {
  expect(shownIn({ shown: 'a' })).toBe('a')
  expect(shownIn({ shown: ['a', 'b', 3] })).toEqual(['a', 'b'])
  for (const given of [{}, { shown: 3 }, null, 'shown', undefined]) expect(shownIn(given)).toBeUndefined()
})
