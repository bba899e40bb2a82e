import * as z from 'zod'
import { type Actor, requireSecretariat } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { optional, word } from '../base/input.ts'
import { WEBHOOK_TYPES, type WebhookType } from '../base/vocabulary.ts'
import { type Config, isLoopback } from '../config.ts'
import type { Desk } from '../people/desk.ts'
import { mayKeep, mayOrder, requireKeeper } from '../planning/desks/input.ts'
import { list } from '../planning/series-input.ts'
import type { WebhookRow } from '../store/schema.ts'

/** An address that hears what happens to sessions, as the console shows it. */
export type Webhook = Pick<WebhookRow, 'id' | 'url' | 'state' | 'answered_at' | 'revision'> & {
  /** The desk whose sessions it hears of; null for all. */
  desk: Desk | null
  types: WebhookType[]
  /** Until when the secret before signs too; null if it does not. */
  bothUntil: Instant | null
}

/** Names that no other machine has, or only those of one network (RFC 6761, RFC 6762, RFC 8375). */
const LOCAL_NAME = /\.(?:local|localhost|internal|arpa|test|invalid|onion)$/

/** Whether a host has a name that anybody can look up. An address of the internet protocol is none. */
function isPublicName(host: string): boolean {
  return /^[a-z\d-]+(?:\.[a-z\d-]+)+$/.test(host) && !/\.\d+$/.test(host) && !LOCAL_NAME.test(host)
}

/**
 * Whether events may go to an address: `https`, a public name, no password in it. Outside of production also to
 * this machine. What the name leads to is looked at when the connection is made.
 */
function isTarget(text: string, { environment }: Pick<Config, 'environment'>): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  if (environment !== 'production' && isLoopback(url.hostname)) return /^https?:$/.test(url.protocol)
  return url.protocol === 'https:' && isPublicName(url.hostname)
}

/** A webhook as staff enter it. `desk` is null for the sessions of all desks. */
export const webhookInput = (config: Pick<Config, 'environment'>) =>
  z.object({
    url: word(300).refine((text) => isTarget(text, config), 'choice'),
    desk: optional(word(64)),
    types: list(z.enum(WEBHOOK_TYPES, 'choice')).pipe(z.array(z.enum(WEBHOOK_TYPES)).min(1, 'unchosen')),
  })

/** Types as a row keeps them. */
export const typesText = (types: readonly WebhookType[]) =>
  `,${WEBHOOK_TYPES.filter((one) => types.includes(one)).join(',')},`

/** Whether the actor may keep the webhooks of a desk; of all desks (null) only the secretariat. */
export function mayKeepOf(actor: Actor, desk: Pick<Desk, 'kind' | 'prefectures'> | null): boolean {
  return desk === null ? mayOrder(actor) : mayKeep(actor, desk)
}

/** First line of every act on a webhook. Throws `Forbidden`. */
export function requireKeeperOf(actor: Actor, desk: Pick<Desk, 'kind' | 'prefectures'> | null): void {
  if (desk === null) requireSecretariat(actor)
  else requireKeeper(actor, desk)
}
