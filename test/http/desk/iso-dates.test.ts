import { expect, test } from 'vitest'
import { LOCALES } from '../../../src/base/locale.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { MITO } from '../../world.ts'
import { site } from '../app.ts'
import { caller, signedIn } from './fixtures.ts'

const ISO = /.{0,30}(?<![\d-])20\d\d-(?:0[1-9]|1[0-2])-[0-3]\d(?!\d).{0,20}/g

/** A page of the console without what it is filtered by, so that each is read once. */
const placeOf = (href: string) => /^\/desk(\/[^?#]*)?/.exec(href)?.[0]

test('no page of the console that a link leads to writes a date as programs do', { timeout: 60_000 }, async () => {
  const s = await site()
  const staff = await signedIn(s, 'secretariat')
  await callOff(s.system, 'ibaraki-2026-12-04', { reason_ja: '大雪のため' })
  expect((await staff.post('/desk/bookings/new', [...caller(), ['step', 'do']])).status).toBeLessThan(400)
  const seen = new Set(['/desk', '/desk/journal', `/desk/sessions/${MITO}`])
  const written: string[] = []
  for (const path of seen) {
    for (const locale of LOCALES) {
      const page = await staff.page(`${path}?lang=${locale}`).catch(() => null)
      if (page === null) break
      for (const typed of page.main.querySelectorAll('textarea, script')) typed.remove()
      written.push(...[...page.main.text.matchAll(ISO)].map(([text]) => `${path}: ${text}`))
      if (seen.size > 90) continue
      for (const link of page.main.querySelectorAll('a[href^="/desk"]')) {
        const to = placeOf(link.getAttribute('href') ?? '')
        if (to !== undefined && !/\.(csv|xlsx|ics|png|pdf)$|\/sign-out/.test(to)) seen.add(to)
      }
    }
  }
  expect(seen.size).toBeGreaterThan(60)
  expect(written).toEqual([])
})
