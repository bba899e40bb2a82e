import { beforeEach, expect, test } from 'vitest'
import { WORDS } from '../../../src/calendar/words.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { texts } from '../../../templates/text/index.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')
const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

test('a person who corrects a venue that somebody else has saved is refused, and keeps what they typed', async () => {
  const path = '/desk/venues/ibaraki'
  const other = await signedIn(s, 'desk', '08')
  const form = formTo(await other.page(path), path)
  expect((await desk.submit(path, fieldsOf(form, { name_ja: '水戸駅南' }))).status).toBe(200)
  const late = await other.submit(path, fieldsOf(form, { name_ja: '水戸駅北' }))
  expect([late.status, late.text]).toEqual([409, expect.stringContaining(t.series.kept.next)])
  expect(await s.column("select name_ja from venue where id = 'ibaraki'")).toEqual(['水戸駅南'])
  await other.submit(path, fieldsOf(formTo(late, path)))
  expect(await s.column("select name_ja from venue where id = 'ibaraki'")).toEqual(['水戸駅北'])
})

test('a place that was to follow is decided after a look at who comes and what they will read', async () => {
  const path = '/desk/venues/ibaraki'
  await s.run("update venue set area_only = 1 where id = 'ibaraki'")
  await s.booked()
  const form = formTo(await desk.page(path), path)
  const decided = { area_only: [], address: '水戸市宮町1-7-31' }
  const look = await desk.submit(path, fieldsOf(form, decided))
  expect(look.text).toContain(d.session.concerned(1, 1))
  const [name = ''] = await s.column<string>("select name_ja from venue where id = 'ibaraki'")
  const place = `${WORDS.ja.placeLater(name)} → ${name} 水戸市宮町1-7-31`
  expect(look.main.querySelector('#place')?.text).toContain(place)
  expect(look.text).toContain('水戸市宮町1-7-31')
  expect(await s.column("select area_only from venue where id = 'ibaraki'")).toEqual([1])
  const back = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'edit']])
  expect(fieldsOf(formTo(back, path))).toContainEqual(['address', '水戸市宮町1-7-31'])
  const done = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect(done.text).toContain(t.venues.saved)
  expect(done.text).not.toContain(d.session.toCall)
  expect(await s.column("select area_only from venue where id = 'ibaraki'")).toEqual([0])
  expect(await s.column("select kind from outbox where kind = 'relocated'")).toEqual(['relocated'])
})

test('a place that is said to change and is the same is refused, and nobody is told', async () => {
  await s.booked()
  const path = '/desk/venues/ibaraki'
  const form = formTo(await desk.page(path), path)
  const page = await desk.submit(path, fieldsOf(form, { moves: ['true'], reason_ja: '移転のため' }))
  expect([page.status, page.text]).toEqual([409, expect.stringContaining(t.venues.moves.same.what)])
  expect(await s.column("select kind from outbox where kind = 'relocated'")).toEqual([])
})

test('an area that becomes one place names the sessions that are there at once, and asks for a reason', async () => {
  const path = '/desk/venues/ibaraki'
  await s.run("update venue set area_only = 1 where id = 'ibaraki'")
  await s.run("update session set date = '2026-12-04', starts_at = null, ends_at = null where id = ?", MITO)
  const look = await desk.submit(path, fieldsOf(formTo(await desk.page(path), path), { area_only: [] }))
  expect(look.text).toContain(d.session.clash.what)
  const again = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect([again.status, again.root.querySelector('#beside-error') !== null]).toEqual([422, true])
  const done = await desk.submit(path, [...fieldsOf(formTo(again, path), { beside: '部屋は別' }), ['step', 'do']])
  expect(done.text).toContain(t.venues.saved)
})

test('how to find a venue is entered in its form, and stands on the pages of people who come', async () => {
  const path = '/desk/venues/ibaraki'
  await s.run("update venue set area_only = 0 where id = 'ibaraki'")
  const guide = {
    access_ja: '南口から徒歩5分',
    parking_ja: '無料20台',
    map_url: 'https://map.example/mito',
    step_free: 'no',
  }
  const faulty = await desk.submit(
    path,
    fieldsOf(formTo(await desk.page(path), path), { ...guide, map_url: 'map.example' }),
  )
  expect([faulty.status, faulty.root.querySelector('#map_url-error')?.text]).toEqual([
    422,
    expect.stringContaining('https://'),
  ])
  expect((await desk.submit(path, fieldsOf(formTo(faulty, path), guide))).text).toContain(t.venues.saved)
  expect(fieldsOf(formTo(await desk.page(path), path))).toContainEqual(['step_free', 'no'])
  const page = await s.page(`/sessions/${MITO}`)
  const words = [guide.access_ja, guide.parking_ja, texts('ja').session.guide.withSteps]
  for (const text of words) expect(page.text).toContain(text)
  expect(page.root.querySelector(`a[href="${guide.map_url}"]`)?.getAttribute('rel')).toContain('noreferrer')
  const { token } = await s.booked()
  for (const text of words) expect((await s.page(`/b/${token}`)).text).toContain(text)
  const web = await s.booked({ slot: `${MITO}-1100`, format: 'online' })
  expect((await s.page(`/b/${web.token}`)).text).not.toContain(guide.access_ja)
})

test('a venue is retired after a look at its sessions ahead, and used again from the list', async () => {
  const path = '/desk/venues/ibaraki/retire'
  const look = await desk.page(path)
  expect(look.root.querySelector(`a[href="/desk/sessions/${MITO}"]`)).not.toBeNull()
  await s.run("update venue set revision = 7 where id = 'ibaraki'")
  const late = await desk.submit(path, fieldsOf(formTo(look, path)))
  expect([late.status, late.text]).toEqual([409, expect.stringContaining(t.desks.changed.what)])
  expect((await desk.submit(path, fieldsOf(formTo(late, path)))).text).toContain(t.venues.retire.done)
  const again = '/desk/venues/ibaraki/reopen'
  const list = await desk.page('/desk/venues')
  expect(list.text).toContain(t.venues.retired)
  expect((await desk.submit(again, fieldsOf(formTo(list, again)))).text).toContain(t.venues.retire.reopened)
})

test('a place that moves and moves back before anybody was called leaves nobody to be called', async () => {
  const path = '/desk/venues/ibaraki'
  await s.run("update venue set area_only = 0, address = '水戸市宮町1-7-31' where id = 'ibaraki'")
  const { id } = await s.booked()
  await s.run('update booking set email = null where id = ?', id)
  const moved = async (address: string) => {
    const form = formTo(await desk.page(path), path)
    const typed = { address, moves: ['true'], reason_ja: '移転のため' }
    const look = await desk.submit(path, fieldsOf(form, typed))
    const done = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
    expect(done.text).toContain(t.venues.saved)
    return done.text.includes(d.session.toCall)
  }
  expect(await moved('水戸市南町1-1')).toBe(true)
  expect(await moved('水戸市宮町1-7-31')).toBe(false)
})
