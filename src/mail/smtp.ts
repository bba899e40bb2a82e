import { createTransport, type NodemailerError } from 'nodemailer'
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

/** The reason of a failure, for the desk. Servers quote addresses, so addresses and the name before the @ are removed. */
function faultOf({ command, response, message }: NodemailerError, { to }: Letter): string {
  const local = RegExp.escape(to.address.split('@')[0] ?? '')
  return `${command ?? 'SMTP'}: ${response ?? message}`
    .replaceAll(/[^\s<>"']*@[^\s<>"',;:]*/g, '…')
    .replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${local}(?![\p{L}\p{N}])`, 'giu'), local === '' ? '' : '…')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200)
}

/**
 * Sends through the server of an `smtp://` or `smtps://` URL. Connections are kept, or opened for each letter if they must
 * not outlive a request. The message is mixed(alternative(text, html, calendar), invite.ics). Both calendar parts are the
 * same bytes in base64 (RFC 6047 section 2.4).
 */
export function smtpMailer(url: string, connections: 'kept' | 'single' = 'kept'): Mailer {
  const transport = createTransport({
    url,
    ...(connections === 'kept' && { pool: true, maxConnections: 4, maxRequeues: 0 }), // only the outbox repeats
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  async function send(letter: Letter): Promise<Sent> {
    const { from, to, replyTo, subject, text, html, messageId, headers, calendar } = letter
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
        textEncoding: 'base64',
        signal: AbortSignal.timeout(SEND_WITHIN * 1000),
      })
      return { ok: true }
    } catch (error) {
      const fault: NodemailerError = error instanceof Error ? error : new Error(String(error))
      return { ok: false, permanent: isPermanent(fault), fault: faultOf(fault, letter) }
    }
  }

  return { send, close: () => transport.close() }
}
