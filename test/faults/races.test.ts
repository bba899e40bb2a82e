import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { constantFrom, sample, shuffledSubarray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findings } from '../../src/node/findings.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { crowd, tally } from '../booking/crowd.ts'
import { forSeminar, mito, unlawful } from '../booking/fixtures.ts'
import { afterTest } from '../ends.ts'
import { fieldsOf, formTo, type Site, site } from '../http/app.ts'
import { caller, type Staff, signedIn } from '../http/desk/fixtures.ts'
import { program } from '../programs.ts'
import { application, freshKey, MITO, type World } from '../world.ts'
import { onEngine } from './on-engine.ts'
import { call, commandOf, form, type Sent, send } from './requests.ts'
import { SEED, times } from './size.ts'

const ENGINES = ['SQLite', 'PostgreSQL', 'D1'] as const
type EngineName = (typeof ENGINES)[number]

/** Fridays in Mito: the day that is raced for, one whose desk approves, and one to move to. */
const APPROVED = 'ibaraki-2026-12-04'
const ELSEWHERE = 'ibaraki-2026-12-11'
const SLOTS = ['1000', '1100', '1300', '1400', '1500']

/** Entries to the seminar are closed from then on, and may be drawn. */
const DRAWN = '2026-12-09T06:00:00.000Z'

type Holder = { id: string; token: string }

/** The rows, a site on them to prepare the race, and the desks of both prefectures. */
type House = { w: World; s: Site; desk: Staff; draws: Staff }

async function house(engine: EngineName): Promise<House> {
  const w = await mito(await onEngine(engine, { seeded: false, shared: true }))
  afterTest(w.close)
  await w.run("update session set acceptance = 'approval' where id = ?", APPROVED)
  await w.run("update session set acceptance = 'lottery', capacity = 3 where id = 'seminar'")
  const s = await site({ on: w.address })
  return { w, s, desk: await signedIn(s, 'desk', '08'), draws: await signedIn(s, 'desk', '31') }
}

/** The clock of everybody in the house. */
function at({ w, s }: House, now: string): void {
  w.at(now)
  s.at(now)
}

async function holders({ s }: House, given: Record<string, unknown>[]): Promise<Holder[]> {
  const made: Holder[] = []
  for (const one of given) made.push(await s.booked(one))
  return made
}

const applying = (given: Record<string, unknown>) =>
  call('public', 'POST', '/api/v1/bookings', given, { 'idempotency-key': freshKey() })

/** What the holder of a booking may press. */
function pressing({ id, token }: Holder): Sent[] {
  const bearer = { authorization: `Bearer ${token}` }
  const there = { session: ELSEWHERE, slot: `${ELSEWHERE}-1000` }
  const within = { session: MITO, slot: `${MITO}-1500` }
  return [
    ...['cancel', 'accept', 'decline'].map((act) =>
      call('holder', 'POST', `/api/v1/bookings/${id}/${act}`, {}, bearer),
    ),
    ...[there, within].map((to) => call('holder', 'POST', `/api/v1/bookings/${id}/move`, to, bearer)),
    form('holder', `/b/${token}/erase`, []),
    form('holder', `/b/${token}/accept`, []),
    form('holder', `/b/${token}/cancel`, []),
  ]
}

/** What a desk may press about a booking. */
function tending({ cookie }: Staff, { id }: Holder): Sent[] {
  const to: [string, string][] = [
    ['place', `${ELSEWHERE} ${ELSEWHERE}-1100`],
    ['format', 'onsite'],
  ]
  return [
    ...['cancel', 'promote', 'approve', 'turn-down'].map((act) =>
      form('desk', `/desk/bookings/${id}/${act}`, [], { cookie }),
    ),
    form('desk', `/desk/bookings/${id}/move`, to, { cookie }),
  ]
}

/** A caller that a desk enters. */
function entering({ cookie }: Staff, session: string, slot: string, full: string): Sent {
  const fields = caller({ session, slot, full, email: `${freshKey()}@example.jp`, over: '定員を超えて受け付け' })
  return form('desk', '/desk/bookings/new', [...fields, ['sure', 'true']], { cookie })
}

