import * as z from 'zod'
import { paragraphs } from '../base/fields.ts'
import { line, optional, word } from '../base/input.ts'
import { unknownPlaceholders } from '../base/placeholders.ts'
import type { LedgerFilter } from '../booking/ledger.ts'

/** Whom a message is to. In the ledger: the bookings that were ticked, or all that a filter finds. */
export type Target =
  | { kind: 'session'; id: string }
  | { kind: 'slot'; id: string }
  | { kind: 'series'; id: string }
  | { kind: 'ledger'; ids: readonly string[] }
  | { kind: 'ledger'; filter: LedgerFilter }

const hasKnown = (text: string | null) => text === null || unknownPlaceholders(text).length === 0

/** The texts of a message. Without English words everybody gets the Japanese ones. */
const words = {
  subject_ja: line(100).refine(hasKnown, 'placeholder'),
  body_ja: paragraphs(4000)
    .refine((text) => text !== '', 'required')
    .refine(hasKnown, 'placeholder'),
  subject_en: optional(line(150)).refine(hasKnown, 'placeholder'),
  body_en: paragraphs(6000)
    .transform((text) => (text === '' ? null : text))
    .default(null)
    .refine(hasKnown, 'placeholder'),
}

/**
 * A message as its form sends it. `pending`: also to people who wait, or whose answer is awaited. `files`: the key of its
 * documents.
 */
export const MessageInput = z
  .object({
    ...words,
    pending: z.preprocess((value) => value === true || value === 'true', z.boolean()),
    files: optional(word(64)),
  })
  .check(({ value, issues }) => {
    const { subject_en, body_en } = value
    if ((subject_en === null) === (body_en === null)) return
    const path = [subject_en === null ? 'subject_en' : 'body_en']
    issues.push({ code: 'custom', path, message: 'required', input: value })
  })
export type MessageInput = z.output<typeof MessageInput>

/** The texts of a message in every language. */
export type MessageTexts = Pick<MessageInput, 'subject_ja' | 'body_ja' | 'subject_en' | 'body_en'>

/** What the column `before` of a letter holds to name its message. */
export const messageMark = (id: string) => JSON.stringify({ message: id })
