import { expect, test } from 'vitest'
import { variantsOf } from '../../../src/base/japan/variants.ts'

test.each([
  ['高橋', ['高橋', '髙橋']],
  ['髙橋', ['髙橋', '高橋']],
  ['𠮷田', ['𠮷田', '吉田']],
  ['水戸納豆', ['水戸納豆']],
  ['', ['']],
])('%s may be written %j', (text, ways) => {
  expect(variantsOf(text)).toEqual(ways)
})

test('渡辺 finds each of its ways, and a text of many does not become a thousand patterns', () => {
  expect(variantsOf('渡辺')).toEqual(['渡辺', '渡邊', '渡邉'])
  expect(variantsOf('辺斉崎浜'.repeat(20)).length).toBeLessThanOrEqual(24)
})
