import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../src/base/fingerprint.ts'
import { NotFound } from '../../src/base/outcome.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { callOf, callsToMake } from '../../src/mail/call.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { stopMessages, wantMessages } from '../../src/messages/choose-messages.ts'
import { MessageInput, type Target } from '../../src/messages/message.ts'
import { messages, progressOf, requireMessage } from '../../src/messages/queries.ts'
import { messageFields, receiversOf } from '../../src/messages/receivers.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { findings } from '../../src/node/findings.ts'
import { erase } from '../../src/retention/erase.ts'
import { orThrow } from '../../src/store/store.ts'
import { askSurvey } from '../../src/survey/ask.ts'
import { as, lines, mayDo } from '../acts.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, freshKey, MITO, type World } from '../world.ts'

const NEXT = 'ibaraki-2026-12-04'
const WORDS = {
  subject_ja: '駐車場について（{受付番号}）',
  body_ja: '{会社名} {氏名} 様\n{日時}の駐車場は満車の見込みです。',
}
const PLAIN = { subject_ja: '駐車場', body_ja: '満車です。' }

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost', MAIL_FROM: '窓口 <noreply@madoguchi.example>' } })
})
afterEach(() => w.close())

const held = ({ token }: { token: string }) => ({ token })

const at = (hour: string, more: Record<string, unknown> = {}, day = MITO) =>
  booked(w, application({ session: day, slot: `${day}-${hour}`, ...more }))

const session: Target = { kind: 'session', id: MITO }
const send = (given: object = WORDS, target: Target = session) => sendMessage(as(w, 'desk'), target, given)

async function sent(given: object = WORDS, target: Target = session): Promise<string> {
  const done = await send(given, target)
  if (!done.ok) throw new Error(`not sent: ${JSON.stringify(done)}`)
  return done.message
}

const queued = () =>
  w.rows<{ subject: string; channel: string; state: string }>(
    "select subject, channel, state from outbox where kind = 'message' order by subject",
  )
const subjects = async () => (await queued()).map(({ subject }) => subject)

/** Sends all that is due. Returns the letters of messages. */
async function delivered(): Promise<Letter[]> {
  const out: Letter[] = []
  const mailer = { send: async (one: Letter) => ({ ok: Boolean(out.push(one)) as true }), close: () => undefined }
  await deliver(w.system, mailer, 'one')
  await deliver(w.system, mailer, 'one')
  return out.filter(({ headers, subject }) => 'List-Unsubscribe' in headers && !subject.includes('アンケート'))
}

/** Somebody without e-mail. */
async function caller(hour: string) {
  const one = await at(hour)
  await w.run('update booking set email = null where id = ?', one.id)
  return one
}

