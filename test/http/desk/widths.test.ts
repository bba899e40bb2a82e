import { expect, test } from 'vitest'
import { saveDesk } from '../../../src/planning/desks/save-desk.ts'
import { as } from '../../acts.ts'
import { freshKey, MITO } from '../../world.ts'
import { fieldsOf, formTo, site } from '../app.ts'
import { caller, signedIn } from './fixtures.ts'

const WIDE = /[０-９]|\d[－−ー]\d/
const EXPORT = { from: '2026-04-01', to: '2027-03-31', prefecture: '08', kind: '', status: '', format: 'csv' }

test('a telephone that was kept in full width is shown in half width wherever people read it', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const { id, token } = await s.booked({ phone: '090-1234-5678' })
  await s.run("update booking set email = null, phone = '０９０－１２３４ー５６７８'")
  await s.run("update desk set phones = '０２９－２２４－０００１　内線１２'")
  const sheet = await desk.page(`/desk/sessions/${MITO}/sheet`)
  const look = await desk.submit(`/desk/sessions/${MITO}/call-off`, [['reason_ja', '大雪']])
  await desk.submit(`/desk/sessions/${MITO}/call-off`, [
    ['reason_ja', '大雪'],
    ['step', 'do'],
    ...fieldsOf(formTo(look, `/desk/sessions/${MITO}/call-off`)).filter(
      ([name]) => !['reason_ja', 'step'].includes(name),
    ),
  ])
  const [call = ''] = await s.column<string>("select id from outbox where channel = 'phone'")
  const pages = {
    look,
    today: await desk.page('/desk'),
    call: await desk.page(`/desk/calls/${call}`),
    booking: await desk.page(`/desk/bookings/${id}`),
    ledger: await desk.page('/desk/bookings?from=2026-11-27&to=2026-11-27'),
    sheet,
    theirs: await s.page(`/b/${token}`),
  }
  for (const [name, page] of Object.entries(pages)) {
    const [said] = page.root.querySelectorAll('a, span, dd, td').filter((one) => one.text.trim() === '090-1234-5678')
    expect([name, said === undefined, page.main.outerHTML.includes('０９０')]).toEqual([name, false, false])
  }
  const file = await desk.post('/desk/exports', Object.entries(EXPORT))
  expect(file.body).toContain('090-1234-5678')
  expect(file.body).not.toMatch(WIDE)
  for (const path of ['/desks', '/calendar.ics', `/sessions/${MITO}`]) {
    const body = (await s.ask(path)).body.replaceAll('\r\n ', '')
    expect([path, body.includes('０２９'), body.includes('029-224-0001')]).toEqual([path, false, true])
  }
})

test('telephones are kept as typed, e-mail addresses and postcodes in half width', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  await desk.post(
    '/desk/bookings/new',
    caller({ phone: '０２９２－６７－０００３', email: 'ＵＮＮＯ＠ｅｘａｍｐｌｅ．ｊｐ' }),
  )
  expect(await s.rows('select phone, email from booking')).toEqual([
    { phone: '０２９２－６７－０００３', email: 'UNNO@example.jp' },
  ])
  const given = {
    kind: 'local',
    prefectures: ['08'],
    topics: ['general'],
    name_ja: '水戸',
    phones: '０２９－０００－０００１',
  }
  const address = '〒３１０−００１１ 水戸市三の丸１－５'
  expect(await saveDesk(as(s, 'desk'), null, { ...given, address, key: freshKey() })).toMatchObject({ ok: true })
  const kept = await s.rows("select phones, address from desk where name_ja = '水戸'")
  expect(kept).toEqual([{ phones: '０２９－０００－０００１', address: '〒310-0011 水戸市三の丸１－５' }])
})

test('a start typed in full width moves a session, already on the page before', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const path = `/desk/sessions/${MITO}/reschedule`
  const look = await desk.submit(
    path,
    Object.entries({ date: '２０２６－１１－２６', starts: '９：３０', reason_ja: '大雪' }),
  )
  expect(look.status).toBe(200)
  expect(look.text).toContain('9:30')
  await desk.submit(path, [...fieldsOf(formTo(look, path)), ['step', 'do']])
  expect(await s.column('select date from session where id = ?', MITO)).toEqual(['2026-11-26'])
})
