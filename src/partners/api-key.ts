import * as z from 'zod'
import { line, word } from '../base/input.ts'
import { base64url } from '../base/token.ts'
import { KEY_SCOPES } from '../base/vocabulary.ts'

/** How every key begins, so that people and programs that look for lost secrets know it. */
export const KEY_MARK = 'mk_'

/** A key as staff ask for it. `name` says which system has it. */
export const KeyInput = z.object({ name: line(60), desk: word(64), scope: z.enum(KEY_SCOPES, 'choice') })

/** A new key: 256 random bits in base64url, behind its mark. Only its hash is stored. */
export function newKey(): string {
  return `${KEY_MARK}${base64url(crypto.getRandomValues(new Uint8Array(32)).buffer)}`
}
