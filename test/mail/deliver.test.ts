import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Forbidden } from '../../src/base/actor.ts'
import { plusMinutes } from '../../src/base/clock.ts'
import { BOOKING_LETTERS, meaningOf } from '../../src/base/letters.ts'
import { supersede } from '../../src/mail/claim.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { queue } from '../../src/store/outbox.ts'
import { orThrow } from '../../src/store/store.ts'
import { NOW, type World } from '../world.ts'
import { booked, cancelled, mailWorld, outbox } from './fixtures.ts'
import { type PostOffice, parsed, postOffice } from './post-office.ts'

let w: World
let office: PostOffice | undefined

beforeEach(async () => {
  w = await mailWorld()
})
afterEach(async () => {
  await office?.close()
  office = undefined
  await w.close()
})

const states = async () => (await outbox(w)).map((row) => `${row.kind} ${row.state}`)
const methods = () => office?.received.map((one) => /method=(\w+)/.exec(one.raw)?.[1])

/** The same rows anew, with other variables. */
async function restart(env: Record<string, string>): Promise<void> {
  await w.close()
  w = await mailWorld({ env })
}

const deliverTo = (one: PostOffice, owner = 'one') => deliver(w.system, one.mailer(), owner)

test('a confirmation reaches the person who booked, and is marked as sent', async () => {
  office = await postOffice()
  await booked(w, { email: 'taro@example.jp' })
  expect(await deliverTo(office)).toEqual({ sent: 1, waiting: 0, failed: 0, superseded: 0 })
  expect(office.received.map((one) => one.to)).toEqual([['taro@example.jp']])
  expect(await outbox(w)).toMatchObject([
    { state: 'sent', sent_at: NOW, attempts: 1, claimed_by: null, claimed_until: null, fault: null },
  ])
  expect(await deliverTo(office)).toMatchObject({ sent: 0 })
})

test('a letter put off by the server is tried again a minute later, under the same Message-ID', async () => {
  office = await postOffice({ rcpt: (nth) => (nth === 1 ? [450, '4.2.0 greylisted'] : null) })
  await booked(w)
  expect(await deliverTo(office)).toMatchObject({ sent: 0, waiting: 1 })
  const [put] = await outbox(w)
  expect(put).toMatchObject({ state: 'waiting', due_at: plusMinutes(NOW, 1), attempts: 1, claimed_by: null })
  expect(put?.fault).toContain('450')
  expect(await deliverTo(office)).toMatchObject({ sent: 0, waiting: 0 })
  w.at(plusMinutes(NOW, 1))
  expect(await deliverTo(office)).toMatchObject({ sent: 1 })
  expect(await outbox(w)).toMatchObject([{ state: 'sent', fault: null, attempts: 2 }])
  expect((await parsed(office.received[0])).messageId).toBe(`<${put?.id}@localhost>`)
})

test('a letter refused half-way through keeps its Message-ID at the next try', async () => {
  const seen: (string | undefined)[] = []
  office = await postOffice()
  const mailer = office.mailer()
  const forgetful: Mailer = {
    ...mailer,
    async send(letter) {
      seen.push(letter.messageId)
      return seen.length === 1 ? { ok: false, permanent: false, fault: 'DATA: 451' } : mailer.send(letter)
    },
  }
  await booked(w)
  await deliver(w.system, forgetful, 'one')
  w.at(plusMinutes(NOW, 1))
  await deliver(w.system, forgetful, 'one')
  expect(seen).toHaveLength(2)
  expect(seen[0]).toBe(seen[1])
})

test('a recipient refused for good ends the letter at once', async () => {
  office = await postOffice({ rcpt: () => [550, '5.1.1 <taro@example.jp> unknown'] })
  await booked(w, { email: 'taro@example.jp' })
  expect(await deliverTo(office)).toMatchObject({ failed: 1 })
  const [row, call] = (await outbox(w)).toSorted((a, b) => (a.channel < b.channel ? -1 : 1))
  expect(row).toMatchObject({ state: 'failed', attempts: 1 })
  expect(call).toMatchObject({ channel: 'phone', state: 'waiting', kind: 'booked', sequence: 0 })
  expect(row?.fault).toContain('550')
  expect(row?.fault).not.toContain('taro')
})