/** One change of a whole session by its desk. */
function changing({ cookie }: Staff, session: string, act: string, fields: Record<string, string>): Sent {
  const all = { ...fields, reason_ja: '大雪のため', step: 'do' }
  return form('desk', `/desk/sessions/${session}/${act}`, Object.entries(all), { cookie })
}

/** The edit of a session's capacity, as its form sends it. */
async function editing({ desk }: House, session: string, capacity: string): Promise<Sent> {
  const path = `/desk/sessions/${session}/edit`
  const fields = fieldsOf(formTo(await desk.page(path), path), { capacity })
  return form('desk', path, fields, { cookie: desk.cookie })
}

/** So many of these, chosen by the seed. Each may come several times, as a button that is pressed twice. */
function some<T>(from: T[], count: number, seed: number): T[] {
  return sample(constantFrom(...from), { numRuns: count, seed })
}

/** All in an order of the seed. */
function shuffled<T>(all: T[], seed: number): T[] {
  return sample(shuffledSubarray(all, { minLength: all.length }), { numRuns: 1, seed })[0] ?? []
}

/** All in an order of the seed. What ends the session stands in the second half: nobody gets a place after it. */
function withEnds(all: Sent[], ends: Sent[], seed: number): Sent[] {
  const order = shuffled(all, seed)
  const half = Math.ceil(order.length / 2)
  return [...order.slice(0, half), ...shuffled([...order.slice(half), ...ends], seed)]
}

/** A day with a full queue and offers that stand, a day of requests, and everything that may happen to both. */
async function mixOfDays(h: House, seed: number): Promise<Sent[]> {
  const { w, desk } = h
  const seated = await holders(h, crowd(5))
  const waiting = await holders(
    h,
    Array.from({ length: 6 }, () => application({ waitlist: true, slot: null })),
  )
  const asking = await holders(
    h,
    Array.from({ length: 2 }, () => application({ session: APPROVED, slot: `${APPROVED}-1000` })),
  )
  for (const { id, token } of seated.slice(0, 2)) {
    await send(
      h.s.app,
      call('holder', 'POST', `/api/v1/bookings/${id}/cancel`, {}, { authorization: `Bearer ${token}` }),
    )
  }
  await offer(w.system)
  const all = [...seated, ...waiting, ...asking]
  const slots = SLOTS.map((time) => `${MITO}-${time}`)
  const ends = some(
    [
      changing(desk, MITO, 'call-off', {}),
      changing(desk, MITO, 'reschedule', { date: '2026-12-01' }),
      changing(desk, MITO, 'reschedule', { postpone: 'true' }),
      changing(desk, MITO, 'convert', { into: 'online' }),
    ],
    1,
    seed,
  )
  return withEnds(
    [
      ...crowd(12).map(applying),
      ...crowd(8).map((one) => applying({ ...one, waitlist: true, slot: null })),
      ...Array.from({ length: 4 }, () => applying(application({ session: APPROVED, slot: `${APPROVED}-1100` }))),
      ...some(all.flatMap(pressing), 40, seed),
      ...some(
        all.flatMap((one) => tending(desk, one)),
        20,
        seed + 1,
      ),
      ...some(slots, 6, seed + 2).map((slot, i) => entering(desk, MITO, slot, ['refuse', 'wait', 'over'][i % 3] ?? '')),
      ...(await Promise.all(['5', '6', '7'].map((capacity) => editing(h, MITO, capacity)))),
      changing(desk, MITO, 'convert', { into: 'online' }),
      changing(desk, APPROVED, 'convert', { into: 'online' }),
    ],
    ends,
    seed,
  )
}

