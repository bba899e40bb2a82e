import { createTransport, type NodemailerError } from 'nodemailer'
import { LOGO } from '../../templates/mail/letter.tsx'
import { isLoopback } from '../config.ts'
import type { LetterFile } from '../messages/letter-file.ts'
import type { Letter } from './letters.ts'
import { type Mailer, SEND_WITHIN, type Sent } from './mailer.ts'

/** Answers about the sender's own state (order of commands, login), after any command (RFC 4954 section 6). */
const SENDERS_TROUBLE = [503, 530, 534, 535, 538]

/** A refusal of the recipient or the message, not a problem of the line, the login or the sender's address. */
function isPermanent({ code, command, message, responseCode = 0 }: NodemailerError): boolean {
  if (code === 'EENVELOPE' && command === 'API') return message.includes('recipient')
  const refused = responseCode >= 500 && responseCode < 600 && !SENDERS_TROUBLE.includes(responseCode)
  return refused && (command === 'RCPT TO' || command === 'DATA')
}

/** The codes of errors about the connection and the login, as nodemailer names them. */
const LINE = [
  'ECONNECTION',
  'ESOCKET',
  'ETIMEDOUT',
  'EDNS',
  'ETLS',
  'EPROTOCOL',
  'EPROXY',
  'EAUTH',
  'ENOAUTH',
  'EABORT',
]

/** A problem of the line or the login: the next letter would have it too. 421: the server closes the connection. */
function isOfLine({ code = '', responseCode = 0 }: NodemailerError): boolean {
  return LINE.includes(code) || responseCode === 421 || SENDERS_TROUBLE.includes(responseCode)
}

/** The reason of a failure, for the desk. Servers quote addresses, so addresses and the name before the @ are removed. */
function faultOf({ code, command, response, message }: NodemailerError, { to }: Letter): string {
  const local = RegExp.escape(to.address.split('@')[0] ?? '')
  const reason = code === 'ETLS' ? `no encrypted connection, nothing was sent (${response ?? message})` : response
  return `${command ?? 'SMTP'}: ${reason ?? message}`
    .replaceAll(/[^\s<>"']*@[^\s<>"',;:]*/g, '…')
    .replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${local}(?![\p{L}\p{N}])`, 'giu'), local === '' ? '' : '…')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200)
}

/**
 * The address as the transport gets it. `smtp://` asks for STARTTLS and sends nothing without it. Exempt are a server on
 * this machine, and an address that says `tls=optional`.
 */
function transportUrl(url: string): string {
  const at = new URL(url)
  const optional = isLoopback(at.hostname) || at.searchParams.get('tls') === 'optional'
  at.searchParams.delete('tls')
  // In the address, because the transport lets the address override its options.
  if (at.protocol === 'smtp:' && !optional) at.searchParams.set('requireTLS', 'true')
  return at.href
}

/** A file as the transport takes it. The logo is a part of the HTML, and no document (RFC 2387). */
function carried({ id, purpose, name, type }: LetterFile, { contents }: Letter) {
  const content = contents?.get(id) ?? ''
  const part = { filename: name, contentType: type, content, encoding: 'base64' }
  return purpose === 'logo' ? { ...part, cid: LOGO, contentDisposition: 'inline' as const } : part
}

/**
 * Sends through the server of an `smtp://` or `smtps://` URL, as SMTP_URL. It keeps up to `kept` connections. With 0, each
 * letter opens its own, which does not outlive a request. The message is mixed(alternative(text, html,
 * calendar), invite.ics). Both calendar parts are the same bytes in base64 (RFC 6047 section 2.4).
 */
export function smtpMailer(url: string, kept: number): Mailer {
  const transport = createTransport({
    url: transportUrl(url),
    ...(kept > 0 && { pool: true, maxConnections: kept, maxRequeues: 0 }), // only the outbox repeats
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  async function send(letter: Letter): Promise<Sent> {
    const { from, to, replyTo, subject, text, html, messageId, headers, calendar, files } = letter
    try {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId,
        headers,
        ...(replyTo && { replyTo }),
        ...(calendar && {
          icalEvent: { ...calendar, filename: 'invite.ics', contentTransferEncoding: 'base64' as const },
        }),
        ...(files.length > 0 && { attachments: files.map((file) => carried(file, letter)) }),
        textEncoding: 'base64',
        signal: AbortSignal.timeout(SEND_WITHIN * 1000),
      })
      return { ok: true }
    } catch (error) {
      const fault: NodemailerError = error instanceof Error ? error : new Error(String(error))
      return { ok: false, permanent: isPermanent(fault), line: isOfLine(fault), fault: faultOf(fault, letter) }
    }
  }

  return { send, close: () => transport.close() }
}
