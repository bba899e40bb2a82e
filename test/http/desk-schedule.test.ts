import { beforeEach, describe, expect, test } from 'vitest'
import { plan } from '../../src/planning/plan.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { MITO } from '../world.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk.ts'

const t = scheduleTexts('ja')
const d = deskTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

/** Wednesdays in Tsukuba, three slots of two people, five a day. */
const wednesdays = (changes: Record<string, string | string[]> = {}): Fields =>
  Object.entries({
    ...{ kind: 'consultation', prefecture: '08', desk: 'secretariat', title_ja: 'つくば相談会', title_en: '' },
    ...{ note_ja: '', note_en: '', venue: '', formats: ['onsite', 'online'], capacity: '５', acceptance: 'first_come' },
    ...{ closes_shape: 'business_days', closes_count: '2', closes_at: '17:00', repeat: 'weekly', weekdays: ['WE'] },
    ...{ nths: [] as string[], dates: '', starts_on: '2026-11-25', until: '', slot_starts: '１０:００ 11:00、13:00' },
    ...{ slot_minutes: '50', slot_capacity: '2', starts: '', ends: '', apply_name: '', apply_phone: '', apply_url: '' },
    ...changes,
  }).flatMap(([name, value]) => [value].flat().map((one): Fields[number] => [name, one]))

/** Sends a form once it has been looked at. */
const carried = (page: Page, action: string) => desk.submit(action, [...fieldsOf(formTo(page, action)), ['step', 'do']])

async function begun(changes: Record<string, string | string[]> = {}): Promise<string> {
  const look = await desk.submit('/desk/series/new', wednesdays(changes))
  const page = await carried(look, '/desk/series/new')
  expect(page.text).toContain(t.series.saved)
  await plan(s.system)
  const [id = ''] = await s.column<string>("select id from series where title_ja = 'つくば相談会'")
  return id
}

const sessionsOf = (series: string) =>
  s.rows<{ id: string; date: string; state: string; capacity: number; closes: string; edited: number }>(
    'select * from session where series = ? order by date',
    series,
  )

