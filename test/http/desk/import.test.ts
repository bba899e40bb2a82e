import { beforeEach, describe, expect, test } from 'vitest'
import { fieldsOf, formTo, type Page, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const START = '/desk/import'
const TABLE = [
  '茨城県\t2026年12月8日(火)\t10:00～12:00\tオンライン\t定員5名',
  '茨城県\t2026年12月15日(水)\t10:00～12:00\tオンライン\t定員5名',
].join('\n')

const read = (text: string) => desk.submit(START, [['text', text]])

/** The address of the draft whose page this is. */
const draftOf = (page: Page) => page.main.querySelector('form#form')?.getAttribute('action') ?? ''

/** Sends the form of a draft, with changes. A group of radio buttons of which none is chosen sends nothing by itself. */
const decided = (page: Page, changes: Record<string, string>, step: string) => {
  const fields = fieldsOf(formTo(page, draftOf(page))).filter(([name]) => !(name in changes))
  return desk.submit(draftOf(page), [...fields, ...Object.entries(changes), ['step', step]])
}

describe('a schedule that is pasted', () => {
  test('is shown row by row: as printed, the weekday of the calendar, the reading and the proposals', async () => {
    const page = await read(TABLE)
    const head = page.main.querySelectorAll('table.list th').map((one) => one.text)
    expect(head.slice(0, 4)).toEqual(['記載の曜日・日にち', '暦の曜日', '読み取り', '候補'])
    for (const said of ['12月15日(水)', '火曜日', '日にちと曜日が合いません']) expect(page.main.text).toContain(said)
    const proposed = page.main.querySelectorAll('input[name="1.day.0"]').map((one) => one.getAttribute('value'))
    expect(proposed).toEqual(expect.arrayContaining(['2026-12-15', '2026-12-16', 'leave', 'other']))
    expect(page.main.querySelector('input[name="1.day.0"][checked]')).toBeNull()
    await s.run('update intake set unread = ?', JSON.stringify(['雨天決行']))
    expect((await desk.page(draftOf(page))).main.text).toContain('雨天決行')
  })

  test('is taken in after a look, and taken out again', async () => {
    const page = await read(TABLE)
    const still = await decided(page, {}, 'look')
    expect(draftOf(still)).not.toContain('/look')
    const look = await decided(page, { '1.day.0': '2026-12-16' }, 'look')
    expect(draftOf(look)).toMatch(/\/look$/)
    for (const said of ['まだ取り込んでいません', '2026年12月8日', '2026年12月16日', '10:00〜12:00', '5'])
      expect(look.main.text).toContain(said)
    const done = await desk.submit(draftOf(look), fieldsOf(formTo(look, draftOf(look))))
    expect(done.main.text).toContain('日程表を取り込みました')
    const made = done.main.querySelectorAll('a[href^="/desk/sessions/"]')
    expect(made).toHaveLength(2)
    const session = await desk.page(made[1]?.getAttribute('href') ?? '')
    expect(session.status).toBe(200)
    const undo = done.main.querySelector('form[action$="/undo"]')?.getAttribute('action') ?? ''
    expect((await desk.submit(undo, [])).main.text).toContain('この取り込みは取り消しました')
    expect(
      await s.rows("select id from session where prefecture = '08' and date in ('2026-12-08', '2026-12-16')"),
    ).toEqual([])
  })

  test('can be left and come back to, and belongs to who reads it in', async () => {
    const page = await read(TABLE)
    await decided(page, { '1.day.0': 'leave', '0.title_ja': '年末の相談会' }, 'save')
    const list = await desk.page(START)
    const link = list.main.querySelector('ul.plain a[href^="/desk/import/"]')?.getAttribute('href') ?? ''
    const again = await desk.page(link)
    expect(Object.fromEntries(fieldsOf(formTo(again, link)))).toMatchObject({
      '1.day.0': 'leave',
      '0.title_ja': '年末の相談会',
    })
    const other = await signedIn(s, 'desk', '08')
    expect((await other.page(link)).status).toBe(404)
    expect((await other.page(START)).main.querySelector('ul.plain a[href^="/desk/import/"]')).toBeNull()
  })

  test('that was saved by somebody else first says so', async () => {
    const page = await read(TABLE)
    await decided(page, { '1.day.0': 'leave' }, 'save')
    const stale = await decided(page, { '1.day.0': '2026-12-16' }, 'save')
    expect([stale.status, stale.main.text.includes('ほかの画面で先に保存')]).toEqual([409, true])
  })

  test('is in English too', async () => {
    const page = await desk.page(draftOf(await read(TABLE)))
    expect(page.status).toBe(200)
    const english = await desk.page(`${draftOf(page)}?lang=en`)
    expect(english.main.text).toContain('The date and the weekday do not agree')
  })
})

describe('what is not read', () => {
  test.each([
    ['nothing', '', '貼り付けるか'],
    ['a text without dates', '年末のご挨拶', '日程が見つかりません'],
  ])('%s: the page says why, and what was typed stays', async (_, text, why) => {
    const answer = await read(text)
    expect(answer.status).toBe(422)
    expect(answer.main.text).toContain(why)
    expect(answer.main.querySelector('textarea')?.text).toContain(text)
  })

  test.each([
    ['too large', new Uint8Array(300_001).fill(0x41), '大きすぎます'],
    ['no text', new Uint8Array([0xff, 0xfe, 0x00, 0xff]), '読み取れません'],
  ])('a file that is %s', async (_, bytes, why) => {
    const body = new FormData()
    body.set('text', '')
    body.set('file', new File([bytes], 'table.csv'))
    const origin = s.ctx.config.publicUrl
    const answer = await s.app.request(`${origin}${START}`, {
      method: 'POST',
      body,
      headers: { cookie: desk.cookie, origin },
    })
    expect([answer.status, (await answer.text()).includes(why)]).toEqual([422, true])
  })

  test('a file of Shift_JIS is read', async () => {
    // 2026年12月8日(火) in Shift_JIS
    const day = [0x94, 0x4e, 0x31, 0x32, 0x8c, 0x8e, 0x38, 0x93, 0xfa, 0x28, 0x89, 0xce, 0x29]
    const bytes = new Uint8Array([...new TextEncoder().encode('2026'), ...day])
    const body = new FormData()
    body.set('file', new File([bytes], 'table.csv'))
    const origin = s.ctx.config.publicUrl
    const answer = await s.app.request(`${origin}${START}`, {
      method: 'POST',
      body,
      headers: { cookie: desk.cookie, origin },
    })
    expect(answer.status).toBe(303)
  })
})

test('a session that differs leads to its own act, with the new time filled in', async () => {
  const clear = TABLE.replace('15日(水)', '15日(火)')
  const look = await decided(await read(clear), {}, 'look')
  await desk.submit(draftOf(look), fieldsOf(formTo(look, draftOf(look))))
  const page = await read(clear.replace('15日(火)\t10:00', '15日(火)\t13:00').replace('13:00～12:00', '13:00～15:00'))
  const act = page.main.querySelector('a[href*="/reschedule"]')?.getAttribute('href') ?? ''
  expect(act).toContain('starts=13%3A00')
  const form = await desk.page(act.replaceAll('&amp;', '&'))
  expect(form.main.querySelector('input[name="starts"]')?.getAttribute('value')).toBe('13:00')
})
