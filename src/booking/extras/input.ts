import * as z from 'zod'
import { paragraphs } from '../../base/fields.ts'
import { blankIsNull, line, nameLine, word } from '../../base/input.ts'

const value = z.union(
  [z.string().max(2000, 'long'), z.number(), z.boolean(), z.array(z.string().max(64, 'choice')).max(100), z.null()],
  'choice',
)

/** Answers by the ids of questions, unread: each is read by its question once the session is known. */
export const AnswersInput = z
  .record(word(64), value, 'choice')
  .refine((answers) => Object.keys(answers).length <= 100, 'choice')
  .optional()

/** The names of those who come along. */
export const CompanionsInput = z
  .array(z.object({ name: nameLine(60) }), 'choice')
  .max(100, 'companions')
  .optional()

const ticked = z.preprocess(
  (given) => (given === true || given === 'true' ? true : undefined),
  z.literal(true).optional(),
)

/** A text, or undefined if it is missing or blank. */
const unlessBlank = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => blankIsNull(given) ?? undefined, schema.optional())

const needs = z.object({
  /** The language of an interpreter. */
  interpreter: unlessBlank(line(60)),
  wheelchair: ticked,
  captions: ticked,
  sign_language: ticked,
  other: unlessBlank(paragraphs(500)),
})

/** The support that somebody needs; undefined if they need none. */
export const SupportInput = needs
  .nullish()
  .transform((support) => (support && Object.values(support).some((need) => need !== undefined) ? support : undefined))
