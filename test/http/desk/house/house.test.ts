import type { HTMLElement } from 'node-html-parser'
import { expect, test } from 'vitest'
import { JOURNAL_SUBJECTS, nextStep } from '../../../../src/base/vocabulary.ts'
import { saveHouse } from '../../../../src/house/save-house.ts'
import { makeFirstLink } from '../../../../src/people/first/first-link.ts'
import { newTotpSecret } from '../../../../src/people/totp.ts'
import { endSeries } from '../../../../src/planning/ending/end-series.ts'
import { addQuestion } from '../../../../src/planning/questions/add-question.ts'
import { ACTS, type Act } from '../../../../src/store/acts.ts'
import { note } from '../../../../src/store/journal.ts'
import { deskTexts } from '../../../../templates/text/desk.ts'
import { dateText } from '../../../../templates/text/when.ts'
import { totpCode } from '../../../people/totp.ts'
import { MITO } from '../../../world.ts'
import { fieldsOf, formTo, pathOf, site } from '../../app.ts'
import { cookieOf, signedIn } from '../fixtures.ts'

const t = deskTexts('ja')

test('the first account is made by the link of the first start, and is led to its second factor', async () => {
  const s = await site({ seeded: false })
  const { token } = await makeFirstLink(s.system)
  const path = `/desk/first/${token}`
  for (let i = 0; i < 2; i++) expect((await s.page(path)).status).toBe(200)
  const wrong = await s.post(path, [['name', '総務']])
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([422, null])
  const form = formTo(await s.page(path), path)
  const made = await s.post(path, fieldsOf(form, { name: '総務 太郎', email: 'somu@example.jp' }))
  expect([made.status, pathOf(made.location)]).toEqual([303, '/desk'])
  const headers = { cookie: cookieOf(made) }
  const away = await s.ask('/desk', { headers })
  expect(pathOf(away.location)).toBe('/desk/security')
  expect((await s.page(path)).status).toBe(409)
  expect((await s.post(path, [['name', 'x']])).body).toContain(t.first.over.what)
})

test('today of an empty house is the list of its steps, for the secretariat alone', async () => {
  const s = await site({ seeded: false })
  const all = await signedIn(s, 'secretariat')
  const page = await all.page('/desk')
  expect(page.text).toContain(t.setup.onToday.what)
  const links = page.main.querySelectorAll('ol.setup a').map((a) => a.getAttribute('href'))
  expect(links).toHaveLength(9)
  for (const link of links) expect((await all.page(link?.split('#')[0] ?? '')).status).toBe(200)
  const desk = await signedIn(s, 'desk', '08')
  expect((await desk.page('/desk')).text).not.toContain(t.setup.onToday.what)
})

test('today of a house in use has no such list, and its pages lead to no next step', async () => {
  const s = await site()
  await s.booked()
  const all = await signedIn(s, 'secretariat')
  expect((await all.page('/desk')).main.querySelector('ol.setup')).toBeNull()
  expect((await all.page('/desk/desks?done=saved')).main.querySelector('.setup-next')).toBeNull()
})

test('a page that says what was done leads the secretariat to the next step until somebody has booked', async () => {
  const s = await site({ seeded: false })
  const all = await signedIn(s, 'secretariat')
  const next = async (path: string) => (await all.page(path)).main.querySelector('.setup-next a')?.getAttribute('href')
  expect(await next('/desk/desks?done=saved')).toBe('/desk/setup/house')
  expect(await next('/desk/desks')).toBeUndefined()
  const viewer = await signedIn(s, 'viewer', '08')
  expect((await viewer.page('/desk/desks?done=saved')).main.querySelector('.setup-next')).toBeNull()
})

test('a house without a venue may be complete, and without a booking it is still to be tried', () => {
  const done = { house: true, programme: true, desk: true, session: true, people: true, mail: true }
  expect(nextStep({ ...done, venue: false, booking: false })).toBe('booking')
  expect(nextStep({ ...done, venue: false, session: false, booking: true })).toBe('venue')
  expect(nextStep({ ...done, venue: false, house: false, booking: true })).toBeNull()
})

test('name and contact are on pages, the privacy page and feeds once they are saved', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const form = formTo(await all.page('/desk/setup/house'), '/desk/setup/house')
  const words = { name_ja: '相談の窓口', name_en: 'Advice Desk', operator_ja: '水戸市', phone: '029-000-0000' }
  const page = await all.submit('/desk/setup/house', fieldsOf(form, { ...words, privacy_ja: '水戸市長', step: 'do' }))
  expect(page.text).toContain(t.setup.said.house)
  expect(page.title).toContain('相談の窓口')
  for (const path of ['/', '/calendar', '/lookup']) {
    const shown = await s.page(path)
    expect(shown.title).toContain('| 相談の窓口')
    expect(shown.root.querySelector('footer address')?.text).toContain('運営：水戸市')
    expect(shown.body).not.toContain('テレワーク相談 窓口')
  }
  const privacy = await s.page('/about/privacy')
  expect(privacy.text).toContain('水戸市長')
  expect(privacy.text).toContain('029-000-0000')
  expect((await s.ask('/calendar.ics')).body).toContain('相談の窓口')
  expect((await s.page('/?lang=en')).title).toContain('| Advice Desk')
})

