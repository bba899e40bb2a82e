import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { erase } from '../../src/retention/erase.ts'
import { forget } from '../../src/retention/forget.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { afterTest } from '../ends.ts'
import { newFolder } from '../folder.ts'
import { application, type World } from '../world.ts'

test.each<[string, (w: World, token: string) => Promise<object>]>([
  ['erased', (w, token) => erase(w.ctx, { token })],
  [
    'forgotten',
    (w) => {
      w.at('2028-03-31T15:00:00.000Z')
      return forget(w.system)
    },
  ],
])('a person who was %s is in no byte of the database and its log', async (_, act) => {
  const folder = newFolder('erase')
  afterTest(() => rmSync(folder, { recursive: true }))
  const w = await mito({ on: join(folder, 'house.db') })
  afterTest(() => w.close())
  const words = ['KESU-NAME', 'KESU-COMPANY', 'kesu-mail', 'KESU-MESSAGE']
  const hits = () =>
    words.filter((word) => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(word)))
  const { token } = await booked(
    w,
    application({ name: words[0], company: words[1], email: `${words[2]}@example.jp`, message: words[3] }),
  )
  await booked(w, application({ email: 'other@example.jp', phone: '03-0000-0001' }))
  expect(hits()).toEqual(words)
  expect(await act(w, token)).toMatchObject({ ok: true })
  expect(hits()).toEqual([])
})
