import ICAL from 'ical.js'
import { beforeEach, expect, test } from 'vitest'
import { MITO } from '../../world.ts'
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
  const added = made.main.querySelectorAll('a[rel~=noreferrer]').map((a) => new URL(a.getAttribute('href') ?? ''))
  expect(added.map(({ searchParams }) => searchParams.get('url') ?? searchParams.get('cid'))).toEqual([
    address.replace(/^https?:/, 'webcal:'),
    address,
    address,
  ])
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

test('a private feed tells calendars that the number of people changed, and nothing else does', async () => {
  const made = await desk.submit('/desk/security/feeds', [['name', '水戸']])
  const address = pathOf(/http\S+\.ics/.exec(made.text)?.[0] ?? '')
  const stampsOf = (body: string) =>
    new ICAL.Component(ICAL.parse(body))
      .getAllSubcomponents('vevent')
      .filter((one) => String(one.getFirstPropertyValue('url')).endsWith(MITO))
      .map((one) => [String(one.getFirstPropertyValue('dtstamp')), String(one.getFirstPropertyValue('last-modified'))])
  s.at('2026-11-22T02:00:00.000Z')
  const before = await s.ask(address)
  const modified = before.headers.get('last-modified') ?? ''
  expect(stampsOf(before.body)).toEqual([['2026-11-22T01:00:00Z', '2026-11-22T01:00:00Z']])
  const { token } = await s.booked()
  s.at('2026-11-22T03:00:00.000Z')
  const booked = await s.ask(address, { headers: { 'if-modified-since': modified } })
  expect([booked.status, booked.headers.get('last-modified')]).toEqual([200, 'Sun, 22 Nov 2026 02:00:00 GMT'])
  expect(stampsOf(booked.body)).toEqual([['2026-11-22T02:00:00Z', '2026-11-22T02:00:00Z']])
  // Moved away, the booking is another session's. Its former day has one less all the same.
  const next = 'ibaraki-2026-12-04'
  await s.send(
    `/api/v1/bookings/${await idOf()}/move`,
    { session: next, slot: `${next}-1000` },
    { authorization: `Bearer ${token}` },
  )
  s.at('2026-11-22T04:00:00.000Z')
  expect(stampsOf((await s.ask(address)).body)).toEqual([['2026-11-22T03:00:00Z', '2026-11-22T03:00:00Z']])
  await s.send(
    `/api/v1/bookings/${await idOf()}/move`,
    { session: next, slot: `${next}-1100` },
    { authorization: `Bearer ${token}` },
  )
  s.at('2026-11-22T05:00:00.000Z')
  expect((await s.ask(address)).headers.get('last-modified')).toBe('Sun, 22 Nov 2026 03:00:00 GMT')
})

const idOf = async () => (await s.column<string>('select id from booking'))[0]
