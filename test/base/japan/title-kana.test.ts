import { expect, test } from 'vitest'
import { isKatakana } from '../../../src/base/japan/kana.ts'
import { titleReading } from '../../../src/base/japan/title-kana.ts'

test.each([
  ['テレワーク相談会', 'テレワークソウダンカイ'],
  ['ﾃﾚﾜｰｸ 相談会', 'テレワークソウダンカイ'],
  ['豊田市　テレワーク相談', 'トヨタシ テレワークソウダン'],
  ['テレワークセミナー', 'テレワークセミナー'],
  ['てれわーく', 'テレワーク'],
  ['つくば相談会', null],
  ['toString', null],
  ['', null],
])('the reading of %j is known to be %j', (title, reading) => {
  expect(titleReading(title)).toBe(reading)
  expect(reading === null || isKatakana(reading)).toBe(true)
})
