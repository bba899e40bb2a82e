import { setTimeout as pause } from 'node:timers/promises'
import { constantFrom, sample } from 'fast-check'
import { afterTest } from '../ends.ts'
import { application, freshKey } from '../world.ts'
import { SEED } from './size.ts'

/** Sends a request to a path of the site. Throws if nobody answers. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** People who book one after the other and never give up: who got no answer asks again with the same key. */
export type Visitors = {
  /** Ids of the bookings that were answered. */
  answered: string[]
  /** Why somebody had to ask again: `503`, or `away`. */
  again: string[]
  /** Answers that no fault excuses. */
  strange: string[]
  /** Waits for so many more answers. Throws if none comes for a minute. */
  more(count: number): Promise<void>
  /** Lets everybody get the answer that they wait for, then sends nobody else. */
  stop(): Promise<void>
}

const PATIENCE_MS = 60_000
const PAUSE_MS = 50

type Open = { id: string; formats: string[]; slots: { id: string }[] }
type Told = { booking?: { id: string }; code?: string }

async function openSessions(ask: Ask): Promise<Open[]> {
  for (;;) {
    const answer = await ask('/api/v1/sessions?status=open&kind=consultation&limit=100')
    const { sessions } = (await answer.json()) as { sessions?: Open[] }
    // The later ones are ahead wherever the clock goes, or their letters would rightly not leave.
    if (sessions && sessions.length > 0) return sessions.slice(-25)
    if (answer.status !== 503) throw new Error('no session is open')
    await pause(PAUSE_MS)
  }
}

/** Sends `people` visitors at a time to sessions that the seed chooses. */
export async function visitors(ask: Ask, people = 8): Promise<Visitors> {
  const sessions = await openSessions(ask)
  const choices = sample(constantFrom(...sessions), { seed: SEED, numRuns: 1000 })
  const [answered, again, strange]: [string[], string[], string[]] = [[], [], []]
  const load = { going: true }
  let sent = 0

  /** Whether the answer ends the visit. */
  async function isAnswered(init: RequestInit): Promise<boolean> {
    let status: number
    let told: Told
    try {
      const answer = await ask('/api/v1/bookings', { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
      status = answer.status
      told = (await answer.json()) as Told
    } catch {
      again.push('away')
      return false
    }
    if (told.booking) answered.push(told.booking.id)
    else if (status === 503) again.push('503')
    else strange.push(`${status} ${told.code}`)
    return status !== 503
  }

  async function visit(): Promise<void> {
    const { id, formats, slots } = choices[sent++ % choices.length] as Open
    const given = application({ session: id, slot: slots[sent % slots.length]?.id ?? null, format: formats[0] })
    const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
    const init = { method: 'POST', body: JSON.stringify(given), headers }
    const until = performance.now() + PATIENCE_MS
    while (!(await isAnswered(init))) {
      if (performance.now() > until) throw new Error(`no answer to a visitor (FAULT_SEED=${SEED})`)
      await pause(PAUSE_MS)
    }
  }

  const work = Promise.all(
    Array.from({ length: people }, async () => {
      while (load.going) await visit()
    }),
  )
  work.catch(() => undefined) // told by `more` and `stop`
  afterTest(() => {
    load.going = false
  })
  return {
    answered,
    again,
    strange,
    async more(count) {
      const goal = answered.length + count
      let [known, since] = [answered.length, performance.now()]
      const come = async () => {
        while (answered.length < goal) {
          if (answered.length > known) [known, since] = [answered.length, performance.now()]
          if (performance.now() > since + PATIENCE_MS)
            throw new Error(`${answered.length} of ${goal} answered, ${strange.join()} (FAULT_SEED=${SEED})`)
          await pause(5)
        }
      }
      await Promise.race([come(), work.then(() => undefined)])
    },
    async stop() {
      load.going = false
      await work
    },
  }
}
