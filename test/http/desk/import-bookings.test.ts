import { writeXlsx } from 'hucre/xlsx'
import { beforeEach, describe, expect, test } from 'vitest'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, pageOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const START = '/desk/import/bookings'
const HEAD = [
  '予約日時',
  '会社名',
  'お名前',
  'フリガナ',
  'メールアドレス',
  '電話番号',
  '人数',
  '相談方法',
  'ご相談内容',
  '社内管理番号',
]

/** Rows as an office has them: two of the same hour, one without the kana, a cancelled one, one of no session. */
const ROWS = [
  [
    '2026/11/27 10:00',
    '株式会社 大洗建設',
    '海野 次郎',
    'ウンノ ジロウ',
    'Jiro@Example.jp',
    '０２９－１２３－４５６７',
    '1名',
    '対面',
    '設備',
    'A-1',
  ],
  [
    '2026/11/27 11:00～11:50',
    '髙﨑商店',
    '𠮷田 花子',
    'よしだ はなこ',
    '',
    '029-111-2222',
    '1',
    'オンライン',
    '',
    'A-2',
  ],
  ['11月27日(金) 13:00', '那珂工業', '那珂 三郎', '', 'saburo@example.jp', '029-333-4444', '1', '対面', '', 'A-3'],
  [
    '2026/11/27 14:00',
    'ひたち食品',
    '日立 四郎',
    'ヒタチ シロウ',
    'shiro@example.jp',
    '029-555-6666',
    '1',
    '対面',
    '',
    'A-4',
  ],
  [
    '2026/11/25 10:00',
    'つくば電機',
    '筑波 五郎',
    'ツクバ ゴロウ',
    'goro@example.jp',
    '029-777-8888',
    '1',
    '対面',
    '',
    'A-5',
  ],
  [
    '2026/11/20 10:00',
    '古河鉄工',
    '古河 六郎',
    'コガ ロクロウ',
    'roku@example.jp',
    '029-999-0000',
    '1',
    '対面',
    '',
    'A-6',
  ],
]

/** 日付,時間,会社名,氏名,フリガナ,電話番号,形式 and one row, as Excel saves it. */
const SJIS = Buffer.from(
  'k/qVdCyOnorULInvjtCWvCyOgZa8LIN0g4qDS4NpLJNkmGKU1I2GLIxgjq4NCjIwMjaUTjExjI4yN5P6LDEwOjAwLJHlkPSMmpDdLIpDluwgjp+YWSyDRYOTg20gg1eDjYNFLDAyOS0xMjMtNDU2NyyRzpbK',
  'base64',
)

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const tsv = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\n')
const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')

