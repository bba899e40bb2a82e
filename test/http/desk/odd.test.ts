import { expect, test } from 'vitest'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'
import { ODD, sweep } from './odd.ts'

test('whatever is sent by any form of the console, it is never the server’s fault', async () => {
  const s = await site()
  const { broken, sent } = await sweep(s, await signedIn(s, 'secretariat'), ODD)
  expect(broken).toEqual([])
  expect(sent).toBeGreaterThan(1000)
}, 900_000)