describe('a message', () => {
  test('reaches everybody with a place once, in their language, by letter or by call', async () => {
    const [one, english, phone] = [await at('1000'), await at('1100', { locale: 'en' }), await caller('1300')]
    const gone = await at('1400')
    await cancel(w.ctx, held(gone))
    const id = await sent({ ...WORDS, subject_en: 'Parking, {number}', body_en: 'Dear {name}, it is full.' })
    expect(await subjects()).toEqual([one.id, english.id, phone.id].toSorted())
    const letters = await delivered()
    expect(letters.map(({ subject }) => subject).toSorted()).toEqual([
      'Parking, IB-1127-02',
      '駐車場について（IB-1127-01）',
    ])
    const text = letters.find(({ subject }) => subject.startsWith('駐'))?.text.replaceAll(/\s/g, '') ?? ''
    expect(text).toContain('株式会社髙﨑製作所髙橋太郎様')
    expect(text).toContain('の駐車場は満車の見込みです。')
    expect(text).toContain('/messages')
    const [call] = (await callsToMake(as(w, 'desk'))).filter(({ kind }) => kind === 'message')
    const words = await callOf(as(w, 'desk'), call?.id ?? '')
    expect(words.facts?.map(({ value }) => value)).toEqual(expect.arrayContaining(['駐車場について（IB-1127-03）']))
    expect(await progressOf(w.system, id)).toEqual({
      letters: { sent: 2, kept: 0, waiting: 0, failed: 0, withheld: 0 },
      calls: { made: 0, waiting: 1 },
      lately: 2,
    })
    expect(await lines(w, id)).toEqual([
      { actor: 'desk', act: 'message.sent', detail: { target: 'session', of: MITO, letters: 2, calls: 1 } },
    ])
    expect((await lines(w, one.id)).map(({ act }) => act)).toContain('booking.messaged')
    expect(await findings(w.system)).toEqual([])
  })

  test('is sent once for each key, also if asked twice at once', async () => {
    await at('1000')
    const given = { ...PLAIN, key: freshKey() }
    const both = await Promise.all([send(given), send(given)])
    expect(new Set(both.map((done) => done.ok && done.message)).size).toBe(1)
    expect(await subjects()).toHaveLength(1)
    expect(await send({ ...given, body_ja: '空きました。' })).toEqual({ ok: false, why: 'used' })
  })

  test('stays in the list of its desk, however many others send', async () => {
    await at('1000')
    const id = await sent(PLAIN)
    const { db } = w.ctx.store
    const others = Array.from({ length: 101 }, (_, i) => ({ id: `z${i}`, prefectures: '13' }))
    const row = await db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    for (const other of others) orThrow(await w.ctx.store.commit(db.insertInto('message').values({ ...row, ...other })))
    expect((await messages(as(w, 'desk'))).map((one) => one.id)).toEqual([id])
    expect(await messages(as(w, 'secretariat'))).toHaveLength(100)
  })

  test('is for the desk of the prefecture', async () => {
    await at('1000')
    expect(await mayDo(w, (ctx) => sendMessage(ctx, session, PLAIN))).toEqual(['desk', 'secretariat', 'system'])
    const id = await sent(PLAIN)
    expect(await mayDo(w, (ctx) => requireMessage(ctx, id))).toEqual(['viewer', 'desk', 'secretariat', 'system'])
    expect((await messages(as(w, 'elsewhere'))).length).toBe(0)
    await w.run("update message set prefectures = '08,13'")
    expect((await messages(as(w, 'elsewhere'))).length).toBe(4)
    await expect(send(PLAIN, { kind: 'slot', id: 'none' })).rejects.toThrow(NotFound)
    await expect(send(PLAIN, { kind: 'series', id: 'none' })).rejects.toThrow(NotFound)
  })

  test.each([
    [
      { subject_ja: '', body_ja: '' },
      { subject_ja: 'required', body_ja: 'required' },
    ],
    [{ ...PLAIN, body_ja: '{電話} {名前}' }, { body_ja: 'placeholder' }],
    [{ ...PLAIN, subject_en: 'Parking' }, { body_en: 'required' }],
    [{ ...PLAIN, subject_ja: 'あ'.repeat(101) }, { subject_ja: 'long' }],
  ])('with %j is refused at its fields', async (given, errors) => {
    await at('1000')
    expect(await send(given)).toEqual({ ok: false, why: 'invalid', errors })
    expect(await queued()).toEqual([])
  })

  test('without receivers is refused', async () => {
    expect(await send(PLAIN)).toEqual({ ok: false, why: 'nobody' })
  })

  test('to people who changed since the look, or while it was being sent, shows them again', async () => {
    await at('1000')
    const input = MessageInput.parse(PLAIN)
    const shown = await fingerprint(messageFields(input, await receiversOf(as(w, 'desk'), session, input), []))
    const slower = meanwhile(w, () => at('1100'))
    expect(await sendMessage(as(slower, 'desk'), session, { ...PLAIN, shown })).toEqual({ ok: false, why: 'changed' })
    expect(await queued()).toEqual([])
    const looked = await fingerprint(messageFields(input, await receiversOf(as(w, 'desk'), session, input), []))
    expect(await send({ ...PLAIN, shown: looked })).toMatchObject({ ok: true })
    expect(await subjects()).toHaveLength(2)
  })
})

describe('whom it is to', () => {
  test('a slot, or people who wait too', async () => {
    const [one, other] = [await at('1000'), await at('1100')]
    await w.run("update booking set status = 'waiting' where id = ?", other.id)
    expect((await sent(PLAIN, { kind: 'slot', id: `${MITO}-1000` })) !== '').toBe(true)
    expect(await subjects()).toEqual([one.id])
    await sent({ ...PLAIN, pending: 'true' })
    expect(await subjects()).toEqual([one.id, one.id, other.id].toSorted())
  })

  test('somebody with two bookings of a series gets it once, or for each if it names the booking', async () => {
    const same = { email: 'taro@example.jp' }
    const ids = [(await at('1000', same)).id, (await at('1000', same, NEXT)).id]
    const series: Target = { kind: 'series', id: 'ibaraki' }
    await sent(PLAIN, series)
    expect(await subjects()).toHaveLength(1)
    await w.run("delete from outbox where kind = 'message'")
    await sent(WORDS, series)
    expect(await subjects()).toEqual(ids.toSorted())
  })

  test('bookings ticked in the ledger, of one’s own prefectures, or all that a filter finds', async () => {
    const [one, other] = [await at('1000'), await at('1000', {}, NEXT)]
    const foreign = await booked(w, application({ session: 'seminar', slot: null, format: 'online' }))
    await sent(PLAIN, { kind: 'ledger', ids: [one.id, foreign.id, "x' or '1' = '1"] })
    expect(await subjects()).toEqual([one.id])
    await sent(PLAIN, { kind: 'ledger', filter: { from: '2026-12-01', to: '2026-12-31', text: '髙橋' } })
    expect(await subjects()).toEqual([one.id, other.id].toSorted())
    expect(await sendMessage(as(w, 'elsewhere'), { kind: 'ledger', ids: [one.id] }, PLAIN)).toEqual({
      ok: false,
      why: 'nobody',
    })
  })
})

