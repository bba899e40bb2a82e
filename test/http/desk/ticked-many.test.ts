import { beforeEach, expect, test } from 'vitest'
import { runTicked } from '../../../src/booking/ticked/run-ticked.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, type Page, pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = deskTexts('ja').ledger.ticked
const ADDRESS = '/desk/bookings/ticked'
const NEXT = 'ibaraki-2026-12-04'
const MANY = 12

let s: Site
let desk: Staff
let ids: string[]
beforeEach(async () => {
  s = await site()
  await s.run('update session set capacity = 100')
  await s.run('update slot set capacity = 100')
  ids = []
  for (let i = 0; i < MANY; i++) ids.push((await s.booked({ slot: `${MITO}-1000` })).id)
  s.at('2026-11-27T05:00:00.000Z')
  desk = await signedIn(s, 'desk', '08')
})

const tick = (act: string, some: string[], more: Fields = []) =>
  desk.submit(ADDRESS, [['act', act], ...some.map((id): Fields[number] => ['ids', id]), ...more])

/** The form of a page that does what it shows. */
function doing(page: Page): Fields {
  const form = page.root
    .querySelectorAll(`form[action="${ADDRESS}"]`)
    .find((one) => one.querySelector('button[name=step]') !== null)
  if (!form) throw new Error(`nothing to do on ${page.title}`)
  return fieldsOf(form, { step: 'do' })
}

const said = (page: Page) =>
  page.main.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('td').at(-1)?.text.trim())
const all = (word: string) => ids.map(() => word)
const progress = ({ main }: Page) => {
  const bar = main.querySelector('progress')
  return bar && [bar.getAttribute('value'), bar.getAttribute('max')]
}

test('many ticked bookings go on without their page, which shows how far they are and reloads until the end', async () => {
  const nudges = s.nudges()
  const look = await tick('absent', ids, [['back', '/desk/bookings?period=week']])
  const answer = await desk.post(ADDRESS, doing(look))
  expect(answer.status).toBe(303)
  expect(s.nudges()).toBeGreaterThan(nudges)
  const path = pathOf(answer.location)
  expect(path).toMatch(/^\/desk\/bookings\/ticked\/\w+\?back=%2Fdesk%2Fbookings%3Fperiod%3Dweek$/)
  await s.run("update ticked_booking set state = 'done' where position < 4")
  await s.run("update ticked_booking set state = 'refused', why = 'changed' where position = 3")
  const half = await desk.page(path)
  expect(progress(half)).toEqual(['4', String(MANY)])
  expect(half.text).toContain(t.long.far(4, MANY))
  expect(half.text).toContain(t.long.refused(1))
  expect(said(half).filter((word) => word === t.whys.waiting)).toHaveLength(MANY - 4)
  expect(half.headers.get('refresh')).toBe(`3; url=${path}&reload=1`)
  expect(half.main.querySelectorAll('button[name=step]')).toHaveLength(0)
  const still = await desk.page(half.main.querySelector('.card a')?.getAttribute('href') ?? '')
  expect([still.headers.get('refresh'), still.text.includes(t.long.follow)]).toEqual([null, true])
  await s.run("update ticked_booking set state = 'waiting', why = null")
  await runTicked(s.system)
  const done = await desk.page(path)
  expect(done.headers.get('refresh')).toBeNull()
  expect([progress(done), said(done)]).toEqual([null, all(t.done.absent)])
  expect(done.main.querySelector('.notice a')?.getAttribute('href')).toBe('/desk/bookings?period=week')
  expect(await s.column('select distinct status from booking')).toEqual(['absent'])
  const back = await desk.post(ADDRESS, doing(done))
  await runTicked(s.system)
  expect(said(await desk.page(pathOf(back.location)))).toEqual(all(t.done.booked))
  expect(await s.column('select distinct status from booking')).toEqual(['booked'])
})

test('many move with their places from the look, and what changed since is refused with its reason', async () => {
  s.at('2026-11-22T01:05:00.000Z')
  desk = await signedIn(s, 'desk', '08')
  const look = await tick('move', ids, [['session', NEXT]])
  await s.run('update booking set seats = 2, revision = revision + 1 where id = ?', ids[5])
  const { location } = await desk.post(ADDRESS, doing(look))
  await runTicked(s.system)
  const done = await desk.page(pathOf(location))
  expect(done.text).toContain(t.doneAll(MANY - 1, MANY))
  expect(said(done).filter((word) => word !== t.done.move)).toEqual([t.whys.changed])
  const refused = done.main.querySelectorAll('tr.ended a').map((one) => one.getAttribute('href'))
  expect(refused).toEqual([`/desk/bookings/${ids[5]}`])
  expect(await s.column('select id from booking where session = ? order by id', NEXT)).toHaveLength(MANY - 1)
})

test('a form that is sent twice is one act, and ten bookings are done at once as before', async () => {
  const look = await tick('absent', ids)
  const [one, two] = [await desk.post(ADDRESS, doing(look)), await desk.post(ADDRESS, doing(look))]
  expect(one.location).toBe(two.location)
  const few = await desk.post(ADDRESS, doing(await tick('absent', ids.slice(0, 10))))
  expect(few.status).toBe(200)
  const absent = await s.column<number | string>("select count(*) from booking where status = 'absent'")
  expect(absent.map(Number)).toEqual([10])
})

test('the ledger leads to what is under way for an hour after its end, for the account that asked', async () => {
  const { location } = await desk.post(ADDRESS, doing(await tick('absent', ids)))
  const links = async (staff: Staff) =>
    (await staff.page('/desk/bookings')).main
      .querySelectorAll('a')
      .filter((one) => one.text === t.long.see)
      .map((one) => [one.getAttribute('href')?.split('?')[0], one.parentNode?.text.includes(t.long.states.waiting)])
  const own = [pathOf(location).split('?')[0], true]
  expect(await links(desk)).toEqual([own])
  const colleague = await signedIn(s, 'desk', '08')
  expect(await links(colleague)).toEqual([])
  expect((await colleague.page(pathOf(location))).status).toBe(200)
  await runTicked(s.system)
  expect(await links(desk)).toEqual([[own[0], false]])
  s.at('2026-11-27T06:05:00.000Z')
  expect(await links(desk)).toEqual([])
})

test('it shows nothing to another prefecture, and says why it stopped', async () => {
  const { location } = await desk.post(ADDRESS, doing(await tick('absent', ids)))
  const path = pathOf(location)
  for (const staff of [await signedIn(s, 'desk', '13'), await signedIn(s, 'viewer', '08')]) {
    expect((await staff.page(path)).status).toBe(403)
  }
  const colleague = await signedIn(s, 'desk', '08')
  await s.run("update account set state = 'closed' where id = ?", desk.id)
  await runTicked(s.system)
  const stopped = await colleague.page(path)
  expect(stopped.text).toContain(t.long.stopped(0, MANY).what)
  expect([stopped.headers.get('refresh'), said(stopped)]).toEqual([null, all(t.whys.left)])
  expect((await colleague.page(`${ADDRESS}/nothing`)).status).toBe(404)
})
