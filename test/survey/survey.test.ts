import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attend } from '../../src/booking/attend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { callOff } from '../../src/changes/call-off.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { findings } from '../../src/node/findings.ts'
import { erase } from '../../src/retention/erase.ts'
import { forget } from '../../src/retention/forget.ts'
import type { SurveyAnswerRow } from '../../src/store/schema.ts'
import { answerSurvey } from '../../src/survey/answer.ts'
import { askSurvey } from '../../src/survey/ask.ts'
import { surveyComments, surveyFigures } from '../../src/survey/queries.ts'
import { type Counted, figuresOf } from '../../src/survey/survey.ts'
import { booked, bookingRow, journal, letters, mito } from '../booking/fixtures.ts'
import { tickAndSend } from '../mail/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

/** Saturday 28 November 2026, 10:00 in Japan: the day after. */
const DAY_AFTER = '2026-11-28T01:00:00.000Z'
const GIVEN = {
  satisfaction: '5',
  understood: '4',
  telework: 'within_year',
  recommend: '3',
  comment: ' よかった\r\nです ',
}

let w: World
beforeEach(async () => {
  w = await mito({ env: { SMTP_URL: 'smtp://localhost' } })
})
afterEach(() => w.close())

const surveys = async () => (await letters(w)).filter((letter) => letter.kind === 'survey')
const answers = () => w.rows<SurveyAnswerRow>('select * from survey_answer order by comment')
const on = (time: string) => application({ slot: `${MITO}-${time}` })

function recording() {
  const sent: Letter[] = []
  return { sent, send: async (letter: Letter) => ({ ok: Boolean(sent.push(letter)) as true }), close: () => undefined }
}

describe('the day after', () => {
  test('who was booked or came, and has an e-mail, is asked once, in the daytime', async () => {
    const { id } = await booked(w, on('1000'))
    const came = await booked(w, on('1100'))
    await booked(w, application({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' }))
    w.at('2026-11-27T03:00:00.000Z')
    await attend(w.system, came.id, 'attended')
    const mailer = recording()
    w.at('2026-11-27T22:59:00.000Z')
    await tickAndSend(w.system, mailer, 'one')
    expect(await surveys()).toEqual([])
    w.at(DAY_AFTER)
    await tickAndSend(w.system, mailer, 'one')
    await tickAndSend(w.system, mailer, 'two')
    await askSurvey(w.system)
    const states = Object.fromEntries((await surveys()).map(({ subject, state }) => [subject, state]))
    expect(states).toEqual({ [id]: 'sent', [came.id]: 'sent' })
    // Nobody recorded whether the first one came.
    expect(
      mailer.sent.filter(({ subject, text }) => /アンケート/.test(subject) && /ご利用ありがとう/.test(text)),
    ).toEqual([])
    const asking = mailer.sent.filter((letter) => letter.subject.startsWith('【アンケート】'))
    expect(asking).toHaveLength(2)
    expect(asking[0]?.calendar).toBeNull()
    expect(asking.map(({ text }) => /\/b\/(.+)\/survey$/m.exec(text)?.[1])).toContain(came.token)
    expect(asking[0]?.text).toContain('12月27日(日) まで')
    expect(await findings(w.system)).toEqual([])
  })

  test('who was absent, cancelled, waits, has no e-mail or is forgotten is not asked', async () => {
    const absent = await booked(w, on('1000'))
    await cancel(w.ctx, { token: (await booked(w, on('1000'))).token })
    const bare = await booked(w, on('1100'))
    await w.run('update booking set email = null where id = ?', bare.id)
    const gone = await booked(w, on('1300'))
    await erase(w.ctx, { token: gone.token })
    await booked(w, application({ slot: `${MITO}-1000`, seats: 2, waitlist: true }))
    w.at('2026-11-27T03:00:00.000Z')
    await attend(w.system, absent.id, 'absent')
    w.at(DAY_AFTER)
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 0 })
  })

  test('nobody is asked on the day itself, nor who has answered by then', async () => {
    const { token } = await booked(w, on('1000'))
    await booked(w, on('1100'))
    w.at('2026-11-27T08:00:00.000Z')
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 0 })
    await answerSurvey(w.ctx, { token }, GIVEN)
    w.at(DAY_AFTER)
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 1 })
  })

  test('nobody is asked of a session that was called off', async () => {
    await booked(w)
    await callOff(w.system, MITO, { reason_ja: '大雪のため' })
    w.at(DAY_AFTER)
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 0 })
  })

  test('a letter that has been overtaken does not leave', async () => {
    const one = await booked(w, on('1000'))
    const two = await booked(w, on('1100'))
    const three = await booked(w, on('1300'))
    const four = await booked(w, on('1400'))
    w.at(DAY_AFTER)
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 4 })
    await attend(w.system, one.id, 'absent')
    await answerSurvey(w.ctx, { token: two.token }, GIVEN)
    await erase(w.ctx, { token: three.token })
    const mailer = recording()
    await tickAndSend(w.system, mailer, 'one')
    const states = Object.fromEntries((await surveys()).map(({ subject, state }) => [subject, state]))
    const dropped = 'superseded'
    expect(states).toEqual({ [one.id]: dropped, [two.id]: dropped, [three.id]: dropped, [four.id]: 'sent' })
  })

  test('who could not be asked on that day is asked within a week, and not after it', async () => {
    await booked(w)
    w.at('2026-12-05T01:00:00.000Z')
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 0 })
    w.at('2026-12-04T01:00:00.000Z')
    expect(await askSurvey(w.system)).toEqual({ ok: true, asked: 1 })
  })

  test('only the clockwork asks', async () => {
    await expect(askSurvey(w.ctx)).rejects.toThrow('only for the system')
  })
})