describe('before it is sent', () => {
  test('whoever cancels or refuses messages gets none, also not by call', async () => {
    const [one, two, phone] = [await at('1000'), await at('1100'), await caller('1300')]
    const id = await sent()
    await cancel(w.ctx, held(one))
    await stopMessages(w.ctx, held(two))
    await cancel(w.ctx, held(phone))
    expect(await delivered()).toEqual([])
    expect(await progressOf(w.system, id)).toMatchObject({ letters: { withheld: 2 }, calls: { waiting: 0 } })
  })

  test('a later change takes no call of a message off the list', async () => {
    const phone = await caller('1300')
    await sent()
    await amend(as(w, 'desk'), { id: phone.id }, { seats: '1', format: 'online' })
    const kinds = (await callsToMake(as(w, 'desk'))).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['booked', 'message'])
  })

  test('a letter that their mail server refuses becomes a call with the same words', async () => {
    await at('1000')
    const id = await sent()
    const refuse = { ok: false as const, permanent: true, fault: 'RCPT TO: 550' }
    const mailer = {
      send: async ({ subject }: Letter) => (subject.startsWith('駐') ? refuse : { ok: true as const }),
      close: () => undefined,
    }
    await deliver(w.system, mailer, 'one')
    await deliver(w.system, mailer, 'one')
    const [call] = await callsToMake(as(w, 'desk'))
    expect(call).toMatchObject({ kind: 'message', undelivered: true })
    const { facts } = await callOf(as(w, 'desk'), call?.id ?? '')
    expect(facts?.map(({ value }) => value).join()).toContain('満車の見込み')
    expect(await progressOf(w.system, id)).toMatchObject({ letters: { failed: 1 }, calls: { waiting: 1 } })
  })
})

describe('whoever wants no messages', () => {
  test('gets none at any of their bookings, nor the survey, until they want them again', async () => {
    const same = { email: 'taro@example.jp' }
    const [one, other] = [await at('1000', same), await at('1000', same, NEXT)]
    expect(await stopMessages(w.ctx, held(one))).toEqual({ ok: true, booking: one.id, again: false })
    expect(await stopMessages(w.ctx, held(other))).toEqual({ ok: true, booking: other.id, again: true })
    expect(await send(PLAIN, { kind: 'session', id: NEXT })).toEqual({ ok: false, why: 'nobody' })
    w.at('2026-11-28T01:00:00.000Z')
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 0 })
    expect(await wantMessages(as(w, 'desk'), { id: other.id })).toEqual({ ok: true, booking: other.id, again: false })
    expect(await wantMessages(w.ctx, held(one))).toEqual({ ok: true, booking: one.id, again: true })
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 1 })
    const acts = [...(await lines(w, one.id)), ...(await lines(w, other.id))].map(({ act }) => act)
    expect(acts.filter((act) => act.includes('messages'))).toEqual([
      'booking.messages_stopped',
      'booking.messages_wanted',
    ])
  })

  test('is marked by the desk of the prefecture or by the link', async () => {
    const { id } = await at('1000')
    expect(await mayDo(w, (ctx) => stopMessages(ctx, { id }))).toEqual(['desk', 'secretariat', 'system'])
    expect(await mayDo(w, (ctx) => wantMessages(ctx, { id }))).toEqual(['desk', 'secretariat', 'system'])
  })
})

test('the words of a message go with the last of its readers', async () => {
  const [one, other] = [await at('1000'), await at('1100')]
  const id = await sent(PLAIN)
  const words = () => w.rows('select subject_ja, body_ja from message where id = ?', id)
  await erase(w.ctx, held(one))
  expect(await words()).toEqual([PLAIN])
  await erase(w.ctx, held(other))
  expect(await words()).toEqual([{ subject_ja: '', body_ja: '' }])
})
