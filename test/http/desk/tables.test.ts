import { expect, test } from 'vitest'
import { expert } from '../../experts/fixtures.ts'
import { application, freshKey, MITO } from '../../world.ts'
import { type Page, site } from '../app.ts'
import { signedIn } from './fixtures.ts'

/** The cells of a list that do not name their column, which a narrow screen would show without it. */
function unnamed(page: Page): string[] {
  return page.main.querySelectorAll('table.list:not(.numbers, .sheet)').flatMap((table) => {
    const heads = table.querySelectorAll('thead tr > *').map((head) => head.text.trim())
    if (heads.length === 0) return []
    return table.querySelectorAll('tbody tr').flatMap((row) =>
      row.querySelectorAll('> *').flatMap((cell, i) => {
        const named = cell.tagName === 'TH' || cell.getAttribute('data-label') === heads[i]
        return named ? [] : [`${heads[i]}: ${cell.text.trim()}`]
      }),
    )
  })
}

test('every cell of every list of the console names its column for a narrow screen', async () => {
  const s = await site({ env: { CAPS: 'on', CAP_NETWORK: '1', SMTP_URL: 'smtp://mail.invalid' } })
  let all = await signedIn(s, 'secretariat')
  const key = () => ({ 'idempotency-key': freshKey() })
  for (const slot of ['1000', '1100']) {
    await s.send('/api/v1/bookings', application({ slot: `${MITO}-${slot}` }), key(), '203.0.113.7')
  }
  await expert(s)
  await s.booked({ slot: `${MITO}-1300`, name: '𠮷田 花子' })
  await s.run(
    "update booking set status = 'offered', offer_expires_at = '2026-11-23T01:00:00.000Z' where name = '𠮷田 花子'",
  )
  s.at('2026-11-27T00:00:00.000Z')
  all = await signedIn(s, 'secretariat')
  const paths = [
    '/desk',
    '/desk/bookings',
    '/desk/outbox',
    '/desk/people',
    '/desk/experts',
    '/desk/series',
    '/desk/venues',
  ]
  let lists = 0
  for (const path of [...paths, '/desk/closures', `/desk/sessions/${MITO}`]) {
    const page = await all.page(path)
    lists += page.main.querySelectorAll('table.list tbody tr').length > 0 ? 1 : 0
    expect([path, unnamed(page)]).toEqual([path, []])
  }
  s.at('2026-11-22T02:00:00.000Z')
  all = await signedIn(s, 'secretariat')
  const caps = await all.page('/desk/caps')
  expect(caps.main.querySelectorAll('tbody tr')).toHaveLength(1)
  expect(unnamed(caps)).toEqual([])
  const wanted = { from: '2026-04-01', to: '2027-03-31', format: 'sjis' }
  const lost = await all.submit('/desk/exports', Object.entries(wanted))
  expect(lost.main.querySelectorAll('tbody tr')).toHaveLength(1)
  expect(unnamed(lost)).toEqual([])
  expect(lists).toBe(9)
})
