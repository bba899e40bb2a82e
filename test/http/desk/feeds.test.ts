import { beforeEach, expect, test } from 'vitest'
import { pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

test('a private feed has the sessions of a desk with how full they are, nobody’s name, and ends when it is taken back', async () => {
  await s.booked({ company: '株式会社髙﨑製作所' })
  const made = await desk.submit('/desk/security/feeds', [['name', '水戸']])
  const address = /http\S+\.ics/.exec(made.text)?.[0] ?? ''
  const feed = await s.ask(pathOf(address))
  expect(feed.status).toBe(200)
  expect(feed.body).toContain('SUMMARY:テレワーク無料相談会 予約 1/5名')
  expect(feed.body).not.toContain('髙﨑')
  expect((await s.ask(pathOf(address), { headers: { 'if-none-match': feed.headers.get('etag') ?? '' } })).status).toBe(
    304,
  )
  expect(JSON.stringify(await s.rows('select * from staff_feed'))).not.toContain(
    address.split('/').at(-1)?.slice(0, 64),
  )
  const [id] = await s.column<string>('select id from staff_feed')
  await desk.post(`/desk/security/feeds/${id}/drop`)
  expect((await s.ask(pathOf(address))).status).toBe(404)
})
