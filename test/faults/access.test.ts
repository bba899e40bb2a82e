import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { type Actor, canManage, type Role, visiblePrefectures } from '../../src/base/actor.ts'
import { mayExport } from '../../src/figures/exports/exporter.ts'
import type { Env } from '../../src/http/env.ts'
import { type Site, site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { browser } from '../people/fixtures.ts'
import { type Asked, type Entry, facts, MARKS, MATRIX, type Need, withDays } from './matrix.ts'
import { commandOf, type Got, type Sent, send } from './requests.ts'

/** Somebody who sends requests that are meant for others. */
type Caller = { name: string; actor: Actor; proven: boolean; headers: Record<string, string> }

const PUBLIC: Actor = { kind: 'public' }

/** All kinds of caller, but the rightful one. */
async function callers(s: Site): Promise<Caller[]> {
  const other = await s.booked()
  const holder = { name: 'holder of another token', actor: PUBLIC, proven: false }
  const all: Caller[] = [
    { name: 'nobody', actor: PUBLIC, proven: false, headers: {} },
    { ...holder, headers: { authorization: `Bearer ${other.token}` } },
  ]
  const staff: [Role, string[]][] = [
    ['expert', []],
    ['viewer', ['08']],
    ['viewer', ['13']],
    ['desk', ['13']],
  ]
  for (const [role, prefectures] of staff) {
    const { id, cookie } = await signedIn(s, role, ...prefectures)
    const actor: Actor = { kind: 'staff', id, role, prefectures }
    all.push({ name: `${role} of ${prefectures.join()}`, actor, proven: true, headers: { cookie } })
  }
  const { id, cookie } = await signedIn(s, 'secretariat')
  const actor: Actor = { kind: 'staff', id, role: 'secretariat', prefectures: [] }
  all.push({ name: 'secretariat', actor, proven: true, headers: { cookie } })
  const unproven = `${cookie.split('=')[0]}=${await browser(s, id)}`
  return [...all, { name: 'unproven secretariat', actor, proven: false, headers: { cookie: unproven } }]
}

/** Whether the caller may do what a route needs, by the rules of `src/base/actor.ts`. */
const MAY: Record<Need, (caller: Caller) => boolean> = {
  anybody: () => true,
  token: () => false,
  bearer: () => false,
  own: () => false,
  theirs: ({ actor, proven }) => proven && actor.kind === 'staff' && actor.role === 'secretariat',
  proof: ({ actor }) => actor.kind === 'staff',
  account: ({ actor, proven }) => actor.kind === 'staff' && proven,
  read: ({ actor, proven }) => proven && (visiblePrefectures(actor)?.includes('08') ?? true),
  figures: ({ actor, proven }) => proven && visiblePrefectures(actor)?.length !== 0,
  manage: ({ actor, proven }) => proven && canManage(actor, '08'),
  plan: ({ actor, proven }) => proven && canManage(actor),
  export: ({ actor, proven }) => proven && mayExport(actor),
  secretariat: ({ actor, proven }) => proven && actor.kind === 'staff' && actor.role === 'secretariat',
}

/** Whether the caller may read what people of Ibaraki typed. */
const readsPeople = (caller: Caller) => MAY.read(caller)

/** Whether an answer refuses: by its status, or by leading to the way in. */
function isRefused({ status, location }: Got): boolean {
  if (status === 303) return /\/desk\/((sign-in|proof)(\?|$)|security$)/.test(location)
  return [401, 403, 404].includes(status)
}

/** The request, sent by somebody else. */
function by({ name, headers }: Caller, sent: Sent): Sent {
  const { cookie: _, authorization: __, ...rest } = sent.headers
  return { ...sent, as: name, headers: { ...rest, ...headers } }
}

/** The requests that a caller may try. Behind a link these are guesses at its token. */
function attempts(h: House, entry: Entry, { sent, token }: Asked, caller: Caller): Sent[] {
  if (entry.needs !== 'token' || token === undefined) return [by(caller, sent)]
  const near = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`
  const guesses = [...Object.values(h.booking), near, token.slice(0, 20)]
  return guesses.map((guess) => by(caller, { ...sent, path: sent.path.replace(token, guess) }))
}

/** The rows that the connection to SQLite has written so far, also those that stayed as they were. */
const written = async (s: Site) => (await s.column<number>('select total_changes()'))[0]

const CAPS = ['CAP_RECIPIENT', 'CAP_PHONE', 'CAP_NETWORK', 'CAP_LETTERS', 'CAP_PLACES'].map((name) => [name, '1000'])
const PRODUCTION_LIKE = { env: { SMTP_URL: 'smtp://127.0.0.1:1', CAPS: 'on', ...Object.fromEntries(CAPS) } }

async function house() {
  const s = await site(PRODUCTION_LIKE)
  await withDays(s)
  const [desk, secretariat] = [await signedIn(s, 'desk', '08'), await signedIn(s, 'secretariat')]
  const f = facts(s, desk, secretariat)
  const { id, number } = await f.booked()
  const [hash = ''] = await s.column<string>('select token_hash from booking where id = ?', id)
  return { s, f, others: await callers(s), booking: { id, number, hash } }
}

type House = Awaited<ReturnType<typeof house>>

/** What is wrong with an answer to a caller. */
function faultsOf(entry: Entry, caller: Caller, one: Sent, got: Got): string[] {
  const may = MAY[entry.needs](caller)
  // A page that asks for a proof keeps what the caller typed.
  const typed = [...new URLSearchParams(one.body)].flat().join('\n')
  const body = new TextDecoder().decode(got.body)
  const isFaultOfField = got.status === 422 && /aria-invalid="true"|role="alert"/.test(body)
  return [
    ...(got.status >= 500 ? ['is a fault'] : []),
    // A button about what is not one's own does nothing, and leads back to the page.
    // A form keeps what was typed, and says that the caller may not choose that.
    ...(may || entry.needs === 'own' || entry.needs === 'token' || isRefused(got) || isFaultOfField
      ? []
      : ['is not refused']),
    ...(!readsPeople(caller) && MARKS.some((mark) => body.includes(mark) && !typed.includes(mark))
      ? ['shows people of Ibaraki']
      : []),
  ]
}

/** Whether the caller's own request is sent too. Acts that the caller may do are done by the rightful caller alone. */
const isHarmless = ({ needs, alone }: Entry) =>
  !alone && ['anybody', 'account', 'proof', 'figures', 'read', 'plan'].includes(needs)

/** What is wrong with the answers of one route, for everybody. Empty if nothing is. */
async function wrongAt(h: House, entry: Entry): Promise<string[]> {
  const { s, f, others } = h
  const asked = await entry.ask(f)
  const wrong: string[] = []
  for (const caller of others) {
    const may = MAY[entry.needs](caller)
    if (may && !isHarmless(entry)) continue
    for (const one of attempts(h, entry, asked, caller)) {
      const before = await written(s)
      const got = await send(s.app, one)
      const faults = faultsOf(entry, caller, one, got)
      if (!may && before !== (await written(s))) faults.push('changes rows')
      wrong.push(...faults.map((what) => `${what}: ${got.status} ${commandOf(one)}`))
    }
  }
  const got = await send(s.app, asked.sent)
  const done = entry.answers === undefined ? !isRefused(got) && got.status < 400 : got.status === entry.answers
  if (!done) wrong.push(`its rightful caller gets ${got.status} ${got.location}: ${commandOf(asked.sent)}`)
  return wrong
}

test('every route is in the matrix, and nothing else is', async () => {
  const { app } = await site(PRODUCTION_LIKE)
  const routes = app.routes.filter(({ method }) => method !== 'ALL')
  const names = routes.map(({ method, path }) => `${method} ${path.replace(/(?<=.)\/$/, '')}`)
  expect(Object.keys(MATRIX).toSorted()).toEqual([...new Set(names)].toSorted())
})

test('at no route does anybody read or change what is another’s, and its rightful caller gets through', async () => {
  const h = await house()
  const wrong: string[] = []
  for (const [route, entry] of Object.entries(MATRIX)) {
    for (const one of await wrongAt(h, entry)) wrong.push(`${route}: ${one}`)
  }
  expect(wrong).toEqual([])
})

test('the negative control: a route that shows, changes or forgets to refuse is found', async () => {
  const h = await house()
  const { s } = h
  const app = new Hono<Env>()
    .post('/desk/control', async (c) => {
      await s.run("update booking set note = 'changed'")
      return c.text((await s.column<string>('select company from booking')).join())
    })
    .route('/', s.app)
  const control = { ...h, s: { ...s, app } }
  const entry: Entry = { needs: 'manage', ask: (f) => f.post('/desk/control') }
  const said = (await wrongAt(control, entry)).map((one) => one.split(':')[0])
  expect(new Set(said)).toEqual(new Set(['is not refused', 'shows people of Ibaraki', 'changes rows']))
  expect(await wrongAt(control, { ...entry, ask: (f) => f.post('/desk/nowhere') })).toHaveLength(1)
})
