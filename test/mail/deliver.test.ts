import { afterEach, beforeEach, expect, test } from 'vitest'
import { Forbidden } from '../../src/base/actor.ts'
import { plusMinutes } from '../../src/base/clock.ts'
import { BOOKING_LETTERS, meaningOf } from '../../src/base/letters.ts'
import { supersede } from '../../src/mail/claim.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
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
  const [row] = await outbox(w)
  expect(row).toMatchObject({ state: 'failed', attempts: 1 })
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
  expect(await outbox(w)).toMatchObject([{ state: 'failed', fault: expect.stringContaining('ECONNREFUSED') }])
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
  expect(await deliverTo(office, 'other')).toMatchObject({ sent: 0 })
  w.at(plusMinutes(NOW, 8))
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

test('a letter for somebody without an e-mail is put aside', async () => {
  office = await postOffice()
  const one = await booked(w)
  await w.ctx.store.commit(w.ctx.store.db.updateTable('booking').set({ email: null }).where('id', '=', one.id))
  expect(await deliverTo(office)).toMatchObject({ sent: 0, superseded: 1 })
  expect(await states()).toEqual(['booked superseded'])
})

test('letters kept because there was no mail server are never sent later', async () => {
  await w.close()
  w = await mailWorld({ env: { SMTP_URL: '' } })
  await booked(w)
  office = await postOffice()
  w.at(plusMinutes(NOW, 60))
  expect(await deliverTo(office)).toMatchObject({ sent: 0 })
  expect(await states()).toEqual(['booked kept'])
})

test('a round ends after as many letters as it was allowed', async () => {
  office = await postOffice()
  for (const time of ['1000', '1100', '1300']) await booked(w, { slot: `ibaraki-2026-11-27-${time}` })
  expect(await deliver(w.system, office.mailer(), 'one', 2)).toMatchObject({ sent: 2 })
  expect(office.received).toHaveLength(2)
})

test('a sender told to stop finishes the letter under way and leaves the others as they are', async () => {
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
  expect(await deliver(w.system, stopping, 'one', 100, stop.signal)).toMatchObject({ sent: 1 })
  expect((await outbox(w)).map((row) => row.state).toSorted()).toEqual(['sent', 'waiting', 'waiting'])
})

test('nobody but the clockwork sends letters', async () => {
  office = await postOffice()
  await expect(deliver(w.ctx, office.mailer(), 'one')).rejects.toThrow(Forbidden)
})
