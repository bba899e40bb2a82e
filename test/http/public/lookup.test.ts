import { beforeEach, describe, expect, test } from 'vitest'
import { faultText } from '../../../templates/fields.tsx'
import { texts } from '../../../templates/text/index.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, pageOf, type Site, site } from '../app.ts'

const t = texts('ja')
const DOOR = '/lookup/link'

let s: Site
beforeEach(async () => {
  s = await site()
})

const links = () => s.column("select subject from outbox where kind = 'link' order by subject")
const asked = async (email: string | string[]) =>
  s.post(DOOR, fieldsOf(formTo(await s.page('/lookup'), DOOR), { email }))

test('the answer is the same for known and unknown addresses', async () => {
  const mine = await s.booked({ email: 'taro@example.jp' })
  const [known, unknown] = [await asked('taro@example.jp'), await asked('nobody@example.jp')]
  expect(known.status).toBe(200)
  expect(known.body).toBe(unknown.body)
  const without = ({ headers }: typeof known) => [...headers].filter(([name]) => name !== 'x-request-id')
  expect(without(known)).toEqual(without(unknown))
  expect(pageOf(known).text).toContain(t.lookup.sent)
  for (const secret of [mine.token, mine.number, 'taro']) expect(known.body).not.toContain(secret)
  expect(await links()).toEqual([mine.id])
  expect(s.nudges()).toBe(3)
})

test('the link goes out for every coming booking of the address, whatever its case, and for no other', async () => {
  const next = { session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }
  const mine = [await s.booked({ email: 'Taro@example.jp' }), await s.booked({ ...next, email: 'taro@example.jp' })]
  const gone = await s.booked({
    email: 'taro@example.jp',
    session: 'ibaraki-2026-12-11',
    slot: 'ibaraki-2026-12-11-1000',
  })
  await s.post(`/b/${gone.token}/cancel`)
  await s.booked({ email: 'hanako@example.jp' })
  await asked(' TARO@EXAMPLE.JP ')
  expect(await links()).toEqual(mine.map((one) => one.id).toSorted())
})

test('asked for again within the hour sends nothing more, an hour later it does', async () => {
  await s.booked({ email: 'taro@example.jp' })
  for (let i = 0; i < 3; i++) expect((await asked('taro@example.jp')).status).toBe(200)
  expect(await links()).toHaveLength(1)
  s.at('2026-11-22T02:00:00.000Z')
  await asked('taro@example.jp')
  expect(await links()).toHaveLength(2)
})

test('once the day is past nothing is sent', async () => {
  await s.booked({ email: 'taro@example.jp' })
  s.at('2026-11-28T01:00:00.000Z')
  expect((await asked('taro@example.jp')).status).toBe(200)
  expect(await links()).toEqual([])
})

test.each<[email: string | string[], fault: 'required' | 'email' | 'long' | 'text']>([
  ['', 'required'],
  [[], 'required'],
  [['a@example.jp', 'b@example.jp'], 'required'],
  ['taro', 'email'],
  [`${'a'.repeat(250)}@example.jp`, 'long'],
  ['taro\u0000@example.jp', 'text'],
])('what is no address (%#) is told at the field, with 422', async (email, fault) => {
  const page = pageOf(await asked(email))
  expect(page.status).toBe(422)
  expect(page.main.querySelector('[role=alert] a')?.text).toBe(faultText(t, 'email', fault))
  expect(page.main.querySelector('#email')?.getAttribute('aria-invalid')).toBe('true')
  expect(page.main.querySelector('#email')?.getAttribute('value') ?? '').toBe([email].flat()[0] ?? '')
  expect(page.text).not.toContain(t.lookup.sent)
})

test('nothing is kept by anybody: what was asked and what was answered', async () => {
  expect((await asked('taro@example.jp')).headers.get('cache-control')).toBe('no-store')
  expect((await s.page('/lookup?email=taro@example.jp')).main.querySelector('#email')?.getAttribute('value')).toBe('')
})

describe('by number and telephone', () => {
  const found = async (number: string, phone: string) => {
    const fields = fieldsOf(formTo(await s.page('/lookup'), '/lookup'), { number, phone })
    return s.post('/lookup', fields)
  }

  test('one comes to one’s own booking, however both are written', async () => {
    const mine = await s.booked({ phone: '029-224-0001' })
    for (const [number, phone] of [
      [mine.number, '029-224-0001'],
      [' ｉｂ－１１２７－０１ ', '０２９２２４０００１'],
      ['ib‐1127ー01', '029 224 0001'],
      ['ib112701', '+81 29-224-0001'],
      ['IB-1127-1', '029-224-0001 内線12'],
      ['ＩＢ １１２７ １', '0292240001（代）'],
    ] as const) {
      const answer = await found(number, phone)
      expect([answer.status, answer.location]).toEqual([303, `http://localhost:8787/b/${mine.token}`])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  test('one comes to one’s own also if another year has the same number already', async () => {
    const mine = await s.booked({ phone: '029-224-0001' })
    const other = await s.booked({ phone: '03-1234-5678', slot: `${MITO}-1100` })
    await s.run(
      "update booking set programme = 'fy2027', number = ?, created_at = '2026-11-22T01:00:01.000Z' where id = ?",
      mine.number,
      other.id,
    )
    for (const [phone, token] of [
      ['029-224-0001', mine.token],
      ['03-1234-5678', other.token],
    ] as const) {
      expect((await found(mine.number, phone)).location).toBe(`http://localhost:8787/b/${token}`)
    }
  })

  test('a wrong number and a wrong telephone get the same answer, and a GET finds nothing', async () => {
    const mine = await s.booked({ phone: '029-224-0001' })
    const [number, phone] = [await found('IB-1127-99', '029-224-0001'), await found(mine.number, '029-224-0002')]
    expect([number.status, phone.status]).toEqual([404, 404])
    const blank = (body: string) => body.replaceAll(/value="[^"]*"/g, '')
    expect(blank(number.body)).toBe(blank(phone.body))
    expect(pageOf(phone).text).toContain(t.lookup.unknown.what)
    expect((await s.ask(`/lookup?number=${mine.number}&phone=029-224-0001`)).body).not.toContain(mine.token)
  })

  test('what is missing is shown at its field', async () => {
    const page = pageOf(await found('', 'x'))
    expect(page.status).toBe(422)
    expect(page.main.querySelectorAll('[role=alert] a').map((one) => one.getAttribute('href'))).toEqual([
      '#number',
      '#phone',
    ])
  })

  test('a person who tries too often is asked to wait', async () => {
    const limited = await site({ env: { RATE_LIMIT: 'on' } })
    const answers: number[] = []
    for (let i = 0; i < 12; i++)
      answers.push(
        (
          await limited.post('/lookup', [
            ['number', `IB-1127-0${i}`],
            ['phone', '029-224-0001'],
          ])
        ).status,
      )
    expect(answers).toEqual([...Array(10).fill(404), 429, 429])
  })
})
