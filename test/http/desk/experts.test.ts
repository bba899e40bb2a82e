import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../../templates/text/desk.ts'
import { account, expert, fields, offerWrite, request } from '../../experts/fixtures.ts'
import { fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = deskTexts('ja').experts
const PATH = '/desk/experts/expert'

let s: Site
let all: Staff
beforeEach(async () => {
  s = await site()
  all = await signedIn(s, 'secretariat')
})

/** Fills in the form of a page and sends it. */
async function sent(staff: Staff, path: string, changes: Record<string, string | string[]>): Promise<Page> {
  return staff.submit(path, fieldsOf(formTo(await staff.page(path), path), changes))
}

const acts = (act: string) => s.rows('select subject, detail from journal where act = ?', act)
const namesOn = (page: Page) => page.main.querySelectorAll('tbody tr td:first-child').map(({ text }) => text.trim())

describe('the list', () => {
  const search = async (staff: Staff, filter: Record<string, string>) =>
    namesOn(await staff.submit('/desk/experts', Object.entries(filter)))
  const three = async () => {
    await expert(s, 'first', { name: '相川 太郎', name_kana: 'アイカワ タロウ', topics: ['labour'] })
    await expert(s, 'second', { name: '井上 花子', name_kana: 'イノウエ ハナコ', home: '13', places: ['13'] })
    await expert(s, 'third', { name: '上田 次郎', name_kana: 'ウエダ ジロウ', places: ['13'], topics: ['management'] })
    await s.run("update expert set state = 'paused', paused_until = '2026-12-24', taken = 2 where id = 'third'")
  }

  test('without an expert says so, and leads the secretariat, not a desk, to the way to add one', async () => {
    for (const [staff, may] of [
      [all, true],
      [await signedIn(s, 'desk', '08'), false],
    ] as const) {
      const page = await staff.page('/desk/experts')
      expect([page.status, page.text.includes(t.empty)]).toEqual([200, true])
      expect(page.main.querySelectorAll('a[href="/desk/experts/new"]').length > 0).toBe(may)
    }
  })

  test('tells name, state, fields and load; a desk reads it without a link', async () => {
    await three()
    const page = await all.page('/desk/experts')
    const last = page.main.querySelectorAll('tbody tr').at(-1)?.text ?? ''
    for (const word of ['上田 次郎', t.states.paused, '12月24日', t.management, t.load(2, 5)]) {
      expect(last).toContain(word)
    }
    const read = await (await signedIn(s, 'desk', '13')).page('/desk/experts')
    expect(namesOn(read)).toEqual(['相川 太郎', '井上 花子', '上田 次郎'])
    expect(read.main.querySelectorAll('tbody a')).toHaveLength(0)
  })

  test('is searched by name in any kana, and filtered by prefecture, field and state', async () => {
    await three()
    expect(await search(all, { text: 'いのうえ' })).toEqual(['井上 花子'])
    expect(await search(all, { text: '花子' })).toEqual(['井上 花子'])
    expect(await search(all, { prefecture: '13' })).toEqual(['井上 花子', '上田 次郎'])
    expect(await search(all, { topic: 'management' })).toEqual(['上田 次郎'])
    expect(await search(all, { state: 'active', prefecture: '13' })).toEqual(['井上 花子'])
    const { location } = await all.post('/desk/experts', [['text', '花子']])
    expect(decodeURIComponent(location)).not.toContain('花子')
    expect((await all.submit('/desk/experts', [['text', '無し']])).text).toContain(t.none)
    expect((await all.page('/desk/experts?state=cooking')).status).toBe(404)
  })

  test('takes as many queries for many experts as for one', async () => {
    await expert(s, 'first')
    const queries = async () => {
      s.reads()
      await all.page('/desk/experts')
      return s.reads()
    }
    const before = await queries()
    for (let i = 0; i < 20; i++) await expert(s, `more-${i}`)
    expect(await queries()).toBe(before)
  })
})

describe('an expert is added', () => {
  const NEW = '/desk/experts/new'

  test('from an account of that role; without one the page leads to the invitation', async () => {
    const page = await all.page(NEW)
    expect([page.text.includes(t.nobody.what), page.main.querySelector('a[href="/desk/people/new"]') !== null]).toEqual(
      [true, true],
    )
    await account(s, 'another')
    const { places: _, ...typed } = fields({ account: 'another', regions: ['kanto'], industries: ['*', 'D'] })
    const done = await sent(all, NEW, typed)
    expect([done.status, done.text.includes(t.done.added)]).toEqual([200, true])
    const [row] = await s.rows<{ places: string; industries: string; most: number }>('select * from expert')
    // 関東: all its prefectures.
    expect(row).toMatchObject({ id: 'another', industries: '*', most: 5 })
    expect(row?.places.split(',')).toEqual(expect.arrayContaining(['08', '11', '13', '14']))
    expect(await acts('expert.added')).toEqual([{ subject: 'another', detail: '{}' }])
    expect((await all.page(NEW)).text).toContain(t.nobody.what)
  })

  test('with faults at their fields, and all that was typed', async () => {
    await account(s, 'another')
    const page = await sent(all, NEW, {
      name: '専門 一郎',
      name_kana: '専門',
      formats: ['visit'],
      regions: ['okinawa'],
    })
    expect(page.status).toBe(422)
    for (const name of ['account', 'name_kana', 'home', 'topics']) {
      expect([name, page.root.getElementById(`${name}-error`) !== null]).toEqual([name, true])
    }
    const kept = fieldsOf(formTo(page, NEW))
    expect(kept).toContainEqual(['name', '専門 一郎'])
    expect(kept.filter(([name]) => name === 'places')).toEqual([['places', '47']])
    expect(await s.column('select id from expert')).toEqual([])
  })
})

describe('what is known of an expert', () => {
  beforeEach(() => expert(s))

  test('is changed, paused until a day, and resumed; saved as it was, it changes nothing', async () => {
    await sent(all, PATH, { state: 'paused', paused_until: '2026/12/24', most: '２' })
    expect((await all.page(PATH)).text).toContain(t.states.paused)
    expect(await s.rows('select state, paused_until, most, revision from expert')).toEqual([
      { state: 'paused', paused_until: '2026-12-24', most: 2, revision: 1 },
    ])
    await sent(all, PATH, {})
    await sent(all, PATH, { state: 'active' })
    expect(await s.rows('select state, paused_until, revision from expert')).toEqual([
      { state: 'active', paused_until: null, revision: 2 },
    ])
    expect(await acts('expert.edited')).toHaveLength(2)
  })

  test('keeps the limit above what is open', async () => {
    await s.run("update expert set taken = 3 where id = 'expert'")
    const page = await sent(all, PATH, { most: '2' })
    expect([page.status, page.text.includes(t.refused.most.what)]).toEqual([409, true])
    expect(fieldsOf(formTo(page, PATH))).toContainEqual(['most', '2'])
  })

  test.each(['', '/hours', '/absences', '/ties', '/leave'])('is for nobody else: %s', async (way) => {
    for (const staff of [await signedIn(s, 'desk', '08'), await signedIn(s, 'expert')]) {
      expect((await staff.page(`${PATH}${way}`)).status).toBe(403)
    }
  })
})

describe('the time of an expert', () => {
  beforeEach(() => expert(s))

  test('several ranges a day are saved; the form shows them as they are kept', async () => {
    const path = `${PATH}/hours`
    await sent(all, path, { 'hours.1': '10時〜12時、13:00〜17:00', 'hours.5': '9:00-12:00' })
    expect(await s.column('select starts from expert_hours order by weekday, starts')).toEqual([
      '10:00',
      '13:00',
      '09:00',
    ])
    expect(fieldsOf(formTo(await all.page(path), path))).toContainEqual(['hours.1', '10:00-12:00, 13:00-17:00'])
    expect(await acts('expert.hours_saved')).toHaveLength(1)
  })

  test.each(['午前', '10:00-12:00, 11:00-13:00', '12:00-10:00'])('a day that cannot be is named: %j', async (text) => {
    const page = await sent(all, `${PATH}/hours`, { 'hours.1': '10:00-12:00', 'hours.2': text })
    expect([page.status, page.main.querySelectorAll('.err').map((one) => one.getAttribute('id'))]).toEqual([
      422,
      ['hours.2-error'],
    ])
    expect(fieldsOf(formTo(page, `${PATH}/hours`))).toContainEqual(['hours.2', text])
    expect(await s.column('select starts from expert_hours')).toEqual([])
  })

  test('an absence is added and removed again; one that is over is refused at its day', async () => {
    const path = `${PATH}/absences`
    const late = await sent(all, path, { from: '2026-11-01', to: '2026-11-02' })
    expect([late.status, late.root.getElementById('to-error') !== null]).toEqual([422, true])
    expect(fieldsOf(formTo(late, path))).toContainEqual(['from', '2026-11-01'])
    const page = await sent(all, path, { from: '2026-12-21', to: '2026-12-22' })
    expect(page.main.querySelector('tbody')?.text).toContain('12月21日')
    const back = await all.submit(`${path}/drop`, fieldsOf(formTo(page, `${path}/drop`)))
    expect([back.text.includes(t.done.back), back.text.includes(t.absences.none)]).toEqual([true, true])
    expect((await all.submit(`${path}/drop`, [['absence', 'another']])).status).toBe(404)
  })
})

describe('the ties of an expert', () => {
  const path = `${PATH}/ties`
  beforeEach(() => expert(s))

  test('are saved line by line; an emptied line goes, what was declared stays', async () => {
    await s.run(
      `insert into affiliation (id, expert, corporate_number, name_key, until, kind, created_at)
        values ('declared', 'expert', '', '丙商店', null, 'declared', ?)`,
      s.ctx.clock.now(),
    )
    const other = { 'ties.2.corporate_number': '1180301018771', 'ties.2.kind': 'employer' }
    await sent(all, path, { 'ties.0.company': '株式会社甲', 'ties.0.kind': 'client', ...other })
    expect(await s.column('select kind from affiliation order by kind')).toEqual(['client', 'declared', 'employer'])
    const page = await all.page(path)
    expect(page.text).toContain('丙商店')
    await all.submit(
      path,
      fieldsOf(formTo(page, path), { 'ties.0.corporate_number': '', 'ties.0.company': '', 'ties.0.until': '' }),
    )
    expect(await s.column('select kind from affiliation order by kind')).toHaveLength(2)
  })

  test('a wrong number and the same firm twice are refused with what was typed', async () => {
    const wrong = await sent(all, path, { 'ties.1.corporate_number': '123' })
    expect([wrong.status, wrong.root.getElementById('ties.1.corporate_number-error') !== null]).toEqual([422, true])
    const twice = await sent(all, path, { 'ties.0.company': '株式会社甲', 'ties.1.company': '（株）甲' })
    expect([twice.status, twice.text.includes(t.refused.firms.what)]).toEqual([409, true])
    expect(fieldsOf(formTo(twice, path))).toContainEqual(['ties.1.company', '（株）甲'])
  })
})

describe('an expert leaves', () => {
  const path = `${PATH}/leave`
  beforeEach(() => expert(s))

  test('not while an offer is open: the page names its request and has no form', async () => {
    const stale = fieldsOf(formTo(await all.page(path), path))
    await request(s, 'IB-T-0007')
    await s.ctx.store.commit(offerWrite(s, { request: 'IB-T-0007', expert: 'expert', id: 'offer' }))
    await s.run('update expert set taken = 1')
    const page = await all.page(path)
    expect([page.text.includes('IB-T-0007'), page.main.querySelector('form')]).toEqual([true, null])
    const refused = await all.submit(path, stale)
    expect([refused.status, refused.text.includes(t.refused.cases.what)]).toEqual([409, true])
  })

  test('for good: the hours go, and the page has no form any more', async () => {
    await sent(all, `${PATH}/hours`, { 'hours.1': '10:00-12:00' })
    const look = await all.page(path)
    expect([look.text.includes(t.leave.noneOpen), look.text.includes(t.leave.hours(1))]).toEqual([true, true])
    const early = await sent(all, path, { ends_on: '2026-03-31' })
    expect([early.status, early.root.getElementById('ends_on-error') !== null]).toEqual([422, true])
    const done = await sent(all, path, { ends_on: '2026-12-31' })
    expect(done.text).toContain(t.done.left)
    expect(await s.rows('select state, ends_on from expert')).toEqual([{ state: 'left', ends_on: '2026-12-31' }])
    const page = await all.page(PATH)
    expect([page.text.includes(t.left), page.main.querySelector('form button')]).toEqual([true, null])
    expect((await all.page('/desk/experts')).text).toContain(t.states.left)
  })
})

describe('an expert', () => {
  test('reads the own entry on the page of own times, and changes own hours, absences and ties', async () => {
    const own = await signedIn(s, 'expert')
    expect((await own.page('/desk/mine')).text).not.toContain(t.own.title)
    const first = await all.page('/desk/experts/new')
    await all.submit(
      '/desk/experts/new',
      fieldsOf(formTo(first, '/desk/experts/new'), {
        ...fields({ account: own.id }),
      }),
    )
    const path = `/desk/experts/${own.id}`
    await sent(own, `${path}/hours`, { 'hours.3': '10:00-12:00' })
    await sent(own, `${path}/absences`, { from: '2026-12-21', to: '2026-12-21' })
    await sent(own, `${path}/ties`, { 'ties.0.company': '甲商店' })
    const page = await own.page('/desk/mine')
    for (const word of [t.own.title, '専門 一郎', '水曜日', '10:00〜12:00', '12月21日', t.load(0, 5)]) {
      expect(page.text).toContain(word)
    }
    expect(page.main.querySelector(`a[href="${path}/hours"]`)).not.toBe(null)
    expect((await own.page(path)).status).toBe(403)
    expect((await own.page(`${path}/leave`)).status).toBe(403)
    expect(await s.column("select act from journal where actor = ? and act like 'expert.%'", own.id)).toHaveLength(3)
  })
})