/** A lottery whose entries are closed: drawn, announced, entered by telephone, withdrawn, all at once. */
async function mixOfDraws(h: House, seed: number): Promise<Sent[]> {
  const { draws } = h
  const entered = await holders(
    h,
    Array.from({ length: 8 }, () => forSeminar()),
  )
  at(h, DRAWN)
  const { cookie } = draws
  return withEnds(
    [
      ...Array.from({ length: 10 }, () => form('desk', '/desk/sessions/seminar/draw', [['step', 'do']], { cookie })),
      ...Array.from({ length: 10 }, () =>
        form('desk', '/desk/sessions/seminar/announce', [['step', 'do']], { cookie }),
      ),
      ...some(entered.flatMap(pressing), 20, seed),
      ...some(
        entered.flatMap((one) => tending(draws, one)),
        10,
        seed + 1,
      ),
      ...['refuse', 'wait', 'over'].map((full) => entering(draws, 'seminar', '', full)),
    ],
    some([[], [changing(draws, 'seminar', 'call-off', {})]], 1, seed).flat(),
    seed,
  )
}

/** Starts a process on the rows. Returns the function that lets it send its requests. */
async function racer({ w }: House, now: string, control = '') {
  const child: ChildProcess = spawn(process.execPath, [program('racer'), w.address, now, control], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  afterTest(() => child.kill('SIGKILL'))
  if (!child.stdout || !child.stdin) throw new Error('a child without pipes')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe('ready')
  const { stdin } = child
  return async (requests: Sent[]): Promise<number[]> => {
    stdin.write(`${JSON.stringify(requests)}\n`)
    return JSON.parse((await lines.next()).value ?? '[]')
  }
}

/** Sends all at once, by two processes where the engine has several. The clockwork runs meanwhile. */
async function raced(h: House, engine: EngineName, requests: Sent[], control = ''): Promise<number[]> {
  const { w, s } = h
  const clockwork = async () => {
    for (let i = 0; i < 3; i++) {
      await expire(w.system)
      await offer(w.system)
    }
  }
  if (engine === 'D1') {
    const sent = Promise.all(requests.map((one) => send(s.app, one)))
    await clockwork()
    return (await sent).map((one) => one.status)
  }
  const processes = await Promise.all([0, 1].map(() => racer(h, w.ctx.clock.now(), control)))
  const halves = processes.map((go, k) => go(requests.filter((_, i) => i % 2 === k)))
  await clockwork()
  const [even = [], odd = []] = await Promise.all(halves)
  return requests.map((_, i) => (i % 2 === 0 ? even : odd)[Math.floor(i / 2)] ?? 0)
}

/** What no race may leave: answers that are the server's fault, and rows that break a rule. */
async function wrong({ w }: House, requests: Sent[], answers: number[]): Promise<unknown[]> {
  const faults = requests.flatMap((one, i) => ((answers[i] ?? 500) >= 500 ? [`${answers[i]} ${commandOf(one)}`] : []))
  return [...faults, ...(await unlawful(w)), ...(await findings(w.system))]
}

const MIXES = { 'two days': mixOfDays, 'a lottery': mixOfDraws }

describe.each(ENGINES)('on %s', (engine) => {
  test.each(Object.keys(MIXES) as (keyof typeof MIXES)[])(
    'everything that may happen to %s at once leaves every counter and letter right',
    async (mix) => {
      for (let round = 0; round < times(1, 14); round++) {
        const seed = SEED + round
        const h = await house(engine)
        const requests = await MIXES[mix](h, seed)
        const answers = await raced(h, engine, requests)
        const found = await wrong(h, requests, answers)
        expect(found, `FAULT_SEED=${SEED}, round ${round}`).toEqual([])
        // Some went through and some were refused, or the requests say nothing.
        const { 200: ok = 0, 201: created = 0, 303: done = 0, 409: refused = 0 } = tally(answers)
        expect(ok + created + done).toBeGreaterThan(0)
        expect(refused).toBeGreaterThan(0)
      }
    },
  )
})

test('the negative control: without the recount, the same requests leave too many people', async () => {
  const h = await house('SQLite')
  const requests = [...crowd(40).map(applying), ...(await mixOfDays(h, SEED))]
  const answers = await raced(h, 'SQLite', requests, 'without-recount')
  expect(await wrong(h, requests, answers)).not.toEqual([])
})
