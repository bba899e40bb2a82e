import * as z from 'zod'
import { type Actor, canManage, requireDesk, requireSecretariat } from '../../base/actor.ts'
import { email, phone, placeAddress, wholeNumber } from '../../base/fields.ts'
import { blankIsNull, type Faults, faultsOf, line, optional, word } from '../../base/input.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { DESK_KINDS, TOPICS } from '../../base/vocabulary.ts'
import { areaColumns, type Desk } from '../../people/desk.ts'
import type { DeskRow } from '../../store/schema.ts'
import { list } from '../series-input.ts'

const isPhone = (text: string) => phone.safeParse(text).success

/** The telephones of a desk: one a line, or several in one line. A comma before an extension does not divide. */
function phonesIn(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .flatMap((row) => {
      const parts = row.split(/[,，、・/／;；]/).map((part) => part.trim())
      return !isPhone(row) && parts.every(isPhone) ? parts : [row]
    })
    .map((number) => number.replaceAll(/[,，]/g, ' ').trim())
    .filter((number) => number !== '')
}

/** The most telephones of one desk. */
const PHONES = 5

const phones = z.preprocess(
  (value) => (typeof value === 'string' ? phonesIn(value) : blankIsNull(value)),
  z.array(phone, 'required').min(1, 'required').max(PHONES, 'long'),
)

/** A desk as staff enter it. `mailed`: answers to letters go to its e-mail address. */
const DeskInput = z.object({
  kind: z.enum(DESK_KINDS, 'choice'),
  name_ja: line(80),
  name_en: optional(line(120)),
  prefectures: list(z.string('choice').refine(isPrefectureCode, 'choice')),
  topics: list(z.enum(TOPICS, 'choice')),
  phones,
  hours_ja: optional(line(80)),
  hours_en: optional(line(120)),
  email: optional(email),
  mailed: z.boolean().default(false),
  url: optional(word(300).refine((text) => URL.parse(text)?.protocol.startsWith('http') === true, 'choice')),
  address: optional(placeAddress(200)),
  position: optional(wholeNumber(1, 999, 'number')),
})

type DeskInput = z.output<typeof DeskInput>

/** The columns of a desk that staff may change. */
export type DeskColumns = Omit<DeskRow, 'id' | 'printed' | 'ended_at' | 'revision'>

/** The input, or all its faults at once. An e-mail address that stays as it was is not checked again. */
function parsed(given: unknown, known: DeskRow | undefined): { input: DeskInput } | { errors: Faults } {
  const fields = { ...Object(given) } as Record<string, unknown>
  const keeps = known !== undefined && known.email !== null && fields.email === known.email
  const read = DeskInput.safeParse(keeps ? { ...fields, email: '' } : fields)
  const { kind, prefectures } = fields
  const isNowhere = kind !== 'secretariat' && [prefectures ?? ''].flat().every((code) => code === '')
  const errors: Faults = {
    ...(read.success ? {} : faultsOf(read.error)),
    ...(isNowhere && { prefectures: 'required' as const }),
  }
  if (!read.success || isNowhere) return { errors }
  return { input: keeps ? { ...read.data, email: known.email } : read.data }
}

function emailUse({ email: text, mailed }: DeskInput, known: DeskRow | undefined): DeskRow['email_use'] {
  if (text === null) return 'none'
  if (mailed) return 'mail'
  return text === known?.email && known.email_use === 'damaged' ? 'damaged' : 'show'
}

/** The columns of a desk from a form, or its faults. Only the secretariat sets the position. */
export function deskColumns(
  actor: Actor,
  given: unknown,
  known?: DeskRow,
): { columns: DeskColumns } | { errors: Faults } {
  const read = parsed(given, known)
  if ('errors' in read) return read
  const { mailed: _, prefectures, phones: numbers, topics, name_en, position, ...rest } = read.input
  const columns = {
    ...rest,
    ...areaColumns(prefectures),
    name_en: name_en ?? rest.name_ja,
    phones: numbers.join(','),
    topics: TOPICS.filter((topic) => topics.includes(topic)).join(','),
    email_use: emailUse(read.input, known),
    position: mayOrder(actor) ? position : (known?.position ?? null),
  }
  return { columns }
}

/** Whether the actor may set the place of a desk in the list, and add others than local desks. */
export function mayOrder(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'secretariat')
}

type Area = Pick<Desk, 'kind' | 'prefectures'>

/** Whether the actor may change a desk: the staff of its prefectures a local one, the secretariat all. */
export function mayKeep(actor: Actor, { kind, prefectures }: Area): boolean {
  return mayOrder(actor) || (kind === 'local' && prefectures.length > 0 && canManage(actor, ...prefectures))
}

/** First line of every act on a desk. Throws `Forbidden`. */
export function requireKeeper(actor: Actor, { kind, prefectures }: Area): void {
  if (kind !== 'local' || prefectures.length === 0) requireSecretariat(actor)
  else requireDesk(actor, ...prefectures)
}
