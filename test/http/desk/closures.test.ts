import { beforeEach, describe, expect, test } from 'vitest'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { dateText } from '../../../templates/text/when.ts'
import { type Fields, fieldsOf, formTo, pageOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const NEXT = 'ibaraki-2026-12-04'
const only = async <T>(text: string) => (await s.column<T>(text))[0]

describe('closures', () => {
  const DAY = { date: '2026-12-04', scope: '08', reason_ja: '館内整備', reason_en: '' }
  const close = (state: string, changes: Record<string, string> = {}) =>
    desk.submit('/desk/closures', Object.entries({ ...DAY, state, step: 'do', ...changes }))
  const look = (state: string) => desk.submit('/desk/closures', Object.entries({ ...DAY, state }))

  test('close a day: its sessions are skipped if nobody booked, and shown if somebody did', async () => {
    expect((await close('confirmed')).text).toContain(t.closures.saved(1))
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-04'")).toEqual(['skipped'])
    expect((await close('lifted')).text).toContain(t.closures.saved(1))
    await s.booked({ session: 'ibaraki-2026-12-04', slot: 'ibaraki-2026-12-04-1000' })
    const left = await close('confirmed')
    expect(left.text).toContain(t.closures.left)
    expect(await s.column("select state from session where id = 'ibaraki-2026-12-04'")).toEqual(['published'])
  })

  test.each([
    ['', '2027-01-10'],
    ['', '髙"'],
    ['2026-12-04', '2026-12-40'],
    ['2026-13-01', '2026-12-04'],
  ])('from %j until %j is told at its field, with what was typed', async (date, until) => {
    const page = await close('confirmed', { date, until, nth: 'every', weekday: 'FR' })
    expect(page.status).toBe(422)
    expect(page.main.querySelectorAll('[aria-invalid=true]').length).toBeGreaterThan(0)
    expect(page.main.querySelector('input[name=until]')?.getAttribute('value')).toBe(until)
  })

  test('show first the days and people: what somebody booked stays open, and leads to calling it off', async () => {
    await s.booked({ session: NEXT, slot: `${NEXT}-1000`, company: '霞商店' })
    const page = await look('confirmed')
    expect(await s.column("select id from closure where reason_ja = '館内整備'")).toEqual([])
    expect(page.text).toContain(t.closures.staysOpen(1))
    expect(page.text).toContain(t.closures.closing(0))
    expect(page.text).toContain('霞商店')
    expect(page.main.querySelector(`a[href="/desk/sessions/${NEXT}/call-off"]`)?.text).toContain('中止')
    const done = pageOf(
      await desk.post('/desk/closures', [...fieldsOf(formTo(page, '/desk/closures')), ['step', 'do']]),
    )
    const row = done.main.querySelectorAll('table.list tr').find((one) => one.text.includes('館内整備'))
    expect(row?.text).toContain(t.closures.held(1))
    expect(row?.querySelector('.notice.is-warn')?.text).toContain(t.closures.staysBooked(1))
    expect(row?.querySelector(`a[href="/desk/sessions/${NEXT}/call-off"]`)?.text).toBe(t.closures.callOff)
    expect(row?.querySelector(`a[href="/desk/sessions/${NEXT}"]`)).not.toBeNull()
    expect((await desk.page(`/desk/sessions/${NEXT}`)).text).toContain(t.closures.onClosedDay('館内整備'))
  })

  test('are refused if somebody booked since they were looked at, and show it', async () => {
    const seen = formTo(await look('confirmed'), '/desk/closures')
    await s.booked({ session: NEXT, slot: `${NEXT}-1000`, company: '霞商店' })
    const page = pageOf(await desk.post('/desk/closures', [...fieldsOf(seen), ['step', 'do']]))
    expect([page.status, page.text.includes('霞商店')]).toEqual([409, true])
    expect(await s.column("select id from closure where reason_ja = '館内整備'")).toEqual([])
  })

  test('entered by mistake are removed, and the day is as it was before', async () => {
    const before = (await desk.page('/desk/closures')).main.querySelector('table.list')?.text
    await close('confirmed')
    expect((await look('removed')).text).toContain(t.closures.opening(1))
    expect((await close('removed')).text).toContain(t.closures.saved(1))
    expect(await s.column(`select state from session where id = '${NEXT}'`)).toEqual(['published'])
    expect((await desk.page('/desk/closures')).main.querySelector('table.list')?.text).toBe(before)
  })

  test.each(['2026/12/4', '2026年12月4日（金）', 'Ｒ８．１２．４', '12/4'])(
    'are of a day however it is typed: %s',
    async (date) => {
      await close('confirmed', { date })
      expect(await s.column("select date from closure where reason_ja = '館内整備'")).toEqual(['2026-12-04'])
    },
  )

  test('of a day that is none say how to type it, and show what was typed', async () => {
    const page = await close('confirmed', { date: '12月32日' })
    expect([page.status, page.main.querySelector('.err')?.text.includes('2026/12/23')]).toEqual([422, true])
    expect(page.main.querySelector('[name=date]')?.getAttribute('value')).toBe('12月32日')
  })

  test('of a range are looked at and entered together, corrected one by one, and removed together', async () => {
    const wednesdays = { date: '2026-12-01', until: '2027-02-28', nth: '3', weekday: 'WE' }
    const path = '/desk/closures'
    const found = await desk.submit(
      path,
      Object.entries({ ...DAY, ...wednesdays, nth: '1', weekday: 'FR', state: 'confirmed' }),
    )
    const [first, last] = ['2026-12-04', '2027-02-05'].map((date) => dateText('ja', date))
    expect(found.text).toContain(`${first}〜${last}（3日）`)
    const row = { ...DAY, date: '2026-12-01', until: '2026-12-12', state: 'confirmed' }
    const inARow = await desk.submit(path, Object.entries(row))
    expect(inARow.text).toContain('2026年12月1日(火)〜2026年12月12日(土)（12日間）')
    expect((await close('confirmed', wednesdays)).text).toContain(t.closures.saved(0))
    const days = () => s.column("select date from closure where reason_ja = '館内整備' order by date")
    expect(await days()).toEqual(['2026-12-16', '2027-01-20', '2027-02-17'])
    const edit = formTo(await desk.page(`${path}?edit=08-2027-01-20`), path)
    await desk.submit(path, [...fieldsOf(edit, { reason_ja: '改修' }), ['state', 'confirmed'], ['step', 'do']])
    expect(await days()).toEqual(['2026-12-16', '2027-02-17'])
    const batch = (await only<string>("select batch from closure where reason_ja = '改修'")) ?? ''
    expect((await desk.page(path)).text).toContain(t.closures.removeBatch(3))
    const seen = await desk.submit(path, Object.entries({ batch, state: 'removed' }))
    expect(seen.main.querySelectorAll('dl.facts details[open] li')).toHaveLength(3)
    expect(await days()).toEqual(['2026-12-16', '2027-02-17'])
    await desk.submit(path, [...fieldsOf(formTo(seen, path)), ['step', 'do']])
    expect(await s.column("select id from closure where scope = '08'")).toEqual([])
  })

  test('that were removed together are put back as they were, at once', async () => {
    const path = '/desk/closures'
    await close('confirmed', { date: DAY.date, until: '2026-12-18', nth: 'every', weekday: 'FR' })
    await close('lifted', { date: '2026-12-18', reason_ja: '臨時に開催' })
    const rows = () => s.rows("select date, state, reason_ja, reason_en from closure where scope = '08' order by date")
    const held = () => s.column("select state from session where series = 'ibaraki' order by date limit 5")
    const before = [await rows(), await held()]
    const batch = (await only<string>("select batch from closure where reason_ja = '館内整備'")) ?? ''
    const gone = await close('removed', { batch })
    expect([await rows(), (await held()).includes('skipped')]).toEqual([[], false])
    const button = gone.main.querySelector('button[name=state][value=restored]')
    expect(button?.text).toBe(t.closures.putBack)
    const form = gone.main.querySelectorAll('form').find((one) => one.querySelector('[value=restored]') !== null)
    if (!form) throw new Error('no way back')
    const fields = [...fieldsOf(form), ['state', 'restored']] as Fields
    const back = fields
    const seen = await desk.submit(path, fields)
    expect([seen.main.querySelector('h1')?.text, seen.text.includes(t.closures.saved(2))]).toEqual([
      t.closures.title,
      true,
    ])
    expect([await rows(), await held()]).toEqual(before)
    expect(await s.column("select subject from journal where act = 'closure.lifted'")).toContain('08-2026-12-18')
    expect(new Set(await s.column('select batch from closure where batch is not null')).size).toBe(1)
    const twice = await desk.submit(path, back)
    expect([twice.status, await rows()]).toEqual([409, before[0]])
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.post(path, fields)).status).toBe(403)
    expect(
      (
        await desk.post(path, [
          ['state', 'restored'],
          ['day', '{'],
        ])
      ).status,
    ).toBe(422)
  })

  test('of a range get another reason together, through a look at each day, and it is taken back', async () => {
    const path = '/desk/closures'
    await s.booked({ session: NEXT, slot: `${NEXT}-1000`, company: '霞商店' })
    await close('confirmed', { date: DAY.date, until: '2026-12-18', nth: 'every', weekday: 'FR' })
    const reasons = () => s.column("select reason_ja from closure where scope = '08' order by date")
    expect(await reasons()).toEqual(['館内整備', '館内整備', '館内整備'])
    const list = await desk.page(path)
    const link = list.main.querySelectorAll('a').find(({ text }) => text.trim() === t.closures.correctBatch(3))
    const form = await desk.page((link?.getAttribute('href') ?? '').replace('#form', ''))
    const corrected: [string, string] = ['state', 'corrected']
    const empty = await desk.submit(path, [...fieldsOf(formTo(form, path), { reason_ja: '' }), corrected])
    expect([empty.status, empty.main.querySelector('#reason_ja-error') !== null]).toEqual([422, true])
    const seen = await desk.submit(path, [...fieldsOf(formTo(empty, path), { reason_ja: '改修' }), corrected])
    expect(seen.main.querySelector('h1')?.text).toBe(t.closures.correct)
    const cells = seen.main.querySelectorAll('table.list tbody td').map(({ text }) => text.trim())
    const [was, becomes] = ['館内整備', '改修'].map((why) => t.closures.stateReason('休止', why))
    expect(cells).toEqual([was, becomes, was, becomes, was, becomes])
    expect([seen.text.includes('霞商店'), await reasons()]).toEqual([true, ['館内整備', '館内整備', '館内整備']])
    const step: [string, string] = ['step', 'do']
    const done = await desk.submit(path, [...fieldsOf(formTo(seen, path)), step])
    expect(await reasons()).toEqual(['改修', '改修', '改修'])
    expect(await s.column("select id from journal where act = 'closure.corrected'")).toHaveLength(3)
    const back = await desk.submit(path, [...fieldsOf(formTo(done, path)), corrected])
    // Somebody booked one of the days, so it is looked at, under the name of its button.
    expect(back.main.querySelector('h1')?.text).toBe(t.closures.takeBack)
    await desk.submit(path, [...fieldsOf(formTo(back, path)), step])
    expect(await reasons()).toEqual(['館内整備', '館内整備', '館内整備'])
    // A day that somebody corrects meanwhile is shown again, not overwritten.
    const again = await desk.submit(path, [...fieldsOf(formTo(form, path), { reason_ja: '清掃' }), corrected])
    await close('confirmed', { reason_ja: '停電' })
    const late = await desk.submit(path, [...fieldsOf(formTo(again, path)), step])
    expect([late.status, (await reasons())[0]]).toEqual([409, '停電'])
  })

  test('of a range get other days and another scope together, through a look at each, and it is taken back', async () => {
    const path = '/desk/closures'
    const later = 'ibaraki-2026-12-11'
    const secretariat = await signedIn(s, 'secretariat')
    await close('confirmed', { date: DAY.date, until: '2026-12-18', nth: 'every', weekday: 'FR' })
    const batch = (await only<string>("select batch from closure where reason_ja = '館内整備'")) ?? ''
    const rows = () => s.rows('select date, scope, reason_ja from closure where batch is not null order by date, scope')
    const before = await rows()
    const form = formTo(await secretariat.page(`${path}?edit=batch:${batch}`), path)
    const typed = (changes: Record<string, string | string[]>): Fields => [
      ...fieldsOf(form, changes),
      ['state', 'corrected'],
    ]
    // Moved by a week: two of the days stay closed, one opens, one is new.
    const seen = await secretariat.submit(path, typed({ shift: '7' }))
    const cells = seen.main.querySelectorAll('table.list tbody td').map(({ text }) => text.trim())
    expect([seen.main.querySelector('h1')?.text, cells.length]).toEqual([t.closures.correct, 6])
    for (const [i, date] of [
      '2026-12-04',
      '2026-12-11',
      '2026-12-11',
      '2026-12-18',
      '2026-12-18',
      '2026-12-25',
    ].entries()) {
      expect(cells[i]).toContain(dateText('ja', date))
    }
    expect(await rows()).toEqual(before)
    const step: [string, string] = ['step', 'do']
    const done = await secretariat.submit(path, [...fieldsOf(formTo(seen, path)), step])
    const dates = (await rows()).map(({ date }) => String(date))
    expect(dates).toEqual(['2026-12-11', '2026-12-18', '2026-12-25'])
    expect(await only(`select state from session where id = '${NEXT}'`)).toBe('published')
    expect(await s.column("select subject from journal where act = 'closure.corrected' order by subject")).toEqual(
      dates.map((date) => `08-${date}`),
    )
    const takesBack = formTo(done, path)
    expect(takesBack.text).toContain(t.closures.takeBack)
    await secretariat.submit(path, [...fieldsOf(takesBack), ['state', 'corrected']])
    expect([await rows(), await only(`select state from session where id = '${NEXT}'`)]).toEqual([before, 'skipped'])
    // One day and the scope of all.
    const to = ['2026-12-03', '2026-12-11', '2026-12-18']
    const other = await secretariat.submit(path, typed({ to, scope: '11', shift: '' }))
    await secretariat.submit(path, [...fieldsOf(formTo(other, path)), step])
    expect(await rows()).toEqual(to.map((date) => ({ date, scope: '11', reason_ja: '館内整備' })))
    // Taken back over a day that somebody booked meanwhile, it is looked at, under its own name.
    await s.booked({ session: later, slot: `${later}-1000`, company: '霞商店' })
    const ids = to.map((date, i) => ({ id: `11-${date}`, ...before[i], reason_en: '' }))
    const back = await secretariat.submit(path, [
      ['batch', batch],
      ['undo', '1'],
      ['state', 'corrected'],
      ...ids.map((one): Fields[number] => ['back', JSON.stringify(one)]),
    ])
    expect(back.main.querySelector('h1')?.text).toBe(t.closures.takeBack)
    expect(back.main.querySelector('.notice.is-warn a')?.getAttribute('href')).toContain(later)
  })

  test.each([
    ['two on one day', { to: ['2026-12-04', '2026-12-04', '2026-12-18'] }, 422, '#to-error'],
    ['days that are none', { shift: 'x' }, 422, '#shift-error'],
    ['a day that has an entry', { to: ['2026-12-03', '2026-12-11', '2026-12-18'] }, 409, '.notice.is-stop'],
  ])('of a range are not moved to %s', async (_, changes, status, said) => {
    await close('confirmed', { date: '2026-12-03', reason_ja: '停電' })
    await close('confirmed', { date: DAY.date, until: '2026-12-18', nth: 'every', weekday: 'FR' })
    const batch = (await only<string>("select batch from closure where reason_ja = '館内整備'")) ?? ''
    const form = formTo(await desk.page(`/desk/closures?edit=batch:${batch}`), '/desk/closures')
    const page = await desk.submit('/desk/closures', [...fieldsOf(form, changes), ['state', 'corrected']])
    expect([page.status, page.main.querySelector(said) !== null]).toEqual([status, true])
    expect(await s.column("select date from closure where reason_ja = '館内整備' order by date")).toHaveLength(3)
  })

  test('of a day that is closed everywhere already add nothing, and lead to that closure', async () => {
    const secretariat = await signedIn(s, 'secretariat')
    const everywhere = { ...DAY, scope: 'all', state: 'confirmed', step: 'do', reason_ja: '全国研修' }
    await secretariat.submit('/desk/closures', Object.entries(everywhere))
    const own = () => s.column("select date from closure where scope = '08' order by date")
    for (const step of ['', 'do']) {
      const page = await close('confirmed', { step })
      expect([page.status, page.text.includes(t.closures.covered.what)]).toEqual([409, true])
      const link = page.main.querySelector('.notice a[href="/desk/closures#all-2026-12-04"]')
      expect(link?.text).toContain('全国研修')
      expect(page.main.querySelector('tr[id="all-2026-12-04"]')).not.toBeNull()
      expect(await own()).toEqual([])
    }
    const range = await close('confirmed', { until: '2026-12-11', nth: 'every', weekday: 'FR' })
    expect([range.text.includes(t.closures.covered.what), await own()]).toEqual([true, ['2026-12-11']])
    const moved = await desk.submit('/desk/closures', await correction('08-2026-12-11', { date: DAY.date }))
    expect([moved.status, await own()]).toEqual([409, ['2026-12-11']])
    // A wider scope is no repetition, and a desk that opens the day may close it again.
    await secretariat.submit('/desk/closures', Object.entries({ ...everywhere, date: '2026-12-11' }))
    expect(await s.column("select id from closure where date = '2026-12-11'")).toHaveLength(2)
    await close('lifted')
    expect((await close('confirmed')).text).not.toContain(t.closures.covered.what)
    expect(await own()).toEqual(['2026-12-04', '2026-12-11'])
  })

  /** The form by which a closure is corrected, filled in. */
  const correction = async (id: string, changes: Record<string, string>) =>
    fieldsOf(formTo(await desk.page(`/desk/closures?edit=${id}`), '/desk/closures'), changes)

  test('of a wrong day are corrected through a look at both days, and the correction is taken back', async () => {
    const later = 'ibaraki-2026-12-11'
    await close('confirmed')
    await s.booked({ session: later, slot: `${later}-1000`, company: '霞商店' })
    const found = await desk.submit('/desk/closures', await correction(`08-${DAY.date}`, { date: '2026/12/11' }))
    expect(found.main.querySelector('h1')?.text).toBe(t.closures.correct)
    for (const said of [t.closures.opening(1), t.closures.staysOpen(1), t.closures.before, '霞商店']) {
      expect(found.text).toContain(said)
    }
    expect(found.main.querySelector('.notice.is-warn a')?.getAttribute('href')).toBe(`/desk/sessions/${later}/call-off`)
    expect(await only(`select state from session where id = '${NEXT}'`)).toBe('skipped')
    const step = ['step', 'do'] as [string, string]
    const done = await desk.submit('/desk/closures', [...fieldsOf(formTo(found, '/desk/closures')), step])
    expect(done.text).toContain(t.closures.saved(1))
    const days = () => s.column("select date from closure where reason_ja = '館内整備'")
    expect([await days(), await only(`select state from session where id = '${NEXT}'`)]).toEqual([
      ['2026-12-11'],
      'published',
    ])
    const back = formTo(done, '/desk/closures')
    expect(back.text).toContain(t.closures.takeBack)
    const again = await desk.submit('/desk/closures', fieldsOf(back))
    expect(again.main.querySelector('h1')?.text).toBe(t.closures.title)
    expect([await days(), await only(`select state from session where id = '${NEXT}'`)]).toEqual([
      [DAY.date],
      'skipped',
    ])
  })

  test('added to days that have one show the old and the new reason of each, and replace them after that only', async () => {
    const thursday = { date: '2026-12-03' }
    const reasons = () => s.column("select reason_ja from closure where scope = '08' order by date")
    await close('confirmed', thursday)
    await close('confirmed', { ...thursday, date: '2026-12-10', reason_ja: '停電' })
    const again = {
      ...thursday,
      until: '2026-12-17',
      nth: 'every',
      weekday: 'TH',
      reason_ja: '改修',
      state: 'confirmed',
    }
    const page = await desk.submit('/desk/closures', Object.entries({ ...DAY, ...again }))
    expect(page.text).toContain(t.closures.replaced(2))
    const cells = page.main.querySelectorAll('table.list tbody td').map(({ text }) => text.trim())
    const [was, other, becomes] = ['館内整備', '停電', '改修'].map((why) => t.closures.stateReason('休止', why))
    expect(cells).toEqual([was, becomes, other, becomes])
    expect(await reasons()).toEqual(['館内整備', '停電'])
    const form = fieldsOf(formTo(page, '/desk/closures'))
    await close('confirmed', { ...thursday, reason_ja: '清掃' })
    const step = ['step', 'do'] as [string, string]
    const changed = pageOf(await desk.post('/desk/closures', [...form, step]))
    expect([changed.status, changed.text.includes(t.closures.stateReason('休止', '清掃'))]).toEqual([409, true])
    await desk.submit('/desk/closures', [...fieldsOf(formTo(changed, '/desk/closures')), step])
    expect(await reasons()).toEqual(['改修', '改修', '改修'])
  })

  test('with the reason that they have replace none, and need no look', async () => {
    await close('confirmed', { date: '2026-12-03' })
    const page = await desk.submit('/desk/closures', Object.entries({ ...DAY, date: '2026-12-03', state: 'confirmed' }))
    expect(page.text).toContain(t.closures.saved(0))
  })

  test('corrected to a day and scope that have an entry keep what was typed and say so', async () => {
    await close('confirmed')
    await close('confirmed', { date: '2026-12-18', reason_ja: '停電' })
    const page = await desk.submit('/desk/closures', await correction('08-2026-12-18', { date: DAY.date }))
    expect([page.status, page.text.includes(t.closures.known.what)]).toEqual([409, true])
    expect(fieldsOf(formTo(page, '/desk/closures'))).toContainEqual(['date', DAY.date])
    expect(await only("select date from closure where reason_ja = '停電'")).toBe('2026-12-18')
  })

  test('that somebody else removed or opened first are left so, and what was typed stays', async () => {
    await close('confirmed')
    const list = await desk.page('/desk/closures')
    const typed = await correction(`08-${DAY.date}`, { reason_ja: '改修' })
    const row = list.main.querySelectorAll('table.list form').find((one) => one.outerHTML.includes('館内整備'))
    await close('removed')
    const page = await desk.submit('/desk/closures', typed)
    expect([page.status, page.text.includes(t.closures.gone.what)]).toEqual([409, true])
    expect(fieldsOf(formTo(page, '/desk/closures'))).toContainEqual(['reason_ja', '改修'])
    const stale = await desk.submit('/desk/closures', [...(row ? fieldsOf(row) : []), ['state', 'lifted']])
    expect([stale.status, stale.text.includes(t.closures.stale.what)]).toEqual([409, true])
    expect(await s.column("select id from closure where scope = '08'")).toEqual([])
  })

  test('of all of Japan offer a desk its own decision alone, and a holiday keeps its day', async () => {
    const secretariat = await signedIn(s, 'secretariat')
    const everywhere = { ...DAY, date: '2026-12-31', scope: 'all', state: 'confirmed', step: 'do' }
    await secretariat.submit('/desk/closures', Object.entries(everywhere))
    const path = '/desk/closures?edit=all-2026-12-31'
    expect((await desk.page('/desk/closures')).main.querySelector(`a[href^="${path}"]`)).toBeNull()
    expect((await desk.page(path)).text).not.toContain(t.closures.editing)
    const form = formTo(await secretariat.page(path), '/desk/closures')
    expect(form.text).toContain(t.closures.fixed)
    expect(form.querySelector('#date')).toBeNull()
    await secretariat.submit('/desk/closures', fieldsOf(form, { reason_ja: '年末' }))
    expect(await only("select reason_ja from closure where id = 'all-2026-12-31'")).toBe('年末')
  })

  test.each([
    ['no last day', { nth: '3', weekday: 'WE' }, 'until'],
    ['no weekday', { until: '2027-02-28', nth: '3' }, 'weekday'],
    ['a weekday without how often', { until: '2027-02-28', weekday: 'WE' }, 'nth'],
    ['an end before the beginning', { until: '2026-12-03' }, 'until'],
    ['more than 100 days', { until: '2027-03-14' }, 'until'],
  ])('of several days are refused for %s', async (_, changes, field) => {
    const page = await close('confirmed', changes)
    expect([page.status, page.main.querySelector(`#${field}-error`) !== null]).toEqual([422, true])
    expect(await s.column("select id from closure where reason_ja = '館内整備'")).toEqual([])
  })

  test('everywhere are the secretariat’s, and a desk opens its own day', async () => {
    const all = [
      ['date', '2026-12-31'],
      ['scope', 'all'],
      ['reason_ja', 'x'],
      ['state', 'lifted'],
    ] as Fields
    expect((await desk.post('/desk/closures', all)).status).toBe(422)
    const secretariat = await signedIn(s, 'secretariat')
    expect((await secretariat.post('/desk/closures', all)).status).toBe(200)
    expect((await desk.page('/desk/closures')).text).toContain('年末年始')
  })
})

test('opening a day brings back no date that its series has given up', async () => {
  const date = '2026-12-04'
  await s.run("update session set state = 'skipped', skipped_by = 'series', reason_ja = '改訂' where id = ?", NEXT)
  const close = (state: string): Fields =>
    Object.entries({ date, scope: '08', state, step: 'do', reason_ja: '工事', reason_en: '' })
  await desk.submit('/desk/closures', close('confirmed'))
  await desk.submit('/desk/closures', close('lifted'))
  expect(await only(`select state from session where id = '${NEXT}'`)).toBe('skipped')
})
