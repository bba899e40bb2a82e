import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { standingAt, standingOf } from '../../src/base/standing.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { correct } from '../../src/booking/correct.ts'
import { ledger } from '../../src/booking/ledger.ts'
import { move } from '../../src/booking/move.ts'
import { turnDown } from '../../src/booking/turn-down.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { missedDraws } from '../../src/lottery/queries.ts'
import { callOf, callsToMake } from '../../src/mail/call.ts'
import { write } from '../../src/mail/write.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { promote } from '../../src/waitlist/promote.ts'
import { as } from '../acts.ts'
import { MITO, NOW, type World } from '../world.ts'
import { booked, cancelled, mailWorld, tickAndSend } from './fixtures.ts'
import { type PostOffice, parsed, postOffice } from './post-office.ts'

const NEXT = 'ibaraki-2026-12-04'
const STORM = '台風のため'
const ROOM = '会場が使えないため'
const SLIP = '誤って中止としたため'

let w: World
let office: PostOffice
let minutes: number
beforeEach(async () => {
  w = await mailWorld()
  office = await postOffice()
  minutes = 0
})
afterEach(async () => {
  await office.close()
  await w.close()
})

const onDay = (date: string | null, session = MITO) =>
  reschedule(w.system, session, { date, starts: null, reason_ja: STORM })
const onWeb = (session = MITO) => convert(w.system, session, { into: 'online', reason_ja: ROOM })

/** Does each act a minute after the one before, as people do. */
async function inTurn(...acts: (() => Promise<{ ok: boolean }>)[]) {
  for (const act of acts) {
    w.at(plusMinutes(NOW, ++minutes))
    expect(await act()).toMatchObject({ ok: true })
  }
}

/** The letters that leave now: subject, and the text without the ends of its lines. */
async function came() {
  await tickAndSend(w.system, office.mailer(), 'one')
  const letters = await Promise.all(office.received.splice(0).map(parsed))
  return letters.map(({ subject = '', text = '' }) => ({ subject, text: text.replaceAll(/\n */g, '\n') }))
}

async function known() {
  const one = await booked(w)
  await came()
  return one
}

describe('a letter has the reason of the act of which it tells', () => {
  test('a cancellation has none, whatever the desk changed before', async () => {
    const one = await known()
    await inTurn(
      () => onDay('2026-12-03'),
      () => cancelled(w, one).then(() => ({ ok: true })),
    )
    const letters = await came()
    expect(letters.map(({ subject }) => subject.slice(0, 7))).toEqual(['【キャンセル】'])
    expect(letters[0]?.text).not.toContain('理由')
  })

  test('nor has the answer to a request, by letter or by telephone', async () => {
    await w.run("update session set acceptance = 'approval' where id = ?", MITO)
    const [mailed, called] = [await booked(w), await booked(w, { slot: `${MITO}-1100` })]
    await came()
    await w.run('update booking set email = null where id = ?', called.id)
    await inTurn(
      () => onWeb(),
      () => turnDown(as(w, 'desk'), mailed.id),
      () => turnDown(as(w, 'desk'), called.id),
    )
    const [letter, ...others] = await came()
    expect([letter?.subject.slice(0, 6), others]).toEqual(['【受付結果】', []])
    expect(letter?.text).not.toContain('理由')
    const [call] = await callsToMake(as(w, 'desk'))
    const { heading, facts } = await callOf(as(w, 'desk'), call?.id ?? '')
    expect(heading).toBe('ご希望に添えませんでした')
    expect(facts?.map(({ label }) => label)).not.toContain('理由')
  })

  test('a move to another session has no reason of either', async () => {
    await onWeb(NEXT)
    const { token } = await known()
    await inTurn(
      () => onDay('2026-12-03'),
      () => move(w.ctx, { token }, { session: NEXT, slot: `${NEXT}-1000`, format: 'online' }),
    )
    const [letter] = await came()
    expect(letter?.text).toContain('変更前：2026年11月27日(金) 10:00〜10:50')
    expect(letter?.text).not.toContain('理由')
  })

  test('a new date keeps its own reason when a suspension follows', async () => {
    await known()
    const days = { starts_on: '2026-12-03', ends_on: '2026-12-03' }
    await inTurn(
      () => onDay('2026-12-03'),
      () => suspend(as(w, 'desk'), { prefectures: ['08'], into: 'online', reason_ja: ROOM, ...days }),
    )
    const [letter] = await came()
    expect(letter?.subject).toContain('【変更】')
    expect(letter?.text).toContain(`理由：${STORM}`)
    expect(letter?.text).not.toContain(ROOM)
  })
})

