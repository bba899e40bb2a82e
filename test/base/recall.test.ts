import { expect, test } from 'vitest'
import { fragments, phrases, remembered } from '../../src/base/recall.ts'

test('a remembered answer is made once, also if it is 0', () => {
  let makes = 0
  const less = remembered((n: number) => {
    makes++
    return n - n
  }, 10)
  expect([less(1), less(1), less(2), less(1)]).toEqual([0, 0, 0, 0])
  expect(makes).toBe(2)
})

test('what is asked for often stays, however much else is asked for, and what is not leaves', () => {
  const made: number[] = []
  const same = remembered((n: number) => {
    made.push(n)
    return n
  }, 10)
  for (let n = 0; n < 1000; n++) {
    same(n)
    same(0)
  }
  expect(made.filter((n) => n === 0)).toHaveLength(1)
  made.length = 0
  for (let n = 999; n > 0; n--) same(n)
  expect(1000 - made.length).toBeGreaterThanOrEqual(10)
  expect(1000 - made.length).toBeLessThanOrEqual(21)
})

test('what throws is not remembered', () => {
  let fails = true
  const once = remembered((text: string) => {
    if (fails) throw new RangeError(text)
    return text
  }, 10)
  expect(() => once('a')).toThrow(RangeError)
  fails = false
  expect(once('a')).toBe('a')
})

test('a text of a thing is written once for each name, and for each thing', () => {
  let writes = 0
  const texts = fragments<{ id: number }>()
  const [one, other] = [{ id: 1 }, { id: 1 }]
  const text = (of: object & { id: number }, name: string) => texts(of, name, () => `${name} ${++writes}`)
  expect([text(one, 'ja'), text(one, 'en'), text(one, 'ja'), text(other, 'ja')]).toEqual([
    'ja 1',
    'en 2',
    'ja 1',
    'ja 3',
  ])
})

test('a phrase is written once while it is asked for, and all of them together are bounded', () => {
  const written: string[] = []
  const phrase = phrases(1000)
  const ask = (name: string, size: number) =>
    phrase(name, () => {
      written.push(name)
      return name.repeat(size)
    })
  for (let n = 0; n < 300; n++) {
    expect(ask('often', 10)).toBe('often'.repeat(10))
    expect(ask(`${n}`, 30)).toBe(`${n}`.repeat(30))
  }
  expect(written.filter((name) => name === 'often')).toHaveLength(1)
  written.length = 0
  for (let n = 299; n >= 0; n--) ask(`${n}`, 30)
  expect(300 - written.length).toBeGreaterThan(0)
  expect(300 - written.length).toBeLessThanOrEqual(2000 / 90)
  expect(ask('large', 1000)).toHaveLength(5000)
  expect(ask('often', 10)).toBe('often'.repeat(10))
})
