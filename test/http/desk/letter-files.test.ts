import { beforeEach, describe, expect, test } from 'vitest'
import { letterFileTexts } from '../../../templates/text/letter-files.ts'
import { messageTexts } from '../../../templates/text/messages.ts'
import { PNG, pdf } from '../../messages/files.ts'
import { MITO } from '../../world.ts'
import { fieldsOf, formTo, type Page, pageOf, pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const FILES = '/desk/texts/files'
const NEW = '/desk/messages/new'
const t = letterFileTexts('ja')
const m = messageTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  desk = await signedIn(s, 'desk', '08')
})

type File_ = { field: string; name: string; bytes: Uint8Array<ArrayBuffer> }

/** Sends a form with files as a browser does. */
async function upload(path: string, fields: [string, string][], files: File_[], by = desk, headers = {}) {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  for (const { field, name, bytes } of files) body.append(field, new File([bytes], name))
  return s.ask(path, { method: 'POST', body, headers: { cookie: by.cookie, ...headers } })
}

/** Sends a form with files, and returns the page to which the answer leads. */
async function put(path: string, fields: [string, string][], files: File_[], by = desk): Promise<Page> {
  const answer = await upload(path, fields, files, by)
  return answer.status === 303 ? by.page(pathOf(answer.location)) : pageOf(answer)
}

const document = (bytes = pdf(), name = '持ち物のご案内.pdf') => ({ field: 'document', name, bytes })
const SERIES: [string, string][] = [
  ['series', 'ibaraki'],
  ['purpose', 'document'],
]

describe('the documents of a series', () => {
  test('are added on its page, seen in the letter of a real booking, opened and removed', async () => {
    await s.booked()
    const start = await desk.page(`/desk/texts?series=ibaraki`)
    expect(start.main.querySelectorAll('nav a').map((one) => one.getAttribute('href'))).toContain(
      `${FILES}?series=ibaraki`,
    )
    const form = formTo(await desk.page(`${FILES}?series=ibaraki`), FILES)
    expect([form.getAttribute('enctype'), form.querySelector('input[type=file]')?.id]).toEqual([
      'multipart/form-data',
      'document',
    ])
    const added = await put(FILES, SERIES, [document()])
    expect([added.text.includes(t.done.added), added.text.includes(t.carried)]).toEqual([true, true])
    expect(added.main.querySelector('iframe')?.getAttribute('src')).toBe('/desk/texts/sample?series=ibaraki')
    const [id = ''] = await s.column<string>('select id from letter_file')
    const file = await s.ask(`${FILES}/${id}`, { headers: { cookie: desk.cookie } })
    expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      'application/pdf',
      `attachment; filename*=UTF-8''${encodeURIComponent('持ち物のご案内.pdf')}`,
    ])
    const dropped = await desk.submit(`${FILES}/drop`, fieldsOf(formTo(added, `${FILES}/drop`)))
    expect([dropped.text.includes(t.done.dropped), await s.column('select id from letter_file')]).toEqual([true, []])
  })

  test.each([
    ['that is no PDF', PNG, t.refused.type.document],
    ['over 2 MB', pdf(2 * 1024 * 1024 + 1), t.refused.large.document],
    ['that was not chosen', new Uint8Array(), t.refused.empty],
  ])('%s are refused in words beside the field', async (_, bytes, words) => {
    const page = await put(FILES, SERIES, [document(bytes, bytes.length === 0 ? '' : 'a.pdf')])
    expect([page.status, page.root.getElementById('document-error')?.text.trim()]).toEqual([409, words])
  })

  test('of 10 MB are refused with a page that says so, and three of 2 MB fit into a message', async () => {
    const large = await upload(FILES, SERIES, [document(pdf(10 * 1024 * 1024))])
    expect([large.status, pageOf(large).text.includes('2MB')]).toEqual([413, true])
    const most = pdf(2 * 1024 * 1024)
    const three = ['a', 'b', 'c'].map((name, at) => document(Uint8Array.from(most).fill(at, 100), name))
    expect((await upload(NEW, [['session', MITO]], three)).status).not.toBe(413)
  })

  test('come from this site only, and large bodies from signed-in people and to these forms only', async () => {
    const across = await upload(FILES, SERIES, [document()], desk, { 'sec-fetch-site': 'cross-site' })
    expect([across.status, await s.column('select id from letter_file')]).toEqual([403, []])
    const many = [document(pdf(100_000))]
    expect((await upload(FILES, SERIES, many, { ...desk, cookie: '' })).status).toBe(413)
    expect((await upload('/desk/texts', SERIES, many)).status).toBe(413)
    expect((await upload('/desk/texts/sender', SERIES, many)).status).toBe(413)
  })

  test('are no matter of another prefecture, nor those of a year of a desk', async () => {
    const tokyo = await signedIn(s, 'desk', '13')
    expect((await upload(FILES, SERIES, [document()], tokyo)).status).toBe(403)
    expect((await upload(FILES, [['programme', 'fy2026']], [document()])).status).toBe(403)
    expect((await desk.page(`${FILES}?session=${MITO}`)).status).toBe(404)
  })
})

