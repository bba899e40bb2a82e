import { afterEach, describe, expect, test } from 'vitest'
import { Forbidden } from '../../../src/base/actor.ts'
import { plusMinutes } from '../../../src/base/clock.ts'
import { NotFound } from '../../../src/base/outcome.ts'
import { attend } from '../../../src/booking/attend.ts'
import { askTicked } from '../../../src/booking/ticked/ask-ticked.ts'
import { ownTicked, tickedById } from '../../../src/booking/ticked/queries.ts'
import { runTicked } from '../../../src/booking/ticked/run-ticked.ts'
import { Busy, type Write } from '../../../src/store/store.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { freshKey, NOW, type World } from '../../world.ts'
import { booked, forSeminar, unlawful } from '../fixtures.ts'
import { asked, shownOf, THEIR_DAY, twoSeminars } from './fixtures.ts'

let w: World
let ids: string[]
afterEach(() => w.close())

async function open(count: number, now = NOW): Promise<void> {
  const opened = await twoSeminars(count)
  w = opened.w
  ids = opened.ids
  w.at(now)
}

const states = async (id: string) => (await tickedById(w.ctx, id))?.bookings.map(({ state, why }) => why ?? state)
const statuses = () => w.column<string>('select status from booking order by number')
const letters = () => w.column<string>("select subject from outbox where kind = 'moved' order by subject")

/** The system, with something that happens before each commit. */
const before = (happens: (writes: readonly Write[]) => unknown) => ({
  ...w.system,
  store: {
    ...w.system.store,
    commit: async (...writes: Write[]) => {
      await happens(writes)
      return w.system.store.commit(...writes)
    },
  },
})

describe('an act on ticked bookings', () => {
  test('is done for each, as the account that asked, and its result stays', async () => {
    await open(3, THEIR_DAY)
    const id = await asked(w, 'absent', ids)
    expect(await statuses()).toEqual(['booked', 'booked', 'booked'])
    expect(await states(id)).toEqual(['waiting', 'waiting', 'waiting'])
    await runTicked(w.system)
    expect(await statuses()).toEqual(['absent', 'absent', 'absent'])
    expect(await states(id)).toEqual(['done', 'done', 'done'])
    for (const one of ids) expect((await lines(w, one)).at(-1)).toMatchObject({ actor: 'desk', act: 'booking.absent' })
    expect(await lines(w, id)).toEqual([
      { actor: 'desk', act: 'ticked.asked', detail: { act: 'absent', ids } },
      { actor: 'seed', act: 'ticked.finished', detail: { done: 3, refused: 0 } },
    ])
    await runTicked(w.system)
    expect(await lines(w, id)).toHaveLength(2)
    expect(await ownTicked(as(w, 'desk'))).toEqual([{ id, act: 'absent', state: 'finished', all: 3, over: 3 }])
    expect(await ownTicked(as(w, 'secretariat'))).toEqual([])
    w.at(plusMinutes(THEIR_DAY, 61))
    expect(await ownTicked(as(w, 'desk'))).toEqual([])
  })

  test('moves each with its letter, and says of the others why not', async () => {
    await open(4)
    const [one = '', two = '', three = '', four = ''] = ids
    await booked(w, forSeminar({ session: 'there', email: 'there@example.jp' }))
    await w.run(
      "update booking set email = 'there@example.jp', person_key = (select person_key from booking where session = 'there') where id = ?",
      one,
    )
    await w.run("update booking set status = 'cancelled', ended = 'cancelled' where id = ?", two)
    const id = await asked(w, 'move', ids)
    await runTicked(w.system)
    expect(await states(id)).toEqual(['twice', 'closed', 'done', 'done'])
    expect(await letters()).toEqual([three, four].toSorted())
    expect((await lines(w, id)).at(-1)?.detail).toEqual({ done: 2, refused: 2 })
  })

  test('leaves a booking that is not as it was shown, and counts one that is as wanted already', async () => {
    await open(3, THEIR_DAY)
    const [one = '', two = ''] = ids
    const id = await asked(w, 'absent', ids, { shown: await shownOf(w, ids) })
    await attend(as(w, 'desk'), one, 'attended')
    await attend(as(w, 'desk'), two, 'absent')
    await runTicked(w.system)
    expect(await states(id)).toEqual(['changed', 'done', 'done'])
    expect(await statuses()).toEqual(['attended', 'absent', 'absent'])
  })

  test('that is asked for twice while it waits is one, and can be asked for again when it is done', async () => {
    await open(2, THEIR_DAY)
    const [one, two] = await Promise.all([asked(w, 'absent', ids), asked(w, 'absent', ids)])
    expect(one).toBe(two)
    expect(await asked(w, 'absent', ids.slice(1))).not.toBe(one)
    expect(await asked(w, 'absent', ids, { who: 'secretariat' })).not.toBe(one)
    await runTicked(w.system)
    const again = await asked(w, 'absent', ids)
    expect(again).not.toBe(one)
    await runTicked(w.system)
    expect(await states(again)).toEqual(['done', 'done'])
    expect(await lines(w, ids[0] ?? '')).toHaveLength(2)
  })

  test('takes at most a hundred bookings of one’s own prefectures', async () => {
    await open(1)
    const may = await mayDo(w, (ctx) => askTicked(ctx, { act: 'absent', ids, shown: freshKey() }))
    expect(may).toEqual(['desk', 'secretariat'])
    const desk = as(w, 'desk')
    const refusedFor = async (given: object) => {
      const done = await askTicked(desk, { act: 'absent', ids, ...given })
      return done.ok ? null : done
    }
    expect(await refusedFor({ act: 'cancel' })).toMatchObject({ why: 'invalid', errors: { act: 'choice' } })
    expect(await refusedFor({ ids: [] })).toMatchObject({ errors: { ids: 'required' } })
    const many = Array.from({ length: 101 }, (_, i) => `id${i}`)
    expect(await refusedFor({ ids: many })).toMatchObject({ errors: { ids: 'choice' } })
    await expect(askTicked(desk, { act: 'absent', ids: ['nobody'] })).rejects.toThrow(NotFound)
    await expect(runTicked(desk)).rejects.toThrow(Forbidden)
  })
})

