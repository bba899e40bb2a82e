import { constantFrom } from 'fast-check'
import { expect, test } from 'vitest'
import { site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { ODD, sweep } from '../http/desk/odd.ts'
import { chosen } from './house.ts'
import { onEngine } from './on-engine.ts'
import { SEED, times } from './size.ts'

/** PostgreSQL refuses texts that SQLite takes. */
test('whatever is sent by any form of the console, it is never the server’s fault', async () => {
  const s = await site(await onEngine('PostgreSQL', { seeded: true }))
  const texts = times(chosen(constantFrom(...ODD), 8), ODD)
  const { broken, sent } = await sweep(s, await signedIn(s, 'secretariat'), texts)
  expect(broken, `FAULT_SEED=${SEED}`).toEqual([])
  expect(sent).toBeGreaterThan(1000)
})
