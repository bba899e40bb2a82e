import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliver } from '../../src/mail/deliver.ts'
import { addLetterFile } from '../../src/messages/add-letter-file.ts'
import { dropLetterFile } from '../../src/messages/drop-letter-file.ts'
import { contentsOf, type FileOwner, filesOf, safeName } from '../../src/messages/letter-file.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { forget } from '../../src/retention/forget.ts'
import { forgetDocuments } from '../../src/retention/forget-documents.ts'
import { inserts } from '../../src/store/dump.ts'
import { as, lines, mayDo, withAccounts } from '../acts.ts'
import { mito } from '../booking/fixtures.ts'
import { booked } from '../mail/fixtures.ts'
import { type PostOffice, parsed, postOffice } from '../mail/post-office.ts'
import { meanwhile } from '../meanwhile.ts'
import { freshKey, MITO, type World } from '../world.ts'
import { JPEG, PNG, pdf } from './files.ts'

let w: World
let office: PostOffice
beforeEach(async () => {
  office = await postOffice()
  w = await mito({ env: { SMTP_URL: office.url, MAIL_FROM: '窓口 <noreply@madoguchi.example>' } })
})
afterEach(async () => {
  await w.close()
  await office.close()
})

const YEAR: FileOwner = { scope: 'programme', id: 'fy2026' }
const SERIES: FileOwner = { scope: 'series', id: 'ibaraki' }
const secretariat = () => as(w, 'secretariat')

const attach = (owner: FileOwner, name = '案内.pdf', bytes = pdf()) =>
  addLetterFile(secretariat(), owner, 'document', { name, bytes })
const logo = (bytes = PNG) => addLetterFile(secretariat(), YEAR, 'logo', { name: 'logo.png', bytes })

/** Sends all letters that wait, through a real server. Returns the messages that came, read by another library. */
async function sent() {
  const before = office.received.length
  await deliver(w.system, office.mailer(), 'sender')
  return Promise.all(office.received.slice(before).map(parsed))
}

const isSame = (content: unknown, bytes: Uint8Array) => Buffer.from(content as ArrayBuffer).equals(bytes)

