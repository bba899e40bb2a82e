import { sample } from 'fast-check'
import type { Hono } from 'hono'
import type { Env } from '../../../src/http/env.ts'
import { write } from '../../../src/mail/write.ts'
import { findings } from '../../../src/node/findings.ts'
import type { JournalRow, OutboxRow } from '../../../src/store/schema.ts'
import { afterTest } from '../../ends.ts'
import { everything } from '../../everything.ts'
import { type Site, site } from '../../http/app.ts'
import { type PostOffice, postOffice } from '../../mail/post-office.ts'
import { onEngine } from '../on-engine.ts'
import { commandOf, form, type Got, type Sent, send } from '../requests.ts'
import { SEED } from '../size.ts'
import { wrongIn, wrongInLetter } from './checks.ts'
import { type Plan, plan } from './hostile.ts'
import { type House, house, requestOf, signedInAgain } from './templates.ts'

/** Requests of one round. Each round has rows of its own. */
const ROUND = 1000

/** Requests between two looks at all rows. */
const CHUNK = 250

/** All rows, but the lines about what staff read. */
async function digest(s: Site): Promise<string> {
  const { journal = [], ...rest } = await everything(s)
  return JSON.stringify({
    ...rest,
    journal: (journal as JournalRow[]).filter(({ act }) => !act.startsWith('reading.')),
  })
}

/** What is wrong with the answer to a request, each with the request as a command. */
async function wrongAt(app: Hono<Env>, one: Sent): Promise<{ got: Got; wrong: string[] }> {
  const got = await send(app, one)
  const english = new URLSearchParams(one.path.split('?')[1]).get('lang') === 'en'
  const letter = /^\/desk\/outbox\/[^/]+\/html/.test(one.path)
  const wrong = await wrongIn(got, english ? 'en' : 'ja', letter)
  return { got, wrong: wrong.map((what) => `${what}: ${got.status} ${commandOf(one)}`) }
}

type Tally = { sent: number; statuses: Record<number, number>; wrong: string[] }

async function sendAll(app: Hono<Env>, requests: Sent[], tally: Tally): Promise<void> {
  for (const one of requests) {
    const { got, wrong } = await wrongAt(app, one)
    tally.sent++
    tally.statuses[got.status] = (tally.statuses[got.status] ?? 0) + 1
    tally.wrong.push(...wrong)
  }
}

/** Sends requests that only read. If rows changed, sends them once more, one by one, to name those that change rows. */
export async function readAll(s: Site, requests: Sent[], tally: Tally): Promise<void> {
  let before = await digest(s)
  await sendAll(s.app, requests, tally)
  if ((await digest(s)) === before) return
  tally.wrong.push('reading changed rows; the requests that do it again follow')
  for (const one of requests) {
    before = await digest(s)
    await send(s.app, one)
    if ((await digest(s)) !== before) tally.wrong.push(`changes rows: ${commandOf(one)}`)
  }
}

/** The exports with everybody in them, in each format. */
function exports({ roles }: House): Sent[] {
  return ['xlsx', 'csv', 'sjis'].map((format) => {
    const wanted = { from: '2026-04-01', to: '2027-03-31', prefecture: '', kind: '', status: '', format, anyway: '1' }
    return form('secretariat', '/desk/exports', Object.entries(wanted), roles.secretariat)
  })
}

/** Sends every letter of the rows to a real mail server, and reads what came. */
async function lettersWrong(s: Site, office: PostOffice): Promise<string[]> {
  const rows = await s.rows<OutboxRow>("select * from outbox where channel = 'mail'")
  const mailer = office.mailer()
  const wrong: string[] = []
  for (const row of rows) {
    const letter = await write(s.system, row, 'send')
    if (!letter) continue
    const came = office.received.length
    const sent = await mailer.send(letter)
    const message = office.received[came]
    const said = (what: string) => wrong.push(`the letter ${row.kind} to ${letter.to.address} ${what}`)
    if (!sent.ok && !sent.permanent) said(`is not taken: ${sent.fault}`)
    if (sent.ok && office.received.length !== came + 1) said('came several times')
    if (message) for (const what of await wrongInLetter(message, letter.to.address)) said(what)
  }
  return wrong
}

/** One round: reading and writing by turns, then everything that leaves the house. */
async function round(s: Site, seed: number, office: PostOffice, tally: Tally): Promise<void> {
  const h = await house(s)
  const plans: Plan[] = sample(plan, { numRuns: ROUND, seed })
  for (let at = 0; at < ROUND; at += CHUNK) {
    await signedInAgain(h)
    const requests = plans.slice(at, at + CHUNK).flatMap((one) => {
      const template = h.templates[one.which % h.templates.length]
      return template ? [requestOf(h, template, one)] : []
    })
    const isReading = ({ method }: Sent) => method !== 'POST'
    await readAll(s, requests.filter(isReading), tally)
    await sendAll(
      s.app,
      requests.filter((one) => !isReading(one)),
      tally,
    )
  }
  await sendAll(s.app, exports(h), tally)
  tally.wrong.push(...(await lettersWrong(s, office)))
  tally.wrong.push(...(await findings(s.system)).map((one) => `doctor finds ${JSON.stringify(one)}`))
}

const PRODUCTION_LIKE = { SMTP_URL: 'smtp://127.0.0.1:1' }

/** What is wrong after so many rounds on this engine, with the number of each status. */
export async function fuzzed(engine: 'SQLite' | 'PostgreSQL', rounds: number): Promise<Tally> {
  const tally: Tally = { sent: 0, statuses: {}, wrong: [] }
  const office = await postOffice()
  afterTest(office.close)
  for (let nth = 0; nth < rounds && tally.wrong.length < 20; nth++) {
    const s = await site({ ...(await onEngine(engine, { seeded: true })), env: PRODUCTION_LIKE })
    await round(s, SEED + nth, office, tally)
  }
  process.stdout.write(`${engine}: ${tally.sent} requests, ${JSON.stringify(tally.statuses)}\n`)
  return tally
}
