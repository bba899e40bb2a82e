import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { phoneDigits, telHref } from '../../../src/base/japan/phone.ts'

const anything = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

describe('phoneDigits', () => {
  test.each([
    ['029-000-0000', '0290000000'],
    ['０２９－０００－００００', '0290000000'],
    ['029ー000ー0000', '0290000000'],
    ['(029) 000-0000', '0290000000'],
    ['029（000）0000', '0290000000'],
    ['090.1234.5678', '09012345678'],
    ['090　1234　5678', '09012345678'],
    ['+81 29-000-0000', '0290000000'],
    ['+81-(0)29-000-0000', '0290000000'],
    ['＋８１９０１２３４５６７８', '09012345678'],
    ['\u202d090-1234-5678\u202c', '09012345678'],
    ['0120-708-181', '0120708181'],
    ['029-000-0000 内線123', '0290000000'],
    ['029-000-0000（内線 12）', '0290000000'],
    ['029-000-0000(内)12', '0290000000'],
    ['029-000-0000 内12', '0290000000'],
    ['029-000-0000 ext. 12', '0290000000'],
    ['029-000-0000 x12', '0290000000'],
    ['０２９－０００－００００　内線：１２３番', '0290000000'],
    ['029-000-0000(代)', '0290000000'],
    ['029-000-0000 ㈹', '0290000000'],
    ['029-000-0000（代表）内線12', '0290000000'],
    ['029-000-0000 内線12（代）', '0290000000'],
    ['TEL 029-000-0000', '0290000000'],
    ['代表 029-000-0000', '0290000000'],
    ['+81 29-000-0000 内線 5', '0290000000'],
    ['090-0000-0000（携帯）', '09000000000'],
    ['090-0000-0000 携帯', '09000000000'],
    ['029-000-0000（担当　田中）', '0290000000'],
    ['☎029-000-0000', '0290000000'],
    ['☎️ 代表 029-000-0000', '0290000000'],
    ['（携帯）090-0000-0000', '09000000000'],
    ['📱：090-0000-0000', '09000000000'],
    ['029-000-0000 内線12-3', '0290000000'],
    ['029-000-0000（内線12－3）', '0290000000'],
  ])('%s is %s', (typed, digits) => {
    expect(phoneDigits(typed)).toBe(digits)
  })

  test.each([
    '',
    '29-000-0000',
    '029-000-000',
    '090-1234-56789',
    '03-6230-1695・1693',
    '+1 202 555 0100',
    '029-000-000x',
    '029-000-000 内線0',
    '029-000-000（携帯）',
    '029-000-0000（029-000-0001）',
    '☎',
    '内線123',
  ])('%j is not one Japanese number', (typed) => {
    expect(phoneDigits(typed)).toBeNull()
  })

  test('the digits are the same in any width and with any marks between them', () => {
    const number = fc.stringMatching(/^0[1-9][0-9]{8,9}$/)
    const mark = fc.constantFrom('', '', '-', '－', '−', '‐', '–', '—', '―', 'ー', 'ｰ', ' ', '　', '.', '．', '(', '）')
    fc.assert(
      fc.property(number, fc.array(mark, { minLength: 11, maxLength: 11 }), fc.boolean(), (digits, between, abroad) => {
        const written = abroad ? `+81${digits.slice(1)}` : digits
        const typed = Array.from(written, (digit, i) => wide(digit, i % 2 === 0) + (i < 3 ? '' : (between[i] ?? '')))
        expect(phoneDigits(typed.join(''))).toBe(digits)
      }),
    )
  })

  test('whatever is typed, the answer is null or 10 or 11 digits that read as themselves', () => {
    const text = fc.oneof(anything, fc.string({ unit: fc.constantFrom(...'0123456789+-０８１ー') }))
    fc.assert(
      fc.property(text, (typed) => {
        const digits = phoneDigits(typed)
        expect(digits === null || (/^0[0-9]{9,10}$/.test(digits) && phoneDigits(digits) === digits)).toBe(true)
      }),
    )
  })
})

describe('telHref', () => {
  test.each([
    ['029-000-0000', 'tel:+81290000000'],
    ['０９０ー１２３４ー５６７８', 'tel:+819012345678'],
    ['+81 3-5422-1517', 'tel:+81354221517'],
    ['0120-708-181', 'tel:0120708181'],
    ['0800-123-4567', 'tel:08001234567'],
    ['0570-012-345', 'tel:0570012345'],
    ['080-1234-5678', 'tel:+818012345678'],
    ['+1 (202) 555-0100', 'tel:+12025550100'],
    ['188', 'tel:188'],
    ['029-000-0000 内線123', 'tel:+81290000000;ext=123'],
    ['029-000-0000 内線12-3', 'tel:+81290000000;ext=12-3'],
    ['0120-708-181 ext 9', 'tel:0120708181;ext=9'],
  ])('%s is dialled as %s', (phone, href) => {
    expect(telHref(phone)).toBe(href)
  })
})

function wide(character: string, yes: boolean): string {
  return yes ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character
}
