import { constantFrom, integer, record } from 'fast-check'
import { tick } from '../../src/clockwork.ts'
import { compareAll, readAhead } from './compare.ts'
import { DESK_DEEDS } from './desk-deeds.ts'
import { send } from './post.ts'
import { type Deed, type Pick, PUBLIC_DEEDS } from './public-deeds.ts'
import { quieten } from './quieten.ts'
import { type Town, town } from './town.ts'

const MINUTES = [1, 61, 200, 700, 1440]

/** What time does, and the post. */
const QUIET_DEEDS = {
  tick: (walked: Town) => tick(walked.s.system),
  send: (walked: Town) => send(walked),
  'send in vain': (walked: Town) => send(walked, true),
  'time passes': (walked: Town, pick: Pick) => walked.pass(pick(MINUTES) ?? 1),
  quieten,
} satisfies Record<string, Deed>

const DEEDS: Record<string, Deed> = { ...PUBLIC_DEEDS, ...DESK_DEEDS, ...QUIET_DEEDS }

/** How often each deed happens beside the others, which happen once. */
const OFTEN: Partial<Record<string, number>> = {
  'book by API': 8,
  'book by form': 2,
  enter: 5,
  'cancel by API': 2,
  'desk cancels': 2,
  accept: 2,
  call: 3,
  tick: 6,
  send: 6,
  'time passes': 3,
  reschedule: 2,
  announce: 2,
  draw: 2,
  quieten: 2,
}

const names = Object.keys(DEEDS).flatMap((name) => Array.from({ length: OFTEN[name] ?? 1 }, () => name))

/** A step: what is done, and the number by which it chooses. */
export const step = record({ name: constantFrom(...names), by: integer({ min: 0, max: 2 ** 30 }) })

/** Chooses by a number. */
function pickBy(by: number): Pick {
  let state = by
  const number = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return ((state ^ (state >>> 13)) >>> 0) % Math.max(1, below)
  }
  const pick = <T>(from: readonly T[]): T | undefined => from[number(from.length)]
  return Object.assign(pick, { number })
}

/** Places are taken first, so that most of what follows finds somebody. */
const BEGINNING = Array.from({ length: 12 }, (_, nth) => ({
  name: nth % 4 === 3 ? 'enter' : 'book by API',
  by: nth * 7919,
}))

/** Walks these steps in a new town. After each, all that anybody is shown agrees; at the end everybody knows what is. */
export async function walk(steps: readonly { name: string; by: number }[]): Promise<void> {
  const walked = await town()
  try {
    for (const { name, by } of [...BEGINNING, ...steps]) {
      await walked.pass(1)
      // What is kept in memory must not survive the deed.
      await readAhead(walked)
      const came = await DEEDS[name]?.(walked, pickBy(by))
      walked.done.push(
        `${walked.now()} ${name}: ${typeof came === 'string' || typeof came === 'number' ? came : 'done'}`,
      )
      await compareAll(walked)
    }
    await quieten(walked)
    await compareAll(walked)
  } catch (error) {
    const trace = walked.done.slice(-60).join('\n')
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nafter\n${trace}`, { cause: error })
  } finally {
    await walked.s.close()
  }
}
