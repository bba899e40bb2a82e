import { afterAll, beforeAll, expect, test } from 'vitest'
import { programmeCommand } from '../../src/node/programme-command.ts'
import { type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world({ seeded: false })
})
afterAll(() => w.close())

test('a fiscal year is opened by one command, and what is wrong is said by the names of the options', async () => {
  expect(await programmeCommand(w.system, ['add', '2027', '--from', '2027-06-01', '--keep', '5'])).toBe('fy2027')
  expect(await w.rows("select starts_on, ends_on, retention_years from programme where id = 'fy2027'")).toEqual([
    { starts_on: '2027-06-01', ends_on: '2028-03-31', retention_years: 5 },
  ])
  await expect(programmeCommand(w.system, ['add', '2027'])).rejects.toThrow('すでにあります')
  await expect(programmeCommand(w.system, ['add', '2028', '--keep', '99'])).rejects.toThrow('--keep')
  await expect(programmeCommand(w.system, ['close', '2028'])).rejects.toThrow('programme add YEAR')
})
