import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorText, detailOf, lineOf, note, noteAll } from '../../src/store/journal.ts'
import { lines } from '../acts.ts'
import { booked, forSeminar, mito } from '../booking/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await mito()
})
afterAll(() => w.close())

describe('a line', () => {
  test('says who did what to which row, when, and keeps the detail of its act', async () => {
    await w.system.store.commit(note(w.system, 'session.relocated', 'one', { venue: 'hall' }))
    const row = await w.ctx.store.db.selectFrom('journal').selectAll().where('subject', '=', 'one').executeTakeFirst()
    expect(row).toMatchObject({ at: NOW, actor: actorText(w.system.actor) })
    expect(row).toMatchObject({ act: 'session.relocated', detail: '{"venue":"hall"}' })
  })

  test('of an act that keeps nothing has an empty detail', async () => {
    await w.ctx.store.commit(note(w.ctx, 'interest.ended', 'two'))
    expect(await lines(w, 'two')).toEqual([{ actor: 'public', act: 'interest.ended', detail: {} }])
  })

  test('about many bookings is written once for each of them, and for no other', async () => {
    const [one, two, other] = [await booked(w), await booked(w), await booked(w, forSeminar())]
    const those = w.ctx.store.db.selectFrom('booking').where('id', 'in', [one.id, two.id])
    await w.ctx.store.commit(noteAll(w.ctx, 'booking.reminded', those, { date: '2026-11-27' }))
    const reminded = { actor: 'public', act: 'booking.reminded', detail: { date: '2026-11-27' } }
    expect(await lines(w, one.id)).toContainEqual(reminded)
    expect(await lines(w, two.id)).toContainEqual(reminded)
    expect((await lines(w, other.id)).map((line) => line.act)).toEqual(['booking.made'])
  })
})

describe('a row', () => {
  const row = { act: 'booking.passed_over', detail: '{"why":"seats","for":"b1"}' }

  test('is read as the detail of its act', () => {
    const { why, for: first } = detailOf(row, ['booking.passed_over'])
    expect([why satisfies 'slot' | 'seats' | 'format' | 'closed', first]).toEqual(['seats', 'b1'])
    expect(lineOf(row, ['booking.over', 'booking.passed_over'])?.act).toBe('booking.passed_over')
  })

  test('of another act is not taken for one of these', () => {
    expect(lineOf(row, ['booking.over'])).toBeUndefined()
    expect(() => detailOf(row, ['booking.over'])).toThrow('booking.passed_over instead of booking.over')
  })
})

// The type checker reads these: an error that it no longer reports fails `npm run check`.
test('a wrong act or a wrong detail does not compile', () => {
  const of = { session: 's1' }
  const made = { ...of, seats: 1, format: 'onsite', channel: 'web' } as const
  const any: string = 'session.drawn'
  const those = w.ctx.store.db.selectFrom('booking')
  const wrong = () => [
    // @ts-expect-error no such act
    note(w.ctx, 'booking.eaten', 'b1'),
    // @ts-expect-error an act is none of the texts that a variable may hold
    note(w.ctx, any, 'b1'),
    // @ts-expect-error its detail is missing
    note(w.ctx, 'booking.made', 'b1'),
    // @ts-expect-error its detail lacks seats, format and channel
    note(w.ctx, 'booking.made', 'b1', of),
    // @ts-expect-error a name is personal data
    note(w.ctx, 'booking.made', 'b1', { ...made, name: '山田 太郎' }),
    // @ts-expect-error an act that keeps nothing is given a detail
    note(w.ctx, 'session.drawn', 's1', of),
    // @ts-expect-error no such format
    note(w.ctx, 'session.converted', 's1', { into: 'letter', suspension: null }),
    // @ts-expect-error the detail of another act
    detailOf({ act: 'session.relocated', detail: '{}' }, ['session.relocated']).into,
    // @ts-expect-error an act about no booking
    noteAll(w.ctx, 'session.drawn', those, {}),
    // @ts-expect-error the detail of another act
    noteAll(w.ctx, 'booking.reminded', those, of),
  ]
  expect(wrong).not.toThrow()
})
