import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { countTry } from '../../src/people/write/tries.ts'
import { NOW, type World } from '../world.ts'
import { accountRow, staffed } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(async () => {
  w.at(NOW)
  await w.run('update account set code_tries = null, code_tries_from = null')
})

const tries = async (many: number) => {
  const answers: boolean[] = []
  for (let nth = 0; nth < many; nth++) answers.push(await countTry(w.ctx, 'desk'))
  return answers
}

test('ten codes may be tried in fifteen minutes, for each account by itself', async () => {
  expect(await tries(11)).toEqual([...Array.from({ length: 10 }, () => true), false])
  expect((await accountRow(w, 'desk')).code_tries).toBe(10)
  expect(await countTry(w.ctx, 'viewer')).toBe(true)
})

test('after fifteen minutes there are ten again', async () => {
  await tries(10)
  w.at(new Date(Date.parse(NOW) + 15 * 60_000 - 1).toISOString())
  expect(await tries(1)).toEqual([false])
  w.at(new Date(Date.parse(NOW) + 15 * 60_000).toISOString())
  expect(await tries(11)).toEqual([...Array.from({ length: 10 }, () => true), false])
})

test('of tries at the same time, ten are counted', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => countTry(w.ctx, 'desk')))
  expect(answers.filter(Boolean)).toHaveLength(10)
})
