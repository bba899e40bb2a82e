import { afterEach, beforeEach, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { BOOKING_LETTERS, CHANGES, meaningOf } from '../../src/base/letters.ts'
import { amend } from '../../src/booking/amend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { correct } from '../../src/booking/correct.ts'
import { move } from '../../src/booking/move.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { callList } from '../../src/changes/queries.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { announceDraw } from '../../src/lottery/announce.ts'
import { draw } from '../../src/lottery/draw.ts'
import { callOf, callsToMake } from '../../src/mail/call.ts'
import { deliver } from '../../src/mail/deliver.ts'
import { dropCalls } from '../../src/mail/drop-calls.ts'
import type { Mailer } from '../../src/mail/mailer.ts'
import { asConverted, preview } from '../../src/mail/preview.ts'
import { resend } from '../../src/mail/resend.ts'
import { restore } from '../../src/waitlist/restore.ts'
import { as } from '../acts.ts'
import { readOne, value } from '../calendar/reader.ts'
import { MITO, NOW, type World } from '../world.ts'
import { booked, cancelled, mailWorld, outbox } from './fixtures.ts'
import { type PostOffice, parsed, partsOf, postOffice } from './post-office.ts'

let w: World
let office: PostOffice
let mailer: Mailer
let minutes: number

beforeEach(async () => {
  w = await mailWorld()
  office = await postOffice()
  mailer = office.mailer()
  minutes = 0
})
afterEach(async () => {
  await office.close()
  await w.close()
})

/** A minute later, as people act one after the other. */
const later = () => w.at(plusMinutes(NOW, ++minutes))
const send = (by = mailer) => deliver(w.system, by, 'one')
const states = async () => (await outbox(w)).map((row) => `${row.kind} ${row.state}`)

async function onDay(date: string | null, starts: string | null = null) {
  later()
  const done = await reschedule(w.system, MITO, { date, starts, reason_ja: '大雪のため' })
  if (!done.ok) throw new Error(done.why)
}

async function toSlot(token: string, hour: string) {
  later()
  const done = await move(w.ctx, { token }, { session: MITO, slot: `${MITO}-${hour}` })
  if (!done.ok) throw new Error(done.why)
}

/** What the letters that came since the last call say, and their calendar entries as another library reads them. */
async function came() {
  const letters = office.received.splice(0)
  return Promise.all(
    letters.map(async (letter) => {
      const { subject, text = '' } = await parsed(letter)
      const part = partsOf(letter.raw).parts[0]?.parts.at(2)
      const content = part ? Buffer.from(part.body, 'base64').toString('utf8') : null
      const read = content === null ? null : readOne(content)
      const entry = read && {
        method: value(read.calendar, 'method'),
        uid: value(read.event, 'uid'),
        sequence: Number(value(read.event, 'sequence')),
        stamp: read.event.getFirstProperty('dtstamp')?.toICALString(),
        summary: value(read.event, 'summary'),
      }
      return { to: letter.to, subject: subject ?? '', text, lines: text.split('\n'), entry }
    }),
  )
}

const person = { company: '大洗建設', name: '海野 次郎', name_kana: 'うんの じろう', phone: '090-1234-5678' }

test('postponed and given another date before the first letter left: one invitation, with the date it had', async () => {
  await booked(w)
  await send()
  const [first] = await came()
  await onDay(null)
  await onDay('2026-12-03')
  expect(await send()).toMatchObject({ sent: 1, superseded: 1 })
  const [letter, ...others] = await came()
  expect(others).toEqual([])
  expect(letter?.lines).toContain('変更前：2026年11月27日(金) 10:00〜10:50 現地')
  expect(letter?.text).toContain('日時：2026年12月3日(木) 10:00〜10:50')
  expect(letter?.entry).toMatchObject({ method: 'REQUEST', uid: first?.entry?.uid, sequence: 2 })
  expect(await states()).toEqual(['booked sent', 'postponed superseded', 'rescheduled sent'])
})

test('several changes become one letter with the oldest state, also of the place', async () => {
  const one = await booked(w)
  await send()
  await came()
  await w.run(
    "insert into venue (id, prefecture, name_ja, name_en, address, area_only, revision) values ('hall', '08', '大洗の会館', 'Oarai Hall', '大洗町1-1', 0, 0)",
  )
  await onDay('2026-12-03')
  later()
  expect(await changeVenue(w.system, MITO, { venue: 'hall', reason_ja: '改修のため' })).toMatchObject({ ok: true })
  await toSlot(one.token, '1100')
  await send()
  const [letter, ...others] = await came()
  expect(others).toEqual([])
  expect(letter?.text.replaceAll(/\n */g, '')).toMatch(/変更前：2026年11月27日\(金\) 10:00〜10:50 現地 ?水戸/)
  expect(letter?.text).toContain('日時：2026年12月3日(木) 11:00〜11:50')
  expect(letter?.text).toContain('大洗の会館')
  expect(letter?.entry?.sequence).toBe(3)
})

test('changes that are taken back before a letter left tell nobody anything', async () => {
  const one = await booked(w)
  await send()
  await came()
  await onDay('2026-12-03')
  await onDay('2026-11-27')
  await toSlot(one.token, '1100')
  await toSlot(one.token, '1000')
  expect(await send()).toMatchObject({ sent: 0, superseded: 4 })
  await toSlot(one.token, '1300')
  await send()
  const [letter] = await came()
  expect(letter?.text).toContain('変更前：2026年11月27日(金) 10:00〜10:50')
  expect(letter?.entry?.sequence).toBe(5)
})

test('a confirmation that a move overtook is one letter, which confirms what is', async () => {
  const one = await booked(w)
  await toSlot(one.token, '1100')
  await send()
  const letters = await came()
  expect(letters).toMatchObject([{ entry: { method: 'REQUEST', sequence: 1 } }])
  expect(letters[0]?.subject).toMatch(/^【予約確定】/)
  expect(letters[0]?.text).toContain('日時：2026年11月27日(金) 11:00〜11:50')
})

test('a change while a letter leaves: each letter has the SEQUENCE and the moment of its own change', async () => {
  const one = await booked(w)
  await send()
  await came()
  await toSlot(one.token, '1100')
  const moved = await w.column<string>("select created_at from outbox where kind = 'moved'")
  let isFirst = true
  const slow: Mailer = {
    ...mailer,
    async send(letter) {
      if (isFirst) await onDay(null)
      isFirst = false
      return mailer.send(letter)
    },
  }
  await send(slow)
  const letters = await came()
  expect(letters).toMatchObject([
    { entry: { method: 'REQUEST', sequence: 1 } },
    { entry: { method: 'CANCEL', sequence: 2, summary: expect.stringContaining('【延期】') } },
  ])
  const [stamp = ''] = moved
  expect(letters[0]?.entry?.stamp).toBe(`DTSTAMP:${stamp.replaceAll(/[-:]|\.\d+/g, '')}`)
})

test('a letter written when its booking had changed again still has the SEQUENCE of its own change', async () => {
  const one = await booked(w)
  await w.run('update booking set sequence = 7 where id = ?', one.id)
  await send()
  expect(await came()).toMatchObject([{ entry: { method: 'REQUEST', sequence: 0 } }])
})

test('a corrected address gets the booking as it stands, the old one hears that alone', async () => {
  const one = await booked(w, { email: 'wrong@example.jp' })
  await send()
  await came()
  await toSlot(one.token, '1100')
  await send()
  await came()
  later()
  await correct(as(w, 'desk'), one.id, { ...person, email: 'right@example.jp', revision: 1 })
  await send()
  const letters = (await came()).toSorted((a, b) => (String(a.to) < String(b.to) ? -1 : 1))
  expect(letters.map(({ to }) => to)).toEqual([['right@example.jp'], ['wrong@example.jp']])
  const [fresh, former] = letters
  expect(fresh?.subject).toMatch(/^【予約確定】/)
  expect(fresh?.entry).toMatchObject({ method: 'REQUEST', sequence: 1 })
  expect(fresh?.text).toContain('日時：2026年11月27日(金) 11:00〜11:50')
  expect(former?.subject).toBe('【お知らせ】メールアドレスが変更されました')
  expect(former?.text).toContain('リンクは使えなくなりました')
  expect(`${former?.subject}${former?.text}`).not.toMatch(/IB-1127|\/b\/|海野|髙橋|大洗|11月27日|example\.jp/)
  expect(former?.entry).toBeNull()
})

test('an address that never got a letter hears nothing of its correction, and the confirmation leaves once', async () => {
  const one = await booked(w, { email: 'wrong@example.jp' })
  later()
  await correct(as(w, 'desk'), one.id, { ...person, email: 'right@example.jp', revision: 0 })
  await send()
  expect((await came()).map(({ to, subject }) => [to, subject.slice(0, 6)])).toEqual([
    [['right@example.jp'], '【予約確定】'],
  ])
})

test('a person without e-mail whom the desk moves or cancels is on the call list once, with what is true now', async () => {
  const one = await booked(w)
  await w.run('update booking set email = null where id = ?', one.id)
  const calls = () => w.column("select kind || ' ' || state from outbox where channel = 'phone' order by sequence")
  await onDay('2026-12-03')
  later()
  await move(as(w, 'desk'), { id: one.id }, { session: MITO, slot: `${MITO}-1300` })
  expect(await calls()).toEqual(['rescheduled superseded', 'moved waiting'])
  later()
  await cancel(as(w, 'desk'), { id: one.id, told: true })
  expect(await calls()).toEqual(['rescheduled superseded', 'moved superseded', 'cancelled sent'])
})

/** A mail server that knows nobody. */
const refusing = () => postOffice({ rcpt: () => [550, '5.1.1 unknown'] })
const calls = () => w.column("select kind || ' ' || state from outbox where channel = 'phone' order by created_at, id")

test('a letter that failed for good is a call, until it is sent again or somebody is called', async () => {
  await booked(w)
  const closed = await refusing()
  await send(closed.mailer())
  expect(await calls()).toEqual(['booked waiting'])
  expect(await callList(as(w, 'desk'))).toMatchObject([{ kind: 'booked', undelivered: true }])
  const [failed = ''] = await w.column<string>("select id from outbox where state = 'failed'")
  expect(await resend(as(w, 'desk'), failed)).toMatchObject({ ok: true })
  await send(closed.mailer())
  await closed.close()
  expect(new Set(await calls())).toEqual(new Set(['booked superseded', 'booked waiting']))
  await resend(as(w, 'desk'), failed)
  await send()
  expect((await came()).map(({ subject }) => subject.slice(0, 6))).toEqual(['【予約確定】'])
  expect(await calls()).toEqual(['booked superseded', 'booked superseded'])
})

test('nobody is called about what they did themselves, but about what the desk did', async () => {
  const [own, byDesk] = [await booked(w), await booked(w, { slot: `${MITO}-1100` })]
  await send()
  const closed = await refusing()
  await cancelled(w, own)
  await cancel(as(w, 'desk'), { id: byDesk.id })
  await send(closed.mailer())
  await closed.close()
  expect(await w.column("select subject from outbox where channel = 'phone'")).toEqual([byDesk.id])
})

test('what was taken back before somebody was called need not be told', async () => {
  const one = await booked(w)
  await w.run('update booking set email = null where id = ?', one.id)
  await w.run("update outbox set state = 'sent'")
  await onDay('2026-12-03')
  const [first] = await callList(as(w, 'desk'))
  expect((await callOf(as(w, 'desk'), first?.id ?? '')).facts).toContainEqual({
    label: '変更前',
    value: '2026年11月27日(金) 10:00〜10:50 現地',
  })
  await onDay('2026-11-27')
  const [second, ...others] = await callList(as(w, 'desk'))
  expect(others).toEqual([])
  expect((await callOf(as(w, 'desk'), second?.id ?? '')).facts).toBeNull()
  await expect(callOf(w.ctx, second?.id ?? '')).rejects.toThrow('only for staff')
  await expect(callOf(as(w, 'desk'), 'nobody')).rejects.toThrow('call')
})

test('another number of people alone is confirmed, with what it was and an entry for who has a place', async () => {
  await w.run('update slot set capacity = 3')
  const { token } = await booked(w)
  await send()
  await came()
  later()
  await amend(w.ctx, { token }, { seats: 3 })
  await send()
  const [letter] = await came()
  expect(letter?.subject).toMatch(/^【変更】/)
  expect(letter?.lines).toContain('参加する人数：3名')
  expect(letter?.text).toMatch(/変更前：2026年11月27日\(金\) [\s\S]{0,40}1名/)
  expect(letter?.entry).toMatchObject({ method: 'REQUEST', sequence: 1 })
})

test('a party that waits and becomes another one is told so, without an entry', async () => {
  await w.run('update session set capacity = 1 where id = ?', MITO)
  await booked(w)
  const { token } = await booked(w, { slot: null, waitlist: true })
  await send()
  await came()
  later()
  await amend(w.ctx, { token }, { format: 'online' })
  await send()
  const [letter] = await came()
  expect(letter?.text).toContain('キャンセル待ち')
  expect(letter?.text).toMatch(/変更前：[\s\S]{0,60}現地/)
  expect(letter?.entry).toBeNull()
})

test('an amendment after a change by the desk becomes one letter, which says what the desk changed', async () => {
  await w.run('update slot set capacity = 3')
  const { token } = await booked(w)
  await send()
  await came()
  await onDay('2026-12-03')
  later()
  await amend(w.ctx, { token }, { seats: 2 })
  await send()
  const letters = await came()
  expect(letters).toHaveLength(1)
  expect(letters[0]?.text).toContain('開催の日時が変わります')
  expect(letters[0]?.text).toMatch(/変更前：2026年11月27日\(金\) [\s\S]{0,40}1名/)
})

test('a change and its undoing before a letter left are no letter', async () => {
  await w.run('update slot set capacity = 3')
  const { token } = await booked(w)
  await send()
  await came()
  later()
  await amend(w.ctx, { token }, { seats: 2 })
  later()
  await amend(w.ctx, { token }, { seats: 1 })
  await send()
  expect(await came()).toEqual([])
})

test('another form alone, by the desk, is told on the telephone to who has no e-mail', async () => {
  const { id } = await booked(w)
  await send()
  await w.run('update booking set email = null where id = ?', id)
  const desk = as(w, 'desk')
  later()
  const given = { session: MITO, slot: `${MITO}-1000`, format: 'online' }
  expect(await move(desk, { id }, given)).toMatchObject({ ok: true })
  const [call] = await callList(desk)
  expect(call).toMatchObject({ kind: 'amended', booking: id })
  const { heading, facts } = await callOf(desk, call?.id ?? '')
  expect([heading, facts?.find(({ label }) => label === '変更前')?.value]).toEqual([
    'お申し込みの内容を変更しました',
    '2026年11月27日(金) 10:00〜10:50 現地',
  ])
})

/** The changes before a letter left, and what the one letter may then say. */
const UNHEARD = [
  {
    acts: ['off', 'again', 'later'],
    kind: '【変更】',
    says: ['変更前：2026年11月27日(金) 10:00〜10:50 現地', '日時：2026年12月3日(木) 10:00〜10:50'],
  },
  { acts: ['cancel', 'restore', 'later'], kind: '【変更】', says: ['変更前：2026年11月27日(金) 10:00〜10:50 現地'] },
  { acts: ['cancel', 'later', 'restore'], kind: '【変更】', says: ['変更前：2026年11月27日(金) 10:00〜10:50 現地'] },
  { acts: ['web', 'later', 'back'], kind: '【変更】', says: ['形式：現地', '日時：2026年12月3日(木) 10:00〜10:50'] },
  { acts: ['later', 'web', 'earlier'], kind: '【開催形式の変更】', says: ['形式：WEB'] },
  { acts: ['later', 'off', 'again', 'cancel'], kind: '【キャンセル】', says: [] },
  { acts: ['off', 'again'], kind: null, says: [] },
] as const

test.each(UNHEARD)('of what nobody heard, a letter says nothing: $acts', async ({ acts, kind, says }) => {
  const one = await booked(w)
  await send()
  await came()
  const reason = { reason_ja: '大雪のため' }
  const ACTS = {
    off: () => callOff(w.system, MITO, reason),
    again: () => holdAgain(w.system, MITO, reason),
    later: () => reschedule(w.system, MITO, { date: '2026-12-03', starts: null, ...reason }),
    earlier: () => reschedule(w.system, MITO, { date: '2026-11-27', starts: null, ...reason }),
    web: () => convert(w.system, MITO, { into: 'online', ...reason }),
    back: () => convertBack(w.system, MITO, reason),
    cancel: () => cancel(as(w, 'desk'), { id: one.id }),
    restore: () => restore(as(w, 'desk'), one.id),
  }
  for (const act of acts) {
    later()
    expect([act, await ACTS[act]()]).toMatchObject([act, { ok: true }])
  }
  await send()
  const letters = await came()
  expect(letters.map(({ subject }) => /^【.*?】/.exec(subject)?.[0])).toEqual(kind === null ? [] : [kind])
  for (const line of says) expect(letters[0]?.text).toContain(line)
  expect(letters.map(({ text }) => text).join('\n')).not.toMatch(
    /中止とお知らせした|お申し込みを元に戻しました|元の開催形式に戻る/,
  )
})

/** The changes before somebody was called, and what the one call then says. `reason`: whether it says why. */
const UNCALLED = [
  { acts: ['off', 'again'], kind: null },
  { acts: ['cancel', 'restore'], kind: null },
  { acts: ['web', 'back'], kind: null },
  { acts: ['cancel', 'restore', 'moved', 'postpone', 'date'], kind: 'moved', reason: false },
  { acts: ['off', 'again', 'later', 'web', 'back'], kind: 'rescheduled', reason: true },
  { acts: ['moved', 'off', 'again', 'later'], kind: 'rescheduled', reason: true },
  { acts: ['later', 'off', 'again', 'off'], kind: 'called_off', reason: true },
] as const

test.each(UNCALLED)('of what nobody heard, a call says nothing: $acts', async ({ acts, kind, ...one }) => {
  const { id } = await booked(w)
  await w.run("update outbox set state = 'sent'")
  await w.run('update booking set email = null where id = ?', id)
  const desk = as(w, 'desk')
  const why = { reason_ja: '大雪のため' }
  const ACTS = {
    off: () => callOff(w.system, MITO, why),
    again: () => holdAgain(w.system, MITO, why),
    later: () => reschedule(w.system, MITO, { date: '2026-12-03', starts: null, ...why }),
    postpone: () => reschedule(w.system, MITO, { date: null, starts: null, ...why }),
    date: () => reschedule(w.system, MITO, { date: '2026-11-27', starts: null, ...why }),
    web: () => convert(w.system, MITO, { into: 'online', ...why }),
    back: () => convertBack(w.system, MITO, why),
    cancel: () => cancel(desk, { id }),
    restore: () => restore(desk, id),
    moved: () => move(desk, { id }, { session: MITO, slot: `${MITO}-1100` }),
  }
  for (const act of acts) {
    later()
    expect([act, await ACTS[act]()]).toMatchObject([act, { ok: true }])
  }
  const listed = await callsToMake(desk)
  expect(listed.map((call) => call.kind)).toEqual(kind === null ? [] : [kind])
  for (const call of listed) {
    const page = await callOf(desk, call.id)
    expect(page.kind).toBe(call.kind)
    expect(page.facts?.some(({ label }) => label === '理由')).toBe('reason' in one && one.reason)
  }
})

test.each(['mail', 'call'] as const)(
  'after changes of which nobody heard, the result of a draw is told: by %s',
  async (way) => {
    await w.run("update session set acceptance = 'lottery', capacity = 1 where id = ?", MITO)
    for (let i = 0; i < 2; i++) await booked(w)
    await w.run("update outbox set state = 'sent'")
    if (way === 'call') await w.run('update booking set email = null')
    const desk = as(w, 'desk')
    const reason = { reason_ja: '大雪のため' }
    const lists = async () => {
      await send()
      const letters = (await came()).map(({ subject }) => /^【.*?】\S*/.exec(subject)?.[0])
      return new Set([...letters, ...(await callsToMake(desk)).map(({ kind }) => kind)])
    }
    const again = async () => {
      for (const act of [callOff, holdAgain]) {
        w.at(plusMinutes('2026-11-26T06:30:00.000Z', ++minutes))
        expect(await act(desk, MITO, reason)).toMatchObject({ ok: true })
      }
    }
    await again()
    expect(await draw(desk, MITO)).toMatchObject({ ok: true })
    expect(await announceDraw(desk, MITO)).toMatchObject({ ok: true, won: 1, reserves: 1 })
    const results = way === 'mail' ? ['【抽選結果】当選', '【抽選結果】補欠'] : ['reserve', 'won']
    await again()
    expect(await lists()).toEqual(new Set(results))
  },
)

test('a look at a change says what the call will say, with an earlier change of which nobody heard', async () => {
  const { id } = await booked(w)
  await w.run("update outbox set state = 'sent'")
  await w.run('update booking set email = null where id = ?', id)
  const desk = as(w, 'desk')
  await onDay('2026-12-03')
  const reason = { ja: '停電のため', en: '' }
  const look = await preview(desk, 'converted', [MITO], asConverted('online', reason))
  later()
  expect(await convert(w.system, MITO, { into: 'online', reason_ja: reason.ja })).toMatchObject({ ok: true })
  const [call] = await callsToMake(desk)
  const { kind, heading, facts } = await callOf(desk, call?.id ?? '')
  expect(look.spoken).toEqual([{ kind, heading, facts, people: 1 }])
  expect(kind).toBe('rescheduled')
})

test('a call ends with the time of its booking, unless it is about what came after', async () => {
  const { id } = await booked(w)
  await w.run("update outbox set state = 'sent'")
  await w.run('update booking set email = null where id = ?', id)
  const desk = as(w, 'desk')
  expect(await move(desk, { id }, { session: MITO, slot: `${MITO}-1100` })).toMatchObject({ ok: true })
  const listed = async (now: string) => {
    w.at(now)
    return (await callsToMake(desk)).map(({ kind }) => kind)
  }
  expect(await listed('2026-11-27T02:30:00.000Z')).toEqual(['moved'])
  expect(await listed('2026-11-27T02:50:00.000Z')).toEqual([])
  expect(await dropCalls(w.system)).toEqual({ ok: true, dropped: 1 })
  await w.run("update outbox set state = 'waiting', created_at = '2026-11-27T03:00:00.000Z' where channel = 'phone'")
  expect(await listed('2026-12-01T00:00:00.000Z')).toEqual(['moved'])
})

test('of the letters about a booking only the survey and a link that was asked for have no call', () => {
  expect(BOOKING_LETTERS.filter((kind) => meaningOf(kind).call === null)).toEqual(['survey', 'link'])
  expect(CHANGES.filter((kind) => meaningOf(kind).call !== 'told')).toEqual([])
})
