import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { hmac } from '../../src/base/token.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { setDate } from '../../src/changes/set-date.ts'
import { tick } from '../../src/clockwork.ts'
import { askToBeTold } from '../../src/interest/ask.ts'
import { confirmInterest } from '../../src/interest/confirm.ts'
import { endOverInterests } from '../../src/interest/end-over.ts'
import { notifySettled } from '../../src/interest/notify-settled.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { findings } from '../../src/node/findings.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { skip } from '../../src/planning/skip.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { mayDo } from '../acts.ts'
import { booked, mito } from '../booking/fixtures.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, NOW, type World } from '../world.ts'

/** The programme ends on 31 March 2027, and with it what has no day. */
const OVER = '2027-03-31T15:00:00.000Z'

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
  await publishSession(w.system, seminar({ id: 'later', date: null, hours: null, formats: [], capacity: null }))
})
afterEach(() => w.close())

async function asked(email: string, confirmed = true): Promise<string> {
  await askToBeTold(w.ctx, 'later', { email, consent: true })
  const [id = ''] = await w.column<string>('select id from interest where email = ?', email)
  if (confirmed) await confirmInterest(w.ctx, await hmac(w.ctx.config.secrets[0] ?? '', `${id}.interest`))
  return id
}

const sent: Letter[] = []
const mailer = {
  send: async (letter: Letter) => {
    sent.push(letter)
    return { ok: true as const }
  },
  close: async () => undefined,
}
const send = () => {
  sent.length = 0
  return deliver(w.system, mailer, 'test')
}
const rows = () =>
  w.rows<{ id: string; state: string; email: string | null }>('select id, state, email from interest order by id')

test('who waits for a date that never came is told once, then the address is deleted', async () => {
  const id = await asked('hanako@example.jp')
  await send()
  w.at('2027-03-31T14:59:59.999Z')
  expect(await endOverInterests(w.system)).toEqual({ ok: true, ended: 0 })
  w.at(OVER)
  expect(await endOverInterests(w.system)).toEqual({ ok: true, ended: 1 })
  expect(await rows()).toEqual([{ id, state: 'ended', email: 'hanako@example.jp' }])
  await send()
  expect(sent.map(({ to, subject }) => [to.address, subject])).toEqual([
    ['hanako@example.jp', expect.stringContaining('【お知らせの終了】')],
  ])
  expect(await endOverInterests(w.system)).toEqual({ ok: true, ended: 0 })
  expect(await rows()).toEqual([{ id, state: 'ended', email: null }])
  expect((await send()).sent).toBe(0)
  expect(await findings(w.system)).toEqual([])
})

test('who never confirmed the address is not written to, and the address is deleted at once', async () => {
  const id = await asked('hanako@example.jp', false)
  w.at(OVER)
  await endOverInterests(w.system)
  expect(await rows()).toEqual([{ id, state: 'ended', email: null }])
  expect((await send()).sent).toBe(0)
})

test('a session that is called off tells them so, with its reason', async () => {
  await asked('hanako@example.jp')
  await send()
  await callOff(w.system, 'later', { reason_ja: '講師の都合により', reason_en: '' })
  await tick(w.system)
  await send()
  expect(sent.map(({ subject }) => subject)).toEqual([expect.stringContaining('【開催中止】')])
  expect(sent[0]?.text).toContain('講師の都合により')
})

const why = { reason_ja: '講師の都合により', reason_en: '' }
const DAY = { date: '2026-12-14', starts: '13:00', ends: '15:00', formats: 'online', capacity: '20' }

/** What the session goes through. `sent`: the clockwork runs, and the letters leave. */
const STEPS = {
  settle: () => setDate(w.system, 'later', DAY),
  postpone: () => reschedule(w.system, 'later', { date: null, starts: null, ...why }),
  move: () => reschedule(w.system, 'later', { date: '2026-12-21', starts: null, ...why }),
  back: () => reschedule(w.system, 'later', { date: '2026-12-14', starts: null, ...why }),
  off: () => callOff(w.system, 'later', why),
  again: () => holdAgain(w.system, 'later', why),
  skip: () => skip(w.system, 'later', why),
  open: () => unskip(w.system, 'later'),
}
type Step = keyof typeof STEPS | 'sent' | 'tick' | 'week'

describe('a postponed session', () => {
  const postponed = async () => {
    await STEPS.settle()
    await STEPS.postpone()
  }

  test('takes the address of people who ask for its new date, and tells them that once', async () => {
    await postponed()
    await asked('hanako@example.jp')
    await send()
    await STEPS.move()
    await tick(w.system)
    await send()
    expect(sent.map(({ to, subject }) => [to.address, subject])).toEqual([
      ['hanako@example.jp', expect.stringContaining('【日程決定】')],
    ])
    expect(sent[0]?.text).toContain('12月21日(月)')
    await tick(w.system)
    await send()
    expect(sent).toEqual([])
  })

  test.each(['move', 'off'] as const)('sends people with a booking no second letter: %s', async (what) => {
    await STEPS.settle()
    await booked(w, application({ session: 'later', slot: undefined, format: 'online', email: 'taro@example.jp' }))
    await STEPS.postpone()
    await asked('taro@example.jp')
    await send()
    await STEPS[what]()
    await tick(w.system)
    await send()
    expect(sent.map(({ subject }) => subject.replace(/】.*/u, '】'))).toEqual([
      { move: '【変更】', off: '【開催中止】' }[what],
    ])
    expect(await findings(w.system)).toEqual([])
  })

  test('takes no address once its programme is over', async () => {
    await postponed()
    w.at(OVER)
    expect(await askToBeTold(w.ctx, 'later', { email: 'hanako@example.jp', consent: true })).toEqual({
      ok: false,
      why: 'closed',
    })
  })
})

