import { beforeEach, describe, expect, test } from 'vitest'
import { deskTexts } from '../../../templates/text/desk.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { texts } from '../../../templates/text/index.ts'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pathOf, type Site, site } from '../app.ts'
import { caller, type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('the ledger', () => {
  test('finds a number, a name, kana, a company or a telephone in any width, and tells none of it in an address', async () => {
    const email = 'taro@データ.jp'
    await s.booked({ company: '株式会社髙﨑製作所', name: '髙橋 太郎', phone: '029-224-0001', email })
    const other = { company: '別の会社', name: '別 人', name_kana: 'ベツ ジン', phone: '03-1234-5678' }
    await s.booked({ ...other, email: 'betsu@example.com' })
    for (const text of [
      'ＩＢ-1127-01',
      'ｉｂ112701',
      'タカハシ',
      'たかはし',
      'ﾀｶﾊｼ',
      '髙﨑製作所',
      '高崎製作所',
      '高橋',
      '０２９-２２４',
      '0292240001',
      'ＴＡＲＯ＠データ.jp',
      'taro',
      'データ.jp',
      '受付番号 IB-1127-01',
    ]) {
      const page = await desk.submit('/desk/bookings', [['text', text]])
      expect([text, page.text.includes('IB-1127-01'), page.text.includes('IB-1127-02')]).toEqual([text, true, false])
    }
    await s.booked({
      company: 'Müller有限会社',
      name: '渡邊 ヴァレンタイン',
      phone: '03-5422-1517 内線12',
      name_kana: 'ワタナベ ジョン',
      slot: `${MITO}-1100`,
    })
    for (const text of [
      '太郎 髙橋',
      '㈱ 高崎 たろう',
      'たろう IB-1127',
      'IB 1127 1',
      'ib-1127-1',
      '+81 29 224 0001',
      '+81-29-224',
      '029-224-0001 内線5',
      '高橋 ０２９ ２２４ ０００１',
    ]) {
      const page = await desk.submit('/desk/bookings', [['text', text]])
      expect([text, page.text.includes('IB-1127-01'), page.text.includes('IB-1127-03')]).toEqual([text, true, false])
    }
    for (const text of [
      'muller',
      'ﾊﾞﾚﾝﾀｲﾝ 渡辺',
      '(有)müller',
      'ジヨン',
      '03-5422-1517',
      '内線12',
      '内線 12',
      'Ext. 12 渡辺',
    ]) {
      const page = await desk.submit('/desk/bookings', [['text', text]])
      expect([text, page.text.includes('IB-1127-01'), page.text.includes('IB-1127-03')]).toEqual([text, false, true])
    }
    expect((await desk.submit('/desk/bookings', [['text', '高橋 渡辺']])).text).toContain(d.ledger.empty)
    const wild = await desk.submit('/desk/bookings', [['text', '%_%']])
    expect(wild.text).toContain(d.ledger.empty)
  })

  test('leads back to what was found, by an address that tells nobody else what it was', async () => {
    const { id } = await s.booked({ company: '株式会社髙﨑製作所', email: 'taro@example.jp' })
    const sent = await desk.post('/desk/bookings', [['text', 'taro@Example.jp']])
    expect(sent.status).toBe(303)
    expect(sent.location).not.toMatch(/taro|example\.jp/i)
    const address = pathOf(sent.location)
    expect((await desk.page(address)).text).toContain(d.ledger.found(1))
    expect((await desk.page(address)).root.querySelector('[name=text]')?.getAttribute('value')).toBe('taro@Example.jp')
    const headers = { cookie: desk.cookie, referer: `http://localhost:8787${address}` }
    const one = await s.page(`/desk/bookings/${id}`, { headers })
    expect(one.root.querySelectorAll('a').some((link) => link.getAttribute('href') === address)).toBe(true)
    for (const sealed of ['x', 'A'.repeat(60), address.slice(-40)]) {
      expect(
        (await desk.page(`/desk/bookings?s=${sealed}`)).root.querySelector('[name=text]')?.getAttribute('value'),
      ).toBe('')
    }
  })

  test('opens a searched address for its own account only, and for at most two hours', async () => {
    await s.booked({ company: '株式会社髙﨑製作所' })
    const address = pathOf((await desk.post('/desk/bookings', [['text', '髙﨑']])).location)
    const typed = async (staff: Staff) =>
      (await staff.page(address)).root.querySelector('[name=text]')?.getAttribute('value')
    const colleague = await signedIn(s, 'viewer', '08')
    expect([await typed(desk), await typed(colleague)]).toEqual(['髙﨑', ''])
    s.at('2026-11-22T02:59:00.000Z')
    expect(await typed(desk)).toBe('髙﨑')
    s.at('2026-11-22T03:00:00.000Z')
    expect(await typed(desk)).toBe('')
    expect((await desk.page(address)).text).toContain(d.ledger.expired)
  })

  test('names no hour for somebody who waits for any time, in no list of the desk', async () => {
    const [one, any] = [await s.booked(), await s.booked({ slot: `${MITO}-1100` })]
    await s.run("update booking set status = 'waiting', slot = null where id = ?", any.id)
    const timed = async (path: string) => {
      const rows = (await desk.page(path)).root.querySelectorAll('tbody tr')
      const cellOf = (number: string) =>
        rows.find((row) => row.text.includes(number))?.querySelector('td.num')?.text ?? ''
      return [one, any].map(({ number }) => [cellOf(number).includes('10:00'), cellOf(number).includes('どの時間でも')])
    }
    for (const path of ['/desk/bookings', `/desk/sessions/${MITO}`]) {
      expect(await timed(path)).toEqual([
        [true, false],
        [false, true],
      ])
    }
  })

  test('finds somebody by name on any day, not only on those ahead', async () => {
    await s.booked({ company: '大洗建設' })
    await s.run("update session set date = '2026-04-03' where id = ?", MITO)
    expect((await desk.submit('/desk/bookings', [['text', '大洗']])).text).toContain(d.ledger.found(1))
    const days: Fields = [
      ['from', '2026-11-01'],
      ['to', '2026-11-30'],
    ]
    expect((await desk.submit('/desk/bookings', [['text', '大洗'], ...days])).text).toContain(d.ledger.empty)
  })

  test('has the hundredth number of a day after the ninety-ninth', async () => {
    for (const nth of ['99', '100', '101']) {
      const { id } = await s.booked({ slot: `${MITO}-${{ '99': '1000', '100': '1100', '101': '1300' }[nth]}` })
      await s.run('update booking set number = ?, slot = null where id = ?', `IB-1127-${nth}`, id)
    }
    const page = await desk.page('/desk/bookings')
    expect(page.text.match(/IB-1127-\d+/g)).toEqual(['IB-1127-99', 'IB-1127-100', 'IB-1127-101'])
    const sheet = await desk.page(`/desk/sessions/${MITO}/sheet`)
    await s.run("update booking set created_at = '2026-11-22T00:00:00.000Z'")
    expect(sheet.text.match(/IB-1127-\d+/g)).toEqual(['IB-1127-99', 'IB-1127-100', 'IB-1127-101'])
  })

  test.each([
    '/desk/bookings',
    '/desk/schedule',
    '/desk/outbox',
    '/desk/figures',
    '/desk/figures/report',
    '/desk/survey',
  ])('and %s are not there for a filter that they do not have', async (path) => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    desk = await signedIn(s, 'desk', '08')
    expect((await desk.page(`${path}?prefectur=08`)).status).toBe(404)
    expect((await desk.page(`${path}?lang=ja`)).status).toBe(200)
  })

  test('narrows by day, state, door and form, and keeps filters under a name', async () => {
    await s.booked()
    await desk.post('/desk/bookings/new', caller())
    const phone = await desk.page('/desk/bookings?channel=phone&from=2026-11-27&to=2026-11-27')
    expect(phone.text).toContain(d.ledger.found(1))
    expect(phone.text).toContain(figuresTexts('ja').export.which)
    expect((await desk.page('/desk/bookings?from=2026-12-01')).text).toContain(d.ledger.empty)
    expect((await desk.page('/desk/bookings?from=nonsense&page=-3')).text).toContain(d.ledger.found(2))
    const kept = await desk.submit('/desk/bookings/views', [
      ['name', '電話の分'],
      ['query', 'channel=phone'],
    ])
    expect(kept.text).toContain('電話の分')
    const [id] = await s.column<string>('select id from ledger_view')
    expect((await desk.submit(`/desk/bookings/views/${id}/drop`)).text).not.toContain('電話の分')
    const long = await desk.post('/desk/bookings/views', [
      ['name', 'x'],
      ['query', `status=${'x'.repeat(60_000)}`],
    ])
    expect([long.status, long.body.includes(texts('ja').nameless)]).toEqual([422, true])
  })

  test('keeps a period that moves with the day, and days that were chosen as they are', async () => {
    await s.booked()
    const dates = (page: Page) =>
      ['from', 'to'].map((name) => page.root.querySelector(`[name=${name}]`)?.getAttribute('value'))
    const filters = async (path: string, changes: Record<string, string>) =>
      desk.submit('/desk/bookings', fieldsOf(formTo(await desk.page(path), '/desk/bookings'), changes))
    const week = await filters('/desk/bookings', { period: 'week' })
    expect(dates(week)).toEqual(['2026-11-22', '2026-11-28'])
    const query = formTo(week, '/desk/bookings/views').querySelector('[name=query]')?.getAttribute('value') ?? ''
    expect(query).toBe('period=week&sort=date')
    await desk.post('/desk/bookings/views', [
      ['name', '今週の分'],
      ['query', query],
    ])
    const typed = await filters(`/desk/bookings?${query}`, { to: '2026-12-31' })
    expect(dates(typed)).toEqual(['2026-11-22', '2026-12-31'])
    const kept = await filters('/desk/bookings?from=2026-11-22&to=2026-12-31', { channel: 'web' })
    expect(dates(kept)).toEqual(['2026-11-22', '2026-12-31'])
    expect(dates(await filters('/desk/bookings?from=2026-11-22', { period: 'month' }))).toEqual([
      '2026-11-01',
      '2026-11-30',
    ])
    expect((await desk.page('/desk/bookings?period=fortnight')).status).toBe(404)
    s.at('2026-12-07T01:00:00.000Z')
    desk = await signedIn(s, 'desk', '08')
    const [saved] = await s.column<string>('select query from ledger_view')
    const later = await desk.page(`/desk/bookings?${saved}`)
    expect(dates(later)).toEqual(['2026-12-06', '2026-12-12'])
  })

  test('shows each condition in force, and a way to be without it', async () => {
    await s.booked({ company: '大洗建設' })
    const at = '/desk/bookings?period=week&prefecture=08&status=waiting&channel=api&format=onsite'
    const shown = (page: Page) => page.root.querySelectorAll('.conditions .chip')
    const all = await desk.page(at)
    expect(shown(all).map((one) => one.querySelector('bdi')?.text)).toEqual([
      d.ledger.periods.week,
      '茨城県',
      texts('ja').statuses.waiting,
      d.channel.api,
      texts('ja').format.onsite,
    ])
    expect(all.text).toContain(d.ledger.empty)
    const without = shown(all)[2]?.getAttribute('href') ?? ''
    expect((await desk.page(without)).text).toContain(d.ledger.found(1))
    const searched = await desk.submit('/desk/bookings', [['text', '大洗']])
    expect(shown(searched)[0]?.text).toContain('大洗')
    expect(shown(await desk.page(shown(searched)[0]?.getAttribute('href') ?? ''))).toHaveLength(0)
    expect(shown(await desk.page('/desk/bookings'))).toHaveLength(0)
  })

  test('costs the same number of reads for one and for sixty lines, today’s page too', async () => {
    await s.run("update session set capacity = null where id = 'seminar-ahead-sample'")
    const all = await signedIn(s, 'secretariat')
    const cost = async (path: string) => {
      s.reads()
      expect((await all.page(path)).status).toBe(200)
      return s.reads()
    }
    const paths = ['/desk/bookings', '/desk', '/desk/outbox', '/desk/sessions/seminar-ahead-sample']
    await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    const one: number[] = []
    for (const path of paths) one.push(await cost(path))
    for (let i = 0; i < 59; i++) await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    const sixty: number[] = []
    for (const path of paths) sixty.push(await cost(path))
    expect(sixty).toEqual(one)
    expect((await all.page('/desk/bookings')).text).toContain(d.ledger.page(1, 2))
    expect((await all.page('/desk/bookings?page=2')).text).toContain(d.ledger.page(2, 2))
  })

  test('has a thousand lines in pages of fifty, for the reads of one line', async () => {
    const { id } = await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    const all = await signedIn(s, 'secretariat')
    s.reads()
    await all.page('/desk/bookings')
    const one = s.reads()
    const [row = {}] = await s.rows('select * from booking where id = ?', id)
    const own: Record<string, string> = { idempotency_hash: 'null', number: "'SM-' || (1000 + n)" }
    for (const name of ['id', 'uid', 'token_hash', 'person_key']) own[name] = `${name} || '-' || n`
    const names = Object.keys(row)
    await s.run(
      `with recursive nth(n) as (select 1 union all select n + 1 from nth where n < 999)
        insert into booking (${names.join(', ')})
        select ${names.map((name) => own[name] ?? name).join(', ')} from booking, nth where id = ?`,
      id,
    )
    s.reads()
    const page = await all.page('/desk/bookings?page=20')
    expect(s.reads()).toBe(one)
    expect(page.text).toContain(d.ledger.found(1000))
    expect(page.text).toContain(d.ledger.page(20, 20))
    expect(page.main.querySelectorAll('tbody tr')).toHaveLength(50)
  })

  test('shows nobody bookings of prefectures that are not theirs', async () => {
    await s.booked()
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await tokyo.page('/desk/bookings')).text).toContain(d.ledger.empty)
    expect((await tokyo.submit('/desk/bookings', [['text', 'タカハシ']])).text).toContain(d.ledger.empty)
    expect((await tokyo.post('/desk/bookings/alike', [['phone', '029-224-0001']])).body).toBe('')
    const [id] = await s.column<string>('select id from booking')
    for (const path of [`/desk/bookings/${id}`, `/desk/sessions/${MITO}`, `/desk/sessions/${MITO}/sheet`]) {
      expect((await tokyo.page(path)).status).toBe(403)
    }
  })
})
