import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import type { Letter } from '../../src/mail/letters.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { type PostOffice, parsed, partsOf, postOffice } from './post-office.ts'

let office: PostOffice | undefined

afterEach(() => office?.close())

const CALENDAR = `BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:${'髙﨑𠮷🗓️'.repeat(3)}\r\nEND:VCALENDAR\r\n`

function letter(given: Partial<Letter> = {}): Letter {
  return {
    from: { name: 'テレワーク窓口', address: 'noreply@madoguchi.example' },
    to: { name: '髙﨑 𠮷郎🎉', address: 'yoshiro@example.jp' },
    replyTo: { name: '', address: 'desk@example.jp' },
    subject: '【予約確定】髙﨑𠮷🎉 11月27日(金)',
    text: '髙﨑 𠮷郎🎉 様\n',
    html: '<!doctype html><p>髙﨑 𠮷郎🎉 様</p>',
    messageId: '<one@madoguchi.example>',
    headers: { 'Auto-Submitted': 'auto-generated' },
    calendar: { method: 'REQUEST', content: CALENDAR },
    files: [],
    ...given,
  }
}

test('a letter is mixed(alternative(text, html, calendar), invite.ics) with the same calendar bytes twice', async () => {
  office = await postOffice()
  expect(await office.mailer().send(letter())).toEqual({ ok: true })
  const mixed = partsOf(office.received[0]?.raw ?? '')
  expect(mixed.headers['content-type']).toMatch(/^multipart\/mixed;/)
  const [alternative, invite] = mixed.parts
  expect(mixed.parts).toHaveLength(2)
  expect(alternative?.headers['content-type']).toMatch(/^multipart\/alternative;/)
  expect(alternative?.parts.map((part) => part.headers['content-type'])).toEqual([
    'text/plain; charset=utf-8',
    'text/html; charset=utf-8',
    'text/calendar; charset=utf-8; method=REQUEST',
  ])
  const calendar = alternative?.parts.at(-1)
  expect(calendar?.headers['content-transfer-encoding']).toBe('base64')
  expect(invite?.headers['content-transfer-encoding']).toBe('base64')
  expect(invite?.headers['content-disposition']).toBe('attachment; filename=invite.ics')
  for (const part of [calendar, invite]) {
    expect(Buffer.from(part?.body ?? '', 'base64').toString('utf8')).toBe(CALENDAR)
  }
})

test('a calendar part of ASCII alone goes as base64 too', async () => {
  office = await postOffice()
  const content = CALENDAR.replaceAll(/[^\r\n -~]/gu, '?')
  await office.mailer().send(letter({ calendar: { method: 'CANCEL', content } }))
  const calendar = partsOf(office.received[0]?.raw ?? '').parts[0]?.parts.at(-1)
  expect(calendar?.headers['content-type']).toBe('text/calendar; charset=utf-8; method=CANCEL')
  expect(calendar?.headers['content-transfer-encoding']).toBe('base64')
  expect(Buffer.from(calendar?.body ?? '', 'base64').toString('utf8')).toBe(content)
})

test('names, subject and both texts arrive as written, rare kanji and emoji included', async () => {
  office = await postOffice()
  await office.mailer().send(letter())
  const mail = await parsed(office.received[0])
  expect(office.received[0]?.to).toEqual(['yoshiro@example.jp'])
  expect(mail.subject).toBe('【予約確定】髙﨑𠮷🎉 11月27日(金)')
  expect(mail.from).toMatchObject({ name: 'テレワーク窓口', address: 'noreply@madoguchi.example' })
  expect(mail.to).toMatchObject([{ name: '髙﨑 𠮷郎🎉', address: 'yoshiro@example.jp' }])
  expect(mail.replyTo).toMatchObject([{ address: 'desk@example.jp' }])
  expect(mail.text?.trim()).toBe('髙﨑 𠮷郎🎉 様')
  expect(mail.html?.trim()).toBe('<!doctype html><p>髙﨑 𠮷郎🎉 様</p>')
  expect(mail.messageId).toBe('<one@madoguchi.example>')
  expect(mail.headers.find((header) => header.key === 'auto-submitted')?.value).toBe('auto-generated')
})

test.each(['太郎\r\nBcc: evil@example.jp', '太郎\nX-Evil: 1', '"太郎" <evil@example.jp>,'])(
  'a name like %j adds no header and no recipient',
  async (name) => {
    office = await postOffice()
    await office.mailer().send(letter({ to: { name, address: 'yoshiro@example.jp' }, subject: `件名 ${name}` }))
    expect(office.received[0]?.to).toEqual(['yoshiro@example.jp'])
    const { headers } = partsOf(office.received[0]?.raw ?? '')
    expect(headers.bcc).toBeUndefined()
    expect(headers['x-evil']).toBeUndefined()
    expect((await parsed(office.received[0])).to).toHaveLength(1)
  },
)

