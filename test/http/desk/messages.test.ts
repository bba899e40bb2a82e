import { beforeEach, describe, expect, test } from 'vitest'
import { texts } from '../../../templates/text/index.ts'
import { messageTexts } from '../../../templates/text/messages.ts'
import { freshKey, MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, pageOf, pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const NEW = '/desk/messages/new'
const t = messageTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  desk = await signedIn(s, 'desk', '08')
})

const filled = (page: Page, values: Record<string, string>) => fieldsOf(formTo(page, NEW), values)
const WORDS = { subject_ja: '駐車場', body_ja: '{氏名} 様\n満車です。' }

describe('a message', () => {
  test('is written on the page of a session, looked at with its real readers, sent, and shows how far it is', async () => {
    await s.booked({ slot: `${MITO}-1000` })
    const phone = await s.booked({ slot: `${MITO}-1100`, company: '大洗建設' })
    await s.run('update booking set email = null where id = ?', phone.id)
    const session = await desk.page(`/desk/sessions/${MITO}`)
    const link = session.root.querySelectorAll('a').find((one) => one.text.trim() === t.send)
    const form = await desk.page(link?.getAttribute('href') ?? '')
    const look = await desk.submit(NEW, filled(form, WORDS))
    expect(look.text).toMatch(/髙橋 太郎 様\s*満車です。/)
    expect(look.text).toContain('大洗建設')
    expect(look.text).toContain(t.go(1, 1))
    expect(await s.column('select id from message')).toEqual([])
    const sent = await desk.submit(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'do']])
    expect([sent.status, sent.text.includes(t.sent), sent.text.includes(t.of(0, 1))]).toEqual([200, true, true])
    expect(sent.headers.get('refresh')).toContain('/desk/messages/')
    const list = await desk.page('/desk/messages')
    expect(list.text).toContain('駐車場')
    expect((await desk.page('/desk')).text).toContain('大洗建設')
  })

  test('with a word in braces that stands for nothing is refused beside what was typed', async () => {
    await s.booked()
    const form = await desk.page(`${NEW}?session=${MITO}`)
    const page = await desk.submit(NEW, filled(form, { ...WORDS, body_ja: '{お名前} 様' }))
    expect([page.status, page.root.getElementById('body_ja')?.text]).toEqual([422, '{お名前} 様'])
    expect(page.root.getElementById('body_ja-error')?.text).toContain('{会社名}')
  })

  test('whose readers changed since the look is shown again', async () => {
    await s.booked({ slot: `${MITO}-1000` })
    const look = await desk.submit(NEW, filled(await desk.page(`${NEW}?session=${MITO}`), WORDS))
    await s.booked({ slot: `${MITO}-1100` })
    const again = await desk.submit(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'do']])
    expect([again.status, again.text.includes(t.refused.changed), again.text.includes(t.go(2, 0))]).toEqual([
      409,
      true,
      true,
    ])
  })

  test('goes to all whom a search of the ledger finds, and to nobody once its search text is over', async () => {
    await s.booked({ company: '大洗建設' })
    await s.booked({ slot: `${MITO}-1100` })
    const ledger = await desk.submit('/desk/bookings', [['text', '大洗建設']])
    const form = await desk.submit(NEW, [...fieldsOf(formTo(ledger, NEW)), ['step', 'edit']])
    const look = await desk.submit(NEW, filled(form, WORDS))
    expect(look.text).toContain(t.go(1, 0))
    s.at('2026-11-22T04:00:00.000Z')
    const over = await desk.post(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'do']])
    expect([over.status, over.location.endsWith('/desk/bookings')]).toEqual([303, true])
    expect(await s.column('select id from message')).toEqual([])
  })

  test('to bookings that were ticked reaches those', async () => {
    const { id } = await s.booked()
    await s.booked({ slot: `${MITO}-1100` })
    const done = await desk.post(NEW, [...Object.entries({ ...WORDS, key: freshKey(), step: 'do' }), ['ids', id]])
    expect(done.status).toBe(303)
    expect(await s.column("select subject from outbox where kind = 'message'")).toEqual([id])
  })
})

