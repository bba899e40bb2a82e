import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NotFound } from '../../../src/base/outcome.ts'
import { amend } from '../../../src/booking/amend.ts'
import { cancel } from '../../../src/booking/cancel.ts'
import { confirmEmail } from '../../../src/booking/email/confirm-email.ts'
import { emailChangeOf, emailChangeToken } from '../../../src/booking/email/email-change.ts'
import { deadLink, tokenOf } from '../../../src/booking/link.ts'
import { bookingByToken } from '../../../src/booking/queries.ts'
import { write } from '../../../src/mail/write.ts'
import { erase } from '../../../src/retention/erase.ts'
import { forgetEmailChanges } from '../../../src/retention/forget-email-changes.ts'
import type { OutboxRow } from '../../../src/store/schema.ts'
import { application, MITO, type World } from '../../world.ts'
import { booked, bookingRow, journal, mito } from '../fixtures.ts'

let w: World
let mine: { id: string; token: string }
beforeEach(async () => {
  w = await mito()
  mine = await booked(w, application({ email: 'old@example.jp' }))
})
afterEach(() => w.close())

const changeLetters = () =>
  w.rows<OutboxRow>("select * from outbox where about = 'email_change' order by created_at, id")
/** Asks for another address. Returns the token of the link in its letter. */
async function asked(email = 'new@example.jp'): Promise<string> {
  expect(await amend(w.ctx, { token: mine.token }, { email })).toMatchObject({ ok: true, asked: true })
  const change = await emailChangeOf(w.ctx, mine.id)
  return (change && (await emailChangeToken(w.ctx, change))) ?? ''
}
const textOf = async (kind: string) => {
  const row = (await changeLetters()).findLast((one) => one.kind === kind)
  return row ? write(w.system, row, 'read') : null
}

test('another address is asked first: the booking stays, only the new address gets a letter, and its link is not stored', async () => {
  const before = await bookingRow(w, mine.id)
  const token = await asked('ＮＥＷ＠example.jp')
  expect(await bookingRow(w, mine.id)).toEqual({ ...before, revision: 1 })
  const letter = await textOf('confirm_email')
  expect(letter?.to).toEqual({ name: '', address: 'NEW@example.jp' })
  expect(letter?.text).toContain(`/b/email/${token}`)
  for (const personal of [before.name, before.company, before.phone, before.number, mine.token]) {
    expect(letter?.text).not.toContain(personal)
  }
  expect(JSON.stringify(await w.rows('select * from email_change'))).not.toContain(token)
})

test('once confirmed it is the address: a new link to it, the old link leads nowhere, and the old address hears that alone', async () => {
  const token = await asked()
  expect(await confirmEmail(w.ctx, token)).toEqual({ ok: true, booking: mine.id })
  expect(await bookingRow(w, mine.id)).toMatchObject({
    email: 'new@example.jp',
    person_key: 'mail:new@example.jp',
    token_version: 2,
  })
  expect(await bookingByToken(w.ctx, mine.token)).toBeUndefined()
  const left = await textOf('left_email')
  expect(left?.to.address).toBe('old@example.jp')
  expect(left?.text).not.toMatch(/new@example|\/b\//)
  expect(left?.text).toMatch(/^内容：テレワーク/m)
  expect(left?.text).toContain('都道府県：茨城県')
  expect(left?.text).not.toMatch(/^-+\n\n-+$/m)
  expect((await journal(w)).at(-1)).toEqual({ act: 'booking.email_confirmed', subject: mine.id, detail: {} })
  await expect(confirmEmail(w.ctx, token)).rejects.toThrow(NotFound)
  expect([await deadLink(w.ctx, mine.token), await deadLink(w.ctx, token)]).toEqual(['replaced', 'used'])
})

test('the address of a person who had none is added, and nobody is told of a loss', async () => {
  await w.run('update booking set email = null where id = ?', mine.id)
  expect(await confirmEmail(w.ctx, await asked())).toMatchObject({ ok: true })
  expect((await changeLetters()).map(({ kind }) => kind)).toEqual(['confirm_email'])
})

test('the same address in another case asks nobody', async () => {
  expect(await amend(w.ctx, { token: mine.token }, { email: 'OLD@example.jp' })).toEqual({ ok: true, booking: mine.id })
  expect(await changeLetters()).toEqual([])
})

describe('a link', () => {
  test('is over after a day: nothing changes, its letter does not leave, and the address is deleted', async () => {
    const token = await asked()
    w.at('2026-11-23T01:00:00.000Z')
    expect(await confirmEmail(w.ctx, token)).toEqual({ ok: false, why: 'closed' })
    expect(await textOf('confirm_email')).toBeNull()
    await forgetEmailChanges(w.system)
    expect(await w.rows('select * from email_change')).toEqual([])
    expect((await bookingRow(w, mine.id)).email).toBe('old@example.jp')
  })

  test('gives way to that of a later address', async () => {
    const first = await asked('one@example.jp')
    w.at('2026-11-22T02:00:00.000Z')
    const second = await asked('two@example.jp')
    await expect(confirmEmail(w.ctx, first)).rejects.toThrow(NotFound)
    expect(await confirmEmail(w.ctx, second)).toMatchObject({ ok: true })
    expect((await bookingRow(w, mine.id)).email).toBe('two@example.jp')
  })

  test('is refused if the address has another booking there, or the booking is over', async () => {
    const token = await asked('twice@example.jp')
    await booked(w, application({ email: 'twice@example.jp', slot: `${MITO}-1100` }))
    expect(await confirmEmail(w.ctx, token)).toEqual({ ok: false, why: 'twice' })
    await cancel(w.ctx, { token: mine.token })
    expect(await confirmEmail(w.ctx, token)).toEqual({ ok: false, why: 'closed' })
  })
})

test('an erased person leaves no address behind, neither the new one nor the old one', async () => {
  await confirmEmail(w.ctx, await asked('second@example.jp'))
  mine = { ...mine, token: (await tokenOf(w.ctx, await bookingRow(w, mine.id))) ?? '' }
  await asked('third@example.jp')
  expect(await erase(w.ctx, { token: mine.token })).toMatchObject({ ok: true })
  expect(JSON.stringify([await w.rows('select * from email_change'), await changeLetters()])).not.toMatch(/@example/)
})
