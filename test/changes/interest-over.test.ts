import { afterEach, beforeEach, expect, test } from 'vitest'
import { hmac } from '../../src/base/token.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { tick } from '../../src/clockwork.ts'
import { askToBeTold } from '../../src/interest/ask.ts'
import { confirmInterest } from '../../src/interest/confirm.ts'
import { endOverInterests } from '../../src/interest/end-over.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Letter } from '../../src/mail/letters.ts'
import { findings } from '../../src/node/findings.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { mayDo } from '../acts.ts'
import { mito } from '../booking/fixtures.ts'
import { seminar } from '../schedule/fixtures.ts'
import type { World } from '../world.ts'

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

test('is for the clockwork', async () => {
  expect(await mayDo(w, (ctx) => endOverInterests(ctx))).toEqual(['system'])
})
