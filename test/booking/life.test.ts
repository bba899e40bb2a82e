import {
  type AsyncCommand,
  array,
  assert,
  asyncModelRun,
  asyncProperty,
  commands,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
} from 'fast-check'
import { expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { hmac } from '../../src/base/token.ts'
import { LIVE, STATUS } from '../../src/base/vocabulary.ts'
import { approve } from '../../src/booking/approve.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { move } from '../../src/booking/move.ts'
import { turnDown } from '../../src/booking/turn-down.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { announceDraw } from '../../src/lottery/announce.ts'
import { draw } from '../../src/lottery/draw.ts'
import { drawOrder } from '../../src/lottery/lottery.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { BookingRow } from '../../src/store/schema.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { decline } from '../../src/waitlist/decline.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { promote } from '../../src/waitlist/promote.ts'
import { waitingIn } from '../../src/waitlist/queries.ts'
import { RUNS } from '../engine.ts'
import { application, MITO, NOW, type World } from '../world.ts'
import { ask, bookings, letters, mito, unlawful } from './fixtures.ts'

const NEXT = 'ibaraki-2026-12-04'
/** A day with approval. */
const ASKED = 'ibaraki-2026-12-11'
/** A day with a lottery. */
const DRAWN = 'ibaraki-2026-12-18'
const DAYS = [MITO, NEXT, ASKED, DRAWN]
const TIMES = ['1000', '1100', '1300', null]
type Place = { day: string; time: string | null }
const placeOf = ({ day, time }: Place) => ({ session: day, slot: time && `${day}-${time}` })

/** The model: the applicants, the time, and the state of each booking after the last step. */
type Model = {
  tokens: string[]
  now: string
  seen: Map<string, BookingRow> /** Moved to another time in this step. */
  moved: Set<string>
}
type Real = { w: World }
type Step = AsyncCommand<Model, Real>

/** The waiting bookings that would get a place now, in order. Computed from the rows, without the product's rules. */
async function served(w: World, day: string): Promise<string[]> {
  const { db } = w.ctx.store
  const { capacity, seats_taken } = await db
    .selectFrom('session')
    .selectAll()
    .where('id', '=', day)
    .executeTakeFirstOrThrow()
  const slots = await db.selectFrom('slot').selectAll().where('session', '=', day).orderBy('starts_at').execute()
  let left = (capacity ?? 0) - seats_taken
  const free = new Map(slots.map((slot) => [slot.id, (slot.capacity ?? 0) - slot.seats_taken]))
  const found: string[] = []
  for (const party of await waitingIn(w.ctx, day)) {
    const fitting = [...free].filter(([id, seats]) => (party.slot ?? id) === id && seats >= party.seats)
    // Any time is the emptiest one, the earliest of several.
    const [slot] = fitting.toSorted(([, a], [, b]) => b - a)[0] ?? []
    if (slot === undefined || left < party.seats) continue
    left -= party.seats
    free.set(slot, (free.get(slot) ?? 0) - party.seats)
    found.push(party.id)
  }
  return found
}

/** Each change raises SEQUENCE by one and sends one letter. Without a change there is no letter. */
async function check(model: Model, { w }: Real): Promise<void> {
  expect(await unlawful(w)).toEqual([])
  const told = Map.groupBy(await letters(w), (letter) => letter.subject)
  for (const row of await bookings(w)) {
    const before = model.seen.get(row.id)
    const changed =
      before && (['status', 'session', 'slot', 'format', 'drawn'] as const).some((key) => before[key] !== row[key])
    const moved = before && model.moved.has(row.session) && LIVE.some((status) => status === before.status)
    expect(row.sequence).toBe(before ? before.sequence + (changed || moved ? 1 : 0) : 0)
    expect(told.get(row.id)?.map((letter) => letter.sequence)).toEqual(
      Array.from({ length: row.sequence + 1 }, (_, i) => i),
    )
    expect(row.ended === null).toBe(!STATUS[row.status].over)
    if (before && ['cancelled', 'lapsed'].includes(before.status)) expect(row.status).toBe(before.status)
    model.seen.set(row.id, row)
  }
  model.moved.clear()
}

function step(name: string, run: (model: Model, real: Real) => Promise<unknown>): Step {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      real.w.at(model.now)
      await run(model, real)
      await check(model, real)
    },
  }
}

/** The links of the bookings, in turn. */
const one = (model: Model, i: number) => model.tokens[i % Math.max(1, model.tokens.length)]