async function sent(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Page> {
  const body = new FormData()
  body.set('file', new File([bytes], name))
  const { publicUrl: origin } = s.ctx.config
  const headers = { cookie: desk.cookie, origin }
  const answer = await s.app.request(`${origin}${START}`, { method: 'POST', body, headers })
  return pageOf({ status: answer.status, headers: answer.headers, body: await answer.text(), location: '' })
}

const read = (text: string) => desk.submit(START, [['text', text]])

/** Sends the form of a look, with the tick. */
const enter = (page: Page, ...more: [string, string][]) =>
  desk.submit(START, [...fieldsOf(formTo(page, START)), ['consent', 'true'], ['step', 'do'], ...more])

/** Reads the table of a look again, with what a person chose for its rows. */
const choose = (page: Page, ...chosen: [string, string][]) =>
  desk.submit(START, [...fieldsOf(formTo(page, START)), ...chosen, ['step', 'choose']])

/** What each row of the tables of a page becomes, by its number in the table. */
const fates = (page: Page) =>
  Object.fromEntries(
    page.main.querySelectorAll('table.list tbody tr').map((row) => {
      const cells = row.querySelectorAll('td').map((cell) => cell.text.replaceAll(/\s+/g, ' ').trim())
      return [cells[0], cells[3]]
    }),
  )
const companies = () => s.column<string>('select company from booking order by company')

describe('bookings that were kept elsewhere', () => {
  test.each(['pasted', 'csv', 'xlsx'] as const)('are read from a table (%s), row by row', async (form) => {
    const rows = [HEAD, ...ROWS]
    const page = await {
      pasted: () => read(tsv(rows)),
      csv: () => sent(new Uint8Array(new TextEncoder().encode(`\ufeff${csv(rows)}`)), 'kept.csv'),
      xlsx: async () => sent(new Uint8Array(await writeXlsx({ sheets: [{ name: '予約', rows }] })), 'kept.xlsx'),
    }[form]()
    expect(fates(page)).toEqual({
      2: '登録します',
      3: '登録します',
      4: 'フリガナを入力してください',
      5: '登録します',
      6: expect.stringMatching(/^この日時の開催がありません近い開催日：11月27日\(金\)/),
      7: '過ぎた日のため登録しません',
    })
    expect(page.text).toContain('読み取らなかった列：社内管理番号')
    expect(await companies()).toEqual([])
  })

  test('are read from a file as Excel saves it, in Shift_JIS', async () => {
    expect(fates(await sent(new Uint8Array(SJIS), 'kept.csv'))).toEqual({ 2: '登録します' })
  })

  test('are entered as a desk enters them, once, with their letters; the rest can be corrected', async () => {
    const look = await read(tsv([HEAD, ...ROWS]))
    expect(look.text).toContain('確認のメール 2 / メールアドレスなし（お知らせは送りません） 1')
    const done = await enter(look)
    expect(done.status).toBe(200)
    expect(done.text).toContain('3件の予約を登録しました。')
    expect(await companies()).toEqual(['ひたち食品', '株式会社 大洗建設', '髙﨑商店'].toSorted())
    const rows = await s.rows('select session, slot, format, channel, email, message from booking order by slot')
    expect(rows).toMatchObject([
      {
        session: MITO,
        slot: `${MITO}-1000`,
        format: 'onsite',
        channel: 'mail',
        email: 'Jiro@Example.jp',
        message: '設備',
      },
      { slot: `${MITO}-1100`, format: 'online', email: null },
      { slot: `${MITO}-1400` },
    ])
    expect(await s.column("select kind from outbox where about = 'booking'")).toEqual(['booked', 'booked'])
    const again = await enter(look)
    expect(again.text).toContain('登録した予約はありません。')
    expect(await companies()).toHaveLength(3)
    const rest = done.main.querySelector('textarea[name=text]')?.text ?? ''
    const corrected = await read(rest.replace('那珂 三郎\t', '那珂 三郎\tナカ サブロウ'))
    expect(fates(corrected)).toMatchObject({ 2: '登録します' })
    expect((await enter(corrected)).text).toContain('1件の予約を登録しました。')
  })

  test('of people who are there already lead to their booking; more than there is room for stay out', async () => {
    await s.booked({ email: 'jiro@example.jp', name: '海野　次郎' })
    const other = (phone: string) => (ROWS[1] ?? []).with(5, phone)
    const page = await read(tsv([HEAD, ROWS[0] ?? [], ROWS[1] ?? [], other('029-000-1111'), other('029-000-2222')]))
    expect(fates(page)).toEqual({
      2: expect.stringMatching(/^登録済みです IB-\d/),
      3: '登録します',
      4: '登録します',
      5: '満席のため登録できません',
    })
  })

  test('of somebody else with the same address, and a row written twice, are told apart', async () => {
    await s.booked({ email: 'jiro@example.jp', name: '渋谷 二', slot: `${MITO}-1500` })
    const same = (ROWS[1] ?? []).with(4, 'hanako@example.jp')
    const page = await read(tsv([HEAD, ROWS[0] ?? [], same, same, same.with(2, '有田 二').with(3, 'アリタ ジ')]))
    expect(fates(page)).toEqual({
      2: expect.stringMatching(/^同じ連絡先の、ほかの方の予約があります.*IB-\d/),
      3: '登録します',
      4: '同じ方の行が上にあります',
      5: expect.stringContaining('ほかの方の予約'),
    })
    const done = await enter(page)
    expect([done.status, done.text.includes('1件の予約を登録しました。')]).toEqual([200, true])
    expect((await enter(page)).text).toContain('登録した予約はありません。')
  })

  test('are as many as the day has room for, not only each time', async () => {
    const hours = ['10:00', '10:00', '11:00', '11:00', '13:00', '13:00']
    const rows = hours.map((hour, n) =>
      (ROWS[1] ?? []).with(0, `2026/11/27 ${hour}`).with(5, `029-100-00${n}0`).with(1, `会社${n}`),
    )
    const page = await read(tsv([HEAD, ...rows]))
    expect(Object.values(fates(page)).filter((fate) => fate === '登録します')).toHaveLength(5)
    expect((await enter(page)).text).toContain('5件の予約を登録しました。')
  })

  test('that were called off there stay out: by their state, or struck out', async () => {
    const page = await read(
      tsv([
        [...HEAD, '状態'],
        [...(ROWS[0] ?? []), 'キャンセル済み'],
        [...(ROWS[1] ?? []), '確定'],
      ]),
    )
    expect(fates(page)).toEqual({ 2: 'キャンセルのため登録しません', 3: '登録します' })
  })

  test('need the tick, and the page as it was shown', async () => {
    const look = await read(tsv([HEAD, ...ROWS]))
    const silent = await desk.submit(START, [...fieldsOf(formTo(look, START)), ['step', 'do']])
    expect([silent.status, silent.main.querySelector('#consent-error')?.text]).toEqual([
      422,
      '同意を確かめて、チェックを入れてください。',
    ])
    await s.run('update venue set revision = revision + 1')
    await s.run("update session set date = '2026-12-10' where id = ?", MITO)
    expect((await enter(look)).status).toBe(409)
    expect(await companies()).toEqual([])
  })

  test.each([
    ['', '日程表を貼り付けるか'],
    ['会社名\t氏名\nA\tB', '見出しの行が見つかりません'],
    [HEAD.join('\t'), '予約の行がありません'],
  ])('are refused at their field if they cannot be read: %#', async (text, said) => {
    const page = await read(text)
    expect([page.status, page.main.querySelector('#text-error')?.text]).toEqual([422, expect.stringContaining(said)])
  })

  test('are 300 in one table at most', async () => {
    const rows = [HEAD, ...Array.from({ length: 301 }, () => ROWS[0] ?? [])]
    const page = await sent(new Uint8Array(new TextEncoder().encode(csv(rows))), 'kept.csv')
    expect(page.main.querySelector('#file-error')?.text).toContain('行が多すぎます')
  })

  test('of another prefecture are found by nobody else', async () => {
    const other = await signedIn(s, 'desk', '13')
    const page = await other.submit(START, [['text', tsv([HEAD, ROWS[0] ?? []])]])
    expect(fates(page)).toEqual({ 2: expect.stringMatching(/^この日時の開催がありません/) })
  })

  test('of a form that the day does not have say which forms it has, and take the chosen one', async () => {
    const phone = (ROWS[0] ?? []).with(7, '電話')
    const page = await read(tsv([HEAD, phone, (ROWS[3] ?? []).with(7, '')]))
    expect(fates(page)[2]).toMatch(/^この日にない形式です。 この日の開催形式：現地・WEB \/ 表の記載：電話/)
    expect(fates(page)[3]).toMatch(/^形式の記載がありません。 この日の開催形式：現地・WEB/)
    const chosen = await choose(page, ['choose.2.format', 'online'], ['choose.3.format', 'onsite'])
    expect(fates(chosen)).toEqual({ 2: '登録します', 3: '登録します' })
    expect((await enter(chosen)).text).toContain('2件の予約を登録しました。')
    expect(await s.column('select format from booking order by slot')).toEqual(['online', 'onsite'])
  })

  test('of a table without a column of forms get one if a form is chosen', async () => {
    const without = [HEAD, ROWS[0] ?? []].map((row) => row.filter((_, i) => i !== 7))
    const page = await read(tsv(without))
    expect(fates(page)[2]).toContain('形式の記載がありません')
    expect(fates(await choose(page, ['choose.2.format', 'onsite']))).toEqual({ 2: '登録します' })
  })

  test.each(['11/27(木) 10:00', '2026年11月27日（木）10時00分', '11月27日木曜日 10:00'])(
    'with a weekday that is not that of the day say both, and the nearest days: %s',
    async (when) => {
      const page = await read(tsv([HEAD, (ROWS[0] ?? []).with(0, when)]))
      expect(fates(page)[2]).toMatch(
        /^日にちと曜日が合いません表の曜日は木曜日ですが、2026年11月27日\(金\)は金曜日です。近い開催日：11月27日\(金\)、12月4日\(金\)/,
      )
      expect(await companies()).toEqual([])
      const chosen = await choose(page, ['choose.2.day', '2026-12-04'])
      expect(fates(chosen)).toEqual({ 2: '登録します' })
      expect(chosen.main.text).toContain('12月4日(金) 10:00')
    },
  )

  test('of a time that the day does not have say its times; another one can be chosen', async () => {
    const page = await read(
      tsv([HEAD, (ROWS[0] ?? []).with(0, '2026/11/27 12:30'), (ROWS[3] ?? []).with(0, '2026/11/27')]),
    )
    expect(fates(page)[2]).toMatch(/この日の時間：10:00、11:00、13:00、14:00、15:00/)
    expect(fates(page)[3]).toMatch(/^時間の記載がないか、読み取れませんこの日の時間：10:00/)
    const chosen = await choose(page, ['choose.2.time', '13:00'], ['choose.3.time', '11:00'])
    expect(fates(chosen)).toEqual({ 2: '登録します', 3: '登録します' })
    expect(
      await choose(page, ['choose.2.time', '99:99'], ['choose.2.day', 'x'], ['choose.2.format', 'x']),
    ).toMatchObject({
      status: 200,
    })
  })

  test('with a time as an unformatted cell of a spreadsheet has it are read', async () => {
    const head = HEAD.with(0, '予約日').concat('時間')
    const at = (time: string) => [...(ROWS[0] ?? []).with(0, '2026/11/27'), time]
    expect(fates(await read(tsv([head, at('0.416666666666667')])))).toEqual({ 2: '登録します' })
  })

  test('are found beyond 500 sessions, with as many queries for one day as for many rows', async () => {
    const columns = Object.keys((await s.rows('select * from session where id = ?', MITO))[0] ?? {})
    const others = columns.map((name) => (['id', 'uid', 'date', 'series', 'occurrence'].includes(name) ? '?' : name))
    for (let n = 0; n < 505; n++) {
      const values = columns.flatMap((name) =>
        name === 'date'
          ? ['2026-11-24']
          : name === 'series' || name === 'occurrence'
            ? [null]
            : /^u?id$/.test(name)
              ? [`x${n}`]
              : [],
      )
      await s.run(
        `insert into session (${columns.join()}) select ${others.join()} from session where id = '${MITO}'`,
        ...values,
      )
    }
    const first = (ROWS[0] ?? []).with(0, '2026/11/24 9:00').with(1, '別の会社')
    expect(fates(await read(tsv([HEAD, first, ROWS[1] ?? []])))[3]).toBe('登録します')
    const lost = (n: number) => Array.from({ length: n }, () => (ROWS[0] ?? []).with(0, '2026/11/25 10:00'))
    s.reads()
    await read(tsv([HEAD, ...lost(1)]))
    const one = s.reads()
    await read(tsv([HEAD, ...lost(40)]))
    expect(s.reads()).toBe(one)
  })

  test('leave nothing of a person behind unless they were entered', async () => {
    await read(tsv([HEAD, ...ROWS]))
    for (const table of ['booking', 'intake', 'journal', 'submission'])
      expect(JSON.stringify(await s.rows(`select * from ${table}`))).not.toContain('大洗建設')
  })
})
