import { setTimeout as pause } from 'node:timers/promises'
import { integer } from 'fast-check'
import { expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { civilDate } from '../../src/base/japan/civil.ts'
import { tick } from '../../src/clockwork.ts'
import type { Ctx } from '../../src/context.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { tally } from '../booking/crowd.ts'
import { site } from '../http/app.ts'
import { MITO, NOW } from '../world.ts'
import { chosen, expectLawful, expectSound, makeRoom } from './house.ts'
import { SEED, times } from './size.ts'
import { type Ask, visitors } from './visitors.ts'

const DAY = 24 * 60
/** Two hours after the schedule was published, so that it is open an hour earlier too. */
const START = plusMinutes(NOW, 120)

/** All that is due now: errands, and the letters. */
async function runAll(ctx: Ctx, mailer: Mailer): Promise<void> {
  await tick(ctx)
  await deliver(ctx, mailer, 'clock')
}

test('while the clock of the machine jumps to and fro, people book and every letter leaves', async () => {
  const home = await site({ env: { SMTP_URL: 'smtp://mail.invalid', MAIL_FROM: 'noreply@madoguchi.example' } })
  home.at(START)
  await makeRoom(home)
  const ask: Ask = async (path, init) => {
    await pause(30) // so that letters are written meanwhile, in the same process
    return home.app.request(path, init)
  }
  const load = await visitors(ask, 3)
  const sent: string[] = []
  const mailer: Mailer = {
    async send({ messageId }) {
      sent.push(messageId)
      return { ok: true }
    },
    close: () => undefined,
  }
  // An hour back, a day ahead, and whatever the seed says, always for a moment.
  const jumps = [-60, DAY, ...chosen(integer({ min: -90, max: 2 * DAY }), times(3, 60))]
  for (const [i, minutes] of jumps.entries()) {
    await load.more(5)
    home.at(plusMinutes(START, minutes + i))
    await runAll(home.system, mailer)
    await load.more(5)
    await expectLawful(home, load)
    home.at(plusMinutes(START, i))
    await runAll(home.system, mailer)
  }
  await load.stop()
  home.at(plusMinutes(START, 3 * DAY))
  for (let rounds = Math.ceil(load.answered.length / 100); rounds > 0; rounds--) await runAll(home.system, mailer)
  const states = tally(await home.column<string>('select state from outbox'))
  expect(states, `FAULT_SEED=${SEED}`).toEqual({ sent: sent.length })
  expect(sent.length, `FAULT_SEED=${SEED}`).toBe(new Set(sent).size)
  await expectSound(`${jumps.length} jumps of the clock, ${sent.length} letters sent`, home, load)
})

test('limits go by the clock that only goes forward, and kept pages by the day, wherever the machine’s clock jumps', async () => {
  let elapsed = 0
  const home = await site({ cache: true, elapsed: () => elapsed, env: { RATE_LIMIT: 'on' } })
  const post = () => home.post(`/sessions/${MITO}/book`)
  const calls = async () => {
    home.reads()
    await home.ask('/calendar')
    return home.reads()
  }
  for (const minutes of [-60, DAY, ...chosen(integer({ min: -DAY, max: DAY }), times(5, 100))]) {
    for (let i = 0; i < 120; i++) expect((await post()).status, `FAULT_SEED=${SEED}`).toBe(422)
    await home.ask('/calendar')
    home.at(plusMinutes(NOW, minutes))
    expect((await post()).status, `after a jump of ${minutes} min, FAULT_SEED=${SEED}`).toBe(429)
    elapsed += 60_000
    expect((await post()).status, `after a jump of ${minutes} min, FAULT_SEED=${SEED}`).toBe(422)
    const isOtherDay = civilDate(plusMinutes(NOW, minutes)) !== civilDate(NOW)
    expect((await calls()) > 0 || !isOtherDay, `FAULT_SEED=${SEED}`).toBe(true)
    await home.ask('/calendar')
    expect(await calls(), `FAULT_SEED=${SEED}`).toBe(0)
    home.at(NOW)
    elapsed += 60_000
  }
})

test('a clock that was a day ahead for a moment leaves out no reminder of the next day', async () => {
  const home = await site()
  // Friday the 27th: its reminder is due on Thursday. The clock jumps on Wednesday.
  const [wednesday, thursday] = ['2026-11-25T01:00:00.000Z', '2026-11-26T01:00:00.000Z']
  const errands = () => tick(home.system)
  const reminders = () => home.column("select subject from outbox where kind = 'reminder'")
  await errands()
  home.at(wednesday)
  await errands()
  home.at(thursday)
  await errands()
  home.at(wednesday)
  const { id } = await home.booked()
  await errands()
  expect(await reminders()).toEqual([])
  home.at(thursday)
  await errands()
  await errands()
  expect(await reminders()).toEqual([id])
})