test('a page that is kept shows a new name at once', async () => {
  const s = await site({ cache: true })
  const given = { name_ja: '一つめ', name_en: 'One', revision: 0 }
  const actor = { kind: 'staff' as const, id: 'x', role: 'secretariat' as const, prefectures: [] }
  expect((await s.page('/')).title).not.toContain('一つめ')
  const all = await signedIn(s, 'secretariat')
  await all.submit('/desk/setup/house', Object.entries({ ...given, revision: '0', step: 'do' }))
  expect((await s.page('/')).title).toContain('一つめ')
  expect((await saveHouse({ ...s.ctx, actor }, given)).ok).toBe(false)
})

test('the page before it is saved names each word that changes, and saving it as it was asks for nothing', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const path = '/desk/setup/house'
  const first = fieldsOf(formTo(await all.page(path), path), { name_ja: '相談の窓口', name_en: 'Advice Desk' })
  const look = await all.submit(path, first)
  const rows = look.main
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('th, td').map(({ text }) => text))
  const { labels } = deskTexts('ja').setup.house
  expect(rows).toEqual([
    [labels.name_ja, '（なし）', '相談の窓口'],
    [labels.name_en, '（なし）', 'Advice Desk'],
  ])
  expect(await s.column('select name_ja from house')).toEqual([])
  const typed = await all.submit(path, fieldsOf(formTo(look, path), { step: 'edit' }))
  expect(typed.main.querySelector('#name_ja')?.getAttribute('value')).toBe('相談の窓口')
  await all.submit(path, fieldsOf(formTo(look, path), { step: 'do' }))
  expect(await s.column('select name_ja from house')).toEqual(['相談の窓口'])
  const again = await all.post(path, fieldsOf(formTo(await all.page(path), path)))
  expect([again.status, again.location]).toEqual([303, expect.stringContaining('done=house')])
})

test('a letter on trial is sent by a button, and its result is on the page', async () => {
  const s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const all = await signedIn(s, 'secretariat')
  const page = await all.submit('/desk/setup/trial')
  expect(page.text).toContain(t.setup.said.trial)
  await s.run("update outbox set state = 'failed', fault = '550 5.1.1' where kind = 'trial'")
  expect((await all.page('/desk/setup')).main.querySelector('#mail')?.text).toContain('550 5.1.1')
})

test('the people page invites by a letter, says who is invited, and invites again', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const form = formTo(await all.page('/desk/people/new'), '/desk/people/new')
  const given = { email: 'new@example.jp', name: '新しい人', role: 'desk', prefectures: ['08'] }
  const list = await all.submit('/desk/people/new', fieldsOf(form, given))
  expect(list.text).toContain(t.people.done.added)
  expect(list.main.querySelector('td:has(a) .pill')).not.toBeNull()
  const [id = ''] = await s.column<string>("select id from account where email = 'new@example.jp'")
  const path = `/desk/people/${id}/invite`
  s.at('2026-11-22T01:05:00.000Z')
  expect(formTo(await all.page(`/desk/people/${id}`), path).text).toContain('11月29日')
  expect((await all.submit(path)).text).toContain(t.people.done.invited)
  expect(await s.column("select id from outbox where kind = 'invitation'")).toHaveLength(2)
  await s.run('update account set signed_in_at = ?', '2026-11-22T01:00:00.000Z')
  expect((await all.submit(path)).text).toContain(t.people.done.opened)
})

test('recovery codes are shown once, and one of them stands in for the app, also before a form that waits', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const page = await all.submit('/desk/security/codes')
  const codes = page.main.querySelectorAll('ol.codes code').map((code) => code.text)
  expect(codes).toHaveLength(10)
  expect((await all.page('/desk/security')).text).toContain(t.security.recovery.left(10))
  await s.run('update pass set proven_at = ?', '2026-11-22T00:00:00.000Z')
  const asked = await all.post('/desk/people/new', [
    ['email', 'kept@example.jp'],
    ['name', '残る'],
    ['role', 'secretariat'],
  ])
  expect([asked.status, asked.body.includes('kept@example.jp')]).toEqual([403, true])
  const to = `/desk/proof/again?to=${encodeURIComponent('/desk/people/new')}&form=1`
  const wrong = await all.post(to, [
    ['recovery', '0000-0000-0000'],
    ['email', 'kept@example.jp'],
  ])
  expect(wrong.status).toBe(422)
  const on = await all.post(to, [
    ['recovery', codes[0] ?? ''],
    ['email', 'kept@example.jp'],
  ])
  expect([on.status, pathOf(on.location)]).toEqual([307, '/desk/people/new'])
})