test('a logo is added, shown in the HTML of a letter, and removed', async () => {
  const { id } = await s.booked()
  const secretariat = await signedIn(s, 'secretariat')
  const fields: [string, string][] = [
    ['programme', 'fy2026'],
    ['purpose', 'logo'],
  ]
  const page = await put(FILES, fields, [{ field: 'logo', name: 'ロゴ.png', bytes: PNG }], secretariat)
  const image = page.main.querySelector('img.letter-logo')
  const [name = ''] = await s.column<string>("select name_ja from programme where id = 'fy2026'")
  expect(image?.getAttribute('alt')).toBe(name)
  const headers = { cookie: secretariat.cookie }
  expect((await s.ask(image?.getAttribute('src') ?? '', { headers })).headers.get('content-type')).toBe('image/png')
  const [letter = ''] = await s.column<string>('select id from outbox where subject = ?', id)
  for (const path of [`/desk/outbox/${letter}/html`, '/desk/texts/sample?programme=fy2026']) {
    const html = await s.ask(path, { headers })
    expect(html.body).toContain(`<img src="data:image/png;base64,${Buffer.from(PNG).toString('base64')}" alt="${name}"`)
    expect(html.headers.get('content-security-policy')).toMatch(/img-src data:.*sandbox|sandbox.*img-src data:/)
  }
  const english = await secretariat.page(`${FILES}?programme=fy2026&lang=en`)
  expect(english.text).toContain(letterFileTexts('en').logo.drop)
  await secretariat.submit(`${FILES}/drop`, fieldsOf(formTo(english, `${FILES}/drop`)))
  expect((await s.ask(`/desk/outbox/${letter}/html`, { headers })).body).not.toContain('<img')
})

test('documents are chosen with a message, seen and removed before it is sent, and fixed after it', async () => {
  await s.booked()
  const form = formTo(await desk.page(`${NEW}?session=${MITO}`), NEW)
  const fields = fieldsOf(form, { subject_ja: '駐車場', body_ja: '満車です。' })
  const look = await put(NEW, [...fields, ['step', 'look']], [document(), document(pdf(100, 'b'), '地図.pdf')])
  expect([look.status, look.text.includes('持ち物のご案内.pdf'), look.text.includes('地図.pdf')]).toEqual([
    200,
    true,
    true,
  ])
  const back = await desk.submit(NEW, [...fieldsOf(formTo(look, NEW)), ['step', 'edit']])
  const drop = formTo(back, NEW).querySelector('button[name=drop]')?.getAttribute('value') ?? ''
  // The first button is the one that the Enter key presses.
  expect(formTo(back, NEW).querySelector('button[type=submit]')?.getAttribute('name')).toBe('step')
  const without = await desk.submit(NEW, [...fieldsOf(formTo(back, NEW)), ['drop', drop]])
  expect([without.text.includes('持ち物のご案内.pdf'), without.text.includes('地図.pdf')]).toEqual([false, true])
  const again = await desk.submit(NEW, [...fieldsOf(formTo(without, NEW)), ['step', 'look']])
  const sent = await desk.submit(NEW, [...fieldsOf(formTo(again, NEW)), ['step', 'do']])
  expect([sent.text.includes(m.sent), sent.text.includes('地図.pdf')]).toEqual([true, true])
  const late = await put(NEW, [...fieldsOf(formTo(without, NEW)), ['step', 'look']], [document(pdf(100, 'c'))])
  expect([late.status, late.text.includes(t.refused.sent)]).toEqual([409, true])
  const tokyo = await signedIn(s, 'desk', '13')
  const [id = ''] = await s.column<string>('select id from letter_file')
  expect([(await tokyo.page(`${FILES}/${id}`)).status, (await desk.post(`${FILES}/${id}`)).status]).toEqual([403, 405])
})

test('a sender is written on the page of a session, looked at in a letter, saved and taken back, also in English', async () => {
  await s.booked()
  const path = '/desk/texts/sender'
  const form = await desk.page(`${path}?session=${MITO}`)
  const typed = fieldsOf(formTo(form, path), {
    sender_ja: '水戸の相談',
    reply: 'mito@example.jp',
    signature_ja: '受付 9時',
  })
  const look = await desk.submit(path, [...typed, ['step', 'look']])
  expect(look.text).toContain('水戸の相談 <')
  expect([look.text.includes('mito@example.jp'), look.text.includes('受付 9時')]).toEqual([true, true])
  expect(await s.column('select id from letter_sender')).toEqual([])
  const saved = await desk.submit(path, [...typed, ['step', 'do']])
  expect(saved.text).toContain(t.sender.done.saved)
  const faulty = fieldsOf(formTo(saved, path), { reply: 'nobody' })
  const refused = await desk.submit(path, [...faulty, ['step', 'do']])
  expect([refused.status, refused.root.getElementById('reply')?.getAttribute('aria-invalid')]).toEqual([422, 'true'])
  const stale = await desk.submit(path, [...typed, ['step', 'do']])
  expect([stale.status, stale.text.includes(m.texts.changed.what)]).toEqual([409, true])
  const back = await desk.submit(`${path}/standard`, fieldsOf(formTo(saved, `${path}/standard`)))
  expect([back.text.includes(t.sender.done.dropped), await s.column('select id from letter_sender')]).toEqual([
    true,
    [],
  ])
  expect((await desk.page(`${path}?session=${MITO}&lang=en`)).text).toContain(letterFileTexts('en').sender.lead)
  expect((await desk.page(path)).status).toBe(403)
})
