import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDesk } from '../../src/people/add-desk.ts'
import { desks } from '../../src/people/queries.ts'
import { as, lines, mayDo } from '../acts.ts'
import { desk } from '../schedule/fixtures.ts'
import { type World, world } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await world({ seeded: false })
})
afterAll(() => w.close())

test('is added as it is given, once, and a second time stays as it was', async () => {
  const given = desk({ id: 'tsukuba', hours_ja: '平日 9時〜17時', email: 'tsukuba@example.jp', email_use: 'mail' })
  expect(await addDesk(as(w, 'system'), given)).toEqual({ ok: true, desk: 'tsukuba' })
  expect(await addDesk(as(w, 'system'), { ...given, name_ja: '別の名' })).toEqual({ ok: true, desk: 'tsukuba' })
  expect(await desks(w.ctx)).toMatchObject([
    {
      id: 'tsukuba',
      name: { ja: '水戸の窓口', en: 'Mito desk' },
      phones: ['029-000-0001', '029-000-0002'],
      email: { text: 'tsukuba@example.jp', use: 'mail' },
    },
  ])
  expect(await lines(w, 'tsukuba')).toContainEqual({ actor: 'cli', act: 'desk.added', detail: {} })
})

test('is for the seed and the command line', async () => {
  expect(await mayDo(w, (ctx) => addDesk(ctx, desk()))).toEqual(['system'])
})