test('the record of who did what is filtered and leads on', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const desk = await signedIn(s, 'desk', '08')
  const page = await all.page('/desk/journal?about=account')
  expect(page.text).toContain(t.journal.happened['account.signed_in'])
  const own = await desk.page(`/desk/journal?who=${desk.id}`)
  expect([own.status, own.text.includes(t.journal.leadOwn)]).toEqual([200, true])
  expect((await all.page('/desk/journal?about=nothing')).status).toBe(404)
  expect((await all.page('/desk/journal?abuot=account')).status).toBe(404)
  expect((await all.page('/desk/journal?from=x&to=9999-12-31&before=%00')).status).toBe(200)
})

test('an expert begins with their own consultations, and is not shown who did what', async () => {
  const s = await site()
  const expert = await signedIn(s, 'expert')
  expect(pathOf((await s.ask('/desk', { headers: { cookie: expert.cookie } })).location)).toBe('/desk/mine')
  const page = await expert.page('/desk/security')
  // The only feed for them is that of their own consultations.
  expect(page.main.querySelector('input[name=own]')?.getAttribute('type')).toBe('hidden')
  expect(page.main.querySelector('#keys')).toBeNull()
  expect(page.main.querySelector('a[href="/desk/journal"]')).toBeNull()
})

test('an app that is set up by whoever made the first account opens the console', async () => {
  const s = await site({ seeded: false })
  const { token } = await makeFirstLink(s.system)
  const made = await s.post(`/desk/first/${token}`, [
    ['name', '総務'],
    ['email', 'somu@example.jp'],
  ])
  const secret = newTotpSecret()
  const code = await totpCode(secret, s.ctx.clock.now())
  const set = await s.post(
    '/desk/security/totp',
    [
      ['secret', secret],
      ['code', code],
    ],
    { cookie: cookieOf(made) },
  )
  const opened = await s.page('/desk', { headers: { cookie: cookieOf(set) } })
  expect(opened.text).toContain(t.setup.onToday.what)
})

test('each row of the record names its object, and leads to its page', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const days = ['2027-01-04', '2027-01-05']
  for (const day of days) await s.ctx.store.commit(note(s.system, 'closure.confirmed', `08-${day}`, {}))
  const owner = { series: null, session: MITO }
  await addQuestion(s.system, owner, { kind: 'text', required: '', label_ja: '駐車場', label_en: 'Car park' })
  await endSeries(s.system, 'ibaraki', { until: '2026-12-25' })
  for (const act of Object.keys(ACTS) as Act[]) {
    await s.ctx.store.commit(note(s.system, act, 'an-id', {} as never))
  }
  await s.run("update journal set actor = 'cli'")
  const closed = await all.page('/desk/journal?who=cli&about=closure')
  const said = closed.main.querySelectorAll('tbody tr').map(({ text }) => text)
  for (const day of days) {
    const found = said.filter(
      (row) => row.includes(t.journal.happened['closure.confirmed']) && row.includes(dateText('ja', day)),
    )
    expect([closed.status, found.length]).toEqual([200, 1])
    expect(found[0]).toContain('茨城県')
  }
  const own = await all.page('/desk/journal?who=cli&about=series')
  expect(own.main.querySelector('a[href="/desk/series/ibaraki"]')?.text).toContain('テレワーク無料相談会')
  for (const [locale, path] of [
    ['ja', '/desk/journal'],
    ['en', '/desk/journal?lang=en'],
  ] as const) {
    const texts = deskTexts(locale).journal
    const rows: HTMLElement[] = []
    for (const about of JOURNAL_SUBJECTS) {
      const page = await all.page(`${path}${path.includes('?') ? '&' : '?'}who=cli&about=${about}`)
      rows.push(...page.main.querySelectorAll('tbody tr'))
    }
    const objects = rows.map((row) => row.querySelectorAll('td').at(-1)?.text.trim() ?? '')
    expect(rows.length).toBeGreaterThanOrEqual(Object.keys(ACTS).length)
    expect(rows.filter((_, i) => objects[i] === '').map(({ text }) => text)).toEqual([])
    expect(objects.filter((one) => one.includes('undefined'))).toEqual([])
    expect(objects.some((one) => one.includes(texts.abouts.house))).toBe(true)
  }
})