describe('a postponed session', () => {
  const state = () => sessionById(w.ctx, MITO)

  test.each([{ acts: ['web'] }, { acts: ['web', 'back'] }, { acts: ['venue'] }] as const)(
    'says why it is postponed, not why $acts followed',
    async ({ acts }) => {
      await w.run(
        "insert into venue (id, prefecture, name_ja, name_en, address, area_only, revision) values ('hall', '08', '大洗の会館', 'Oarai Hall', '大洗町1-1', 0, 0)",
      )
      await known()
      const DO = {
        web: () => onWeb(),
        back: () => convertBack(w.system, MITO, { reason_ja: SLIP }),
        venue: () => changeVenue(w.system, MITO, { venue: 'hall', reason_ja: ROOM }),
      }
      await inTurn(() => onDay(null))
      await came()
      for (const act of acts) await inTurn(DO[act])
      expect((await state())?.reason?.ja).toBe(STORM)
      const letters = await came()
      expect(letters.map(({ text }) => /理由：(.*)/.exec(text)?.[1])).toEqual(acts.length > 1 ? [] : [ROOM])
    },
  )

  test('a corrected address reads of the former day as it is, and why it is postponed', async () => {
    const one = await known()
    await inTurn(() => onDay(null))
    await came()
    const person = { company: '大洗建設', name: '海野 次郎', name_kana: 'うんの じろう', phone: '090-1234-5678' }
    await inTurn(
      () => onWeb(),
      () => correct(as(w, 'desk'), one.id, { ...person, email: 'right@example.jp', revision: 2 }),
    )
    const letter = (await came()).find(({ subject }) => subject.startsWith('【延期】'))
    expect(letter?.text).toContain('日時：日程未定（11月27日(金)から延期）')
    expect(letter?.text).not.toContain('変更前')
    expect(letter?.text).toContain(`理由：${STORM}`)
  })

  test('that was called off by a slip is not called off any more, and still has no day', async () => {
    await known()
    await inTurn(() => onDay(null))
    await came()
    await inTurn(() => callOff(w.system, MITO, { reason_ja: ROOM }))
    await came()
    await inTurn(() => holdAgain(w.system, MITO, { reason_ja: SLIP }))
    expect(await state()).toMatchObject({ status: 'postponed', reason: null })
    const [letter] = await came()
    expect(letter?.subject).toMatch(/^【中止の取り消し】/)
    expect(letter?.text).toContain(`理由：${SLIP}`)
    expect(letter?.text).toContain('日時：日程未定（11月27日(金)から延期）')
    expect(letter?.text).not.toMatch(/変更前|開催を延期します|予定どおり/)
  })
})

