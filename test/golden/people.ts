import { totpCode } from '../people/totp.ts'
import { formOf, type House, type Visitor, visitor } from './site.ts'

/** Signs a browser in by the link or the code of the letter, and by the authenticator app if it has a secret. */
export async function signIn(
  h: House,
  who: Visitor,
  email: string,
  by: 'link' | 'code',
  secret?: string,
): Promise<void> {
  await h.ask(who, '/desk/bookings?status=booked')
  await h.ask(who, '/desk/sign-in?to=/desk/bookings')
  const asked = await h.ask(who, '/desk/sign-in', { fields: { email, to: '/desk' } })
  await h.work()
  const letter = h.letterTo(email)
  const token = /\/desk\/sign-in\/([\w-]{30,})/.exec(letter)?.[1] ?? ''
  const code = /\b\d{6}\b/.exec(letter.replaceAll(token, ''))?.[0] ?? ''
  if (by === 'code') {
    const fields = formOf(asked, '/desk/sign-in/code')
    await h.ask(who, '/desk/sign-in/code', { fields: { ...fields, code: '12345' }, name: 'code wrong' })
    await h.ask(who, '/desk/sign-in/code', { fields: { ...fields, code }, name: 'code right' })
  } else {
    await h.ask(who, `/desk/sign-in/${token}`, { name: 'sign-in link' })
    await h.ask(who, `/desk/sign-in/${token}`, { method: 'POST', name: 'sign-in pressed' })
    await h.ask(visitor(`${who.name}-late`, 'en'), `/desk/sign-in/${token}`, { method: 'POST', name: 'sign-in twice' })
  }
  if (secret === undefined) return
  await h.ask(who, '/desk/people')
  await h.ask(who, '/desk/proof')
  await h.ask(who, '/desk/proof', { fields: { code: '000000', to: '/desk' }, name: 'proof wrong' })
  await h.ask(who, '/desk/proof', {
    fields: { code: await totpCode(secret, h.now()), to: '/desk' },
    name: 'proof right',
  })
}

/** Sets up an authenticator app; its secret. */
export async function withTotp(h: House, who: Visitor): Promise<string> {
  const shown = await h.ask(who, '/desk/security')
  const fields = formOf(shown, '/desk/security/totp')
  const secret = String(fields.secret)
  await h.ask(who, '/desk/security/totp', { fields: { ...fields, code: '1' }, name: 'totp wrong' })
  await h.send(who, '/desk/security/totp', { ...fields, code: await totpCode(secret, h.now()) }, 'totp right')
  return secret
}