describe('a series', () => {
  test('shows the dates it will make, with those that would be closed, before anything is saved', async () => {
    const look = await desk.submit('/desk/series/new', wednesdays({ starts_on: '2026-12-23' }))
    expect(look.text).toContain('2026年12月23日(水)')
    expect(look.text).toContain(t.series.closed('年末年始'))
    expect(await s.column("select count(*) from series where title_ja = 'つくば相談会'")).toEqual(
      await s.column('select 0 * count(*) from series'),
    )
  })

  test('begun makes its sessions, slots and deadline and all, over ninety days', async () => {
    const id = await begun()
    const made = await sessionsOf(id)
    expect(made[0]).toMatchObject({
      date: '2026-11-25',
      state: 'published',
      capacity: 5,
      closes: 'business_days:2@17:00',
    })
    expect(made.find((one) => one.date === '2026-12-30')).toMatchObject({ state: 'skipped' })
    const session = await sessionById(s.ctx, made[1]?.id ?? '')
    expect(session?.slots.map((slot) => slot.capacity)).toEqual([2, 2, 2])
    expect((await desk.page('/desk/series')).text).toContain(t.series.weekly('水'))
  })

  test('of nth weekdays and of listed dates are kept as that', async () => {
    await begun({ repeat: 'monthly', weekdays: ['MO'], nths: ['2', '4'] })
    expect(await s.column("select rule from series where title_ja = 'つくば相談会'")).toEqual([
      'FREQ=MONTHLY;BYDAY=2MO,4MO',
    ])
    await s.run("update series set title_ja = '前の' where title_ja = 'つくば相談会'")
    const id = await begun({ repeat: 'dates', weekdays: [], dates: '2026-12-01\n2026-12-08 2026-12-01' })
    expect((await sessionsOf(id)).map((one) => one.date)).toEqual(['2026-12-01', '2026-12-08'])
  })

  test('says everything that is wrong at its field and keeps what was typed', async () => {
    const across = await desk.post(
      '/desk/series/new',
      wednesdays({ weekdays: [], slot_minutes: '', until: '2026-01-01' }),
    )
    for (const name of ['weekdays', 'slot_minutes']) expect(across.body).toContain(`id="${name}-error"`)
    const bad = { title_ja: '', formats: [], starts_on: '2026-13-01', capacity: 'x' }
    const answer = await desk.post('/desk/series/new', wednesdays(bad))
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(texts('ja').faults.required(t.series.labels.title_ja))
    for (const name of ['title_ja', 'formats', 'capacity']) {
      expect(answer.body).toContain(`id="${name}-error"`)
    }
    expect(answer.body).toContain('11:00')
  })

  test('edited changes what nobody booked or edited by hand, and says what it left alone', async () => {
    const id = await begun()
    const [first, second, third] = await sessionsOf(id)
    await s.booked({ session: second?.id, slot: `${second?.id}-1000` })
    await s.run('update session set edited = 1 where id = ?', third?.id)
    const form = formTo(await desk.page(`/desk/series/${id}`), `/desk/series/${id}`)
    const changed = fieldsOf(form, { capacity: '8', slot_starts: '14:00 15:00', slot_capacity: '4' })
    const look = await desk.submit(`/desk/series/${id}`, changed)
    for (const effect of ['changed', 'booked', 'edited'] as const) expect(look.text).toContain(t.series.effects[effect])
    await carried(look, `/desk/series/${id}`)
    const after = await sessionsOf(id)
    expect(after.slice(0, 4).map((one) => one.capacity)).toEqual([8, 5, 5, 8])
    expect((await sessionById(s.ctx, first?.id ?? ''))?.slots.map((slot) => slot.id)).toEqual([
      `${first?.id}-1400`,
      `${first?.id}-1500`,
    ])
    expect((await sessionById(s.ctx, second?.id ?? ''))?.slots).toHaveLength(3)
  })

  test('on other weekdays leaves out the dates it no longer has, and makes the new ones', async () => {
    const id = await begun()
    const path = `/desk/series/${id}`
    const form = formTo(await desk.page(path), path)
    await carried(await desk.submit(path, fieldsOf(form, { weekdays: ['TH'] })), path)
    await plan(s.system)
    const after = await sessionsOf(id)
    expect(after.find((one) => one.date === '2026-12-02')).toMatchObject({ state: 'skipped' })
    expect(after.find((one) => one.date === '2026-12-03')).toMatchObject({ state: 'published' })
    const again = formTo(await desk.page(path), path)
    await carried(await desk.submit(path, fieldsOf(again, { weekdays: ['WE'] })), path)
    const back = await s.rows('select state, reason_ja from session where id = ?', `${id}-2026-12-02`)
    expect(back).toEqual([{ state: 'published', reason_ja: null }])
    expect((await sessionsOf(id)).find((one) => one.date === '2026-12-30')).toMatchObject({ state: 'skipped' })
  })

  test('edited is as it was before, once that is taken back on the same day and nobody booked meanwhile', async () => {
    const id = await begun()
    const path = `/desk/series/${id}`
    const before = await s.rows('select * from series where id = ?', id)
    const change = async () => {
      const form = formTo(await desk.page(path), path)
      const fields = fieldsOf(form, { weekdays: ['WE', 'TH'], capacity: '9', slot_starts: '15:00' })
      expect((await carried(await desk.submit(path, fields), path)).text).toContain(t.session.undo)
      await plan(s.system)
    }
    await change()
    expect((await sessionById(s.ctx, `${id}-2026-12-02`))?.slots.map((slot) => slot.id.slice(-4))).toEqual(['1500'])
    const other = await signedIn(s, 'desk', '08')
    expect((await other.post(`${path}/undo`)).status).toBe(409)
    expect((await desk.submit(`${path}/undo`)).text).toContain(t.session.done.undone)
    expect(await s.rows('select * from series where id = ?', id)).toEqual([
      { ...before[0], revision: 2, updated_at: expect.any(String) },
    ])
    const restored = await sessionById(s.ctx, `${id}-2026-12-02`)
    expect(restored).toMatchObject({ capacity: 5, slots: [{ capacity: 2 }, { capacity: 2 }, { capacity: 2 }] })
    expect(await s.column('select state from session where id = ?', `${id}-2026-12-03`)).toEqual(['skipped'])
    s.at('2026-11-22T01:05:00.000Z')
    await change()
    await s.booked({ session: `${id}-2026-12-02`, slot: `${id}-2026-12-02-1500` })
    expect((await desk.post(`${path}/undo`)).status).toBe(409)
  })

  test('edited by two people at once is changed by the first, and the second is told', async () => {
    const id = await begun()
    const path = `/desk/series/${id}`
    const looks: Page[] = []
    for (const capacity of ['6', '7']) {
      looks.push(await desk.submit(path, fieldsOf(formTo(await desk.page(path), path), { capacity })))
    }
    const [first, second] = looks
    if (!first || !second) throw new Error('no look')
    await carried(first, path)
    expect((await carried(second, path)).text).toContain(t.series.changed.what)
    expect((await sessionsOf(id))[0]?.capacity).toBe(6)
  })

  test('of another prefecture is not this desk’s', async () => {
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.page('/desk/series')).text).toContain(t.empty)
    expect((await tokyo.page('/desk/series/ibaraki')).status).toBe(403)
    expect((await tokyo.post('/desk/series/new', wednesdays())).status).toBe(403)
    expect((await tokyo.post('/desk/series/ibaraki', wednesdays())).status).toBe(403)
  })
})

