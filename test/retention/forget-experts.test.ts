import { afterEach, beforeEach, expect, test } from 'vitest'
import { addAbsence } from '../../src/experts/add-absence.ts'
import { leaveExpert } from '../../src/experts/leave-expert.ts'
import { saveTies } from '../../src/experts/save-ties.ts'
import { forget } from '../../src/retention/forget.ts'
import { forgetExperts } from '../../src/retention/forget-experts.ts'
import { expert } from '../experts/fixtures.ts'
import { emptySchedule } from '../schedule/fixtures.ts'
import type { World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await emptySchedule()
  await expert(w)
})
afterEach(() => w.close())

const kept = async () => ({
  expert: await w.rows('select name, name_kana, profile_ja, state, home from expert'),
  ties: await w.column('select name_key from affiliation'),
})

test('a year after the last day name, profile and ties of an expert go; the row stays', async () => {
  await saveTies(w.system, 'expert', { revision: 0, ties: [{ company: '水戸建設', kind: 'client' }] })
  await leaveExpert(w.system, 'expert', { on: '2026-12-31', revision: 1 })
  const before = await kept()
  w.at('2027-12-31T03:00:00.000Z')
  await forgetExperts(w.system)
  expect(await kept()).toEqual(before)
  w.at('2028-01-01T03:00:00.000Z')
  await forget(w.system)
  expect(await kept()).toEqual({
    expert: [{ name: '', name_kana: '', profile_ja: '', state: 'left', home: '08' }],
    ties: [],
  })
})

test('an expert who is there stays; an absence goes a year after its end', async () => {
  await addAbsence(w.system, 'expert', { from: '2026-12-01', to: '2026-12-01' })
  w.at('2027-12-01T03:00:00.000Z')
  await forgetExperts(w.system)
  expect(await w.column('select source from absence')).toEqual(['hand'])
  w.at('2028-12-02T03:00:00.000Z')
  await forgetExperts(w.system)
  expect(await w.column('select source from absence')).toEqual([])
  expect((await kept()).expert).toMatchObject([{ name: '専門 一郎', state: 'active' }])
})
