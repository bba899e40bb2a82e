import { afterEach, beforeEach, expect, test } from 'vitest'
import { instantAt } from '../../src/base/japan/civil.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { sendLink } from '../../src/booking/send-link.ts'
import { application, NOW, type World } from '../world.ts'
import { booked, forSeminar, letters, mito } from './fixtures.ts'

let w: World

beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const email = 'hanako@example.jp'
const links = async () => (await letters(w)).filter((one) => one.kind === 'link').map((one) => one.subject)
const friday = (date: string) => ({ session: `ibaraki-${date}`, slot: `ibaraki-${date}-1000`, email })

test('who has booked and who has not are answered alike', async () => {
  await booked(w, application({ email }))
  const answers = [
    await sendLink(w.ctx, { email }),
    await sendLink(w.ctx, { email: 'nobody@example.jp' }),
    await sendLink(w.ctx, { email }),
    await sendLink(w.ctx, { email: ' ＨＡＮＡＫＯ@example.jp' }),
  ]
  for (const answer of answers) expect(answer).toEqual({ ok: true, sent: true })
})

test('each coming booking’s link is sent to the address on record, in the booking’s language', async () => {
  const one = await booked(w, application(friday('2026-11-27')))
  const two = await booked(w, application({ ...friday('2026-12-04'), locale: 'en' }))
  await booked(w)
  await sendLink(w.ctx, { email: 'Hanako@EXAMPLE.jp' })
  const sent = (await letters(w)).filter((letter) => letter.kind === 'link')
  expect(sent.map((letter) => `${letter.subject} ${letter.locale}`).toSorted()).toEqual(
    [`${one.id} ja`, `${two.id} en`].toSorted(),
  )
})

test('asked again within the hour nothing is sent again, in the next hour it is', async () => {
  await booked(w, application({ email }))
  for (const minute of [0, 1, 30, 59]) {
    w.at(new Date(Date.parse(NOW) + minute * 60_000).toISOString())
    await sendLink(w.ctx, { email })
  }
  expect(await links()).toHaveLength(1)
  w.at(new Date(Date.parse(NOW) + 60 * 60_000).toISOString())
  await sendLink(w.ctx, { email })
  expect(await links()).toHaveLength(2)
})

test('what is cancelled or past is not sent', async () => {
  const { token } = await booked(w, application(friday('2026-12-04')))
  await cancel(w.ctx, { token })
  await booked(w, application(friday('2026-11-27')))
  const later = await booked(w, application(friday('2026-12-11')))
  w.at(instantAt('2026-11-28', '00:00'))
  await sendLink(w.ctx, { email })
  expect(await links()).toEqual([later.id])
})

test('the link is sent to the end of the day itself', async () => {
  const { id } = await booked(w, application(friday('2026-11-27')))
  w.at(instantAt('2026-11-27', '23:59'))
  await sendLink(w.ctx, { email })
  expect(await links()).toEqual([id])
})

test('nobody’s mailbox is filled: ten links at most', async () => {
  const dates = ['11-27', '12-04', '12-11', '12-18', '12-25'].map((day) => `2026-${day}`)
  dates.push(...['01-08', '01-15', '01-22', '01-29', '02-05', '02-12'].map((day) => `2027-${day}`))
  for (const date of dates) await booked(w, application(friday(date)))
  await booked(w, forSeminar({ email }))
  await sendLink(w.ctx, { email })
  expect(await links()).toHaveLength(10)
})

test.each([{}, { email: 'taro' }, { email: '' }, null, 'taro@example.jp'])(
  '%j is told what is wrong with it',
  async (given) => {
    expect(await sendLink(w.ctx, given)).toMatchObject({ ok: false, why: 'invalid' })
  },
)

test('nothing but letters is written', async () => {
  await booked(w, application({ email }))
  const before = await w.rows('select * from booking order by id')
  const lines = await w.rows('select * from journal order by id')
  await sendLink(w.ctx, { email })
  expect(await w.rows('select * from booking order by id')).toEqual(before)
  expect(await w.rows('select * from journal order by id')).toEqual(lines)
})
