import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isKatakana, searchKey, toKatakana } from '../../../src/base/japan/kana.ts'

const anything = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i))
const hiragana = range(0x3041, 0x3096)
const katakana = range(0x30a1, 0x30fa)
const halfWidth = range(0xff65, 0xff9f)
const marks = ['\u3099', '\u309a', '゛', '゜']
const reading = fc.string({
  unit: fc.constantFrom(...hiragana, ...katakana, ...halfWidth, ...marks, 'ー', 'ー', '・', ' ', '　'),
})
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

describe('toKatakana', () => {
  test.each([
    ['たかはし たろう', 'タカハシ タロウ'],
    ['タカハシ　タロウ', 'タカハシ タロウ'],
    ['ﾀｶﾊｼ ﾀﾛｳ', 'タカハシ タロウ'],
    ['  ﾜﾀﾅﾍﾞ 　 ｼﾞｭﾝ\t', 'ワタナベ ジュン'],
    ['ﾊﾟｰﾌﾟﾙ ｳﾞｧｲｵﾘﾝ', 'パープル ヴァイオリン'],
    ['さとー', 'サトー'],
    ['ｻﾄｰ', 'サトー'],
    ['ゔぁいおりん', 'ヴァイオリン'],
    ['か\u3099く\u3099', 'ガグ'],
    ['は゛は゜', 'バパ'],
    ['カﾞ', 'ガ'],
    ['いすゞ みすゝ', 'イスヾ ミスヽ'],
    ['ゎゐゑをゕゖ', 'ヮヰヱヲヵヶ'],
    ['ｼﾞｮﾝ･ｽﾐｽ', 'ジョン・スミス'],
    ['あ゛', 'ア゛'],
    ['髙橋 Taro', '髙橋 Taro'],
    ['', ''],
  ])('%j becomes %j', (typed, kept) => {
    expect(toKatakana(typed)).toBe(kept)
  })

  test('doing it twice is doing it once', () => {
    fc.assert(
      fc.property(fc.oneof(reading, anything), (text) => {
        const once = toKatakana(text)
        expect(toKatakana(once)).toBe(once)
      }),
    )
  })

  test('no ー is ever lost, in either width', () => {
    fc.assert(
      fc.property(fc.oneof(reading, anything), (text) => {
        expect(count(toKatakana(text), /ー/g)).toBe(count(text, /[ーｰ]/g))
      }),
    )
  })

  test('hiragana, full-width and half-width katakana of the same reading come out the same', () => {
    const pairs = katakana.slice(0, 0x30f4 - 0x30a1 + 1).filter((kana) => !'ヮヰヱ'.includes(kana))
    const unit = fc.constantFrom(...pairs, 'ー', ' ')
    fc.assert(
      fc.property(fc.string({ unit }), (full) => {
        expect(toKatakana(asHiragana(full))).toBe(toKatakana(full))
        expect(toKatakana(asHalfWidth(full))).toBe(toKatakana(full))
      }),
    )
  })

  test('whatever is typed in kana alone is katakana afterwards', () => {
    const typed = fc.string({ unit: fc.constantFrom(...hiragana, ...katakana, ...halfWidth.slice(0, -2), 'ー', ' ') })
    fc.assert(
      fc.property(typed, (text) => {
        expect(isKatakana(toKatakana(text))).toBe(text.trim() !== '')
      }),
    )
  })
})

describe('isKatakana', () => {
  test.each(['タカハシ タロウ', 'サトー', 'ジョン・スミス', 'ヴァイオリン', 'イスヾ', 'ヷヺ'])('%s is', (text) => {
    expect(isKatakana(text)).toBe(true)
  })

  test.each(['', ' ', '　', 'たかはし', 'ﾀｶﾊｼ', '髙橋', 'Taro', 'タカハシ2', 'サト-', 'サト―', 'ア゛', 'ガ\u3099'])(
    '%j is not',
    (text) => {
      expect(isKatakana(text)).toBe(false)
    },
  )
})

describe('searchKey', () => {
  test.each([
    [['たかはし たろう', 'ﾀｶﾊｼﾀﾛｳ', 'タカハシ　タロウ'], 'タカハシタロウ'],
    [['株式会社サンプル', '株式会社 ｻﾝﾌﾟﾙ', '株式会社さんぷる'], '株式会社サンプル'],
    [['IB-1127-03', 'ＩＢ－１１２７－０３', 'ib1127 03', 'ＩＢー１１２７ー０３', 'IB‐1127−03'], 'ib112703'],
    [['サトー', 'ｻﾄｰ', 'さとー'], 'サトー'],
    [['がぎ', 'ｶﾞｷﾞ', 'か゛き゛', 'カ\u3099キ\u3099'], 'ガギ'],
    [['㈱サンプル', '（株）サンプル', '(株) ｻﾝﾌﾟﾙ'], '(株)サンプル'],
    [['\ufa10本 \ufa19', '塚本神'], '塚本神'],
  ])('%j are found by %s', (typed, key) => {
    expect(typed.map(searchKey)).toEqual(typed.map(() => key))
  })

  test('the key of a reading does not depend on its width or kana', () => {
    fc.assert(
      fc.property(reading, (text) => {
        expect(searchKey(toKatakana(text))).toBe(searchKey(text))
      }),
    )
  })

  test('a key has no spaces and no capitals of the alphabet', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(searchKey(text)).not.toMatch(/[\sA-Z]/)
      }),
    )
  })
})

function asHiragana(text: string): string {
  return text.replace(/[ァ-ヴ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

function asHalfWidth(text: string): string {
  const table = new Map(halfWidth.map((half) => [half.normalize('NFKC'), half]))
  return Array.from(text.normalize('NFD'), (kana) => table.get(kana) ?? kana).join('')
}
