import { beforeEach, expect, test } from 'vitest'
import { addDesk } from '../../../../src/people/add-desk.ts'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { desk as office } from '../../../schedule/fixtures.ts'
import { MITO } from '../../../world.ts'
import { formTo, pathOf, type Site, site } from '../../app.ts'
import { type Staff, signedIn } from '../fixtures.ts'

const t = scheduleTexts('ja').poster

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  await addDesk(s.system, office())
  desk = await signedIn(s, 'desk', '08')
})

/** Makes the poster of a series or desk. Returns the page and the short address. */
async function poster(of: string) {
  const page = await desk.page(`${of}/poster`)
  expect([page.status, page.text.includes(t.none.what)]).toEqual([200, true])
  formTo(page, `${of}/poster`)
  const made = await desk.submit(`${of}/poster`)
  const short = /localhost:8787(\/s\/\w{6})/.exec(made.text)?.[1] ?? ''
  return { made, short }
}

test('a poster has the name, the next dates, the telephone and a QR code of the short address', async () => {
  const { made, short } = await poster('/desk/series/ibaraki')
  const [title = ''] = await s.column<string>("select title_ja from series where id = 'ibaraki'")
  const sheet = made.main.querySelector('.poster')
  expect(sheet?.text).toContain(title)
  expect(sheet?.text).toMatch(/11月27日.*茨城県 水戸エリア 現地.*WEB/)
  const image = decodeURIComponent(sheet?.querySelector('img')?.getAttribute('src') ?? '')
  expect(image).toContain('<svg')
  expect(sheet?.querySelector('img')?.getAttribute('alt')).toBe(t.qr(`http://localhost:8787${short}`))
  expect((await desk.page('/desk/series/ibaraki')).body).toContain('/desk/series/ibaraki/poster')
  expect((await desk.page('/desk/desks/mito')).body).toContain('/desk/desks/mito/poster')
})

test('a short address leads to what can be booked today: a list, the only day, or the calendar', async () => {
  const { short } = await poster('/desk/series/ibaraki')
  const to = async (address: string) => {
    const answer = await s.ask(address)
    return [answer.status, pathOf(answer.location)]
  }
  expect(await to(short)).toEqual([302, '/calendar?series=ibaraki'])
  const list = await s.page('/calendar?series=ibaraki')
  const days = list.main.querySelectorAll('a[href^="/sessions/"]').map((one) => one.getAttribute('href'))
  expect(days).toContain(`/sessions/${MITO}`)
  expect(days.every((href) => href?.startsWith('/sessions/ibaraki-'))).toBe(true)
  expect(list.main.querySelector('form.filter [name=series]')?.getAttribute('value')).toBe('ibaraki')
  await s.run("update session set state = 'skipped', date = '2026-11-01' where series = 'ibaraki' and id <> ?", MITO)
  expect(await to(short.toUpperCase().replace('/S/', '/s/'))).toEqual([302, `/sessions/${MITO}`])
  await s.run("update short_address set owner = 'series:gone'")
  expect(await to(short)).toEqual([302, '/calendar?series=gone'])
  expect((await s.page('/calendar?series=gone')).status).toBe(200)
  expect((await to('/s/22222z'))[0]).toBe(404)
  expect((await to('/calendar?series=%00'))[0]).toBe(404)
})

test('the short address of a desk leads to the dates of its prefecture, or to its entry among the desks', async () => {
  const { short } = await poster('/desk/desks/mito')
  expect(pathOf((await s.ask(short)).location)).toBe('/calendar?prefecture=08')
  await s.run("update desk set prefectures = '08,09' where id = 'mito'")
  const { location } = await s.ask(short)
  expect(location).toBe('http://localhost:8787/desks#desk-mito')
  expect((await s.page('/desks')).main.querySelector('#desk-mito')).not.toBeNull()
})
