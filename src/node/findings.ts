import { type RawBuilder, sql } from 'kysely'
import { requireSystem } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { CHANGES, type LetterSubject } from '../base/letters.ts'
import { HOLDING, LIVE_MATCH } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { actsWith } from '../store/acts.ts'
import type { Schema } from '../store/schema.ts'

/** A finding about rows: a stable code, the number of rows, and the ids of the first few. Never personal data. */
export type Finding = { code: string; count: number; ids: string[] }

/** Ids listed for each finding. */
const SHOWN = 5

/** Minutes after which an unsent letter is stuck: two days of attempts, and one more day. */
const STUCK = 3 * 24 * 60

/** Each column that refers to a row of another table. */
const REFERENCES = [
  ['booking', 'session', 'session'],
  ['booking', 'slot', 'slot'],
  ['booking', 'programme', 'programme'],
  ['interest', 'session', 'session'],
  ['email_change', 'booking', 'booking'],
  ['survey_answer', 'programme', 'programme'],
  ['draw', 'session', 'session'],
  ['session', 'suspension', 'suspension'],
  ['slot', 'session', 'session'],
  ['duty', 'session', 'session'],
  ['duty', 'adviser', 'account'],
  ['session', 'programme', 'programme'],
  ['session', 'desk', 'desk'],
  ['session', 'venue', 'venue'],
  ['session', 'series', 'series'],
  ['series', 'desk', 'desk'],
  ['series', 'venue', 'venue'],
  ['series_date', 'series', 'series'],
  ['session', 'request', 'request'],
  ['match', 'request', 'request'],
  ['match', 'expert', 'expert'],
  ['request', 'firm', 'firm'],
  ['visit', 'session', 'session'],
  ['visit', 'booking', 'booking'],
] as const

/** The table of the rows that letters are about, by what they are about. */
const SUBJECTS = {
  booking: 'booking',
  email_change: 'booking',
  interest: 'interest',
  alert: 'alert',
  request: 'request',
  sign_in: 'sign_in',
  account: 'account',
} as const satisfies Record<LetterSubject, keyof Schema>

function letterOrphans([about, table]: [string, string]): [string, RawBuilder<{ id: string }>] {
  return [
    `orphan_outbox_${about}`,
    sql`select outbox.id as id from outbox left join ${sql.table(table)} as parent on parent.id = outbox.subject
      where outbox.about = ${sql.lit(about)} and parent.id is null`,
  ]
}

function orphans([table, column, other]: (typeof REFERENCES)[number]): [string, RawBuilder<{ id: string }>] {
  const key = sql.ref(`child.${table === 'series_date' ? 'series' : table === 'draw' ? 'session' : 'id'}`)
  return [
    `orphan_${table}_${column}`,
    sql`select ${key} as id from ${sql.table(table)} as child
      left join ${sql.table(other)} as parent on parent.id = ${sql.ref(`child.${column}`)}
      where ${sql.ref(`child.${column}`)} is not null and parent.id is null`,
  ]
}

function miscounted(table: 'session' | 'slot'): [string, RawBuilder<{ id: string }>] {
  const held = sql`status in (${sql.join(HOLDING.map((status) => sql.lit(status)))})`
  return [
    `counter_${table}`,
    sql`select counter.id as id from ${sql.table(table)} as counter
      left join (select ${sql.ref(table)} as place, sum(seats) as seats from booking where ${held} group by ${sql.ref(table)})
        as taken on taken.place = counter.id
      where counter.seats_taken <> coalesce(taken.seats, 0)`,
  ]
}

