import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { book } from '../../src/booking/book.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { manageUrl } from '../../src/booking/link.ts'
import { bookingById } from '../../src/booking/queries.ts'
import type { Ctx } from '../../src/context.ts'
import type { Letter } from '../../src/mail/letters.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { plan } from '../../src/planning/plan.ts'
import { sessionById, sessions } from '../../src/schedule/queries.ts'
import { tickAndSend } from '../mail/fixtures.ts'
import { application, freshKey, MITO } from '../world.ts'
import { ENGINES, worldOn } from './engines.ts'

describe.each(ENGINES)('on $name', (engine) => {
  let ctx: Ctx
  let open: (actor: Ctx['actor']) => Ctx
  let end: () => Promise<void>
  beforeEach(async () => {
    ;({ ctx, open, end } = await worldOn(engine))
  })
  afterEach(() => end())

  const bookMito = (changes: Record<string, unknown> = {}) =>
    book(ctx, application({ slot: `${MITO}-1000`, ...changes }), { channel: 'web', key: freshKey() })

  test('a booking is made, told once more for the same key, and cancelled; its place is free again', async () => {
    const key = freshKey()
    const given = application({ name: '髙﨑 𠮷郎😀' })
    const first = await book(ctx, given, { channel: 'web', key })
    const again = await book(ctx, given, { channel: 'web', key })
    expect(first).toMatchObject({ ok: true, again: false })
    expect(again).toMatchObject({ ok: true, again: true })
    const booking = first.ok ? await bookingById(ctx, first.booking) : undefined
    expect(booking).toMatchObject({ number: 'IB-1127-01', name: '髙﨑 𠮷郎😀', name_kana: 'タカハシ タロウ' })
    expect(await sessionById(ctx, MITO)).toMatchObject({ remaining: 4 })
    const token = booking && (await manageUrl(ctx, booking))?.split('/').at(-1)
    expect(await cancel(ctx, { token: token ?? '' })).toMatchObject({ ok: true, again: false })
    expect(await sessionById(ctx, MITO)).toMatchObject({ remaining: 5 })
  })

  test('a broken rule is reported by its name, and nothing of its commit stays', async () => {
    const { db, commit } = ctx.store
    const holds = db.insertInto('expectation').values({ holds: 0 })
    const chore = db.insertInto('chore').values({ name: 'a', done_on: '' })
    expect(await commit(chore, holds)).toEqual({ ok: false, broke: 'still_true' })
    expect(await db.selectFrom('chore').selectAll().where('name', '=', 'a').execute()).toEqual([])
    const full = db.updateTable('session').set({ seats_taken: 6 }).where('id', '=', MITO)
    expect(await commit(full)).toEqual({ ok: false, broke: 'session_has_room' })
    expect(await bookMito({ email: 'a@example.jp' })).toMatchObject({ ok: true })
    expect(await bookMito({ email: 'A@example.jp' })).toMatchObject({ ok: false, why: 'twice' })
  })

  test('a commit of nothing stands', async () => {
    expect(await ctx.store.commit()).toEqual({ ok: true, changed: [] })
  })

  test('one person at twenty doors at once is one booking', async () => {
    const same = { email: 'same@example.jp', name: '同じ人' }
    const done = await Promise.all(Array.from({ length: 20 }, () => bookMito(same)))
    expect(done.filter((one) => one.ok)).toHaveLength(1)
    expect(new Set(done.flatMap((one) => (one.ok ? [] : [one.why])))).toEqual(new Set(['twice']))
  })

  test('two homes plan the same days at once, and each day is there once', async () => {
    const clock = { kind: 'system', name: 'clockwork' } as const
    const [a, b] = [open(clock), open(clock)]
    const to = '2027-03-31'
    await Promise.all([plan(a, { to }), plan(b, { to })])
    const days = await ctx.store.db.selectFrom('session').select(['series', 'occurrence']).execute()
    const made = days.filter((one) => one.series !== null).map((one) => `${one.series} ${one.occurrence}`)
    expect(made).toHaveLength(new Set(made).size)
    expect((await sessions(ctx, { from: '2027-03-01', to, prefecture: '08' })).sessions).toHaveLength(4)
  })

  test('four senders in two homes send every letter once, and plan once a day', async () => {
    for (const slot of ['1000', '1000', '1100', '1100', '1300']) {
      expect(await bookMito({ slot: `${MITO}-${slot}` })).toMatchObject({ ok: true })
    }
    const sent: string[] = []
    const mailer: Mailer = {
      async send(letter: Letter) {
        sent.push(letter.to.address)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return { ok: true }
      },
      close: () => undefined,
    }
    const clock = { kind: 'system', name: 'clockwork' } as const
    const homes = [open(clock), open(clock)]
    const senders = homes.flatMap((home, i) => [tickAndSend(home, mailer, `${i}a`), tickAndSend(home, mailer, `${i}b`)])
    await Promise.all(senders)
    expect(sent).toHaveLength(5)
    expect(new Set(sent).size).toBe(5)
    const planned = await ctx.store.db.selectFrom('chore').selectAll().where('name', '=', 'plan').execute()
    expect(planned).toMatchObject([{ name: 'plan', done_on: '2026-11-22' }])
  })

  test('the schedule reads in the same order and in as many pages as anywhere', async () => {
    const found: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof sessions>> = await sessions(
        ctx,
        { from: '2026-11-22' },
        { limit: 4, after },
      )
      found.push(...page.sessions.map((one) => `${one.date} ${one.status}`))
      after = page.next
    } while (after)
    expect(found).toHaveLength(13)
    expect(found.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(found)
    expect(found).toContain('2027-01-01 skipped')
  })

  test('fifty at once for five places leave exactly five, with numbers from 01 on', async () => {
    const times = ['1000', '1100', '1300', '1400', '1500']
    const done = await Promise.all(Array.from({ length: 50 }, (_, i) => bookMito({ slot: `${MITO}-${times[i % 5]}` })))
    expect(done.filter((one) => one.ok)).toHaveLength(5)
    expect(new Set(done.flatMap((one) => (one.ok ? [] : [one.why])))).toEqual(new Set(['full']))
    const numbers = await ctx.store.db.selectFrom('booking').select('number').orderBy('number').execute()
    expect(numbers.map((one) => one.number)).toEqual(['01', '02', '03', '04', '05'].map((one) => `IB-1127-${one}`))
    expect(await sessionById(ctx, MITO)).toMatchObject({ remaining: 0, status: 'full' })
  })
})