describe('an answer', () => {
  test('is kept once, and names no booking, person or moment', async () => {
    const { id, token } = await booked(w)
    const before = await bookingRow(w, id)
    const lines = await journal(w)
    w.at(DAY_AFTER)
    expect(await answerSurvey(w.ctx, { token }, GIVEN)).toEqual({ ok: true, answered: true })
    expect(await answerSurvey(w.ctx, { token }, { ...GIVEN, satisfaction: '1' })).toEqual({
      ok: false,
      why: 'answered',
    })
    const [row, ...others] = await answers()
    expect(others).toEqual([])
    expect(row).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-/),
      programme: before.programme,
      prefecture: '08',
      kind: 'consultation',
      month: '2026-11',
      satisfaction: 5,
      understood: 4,
      telework: 'within_year',
      recommend: 3,
      comment: 'よかった\nです',
    })
    expect(await bookingRow(w, id)).toEqual({ ...before, surveyed: 1, revision: before.revision + 1 })
    expect(await journal(w)).toEqual(lines)
    expect(JSON.stringify(row)).not.toContain(id)
  })

  test('of two sent at once is one', async () => {
    const { token } = await booked(w)
    w.at(DAY_AFTER)
    const slower = meanwhile(w, () => answerSurvey(w.ctx, { token }, GIVEN))
    expect(await answerSurvey(slower.ctx, { token }, GIVEN)).toEqual({ ok: false, why: 'answered' })
    expect(await answers()).toHaveLength(1)
  })

  test('is not taken if somebody was marked absent meanwhile', async () => {
    const { id, token } = await booked(w)
    w.at(DAY_AFTER)
    const slower = meanwhile(w, () => attend(w.system, id, 'absent'))
    expect(await answerSurvey(slower.ctx, { token }, GIVEN)).toEqual({ ok: false, why: 'none' })
    expect(await answers()).toEqual([])
  })

  test('is refused if the booking changes each time', async () => {
    const { id, token } = await booked(w)
    w.at(DAY_AFTER)
    const busy = meanwhile(w, () => w.run('update booking set revision = revision + 1 where id = ?', id), 3)
    expect(await answerSurvey(busy.ctx, { token }, GIVEN)).toEqual({ ok: false, why: 'changed' })
    expect(await answers()).toEqual([])
  })

  test('that is faulty is refused by its fields', async () => {
    const { token } = await booked(w)
    w.at(DAY_AFTER)
    const errors = { satisfaction: 'choice', understood: 'choice', telework: 'choice', recommend: 'choice' }
    expect(await answerSurvey(w.ctx, { token }, {})).toEqual({ ok: false, why: 'invalid', errors })
    const faulty = { ...GIVEN, satisfaction: '6', comment: 'あ'.repeat(1001) }
    expect(await answerSurvey(w.ctx, { token }, faulty)).toMatchObject({
      errors: { satisfaction: 'choice', comment: 'long' },
    })
    expect(await answerSurvey(w.ctx, { token }, { ...GIVEN, comment: '\0' })).toMatchObject({
      errors: { comment: 'text' },
    })
    expect(await answerSurvey(w.ctx, { token }, { ...GIVEN, comment: 'あ'.repeat(1000) })).toMatchObject({ ok: true })
  })

  test('may be given from the end of one’s time until the thirtieth day after', async () => {
    const { token } = await booked(w)
    for (const [now, why] of [
      ['2026-11-27T01:49:00.000Z', 'early'],
      ['2026-12-27T15:00:00.000Z', 'over'],
      ['2026-12-27T14:59:00.000Z', undefined],
    ] as const) {
      w.at(now)
      expect([now, await answerSurvey(w.ctx, { token }, GIVEN)]).toMatchObject([now, why ? { why } : { ok: true }])
    }
    await expect(answerSurvey(w.ctx, { token: 'unknown' }, GIVEN)).rejects.toThrow('booking')
  })
})