/** What is open of each expert, and what each firm used in each year. The visits that count: docs/domain.md rule 20. */
function miscountedMatching(): [string, RawBuilder<{ id: string }>][] {
  const live = sql.join(LIVE_MATCH.map((state) => sql.lit(state)))
  return [
    [
      'counter_expert',
      sql`select expert.id as id from expert left join (
          select expert as whose, count(*) as open from ${sql.table('match')} where state in (${live}) group by expert)
        as counted on counted.whose = expert.id
        where expert.taken <> coalesce(counted.open, 0)`,
    ],
    [
      'counter_entitlement',
      sql`select entitlement.firm as id from entitlement left join (
          select request.firm as whose, session.programme as year, count(*) as had from visit
            join request on request.id = visit.request
            join session on session.id = visit.session
            join booking on booking.id = visit.booking
            where visit.late_cancel = 1 or booking.status in ('booked', 'attended', 'absent')
            group by request.firm, session.programme)
        as counted on counted.whose = entitlement.firm and counted.year = entitlement.programme
        where entitlement.used <> coalesce(counted.had, 0)`,
    ],
    [
      'visit_of_another_request',
      sql`select visit.id as id from visit join session on session.id = visit.session
        where session.request is null or session.request <> visit.request`,
    ],
  ]
}

/** All checks, each a query for the ids of wrong rows. Each reads whole tables once, in sets. */
function checks(now: string): [string, RawBuilder<{ id: string }>][] {
  return [
    miscounted('session'),
    miscounted('slot'),
    ...miscountedMatching(),
    ...REFERENCES.map(orphans),
    ...Object.entries(SUBJECTS).map(letterOrphans),
    [
      'slot_of_another_session',
      sql`select booking.id as id from booking join slot on slot.id = booking.slot where slot.session <> booking.session`,
    ],
    // Each change of a booking queues one letter. Only people without e-mail are notified by telephone.
    [
      'letter_missing',
      sql`select booking.id as id from booking
        left join (select subject, count(distinct sequence) as told from outbox
            where kind in (${sql.join(CHANGES.map((kind) => sql.lit(kind)))}) and about = 'booking' group by subject)
          as letters on letters.subject = booking.id
        where booking.email is not null and coalesce(letters.told, 0) <= booking.sequence`,
    ],
    // Each interest gets a letter to confirm it, and one after its session is settled. A booking there has its own.
    [
      'interest_letter_missing',
      sql`select interest.id as id from interest where interest.state <> 'ended' and (
        not exists (select 1 from outbox where outbox.about = 'interest' and outbox.subject = interest.id and outbox.kind = 'confirm_interest')
        or (interest.state = 'notified'
          and not exists (select 1 from outbox where outbox.about = 'interest' and outbox.subject = interest.id and outbox.kind = 'settled')
          and not exists (select 1 from booking where booking.session = interest.session and booking.person_key = interest.person_key)))`,
    ],
    [
      'interest_untold',
      sql`select interest.id as id from interest join session on session.id = interest.session
        where interest.state = 'confirmed' and session.state = 'published' and session.starts_at is not null
          and interest.updated_at < ${plusMinutes(now, -STUCK)} and session.updated_at < ${plusMinutes(now, -STUCK)}`,
    ],
    [
      'letter_stuck',
      sql`select id from outbox where channel = 'mail' and state in ('waiting', 'claimed') and due_at < ${plusMinutes(now, -STUCK)}`,
    ],
    [
      'busy_of_no_time',
      sql`select distinct session.id as id from busy join session on session.id = busy.session
        where session.state <> 'published' or session.starts_at is null`,
    ],
    [
      'busy_missing',
      sql`select distinct session.id as id from session join duty on duty.session = session.id
        where session.state = 'published' and session.starts_at is not null and duty.adviser_key <> ''
          and not exists (select 1 from busy where busy.session = session.id)`,
    ],
    [
      'journal_missing',
      sql`select booking.id as id from booking where not exists (select 1 from journal
        where journal.subject = booking.id and journal.act in (${sql.join(actsWith('begins').map((act) => sql.lit(act)))}))`,
    ],
  ]
}

/**
 * Looks for rows that no commit should leave: wrong counters, missing references, letters or journal lines. Also for
 * letters and interests that wait too long. Reads only. For the command line. Returns the findings, empty if all is
 * sound. Throws `Forbidden`.
 */
export async function findings(ctx: Ctx): Promise<Finding[]> {
  requireSystem(ctx.actor)
  const found: Finding[] = []
  for (const [code, query] of checks(ctx.clock.now())) {
    const { rows } = await query.execute(ctx.store.db)
    if (rows.length > 0) found.push({ code, count: rows.length, ids: rows.slice(0, SHOWN).map((row) => row.id) })
  }
  return found
}