const booking = (place: Place, seats: number, waitlist: boolean) =>
  step(`book ${place.day} ${place.time} ${seats} ${waitlist}`, async (model, { w }) => {
    const before = await served(w, place.day)
    const given = application({ ...placeOf(place), seats, waitlist })
    const done = await ask(w, given)
    if (!done.ok) return
    const row = (await bookings(w)).find((each) => each.id === done.booking)
    // No waiting party that fits loses its place to a later one.
    if (row && row.status !== 'waiting') expect(await served(w, place.day)).toEqual(before)
    model.tokens.push(await hmac(w.ctx.config.secrets[0] ?? '', `${done.booking}.1`))
  })

const asking = (name: string, act: typeof cancel | typeof accept | typeof decline, i: number) =>
  step(`${name} ${i}`, async (model, { w }) => {
    const token = one(model, i)
    if (token) await act(w.ctx, { token })
  })

const moving = (i: number, place: Place) =>
  step(`move ${i} ${place.day} ${place.time}`, async (model, { w }) => {
    const token = one(model, i)
    const before = await served(w, place.day)
    const done = token ? await move(w.ctx, { token }, placeOf(place)) : null
    if (done?.ok) expect(await served(w, place.day)).toEqual(expect.arrayContaining(before))
  })

/** Held until a moment: an offer, or a request on a day with approval. */
const HELD = ['offered', 'requested']

/** Whether places of a day are offered now. null if lots were drawn and the day has begun. */
async function mayOffer(w: World, day: string, now: string): Promise<boolean | null> {
  const session = await sessionById(w.ctx, day)
  if (!session) throw new Error(`no session ${day}`)
  const time = new Date(Date.parse(now) + 9 * 3_600_000).toISOString().slice(11, 16)
  const awake = time >= '08:00' && time < '21:00'
  if (session.acceptance !== 'lottery') {
    return awake && ['open', 'few', 'full'].includes(session.status) && now < (session.closes_at ?? '')
  }
  // Reserves of a draw are offered places until it begins.
  if (now >= (session.slots[0]?.starts_at ?? '')) return null
  return awake && session.draw === 'announced' && session.status === 'closed'
}

const ticking = () =>
  step('tick', async (model, { w }) => {
    const queues = new Map<string, BookingRow[]>()
    for (const day of DAYS) queues.set(day, await waitingIn(w.ctx, day))
    await expire(w.system)
    const fit = new Map<string, string[]>()
    for (const day of DAYS) fit.set(day, await served(w, day))
    await offer(w.system)
    const rows = await bookings(w)
    for (const day of DAYS) {
      const open = await mayOffer(w, day, model.now)
      if (open === null) continue
      // First come, first offered; no place stays free if somebody fits it.
      const offered = (queues.get(day) ?? []).filter((party) =>
        HELD.some((status) => rows.find((row) => row.id === party.id)?.status === status),
      )
      expect(offered.map((party) => party.id)).toEqual(open ? fit.get(day) : [])
    }
    // Nobody can answer for a day that has no date: there an offer keeps its deadline until the new day is set.
    const dated = await w.ctx.store.db.selectFrom('session').select('id').where('state', '<>', 'postponed').execute()
    for (const row of rows.filter((each) => dated.some(({ id }) => id === each.session))) {
      if (HELD.some((status) => row.status === status)) expect((row.offer_expires_at ?? '') > model.now).toBe(true)
    }
  })

const WHY = { reason_ja: '都合により' }

/** The acts of the desk on a day and its bookings. */
const deskActs = {
  'call off': (w: World, day: string) => callOff(w.system, day, WHY),
  convert: (w: World, day: string) => convert(w.system, day, { into: 'online', ...WHY }),
  postpone: (w: World, day: string) => reschedule(w.system, day, { date: null, ...WHY }),
  'reschedule to the 8th': (w: World, day: string) =>
    reschedule(w.system, day, { date: '2026-12-08', starts: null, ...WHY }),
  'reschedule by an hour': async (w: World, day: string) => {
    const session = await sessionById(w.ctx, day)
    return reschedule(w.system, day, { date: session?.date ?? null, starts: '11:00', ...WHY })
  },
}

const tending = (name: keyof typeof deskActs, day: string) =>
  step(`${name} ${day}`, async (model, { w }) => {
    const before = await sessionById(w.ctx, day)
    const done = await deskActs[name](w, day)
    const after = await sessionById(w.ctx, day)
    if (done.ok && !done.again) expect(after?.sequence).toBe((before?.sequence ?? 0) + 1)
    if (done.ok && !done.again && (name === 'postpone' || name.startsWith('reschedule'))) model.moved.add(day)
  })

