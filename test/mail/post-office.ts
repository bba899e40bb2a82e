import { callbackify } from 'node:util'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { Mailer } from '../../src/mail/mailer.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'

/** A message as it came over the wire. */
export type Received = { to: string[]; raw: string }

/** The answer to RCPT and to DATA. null accepts the letter. MAIL FROM is answered when its promise is fulfilled. */
type Answers = {
  rcpt?: (nth: number) => [code: number, text: string] | null
  data?: Answers['rcpt']
  mail?: (nth: number) => Promise<void>
  /** Takes every address that RFC 5321 takes. The library refuses two dots in a row, also in quotes. */
  anyAddress?: boolean
}

export type PostOffice = {
  url: string
  received: Received[]
  /** How many logins and senders (MAIL FROM) came, and how many letters are under way, now and at most. */
  seen: { logins: number; senders: number; now: number; most: number }
  mailer(): Mailer
  close(): Promise<void>
}

function refusal(answer: [number, string] | null | undefined): Error | null {
  return answer ? Object.assign(new Error(answer[1]), { responseCode: answer[0] }) : null
}

/** A real SMTP server without STARTTLS, by default on the loopback interface, on a free port unless one is given. */
export async function postOffice(answers: Answers = {}, at = 0, host = '127.0.0.1'): Promise<PostOffice> {
  const received: Received[] = []
  const mailers: Mailer[] = []
  const tried = { rcpt: 0, data: 0 }
  const seen = { logins: 0, senders: 0, now: 0, most: 0 }
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    lenientAddressParsing: answers.anyAddress === true,
    onAuth(_login, _session, done) {
      seen.logins++
      done(Object.assign(new Error('no such login'), { responseCode: 535 }))
    },
    onMailFrom(_address, _session, done) {
      seen.senders++
      seen.now++
      seen.most = Math.max(seen.most, seen.now)
      if (answers.mail) callbackify(answers.mail)(seen.senders, (error) => done(error))
      else done()
    },
    onRcptTo: (_address, _session, done) => done(refusal(answers.rcpt?.(++tried.rcpt))),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refused = refusal(answers.data?.(++tried.data))
        const to = session.envelope.rcptTo.map((one) => one.address)
        seen.now--
        if (!refused) received.push({ to, raw: Buffer.concat(chunks).toString('latin1') })
        done(refused)
      })
    },
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    const listening = server.listen(at, host, () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const url = `smtp://${host}:${port}`
  return {
    url,
    received,
    seen,
    mailer() {
      const mailer = smtpMailer(url, 4)
      mailers.push(mailer)
      return mailer
    },
    async close() {
      for (const mailer of mailers) mailer.close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** Reads a message with a second library. */
export function parsed(message: Received | undefined): Promise<Email> {
  if (!message) throw new Error('no message came')
  return PostalMime.parse(Buffer.from(message.raw, 'latin1'))
}

/** One part of a message: its headers by lower-case name, and the parts within it. */
export type Part = { headers: Record<string, string>; body: string; parts: Part[] }

/** Parses a message by RFC 2046 alone, to see what was sent. */
export function partsOf(raw: string): Part {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const fields = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  )
  const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1]
  const inner = boundary === undefined ? [] : body.split(`--${boundary}`).slice(1, -1)
  return { headers, body, parts: inner.map((part) => partsOf(part.replace(/^\r\n/, '').replace(/\r\n$/, ''))) }
}