test('a server that is down is tried again for two days, ever more seldom, and then no more', async () => {
  const gone = await postOffice()
  await gone.close()
  await booked(w)
  const pauses: number[] = []
  for (let now = NOW; ; ) {
    const done = await deliverTo(gone)
    const [row] = await outbox(w)
    if (done.failed > 0 || !row) break
    pauses.push((Date.parse(row.due_at) - Date.parse(now)) / 60_000)
    now = row.due_at
    w.at(now)
  }
  expect(pauses.slice(0, 6)).toEqual([1, 5, 15, 60, 180, 180])
  const hours = pauses.reduce((sum, one) => sum + one, 0) / 60
  expect(hours).toBeGreaterThan(45)
  expect(hours).toBeLessThanOrEqual(48)
  const mails = (await outbox(w)).filter((row) => row.channel === 'mail')
  expect(mails).toMatchObject([{ state: 'failed', fault: expect.stringContaining('ECONNREFUSED') }])
})

test('after days without any sender the first trouble does not end a letter', async () => {
  await booked(w)
  w.at(plusMinutes(NOW, 5 * 24 * 60))
  office = await postOffice({ rcpt: (nth) => (nth === 1 ? [450, '4.2.0 later'] : null) })
  expect(await deliverTo(office)).toMatchObject({ waiting: 1, failed: 0 })
})

test('two senders at once send each letter once', async () => {
  office = await postOffice()
  const people = ['1000', '1100', '1300', '1400', '1500'].map((time) => ({ slot: `ibaraki-2026-11-27-${time}` }))
  for (const one of people) await booked(w, one)
  const mailer = office.mailer()
  const done = await Promise.all(['one', 'two', 'three'].map((owner) => deliver(w.system, mailer, owner)))
  expect(done.reduce((sum, one) => sum + one.sent, 0)).toBe(people.length)
  const to = office.received.flatMap((one) => one.to)
  expect(to).toHaveLength(people.length)
  expect(new Set(to).size).toBe(people.length)
})

test('a sender that dies between sending and marking repeats the letter, once its claim has run out', async () => {
  office = await postOffice()
  await booked(w)
  const mailer = office.mailer()
  const { commit } = w.system.store
  let commits = 0
  const dying = {
    ...w.system,
    store: {
      ...w.system.store,
      commit: (...writes: Parameters<typeof commit>) => (++commits > 2 ? die() : commit(...writes)),
    },
  }
  await expect(deliver(dying, mailer, 'dies')).rejects.toThrow('power cut')
  expect(office.received).toHaveLength(1)
  expect(await states()).toEqual(['booked claimed'])
  w.at(plusMinutes(NOW, 59 / 60))
  expect(await deliverTo(office, 'other')).toMatchObject({ sent: 0 })
  w.at(plusMinutes(NOW, 1))
  expect(await deliverTo(office, 'other')).toMatchObject({ sent: 1 })
  const ids = await Promise.all(office.received.map(async (one) => (await parsed(one)).messageId))
  expect(ids).toHaveLength(2)
  expect(ids[0]).toBe(ids[1])
})

function die(): never {
  throw new Error('power cut')
}

test('a sender whose claim ran out meanwhile does not overwrite what the next one wrote', async () => {
  office = await postOffice()
  await booked(w)
  const mailer = office.mailer()
  const slow: Mailer = {
    ...mailer,
    async send() {
      w.at(plusMinutes(NOW, 8))
      await deliver(w.system, mailer, 'next')
      return { ok: false, permanent: true, fault: 'too late' }
    },
  }
  await deliver(w.system, slow, 'slow')
  expect(await outbox(w)).toMatchObject([{ state: 'sent', fault: null, attempts: 2 }])
})

test('the letters of one booking leave in the order things happened', async () => {
  office = await postOffice({ rcpt: (nth) => (nth === 1 ? [450, '4.2.0 later'] : null) })
  const one = await booked(w)
  w.at(plusMinutes(NOW, 1 / 60))
  await w.ctx.store.commit(queue(w.ctx, { kind: 'link', subject: one.id, sequence: 0, locale: 'ja', dedupe_key: 'x' }))
  expect(await deliverTo(office)).toMatchObject({ sent: 0, waiting: 1 })
  expect(await deliverTo(office)).toMatchObject({ sent: 0, waiting: 0 })
  expect(office.received).toEqual([])
  w.at(plusMinutes(NOW, 2))
  expect(await deliverTo(office)).toMatchObject({ sent: 2 })
  const subjects = await Promise.all(office.received.map(async (mail) => (await parsed(mail)).subject ?? ''))
  expect(subjects.map((subject) => subject.slice(0, 6))).toEqual(['【予約確定】', '【予約の確認'])
})

