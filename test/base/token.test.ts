import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmac, seal, secretId, sha256, unseal } from '../../src/base/token.ts'

test('what is sealed is read under any of our secrets, and by nobody else', async () => {
  const sealed = await seal('old', '髙橋 太郎', 'desk 1')
  expect(sealed).toMatch(/^[\w-]+$/)
  expect(await unseal(['new', 'old'], sealed, 'desk 1')).toBe('髙橋 太郎')
  expect(await unseal(['new'], sealed, 'desk 1')).toBeNull()
  expect(await unseal(['old'], sealed, 'desk 2')).toBeNull()
  const changed = (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1)
  for (const other of ['', 'x', changed, `${sealed}AAAA`, '%00', 'あ'.repeat(50)]) {
    expect(await unseal(['new', 'old'], other, 'desk 1')).toBeNull()
  }
  expect(await seal('old', '髙橋 太郎', 'desk 1')).not.toBe(sealed)
})

test('hashes are those of WebCrypto, whatever the text', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), async (text, secret) => {
      const hex = Buffer.from(await crypto.subtle.digest('SHA-256', bytes(text))).toString('hex')
      const how = { name: 'HMAC', hash: 'SHA-256' }
      const key = await crypto.subtle.importKey('raw', bytes(secret), how, false, ['sign'])
      const signed = Buffer.from(await crypto.subtle.sign('HMAC', key, bytes(text))).toString('base64url')
      expect([await sha256(text), await hmac(secret, text)]).toEqual([hex, signed])
      expect(await secretId(secret)).toBe((await sha256(`id of ${secret}`)).slice(0, 12))
    }),
  )
})

test('a hash takes no turn of the event loop', async () => {
  let turned = false
  setImmediate(() => {
    turned = true
  })
  await hmac('secret', await sha256('text'))
  expect(turned).toBe(false)
})
