import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { callOff } from '../../src/changes/call-off.ts'
import { makeShort } from '../../src/planning/short/make-short.ts'
import { as } from '../acts.ts'
import { afterFile } from '../ends.ts'
import { freePort } from '../free-port.ts'
import { site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { MITO } from '../world.ts'
import { cramped, squeezed } from './cramped.ts'
import { openBrowser, sideScroll } from './house.ts'

/** The width of A4 between its margins of 12 mm, in pixels of 1/96 inch. */
const [PORTRAIT, LANDSCAPE] = [703, 1032]

test('no page that people print squeezes words, on A4', { timeout: 300_000 }, async () => {
  const port = await freePort()
  const base = `http://localhost:${port}`
  const s = await site({ env: { PUBLIC_URL: base, SMTP_URL: 'smtp://127.0.0.1:1' } })
  const server = serve({ fetch: s.app.fetch, port })
  afterFile(() => server.close())
  const browser = await openBrowser()
  afterFile(() => browser.close())
  const company = '一般社団法人ひたちなか地域産業活性化推進協議会'
  const booking = await s.booked({ company, name: '長谷川 ジョナサン太郎', name_kana: 'ハセガワ ジョナサンタロウ' })
  await makeShort(s.system, { scope: 'series', id: 'ibaraki' })
  const [next = ''] = await s.column<string>("select id from session where series = 'ibaraki' and date > '2026-11-27'")
  await s.booked({ session: next, slot: `${next}-1000`, company, email: 'b@example.jp' })
  await s.run('update booking set email = null where session = ?', next)
  await callOff(as(s, 'desk'), next, { reason_ja: '大雪のため' })
  const [call = ''] = await s.column<string>("select id from outbox where channel = 'phone'")
  const [letter = ''] = await s.column<string>("select id from outbox where channel = 'mail' and about = 'booking'")
  const desk = await signedIn(s, 'desk', '08')
  const secretariat = await signedIn(s, 'secretariat')
  const pages: [path: string, cookie: string, width: number][] = [
    ...[
      '/desk',
      '/desk/manual',
      '/desk/bookings',
      '/desk/outbox',
      '/desk/schedule',
      '/desk/schedule?view=list',
      '/desk/closures',
      '/desk/series/ibaraki/poster',
      '/desk/figures',
      '/desk/mine',
      '/desk/experts',
      `/desk/sessions/${MITO}`,
      `/desk/sessions/${MITO}/sheet`,
      `/desk/bookings/${booking.id}`,
      `/desk/calls/${call}`,
      `/desk/outbox/${letter}`,
      '/desk/security',
    ].map((path): [string, string, number] => [path, desk.cookie, PORTRAIT]),
    ['/desk/figures/report', desk.cookie, LANDSCAPE],
    ['/desk/journal', secretariat.cookie, PORTRAIT],
    ...['/', '/calendar', '/calendar?view=week', '/calendar?view=list', '/desks', `/sessions/${MITO}`].map(
      (path): [string, string, number] => [path, '', PORTRAIT],
    ),
    [`/b/${booking.token}`, '', PORTRAIT],
    [`/b/${booking.token}/done`, '', PORTRAIT],
  ]
  const wrong: string[] = []
  const page = await browser.newPage()
  await page.emulateMedia({ media: 'print' })
  for (const [path, cookie, width] of pages) {
    await page.setExtraHTTPHeaders(cookie === '' ? {} : { cookie })
    await page.setViewportSize({ width, height: 1000 })
    for (const lang of ['ja', 'en']) {
      await page.goto(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
      const wider = await sideScroll(page)
      const menu = await page.locator('.side:visible').count()
      const found = [...(await squeezed(page)), ...(await cramped(page)), ...(menu > 0 ? ['the menu'] : [])]
      wrong.push(...[...(wider > 0 ? [`wider by ${wider}`] : []), ...found].map((one) => `${path} ${lang}: ${one}`))
    }
  }
  expect(wrong).toEqual([])
  await page.setExtraHTTPHeaders({ cookie: desk.cookie })
  await page.goto(`${base}/desk/series/ibaraki/poster`)
  const poster = (await page.pdf({ format: 'A4' })).toString('latin1')
  expect(poster.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1)
})

test('the negative control: a table whose words stand one character a line is found', async () => {
  const browser = await openBrowser()
  afterFile(() => browser.close())
  const page = await browser.newPage()
  await page.setContent('<main><table style="width: 0; overflow-wrap: anywhere"><tr><td>休止<td>中止</table></main>')
  expect(await squeezed(page)).toEqual(['squeezed: 休止', 'squeezed: 中止'])
})
