import type { CapCounted } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { insertRowsOnce, once } from '../store/once.ts'
import type { CapRow } from '../store/schema.ts'
import { orThrow, type Write } from '../store/store.ts'
import { CAP_KEY, newCap, placesHeld } from './rows.ts'
import { capOf, dayOf, type Source } from './source.ts'

/** Everything that is counted of an application, in one order for all, so that two never wait for each other. */
function countersOf(sources: readonly Source[]): { counted: CapCounted; source: Source }[] {
  const counted = (one: CapCounted, of: readonly Source[]) => of.map((source) => ({ counted: one, source }))
  const recipients = sources.filter(({ source }) => source === 'recipient')
  const all = [...counted('bookings', sources), ...counted('letters', recipients), ...counted('places', sources)]
  const orderOf = ({ counted: what, source }: (typeof all)[number]) => `${source.key_hash} ${what}`
  return all.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** Adds to counters, and makes those that are missing. */
const addToCounters = insertRowsOnce('cap', (insert) =>
  insert.onConflict((oc) =>
    oc.columns(CAP_KEY).doUpdateSet((eb) => ({
      n: eb('cap.n', '+', eb.ref('excluded.n')),
      most: eb('excluded.most', '+', eb.ref('cap.extra')),
    })),
  ),
)

const insertSources = insertRowsOnce('cap_booking')

const recountPlaces = once((db, { keys }: { keys: string[] }) =>
  db
    .updateTable('cap')
    .set({ n: placesHeld })
    .where('day', '=', '')
    .where('counted', '=', 'places')
    .where('key_hash', 'in', keys),
)

/**
 * The writes of a booking, counted for its sources: one booking, one letter, and the places that they hold. The counters
 * are locked first and the places recounted last, as in `withSeatRecount`. Beyond a cap they break `cap_kept`. Without
 * caps they are only `writes`.
 */
export function withCapCount(ctx: Ctx, sources: readonly Source[], booking: string, ...writes: Write[]): Write[] {
  const { caps } = ctx.config
  const { db } = ctx.store
  if (caps === null || sources.length === 0) return writes
  const keys = sources.map(({ key_hash }) => key_hash)
  const counted = countersOf(sources).map((one) =>
    newCap(ctx, caps, one.counted, one.source, { n: one.counted === 'places' ? 0 : 1 }),
  )
  return [
    addToCounters(db, counted),
    ...writes,
    insertSources(
      db,
      sources.map(({ source, key_hash }) => ({ booking, source, key_hash })),
    ),
    recountPlaces.write(db, { keys }),
  ]
}

/**
 * The writes of a request for an expert. It counts as one application of the day and one letter. It holds no
 * place. Beyond a cap they break `cap_kept`.
 */
export function withRequestCount(ctx: Ctx, sources: readonly Source[], ...writes: Write[]): Write[] {
  const { caps } = ctx.config
  if (caps === null || sources.length === 0) return writes
  const counted = countersOf(sources)
    .filter((one) => one.counted !== 'places')
    .map((one) => newCap(ctx, caps, one.counted, one.source, { n: 1 }))
  return [addToCounters(ctx.store.db, counted), ...writes]
}

/**
 * The writes of a booking that gets more people, with the places that its sources hold. The counters are locked first
 * and counted last, as in `withCapCount`. Beyond a cap they break `cap_kept`. A desk is not capped.
 */
export function withPlacesCount(ctx: Ctx, booking: string, ...writes: Write[]): Write[] {
  const { caps } = ctx.config
  const { db } = ctx.store
  if (caps === null || ctx.actor.kind !== 'public') return writes
  const counters = db
    .updateTable('cap')
    .where('day', '=', '')
    .where('counted', '=', 'places')
    .where('key_hash', 'in', db.selectFrom('cap_booking').select('key_hash').where('booking', '=', booking))
  return [counters.set((eb) => ({ n: eb.ref('n') })), ...writes, counters.set({ n: placesHeld })]
}

/**
 * Records which caps an application broke, for the desk. Returns whether there are any; if not, they were lifted since
 * then.
 */
export async function noteCapped(
  ctx: Ctx,
  sources: readonly Source[],
  application: { session: string | null; seats: number },
): Promise<boolean> {
  const { caps } = ctx.config
  const { db } = ctx.store
  if (caps === null) return false
  const rows = await db
    .selectFrom('cap')
    .select(['day', 'counted', 'source', 'key_hash', 'n', 'extra', placesHeld.$castTo<number | string>().as('held')])
    .where('day', 'in', [dayOf(ctx, 'bookings'), ''])
    .where(
      'key_hash',
      'in',
      sources.map(({ key_hash }) => key_hash),
    )
    .execute()
  const now = ctx.clock.now()
  const full = countersOf(sources).flatMap(({ counted, source }) => {
    const row = rows.find((one) => one.counted === counted && one.key_hash === source.key_hash)
    const most = capOf(caps, { counted, source: source.source }) + (row?.extra ?? 0)
    const [has, more] = counted === 'places' ? [Number(row?.held ?? 0), application.seats] : [row?.n ?? 0, 1]
    if (has + more <= most) return []
    const refused: Partial<CapRow> = { refused: 1, refused_at: now, session: application.session }
    return [newCap(ctx, caps, counted, source, refused)]
  })
  if (full.length === 0) return false
  orThrow(
    await ctx.store.commit(
      db
        .insertInto('cap')
        .values(full)
        .onConflict((oc) =>
          oc.columns(CAP_KEY).doUpdateSet((eb) => ({
            refused: eb('cap.refused', '+', 1),
            refused_at: eb.ref('excluded.refused_at'),
            session: eb.ref('excluded.session'),
          })),
        ),
    ),
  )
  return true
}
