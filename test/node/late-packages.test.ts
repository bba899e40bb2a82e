import { expect, test } from 'vitest'
import { signInToken } from '../../src/people/account.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { signInsSince } from '../../src/people/queries.ts'
import { application, freshKey, world } from '../world.ts'
import { freshDatabase, serve } from './server.ts'

// The bundle gives a CommonJS package that is loaded late a default export alone. From the sources it has names too.

type Session = { id: string; slots: { id: string }[] }

/** The source of the QR code on a page. */
const qrIn = (body: string) => /<img class="qr"[^>]*? src="([^"]+)"/.exec(body)?.[1]

test('as built, the pages with a QR code draw it: the confirmation and the set-up of an authenticator', async () => {
  const path = freshDatabase()
  const w = await world({ on: path, seeded: true, now: new Date().toISOString() })
  const { url } = await serve(path)

  const asked = await fetch(`${url}/api/v1/sessions?prefecture=08&kind=consultation&status=open&limit=1`)
  const { sessions } = (await asked.json()) as { sessions: Session[] }
  const body = JSON.stringify(application({ session: sessions[0]?.id, slot: sessions[0]?.slots[0]?.id }))
  const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
  const booked = await fetch(`${url}/api/v1/bookings`, { method: 'POST', body, headers })
  const { booking } = (await booked.json()) as { booking: { manage_url: string } }
  const confirmation = await fetch(`${url}${new URL(booking.manage_url).pathname}/done`)
  expect([confirmation.status, qrIn(await confirmation.text())]).toEqual([
    200,
    expect.stringMatching(/^data:image\/svg/),
  ])

  const email = 'hanako@example.jp'
  const added = await addAccount(w.system, { email, name: '水戸 花子', role: 'secretariat', prefectures: [] })
  if (!added.ok) throw new Error(`not added: ${JSON.stringify(added)}`)
  await askToSignIn(w.ctx, { email })
  const [signIn] = await signInsSince(w.ctx, added.account, '')
  const token = signIn && (await signInToken(w.ctx, signIn))
  const inside = await fetch(`${url}/desk/sign-in/${token}`, { method: 'POST', redirect: 'manual' })
  const cookie = (inside.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const security = await fetch(`${url}/desk/security`, { headers: { cookie } })
  expect([security.status, qrIn(await security.text())]).toEqual([200, expect.stringMatching(/^data:image\/svg/)])
  await w.close()
})
