import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { runDue, startClockwork, tick } from '../src/clockwork.ts'
import { openedTotp } from '../src/people/totp-secret.ts'
import { withAccounts } from './acts.ts'
import { booked, cancelled, mailWorld, outbox, tickAndSend } from './mail/fixtures.ts'
import { type PostOffice, parsed, postOffice } from './mail/post-office.ts'
import { type World, world } from './world.ts'

const TOMORROW = '2026-11-23T01:00:00.000Z'
/** The first day on which the horizon of 90 days reaches the next Friday in Mito. */
const FRIDAY = 'ibaraki-2027-02-26'

const opened: World[] = []
const offices: PostOffice[] = []
afterEach(async () => {
  await Promise.all(offices.splice(0).map((one) => one.close()))
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

async function kept(w: Promise<World>): Promise<World> {
  opened.push(await w)
  return w
}

const plans = async (w: World) => (await w.rows("select id from journal where act = 'schedule.planned'")).length
const there = async (w: World, id: string) => (await w.rows('select id from session where id = ?', id)).length === 1
const turn = async (w: World) => (await w.column("select done_on from chore where name = 'plan'"))[0]

describe('a tick', () => {
  test('plans the days that have come within the horizon', async () => {
    const w = await kept(world())
    w.at('2026-11-28T01:00:00.000Z')
    expect(await there(w, FRIDAY)).toBe(false)
    await tick(w.system)
    expect(await there(w, FRIDAY)).toBe(true)
    expect(await turn(w)).toBe('2026-11-28')
  })

  test('plans once a day, by the process that comes first', async () => {
    const w = await kept(world())
    const before = await plans(w)
    w.at('2026-11-28T01:00:00.000Z')
    await Promise.all([1, 2, 3, 4].map(() => tick(w.system)))
    await tick(w.system)
    w.at('2026-11-28T14:59:59.999Z')
    await tick(w.system)
    expect(await plans(w)).toBe(before + 1)
    w.at('2026-11-28T15:00:00.000Z')
    await tick(w.system)
    expect(await turn(w)).toBe('2026-11-29')
    w.at('2026-12-05T01:00:00.000Z')
    await tick(w.system)
    expect(await plans(w)).toBe(before + 2)
  })

  test('leaves sending to the sender, which sends each letter once, whichever process', async () => {
    const office = await postOffice()
    offices.push(office)
    const w = await kept(mailWorld())
    const one = await booked(w, { email: 'taro@example.jp' })
    await booked(w, { email: 'hanako@example.jp' })
    await tick(w.system)
    expect((await outbox(w)).map((row) => row.state)).toEqual(['waiting', 'waiting'])
    await Promise.all(['one', 'two'].map((owner) => tickAndSend(w.system, office.mailer(), owner)))
    expect(office.received.flatMap((letter) => letter.to).toSorted()).toEqual(['hanako@example.jp', 'taro@example.jp'])
    expect((await outbox(w)).map((row) => row.state)).toEqual(['sent', 'sent'])
    await cancelled(w, one)
    await tickAndSend(w.system, office.mailer(), 'one')
    expect((await parsed(office.received.at(-1))).subject).toContain('【キャンセル】')
    await tickAndSend(w.system, office.mailer(), 'one')
    expect(office.received).toHaveLength(3)
  })

  test('seals the secrets of authenticator apps that an earlier version stored', async () => {
    const w = await kept(world({ seeded: false }).then(withAccounts))
    await w.run("update account set totp_secret = 'JBSWY3DPEHPK3PXP' where id = 'desk'")
    await tick(w.system)
    const [stored = ''] = await w.column<string>("select totp_secret from account where id = 'desk'")
    expect(stored).not.toContain('JBSWY3DP')
    expect(await openedTotp(w.ctx, 'desk', stored)).toBe('JBSWY3DPEHPK3PXP')
  })

  test('whose planning fails says so, does the rest of its work, and plans at the next', async () => {
    const w = await kept(mailWorld())
    await booked(w)
    w.at('2026-11-26T01:00:00.000Z')
    await w.run('alter table series rename to lost')
    await expect(tick(w.system)).rejects.toThrow(/series/)
    expect((await outbox(w)).map((row) => row.kind)).toEqual(['booked', 'reminder'])
    await w.run('alter table lost rename to series')
    w.at('2026-11-28T01:00:00.000Z')
    await tick(w.system)
    expect(await there(w, FRIDAY)).toBe(true)
    expect(await turn(w)).toBe('2026-11-28')
  })

  test('in which several jobs fail names them all', async () => {
    const w = await kept(world())
    await w.run('alter table interest rename to lost')
    await w.run('alter table suspension rename to gone')
    await expect(runDue(w.system)).rejects.toThrow(/suspension.*; .*interest/s)
  })

  test('is only for the clockwork: nobody else plans', async () => {
    const w = await kept(world())
    w.at(TOMORROW)
    await expect(tick(w.ctx)).rejects.toThrow('only for the system')
    await expect(runDue(w.ctx)).rejects.toThrow('only for the system')
    expect(await turn(w)).not.toBe('2026-11-23')
  })
})

describe('the clockwork', () => {
  /** A run that waits until it is released, and counts its calls. */
  function gated() {
    const waiting: (() => void)[] = []
    let started = 0
    let most = 0
    let now = 0
    return {
      started: () => started,
      most: () => most,
      go() {
        for (const one of waiting.splice(0)) one()
      },
      async run() {
        started++
        now++
        most = Math.max(most, now)
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
        })
        now--
      },
    }
  }
  const none = () => {}

  test('ticks at once when it starts', async () => {
    let ticks = 0
    const clockwork = startClockwork(async () => void ticks++, none)
    await clockwork.stop()
    expect(ticks).toBe(1)
  })

  test('ticks by itself again and again', async () => {
    let ticks = 0
    const thrice = new Promise<void>((resolve) => {
      const clockwork = startClockwork(
        async () => {
          ticks++
          if (ticks === 3) resolve(clockwork.stop())
        },
        none,
        0.005,
      )
    })
    await thrice
    expect(ticks).toBe(3)
    await pause(30)
    expect(ticks).toBe(3)
  })

  test('ticks one at a time, and once more for however many nudges came meanwhile', async () => {
    const gate = gated()
    const clockwork = startClockwork(gate.run, none)
    for (let i = 0; i < 5; i++) clockwork.nudge()
    expect(gate.started()).toBe(1)
    gate.go()
    await pause(0)
    expect(gate.started()).toBe(2)
    gate.go()
    await pause(0)
    expect([gate.started(), gate.most()]).toEqual([2, 1])
    await clockwork.stop()
  })

  test.each(Array.from({ length: 12 }, (_, i) => i))(
    'hears a nudge however close to the end of a tick (%i)',
    async (turns) => {
      let ticks = 0
      const clockwork = startClockwork(async () => void ticks++, none)
      for (let i = 0; i < turns; i++) await Promise.resolve()
      clockwork.nudge()
      await pause(0)
      expect(ticks).toBe(2)
      await clockwork.stop()
    },
  )

  test('reports a tick that fails, and the next works', async () => {
    const heard: unknown[] = []
    let ticks = 0
    const clockwork = startClockwork(
      async () => {
        ticks++
        if (ticks === 1) throw new Error('the database was locked')
      },
      (error) => heard.push(error),
    )
    await pause(0)
    clockwork.nudge()
    await clockwork.stop()
    expect([ticks, heard]).toEqual([2, [new Error('the database was locked')]])
  })

  test('tells what is under way that it is to stop', async () => {
    let told = false
    const clockwork = startClockwork(
      (stop) =>
        new Promise<void>((resolve) => {
          stop.addEventListener('abort', () => {
            told = true
            resolve()
          })
        }),
      none,
    )
    await clockwork.stop()
    expect(told).toBe(true)
  })

  test('stops after what is under way, and starts nothing more', async () => {
    const gate = gated()
    const clockwork = startClockwork(gate.run, none, 0.005)
    clockwork.nudge()
    let stopped = false
    const stopping = async () => {
      await clockwork.stop()
      stopped = true
    }
    const stop = stopping()
    await pause(20)
    expect(stopped).toBe(false)
    gate.go()
    await stop
    clockwork.nudge()
    await pause(20)
    expect(gate.started()).toBe(1)
  })
})
