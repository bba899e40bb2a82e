import { expect, test } from 'vitest'
import { feedLinks, googleCalendarUrl, outlookCalendarUrl } from '../../src/calendar/links.ts'
import { booking, session, writing } from './fixtures.ts'

test('the Google link opens the entry with title, hours and place filled in', async () => {
  const url = new URL(googleCalendarUrl(writing(), await booking()) ?? '')
  expect(url.origin).toBe('https://calendar.google.com')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    action: 'TEMPLATE',
    text: 'テレワーク相談会（水戸）',
    dates: '20261127T011500Z/20261127T020000Z',
    ctz: 'Asia/Tokyo',
    location: '水戸市民会館 水戸市泉町1-7-1',
    details: '詳しくは：https://madoguchi.example/sessions/session-1',
  })
})

test.each(['live', 'office'] as const)('the Outlook link for %s accounts does the same', async (account) => {
  const text = outlookCalendarUrl(writing(), await booking(), account) ?? ''
  const url = new URL(text)
  expect(url.hostname).toBe(`outlook.${account}.com`)
  expect(url.searchParams.get('startdt')).toBe('2026-11-27T01:15:00.000Z')
  expect(url.searchParams.get('subject')).toBe('テレワーク相談会（水戸）')
  expect(text).not.toContain('+')
})

test('no link tells who booked, under which number, or how to change it', async () => {
  const made = await booking({ message: 'ひみつ' })
  const links = [googleCalendarUrl(writing(), made), outlookCalendarUrl(writing(), made, 'live')].map((link) =>
    decodeURIComponent(link ?? ''),
  )
  for (const secret of [made.number, made.name, made.company, made.phone, made.email ?? '', 'ひみつ', '/b/']) {
    for (const link of links) expect(link).not.toContain(secret)
  }
})

test('there is no link while the hours are undecided', async () => {
  const undecided = await booking({ slot: null, session: session({ starts_at: null, ends_at: null }) })
  expect(googleCalendarUrl(writing(), undecided)).toBeNull()
  expect(outlookCalendarUrl(writing(), undecided, 'live')).toBeNull()
})

test('a feed is added by its own address in every app, whatever its filter', () => {
  const address = 'https://madoguchi.example/calendar.ics?prefecture=08&lang=en'
  const links = feedLinks(address, '茨城県 & 相談会')
  expect(links.apple).toBe('webcal://madoguchi.example/calendar.ics?prefecture=08&lang=en')
  const google = new URL(links.google)
  expect([google.origin, google.pathname]).toEqual(['https://calendar.google.com', '/calendar/render'])
  expect(Object.fromEntries(google.searchParams)).toEqual({ cid: links.apple })
  const accounts = [new URL(links.outlook), new URL(links.outlook365)]
  expect(accounts.map(({ hostname, pathname }) => `${hostname}${pathname}`)).toEqual([
    'outlook.live.com/calendar/0/addfromweb',
    'outlook.office.com/calendar/0/addfromweb',
  ])
  for (const { searchParams } of accounts)
    expect(Object.fromEntries(searchParams)).toEqual({ url: address, name: '茨城県 & 相談会' })
})