/** The steps, and the letters that each person gets after the first. */
const LIVES: { steps: Step[]; heard: string[] }[] = [
  { steps: ['settle', 'sent'], heard: ['【日程決定】'] },
  { steps: ['settle', 'tick', 'off', 'sent'], heard: ['【開催中止】'] },
  { steps: ['settle', 'sent', 'off', 'sent'], heard: ['【日程決定】', '【開催中止】'] },
  { steps: ['settle', 'tick', 'postpone', 'sent', 'move', 'sent'], heard: ['【日程決定】'] },
  {
    steps: ['settle', 'sent', 'postpone', 'sent', 'move', 'sent'],
    heard: ['【日程決定】', '【延期】', '【日程決定】'],
  },
  { steps: ['settle', 'sent', 'postpone', 'tick', 'move', 'sent'], heard: ['【日程決定】', '【日程変更】'] },
  { steps: ['settle', 'sent', 'move', 'sent'], heard: ['【日程決定】', '【日程変更】'] },
  { steps: ['settle', 'sent', 'move', 'tick', 'back', 'sent'], heard: ['【日程決定】'] },
  { steps: ['off', 'tick', 'again', 'sent'], heard: [] },
  {
    steps: ['off', 'sent', 'again', 'sent', 'settle', 'sent'],
    heard: ['【開催中止】', '【開催します】', '【日程決定】'],
  },
  {
    steps: ['settle', 'sent', 'off', 'sent', 'again', 'sent'],
    heard: ['【日程決定】', '【開催中止】', '【開催します】'],
  },
  { steps: ['off', 'sent', 'again', 'sent', 'off', 'sent'], heard: ['【開催中止】', '【開催します】', '【開催中止】'] },
  { steps: ['off', 'sent', 'week', 'again', 'sent'], heard: ['【開催中止】'] },
  { steps: ['skip', 'tick', 'open', 'sent'], heard: [] },
  {
    steps: ['skip', 'sent', 'open', 'sent', 'settle', 'sent'],
    heard: ['【休止】', '【開催します】', '【日程決定】'],
  },
  {
    steps: ['settle', 'sent', 'skip', 'sent', 'open', 'sent'],
    heard: ['【日程決定】', '【休止】', '【開催します】'],
  },
  { steps: ['skip', 'sent', 'week', 'sent', 'open', 'sent'], heard: ['【休止】'] },
]

test.each(LIVES)('who asked for the date hears once of what is true: $steps', async ({ steps, heard }) => {
  await asked('hanako@example.jp')
  await asked('nobody@example.jp', false)
  await send()
  const marks: string[] = []
  let now = NOW
  for (const step of steps) {
    now = plusMinutes(now, step === 'week' ? 7 * 24 * 60 : 1)
    w.at(now)
    const act = step in STEPS ? STEPS[step as keyof typeof STEPS] : null
    const done = act === null ? { ok: true } : await act()
    expect([step, done]).toMatchObject([step, { ok: true }])
    if (act === null) {
      await notifySettled(w.system)
      await endOverInterests(w.system)
    }
    if (step !== 'sent') continue
    await send()
    expect(sent.every(({ to }) => to.address === 'hanako@example.jp')).toBe(true)
    marks.push(...sent.map(({ subject }) => /^【.*?】/.exec(subject)?.[0] ?? subject))
  }
  expect(marks).toEqual(heard)
  expect(await findings(w.system)).toEqual([])
})

test('a letter about another date has the reason of that change, not of a later one', async () => {
  await asked('hanako@example.jp')
  await STEPS.settle()
  await notifySettled(w.system)
  await send()
  w.at(plusMinutes(NOW, 1))
  await STEPS.move()
  await w.run("update session set reason_ja = '会場の都合により', reason_en = 'Venue' where id = 'later'")
  await send()
  expect(sent.map(({ text }) => [text.includes('講師の都合により'), text.includes('会場の都合により')])).toEqual([
    [true, false],
  ])
})

test('who booked hears of a call-off and of another day by the letter of the booking alone', async () => {
  await asked('hanako@example.jp')
  await setDate(w.system, 'later', DAY)
  await notifySettled(w.system)
  w.at(plusMinutes(NOW, 3 * 24 * 60))
  await booked(w, application({ session: 'later', slot: undefined, format: 'online', email: 'hanako@example.jp' }))
  await send()
  for (const act of ['move', 'off'] as const) {
    await STEPS[act]()
    await endOverInterests(w.system)
    await send()
    expect([act, sent.length]).toEqual([act, 1])
    expect(sent[0]?.text).toContain('受付番号')
  }
})

test('is for the clockwork', async () => {
  expect(await mayDo(w, (ctx) => endOverInterests(ctx))).toEqual(['system'])
})