describe('a document', () => {
  test('arrives with a confirmation byte for byte, by its Japanese name, beside text, HTML and calendar', async () => {
    const content = pdf(90_001)
    expect(await attach(SERIES, '持ち物と会場のご案内（水戸）.pdf', content)).toEqual({ ok: true, again: false })
    await booked(w)
    const [mail] = await sent()
    const document = mail?.attachments.find(({ mimeType }) => mimeType === 'application/pdf')
    expect([document?.filename, document?.disposition]).toEqual(['持ち物と会場のご案内（水戸）.pdf', 'attachment'])
    expect(isSame(document?.content, content)).toBe(true)
    expect(office.received[0]?.raw).toMatch(/filename\*0?\*?=utf-8''/i)
    expect([mail?.text?.includes('受付番号'), mail?.html?.includes('受付番号')]).toEqual([true, true])
    expect(mail?.attachments.map(({ mimeType }) => mimeType)).toContain('text/calendar')
  })

  test('goes with every letter that confirms a place, and with no other', async () => {
    await attach(YEAR)
    const { id } = await booked(w)
    for (const kind of ['promoted', 'reminder', 'link', 'cancelled']) {
      await w.run("update outbox set kind = ?, state = 'waiting', id = ? where subject = ?", kind, `${kind}-${id}`, id)
      if (kind === 'reminder') continue
      const [mail] = await sent()
      const carries = mail?.attachments.some(({ mimeType }) => mimeType === 'application/pdf')
      expect([kind, mail !== undefined, carries]).toEqual([kind, true, kind === 'promoted'])
    }
  })

  test('of the series replaces those of its year', async () => {
    await attach(YEAR, '年度.pdf')
    await booked(w)
    await attach(SERIES, '定期.pdf', pdf(100, 'b'))
    await booked(w, { slot: `${MITO}-1100` })
    const names = (await sent()).map(({ attachments }) =>
      attachments.filter(({ mimeType }) => mimeType === 'application/pdf').map(({ filename }) => filename),
    )
    // Both letters leave after the second file.
    expect(names).toEqual([['定期.pdf'], ['定期.pdf']])
    for (const { id } of await filesOf(w.ctx, 'series:ibaraki')) await dropLetterFile(secretariat(), SERIES, id)
    await booked(w, { slot: `${MITO}-1300` })
    expect((await sent()).flatMap(({ attachments }) => attachments.map(({ filename }) => filename))).toContain(
      '年度.pdf',
    )
  })

  test('is stored once, in parts that every engine takes, and gone with all of them', async () => {
    const content = pdf(2 * 1024 * 1024)
    await attach(SERIES, 'a.pdf', content)
    const [file] = await filesOf(w.ctx, 'series:ibaraki')
    const read = (await contentsOf(w.ctx, [{ id: file?.id ?? '' }])).get(file?.id ?? '') ?? ''
    expect(Buffer.from(read, 'base64').equals(content)).toBe(true)
    const [longest] = await w.column('select max(length(content)) from letter_file_part')
    expect(Number(longest)).toBeLessThan(60_000)
    const rows = await w.rows('select * from letter_file_part')
    const statements = [...inserts('letter_file_part', rows)]
    // D1 takes statements of up to 100 kB, also those of a copy.
    expect(Math.max(...statements.map((one) => Buffer.byteLength(one)))).toBeLessThan(100_000)
    await dropLetterFile(secretariat(), SERIES, file?.id ?? '')
    expect(await w.column('select file from letter_file_part')).toEqual([])
  })

  test('is refused by its bytes, its size and its number', async () => {
    const exe = new TextEncoder().encode('MZ not a PDF at all')
    expect(await attach(SERIES, 'invoice.pdf', exe)).toEqual({ ok: false, why: 'type' })
    expect(await attach(SERIES, 'image.pdf', PNG)).toEqual({ ok: false, why: 'type' })
    expect(await attach(SERIES, 'a.pdf', new Uint8Array())).toEqual({ ok: false, why: 'empty' })
    expect(await attach(SERIES, 'a.pdf', pdf(2 * 1024 * 1024 + 1))).toEqual({ ok: false, why: 'large' })
    for (const mark of ['a', 'b', 'c'])
      expect(await attach(SERIES, 'a.pdf', pdf(100, mark))).toMatchObject({ ok: true })
    expect(await attach(SERIES, 'a.pdf', pdf(100, 'a'))).toEqual({ ok: true, again: true })
    expect(await attach(SERIES, 'a.pdf', pdf(100, 'd'))).toEqual({ ok: false, why: 'many' })
    expect(await filesOf(w.ctx, 'series:ibaraki')).toHaveLength(3)
  })

  test('that two people add at once takes one place', async () => {
    const other = meanwhile(w, () => attach(SERIES, 'first.pdf', pdf(100, 'b')))
    const file = { name: 'second.pdf', bytes: pdf() }
    expect(await addLetterFile(as(other, 'desk'), SERIES, 'document', file)).toEqual({ ok: false, why: 'changed' })
    expect((await filesOf(w.ctx, 'series:ibaraki')).map(({ name }) => name)).toEqual(['first.pdf'])
  })

  test('is for the desk of the prefecture, of a year for the secretariat, and in the journal without its name', async () => {
    const file = { name: '田中さん.pdf', bytes: pdf() }
    const adding = (owner: FileOwner) => mayDo(w, (ctx) => addLetterFile(ctx, owner, 'document', file))
    expect(await adding(SERIES)).toEqual(['desk', 'secretariat', 'system'])
    expect(await adding(YEAR)).toEqual(['secretariat', 'system'])
    const [added] = await filesOf(w.ctx, 'series:ibaraki')
    expect(await mayDo(w, (ctx) => dropLetterFile(ctx, SERIES, added?.id ?? ''))).toEqual([
      'desk',
      'secretariat',
      'system',
    ])
    expect(await lines(w, added?.id ?? '')).toEqual([
      {
        actor: 'desk',
        act: 'letter_file.added',
        detail: { of: 'series:ibaraki', purpose: 'document', type: 'application/pdf', bytes: 100 },
      },
      { actor: 'desk', act: 'letter_file.dropped', detail: { of: 'series:ibaraki', purpose: 'document' } },
    ])
  })

  test.each([
    ['C:\\fakepath\\案内.pdf', '案内.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe.pdf'],
    ['a\r\nBcc: x@example.jp.pdf', 'aBcc_ x@example.jp.pdf'],
    ['ご案内（か\u3099）.PDF', 'ご案内（が）.pdf'],
    ['', 'file.pdf'],
    ['...', 'file.pdf'],
  ])('named %j is called %j', (given, name) => {
    expect(safeName(given, 'application/pdf')).toBe(name)
  })
})

