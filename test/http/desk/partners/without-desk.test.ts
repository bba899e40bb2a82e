import { beforeEach, describe, expect, test } from 'vitest'
import { addDesk } from '../../../../src/people/add-desk.ts'
import { keptDesks } from '../../../../src/planning/desks/kept.ts'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { asDesk } from '../../../booking/desk.ts'
import { desk as office } from '../../../schedule/fixtures.ts'
import { type Site, site } from '../../app.ts'
import { signedIn } from '../fixtures.ts'

const PAGES = ['/desk/keys', '/desk/keys/new', '/desk/webhooks', '/desk/webhooks/new']

let s: Site
beforeEach(async () => {
  s = await site()
  await s.run("update desk set ended_at = '2026-04-01T00:00:00.000Z'")
})

describe.each(['ja', 'en'] as const)('the pages for other systems in %s, for an account that keeps no desk', (lang) => {
  const t = scheduleTexts(lang).desks

  /** The notice of each page, and the address of its link. */
  async function shown() {
    const one = await signedIn(s, 'desk', '08')
    const settings = await one.page(`/desk/security?lang=${lang}`)
    for (const path of ['/desk/keys', '/desk/webhooks']) {
      expect(settings.main.querySelector(`a[href^="${path}"]`)).not.toBeNull()
    }
    const all = await Promise.all(PAGES.map((path) => one.page(`${path}?lang=${lang}`)))
    return all.map(({ main, text, status }) => ({
      status,
      text,
      adds: main.querySelectorAll('a[href^="/desk/desks/new"]').length,
      forms: main.querySelectorAll('form[method=post]').length,
    }))
  }

  test('lead to adding the desk if the prefectures have none', async () => {
    for (const page of await shown()) {
      expect(page).toMatchObject({ status: 200, adds: 1, forms: 0 })
      expect(page.text).toContain(t.noneOwn.missing.what)
    }
  })

  test.each([
    ['serves other prefectures too', 'local', '08,09'],
    ['is a base', 'base', '08'],
  ] as const)('name the desk that only the secretariat keeps: it %s', async (_, kind, prefectures) => {
    await addDesk(s.system, office({ kind }))
    await s.run("update desk set prefectures = ? where id = 'mito'", prefectures)
    for (const page of await shown()) {
      expect(page).toMatchObject({ status: 200, adds: 0, forms: 0 })
      const { what, next } = t.noneOwn.shared(office()[`name_${lang}`])
      expect([page.text.includes(what), page.text.includes(next)]).toEqual([true, true])
    }
  })
})

test('a desk in use of its own is what it keeps, and nothing is missing', async () => {
  await addDesk(s.system, office())
  const { desks, none } = await keptDesks(asDesk(s, '08'))
  expect([desks.map(({ id }) => id), none]).toEqual([['mito'], null])
})
