import * as z from 'zod'
import { email, paragraphs } from '../base/fields.ts'
import { nameLine, optional } from '../base/input.ts'
import type { Locale } from '../base/locale.ts'
import type { Ctx } from '../context.ts'
import type { LetterSenderRow } from '../store/schema.ts'
import { isOfOwners, type Owned, type TextOwner } from './letter-text.ts'

const word = (most: number) => optional(nameLine(most)).transform((text) => text ?? '')

/** Whom letters come from and how they are signed, as its form sends it. What is empty is as the next one says. */
export const LetterSenderInput = z.object({
  sender_ja: word(60),
  sender_en: word(80),
  reply: optional(email).transform((text) => text ?? ''),
  signature_ja: paragraphs(400).default(''),
  signature_en: paragraphs(600).default(''),
})
export type LetterSenderInput = z.output<typeof LetterSenderInput>

/** The fields of the form, in its order. */
export const SENDER_FIELDS = ['sender_ja', 'sender_en', 'reply', 'signature_ja', 'signature_en'] as const

/** Words that are not saved yet, for a look at them. */
export type SenderOnTrial = { scope: TextOwner['scope']; words: LetterSenderInput }

/** What letters about a session have of its own; null for what the house says. The signature is in lines. */
export type OwnSender = { sender: string | null; reply: string | null; signature: string[] | null }

/** What an owner says of its letters, or undefined. */
export async function letterSenderOf(ctx: Ctx, { scope, id }: TextOwner): Promise<LetterSenderRow | undefined> {
  return ctx.store.db.selectFrom('letter_sender').selectAll().where(scope, '=', id).executeTakeFirst()
}

type Words = Pick<LetterSenderRow, (typeof SENDER_FIELDS)[number]>

/** From the closest to the farthest. */
const ORDER = ['session', 'series', 'programme'] as const

/** The words of each owner of a session, the closest first. One query. */
async function wordsFor(
  { store }: Pick<Ctx, 'store'>,
  session: Owned,
  trial: SenderOnTrial | undefined,
): Promise<Words[]> {
  const rows = await store.db.selectFrom('letter_sender').selectAll().where(isOfOwners(session)).execute()
  return ORDER.flatMap((scope) => {
    const row = trial?.scope === scope ? trial.words : rows.find((one) => one[scope] !== null)
    return row ? [row] : []
  })
}

/**
 * The name, the address for replies and the signature of letters about a session. Each comes from the closest owner that
 * says it: the session, its series, its programme. English letters have the Japanese words if there are no others. One query.
 */
export async function ownSender(
  ctx: Pick<Ctx, 'store'>,
  locale: Locale,
  session: Owned,
  trial?: SenderOnTrial,
): Promise<OwnSender> {
  const found = await wordsFor(ctx, session, trial)
  const first = (said: (words: Words) => string) => found.map(said).find((text) => text !== '') ?? null
  const signature = first((one) => (locale === 'en' && one.signature_en) || one.signature_ja)
  return {
    sender: first((one) => (locale === 'en' && one.sender_en) || one.sender_ja),
    reply: first((one) => one.reply),
    signature: signature?.split('\n').filter((line) => line !== '') ?? null,
  }
}
