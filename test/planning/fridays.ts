import { book } from '../../src/booking/book.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { plan } from '../../src/planning/plan.ts'
import type { SessionRow } from '../../src/store/schema.ts'
import { desk, emptySchedule, series } from '../schedule/fixtures.ts'
import { application, freshKey, type World } from '../world.ts'

/** A schedule of Fridays in Mito. `next` returns the id of one that no test has used. */
export type Fridays = World & { next(): string }

/** Three series of Fridays in Mito, each of a desk of its own, so that the tests of a file do not affect each other. */
export async function fridays(): Promise<Fridays> {
  const w = await emptySchedule()
  for (const id of ['one', 'two', 'three']) {
    await addDesk(w.system, desk({ id }))
    await importSeries(w.system, series({ id, desk: id }))
  }
  await plan(w.system)
  const ids = await w.column<string>("select id from session where state = 'published' order by date, id")
  return {
    ...w,
    next() {
      const id = ids.shift()
      if (id === undefined) throw new Error('no Friday is left')
      return id
    },
  }
}

/** Books the ten o’clock slot of a Friday. Returns the booking's id. */
export async function bookedOn(w: World, session: string, changes: Record<string, unknown> = {}): Promise<string> {
  const given = application({ session, slot: `${session}-1000`, ...changes })
  const done = await book(w.ctx, given, { channel: 'web', key: freshKey() })
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.booking
}

export async function sessionRow(w: World, id: string): Promise<SessionRow> {
  return w.ctx.store.db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** When the slots of a session begin, in Japan, and for how many people each is. */
export async function slotsOf(w: World, session: string): Promise<[string, number | null][]> {
  const rows = await w.rows<{ id: string; capacity: number | null }>(
    'select id, capacity from slot where session = ? order by id',
    session,
  )
  return rows.map(({ id, capacity }) => [id.slice(-4), capacity])
}