describe('people who are called hear of what they knew', () => {
  /** Books a person without e-mail onto the waiting list of a full day, and tells them their turn. */
  async function waiting() {
    await w.run('update session set capacity = 1 where id = ?', MITO)
    const first = await booked(w)
    const one = await booked(w, { slot: null, waitlist: true })
    await came()
    await w.run('update booking set email = null where id = ?', one.id)
    return { first, one }
  }

  /** How the lines of the ledger stand now. */
  async function listed() {
    const { lines } = await ledger(as(w, 'desk'), { from: '2026-11-27', to: '2026-11-27' })
    return lines.map((line) => standingAt(line, line, w.ctx.clock.now()))
  }

  test('an offer of which nobody told them was not theirs to answer', async () => {
    const { first } = await waiting()
    await inTurn(() => cancel(w.ctx, { token: first.token }))
    await came()
    expect((await callsToMake(as(w, 'desk'))).map(({ kind }) => kind)).toEqual(['offered'])
    w.at('2026-11-26T07:00:00.000Z')
    // Also before the clockwork ends it.
    expect(await listed()).toContain('unheard')
    await came()
    expect(await listed()).toContain('unheard')
    const [call] = await callsToMake(as(w, 'desk'))
    expect(call?.kind).toBe('lapsed')
    const { heading, booking } = await callOf(as(w, 'desk'), call?.id ?? '')
    expect(heading).toBe('席が空きましたが、期限までにご連絡できませんでした')
    expect(standingOf(booking, booking.session)).toBe('unheard')
  })

  test('who was called about the offer hears that its time is over', async () => {
    const { first } = await waiting()
    await inTurn(() => cancel(w.ctx, { token: first.token }))
    await came()
    await w.run("update outbox set state = 'sent' where kind = 'offered'")
    w.at('2026-11-26T07:00:00.000Z')
    expect(await listed()).toContain('offer_over')
    await came()
    expect(await listed()).toContain('offer_over')
    const [call] = await callsToMake(as(w, 'desk'))
    const { heading, booking } = await callOf(as(w, 'desk'), call?.id ?? '')
    expect(heading).toBe('空きのご案内の期限が過ぎました')
    expect(standingOf(booking, booking.session)).toBe('offer_over')
  })

  test('a booking of which nobody told them is cancelled as the turn that they knew', async () => {
    const { first, one } = await waiting()
    await inTurn(() => cancel(w.ctx, { token: first.token }))
    await came()
    const desk = as(w, 'desk')
    await inTurn(
      () => promote(desk, one.id),
      () => move(desk, { id: one.id }, { session: MITO, slot: `${MITO}-1300`, format: 'online' }),
      () => cancel(desk, { id: one.id }),
    )
    const [call] = await callsToMake(desk)
    const { heading, facts } = await callOf(desk, call?.id ?? '')
    expect([call?.kind, heading]).toEqual(['left', 'キャンセル待ちを取り消しました'])
    expect(facts).toContainEqual({ label: '開催形式', value: '現地' })
    expect(facts?.find(({ label }) => label === '日時')?.value).not.toContain('13:00')
  })
})

test('the entries of a lottery that nobody drew hear that they got no result, and its desk sees it', async () => {
  await w.run("update session set acceptance = 'lottery' where id = ?", MITO)
  await known()
  w.at('2026-11-28T00:00:00.000Z')
  const letter = (await came()).find(({ subject }) => subject.startsWith('【終了のお知らせ】'))
  expect(letter?.text).toContain('抽選の結果をご連絡できませんでした')
  expect(letter?.text).not.toContain('席をご案内できませんでした')
  expect(await missedDraws(as(w, 'desk'), '2026-11-14', '2026-11-28')).toMatchObject([
    { id: MITO, date: '2026-11-27', entries: 1 },
  ])
  expect(await missedDraws(as(w, 'desk'), '2026-11-28', '2026-11-28')).toEqual([])
})

test.each(['mail', 'phone'] as const)(
  'after a move, the news of a conversion says why, and not to come, by %s',
  async (way) => {
    const one = await booked(w)
    await w.run("update outbox set state = 'sent'")
    if (way === 'phone') await w.run('update booking set email = null where id = ?', one.id)
    const desk = as(w, 'desk')
    w.at(plusMinutes(NOW, 1))
    expect(await move(desk, { id: one.id }, { session: MITO, slot: `${MITO}-1300` })).toMatchObject({ ok: true })
    w.at(plusMinutes(NOW, 2))
    expect(await convert(desk, MITO, { into: 'online', reason_ja: '会場の停電のため' })).toMatchObject({ ok: true })
    const row = (await w.rows<OutboxRow>('select * from outbox order by created_at')).at(-1)
    const [call] = await callsToMake(desk)
    const said =
      way === 'mail'
        ? ((row && (await write(w.system, row, 'send')))?.text ?? '')
        : JSON.stringify((call && (await callOf(desk, call.id)).facts) ?? '')
    for (const part of ['会場の停電のため', '会場にお越しにならないよう', '13:00'])
      expect(said.replaceAll(/\s/g, '')).toContain(part)
  },
)
