import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EmailInput, IdempotencyKey } from '../../src/base/fields.ts'
import { FAULTS, type Fault, faultsOf } from '../../src/base/input.ts'
import { AmendInput, BookInput } from '../../src/booking/input.ts'
import { application } from '../world.ts'

function read(changes: Record<string, unknown> = {}): BookInput {
  const parsed = BookInput.safeParse(application(changes))
  if (!parsed.success) throw new Error(JSON.stringify(faultsOf(parsed.error)))
  return parsed.data
}

function faults(given: unknown) {
  const parsed = BookInput.safeParse(given)
  return parsed.success ? {} : faultsOf(parsed.error)
}

describe('names and texts', () => {
  test.each([
    '髙橋 太郎',
    '﨑山 一',
    '𠮷野 家子',
    '塚\ufa10本',
    '\ufa19谷',
    '葛\u{e0100}城',
    'が\u3099',
    'カ\u3099',
    '①㈱',
    'Ｔａｒｏ　Ｙａｍａｄａ',
    '👩‍💻 太郎',
    'O’Brien “X” <b>',
    "Robert'); drop table booking;--",
    '=1+1',
  ])('%j is kept byte for byte', (text) => {
    expect(read({ name: text, company: text, message: text })).toMatchObject({
      name: text,
      company: text,
      message: text,
    })
  })

  test('any well-formed text that shows something is kept as typed, but for space around it', () => {
    const shows = (typed: string) => typed.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trim() !== ''
    const unlike = /[\p{Cc}\p{Cn}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\ufeff]|www[.。]|:\/\//iu
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      fc.constantFrom('髙', '﨑', '𠮷', '\ufa10', 'ｶﾞ', '　', '㈱', '🏢', '\u200d'),
    )
    const text = fc.string({ unit, minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(text, (typed) => {
        fc.pre(typed.isWellFormed() && !unlike.test(typed) && shows(typed))
        expect(read({ company: typed }).company).toBe(typed.trim())
      }),
    )
  })

  test.each(['company', 'name', 'name_kana', 'email', 'phone', 'session', 'slot', 'prefecture'])(
    '%s has no space around it',
    (field) => {
      const plain = application()
      expect(read({ ...plain, [field]: `\u3000 ${String(plain[field])}\t` })).toEqual(read(plain))
    },
  )

  test.each([
    ['U+0000', '\u0000'],
    ['a backspace', '\b'],
    ['an escape', '\u001b'],
    ['a delete', '\u007f'],
    ['a form feed', '\f'],
    ['half of a surrogate pair', '\ud842'],
    ['the other half', '\udfb7'],
  ])('%s is refused in every text', (_, char) => {
    for (const field of ['company', 'name', 'message', 'email', 'phone', 'session', 'slot']) {
      expect(faults(application({ [field]: `a${char}b` }))).toEqual({ [field]: 'text' })
    }
    expect(faults(application({ name_kana: `ア${char}イ` }))).toEqual({ name_kana: 'text' })
  })

  test('line breaks belong in a message and nowhere else', () => {
    expect(faults(application({ company: '株式会社\nサンプル' }))).toEqual({ company: 'text' })
    expect(faults(application({ email: 'a@example.jp\r\nBcc: b@example.jp' }))).toEqual({ email: 'text' })
    expect(read({ message: ' 一行目\r\n二行目\n\t三行目 \r\n' }).message).toBe('一行目\n二行目\n\t三行目')
  })

  test('a message is as long as the form lets it be, a line break counted once', () => {
    const lines = `${'あ'.repeat(99)}\r\n`.repeat(20)
    expect(read({ message: lines }).message).toHaveLength(1999)
    expect(faults(application({ message: 'あ'.repeat(2001) }))).toEqual({ message: 'long' })
  })
})

