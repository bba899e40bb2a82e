import { civilDate } from '../base/japan/civil.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { hmac } from '../base/token.ts'
import type { CapCounted } from '../base/vocabulary.ts'
import type { Caps } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { CapRow } from '../store/schema.ts'

/** Of whom something is counted. `key_hash` is the same every day and does not reveal who it is. */
export type Source = Pick<CapRow, 'source' | 'key_hash' | 'mask'>

/** A domain in ASCII, as mail servers write it: `例え.jp` is `xn--r8jz45g.jp`. */
function asciiDomain(domain: string): string {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain
}

/** The domains of Gmail. It ignores dots in the local part. */
const GMAIL = ['gmail.com', 'googlemail.com']

/**
 * A mailbox without its tag, in one spelling. `taro+1@example.jp` reaches the same person as `taro@example.jp`, and
 * `taro@例え.jp` as `taro@xn--r8jz45g.jp`. `t.aro@googlemail.com` is `taro@gmail.com`.
 */
function mailbox(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  const untagged = local.replace(/\+.*/, '')
  const ascii = asciiDomain(domain)
  return GMAIL.includes(ascii) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${ascii}`
}

/** The first character and the domain of an address, for people: `t…@example.jp`. */
function maskedEmail(email: string): string {
  const [local = '', domain = ''] = email.split('@')
  return `${Array.from(local)[0] ?? ''}…@${domain}`
}

/** The last digits of a telephone, for people: `…0001`. */
const maskedPhone = (digits: string) => `…${digits.slice(-4)}`

/** The first half of a network, for people: `203.0.*.*`, `2001:db8:*`. */
function maskedNetwork(network: string): string {
  if (network.includes(':')) return `${network.split(':').slice(0, 2).join(':')}:*`
  return `${network.split('.').slice(0, 2).join('.')}.*.*`
}

async function source(ctx: Ctx, kind: Source['source'], text: string, mask: string): Promise<Source> {
  return { source: kind, key_hash: await hmac(ctx.config.secrets[0] ?? '', `cap ${kind} ${text}`), mask }
}

/** The mailbox of an address, as a source. */
export function recipient(ctx: Ctx, email: string): Promise<Source> {
  return source(ctx, 'recipient', mailbox(email), maskedEmail(email))
}

/**
 * The sources of an application: its e-mail address, its telephone, and the network it came from if that is known. None
 * without caps.
 */
export async function sourcesOf(ctx: Ctx, person: { email: string; phone: string }): Promise<Source[]> {
  if (ctx.config.caps === null) return []
  const network = ctx.network?.() ?? null
  const phone = phoneDigits(person.phone) ?? person.phone
  return Promise.all([
    recipient(ctx, person.email),
    source(ctx, 'phone', phone, maskedPhone(phone)),
    ...(network === null ? [] : [source(ctx, 'network', network, maskedNetwork(network))]),
  ])
}

/** The day of a counter: today in Japan, or none for the places held at once. */
export function dayOf(ctx: Pick<Ctx, 'clock'>, counted: CapCounted): CapRow['day'] {
  return counted === 'places' ? '' : civilDate(ctx.clock.now())
}

/** The cap by the configuration, before a desk allows more. */
export function capOf(caps: Caps, { counted, source: kind }: Pick<CapRow, 'counted' | 'source'>): number {
  if (counted === 'bookings') return caps.bookings[kind]
  return counted === 'letters' ? caps.letters : caps.places
}
