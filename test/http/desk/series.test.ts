import { beforeEach, describe, expect, test } from 'vitest'
import { plan } from '../../../src/planning/plan.ts'
import { sessionById } from '../../../src/schedule/queries.ts'
import { texts } from '../../../templates/text/index.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { type Fields, fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

/** Wednesdays in Tsukuba, three slots of two people, five a day. */
const wednesdays = (changes: Record<string, string | string[]> = {}): Fields =>
  Object.entries({
    kind: 'consultation',
    prefecture: '08',
    desk: 'secretariat',
    title_ja: 'つくば相談会',
    title_en: '',
    note_ja: '',
    note_en: '',
    venue: '',
    formats: ['onsite', 'online'],
    capacity: '５',
    acceptance: 'first_come',
    closes_shape: 'business_days',
    closes_count: '2',
    closes_at: '17:00',
    repeat: 'weekly',
    weekdays: ['WE'],
    nths: [] as string[],
    dates: '',
    starts_on: '2026-11-25',
    until: '',
    slot_starts: '１０:００ 11:00、13:00',
    slot_minutes: '50',
    slot_capacity: '2',
    starts: '',
    ends: '',
    apply_name: '',
    apply_phone: '',
    apply_url: '',
    ...changes,
  }).flatMap(([name, value]) => [value].flat().map((one): Fields[number] => [name, one]))

/** Sends a form after its preview. */
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

const NEXT = 'ibaraki-2026-12-04'
const saved = async (path: string, changes: Record<string, string>) => {
  const form = formTo(await desk.page(path), path)
  return desk.submit(path, fieldsOf(form, changes))
}

describe('a series', () => {
  test('shows the dates it will make, with those that would be closed, before anything is saved', async () => {
    const look = await desk.submit('/desk/series/new', wednesdays({ starts_on: '2026-12-23' }))
    expect(look.text).toContain('2026年12月23日(水)')
    expect(look.text).toContain(t.series.closed('年末年始'))
    expect(await s.column("select count(*) from series where title_ja = 'つくば相談会'")).toEqual(
      await s.column('select 0 * count(*) from series'),
    )
  })

  test('shows all that it saves, before anything is saved', async () => {
    const more = {
      acceptance: 'lottery',
      venue: 'ibaraki',
      note_ja: '筆記用具をお持ちください。',
      apply_name: 'つくば市',
    }
    const look = await desk.submit('/desk/series/new', wednesdays(more))
    const listed = look.main.querySelector('#saved')?.text ?? ''
    const names = await s.column<string>("select name_ja from venue where id = 'ibaraki'")
    for (const shown of [
      'つくば相談会',
      ...names,
      '10:00〜10:50、11:00〜11:50、13:00〜13:50（1枠2名）',
      '抽選',
      '2営業日前の17:00',
      '筆記用具をお持ちください。',
      'つくば市',
      t.series.inJapanese,
      '毎週 水曜日',
      t.series.noQuestionsYet,
    ]) {
      expect(listed).toContain(shown)
    }
  })

  test('edited shows each value before and after, also of a series without a session ahead', async () => {
    const id = await begun({ until: '2026-11-25' })
    await s.run('update session set edited = 1 where series = ?', id)
    const path = `/desk/series/${id}`
    const changes = { title_ja: 'つくば個別相談会', capacity: '', closes_count: '0', acceptance: 'approval' }
    const look = await saved(path, changes)
    const values = look.main.querySelector('#saved')?.text.replaceAll(/\s+/g, ' ') ?? ''
    for (const shown of [
      'つくば相談会 → つくば個別相談会',
      `5 → ${t.days.noLimit}`,
      '2営業日前の17:00 → 当日の17:00',
      '先着順 → 承認制',
    ]) {
      expect(values).toContain(shown)
    }
    expect(values.split('→')).toHaveLength(5)
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
    const listed = (await desk.page('/desk/series')).main
      .querySelectorAll('tr')
      .find((row) => row.text.includes('つくば相談会'))
    expect(listed?.text).toContain('2026年12月8日')
  })

  test('says everything that is wrong at its field and keeps what was typed', async () => {
    const across = await desk.post(
      '/desk/series/new',
      wednesdays({ weekdays: [], slot_minutes: '', formats: [], until: '2026-01-01' }),
    )
    for (const name of ['weekdays', 'slot_minutes', 'formats']) expect(across.body).toContain(`id="${name}-error"`)
    const bad = { title_ja: '', starts_on: '2026-13-01', capacity: 'x' }
    const answer = await desk.post('/desk/series/new', wednesdays(bad))
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(texts('ja').faults.required(t.series.labels.title_ja))
    for (const name of ['title_ja', 'capacity']) {
      expect(answer.body).toContain(`id="${name}-error"`)
    }
    expect(answer.body).toContain('11:00')
  })

  test('just saved has no list of sessions yet, and does not say that there are none', async () => {
    const page = await desk.submit('/desk/series/new', [...wednesdays(), ['step', 'do']])
    expect(page.text).toContain(t.series.saved)
    expect(page.text).not.toContain(t.series.noEffects)
  })

  test('marks a day that stays skipped, on its page and among the dates before it is saved', async () => {
    const id = await begun()
    await s.run("update session set state = 'skipped', skipped_by = 'desk' where id = ?", `${id}-2026-12-02`)
    const path = `/desk/series/${id}`
    const marked = (page: Page) =>
      page.main
        .querySelectorAll('li')
        .map((one) => one.text.replaceAll(/\s+/g, ''))
        .filter((text) => text.includes('12月2日') && text.endsWith(texts('ja').status.skipped))
    expect(marked(await desk.page(path))).toHaveLength(1)
    expect(marked(await saved(path, { title_ja: 'つくば個別相談会' }))).toHaveLength(1)
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

  test('edited by two people at once is changed by the first, and the second is refused', async () => {
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
    expect((await tokyo.post('/desk/series/new', wednesdays())).status).toBe(422)
    expect((await tokyo.post('/desk/series/ibaraki', wednesdays())).status).toBe(403)
  })
})

test('a series is edited also if somebody has booked and cancelled, and that day follows', async () => {
  await s.booked({ session: NEXT, slot: `${NEXT}-1000` })
  await s.run("update booking set status = 'cancelled'")
  await s.run('update session set seats_taken = 0')
  await s.run('update slot set seats_taken = 0')
  const path = '/desk/series/ibaraki'
  const look = await saved(path, { capacity: '7' })
  const done = await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect([done.status, done.text.includes(t.series.saved)]).toEqual([200, true])
  expect(
    await s.column(`select capacity from session where id in ('${NEXT}', 'ibaraki-2026-12-11') order by id`),
  ).toEqual([7, 7])
})
