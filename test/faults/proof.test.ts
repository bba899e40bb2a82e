import { expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { everything } from '../everything.ts'
import { type Site, site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { NOW } from '../world.ts'
import { facts, MATRIX, withDays } from './matrix.ts'
import { type Sent, send } from './requests.ts'

/** The buttons of the console that need a proof of the last ten minutes. */
const PROVEN = [
  'POST /desk/exports',
  'POST /desk/exports/:id/file',
  'POST /desk/keys/new',
  'POST /desk/people/:id',
  'POST /desk/people/:id/invite',
  'POST /desk/people/new',
  'POST /desk/security/codes',
  'POST /desk/security/drop',
  'POST /desk/security/passkey',
  'POST /desk/security/passkey/challenge',
  'POST /desk/security/totp',
  'POST /desk/webhooks/:id/secret',
]

/** An account's name needs no proof. */
const OTHER: Record<string, (sent: Sent) => Sent> = {
  'POST /desk/people/:id': (sent) => ({ ...sent, body: sent.body?.replace('role=desk', 'role=viewer') ?? '' }),
}

/** When all browsers last proved who they are. */
const provenAt = (s: Site, at: string) => s.run('update pass set proven_at = ?, created_at = ?', at, at)

test('every button of the console that needs a fresh proof asks for it with a stale one, and changes no row', async () => {
  const s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  await withDays(s)
  const f = facts(s, await signedIn(s, 'desk', '08'), await signedIn(s, 'secretariat'))
  const asks: string[] = []
  const changes: string[] = []
  for (const [route, entry] of Object.entries(MATRIX)) {
    if (!route.startsWith('POST /desk/') || entry.needs === 'anybody' || entry.alone) continue
    const { sent } = await entry.ask(f)
    await provenAt(s, '2026-11-22T00:49:59.999Z')
    const before = await everything(s)
    const got = await send(s.app, OTHER[route]?.(sent) ?? sent)
    if (got.status === 403 && new TextDecoder().decode(got.body).includes(deskTexts('ja').proof.again.what)) {
      asks.push(route)
      if (JSON.stringify(before) !== JSON.stringify(await everything(s))) changes.push(route)
    }
    await provenAt(s, NOW)
  }
  expect([asks.toSorted(), changes]).toEqual([PROVEN, []])
})
