import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { width, wrapped } from '../../templates/mail/wrap.ts'

test.each([
  ['あ', 2],
  ['abc', 3],
  ['ｱ', 1],
  ['𠮷', 2],
  ['か\u3099', 2],
  ['👨‍👩‍👧', 2],
  ['〜', 2],
])('%s is %i columns wide', (text, columns) => {
  expect(width(text)).toBe(columns)
})

test('a sign is as wide among plain signs as beside one that has to be segmented', () => {
  const ranges = [
    [0x20, 0x7e],
    [0x3000, 0x3029],
    [0x3041, 0x3096],
    [0x309b, 0x30ff],
    [0x4e00, 0x9fff],
    [0xff01, 0xff9d],
  ]
  const plain = ranges.flatMap(([from = 0, to = 0]) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)),
  )
  const text = plain.join('')
  expect(width(text)).toBe(width(`${text}\u0301`))
  for (const mark of ['\u3099', '\u309a', '\uff9e', '\u302a', '\ufe0f']) expect(width(`か${mark}`)).toBe(2)
})

test('a line holds 35 full-width characters', () => {
  expect(wrapped('あ'.repeat(71))).toEqual(['あ'.repeat(35), 'あ'.repeat(35), 'あ'])
})

test('no line begins with a closing mark or ends with an opening one', () => {
  expect(wrapped(`${'あ'.repeat(35)}。`)).toEqual(['あ'.repeat(34), 'あ。'])
  expect(wrapped(`${'あ'.repeat(34)}「い」`)).toEqual(['あ'.repeat(34), '「い」'])
})

test('words, numbers and links stay whole', () => {
  const url = `https://madoguchi.example/b/${'x'.repeat(80)}`
  expect(wrapped(`${'あ'.repeat(32)}03-6230-1695`)).toEqual(['あ'.repeat(32), '03-6230-1695'])
  expect(wrapped(url)).toEqual([url])
  expect(wrapped(`詳しくは ${url} へ`)).toEqual(['詳しくは', url, 'へ'])
})

test('English breaks between words, later lines are indented', () => {
  expect(wrapped('one two three four', '  ', 9)).toEqual(['one two', '  three', '  four'])
})

test('a word that fits on no line is cut, marks that must not begin a line or not', () => {
  expect(wrapped('x'.repeat(100))).toEqual(['x'.repeat(70), 'x'.repeat(30)])
  expect(wrapped(`あ${'！'.repeat(50)}`).map(width)).toEqual([70, 32])
})

test('whatever people type, lines fit and nothing but space is lost', () => {
  const character = fc.constantFrom(...'あ漢𠮷🎉ｱaZ0-「」、。！ 　'.split(''), '👨‍👩‍👧', '𠮷', '🎉')
  fc.assert(
    fc.property(fc.array(character, { maxLength: 200 }), (characters) => {
      const text = characters.join('').toWellFormed()
      const lines = wrapped(text)
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(70)
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
    }),
  )
})