describe('permission is asked again when it is done:', () => {
  test('an account that was closed meanwhile does nothing more, and its page can say so', async () => {
    await open(4, THEIR_DAY)
    const id = await asked(w, 'absent', ids)
    let commits = 0
    const closing = before(async () => {
      commits++
      if (commits === 3) await w.run("update account set state = 'closed' where id = 'desk'")
    })
    await runTicked(closing)
    expect(await statuses()).toEqual(['absent', 'absent', 'booked', 'booked'])
    expect(await tickedById(w.ctx, id)).toMatchObject({ state: 'stopped' })
    expect((await lines(w, id)).at(-1)).toMatchObject({
      act: 'ticked.stopped',
      detail: { done: 2, refused: 0, left: 2 },
    })
    await w.run("update account set state = 'active'")
    await runTicked(w.system)
    expect(await statuses()).toEqual(['absent', 'absent', 'booked', 'booked'])
  })

  test.each([
    ['became a viewer', "role = 'viewer'", 'stopped', 'waiting'],
    ['lost the prefecture', "prefectures = '13'", 'finished', 'forbidden'],
  ])('an account that %s changes no booking', async (_, change, state, each) => {
    await open(2, THEIR_DAY)
    const id = await asked(w, 'absent', ids)
    await w.run(`update account set ${change} where id = 'desk'`)
    await runTicked(w.system)
    expect([(await tickedById(w.ctx, id))?.state, await states(id)]).toEqual([state, [each, each]])
    expect(await statuses()).toEqual(['booked', 'booked'])
  })
})

describe('whatever happens to its process', () => {
  /** The system that ends at its nth commit, before it or right after. */
  const dying = (nth: number, after: boolean) => {
    let commits = 0
    const { store } = w.system
    const dies = () => Promise.reject(new Busy('killed'))
    return {
      ...w.system,
      store: {
        ...store,
        commit: async (...writes: Write[]) => {
          commits++
          if (commits > nth || (commits === nth && !after)) return dies()
          const done = await store.commit(...writes)
          return commits === nth ? dies() : done
        },
      },
    }
  }

  test('each booking moves once, wherever it is cut off', async () => {
    await open(3)
    const back = async () => {
      for (const table of ['ticked', 'outbox']) await w.run(`delete from ${table}`)
      await w.run("update booking set session = 'here'")
      await w.run("update session set seats_taken = 3 where id = 'here'")
      await w.run("update session set seats_taken = 0 where id = 'there'")
    }
    for (let nth = 1; nth <= 5; nth++) {
      for (const after of [false, true]) {
        await back()
        w.at(NOW)
        const id = await asked(w, 'move', ids)
        await expect(runTicked(dying(nth, after))).rejects.toThrow('killed')
        w.at(plusMinutes(NOW, 2))
        await runTicked(w.system)
        expect([nth, after, await states(id), await letters()]).toEqual([
          nth,
          after,
          ['done', 'done', 'done'],
          ids.toSorted(),
        ])
        expect((await lines(w, id)).map(({ act }) => act)).toEqual(['ticked.asked', 'ticked.finished'])
      }
    }
  })

  test('two processes at once do each booking once', async () => {
    await open(6)
    await asked(w, 'move', ids)
    await asked(w, 'move', ids.slice(3), { who: 'secretariat' })
    await Promise.all([runTicked(w.system), runTicked(w.system), runTicked(w.system)])
    await runTicked(w.system)
    expect(await letters()).toEqual(ids.toSorted())
    expect(await w.column('select distinct state from ticked')).toEqual(['finished'])
    expect(await unlawful(w)).toEqual([])
  })

  test('a process whose claim ran out leaves the rest to the one that has it', async () => {
    await open(4)
    const id = await asked(w, 'move', ids)
    let commits = 0
    const slow = before(async () => {
      commits++
      if (commits !== 3) return
      w.at(plusMinutes(NOW, 2))
      await runTicked(w.system)
    })
    await runTicked(slow)
    expect(await states(id)).toEqual(['done', 'done', 'done', 'done'])
    expect(await letters()).toEqual(ids.toSorted())
    expect((await lines(w, id)).map(({ act }) => act)).toEqual(['ticked.asked', 'ticked.finished'])
  })

  test('a fault of one booking does not stop the others, and is thrown at the end', async () => {
    await open(3)
    const [one = ''] = ids
    await asked(w, 'move', ids)
    const faulty = {
      ...w.system,
      store: {
        ...w.system.store,
        commit: async (...writes: Write[]) => {
          const broken = writes.some(
            (write) =>
              write.compile().sql.includes('"booking"') &&
              write.compile().parameters.includes(one) &&
              writes.length > 8,
          )
          if (broken) throw new Error('a fault of ours')
          return w.system.store.commit(...writes)
        },
      },
    }
    await expect(runTicked(faulty)).rejects.toThrow('a fault of ours')
    expect(await w.column('select state from ticked')).toEqual(['finished'])
    expect(await letters()).toEqual(ids.slice(1).toSorted())
  })
})
