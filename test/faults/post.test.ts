import { nat } from 'fast-check'
import { expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { deliver } from '../../src/mail/deliver.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { findings } from '../../src/node/findings.ts'
import { tally } from '../booking/crowd.ts'
import { booked, mailWorld } from '../mail/fixtures.ts'
import { parsed, postOffice } from '../mail/post-office.ts'
import { type Deed, openWay } from '../way.ts'
import { NOW } from '../world.ts'
import { chosen, makeRoom, print } from './house.ts'
import { SEED, times } from './size.ts'

const LETTERS = times(6, 40)
/** Rounds after which a letter that waits has left, whatever happened to it before. */
const ROUNDS = times(8, 40)

type Fate = { code: number; on: 'rcpt' | 'data' } | { deed: Deed; says: RegExp }

/** What a server does to some of the letters, before it takes them. */
const FATES: Record<string, Fate> = {
  '450 to RCPT, as one that greylists': { code: 450, on: 'rcpt' },
  '451 to DATA': { code: 451, on: 'data' },
  '530 to RCPT, as one that asks for a login': { code: 530, on: 'rcpt' },
  'cuts at MAIL': { deed: 'cut', says: /^MAIL FROM/m },
  'resets at RCPT': { deed: 'reset', says: /^RCPT TO/m },
  'cuts in DATA': { deed: 'cut', says: /^Subject:/im },
  'resets in DATA': { deed: 'reset', says: /^Subject:/im },
  'takes the letter, and the answer is lost': { deed: 'cut after', says: /\r\n\.\r\n$/ },
  'hangs before it greets': { deed: 'hang', says: /^$/ },
}

/** The fates that need half a minute each, because a hanging server is given that long. */
const SLOW: Record<string, Fate> = {
  'hangs at EHLO': { deed: 'hang', says: /^EHLO/m },
  'hangs at MAIL': { deed: 'hang', says: /^MAIL FROM/m },
  'hangs in DATA': { deed: 'hang', says: /^Subject:/im },
}

/** What came of letters that were sent through a server where the `unlucky` of its connections or commands meet a fate. */
type Outcome = {
  waiting: number
  states: string[]
  faults: string[]
  received: string[]
  rounds: number
  met: number
  found: unknown
}

/** Delivers letters, an hour between rounds, until none waits. */
async function deliverAll(
  fate: Fate,
  unlucky: ReadonlySet<number>,
  letters: number,
  host = '127.0.0.1',
): Promise<Outcome> {
  let [nth, met] = [0, 0]
  const meets = () => {
    const isUnlucky = unlucky.has(nth++)
    if (isUnlucky) met++
    return isUnlucky
  }
  const refusing = 'code' in fate ? { [fate.on]: () => (meets() ? [fate.code, '4.7.1 not now'] : null) } : {}
  const deedFor = (said: Buffer): Deed =>
    'deed' in fate && fate.says.test(said.toString('latin1')) && meets() ? fate.deed : 'pass'
  const [office, w] = await Promise.all([postOffice(refusing), mailWorld()])
  const way = await openWay(Number(new URL(office.url).port), deedFor)
  const mailer = smtpMailer(`smtp://${host}:${way.port}`, 4)
  try {
    await makeRoom(w)
    for (let i = 0; i < letters; i++) await booked(w)
    let rounds = 0
    const waiting = () => w.column("select id from outbox where channel = 'mail' and state in ('waiting', 'claimed')")
    for (; rounds < ROUNDS && (await waiting()).length > 0; rounds++) {
      w.at(plusMinutes(NOW, rounds * 60))
      await deliver(w.system, mailer, 'one')
    }
    return {
      waiting: (await waiting()).length,
      states: await w.column("select state from outbox where channel = 'mail'"),
      faults: await w.column("select fault from outbox where fault is not null and channel = 'mail'"),
      received: await Promise.all(office.received.map(async (one) => (await parsed(one)).messageId ?? '')),
      rounds,
      met,
      found: await findings(w.system),
    }
  } finally {
    mailer.close()
    await way.close()
    await office.close()
    await w.close()
  }
}

const all = { ...FATES, ...(times(0, 1) === 1 && SLOW) }

test.concurrent.each(Object.entries(all))(
  'letters to a server that %s are neither lost nor twice',
  async (name, fate) => {
    const hangs = 'deed' in fate && fate.deed === 'hang'
    const count = hangs ? 1 : Math.ceil(LETTERS / 2)
    const unlucky = new Set(chosen(nat({ max: hangs ? 0 : LETTERS - 1 }), count))
    const { received, states, rounds, met, ...rest } = await deliverAll(fate, unlucky, LETTERS)
    print(`${name}, ${met} times: ${LETTERS} letters, ${received.length} received in ${rounds} rounds`)
    const said = `FAULT_SEED=${SEED}`
    expect(met, said).toBe(unlucky.size)
    expect(rest, said).toEqual({ waiting: 0, faults: [], found: [] })
    expect(tally(states), said).toEqual({ sent: LETTERS })
    expect(new Set(received).size, said).toBe(LETTERS)
    // Only a letter whose answer was lost comes again, as the same message.
    const repeated = 'deed' in fate && fate.deed === 'cut after' ? unlucky.size : 0
    expect(received.length - LETTERS, said).toBe(repeated)
  },
)

test.concurrent.each(['rcpt', 'data'] as const)(
  'letters refused for good at %s are shown as failed, and delay no other',
  async (on) => {
    const unlucky = new Set(chosen(nat({ max: LETTERS - 1 }), 3))
    const { received, states, faults, waiting, found } = await deliverAll({ code: 550, on }, unlucky, LETTERS)
    const said = `FAULT_SEED=${SEED}`
    expect(tally(states), said).toEqual({ sent: LETTERS - unlucky.size, failed: unlucky.size })
    expect([waiting, received.length, new Set(received).size], said).toEqual([
      0,
      states.length - unlucky.size,
      received.length,
    ])
    expect(
      faults.filter((fault) => !fault.includes('550')),
      said,
    ).toEqual([])
    expect(found, said).toEqual([])
  },
)

test.concurrent('letters to a server without TLS, where it is required, wait and are not lost', async () => {
  // Not a name of this machine, but it leads there.
  const fate: Fate = { deed: 'pass', says: /^$/ }
  const { received, states, found } = await deliverAll(fate, new Set(), LETTERS, '0.0.0.0')
  expect(received).toEqual([])
  expect(tally(states)).toEqual({ waiting: LETTERS })
  expect(found).toEqual([])
})
