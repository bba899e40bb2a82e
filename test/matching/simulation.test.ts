import { describe, expect, test } from 'vitest'
import { simulate, WAYS, type World } from '../../bench/simulation.ts'

const WORLD: World = { requests: 150, experts: 15, seed: 3 }
const ways = Object.keys(WAYS) as (keyof typeof WAYS)[]

describe('the simulation', () => {
  test.each(ways)('of the same seed comes to the same numbers: %s', (way) => {
    expect(simulate(way, WORLD)).toEqual(simulate(way, WORLD))
  })

  test('of another seed comes to others', () => {
    expect(simulate('one_by_one', { ...WORLD, seed: 4 })).not.toEqual(simulate('one_by_one', WORLD))
  })

  test('finds an expert sooner one by one, and with fewer letters, than by letters to three', () => {
    const [one, three] = [simulate('one_by_one', WORLD), simulate('three_at_once', WORLD)]
    expect(one.within[3]).toBeGreaterThan(three.within[3])
    expect(one.letters_a_match).toBeLessThan(three.letters_a_match)
  })

  test('matches nobody without experts who fit, and no more than there are', () => {
    for (const way of ways) {
      const { matched, within } = simulate(way, { requests: 40, experts: 1, seed: 1 })
      // One expert has five cases at once, and a case lasts a quarter of the 80 days.
      expect(matched).toBeLessThanOrEqual(20)
      expect(within[5]).toBeLessThan(50)
    }
  })
})