describe('kana', () => {
  test.each([
    ['たかはし たろう', 'タカハシ タロウ'],
    ['ﾀｶﾊｼ ﾀﾛｳ', 'タカハシ タロウ'],
    ['タカハシ　　タロウ', 'タカハシ タロウ'],
    ['ｼﾞｮｰｼﾞ･ｽﾐｽ', 'ジョージ・スミス'],
    ['さとー', 'サトー'],
    ['ヴァーグナー', 'ヴァーグナー'],
  ])('%s becomes %s', (typed, kept) => {
    expect(read({ name_kana: typed }).name_kana).toBe(kept)
  })

  test.each(['高橋太郎', 'Takahashi', 'タカハシ1', 'タカハシ👤', '-'])('%s is no kana', (typed) => {
    expect(faults(application({ name_kana: typed }))).toEqual({ name_kana: 'kana' })
  })
})

describe('e-mail', () => {
  test.each([
    ['taro@example.jp', 'taro@example.jp'],
    ['Taro@Example.JP', 'Taro@Example.JP'],
    ['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'taro@example.jp'],
    [' taro@example.jp　', 'taro@example.jp'],
    ['taro+telework@sub.example.co.jp', 'taro+telework@sub.example.co.jp'],
    ['taro..@docomo.ne.jp', 'taro..@docomo.ne.jp'],
    ['taro@日本語.jp', 'taro@日本語.jp'],
  ])('%j is read as %s', (typed, kept) => {
    expect(read({ email: typed }).email).toBe(kept)
    expect(EmailInput.parse({ email: typed })).toEqual({ email: kept })
  })

  test.each([
    'taro',
    'taro@',
    '@example.jp',
    'taro@@example.jp',
    'ta ro@example.jp',
    'a@example.jp, b@example.jp',
    'a@example.jp;b@example.jp',
    '太郎 <taro@example.jp>',
  ])('%j is no address', (typed) => {
    expect(faults(application({ email: typed }))).toEqual({ email: 'email' })
  })

  test.each([
    'taro@example',
    'taro@example..jp',
    'taro@example.jp.',
    'taro@-example.jp',
    'taro@example-.jp',
    'taro@192.0.2.1',
    `taro@${'a'.repeat(64)}.jp`,
    'taro@exa_mple.jp',
  ])('%j has a domain that cannot exist', (typed) => {
    expect(faults(application({ email: typed }))).toEqual({ email: 'email_domain' })
  })

  test.each(['髙@example.jp', 'müller@example.jp', 'たろう@example.jp', 'taro😀@例え.jp'])(
    '%j has something before the @ that few servers carry',
    (typed) => {
      expect(faults(application({ email: typed }))).toEqual({ email: 'email_ascii' })
    },
  )

  test('has at most 64 characters before the @, in any width', () => {
    expect(faults(application({ email: `${'a'.repeat(64)}@example.jp` }))).toEqual({})
    expect(faults(application({ email: `${'a'.repeat(65)}@example.jp` }))).toEqual({ email: 'email_local' })
    expect(faults(application({ email: 'ＴＡＲＯ@例え.jp' }))).toEqual({})
  })
})

describe('numbers, in any width', () => {
  test.each([
    '029-224-0001',
    '０２９－２２４－０００１',
    '029ー224ー0001',
    '(029) 224 0001',
    '0292240001',
    '090-1234-5678',
    '+81 29 224 0001',
  ])('a telephone %s is taken and kept as typed', (typed) => {
    expect(read({ phone: typed }).phone).toBe(typed)
  })

  test.each(['029-224', '内線12', '12345678901', '03-6230-1695・1693', '+1 202 555 0100', '電話'])(
    '%s is no telephone',
    (typed) => {
      expect(faults(application({ phone: typed }))).toEqual({ phone: 'phone' })
    },
  )

  test.each([
    ['7000012050002', '7000012050002'],
    ['７０００－０１２０－５０００２', '7000012050002'],
    ['T7000012050002', '7000012050002'],
    ['2000012020001', '2000012020001'],
    ['8000012010038', '8000012010038'],
    ['5000020232114', '5000020232114'],
    ['', null],
    ['　', null],
    [null, null],
    [undefined, null],
  ])('a 法人番号 %j is read as %j', (typed, kept) => {
    expect(read({ corporate_number: typed }).corporate_number).toBe(kept)
  })

  test.each([
    ['1123456789012', 'corporate_check'],
    ['7000012050003', 'corporate_check'],
    ['700001205000', 'corporate_digits'],
    ['70000120500022', 'corporate_digits'],
    ['七〇〇〇', 'corporate_digits'],
  ])('a 法人番号 %s is faulty: %s', (typed, fault) => {
    expect(faults(application({ corporate_number: typed }))).toEqual({ corporate_number: fault })
  })

  test.each([
    [12, 12],
    ['12', 12],
    ['１２', 12],
    [' 12 ', 12],
    [0, 0],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j employees are read as %j', (typed, kept) => {
    expect(read({ employees: typed }).employees).toBe(kept)
  })

  test.each([-1, 1.5, '12人', '１．５', '1e3', Number.NaN, Number.POSITIVE_INFINITY, '9'.repeat(400), true, [12], {}])(
    '%j employees are no number',
    (typed) => {
      expect(faults(application({ employees: typed }))).toEqual({ employees: 'number' })
    },
  )

  test.each([
    [1, 1],
    ['２', 2],
    ['', 1],
    [null, 1],
    [undefined, 1],
    [999, 999],
  ])('a party of %j is read as %d', (typed, kept) => {
    expect(read({ seats: typed }).seats).toBe(kept)
  })

  test.each([0, -1, 1.5, 1000, 'many', false])('a party of %j cannot be', (typed) => {
    expect(faults(application({ seats: typed }))).toEqual({ seats: 'seats' })
  })
})

describe('what may be left out', () => {
  test('is filled in with what it stands for', () => {
    const { session, format, company, name, name_kana, email, phone, prefecture, consent } = application()
    const least = BookInput.parse({ session, format, company, name, name_kana, email, phone, prefecture, consent })
    expect(least).toMatchObject({
      slot: null,
      seats: 1,
      locale: 'ja',
      waitlist: false,
      employees: null,
      industry: null,
      corporate_number: null,
      topics: [],
      message: '',
    })
  })

  test.each(['slot', 'industry', 'corporate_number', 'employees'])('%s left blank is left out', (field) => {
    for (const blank of ['', '　 ', null]) expect(read({ [field]: blank })[field as 'slot']).toBeNull()
  })

  test('what nobody asked for is not kept', () => {
    expect(read({ status: 'attended', number: 'IB-0000-00', __proto__: { seats: 5 } })).not.toHaveProperty('status')
    expect(read(JSON.parse('{ "__proto__": { "seats": 5 } }')).seats).toBe(1)
  })
})

describe('faults', () => {
  const cases: [Fault, Record<string, unknown>][] = [
    ['required', { company: undefined }],
    ['required', { company: null }],
    ['required', { company: 5 }],
    ['required', { name: '' }],
    ['required', { name_kana: '　' }],
    ['required', { email: undefined }],
    ['required', { phone: '' }],
    ['required', { prefecture: '' }],
    ['required', { session: undefined }],
    ['long', { company: 'あ'.repeat(101) }],
    ['long', { name: 'あ'.repeat(61) }],
    ['long', { name_kana: 'ア'.repeat(81) }],
    ['long', { email: `${'a'.repeat(250)}@example.jp` }],
    ['long', { phone: `029-224-0001 内線${' '.repeat(40)}1` }],
    ['long', { message: 'あ'.repeat(2001) }],
    ['text', { name: 'a\u0000b' }],
    ['text', { message: 5 }],
    ['email', { email: 'taro' }],
    ['email_local', { email: `${'a'.repeat(65)}@example.jp` }],
    ['email_ascii', { email: '髙@example.jp' }],
    ['email_domain', { email: 'taro@example' }],
    ['phone', { phone: '123' }],
    ['kana', { name_kana: '高橋' }],
    ['number', { employees: 'many' }],
    ['choice', { format: 'telepathy' }],
    ['choice', { format: undefined }],
    ['choice', { locale: 'fr' }],
    ['choice', { prefecture: '48' }],
    ['choice', { prefecture: '8' }],
    ['choice', { industry: 'Z' }],
    ['choice', { topics: ['weather'] }],
    ['choice', { topics: 'ict' }],
    ['choice', { waitlist: 'yes' }],
    ['seats', { seats: 0 }],
    ['corporate_digits', { corporate_number: '123' }],
    ['link', { company: 'https://shop.example/' }],
    ['link', { name: 'ＷＷＷ。shop。example' }],
    ['corporate_check', { corporate_number: '1123456789012' }],
    ['consent', { consent: false }],
    ['consent', { consent: 'true' }],
    ['consent', { consent: undefined }],
  ]

  test.each(cases)('%s is said of %o, and of nothing else', (fault, changes) => {
    expect(faults(application(changes))).toEqual(
      Object.fromEntries(Object.keys(changes).map((field) => [field, fault])),
    )
  })

  test('of every kind are shown above, but for the key’s and those of questions, messages, titles and sessions', () => {
    const others = ['key', 'midnight', 'slots', 'unchosen', 'unticked', 'companions', 'placeholder', 'reading']
    expect(new Set(cases.map(([fault]) => fault))).toEqual(new Set(FAULTS.filter((one) => !others.includes(one))))
  })

  test('are reported for every field at once', () => {
    expect(faults({})).toEqual({
      session: 'required',
      format: 'choice',
      company: 'required',
      name: 'required',
      name_kana: 'required',
      email: 'required',
      phone: 'required',
      prefecture: 'required',
      consent: 'consent',
    })
  })

  test.each([null, undefined, 'text', 5, []])(
    'of what is no application at all, %j, are reported for the form',
    (given) => {
      expect(faults(given)).toEqual({ form: 'choice' })
    },
  )

  test('whatever is sent, there is an answer in known codes', () => {
    const keys = Object.keys(application())
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.anything(), (field, value) => {
        const found = faults(application({ [field]: value }))
        expect(Object.values(found).every((fault) => FAULTS.includes(fault))).toBe(true)
        expect(Object.keys(found).every((name) => name === field)).toBe(true)
      }),
    )
  })
})

