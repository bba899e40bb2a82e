import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { texts } from '../../templates/text/index.ts'
import { type Site, site } from './app.ts'

const t = texts('ja')
const LETTERS = '/desk/letters'

const ids = (s: Site) => s.column<string>('select id from outbox order by created_at desc')

test('/desk/letters says so where there are none', async () => {
  const page = await (await site()).page(LETTERS)
  expect(page.status).toBe(200)
  expect(page.text).toContain(t.letters.lead)
  expect(page.text).toContain(t.letters.empty)
})

test('/desk/letters shows the kept letters, the newest first, with how they stand', async () => {
  const s = await site()
  const mine = await s.booked()
  s.at('2026-11-22T02:00:00.000Z')
  await s.post(`/b/${mine.token}/cancel`)
  const page = await s.page(LETTERS)
  const rows = page.main.querySelectorAll('tbody tr')
  expect(rows.map((row) => row.querySelector('a')?.text)).toEqual([t.letters.kinds.cancelled, t.letters.kinds.booked])
  expect(rows.map((row) => row.querySelector('a')?.getAttribute('href'))).toEqual(
    (await ids(s)).map((id) => `${LETTERS}/${id}`),
  )
  for (const row of rows) {
    expect(row.text).toContain(t.letters.states.kept)
    expect(row.text).toContain(mine.number)
  }
  expect(rows[0]?.text).toContain('2026-11-22 11:00')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.root.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex')
})

test('a letter is shown as it would be sent: heads, both texts, its calendar entry and its links', async () => {
  const s = await site()
  const mine = await s.booked({ name: '髙﨑 𠮷郎', email: 'yoshiro@example.jp' })
  const page = await s.page(`${LETTERS}/${(await ids(s))[0]}`)
  expect(page.status).toBe(200)
  expect(page.main.querySelector('h1')?.text).toContain('【予約確定】')
  expect(page.text).toContain('髙﨑 𠮷郎 <yoshiro@example.jp>')
  expect(page.text).toContain('窓口 <noreply@localhost>')
  const [text, calendar] = page.main.querySelectorAll('pre').map((one) => one.text)
  expect(text).toContain(mine.number)
  expect(text).toContain(mine.manage_url)
  expect(calendar).toContain('METHOD:REQUEST')
  const frame = page.main.querySelector('iframe')
  expect(frame?.getAttribute('sandbox')).toBe('allow-popups')
  const shown = await s.app.request(frame?.getAttribute('src') ?? '')
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(shown.headers.get('content-security-policy')).toContain('sandbox')
  const html = parse(await shown.text())
  expect(html.querySelectorAll('a').map((one) => one.getAttribute('href'))).toContain(mine.manage_url)
  expect(page.headers.get('cache-control')).toBe('no-store')
})

test('a letter in English is written in English', async () => {
  const s = await site()
  await s.booked({ locale: 'en' })
  expect((await s.page(`${LETTERS}/${(await ids(s))[0]}`)).main.querySelector('h1')?.text).not.toContain('【予約確定】')
})

test('a list of letters costs the same number of reads for one and for five', async () => {
  const s = await site()
  const costs: number[] = []
  for (const count of [1, 4]) {
    for (let i = 0; i < count; i++) await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    s.reads()
    await s.page(LETTERS)
    costs.push(s.reads())
  }
  expect(costs[0]).toBeGreaterThan(0)
  expect(costs[1]).toBe(costs[0])
})

test('in production, and where mail leaves, nobody reads them without signing in', async () => {
  for (const env of [{ NODE_ENV: 'production' }, { SMTP_URL: 'smtp://localhost' }]) {
    const s = await site({ env: { ...env } })
    await s.booked()
    for (const path of [LETTERS, `${LETTERS}/${(await ids(s))[0]}`, `${LETTERS}/${(await ids(s))[0]}/html`]) {
      const answer = await s.ask(path)
      expect([answer.status, answer.location]).toEqual([303, expect.stringContaining('/desk/sign-in?to=')])
      expect(answer.body).not.toContain('example.jp')
    }
  }
})
