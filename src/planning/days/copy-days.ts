import * as z from 'zod'
import { busyWrites, TAKEN } from '../../advisers/busy.ts'
import { takenKeys, type Wanted, wantedOf } from '../../advisers/free.ts'
import { dutiesToCopy } from '../../advisers/queries.ts'
import { requireDesk } from '../../base/actor.ts'
import { type Instant, plusMinutes } from '../../base/clock.ts'
import { day } from '../../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf, word } from '../../base/input.ts'
import { addDays, type CivilDate, civilDate, daysBetween, weekday } from '../../base/japan/civil.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import {
  type Beside,
  besideAny,
  besideDetail,
  besideIn,
  clashesOf,
  clashFields,
  NOTHING_BESIDE,
  refusalOf,
} from '../../schedule/clashes.ts'
import { closureOn } from '../../schedule/closure.ts'
import { closures } from '../../schedule/closure-queries.ts'
import type { Localized } from '../../schedule/session.ts'
import { expecting, lockRow } from '../../store/expectation.ts'
import type { DutyRow, ProgrammeRow, SessionRow, SlotRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import { keyIn, makeOnce } from '../../store/submission.ts'
import type { Times } from '../affected.ts'
import { list, several } from '../series-input.ts'
import { newSlot } from '../session-rows.ts'
import { unplannedClashes } from '../unplanned.ts'
import { dayColumns, dayWrites } from './day-writes.ts'
import { type Copyable, copyable, copyableIn, programmesAll, questionsAskedBy, seriesDays } from './queries.ts'

/** Sessions that one act copies at most. */
export const MOST_COPIES = 40

/** The id of the nth session that one act makes, from that of the first. */
export const copyId = (first: string, nth: number) => (nth === 0 ? first : `${first}-${nth}`)

/** What is copied: sessions to each of some dates, or those of a week to the same weekdays of another. */
const CopyInput = z.object({
  sessions: list(word(64)).optional(),
  dates: several(day).optional(),
  week: day.optional(),
  into: day.optional(),
  prefecture: z
    .string()
    .refine((code) => code === '' || isPrefectureCode(code), 'choice')
    .optional(),
})
type CopyInput = z.output<typeof CopyInput>

/**
 * What becomes of a copy. `new`: it is made. It is left out if the date is `past` or `outside` every programme. Also if
 * the office is `closed`, or if its `series` holds that date itself.
 */
export type Fate = 'new' | 'past' | 'outside' | 'closed' | 'series'

/** A session on another date, and why it is left out. */
export type DayCopy = {
  session: Copyable
  slots: SlotRow[]
  date: CivilDate
  fate: Fate
  closed: Localized | null
  programme: ProgrammeRow | null
  /** Its advisers and rooms: taken along, left out because one is taken then, or null without any. */
  duty: 'taken along' | 'left' | null
}

/** What would be copied, and what else is at the times of the new sessions. */
export type CopyLook = { copies: DayCopy[] } & Beside

/** The copies that are made. */
export function newIn({ copies }: Pick<CopyLook, 'copies'>): DayCopy[] {
  return copies.filter(({ fate }) => fate === 'new')
}

/** A look at copies as its page shows it. */
export function copyFields({ copies, clashes }: CopyLook): ShownFields {
  const shown = copies.map(({ session, date, fate, closed, duty }) => {
    return [session.id, session.revision, date, fate, closed, duty]
  })
  return ['copies', shown, clashFields(clashes)]
}

/** The sessions and dates that the input names. A week begins on Sunday. */
async function pairs(ctx: Ctx, input: CopyInput): Promise<[Copyable, CivilDate][] | Faults> {
  const { sessions = [], dates = [], week, into, prefecture } = input
  if (week === undefined) {
    const found = await copyable(ctx, sessions)
    if (dates.length === 0) return { dates: 'required' }
    return [...new Set(dates)].toSorted().flatMap((date) => found.map((one): [Copyable, CivilDate] => [one, date]))
  }
  if (into === undefined) return { into: 'required' }
  const first = addDays(week, -weekday(week))
  const shift = daysBetween(first, addDays(into, -weekday(into)))
  if (shift === 0) return { into: 'choice' }
  const found = await copyableIn(ctx, first, addDays(first, 6), prefecture || undefined)
  return found.map((one) => [one, addDays(one.date, shift)])
}

/** The times of a session and its slots on another date. */
function shifted({ session, slots, date }: DayCopy): {
  starts_at: string | null
  ends_at: string | null
  slots: Times
} {
  const minutes = daysBetween(session.date, date) * 1440
  const at = (instant: string) => plusMinutes(instant, minutes)
  return {
    starts_at: session.starts_at && at(session.starts_at),
    ends_at: session.ends_at && at(session.ends_at),
    slots: slots.map(({ starts_at, ends_at, capacity }) => ({
      starts_at: at(starts_at),
      ends_at: at(ends_at),
      capacity,
    })),
  }
}

/** The venue to which people come, once a conversion is over. */
const venueOf = ({ formats, formats_before, venue }: SessionRow) =>
  (formats_before ?? formats).split(',').includes('onsite') ? venue : null

/** What else is at the times of the new sessions. One look for each desk and venue. */
async function besideCopies(ctx: Ctx, copies: readonly DayCopy[]): Promise<Beside> {
  const held = Map.groupBy(copies, ({ session }) =>
    JSON.stringify([session.desk, session.prefecture, venueOf(session)]),
  )
  const all: Beside[] = []
  for (const some of held.values()) {
    const session = some[0]?.session
    if (!session) continue
    const { desk, prefecture } = session
    const occasions = some.map((copy) => ({ date: copy.date, ...shifted(copy) }))
    const holding = { desk, prefecture, venue: venueOf(session), own: '' }
    all.push(await clashesOf(ctx, holding, occasions), await unplannedClashes(ctx, holding, occasions))
  }
  return all.length === 0 ? NOTHING_BESIDE : besideAny(all)
}

async function read(
  ctx: Ctx,
  input: CopyInput,
): Promise<Ok<{ look: CopyLook }> | Refused<'invalid', { errors: Faults }> | Refused<'many'>> {
  if ((input.sessions ?? []).length > MOST_COPIES) return refused('many')
  const found = await pairs(ctx, input)
  if (!Array.isArray(found)) return refused('invalid', { errors: found })
  for (const [session] of found) requireDesk(ctx.actor, session.prefecture)
  if (found.length > MOST_COPIES) return refused('many')
  const today = civilDate(ctx.clock.now())
  const dates = found.map(([, date]) => date).toSorted()
  const closed = await closures(ctx, dates[0] ?? today, dates.at(-1) ?? today)
  const programmes = await programmesAll(ctx)
  const sources = [...new Set(found.map(([session]) => session))]
  const planned = await seriesDays(ctx, sources, dates)
  const slots = await slotsOf(ctx, sources)
  const all = found.map(([session, date]): DayCopy => {
    const programme = programmes.find(({ starts_on, ends_on }) => starts_on <= date && date <= ends_on) ?? null
    const closure = closureOn(closed, date, session.prefecture, venueOf(session))
    const left = (): Fate => {
      if (date < today) return 'past'
      if (programme === null) return 'outside'
      if (session.series !== null && planned.has(`${session.series} ${date}`)) return 'series'
      return closure ? 'closed' : 'new'
    }
    const reason = closure && { ja: closure.reason_ja, en: closure.reason_en }
    return { session, slots: slots.get(session.id) ?? [], date, fate: left(), closed: reason, programme, duty: null }
  })
  const copies = await withDuties(ctx, all)
  const beside = await besideCopies(ctx, newIn({ copies }))
  return ok({ look: { copies, ...beside } })
}

/** The copies with what becomes of their advisers and rooms. Three queries at most. */
async function withDuties(ctx: Ctx, copies: readonly DayCopy[]): Promise<DayCopy[]> {
  const made = newIn({ copies: [...copies] })
  const sources = [...new Set(made.map(({ session }) => session.id))]
  const wanted = await wantedOf(ctx, sources)
  const ofCopies = made.flatMap(({ session, date }): [string, Wanted[]][] => {
    const minutes = daysBetween(session.date, date) * 1440
    const those = wanted.get(session.id)?.map(({ holder, starts_at, ends_at }) => ({
      holder,
      starts_at: plusMinutes(starts_at, minutes),
      ends_at: plusMinutes(ends_at, minutes),
    }))
    return those ? [[`${session.id} ${date}`, those]] : []
  })
  const ahead = new Map(ofCopies)
  const taken = await takenKeys(ctx, ahead)
  return copies.map((copy) => {
    const key = `${copy.session.id} ${copy.date}`
    const duty = taken.has(key) ? ('left' as const) : ('taken along' as const)
    return copy.fate === 'new' && ahead.has(key) ? { ...copy, duty } : copy
  })
}

/** The writes that give copies the advisers and rooms of their sessions, and take the quarter hours. */
function dutyWrites(ctx: Ctx, copies: readonly { own: string; copy: DayCopy }[], duties: readonly DutyRow[]): Write[] {
  const along = copies.filter(({ copy }) => copy.duty === 'taken along')
  const now = ctx.clock.now()
  const rows = along.flatMap(({ own, copy: { session, date, slots } }) =>
    duties
      .filter((duty) => duty.session === session.id)
      .flatMap((duty): DutyRow[] => {
        const from = slots.find(({ id }) => id === duty.slot)
        const minutes = daysBetween(session.date, date) * 1440
        const at = (instant: Instant) => plusMinutes(instant, minutes)
        const slot =
          from === undefined
            ? null
            : newSlot(own, { ...from, starts_at: at(from.starts_at), ends_at: at(from.ends_at) }).id
        if (duty.slot !== null && slot === null) return []
        return [{ ...duty, id: slot ?? own, session: own, slot, created_at: now, updated_at: now }]
      }),
  )
  return [
    ...rows.map((row) => ctx.store.db.insertInto('duty').values(row)),
    ...busyWrites(ctx, ...along.map(({ own }) => own)),
  ]
}

async function slotsOf(ctx: Ctx, sessions: readonly Copyable[]): Promise<Map<string, SlotRow[]>> {
  if (sessions.length === 0) return new Map()
  const ids = sessions.map(({ id }) => id)
  const rows = await ctx.store.db
    .selectFrom('slot')
    .selectAll()
    .where('session', 'in', ids)
    .orderBy('starts_at')
    .execute()
  return Map.groupBy(rows, (slot) => slot.session)
}

/** What `copyDays` would make and leave out. Changes nothing. For the desk of their prefectures. Throws `Forbidden`. */
export async function previewCopies(ctx: Ctx, given: unknown): ReturnType<typeof read> {
  requireDesk(ctx.actor)
  const parsed = CopyInput.safeParse(given)
  return parsed.success ? read(ctx, parsed.data) : refused('invalid', { errors: faultsOf(parsed.error) })
}

/**
 * Copied; `session` is the first of the new ones. Refused for faulty fields, or for a clash without its reason in
 * `beside`. `many`: more than `MOST_COPIES`. `nothing`: all of it is left out. `used`, `changed`: as `addDay`.
 */
export type DaysCopied =
  | Ok<{ session: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'many' | 'nothing' | 'used' | 'changed'>

/**
 * Copies sessions to other dates, once for each `key` of the account: of the same content, hours, slots and questions.
 * They belong to no series and have no bookings. Their advisers and rooms come along where both are free. Dates on
 * which the office is closed are left out. One commit. For the desk of their prefectures. Throws `Forbidden`.
 */
export async function copyDays(ctx: Ctx, given: unknown): Promise<DaysCopied> {
  requireDesk(ctx.actor)
  const parsed = CopyInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  let look: CopyLook = { copies: [], ...NOTHING_BESIDE }
  let questions: Awaited<ReturnType<typeof questionsAskedBy>> = new Map()
  let duties: DutyRow[] = []
  const write = (id: string): Write[] => {
    const made = newIn(look).map((copy, i) => ({ copy, own: copyId(id, i) }))
    const detail = besideDetail({ beside: besideIn(given, look.clashes) })
    const sources = [...new Map(made.map(({ copy: { session } }) => [session.id, session])).values()]
    return [
      ...look.expectNoOther,
      ...sources.flatMap((session) => [lockRow(ctx, 'session', session.id), expecting(ctx, 'session', session)]),
      ...made.flatMap(({ copy, own }) => {
        const { session, date, programme } = copy
        const { slots, ...hours } = shifted(copy)
        const columns = dayColumns(session, { date, programme: programme?.id ?? session.programme, ...hours })
        const asked = (questions.get(session.id) ?? []).map((row) =>
          ctx.store.db.insertInto('question').values({ ...row, id: newId(ctx.clock.now()), session: own }),
        )
        return [...dayWrites(ctx, own, columns, slots, { ...detail, copy: session.id }), ...asked]
      }),
      ...dutyWrites(ctx, made, duties),
    ]
  }
  const submitted = { act: 'session.published' as const, key: keyIn(given), input: parsed.data, races: [TAKEN] }
  const done = await makeOnce(ctx, submitted, write, async () => {
    const found = await read(ctx, parsed.data)
    if (!found.ok) return found
    look = found.look
    if (!(await isAsShown(shownIn(given), copyFields(look)))) return refused('changed')
    if (newIn(look).length === 0) return refused('nothing')
    questions = await questionsAskedBy(
      ctx,
      newIn(look).map(({ session }) => session),
    )
    duties = await dutiesToCopy(
      ctx,
      newIn(look).map(({ session }) => session.id),
    )
    return refusalOf(given, look.clashes)
  })
  return done.ok ? ok({ session: done.made }) : done
}
