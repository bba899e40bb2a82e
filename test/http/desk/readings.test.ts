import { expect, test } from 'vitest'
import { MITO } from '../../world.ts'
import { site } from '../app.ts'
import { signedIn } from './fixtures.ts'

test('the journal keeps once an hour who read whose data', async () => {
  const s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const desk = await signedIn(s, 'desk', '08')
  const { id } = await s.booked()
  const lines = () => s.rows("select act, subject, actor from journal where act like 'reading.%' order by act, subject")
  const [letter] = await s.column<string>("select id from outbox where about = 'booking'")
  const [account] = await s.column<string>(
    "select id from account where role = 'desk' and email like '%example%' order by created_at desc",
  )
  const read = [
    `/desk/bookings/${id}`,
    `/desk/sessions/${MITO}`,
    `/desk/sessions/${MITO}/sheet`,
    `/desk/outbox/${letter}`,
    '/desk/outbox',
    `/desk/outbox?person=${id}`,
    '/desk/bookings',
  ]
  for (const path of [...read, ...read]) expect((await desk.page(path)).status).toBe(200)
  const once = [
    { act: 'reading.booking', subject: id, actor: account },
    { act: 'reading.ledger', subject: account, actor: account },
    { act: 'reading.letter', subject: letter, actor: account },
    ...[account ?? '', id]
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((subject) => ({ act: 'reading.letters', subject, actor: account })),
    { act: 'reading.session', subject: MITO, actor: account },
  ]
  expect(await lines()).toEqual(once)
  // The parts of these pages and what shows the same person alone, when they are opened by themselves.
  for (const path of [`/desk/outbox/${letter}/html`, `/desk/bookings/${id}/letter`, `/desk/bookings/${id}/arrive`]) {
    await s.run("delete from journal where act like 'reading.%'")
    expect((await desk.page(path)).status).toBe(200)
    expect([path, (await lines()).length]).toEqual([path, 1])
  }
  for (const path of read) await desk.page(path)
  const other = await signedIn(s, 'desk', '13')
  expect((await other.page(`/desk/bookings/${id}`)).status).toBe(403)
  expect(await lines()).toHaveLength(once.length)
  s.at('2026-11-22T02:00:00.000Z')
  await desk.page(`/desk/bookings/${id}`)
  expect(await lines()).toHaveLength(once.length + 1)
})
