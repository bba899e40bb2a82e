import type { Context } from 'hono'
import type { Bytes } from '../base/chunks.ts'
import { type Answer, hasTag } from './conditional.ts'

/** The encodings of an answer, the best first. */
const ENCODINGS = ['br', 'gzip'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Compresses bytes. `often`: they are sent so often that it may take long. */
export type Compress = (body: Bytes, as: Encoding, often: boolean) => Promise<Bytes>

/** Texts of a kilobyte and more become smaller. Pictures are compressed already. */
const LEAST = 1000
const TEXT = /^text\/|\b(?:json|javascript|xml)\b/

/** The best encoding that a client takes (RFC 9110 section 12.5.3), or null. */
function encodingAsked(accepted: string | undefined): Encoding | null {
  if (accepted === undefined) return null
  const taken = new Set<string>()
  for (const one of accepted.toLowerCase().split(',')) {
    const [name = '', ...more] = one.split(';').map((part) => part.trim())
    if (!more.some((part) => /^q=0(?:\.0*)?$/.test(part))) taken.add(name)
  }
  return ENCODINGS.find((encoding) => taken.has(encoding)) ?? null
}

/** An answer as a client takes it. */
export type Pack = (c: Context, answer: Answer, often?: boolean) => Promise<Answer>

/**
 * Compresses answers that are the same for everybody: once for each encoding, for as long as their bytes are kept. What
 * does not become half as large is sent as it is. Without `compress` everything is.
 */
export function packing(compress: Compress | undefined): Pack {
  const kept = new WeakMap<Bytes, Map<Encoding, Promise<Bytes>>>()
  const packed = (body: Bytes, as: Encoding, often: boolean, by: Compress) => {
    const forms = kept.get(body) ?? new Map<Encoding, Promise<Bytes>>()
    kept.set(body, forms)
    const form =
      forms.get(as) ?? by(body, as, often).then((made) => (made.byteLength * 2 > body.byteLength ? body : made))
    forms.set(as, form)
    return form
  }
  return async (c, answer, often = false) => {
    if (!compress || answer.body.byteLength < LEAST || !TEXT.test(answer.type)) return answer
    c.header('Vary', 'Accept-Encoding', { append: true })
    const as = encodingAsked(c.req.header('accept-encoding'))
    if (as === null) return answer
    const tag = `${answer.tag}-${as}`
    if (hasTag(c, tag)) return { ...answer, tag }
    const body = await packed(answer.body, as, often, compress)
    if (body === answer.body) return answer
    return { ...answer, body, tag, headers: { ...answer.headers, 'Content-Encoding': as } }
  }
}