test('a confirmation overtaken by the cancellation is not sent late, and the cancellation does not wait for it', async () => {
  office = await postOffice({ rcpt: (nth) => (nth === 1 ? [450, '4.2.0 later'] : null) })
  const one = await booked(w)
  expect(await deliverTo(office)).toMatchObject({ waiting: 1 })
  await cancelled(w, one)
  expect(await deliverTo(office)).toEqual({ sent: 1, waiting: 0, failed: 0, superseded: 1 })
  expect(await states()).toEqual(['booked superseded', 'cancelled sent'])
  expect(methods()).toEqual(['CANCEL'])
})

test('a cancellation takes back what promises something, of all kinds of letters, and nothing else', async () => {
  const one = await booked(w)
  await w.run('delete from outbox')
  const all = BOOKING_LETTERS.map((kind) => queue(w.ctx, { kind, subject: one.id, sequence: 0, locale: 'ja' }))
  orThrow(await w.ctx.store.commit(...all))
  expect(await supersede(w.ctx)).toBe(0)
  await cancelled(w, one)
  await supersede(w.ctx)
  const taken = (await outbox(w)).filter((row) => row.state === 'superseded').map((row) => row.kind)
  expect(taken.toSorted()).toEqual(BOOKING_LETTERS.filter((kind) => meaningOf(kind).promise).toSorted())
})

test('a cancellation takes back a call that promises something', async () => {
  const one = await booked(w)
  await w.run("update outbox set channel = 'phone', kind = 'rescheduled'")
  await cancelled(w, one)
  await supersede(w.ctx)
  expect(await states()).toEqual(['rescheduled superseded', 'cancelled waiting'])
})

test('a cancellation between claim and writing still takes the confirmation back', async () => {
  office = await postOffice()
  const one = await booked(w)
  const { commit } = w.system.store
  let commits = 0
  const late = {
    ...w.system,
    store: {
      ...w.system.store,
      async commit(...writes: Parameters<typeof commit>) {
        const done = await commit(...writes)
        if (++commits === 2) await cancelled(w, one)
        return done
      },
    },
  }
  expect(await deliver(late, office.mailer(), 'one')).toMatchObject({ sent: 1, superseded: 1 })
  expect(await states()).toEqual(['booked superseded', 'cancelled sent'])
})

test('one letter that cannot be written does not stop the others', async () => {
  office = await postOffice()
  await booked(w, { slot: 'ibaraki-2026-11-27-1000' })
  await booked(w, { slot: 'ibaraki-2026-11-27-1100' })
  const mailer = office.mailer()
  let nth = 0
  const stumbling: Mailer = { ...mailer, send: (letter) => (++nth === 1 ? die() : mailer.send(letter)) }
  expect(await deliver(w.system, stumbling, 'one')).toMatchObject({ sent: 1, waiting: 1 })
  expect((await outbox(w)).find((row) => row.state === 'waiting')?.fault).toBe('could not be written: Error')
})

test('a letter for somebody without an e-mail is a call', async () => {
  office = await postOffice()
  const one = await booked(w)
  await w.ctx.store.commit(w.ctx.store.db.updateTable('booking').set({ email: null }).where('id', '=', one.id))
  expect(await deliverTo(office)).toMatchObject({ sent: 0, waiting: 1 })
  expect(await states()).toEqual(['booked waiting'])
  expect(await w.column('select channel from outbox')).toEqual(['phone'])
  expect(await deliverTo(office)).toMatchObject({ sent: 0, waiting: 0 })
})

test('letters kept because there was no mail server are never sent later', async () => {
  await restart({ SMTP_URL: '' })
  await booked(w)
  office = await postOffice()
  w.at(plusMinutes(NOW, 60))
  expect(await deliverTo(office)).toMatchObject({ sent: 0 })
  expect(await states()).toEqual(['booked kept'])
})

test('a round ends after as many letters as it was allowed', async () => {
  office = await postOffice()
  for (const time of ['1000', '1100', '1300']) await booked(w, { slot: `ibaraki-2026-11-27-${time}` })
  expect(await deliver(w.system, office.mailer(), 'one', { limit: 2 })).toMatchObject({ sent: 2 })
  expect(office.received).toHaveLength(2)
})