test.each(['a..b@docomo.ne.jp', '.taro@docomo.ne.jp', 'taro.@ezweb.ne.jp'])(
  'an address with dots at odd places (%s) goes out quoted, in the envelope and in the header',
  async (address) => {
    office = await postOffice({ anyAddress: true })
    const calendar = { method: 'REQUEST' as const, content: CALENDAR }
    expect(await office.mailer().send(letter({ to: { name: '太郎', address }, calendar }))).toEqual({ ok: true })
    const quoted = address.replace(/^(.*)@/, '"$1"@')
    expect(office.received[0]?.to).toEqual([quoted])
    expect(partsOf(office.received[0]?.raw ?? '').headers.to).toContain(`<${quoted}>`)
  },
)

test('a letter without a calendar part is text and HTML only', async () => {
  office = await postOffice()
  await office.mailer().send(letter({ calendar: null, replyTo: null }))
  const { headers, parts } = partsOf(office.received[0]?.raw ?? '')
  expect(headers['content-type']).toMatch(/^multipart\/alternative;/)
  expect(parts).toHaveLength(2)
  expect(headers['reply-to']).toBeUndefined()
})

test.each([
  ['rcpt', 550, true],
  ['data', 554, true],
  ['rcpt', 450, false],
  ['data', 451, false],
  ['rcpt', 530, false],
] as const)('an answer to %s of %i is permanent: %s', async (command, code, permanent) => {
  office = await postOffice({ [command]: () => [code, '5.1.1 <yoshiro@example.jp>: yoshiro is not here'] })
  const sent = await office.mailer().send(letter())
  expect(sent).toMatchObject({ ok: false, permanent, line: code === 530 })
  const fault = sent.ok ? '' : sent.fault
  expect(fault).toContain(`${code}`)
  expect(fault).not.toMatch(/yoshiro|@/)
})

test('an address that is none is refused for good, an address of ours that is none is our trouble', async () => {
  office = await postOffice()
  const mailer = office.mailer()
  expect(await mailer.send(letter({ to: { name: '', address: '' } }))).toMatchObject({ ok: false, permanent: true })
  const from = { name: '', address: 'no<reply@madoguchi.example' }
  expect(await mailer.send(letter({ from }))).toMatchObject({ ok: false, permanent: false })
})

test('a server that cannot be reached is no fault of the letter', async () => {
  const gone = await postOffice()
  await gone.close()
  const mailer = smtpMailer(gone.url, 1)
  const sent = await mailer.send(letter())
  mailer.close()
  expect(sent).toMatchObject({
    ok: false,
    permanent: false,
    line: true,
    fault: expect.stringContaining('ECONNREFUSED'),
  })
})

test('a refused login is no fault of the letter', async () => {
  office = await postOffice()
  const mailer = smtpMailer(office.url.replace('smtp://', 'smtp://user:wrong@'), 1)
  const sent = await mailer.send(letter())
  mailer.close()
  expect(sent).toMatchObject({ ok: false, permanent: false, line: true, fault: expect.stringContaining('535') })
})

test('a server that closes the line in the middle is a problem of the line', async () => {
  office = await postOffice({ data: () => [421, '4.3.2 shutting down'] })
  expect(await office.mailer().send(letter())).toMatchObject({ ok: false, permanent: false, line: true })
})

describe('a server without STARTTLS that is not this machine', () => {
  /** An address that is not loopback by its name, so that letters to it would cross a network. */
  const there = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)
  const away = () => postOffice({}, 0, there?.address ?? '127.0.0.2')
  const withLogin = (url: string) => url.replace('smtp://', 'smtp://user:secret@')

  test.each([1, 0])('gets neither login nor letter (%i connections kept)', async (kept) => {
    office = await away()
    const mailer = smtpMailer(withLogin(office.url), kept)
    const sent = await mailer.send(letter())
    mailer.close()
    expect(sent).toMatchObject({ ok: false, permanent: false, line: true })
    expect(sent).toMatchObject({ fault: expect.stringMatching(/^STARTTLS: no encrypted connection, nothing was sent/) })
    expect(office.seen).toMatchObject({ logins: 0, senders: 0 })
  })

  test('gets neither if the address says so', async () => {
    office = await away()
    const mailer = smtpMailer(`${office.url}?tls=required`, 1)
    expect(await mailer.send(letter())).toMatchObject({ ok: false, line: true })
    mailer.close()
    expect(office.seen.senders).toBe(0)
  })

  test('cannot be excused by an option of the transport in the address', async () => {
    office = await away()
    const mailer = smtpMailer(`${office.url}?requireTLS=false&ignoreTLS=true`, 1)
    expect(await mailer.send(letter())).toMatchObject({ ok: false, line: true })
    mailer.close()
    expect(office.seen.senders).toBe(0)
  })

  test('gets the letter if the address says that TLS is optional', async () => {
    office = await away()
    const mailer = smtpMailer(`${office.url}?tls=optional`, 1)
    expect(await mailer.send(letter())).toEqual({ ok: true })
    mailer.close()
    expect(office.received).toHaveLength(1)
  })
})
