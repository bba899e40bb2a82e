import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { correct } from '../../src/booking/correct.ts'
import { remind } from '../../src/booking/remind.ts'
import { unmarkCalled } from '../../src/changes/unmark-called.ts'
import { callsToMake } from '../../src/mail/call.ts'
import { deliver } from '../../src/mail/deliver.ts'
import type { Sent } from '../../src/mail/mailer.ts'
import { resend } from '../../src/mail/resend.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { erase } from '../../src/retention/erase.ts'
import { as } from '../acts.ts'
import { MITO, NOW, type World } from '../world.ts'
import { booked, mailWorld } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mailWorld()
})
afterEach(() => w.close())

const OK: Sent = { ok: true }
const REFUSED: Sent = { ok: false, permanent: true, fault: 'RCPT TO: 550' }
const LATER: Sent = { ok: false, permanent: false, fault: 'RCPT TO: 450' }

/** One round of the sender whose server answers so, after `before`. */
const round = (sent: Sent, before: () => unknown = () => undefined) => {
  const send = async () => {
    await before()
    return sent
  }
  return deliver(w.system, { send, close: () => undefined }, 'one')
}
const calls = () => callsToMake(as(w, 'desk'))
const failed = async () => (await w.column<string>("select id from outbox where state = 'failed'"))[0] ?? ''

/** The desk takes the address of a booking away. */
async function withoutAddress(id: string) {
  const person = { company: '大洗建設', name: '海野 次郎', name_kana: 'うんの じろう', phone: '090-1234-5678' }
  expect(await correct(as(w, 'desk'), id, { ...person, email: '', revision: 0 })).toMatchObject({ ok: true })
}

describe('a call for a letter that their mail server refused', () => {
  const QUEUED = {
    reminder: async () => {
      w.at('2026-11-26T01:00:00.000Z')
      await remind(w.system)
    },
    message: async () => {
      await sendMessage(as(w, 'desk'), { kind: 'session', id: MITO }, { subject_ja: '駐車場', body_ja: '満車です。' })
    },
  }

  test.each(['reminder', 'message'] as const)('goes once the %s was sent after all', async (kind) => {
    await booked(w)
    await round(OK)
    await QUEUED[kind]()
    await round(REFUSED)
    expect(await calls()).toMatchObject([{ kind }])
    expect(await resend(as(w, 'desk'), await failed())).toMatchObject({ ok: true })
    await round(REFUSED)
    expect(await calls()).toMatchObject([{ kind }])
    expect(await resend(as(w, 'desk'), await failed())).toMatchObject({ ok: true })
    await round(OK)
    expect(await calls()).toEqual([])
  })

  test('of one message stays if another one was sent', async () => {
    await booked(w)
    await round(OK)
    await QUEUED.message()
    await round(REFUSED)
    await QUEUED.message()
    await round(OK)
    expect(await calls()).toMatchObject([{ kind: 'message' }])
  })

  test('is not made if its reader was erased while it was on its way', async () => {
    const { token } = await booked(w)
    await round(REFUSED, () => erase(w.ctx, { token }))
    expect(await w.column("select id from outbox where channel = 'phone'")).toEqual([])
  })
})

describe('a letter that becomes a call since the address is gone', () => {
  test('was called by nobody yet, however often it was tried', async () => {
    const { id } = await booked(w)
    await round(LATER)
    await withoutAddress(id)
    expect(await calls()).toMatchObject([{ kind: 'booked', attempts: 0 }])
  })

  test('nor if the address went while it was on its way', async () => {
    const { id } = await booked(w)
    await w.run("update outbox set state = 'claimed', claimed_by = 'dead', claimed_until = ?, attempts = 1", NOW)
    await w.run('update booking set email = null where id = ?', id)
    await round(OK)
    expect(await calls()).toMatchObject([{ kind: 'booked', attempts: 0 }])
  })
})

test('a mark as called is not taken back once the person is erased', async () => {
  const { id, token } = await booked(w)
  await w.run("update outbox set channel = 'phone', state = 'sent' where subject = ?", id)
  const [call = ''] = await w.column<string>('select id from outbox where subject = ?', id)
  await erase(w.ctx, { token })
  expect(await unmarkCalled(as(w, 'desk'), call)).toEqual({ ok: true, booking: id, again: true })
  expect(await calls()).toEqual([])
})