test('a sender told to stop finishes the letters under way and leaves the others as they are', async () => {
  await restart({ MAIL_CONNECTIONS: '1' })
  office = await postOffice()
  for (const time of ['1000', '1100', '1300']) await booked(w, { slot: `ibaraki-2026-11-27-${time}` })
  const mailer = office.mailer()
  const stop = new AbortController()
  const stopping: Mailer = {
    ...mailer,
    send(letter) {
      stop.abort()
      return mailer.send(letter)
    },
  }
  expect(await deliver(w.system, stopping, 'one', { stop: stop.signal })).toMatchObject({ sent: 1 })
  expect((await outbox(w)).map((row) => row.state).toSorted()).toEqual(['sent', 'waiting', 'waiting'])
})

/** Books a place in each of these slots of a day, a second apart. Returns the addresses. */
async function bookedIn(times: string[]): Promise<string[]> {
  const people = times.map((time) => ({ slot: `ibaraki-2026-11-27-${time}`, email: `at-${time}@example.jp` }))
  for (const [i, one] of people.entries()) {
    w.at(plusMinutes(NOW, i / 60))
    await booked(w, one)
  }
  return people.map((one) => one.email)
}

test('a round ends when the line fails twice in a row, and the other letters keep their turn', async () => {
  await restart({ MAIL_CONNECTIONS: '1' })
  const gone = await postOffice()
  await gone.close()
  await bookedIn(['1000', '1100', '1300', '1400'])
  expect(await deliverTo(gone)).toMatchObject({ waiting: 2 })
  expect((await outbox(w)).map((row) => row.attempts)).toEqual([1, 1, 0, 0])
  expect(await deliverTo(gone)).toMatchObject({ waiting: 2 })
  expect((await outbox(w)).map((row) => row.attempts)).toEqual([1, 1, 1, 1])
})

test('a line that fails now and then, and refused letters, end no round', async () => {
  await restart({ MAIL_CONNECTIONS: '1' })
  const answers: ([number, string] | null)[] = [
    [421, '4.3.2 later'],
    [550, '5.1.1 unknown'],
    [450, '4.2.0 later'],
    null,
  ]
  office = await postOffice({ rcpt: (nth) => answers[(nth - 1) % answers.length] ?? null })
  await bookedIn(['1000', '1100', '1300', '1400', '1500'])
  expect(await deliverTo(office)).toMatchObject({ sent: 1, waiting: 3, failed: 1 })
})

test('a letter that is due again before its round ends waits for the next', async () => {
  await bookedIn(['1000', '1100', '1300'])
  let tries = 0
  const failing: Mailer = {
    async send() {
      tries++
      w.at(plusMinutes(NOW, 10 * tries))
      return { ok: false, permanent: false, fault: 'later' }
    },
    close: () => undefined,
  }
  expect(await deliver(w.system, failing, 'one')).toMatchObject({ waiting: 3 })
  expect(tries).toBe(3)
})

test('a sign-in letter goes first, also if it comes while others are sent', async () => {
  await restart({ MAIL_CONNECTIONS: '1' })
  office = await postOffice()
  const account = { name: '担当', role: 'secretariat' }
  for (const email of ['first@example.jp', 'second@example.jp']) await addAccount(w.system, { ...account, email })
  const [one, two] = await bookedIn(['1000', '1100'])
  w.at(plusMinutes(NOW, 1))
  await askToSignIn(w.ctx, { email: 'first@example.jp' })
  const mailer = office.mailer()
  const asking: Mailer = {
    ...mailer,
    async send(letter) {
      if (letter.to.address === one) await askToSignIn(w.ctx, { email: 'second@example.jp' })
      return mailer.send(letter)
    },
  }
  expect(await deliver(w.system, asking, 'one')).toMatchObject({ sent: 4 })
  const order = office.received.flatMap((letter) => letter.to)
  expect(order).toEqual(['first@example.jp', one, 'second@example.jp', two])
})

