import { afterEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { sendLink } from '../../src/booking/send-link.ts'
import { capLetter } from '../../src/caps/letter.ts'
import { sourcesOf } from '../../src/caps/source.ts'
import { askToBeTold } from '../../src/interest/ask.ts'
import { resend } from '../../src/mail/resend.ts'
import { as } from '../acts.ts'
import { booked, letters, unlawful } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'
import { capped, lettersOf, person, trying } from './fixtures.ts'

let w: World
afterEach(() => w.close())

const SMTP = { SMTP_URL: 'smtp://localhost' }

test('an act that cannot be refused withholds its letter beyond the cap, and the desk may send it', async () => {
  w = await capped({ CAP_LETTERS: '3', ...SMTP })
  const email = 'victim@example.jp'
  const one = await booked(w, person({ email }))
  await cancel(w.ctx, { token: one.token })
  const two = await booked(w, person({ email }))
  expect(await trying(w.ctx, application({ email }))).toBe('capped')
  expect(await cancel(w.ctx, { token: two.token })).toMatchObject({ ok: true, again: false })
  expect(await lettersOf(w, one.id)).toEqual(['booked waiting', 'cancelled waiting'])
  expect(await lettersOf(w, two.id)).toEqual(['booked waiting', 'cancelled failed capped'])
  expect(await unlawful(w)).toEqual([])

  const withheld = (await letters(w)).find((letter) => letter.state === 'failed')
  expect(await resend(as(w, 'desk'), withheld?.id ?? '').catch(String)).toMatch(/Forbidden/)
  expect(await resend(as(w, 'secretariat'), withheld?.id ?? '')).toMatchObject({ ok: true })
  expect(await lettersOf(w, two.id)).toEqual(['booked waiting', 'cancelled waiting'])

  w.at('2026-11-22T15:00:00.000Z')
  const three = await booked(w, person({ email }))
  await cancel(w.ctx, { token: three.token })
  expect(await lettersOf(w, three.id)).toEqual(['booked waiting', 'cancelled waiting'])
})

test('the link and the question whether an interest is meant are letters of the public too', async () => {
  w = await capped({ CAP_LETTERS: '1', ...SMTP })
  const email = 'victim@example.jp'
  const { id } = await booked(w, person({ email }))
  expect(await sendLink(w.ctx, { email })).toMatchObject({ ok: true })
  expect(await lettersOf(w, id)).toEqual(['booked waiting', 'link failed capped'])
  await w.run("update session set date = null, starts_at = null, ends_at = null where id = 'seminar'")
  expect(await askToBeTold(w.ctx, 'seminar', { email, consent: true })).toMatchObject({ ok: true })
  const [interest = ''] = await w.column<string>('select id from interest')
  expect(await lettersOf(w, interest)).toEqual(['confirm_interest failed capped'])
  const [refused] = await w.column("select refused from cap where counted = 'letters'")
  expect(Number(refused)).toBe(2)
})

test('what a desk does sends its letter, however many the public caused', async () => {
  w = await capped({ CAP_LETTERS: '1', ...SMTP })
  const { id } = await booked(w, application({ email: 'victim@example.jp' }))
  expect(await cancel(as(w, 'desk'), { id })).toMatchObject({ ok: true })
  expect(await lettersOf(w, id)).toEqual(['booked waiting', 'cancelled waiting'])
})

test('many letters at once are never more than the cap', async () => {
  w = await capped({ CAP_LETTERS: '4', ...SMTP })
  const to = { email: 'victim@example.jp', session: MITO }
  const letter = (subject: string) => ({ kind: 'link' as const, subject, sequence: 0, locale: 'ja' as const })
  const each = Array.from({ length: 10 }, (_, i) => capLetter(w.ctx, to, letter(`b${i}`)))
  await Promise.all((await Promise.all(each)).map((writes) => w.ctx.store.commit(...writes)))
  const states = await w.rows<{ state: string; n: number | string }>(
    'select state, count(*) as n from outbox group by state order by state',
  )
  expect(states.map(({ state, n }) => [state, Number(n)])).toEqual([
    ['failed', 6],
    ['waiting', 4],
  ])
})

test('a source is the same for the same person, and differs between secrets', async () => {
  w = await capped({})
  const given = { email: 'taro@example.jp', phone: '029-224-0001' }
  const other = { ...w.ctx, config: { ...w.ctx.config, secrets: ['another secret of tests'] } }
  expect(await sourcesOf(w.ctx, given)).toEqual(await sourcesOf(w.ctx, { ...given, phone: '0292240001' }))
  const hashes = (sources: { key_hash: string }[]) => sources.map((one) => one.key_hash)
  expect(hashes(await sourcesOf(other, given))).not.toEqual(hashes(await sourcesOf(w.ctx, given)))
})