describe('one session', () => {
  const path = `/desk/sessions/${MITO}`
  const edit = async (changes: Record<string, string>) =>
    desk.submit(`${path}/edit`, fieldsOf(formTo(await desk.page(`${path}/edit`), `${path}/edit`), changes))

  test('is edited, left alone by its series from then on, and today’s change is taken back', async () => {
    const done = await edit({ title_ja: '出張相談会', capacity: '3' })
    expect(done.text).toContain(t.session.done.edited)
    expect(await s.rows('select title_ja, capacity, edited from session where id = ?', MITO)).toEqual([
      { title_ja: '出張相談会', capacity: 3, edited: 1 },
    ])
    const back = await desk.submit(`${path}/undo`)
    expect(back.text).toContain(t.session.done.undone)
    expect(await s.rows('select title_ja, capacity, edited from session where id = ?', MITO)).toEqual([
      { title_ja: 'テレワーク無料相談会', capacity: 5, edited: 0 },
    ])
    expect((await desk.submit(`${path}/undo`)).text).toContain(t.session.refused.changed)
  })

  test('gets other hours while nobody has ever booked it, and its old ones back', async () => {
    const times = async () => (await sessionById(s.ctx, MITO))?.slots.map((slot) => slot.id.slice(-4))
    const done = await edit({ slot_starts: '9:30、13:30'.replace('9', '09'), slot_minutes: '40', slot_capacity: '3' })
    expect(done.text).toContain(t.session.done.edited)
    expect(await times()).toEqual(['0930', '1330'])
    expect((await edit({ slot_starts: '', starts: '15:00', ends: '14:00' })).text).toContain(t.series.labels.ends)
    await desk.submit(`${path}/undo`)
    expect(await times()).toEqual(['1000', '1100', '1300', '1400', '1500'])
    await s.booked()
    await s.run("update booking set status = 'cancelled'")
    await s.run('update session set seats_taken = 0')
    await s.run('update slot set seats_taken = 0')
    expect((await edit({ slot_starts: '16:00' })).text).toContain(t.session.refused.booked)
    expect(await times()).toEqual(['1000', '1100', '1300', '1400', '1500'])
  })

  test('taken elsewhere keeps the damaged address it was printed with', async () => {
    const toyota = await signedIn(s, 'desk', '23')
    const [id = ''] = await s.column<string>(
      "select id from session where apply_url_printed is not null and date > '2026-11-22' order by date limit 1",
    )
    const form = formTo(await toyota.page(`/desk/sessions/${id}/edit`), `/desk/sessions/${id}/edit`)
    const saved = await toyota.submit(`/desk/sessions/${id}/edit`, fieldsOf(form, { title_ja: '豊田の相談' }))
    expect(saved.text).toContain(t.session.done.edited)
    expect((await s.column<string | null>('select apply_url_printed from session where id = ?', id))[0]).not.toBeNull()
  })

  test('offers to take today’s change back on its page all day, to who made it', async () => {
    await edit({ capacity: '4' })
    const other = await signedIn(s, 'desk', '08')
    expect((await desk.page(path)).text).toContain(t.session.undo)
    expect((await other.page(path)).text).not.toContain(t.session.undo)
    expect((await desk.page(path)).text).toContain(d.session.happened['session.edited'])
    s.at('2026-11-22T15:00:00.000Z')
    const tomorrow = await signedIn(s, 'desk', '08')
    expect((await tomorrow.page(path)).text).not.toContain(t.session.undo)
  })

  test('is not taken back by somebody else, on another day, or once a letter has left', async () => {
    await edit({ capacity: '4' })
    const other = await signedIn(s, 'desk', '08')
    expect((await other.post(`${path}/undo`)).status).toBe(409)
    await s.booked()
    expect((await desk.post(`${path}/undo`)).status).toBe(409)
    await s.run('update booking set status = ?', 'cancelled')
    s.at('2026-11-23T01:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.post(`${path}/undo`)).status).toBe(409)
  })

  test('keeps what people rely on, and no capacity below what is taken', async () => {
    await s.booked({ seats: 2 })
    await s.booked({ slot: `${MITO}-1100` })
    expect((await edit({ capacity: '2' })).text).toContain(t.session.refused.full)
    const form = formTo(await desk.page(`${path}/edit`), `${path}/edit`)
    const fields = fieldsOf(form).filter(([name, value]) => name !== 'formats' || value !== 'onsite')
    expect((await desk.submit(`${path}/edit`, fields)).text).toContain(t.session.refused.booked)
    expect((await desk.submit(`${path}/skip`, [['reason_ja', '都合']])).text).toContain(t.session.refused.booked)
  })

  test('nobody booked is left out and held after all', async () => {
    expect((await desk.post(`${path}/skip`, [['reason_ja', '']])).status).toBe(422)
    expect((await desk.submit(`${path}/skip`, [['reason_ja', '館内工事のため']])).text).toContain(
      t.session.done.skipped,
    )
    expect((await s.page(`/sessions/${MITO}`)).text).toContain('館内工事のため')
    expect((await desk.submit(`${path}/open`)).text).toContain(t.session.done.opened)
    expect(await s.column('select state from session where id = ?', MITO)).toEqual(['published'])
  })

  test('goes to another place after a look, and who was to come there is told once', async () => {
    await desk.post('/desk/venues/new', [
      ['prefecture', '08'],
      ['name_ja', '水戸市民会館'],
      ['address', '水戸市泉町1-7-1'],
    ])
    const [venue = ''] = await s.column<string>("select id from venue where name_ja = '水戸市民会館'")
    await s.booked()
    await s.booked({ format: 'online', slot: `${MITO}-1100` })
    const look = await desk.submit(`${path}/venue`, [
      ['venue', venue],
      ['reason_ja', '会場の都合'],
    ])
    expect(look.text).toContain(d.session.concerned(1, 1))
    expect(look.text).toContain('水戸市民会館')
    const form = formTo(look, `${path}/venue`)
    const done = await desk.submit(`${path}/venue`, [...fieldsOf(form), ['step', 'do']])
    expect(done.text).toContain(d.session.done.venue)
    expect(await s.column("select id from outbox where kind = 'relocated'")).toHaveLength(1)
    expect(
      (
        await desk.submit(`${path}/venue`, [
          ['venue', 'nowhere'],
          ['reason_ja', 'x'],
          ['step', 'do'],
        ])
      ).status,
    ).toBe(422)
  })
})

describe('two people at once', () => {
  test('who acts from a page that somebody else has overtaken is told, and a second press of one’s own is harmless', async () => {
    const path = `/desk/sessions/${MITO}/reschedule`
    const other = await signedIn(s, 'desk', '08')
    const when = (date: string) => ({ date, starts: '', reason_ja: '会場の都合' })
    const mine = fieldsOf(formTo(await desk.page(path), path), when('2026-12-01'))
    const theirs = fieldsOf(formTo(await other.page(path), path), when('2026-12-02'))
    expect((await desk.submit(path, [...mine, ['step', 'do']])).text).toContain(d.session.done.reschedule)
    expect((await desk.submit(path, [...mine, ['step', 'do']])).text).toContain(d.session.done.reschedule)
    const late = await other.submit(path, [...theirs, ['step', 'do']])
    expect([late.status, late.text]).toEqual([409, expect.stringContaining(d.session.refused.changed)])
    expect(await s.column('select date from session where id = ?', MITO)).toEqual(['2026-12-01'])
  })

  test('who puts a venue right that somebody else has saved is told, and keeps what they typed', async () => {
    const path = '/desk/venues/ibaraki'
    const other = await signedIn(s, 'desk', '08')
    const form = formTo(await other.page(path), path)
    expect((await desk.submit(path, fieldsOf(form, { name_ja: '水戸駅南' }))).status).toBe(200)
    const late = await other.submit(path, fieldsOf(form, { name_ja: '水戸駅北' }))
    expect([late.status, late.text]).toEqual([409, expect.stringContaining(t.session.refused.changed)])
    expect(await s.column("select name_ja from venue where id = 'ibaraki'")).toEqual(['水戸駅南'])
    await other.submit(path, fieldsOf(formTo(late, path)))
    expect(await s.column("select name_ja from venue where id = 'ibaraki'")).toEqual(['水戸駅北'])
  })
})

describe('closures', () => {
  const close = (state: string, changes: Record<string, string> = {}) =>
    desk.submit(
      '/desk/closures',
      Object.entries({ date: '2026-12-04', scope: '08', reason_ja: '館内整備', reason_en: '', state, ...changes }),
    )

  test('close a day: its sessions are skipped where nobody booked, and shown where somebody did', async () => {
    expect((await close('confirmed')).text).toContain(t.closures.saved(1))
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-04'")).toEqual(['skipped'])
    expect((await close('lifted')).text).toContain(t.closures.saved(1))
    await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
    const left = await close('confirmed')
    expect(left.text).toContain(t.closures.left)
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-04'")).toEqual(['published'])
  })

  test('everywhere are the secretariat’s, and a desk opens its own day', async () => {
    const all = [
      ['date', '2026-12-31'],
      ['scope', 'all'],
      ['reason_ja', 'x'],
      ['state', 'lifted'],
    ] as Fields
    expect((await desk.post('/desk/closures', all)).status).toBe(403)
    const secretariat = await signedIn(s, 'secretariat')
    expect((await secretariat.post('/desk/closures', all)).status).toBe(200)
    expect((await desk.page('/desk/closures')).text).toContain('年末年始')
  })
})

describe('a suspension', () => {
  test('is ordered after a look at who is concerned, and lifted', async () => {
    await s.booked()
    const fields: Fields = [
      ...([
        ['prefectures', '08'],
        ['starts_on', '2026-11-23'],
        ['ends_on', '2026-12-31'],
      ] as Fields),
      ...([
        ['into', 'online'],
        ['reason_ja', '感染対策'],
        ['reason_en', ''],
      ] as Fields),
    ]
    const look = await desk.submit('/desk/suspensions', fields)
    expect(look.text).toMatch(/件の開催、1件の予約/)
    expect(look.text).toContain('【開催形式の変更】')
    expect((await carried(look, '/desk/suspensions')).text).toContain(t.suspensions.ordered)
    const [id] = await s.column<string>('select id from suspension')
    expect((await desk.submit(`/desk/suspensions/${id}/lift`)).text).toContain(t.suspensions.lifted)
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.post('/desk/suspensions', fields)).status).toBe(403)
  })
})

describe('the schedule', () => {
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
    expect((await desk.page('/desk/schedule?date=nonsense&view=x&prefecture=99')).status).toBe(200)
  })
})

describe('the next year', () => {
  test('takes over what would end, once, for the secretariat alone', async () => {
    const all = await signedIn(s, 'secretariat')
    await s.run("update series set until = '2027-03-31' where id = 'ibaraki'")
    const look = await all.page('/desk/programme')
    expect(look.text).toContain(t.programme.anew)
    for (let i = 0; i < 3; i++) expect((await all.submit('/desk/programme')).text).toContain(t.programme.done)
    expect(await s.rows("select rule, starts_on, until from series where id like 'ibaraki-fy%'")).toEqual([
      { rule: 'FREQ=WEEKLY;BYDAY=FR', starts_on: '2027-04-01', until: '2028-03-31' },
    ])
    expect(await s.column("select fiscal_year from programme where id = 'fy2027'")).toEqual([2027])
    expect((await desk.post('/desk/programme')).status).toBe(403)
  })
})
