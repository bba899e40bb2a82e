import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  isPrefectureCode,
  localGovernmentCodeIsValid,
  PREFECTURE_CODES,
  PREFECTURES,
  prefectureByCode,
  prefectureByName,
  REGIONS,
} from '../../../src/base/japan/prefecture.ts'

describe('prefectures', () => {
  test('there are 47, numbered 01 to 47 in order', () => {
    expect(PREFECTURES.map((each) => each.code)).toEqual(
      Array.from({ length: 47 }, (_, i) => String(i + 1).padStart(2, '0')),
    )
    expect(PREFECTURE_CODES).toEqual(PREFECTURES.map((each) => each.code))
  })

  test('Ibaraki has all its names', () => {
    expect(prefectureByCode('08')).toEqual({
      code: '08',
      ja: '茨城県',
      en: 'Ibaraki',
      kana: 'イバラキケン',
      short: '茨城',
      letters: 'IB',
      region: { id: 'kanto', ja: '関東', en: 'Kanto' },
    })
  })

  test('the short name drops 県, 府 and 都, and Hokkaido keeps its 道', () => {
    expect(['01', '13', '26', '27', '47'].map((code) => prefectureByCode(code)?.short)).toEqual([
      '北海道',
      '東京',
      '京都',
      '大阪',
      '沖縄',
    ])
  })

  test('names, readings and letters are unique, and the letters are two capitals', () => {
    for (const key of ['ja', 'en', 'kana', 'short', 'letters'] as const) {
      expect(new Set(PREFECTURES.map((each) => each[key])).size).toBe(47)
    }
    expect(PREFECTURES.every((each) => /^[A-Z]{2}$/.test(each.letters))).toBe(true)
  })

  test('the regions stand in the order of the bureaus, and each has its prefectures', () => {
    const sizes = REGIONS.map((region) => [region.ja, PREFECTURES.filter((each) => each.region === region).length])
    expect(sizes).toEqual([
      ['北海道', 1],
      ['東北', 6],
      ['関東', 8],
      ['信越', 2],
      ['北陸', 3],
      ['東海', 4],
      ['近畿', 6],
      ['中国', 5],
      ['四国', 4],
      ['九州', 7],
      ['沖縄', 1],
    ])
    expect(prefectureByName('山梨県')?.region.id).toBe('kanto')
    expect(prefectureByName('新潟県')?.region.id).toBe('shinetsu')
    expect(prefectureByName('三重県')?.region.id).toBe('tokai')
  })

  test('a code is two half-width digits from 01 to 47', () => {
    expect(['01', '08', '47'].every(isPrefectureCode)).toBe(true)
    expect(['', '00', '8', '48', '008', '０８', ' 08', 'JP-08', 'toString'].some(isPrefectureCode)).toBe(false)
    expect(prefectureByCode('48')).toBeUndefined()
  })

  test('a name is found in full and only in full', () => {
    expect(prefectureByName('兵庫県')?.code).toBe('28')
    expect(prefectureByName('兵庫')).toBeUndefined()
  })

  test('the codes serve as an enum', () => {
    const schema = z.enum(PREFECTURE_CODES)
    const code: '08' | '47' | (typeof PREFECTURE_CODES)[number] = schema.parse('08')
    expect(code).toBe('08')
    expect(schema.safeParse('8').success).toBe(false)
  })
})

describe('local-government codes', () => {
  test.each([
    ['082015', '水戸市'],
    ['232114', '豊田市'],
    ['131016', '千代田区'],
    ['011002', '札幌市'],
    ['471003', 'not a municipality, but the check digit is right'],
  ])('%s is valid: %s', (code) => {
    expect(localGovernmentCodeIsValid(code)).toBe(true)
  })

  test('each prefecture has one with the number 000', () => {
    const codes = ['010006', '020001', '080004', '090000', '130001', '230006', '310000', '470007']
    expect(codes.every(localGovernmentCodeIsValid)).toBe(true)
    for (const { code } of PREFECTURES) {
      const valid = Array.from({ length: 10 }, (_, i) => `${code}000${i}`).filter(localGovernmentCodeIsValid)
      expect(valid).toHaveLength(1)
    }
  })

  test.each(['', '82015', '08201', '082016', '0820150', '０８２０１５', '482013', '000001', '08-201'])(
    '%j is not valid',
    (code) => {
      expect(localGovernmentCodeIsValid(code)).toBe(false)
    },
  )

  const code = fc
    .tuple(fc.constantFrom(...PREFECTURE_CODES), fc.integer({ min: 0, max: 999 }))
    .map(([prefecture, number]) => withCheck(`${prefecture}${String(number).padStart(3, '0')}`))

  test('a wrong check digit is always noticed', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: 9 }), (valid, shift) => {
        const wrong = valid.slice(0, 5) + ((Number(valid[5]) + shift) % 10)
        expect([localGovernmentCodeIsValid(valid), localGovernmentCodeIsValid(wrong)]).toEqual([true, false])
      }),
    )
  })

  test('a wrong digit before it is noticed, except between the two remainders 0 and 10, which share the check digit 1', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 9 }), (valid, at, shift) => {
        const wrong = changed(valid, at, shift)
        const alike = Math.abs(remainder(valid) - remainder(wrong)) === 10
        expect(localGovernmentCodeIsValid(wrong)).toBe(alike && prefectureByCode(wrong.slice(0, 2)) !== undefined)
      }),
    )
  })
})

function remainder(code: string): number {
  return [6, 5, 4, 3, 2].reduce((sum, weight, i) => sum + weight * Number(code[i]), 0) % 11
}

function withCheck(five: string): string {
  return five + (['1', '0', '9', '8', '7', '6', '5', '4', '3', '2', '1'][remainder(five)] ?? '')
}

function changed(digits: string, at: number, shift: number): string {
  return digits.slice(0, at) + ((Number(digits[at]) + shift) % 10) + digits.slice(at + 1)
}