describe('whom a message is to', () => {
  const sent = async (fields: Record<string, string>) => {
    const typed = Object.entries({ ...WORDS, ...fields, key: freshKey() })
    const look = await desk.submit(NEW, typed)
    const done = await desk.submit(NEW, [...typed, ['step', 'do']])
    return [look, done, await desk.page('/desk/messages'), await desk.page('/desk/outbox')]
  }

  test.each([
    ['a session', { session: MITO }, `/desk/sessions/${MITO}`, ['11月27日(金)', '水戸']],
    ['a time', { slot: `${MITO}-1100` }, `/desk/sessions/${MITO}`, ['11月27日(金)', '11:00〜', '水戸']],
    ['ticked bookings', { ids: '' }, `/desk/sessions/${MITO}`, ['11月27日(金)', '水戸']],
    ['a series', { series: 'ibaraki' }, '/desk/series/ibaraki', ['テレワーク無料相談会']],
  ])('is said with day, time, place and link on each page: %s', async (_, target, way, words) => {
    const { id } = await s.booked({ slot: `${MITO}-1100` })
    const pages = await sent('ids' in target ? { ids: id } : target)
    const [look, done, list, outbox] = pages.map(({ main }) =>
      main.querySelectorAll(`a[href="${way}"]`).map((a) => a.text.replaceAll('\u{2060}', '')),
    )
    const says = (links: string[] = []) => links.some((text) => words.every((word) => text.includes(word)))
    const isTicked = 'ids' in target
    // The list names no session of people who were ticked; the outbox names that of each booking, not the series.
    const said = [says(look) || isTicked, says(done), says(list) || isTicked, says(outbox) || 'series' in target]
    expect(said).toEqual([true, true, true, true])
  })

  test('of a session that was deleted is said without a link', async () => {
    await s.booked({ slot: `${MITO}-1100` })
    await sent({ session: MITO })
    await s.run("update message set target_id = 'gone'")
    const list = await desk.page('/desk/messages')
    expect(list.main.querySelector('tbody td:last-child')?.innerHTML).toBe(t.targets.session)
  })
})

describe('whoever wants no messages', () => {
  test('says so by the link, and wants them again by the same page', async () => {
    const { token } = await s.booked()
    const m = texts('ja').messages
    const path = `/b/${token}/messages`
    const page = await s.page(path)
    expect(page.text).toContain(m.gets)
    const stopped = await s.submit(formTo(page, path))
    expect([stopped.text.includes(m.none), stopped.text.includes(m.said.stopped.what)]).toEqual([true, true])
    const wanted = await s.submit(formTo(stopped, path))
    expect([wanted.text.includes(m.gets), wanted.text.includes(m.said.wanted.what)]).toEqual([true, true])
  })

  test('is taken at the word of a mail program, which has no form', async () => {
    const { token } = await s.booked()
    expect((await s.post(`/b/${token}/messages`, [['List-Unsubscribe', 'One-Click']])).status).toBe(200)
    expect(await s.column('select no_messages from booking')).toEqual([1])
  })

  test('can say so to the desk', async () => {
    const { id } = await s.booked()
    const path = `/desk/bookings/${id}/messages`
    const page = await desk.submit(path, fieldsOf(formTo(await desk.page(`/desk/bookings/${id}`), path)))
    expect(page.text).toContain(t.own.none)
  })
})

test('a paragraph is written on the page of a session, looked at in a letter of a real booking, saved and taken back', async () => {
  await s.booked()
  const path = '/desk/texts'
  const form = await desk.page(`${path}?session=${MITO}`)
  const editor = form.root.querySelector('#form')
  if (!editor) throw new Error('no form')
  const typed = fieldsOf(editor, { text_ja: '{氏名} 様は印鑑をお持ちください。' })
  const look = await desk.submit(path, [...typed, ['step', 'look']])
  expect(look.text).toContain('髙橋 太郎 様は印鑑をお持ちください。')
  expect(await s.column('select id from letter_text')).toEqual([])
  const saved = await desk.submit(path, [...typed, ['step', 'do']])
  expect(saved.text).toContain(t.texts.done.saved)
  const back = await desk.submit(`${path}/standard`, fieldsOf(formTo(saved, `${path}/standard`)))
  expect([back.text.includes(t.texts.done.dropped), await s.column('select id from letter_text')]).toEqual([true, []])
  expect((await desk.page(`${path}?session=none`)).status).toBe(404)
  expect((await desk.page(path)).status).toBe(403)
})

test('lines ticked in the ledger are written to, and no line is nobody', async () => {
  const { id } = await s.booked()
  const ledger = await desk.page('/desk/bookings')
  const form = formTo(ledger, '/desk/bookings/ticked')
  expect(form.querySelectorAll('button[name=act]').map((one) => one.getAttribute('formaction'))).toContain(
    '/desk/messages/new',
  )
  const asked = await desk.post('/desk/messages/new', [
    ['act', 'message'],
    ['ids', id],
  ])
  expect(
    pageOf(asked)
      .main.querySelectorAll('input[name=ids]')
      .map((one) => one.getAttribute('value')),
  ).toEqual([id])
  const none = await desk.post('/desk/messages/new', [['act', 'message']])
  expect([none.status, pathOf(none.location)]).toEqual([303, '/desk/bookings'])
})

test('in a house without a mail server says that its letters are only kept', async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
  await s.booked()
  const look = await desk.submit(NEW, filled(await desk.page(`${NEW}?session=${MITO}`), WORDS))
  const sent = await desk.submit(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'do']])
  expect(sent.main.querySelector('section.card [role=status]')?.text).toBe(t.kept(1))
  expect(sent.text).not.toContain(t.letters.sent)
})
