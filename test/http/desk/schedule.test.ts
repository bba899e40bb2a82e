import { beforeEach, describe, expect, test } from 'vitest'
import { MITO } from '../../world.ts'
import { type Fields, type Page, pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('the schedule', () => {
  test('says how many are booked if the desk took more than there is room for, also in the feed', async () => {
    await s.run('update session set seats_taken = 6, excess = 1 where id = ?', MITO)
    for (const path of ['?date=2026-11-01', '?view=week&date=2026-11-27', '?view=list']) {
      const page = await desk.page(`/desk/schedule${path}`)
      const links = page.root.querySelectorAll(`a[href="/desk/sessions/${MITO}"]`)
      const said = links.map((link) => (link.closest('tr') ?? link).text).join()
      expect([path, said]).toEqual([path, expect.stringMatching(/6\s*\/\s*5/)])
    }
    const feed = (await desk.submit('/desk/security/feeds', [['name', '水戸']])).text
    const address = /http\S+\/desk\/feeds\/\S+\.ics/.exec(feed)?.[0] ?? ''
    expect((await s.ask(pathOf(address))).body).toMatch(/6\s*\/\s*5/)
  })

  test('says the weekday beside each day, for a phone that shows no head, and which of its pages is open', async () => {
    for (const path of ['?date=2026-11-01', '?view=week&date=2026-11-27']) {
      const page = await desk.page(`/desk/schedule${path}`)
      const days = page.main.querySelectorAll('.day-long').map((day) => day.text)
      expect([path, days]).toEqual([path, expect.arrayContaining(['11月27日(金)', '11月28日(土)'])])
    }
    for (const way of ['schedule', 'series', 'desks', 'venues', 'closures', 'suspensions']) {
      const open = (await desk.page(`/desk/${way}`)).main.querySelectorAll('.acts .chip[aria-current=page]')
      expect([way, open.map((one) => one.getAttribute('href'))]).toEqual([way, [`/desk/${way}`]])
    }
  })

  test('lets a session be moved to another day by the form that reschedules it, which knows that day', async () => {
    const page = await desk.page('/desk/schedule?date=2026-11-01')
    const form = page.main.querySelector(`a[href="/desk/sessions/${MITO}"]`)?.getAttribute('data-moves') ?? ''
    expect(page.main.querySelector('td[data-day="2026-11-30"]')).not.toBeNull()
    expect(page.main.querySelector('td[data-day="2026-11-21"]')).toBeNull()
    const asked = await desk.page(`${form}?date=2026-11-30`)
    expect(asked.main.querySelector('input[name=date]')?.getAttribute('value')).toBe('2026-11-30')
    const viewer = await signedIn(s, 'viewer', '08')
    expect((await viewer.page('/desk/schedule?date=2026-11-01')).main.querySelectorAll('[data-moves]')).toEqual([])
  })

  test('offers each day to come for a session that is moved, without a script, and only to its desk', async () => {
    const form = await desk.page(`/desk/sessions/${MITO}/reschedule`)
    const choose = form.main.querySelector('a[href^="/desk/schedule?"]')?.getAttribute('href') ?? ''
    const page = await desk.page(choose)
    const days = page.main.querySelectorAll('.day-here').map((link) => link.getAttribute('href'))
    expect(days).toContain(`/desk/sessions/${MITO}/reschedule?date=2026-11-30`)
    expect(days.filter((day) => /2026-11-(?:21|27)$/.test(day ?? ''))).toEqual([])
    expect(page.main.querySelector('.day-here')?.getAttribute('aria-label')).toBe('ここへ移す（11月22日(日)）')
    expect(page.main.querySelector('.day-add')).toBeNull()
    const next = page.main.querySelector('a[rel=next]')?.getAttribute('href') ?? ''
    expect((await desk.page(next)).main.querySelectorAll('.day-here').length).toBeGreaterThan(27)
    const asked = await desk.page(days.find((day) => day?.endsWith('11-30')) ?? '')
    expect(asked.main.querySelector('input[name=date]')?.getAttribute('value')).toBe('2026-11-30')
    const viewer = await signedIn(s, 'viewer', '08')
    expect((await viewer.page(choose)).status).toBe(403)
    expect((await desk.page('/desk/schedule?move=nothing')).status).toBe(404)
    await s.run("update session set state = 'called_off' where id = ?", MITO)
    expect(pathOf((await s.ask(choose, { headers: { cookie: desk.cookie } })).location)).toBe(`/desk/sessions/${MITO}`)
  })

  test('shows a month, a week and a list, with marks in words, at the same cost for one day and many', async () => {
    const costs: number[] = []
    for (const path of [
      '/desk/schedule?date=2026-11-01',
      '/desk/schedule?view=week&date=2026-11-27',
      '/desk/schedule?view=list',
    ]) {
      s.reads()
      const page = await desk.page(path)
      costs.push(s.reads())
      expect([path, page.root.querySelectorAll(`a[href="/desk/sessions/${MITO}"]`).length > 0]).toEqual([path, true])
      expect(page.text).toContain('受付中')
    }
    expect(new Set(costs).size).toBe(1)
  })
})

test('a date is read however it was typed, in every form and address of the console', async () => {
  const typed = '令和8年12月23日(水)'
  const asked = encodeURIComponent(typed)
  const valuesIn = (page: Page, names: readonly string[]) =>
    names.map((name) => {
      const field = page.main.querySelector(`[name=${name}]`)
      return [name, field?.getAttribute('value') ?? field?.text.trim()]
    })
  const day = (names: readonly string[]) => names.map((name) => [name, '2026-12-23'])
  const week = await desk.page(`/desk/schedule?view=week&date=${asked}`)
  expect(week.main.querySelector('a[href="/desk/sessions/ibaraki-2026-12-25"]')).not.toBeNull()
  const span = ['from', 'to'] as const
  for (const path of ['/desk/bookings', '/desk/figures']) {
    expect([path, valuesIn(await desk.page(`${path}?from=${asked}&to=${asked}`), span)]).toEqual([path, day(span)])
  }
  const forms: [path: string, names: readonly string[], more?: Fields][] = [
    ['/desk/bookings', span],
    ['/desk/exports?step=page', span],
    ['/desk/series/new', ['starts_on', 'until', 'dates'], [['repeat', 'dates']]],
    ['/desk/suspensions', ['starts_on', 'ends_on']],
    ['/desk/closures', ['date']],
    [`/desk/sessions/${MITO}/reschedule`, ['date'], [['step', 'edit']]],
    ['/desk/sessions/seminar-fukui-sample/settle', ['date'], [['step', 'edit']]],
  ]
  for (const [path, names, more = []] of forms) {
    const staff = path.includes('fukui') ? await signedIn(s, 'desk', '18') : desk
    const page = await staff.submit(path, [...names.map((name): [string, string] => [name, typed]), ...more])
    expect([path, valuesIn(page, names)]).toEqual([path, day(names)])
  }
})
