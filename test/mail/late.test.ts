import { afterEach, beforeEach, expect, test } from 'vitest'
import type { World } from '../world.ts'
import { booked, mailWorld, outbox, tickAndSend } from './fixtures.ts'
import { postOffice } from './post-office.ts'

let w: World
beforeEach(async () => {
  w = await mailWorld()
})
afterEach(() => w.close())

/** The letters that leave now, by subject; with `refuse` the server takes none for the time being. */
async function leave({ refuse = false } = {}): Promise<string[]> {
  const office = await postOffice(refuse ? { rcpt: () => [450, '4.2.1 try later'] } : {})
  await tickAndSend(w.system, office.mailer(), 'one')
  await office.close()
  return office.received.map(({ raw }) => raw)
}
const state = async (kind: string) => (await outbox(w)).filter((row) => row.kind === kind).map((row) => row.state)

/** In Japan: the day before at 10:00 and 20:59, that night, the day itself, the day after. */
test.each([
  ['2026-11-26T01:00:00.000Z', 'sent'],
  ['2026-11-26T11:59:00.000Z', 'sent'],
  ['2026-11-26T12:01:00.000Z', 'superseded'],
  ['2026-11-26T15:30:00.000Z', 'superseded'],
  ['2026-11-27T01:30:00.000Z', 'superseded'],
  ['2026-11-28T00:30:00.000Z', 'superseded'],
])('a reminder that the mail server held up until %s is %s', async (at, becomes) => {
  await booked(w)
  await leave()
  w.at('2026-11-26T00:00:00.000Z')
  expect(await leave({ refuse: true })).toEqual([])
  expect(await state('reminder')).toEqual(['waiting'])
  w.at(at)
  await leave()
  expect(await state('reminder')).toEqual([becomes])
})

test.each([
  ['2026-11-27T01:40:00.000Z', 'sent'],
  ['2026-11-27T01:50:00.000Z', 'superseded'],
])(
  'a confirmation that the mail server held up until %s is %s: nothing is to come after its time',
  async (at, becomes) => {
    w.at('2026-11-26T02:00:00.000Z')
    await booked(w)
    await leave({ refuse: true })
    w.at(at)
    await leave()
    expect(await state('booked')).toEqual([becomes])
  },
)
