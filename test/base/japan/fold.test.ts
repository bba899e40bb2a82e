import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName } from '../../../src/base/japan/fold.ts'
import { toKatakana } from '../../../src/base/japan/kana.ts'

describe('one key for what is', () => {
  test.each([
    ['a legal form, long or short', ['株式会社サンプル', '(株)サンプル', '㈱サンプル', '（株） ｻﾝﾌﾟﾙ', '㍿さんぷる']],
    ['a place with ケ', ['霞ヶ関', '霞ケ関', '霞が関', '霞ガ関', '霞ｹ関']],
    ['a name with a dot', ['ジョン・スミス', 'ジョン･スミス', 'ジョン スミス', 'じょんすみす']],
    ['ヴァ or バ', ['ヴァイオリン', 'バイオリン', 'ゔぁいおりん', 'ｳﾞｧｲｵﾘﾝ']],
    ['small or large kana', ['三ッ谷', '三ツ谷', '三っ谷']],
    ['a long vowel', ['コンピューター', 'コンピュータ', 'こんぴゅーた']],
    ['letters with accents', ['Müller', 'MULLER', 'ｍüller', 'mu\u0308ller']],
    ['old and new kanji', ['髙橋', '高橋']],
    ['old and new kanji of a place', ['國學院', '国学院']],
    ['a name with many forms', ['渡邊', '渡邉', '渡辺']],
    ['a chosen form of a kanji', ['葛\u{e0100}飾', '葛飾']],
    ['a corporate number', ['７０００－０１２', '7000012', '7000 012']],
  ])('%s', (_, written) => {
    expect(new Set(written.map(foldName)).size).toBe(1)
    expect(foldName(written[0] ?? '')).not.toBe('')
  })

  test.each([
    ['ガ', 'カ'],
    ['バ', 'ハ'],
    ['株式会社', '有限会社'],
    ['山田', '山口'],
  ])('%s is not %s', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other))
  })
})

test('a key is the key of itself but for the marks of a legal form, and has no space, mark or capital', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
      const key = foldName(text)
      expect(key).not.toMatch(/[\s\-・ーA-Z]/)
      expect(foldName(toKatakana(text))).toBe(key)
    }),
  )
})
