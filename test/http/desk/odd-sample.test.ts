import { expect, test } from 'vitest'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'
import { sweep } from './odd.ts'

test('of a few odd texts sent by any form of the console, none is the server’s fault', async () => {
  const s = await site()
  const { broken, sent } = await sweep(s, await signedIn(s, 'secretariat'), ['2026-02-31', '\u0000\uD800'])
  expect(broken).toEqual([])
  expect(sent).toBeGreaterThan(500)
}, 240_000)