describe('the key of a submission', () => {
  test.each(['0123456789abcdef', 'x'.repeat(200), '  0123456789abcdef ', '"{[(<!#$%&~>)]}"'])('%j is one', (key) => {
    expect(IdempotencyKey.safeParse(key)).toEqual({ success: true, data: key.trim() })
  })

  test.each([
    undefined,
    null,
    '',
    'short',
    '0123456789abcde',
    'x'.repeat(201),
    '0123456789 abcdef',
    '鍵'.repeat(16),
    5,
  ])('%j is none', (key) => {
    expect(IdempotencyKey.safeParse(key).success).toBe(false)
  })
})

test('what may be amended is read like an application, and what is not given is not there', () => {
  const Some = AmendInput.partial()
  expect(Some.parse({ phone: ' ０２９-224-０００２ 内線3 ', name_kana: 'はなこ', seats: '２' })).toMatchObject({
    phone: '０２９-224-０００２ 内線3',
    name_kana: 'ハナコ',
    seats: 2,
  })
  const parsed = Some.safeParse({ phone: '1', message: 'a\u0000', name: '', format: 'x', seats: null, company: null })
  expect(parsed.success ? {} : faultsOf(parsed.error)).toEqual({
    phone: 'phone',
    message: 'text',
    name: 'required',
    format: 'choice',
    seats: 'seats',
    company: 'required',
  })
})

describe('the reading of a name', () => {
  test.each(['', '  ', null, undefined])(
    '%j is enough on the English pages, and on the Japanese ones it is not',
    (name_kana) => {
      expect(BookInput.parse(application({ locale: 'en', name_kana })).name_kana).toBe('')
      expect(faults(application({ name_kana }))).toEqual({ name_kana: 'required' })
    },
  )

  test('is read on the English pages too, if there is one', () => {
    expect(faults(application({ locale: 'en', name_kana: 'Tanaka' }))).toEqual({ name_kana: 'kana' })
    expect(BookInput.parse(application({ locale: 'en', name_kana: 'たなか' })).name_kana).toBe('タナカ')
  })
})