test('as many letters leave at once as there are connections, and never two of one booking', async () => {
  let full = () => {}
  const four = new Promise<void>((resolve) => {
    full = resolve
  })
  // The server answers nobody before the fourth has come.
  office = await postOffice({
    async mail(nth) {
      if (nth === 4) full()
      await Promise.race([four, pause(5000)])
    },
  })
  const parties = ['1000', '1100', '1300', '1400', '1500']
  for (const time of parties) {
    const { id } = await booked(w, { slot: `ibaraki-2026-11-27-${time}` })
    const link = { kind: 'link' as const, subject: id, sequence: 0, locale: 'ja' as const, dedupe_key: 'x' }
    orThrow(await w.ctx.store.commit(queue(w.ctx, link)))
  }
  const mailer = office.mailer()
  const underWay: string[] = []
  const twice: string[] = []
  const watched: Mailer = {
    ...mailer,
    async send(letter) {
      if (underWay.includes(letter.to.address)) twice.push(letter.to.address)
      underWay.push(letter.to.address)
      const sent = await mailer.send(letter)
      underWay.splice(underWay.indexOf(letter.to.address), 1)
      return sent
    },
  }
  expect(await deliver(w.system, watched, 'one')).toMatchObject({ sent: 10 })
  expect(office.seen.most).toBe(4)
  expect(twice).toEqual([])
})

test('a letter that takes longer than its claim stays with its sender, which renews it', async () => {
  office = await postOffice()
  await booked(w)
  const mailer = office.mailer()
  const [until, tries] = ['claimed_until', 'attempts'].map((column) => () => w.column(`select ${column} from outbox`))
  const others: number[] = []
  const slow: Mailer = {
    ...mailer,
    async send(letter) {
      for (const seconds of [40, 80, 120]) {
        const now = plusMinutes(NOW, seconds / 60)
        w.at(now)
        await vi.waitFor(async () => expect(await until?.()).toEqual([plusMinutes(now, 1)]), { timeout: 20_000 })
        others.push((await deliver(w.system, mailer, 'other')).sent)
      }
      return mailer.send(letter)
    },
  }
  expect(await deliver(w.system, slow, 'slow', { renewMs: 5 })).toMatchObject({ sent: 1 })
  expect([others, await tries?.(), office.received.length]).toEqual([[0, 0, 0], [1], 1])
})

/** Confirmations of so many parties, each with an address of its own. */
async function confirmations(many: number): Promise<void> {
  for (const time of ['1000', '1100', '1300', '1400', '1500'].slice(0, many)) {
    await booked(w, { slot: `ibaraki-2026-11-27-${time}` })
  }
}

test('as many letters as leave at once are claimed together, and marked together', async () => {
  office = await postOffice()
  await confirmations(4)
  const { commit } = w.system.store
  let commits = 0
  const counted = {
    ...w.system,
    store: {
      ...w.system.store,
      commit: (...writes: Parameters<typeof commit>) => {
        commits++
        return commit(...writes)
      },
    },
  }
  expect(await deliver(counted, office.mailer(), 'one')).toMatchObject({ sent: 4 })
  // What was overtaken, the claims, and the outcomes: together, unless the server took long over one of them.
  expect(commits).toBeGreaterThanOrEqual(3)
  expect(commits).toBeLessThan(1 + 4 + 4)
})

test('a round that is stopped gives back what it claimed and did not try; meanwhile it holds all of it', async () => {
  await restart({ MAIL_CONNECTIONS: '2' })
  await confirmations(5)
  const stop = new AbortController()
  const held: unknown[] = []
  let nth = 0
  const mailer: Mailer = {
    close: () => undefined,
    async send() {
      const mine = ++nth
      // The second waits until the first caller has claimed two more and begun the third.
      if (mine === 2) await vi.waitFor(() => expect(stop.signal.aborted).toBe(true), { timeout: 20_000 })
      if (mine === 3) {
        const now = plusMinutes(NOW, 40 / 60)
        w.at(now)
        const until = () => w.column("select claimed_until from outbox where state = 'claimed'")
        const all = Array.from({ length: 3 }, () => plusMinutes(now, 1))
        await vi.waitFor(async () => expect(await until()).toEqual(all), { timeout: 20_000 })
        held.push(...(await until()))
        stop.abort()
      }
      return { ok: true }
    },
  }
  expect(await deliver(w.system, mailer, 'one', { stop: stop.signal, renewMs: 5 })).toMatchObject({ sent: 3 })
  expect(held).toHaveLength(3)
  const left = (await outbox(w)).filter(({ state }) => state !== 'sent')
  const untouched = { state: 'waiting', attempts: 0, claimed_by: null, claimed_until: null }
  expect(left).toMatchObject([untouched, untouched])
})

test('nobody but the clockwork sends letters', async () => {
  office = await postOffice()
  await expect(deliver(w.ctx, office.mailer(), 'one')).rejects.toThrow(Forbidden)
})
