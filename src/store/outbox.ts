import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import { CAPPED, LETTERS, type LetterKind } from '../base/letters.ts'
import type { Locale } from '../base/locale.ts'
import { insertOnce } from './once.ts'
import type { OutboxRow, Schema } from './schema.ts'
import type { Write, Writer } from './store.ts'
import { text } from './text.ts'

/** The first state of a letter: to be sent, or only kept if there is no mail server. */
export function letterState({ config }: Pick<Writer, 'config'>): OutboxRow['state'] {
  return config.smtpUrl === null ? 'kept' : 'waiting'
}

const insertLetter = insertOnce('outbox')

/**
 * The write that queues a letter about `subject`: the id of a booking, interest or sign-in, as its kind says. It is
 * written and sent after the commit. Queued twice for the same kind, subject, SEQUENCE and `dedupe_key` it breaks
 * `outbox_once`. `dedupe_key` tells apart letters that a person may ask for again. `before` keeps how the booking was
 * before a change. `channel` `phone` puts it on the call list instead, unless the desk has `told` them already. It
 * leaves only if `may` holds by then, otherwise it is withheld.
 */
export function queue(
  ctx: Writer,
  {
    told = false,
    ...letter
  }: {
    kind: LetterKind
    subject: string
    sequence: number
    locale: Locale | Expression<Locale>
    dedupe_key?: string
    before?: string
    channel?: OutboxRow['channel']
    told?: boolean
  },
  may?: Expression<SqlBool>,
): Write {
  const now = ctx.clock.now()
  const state = letter.channel === 'phone' ? (told ? 'sent' : 'waiting') : letterState(ctx)
  const row = {
    id: newId(now),
    about: LETTERS[letter.kind].about,
    dedupe_key: '',
    before: null,
    channel: 'mail' as const,
    ...letter,
    state,
    due_at: now,
    attempts: 0,
    claimed_by: null,
    claimed_until: null,
    fault: null,
    created_at: now,
    updated_at: now,
    sent_at: told ? now : null,
  }
  const { locale } = row
  if (!may && typeof locale === 'string') return insertLetter(ctx.store.db, { ...row, locale })
  const withheld = may && {
    state: sql<OutboxRow['state']>`case when ${may} then ${text(state)} else 'failed' end`,
    fault: sql<string | null>`case when ${may} then null else ${text(CAPPED)} end`,
  }
  return ctx.store.db.insertInto('outbox').values({ ...row, ...withheld })
}

/** The columns of a row that a query makes. The others are null. */
export const QUEUED = [
  'id',
  'kind',
  'about',
  'subject',
  'sequence',
  'dedupe_key',
  'locale',
  'channel',
  'state',
  'due_at',
  'attempts',
  'before',
  'created_at',
  'updated_at',
] as const

/**
 * The write that queues the same letter about each of these bookings. People without e-mail are on the call list. One
 * statement however many there are. `before` says what it is about; each id is `stamp` and the id of the booking.
 */
export function queueEach(
  ctx: Writer,
  bookings: SelectQueryBuilder<Schema, 'booking', object>,
  { kind, dedupe_key, before }: { kind: LetterKind; dedupe_key: string; before: string },
  stamp = `${newId(ctx.clock.now())}-`,
): Write {
  const now = ctx.clock.now()
  return ctx.store.db
    .insertInto('outbox')
    .columns(QUEUED)
    .expression(
      bookings
        .select([sql<string>`${text(stamp)} || booking.id`.as('id'), text(kind).as('kind')])
        .select([text(LETTERS[kind].about).as('about'), 'booking.id as subject', 'booking.sequence'])
        .select([text(dedupe_key).as('dedupe_key'), 'booking.locale'])
        .select(sql`case when booking.email is null then 'phone' else 'mail' end`.as('channel'))
        .select(sql`case when booking.email is null then 'waiting' else ${text(letterState(ctx))} end`.as('state'))
        .select([text(now).as('due_at'), sql.lit(0).as('attempts'), text(before).as('before')])
        .select([text(now).as('created_at'), text(now).as('updated_at')]),
    )
}

/** The write that locks a delivery until the commit ends, as `lockRow` does. */
export function lockDelivery({ store }: Pick<Writer, 'store'>, id: string): Write {
  return store.db
    .updateTable('outbox')
    .set((eb) => ({ attempts: eb.ref('attempts') }))
    .where('id', '=', id)
}

/** The write that takes calls of one kind that were queued before an instant off the call list. It is too late for them. */
export function expireCalls(ctx: Pick<Writer, 'store' | 'clock'>, kind: LetterKind, before: Instant): Write {
  return ctx.store.db
    .updateTable('outbox')
    .set({ state: 'superseded', updated_at: ctx.clock.now() })
    .where('channel', 'in', ['phone', 'sms'])
    .where('state', '=', 'waiting')
    .where('kind', '=', kind)
    .where('created_at', '<', before)
}

/** The write that deletes what mail servers said of letters about these rows. It may hold an address. */
export function dropFaults(ctx: Pick<Writer, 'store'>, about: OutboxRow['about'], subjects: readonly string[]): Write {
  return ctx.store.db
    .updateTable('outbox')
    .set({ fault: null })
    .where('about', '=', about)
    .where('subject', 'in', subjects)
    .where('fault', 'is not', null)
}

/** The write that withholds the waiting letters about the rows with these ids. They never leave. */
export function supersedeLetters(
  ctx: Pick<Writer, 'store' | 'clock'>,
  about: OutboxRow['about'],
  subjects: readonly string[],
): Write {
  return ctx.store.db
    .updateTable('outbox')
    .set({ state: 'superseded', updated_at: ctx.clock.now() })
    .where('about', '=', about)
    .where('subject', 'in', subjects)
    .where('state', '=', 'waiting')
}