describe('a logo', () => {
  test('is a part of the HTML of letters, named after the programme; the text stays', async () => {
    await logo()
    await booked(w)
    const [mail] = await sent()
    const image = mail?.attachments.find(({ mimeType }) => mimeType === 'image/png')
    expect(image?.related).toBe(true)
    expect(isSame(image?.content, PNG)).toBe(true)
    const [name = ''] = await w.column<string>("select name_ja from programme where id = 'fy2026'")
    expect(mail?.html).toContain(`<img src="cid:${image?.contentId?.replaceAll(/[<>]/g, '')}" alt="${name}"`)
    expect(mail?.text).toContain('受付番号')
  })

  test('may be a JPEG, replaces the one before, and is refused by its bytes', async () => {
    await logo()
    expect(await logo(JPEG)).toEqual({ ok: true, again: false })
    expect((await filesOf(w.ctx, 'programme:fy2026')).map(({ type, name }) => [type, name])).toEqual([
      ['image/jpeg', 'logo.png.jpg'],
    ])
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    expect(await logo(svg)).toEqual({ ok: false, why: 'type' })
    expect(await logo(pdf())).toEqual({ ok: false, why: 'type' })
    const large = new Uint8Array(100 * 1024 + 1)
    large.set(PNG)
    expect(await logo(large)).toEqual({ ok: false, why: 'large' })
    const other = addLetterFile(secretariat(), SERIES, 'logo', { name: 'a.png', bytes: PNG })
    expect(await other).toEqual({ ok: false, why: 'type' })
  })
})

describe('the documents of a message', () => {
  const WORDS = { subject_ja: '駐車場', body_ja: '満車です。' }
  const session = { kind: 'session', id: MITO } as const
  const ofMessage = (key: string): FileOwner => ({ scope: 'message', id: key })
  const add = (key: string, mark = 'a') =>
    addLetterFile(as(w, 'desk'), ofMessage(key), 'document', { name: `${mark}.pdf`, bytes: pdf(100, mark) })

  beforeEach(() => withAccounts(w))

  test('go with each of its letters, and are stored once', async () => {
    await booked(w)
    await booked(w, { slot: `${MITO}-1100`, email: 'other@example.jp', phone: '029-000-0009' })
    await sent()
    const key = freshKey()
    await add(key)
    await add(key, 'b')
    expect(await sendMessage(as(w, 'desk'), session, { ...WORDS, files: key })).toMatchObject({ ok: true })
    const mails = await sent()
    expect(mails.map(({ attachments }) => attachments.map(({ filename }) => filename))).toEqual([
      ['a.pdf', 'b.pdf'],
      ['a.pdf', 'b.pdf'],
    ])
    expect(await w.column('select id from letter_file')).toHaveLength(2)
  })

  test('are fixed once it is sent, also if that happens meanwhile', async () => {
    await booked(w)
    const key = freshKey()
    await add(key)
    const [file] = await w.column<string>('select id from letter_file')
    const send = () => sendMessage(as(w, 'desk'), session, { ...WORDS, files: key, key: 'one-and-the-same-key' })
    const racing = meanwhile(w, send)
    const more = { name: 'late.pdf', bytes: pdf(100, 'c') }
    expect(await addLetterFile(as(racing, 'desk'), ofMessage(key), 'document', more)).toEqual({
      ok: false,
      why: 'changed',
    })
    expect(await add(key, 'd')).toEqual({ ok: false, why: 'sent' })
    expect(await dropLetterFile(as(w, 'desk'), ofMessage(key), file ?? '')).toEqual({ ok: false, why: 'sent' })
    expect(await send()).toMatchObject({ ok: true })
    expect(await w.column('select id from message')).toHaveLength(1)
  })

  test('that changed since the look show the message again', async () => {
    await booked(w)
    const key = freshKey()
    await add(key)
    const slower = meanwhile(w, () => add(key, 'b'))
    const given = { ...WORDS, files: key, shown: 'what was shown' }
    expect(await sendMessage(as(slower, 'desk'), session, given)).toEqual({ ok: false, why: 'changed' })
  })

  test('belong to the account that writes it', async () => {
    await booked(w)
    await sent()
    const key = freshKey()
    await add(key)
    await sendMessage(secretariat(), session, { ...WORDS, files: key })
    expect((await sent()).map(({ attachments }) => attachments)).toEqual([[]])
  })

  test('that was never sent are forgotten after a day, those that were sent go with its words', async () => {
    const { id } = await booked(w)
    const [one, two] = [freshKey(), freshKey()]
    await add(one)
    await add(two, 'b')
    await sendMessage(as(w, 'desk'), session, { ...WORDS, files: two })
    await forgetDocuments(w.system)
    expect(await w.column('select name from letter_file order by name')).toEqual(['a.pdf', 'b.pdf'])
    w.at('2026-11-24T01:00:00.000Z')
    await forget(w.system)
    expect(await w.column('select name from letter_file')).toEqual(['b.pdf'])
    await w.run("update message set subject_ja = '', body_ja = '' where subject_ja <> ''")
    await forget(w.system)
    expect([await w.column('select id from letter_file'), id.length > 0]).toEqual([[], true])
  })
})
