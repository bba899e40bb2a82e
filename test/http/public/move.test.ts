import { beforeEach, describe, expect, test } from 'vitest'
import { faultText } from '../../../templates/fields.tsx'
import { texts } from '../../../templates/text/index.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, pageOf, type Site, site } from '../app.ts'
import { fullDay, type Held } from '../full-day.ts'

const t = texts('ja')
const NEXT = 'ibaraki-2026-12-04'

let s: Site
let holders: Held[]
beforeEach(async () => {
  ;({ s, holders } = await fullDay())
})

const waiting = (changes: Record<string, unknown> = {}) => s.booked({ waitlist: true, slot: null, ...changes })

describe('changing the time on the web', () => {
  test('goes from the booking over a choice and a confirmation, which changes nothing, to the new time', async () => {
    const path = `/b/${holders[0]?.token}`
    const own = await s.page(path)
    expect(own.main.querySelectorAll('a').map((one) => one.getAttribute('href'))).toContain(`${path}/move`)
    const choice = await s.page(`${path}/move`)
    const form = formTo(choice, `${path}/move`)
    const days = form.querySelectorAll('fieldset').filter((one) => one.querySelector('[name=place]') !== null)
    expect(days.length).toBeGreaterThan(1)
    expect(form.querySelectorAll('p > .need')).toHaveLength(1)
    expect(days.flatMap((one) => one.querySelectorAll('.need, .opt'))).toEqual([])
    const confirm = await s.submit(form, fieldsOf(form, { place: `${NEXT} ${NEXT}-1100` }))
    expect(confirm.text).toContain(t.move.notYet.what)
    expect(confirm.text).toContain('2026年12月4日(金)')
    // Back after the move shows it from the store of the browser.
    expect(confirm.headers.get('cache-control')).toBe('private, no-cache')
    expect((await s.page(path)).text).toContain('2026年11月27日(金)')
    const moved = await s.submit(formTo(confirm, `${path}/move`, 'move'))
    expect(moved.text).toContain(t.booking.done.moved)
    expect(moved.text).toContain('2026年12月4日(金)')
  })

  test('asks for a choice if none was made, and says why a place can no longer be had', async () => {
    const path = `/b/${holders[0]?.token}`
    const choice = await s.page(`${path}/move`)
    const form = formTo(choice, `${path}/move`)
    const missing = pageOf(await s.post(`${path}/move`, fieldsOf(form, { place: [] })))
    expect([missing.status, missing.text.includes(faultText(t, 'slot', 'required', t.move.place))]).toEqual([422, true])
    expect(missing.main.querySelector('.err')?.text).toContain(`＊${t.move.place}を選んで`)
    for (const time of ['1000', '1000']) await s.booked({ session: NEXT, slot: `${NEXT}-${time}` })
    const full = pageOf(await s.post(`${path}/move`, fieldsOf(form, { place: `${NEXT} ${NEXT}-1000` })))
    expect([full.status, full.text.includes(t.refusals.full.what)]).toEqual([409, true])
  })

  test('shows the present place, which cannot be chosen, and says so to a page that went stale', async () => {
    s = await site()
    const path = `/b/${(await s.booked()).token}`
    const own = `${MITO} ${MITO}-1000`
    const choice = await s.page(`${path}/move`)
    const form = formTo(choice, `${path}/move`)
    const here = form.querySelectorAll('label').filter((one) => one.text.includes(t.move.here))
    expect(here.map((one) => one.querySelector('input')?.getAttribute('value'))).toEqual([own])
    expect(here[0]?.querySelector('input')?.hasAttribute('disabled')).toBe(true)
    const stale = pageOf(await s.post(`${path}/move`, fieldsOf(form, { place: own })))
    expect([stale.status, stale.text.includes(t.move.same.what)]).toEqual([422, true])
    expect(stale.text).not.toContain(t.move.notYet.what)
  })

  test('shows a few days at a time, and leads to the later ones, none twice', async () => {
    const path = `/b/${holders[0]?.token}/move`
    const seen: string[] = []
    for (let at: string | undefined = path; at; ) {
      const page = await s.page(at)
      seen.push(...page.main.querySelectorAll('legend').map((one) => one.text))
      at = page.main
        .querySelectorAll('a')
        .find((one) => one.text === t.move.later)
        ?.getAttribute('href')
    }
    const days = seen.filter((legend) => legend.includes('水戸'))
    expect(days.length).toBeGreaterThan(8)
    expect(new Set(days).size).toBe(days.length)
    expect((await s.ask(`${path}?after=nonsense`)).status).toBe(200)
  })

  test('is not offered to who has nothing to move', async () => {
    const one = await waiting()
    expect((await s.ask(`/b/${one.token}/move`)).status).toBe(303)
    expect((await s.ask('/b/none/move')).status).toBe(404)
  })
})
