import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const ORIGIN = 'http://localhost:8787'
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

/** A device that holds one key: it answers as a browser does (WebAuthn sections 6.1 and 6.5). */
export type Authenticator = {
  id: string
  /** The answer to a challenge for a new passkey. */
  made(challenge: string, origin?: string): object
  /** The answer to a sign-in challenge. Its counter goes up each time. */
  shown(challenge: string): object
}

const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** Flags of the authenticator: present (1), owner verified (4), and its key if it is new (64). */
function authenticatorData(flags: number, counter: number, more: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(flags)
  head.writeUInt32BE(counter, 1)
  return Buffer.concat([sha256(Buffer.from('localhost')), head, more])
}

/** The public key in COSE (RFC 9053 section 7.1): P-256, signing with SHA-256. */
function coseKey(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const parts: [number, number | Uint8Array][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ]
  return isoCBOR.encode(new Map(parts))
}

/** A new device with a key of its own. */
export function authenticator(): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const raw = randomBytes(16)
  const id = raw.toString('base64url')
  let counter = 0
  const answer = (response: Record<string, unknown>) => ({
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })
  return {
    id,
    made(challenge, origin = ORIGIN) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(raw.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, raw, coseKey(publicKey)])
      const authData = new Uint8Array(authenticatorData(0x45, 0, credential))
      const attestation = new Map<string, string | Uint8Array | Map<string, string>>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
        transports: ['internal'],
      })
    },
    shown(challenge) {
      counter++
      const data = authenticatorData(0x05, counter)
      const client = clientData('webauthn.get', challenge, ORIGIN)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      })
    },
  }
}