const deciding = (name: string, act: typeof approve | typeof turnDown | typeof promote, i: number) =>
  step(`${name} ${i}`, async (_model, { w }) => {
    const rows = await bookings(w)
    const row = rows[i % Math.max(1, rows.length)]
    if (row) await act(w.system, row.id)
  })

const entriesIn = async (w: World) =>
  (await bookings(w))
    .filter((row) => row.session === DRAWN && row.draw_order !== null)
    .toSorted((a, b) => Number(a.draw_order) - Number(b.draw_order))

/** Lots are drawn once, in the order of their seed. Nobody here had a place before. */
const drawing = () =>
  step('draw', async (_model, { w }) => {
    const before = await entriesIn(w)
    const done = await draw(w.system, DRAWN)
    if (!done.ok) return
    const after = await entriesIn(w)
    if (done.again) expect(after).toEqual(before)
    const reckoned = await drawOrder(
      done.seed,
      after.map(({ number }) => ({ number, first: true })),
    )
    expect(after.map((row) => row.number)).toEqual(reckoned.map((entry) => entry.number))
  })

const announcing = () =>
  step('announce', async (_model, { w }) => {
    const undecided = new Set((await entriesIn(w)).filter((row) => row.drawn === null).map((row) => row.id))
    const fit = (await served(w, DRAWN)).filter((id) => undecided.has(id))
    const done = await announceDraw(w.system, DRAWN)
    if (!done.ok) return
    const told = (await entriesIn(w)).filter((row) => undecided.has(row.id) && row.status !== 'cancelled')
    expect(told.filter((row) => row.drawn === 'won').map((row) => row.id)).toEqual(fit)
    expect(told.every((row) => row.drawn !== null)).toBe(true)
  })

const waiting = (minutes: number) =>
  step(`${minutes} minutes pass`, async (model) => {
    model.now = plusMinutes(model.now, minutes)
  })

const places = record({ day: constantFrom(...DAYS), time: constantFrom(...TIMES) })
const steps = [
  record({ place: places, seats: integer({ min: 1, max: 2 }), waitlist: constantFrom(true, true, false) }).map((r) =>
    booking(r.place, r.seats, r.waitlist),
  ),
  nat(30).map((i) => asking('cancel', cancel, i)),
  nat(30).map((i) => asking('accept', accept, i)),
  nat(30).map((i) => asking('decline', decline, i)),
  record({ i: nat(30), place: places }).map((r) => moving(r.i, r.place)),
  constant(ticking()),
  record({
    name: constantFrom(...(Object.keys(deskActs) as (keyof typeof deskActs)[])),
    day: constantFrom(...DAYS, ...DAYS.slice(0, 3)),
  }).map((r) => tending(r.name, r.day)),
  nat(30).map((i) => deciding('approve', approve, i)),
  nat(30).map((i) => deciding('turn down', turnDown, i)),
  nat(30).map((i) => deciding('promote', promote, i)),
  constant(drawing()),
  constant(announcing()),
  constantFrom(1, 60, 241, 700, 1440).map(waiting),
]

/** How a run may begin: empty, or with entries, a draw and its announcement. */
const beginnings = oneof(
  constant([]),
  array(record({ time: constantFrom(...TIMES), seats: integer({ min: 1, max: 2 }) }), {
    minLength: 2,
    maxLength: 6,
  }).map((entries) => [
    ...entries.map(({ time, seats }) => booking({ day: DRAWN, time }, seats, false)),
    waiting(1440),
    drawing(),
    announcing(),
  ]),
)

test('whatever happens in whatever order, seats are kept, nobody is notified twice or passed over, no place is lost', {
  timeout: RUNS * 3_000,
}, async () => {
  await assert(
    asyncProperty(beginnings, commands(steps, { maxCommands: 60, size: 'max' }), async (beginning, all) => {
      const w = await mito()
      const days = w.ctx.store.db.updateTable('session').set({ capacity: 3 })
      await w.ctx.store.commit(
        days.where('id', 'in', DAYS),
        days.set({ acceptance: 'approval' }).where('id', '=', ASKED),
        // Entries close on the first evening, so that most runs reach a draw.
        days.set({ acceptance: 'lottery', closes: 'hours:612' }).where('id', '=', DRAWN),
      )
      try {
        await asyncModelRun(
          () => ({ model: { tokens: [], now: NOW, seen: new Map(), moved: new Set<string>() }, real: { w } }),
          [...beginning, ...all],
        )
      } finally {
        await w.close()
      }
    }),
    { numRuns: RUNS },
  )
})
