import { afterEach, beforeEach, expect, test } from 'vitest'
import { plusMinutes } from '../../../src/base/clock.ts'
import { amend } from '../../../src/booking/amend.ts'
import { correct } from '../../../src/booking/correct.ts'
import { confirmEmail } from '../../../src/booking/email/confirm-email.ts'
import { emailChangeOf, emailChangeToken, isSameMailbox } from '../../../src/booking/email/email-change.ts'
import { tokenOf } from '../../../src/booking/link.ts'
import { callList } from '../../../src/changes/queries.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { callOf } from '../../../src/mail/call.ts'
import { deliver } from '../../../src/mail/deliver.ts'
import type { Letter } from '../../../src/mail/letters.ts'
import type { Mailer } from '../../../src/mail/mailer.ts'
import { as } from '../../acts.ts'
import { booked, mailWorld } from '../../mail/fixtures.ts'
import { MITO, NOW, type World } from '../../world.ts'
import { bookingRow } from '../fixtures.ts'

let w: World
let mine: { id: string; token: string }
let minutes: number
beforeEach(async () => {
  w = await mailWorld()
  minutes = 0
  mine = await booked(w, { email: 'a@example.jp' })
})
afterEach(() => w.close())

const later = () => w.at(plusMinutes(NOW, ++minutes))

/** Sends what is due. Returns to whom, and what the subject begins with. */
async function sent(during: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  later()
  const letters: Letter[] = []
  const mailer: Mailer = {
    send: async (letter) => {
      letters.push(letter)
      return { ok: true }
    },
    close: () => undefined,
  }
  await during()
  await deliver(w.system, mailer, 'one')
  return letters.map(({ to, subject }) => `${to.address} ${/^【.*?】/.exec(subject)?.[0] ?? subject}`).toSorted()
}

async function corrected(email: string, name = '海野 次郎') {
  later()
  const { revision } = await bookingRow(w, mine.id)
  const person = { company: '大洗建設', name, name_kana: 'うんの じろう', phone: '090-1234-5678' }
  return correct(as(w, 'desk'), mine.id, { ...person, email, revision })
}

async function onDay(date: string | null) {
  later()
  expect(await reschedule(w.system, MITO, { date, starts: null, reason_ja: '大雪のため' })).toMatchObject({ ok: true })
}

/** The holder writes another address, or other fields, on the page. */
async function amended(given: Record<string, unknown>) {
  later()
  const row = await bookingRow(w, mine.id)
  return amend(w.ctx, { token: (await tokenOf(w.ctx, row)) ?? '' }, given)
}

const pending = async () => (await emailChangeOf(w.system, mine.id))?.email

test('what was not told yet when the address went is one call, with what was before', async () => {
  await sent()
  await onDay('2026-12-03')
  await onDay('2026-12-10')
  await corrected('')
  const list = await callList(as(w, 'desk'))
  expect(list).toMatchObject([{ kind: 'rescheduled' }])
  const { facts } = await callOf(as(w, 'desk'), list[0]?.id ?? '')
  expect(facts).toContainEqual({ label: '変更前', value: '2026年11月27日(金) 10:00〜10:50 現地' })
  expect(await sent()).toEqual(['a@example.jp 【お知らせ】'])
  expect(await callList(as(w, 'desk'))).toHaveLength(1)
})

test('an address that goes while its letter is claimed leaves a call too, unless the person was erased', async () => {
  await sent()
  await onDay('2026-12-03')
  await w.run('update booking set email = null')
  expect(await sent()).toEqual([])
  expect(await callList(as(w, 'desk'))).toMatchObject([{ kind: 'rescheduled' }])
  await w.run("update booking set email = 'a@example.jp', phone = ''")
  await w.run("update outbox set state = 'superseded' where channel = 'phone'")
  await onDay('2026-12-10')
  await w.run('update booking set email = null')
  expect(await sent()).toEqual([])
  expect(await callList(as(w, 'desk'))).toEqual([])
})

test('an address that is added says what the call would have said, and the call is off the list', async () => {
  await sent()
  await corrected('')
  await onDay('2026-12-03')
  expect(await callList(as(w, 'desk'))).toHaveLength(1)
  await corrected('new@example.jp')
  expect(await callList(as(w, 'desk'))).toEqual([])
  expect(await sent()).toEqual(['a@example.jp 【お知らせ】', 'new@example.jp 【変更】'])
})

test('another address begins anew: its letter names nothing that only the former reader knew', async () => {
  await onDay('2026-12-03')
  await corrected('b@example.jp')
  const letters: string[] = []
  const mailer = {
    send: async ({ text }: Letter) => {
      letters.push(text)
      return { ok: true as const }
    },
    close: () => undefined,
  }
  await deliver(w.system, mailer, 'one')
  expect(letters).toHaveLength(1)
  expect(letters[0]).toContain('日時：2026年12月3日(木)')
  expect(letters[0]).not.toMatch(/変更前|11月27日/)
})

test('what a desk corrects, the link to another address does not undo', async () => {
  expect(await amended({ email: 'stranger@example.jp' })).toMatchObject({ ok: true, asked: true })
  const change = await emailChangeOf(w.system, mine.id)
  const link = (change && (await emailChangeToken(w.system, change))) ?? ''
  await corrected('right@example.jp')
  await expect(confirmEmail(w.ctx, link)).rejects.toThrow('email change')
  expect((await bookingRow(w, mine.id)).email).toBe('right@example.jp')
  expect(await sent()).toEqual(['right@example.jp 【予約確定】'])
})

test('an address that is corrected back hears of no dead link, nor does one that never got a letter', async () => {
  await sent()
  await corrected('b@example.jp')
  await corrected('a@example.jp')
  expect(await sent()).toEqual(['a@example.jp 【予約確定】'])
  await corrected('c@example.jp')
  expect(await sent()).toEqual(['a@example.jp 【お知らせ】', 'c@example.jp 【予約確定】'])
})

test('a question to another address leaves the farewell to the former one', async () => {
  await sent()
  await corrected('b@example.jp')
  await amended({ email: 'c@example.jp' })
  expect(await sent()).toEqual(['a@example.jp 【お知らせ】', 'b@example.jp 【予約確定】', 'c@example.jp 【確認】'])
})

test('the present address withdraws another that was asked, and saving something else keeps it', async () => {
  await amended({ email: 'wrong@example.jp' })
  expect(await amended({ email: 'wrong@example.jp', name: '海野 花子' })).toEqual({ ok: true, booking: mine.id })
  expect(await pending()).toBe('wrong@example.jp')
  expect(await amended({ email: 'wrong@example.jp' })).toMatchObject({ asked: true })
  expect(await amended({ email: 'a@example.jp' })).toEqual({ ok: true, booking: mine.id })
  expect(await pending()).toBeUndefined()
  expect(await sent()).toEqual(['a@example.jp 【予約確定】'])
})

test('an address in other letters is the same mailbox: it is saved, keeps its link and asks nobody', async () => {
  await sent()
  expect(await amended({ email: 'A@example.jp' })).toEqual({ ok: true, booking: mine.id })
  expect((await bookingRow(w, mine.id)).email).toBe('A@example.jp')
  await corrected('a@Example.jp')
  expect(await bookingRow(w, mine.id)).toMatchObject({ email: 'a@Example.jp', token_version: 1 })
  expect(await sent()).toEqual([])
  expect([isSameMailbox('A@b.jp', 'a@B.jp'), isSameMailbox('a@b.jp', null)]).toEqual([true, false])
})
