import * as z from 'zod'
import { email, paragraphs, phone, placeAddress, seenRevision } from '../base/fields.ts'
import { line, nameLine, optional } from '../base/input.ts'
import { phoneText } from '../base/japan/phone.ts'
import type { Locale } from '../base/locale.ts'
import type { HouseRow } from '../store/schema.ts'

type Words = Record<Locale, string>

/** Who runs this house, as pages and letters say it. A word that nobody gave is empty. */
export type House = {
  /** The name of the service, on every page and in every letter. */
  name: Words
  operator: Words
  phone: string
  email: string
  address: string
  /** Who answers for personal data; the operator if nobody else does. */
  privacy: Words
  /** The name that letters come from, and where answers go if the desk has no address. */
  sender: Words
  reply: string
  /** Lines of their own below every letter. */
  signature: Words
}

/** The fields of the form. Only the name is required, in both languages. */
export const HouseInput = z.object({
  name_ja: line(40),
  name_en: line(60),
  operator_ja: optional(line(80)),
  operator_en: optional(line(120)),
  phone: optional(phone),
  email: optional(email),
  address: optional(placeAddress(120)),
  privacy_ja: optional(line(120)),
  privacy_en: optional(line(160)),
  sender_ja: optional(nameLine(60)),
  sender_en: optional(nameLine(80)),
  reply: optional(email),
  signature_ja: paragraphs(400).default(''),
  signature_en: paragraphs(600).default(''),
  /** The revision that was on the page; 0 if nothing was saved yet. */
  revision: seenRevision,
})

/** What people say of a house, by field. A word that nobody gave is empty. */
export type HouseWords = Omit<HouseRow, 'id' | 'revision' | 'updated_at'>

/** Reads a house from its row. */
export function houseOf(row: HouseRow): House {
  const either = (own: string, other: string) => own || other
  return {
    name: { ja: row.name_ja, en: row.name_en },
    operator: { ja: row.operator_ja, en: either(row.operator_en, row.operator_ja) },
    phone: phoneText(row.phone),
    email: row.email,
    address: row.address,
    privacy: {
      ja: either(row.privacy_ja, row.operator_ja),
      en: either(row.privacy_en, either(row.operator_en, either(row.privacy_ja, row.operator_ja))),
    },
    sender: { ja: row.sender_ja, en: either(row.sender_en, row.sender_ja) },
    reply: row.reply,
    signature: { ja: row.signature_ja, en: either(row.signature_en, row.signature_ja) },
  }
}
