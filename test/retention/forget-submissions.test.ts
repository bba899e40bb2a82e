import { afterEach, beforeEach, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { forget } from '../../src/retention/forget.ts'
import { forgetSubmissions } from '../../src/retention/forget-submissions.ts'
import { note } from '../../src/store/journal.ts'
import { makeOnce } from '../../src/store/submission.ts'
import { as } from '../acts.ts'
import { NOW, type World, world } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await world({ seeded: false })
})
afterEach(() => w.close())

const DAY = 24 * 60
const make = (key: string) =>
  makeOnce(as(w, 'desk'), { act: 'venue.added', key, input: {} }, (id) => [note(as(w, 'desk'), 'venue.added', id)])

test('a form sent again within 30 days makes nothing; its key goes the day after, and it makes another row', async () => {
  const first = await make('key-of-a-console-form')
  expect(first.ok).toBe(true)
  w.at(plusMinutes(NOW, 30 * DAY))
  await forgetSubmissions(w.system)
  expect(await make('key-of-a-console-form')).toEqual(first)
  w.at(plusMinutes(NOW, 31 * DAY))
  await make('key-of-another-form-')
  await forget(w.system)
  expect(await w.column('select created_at from submission')).toEqual([plusMinutes(NOW, 31 * DAY)])
  expect(await make('key-of-a-console-form')).not.toEqual(first)
})