describe('the figures', () => {
  /** This many people of a day in Mito answer. */
  async function answered(comments: string[]) {
    const times = ['1000', '1000', '1100', '1100', '1300']
    const tokens: string[] = []
    for (const [i] of comments.entries()) tokens.push((await booked(w, on(times[i] ?? ''))).token)
    w.at(DAY_AFTER)
    for (const [i, comment] of comments.entries()) {
      await answerSurvey(w.ctx, { token: tokens[i] ?? '' }, { ...GIVEN, satisfaction: String(5 - i), comment })
    }
  }

  test('are shown for three answers or more, and not for two', async () => {
    await answered(['ろ', 'い'])
    expect(await surveyFigures(w.ctx)).toBeNull()
    expect(await surveyComments(w.ctx)).toEqual([])
  })

  test('are counts and means, by programme, prefecture and month, and what was written is in no order of arrival', async () => {
    await answered(['ろ', '', 'い', 'は'])
    const told = await surveyFigures(w.ctx, { prefecture: '08', month: '2026-11' })
    expect(told).toEqual({
      answers: 4,
      satisfaction: { mean: 3.5, counts: { 1: 0, 2: 1, 3: 1, 4: 1, 5: 1 } },
      understood: { mean: 4, counts: { 1: 0, 2: 0, 3: 0, 4: 4, 5: 0 } },
      recommend: { mean: 3, counts: { 1: 0, 2: 0, 3: 4, 4: 0, 5: 0 } },
      telework: { started: 0, within_year: 4, considering: 0, no: 0 },
    })
    const [programme = ''] = (await answers()).map((row) => row.programme)
    expect(await surveyFigures(w.ctx, { programme })).toEqual(told)
    for (const filter of [{ programme: 'other' }, { prefecture: '13' }, { month: '2026-12' }]) {
      expect(await surveyFigures(w.ctx, filter)).toBeNull()
      expect(await surveyComments(w.ctx, filter)).toEqual([])
    }
    expect((await surveyComments(w.ctx, { prefecture: '08' })).toSorted()).toEqual(['い', 'は', 'ろ'])
    w.reads()
    await surveyFigures(w.ctx)
    expect(w.reads()).toBe(1)
  })

  test('stay when people are forgotten; what they wrote goes', async () => {
    await answered(['鈴木です', 'い', ''])
    const before = await surveyFigures(w.ctx)
    w.at('2028-03-31T15:00:00.000Z')
    await forget(w.system)
    expect(await surveyFigures(w.ctx)).toEqual(before)
    expect(await surveyComments(w.ctx)).toEqual([])
    expect(JSON.stringify(await answers())).not.toContain('鈴木')
  })

  test('of one and two answers alike are none, of three there are some', () => {
    const row: Counted = { satisfaction: 1, understood: 1, recommend: 2, telework: 'no', answers: 1 }
    expect(figuresOf([])).toBeNull()
    expect(figuresOf([{ ...row, answers: 2 }])).toBeNull()
    expect(figuresOf([row, { ...row, recommend: 4, answers: 2 }])?.recommend).toEqual({
      mean: 3.3,
      counts: { 1: 0, 2: 1, 3: 0, 4: 2, 5: 0 },
    })
  })
})
