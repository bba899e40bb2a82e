import { SMTPServer } from 'smtp-server'
import type { Ctx } from '../src/context.ts'
import { deliver, isFull } from '../src/mail/deliver.ts'
import { smtpMailer } from '../src/mail/smtp.ts'
import { orThrow } from '../src/store/store.ts'

/** Milliseconds that the mail server takes to accept a letter. */
export const LATENCY_MS = 50

/** Makes `many` letters of bookings ahead wait again, as a change of many sessions does. */
async function queue({ store, clock }: Ctx, many: number): Promise<void> {
  const ahead = store.db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .innerJoin('session', 'session.id', 'booking.session')
    .where('session.starts_at', '>', clock.now())
    .where('booking.status', '=', 'booked')
    .where('outbox.kind', '=', 'booked')
    .select('outbox.id')
    .limit(many)
  const waiting = { state: 'waiting', sent_at: null, attempts: 0, due_at: clock.now() } as const
  orThrow(await store.commit(store.db.updateTable('outbox').set(waiting).where('id', 'in', ahead)))
}

/**
 * Letters a second to a mail server that takes its time, of `many` that wait in the outbox. Throws if none left.
 * `limit`: every connection always waits for the server.
 */
export async function lettersASecond(system: Ctx, many: number): Promise<{ ours: number; limit: number }> {
  await queue(system, many)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onData(stream, _session, done) {
      stream.on('end', () => setTimeout(done, LATENCY_MS))
      stream.resume()
    },
  })
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const connections = system.config.mailConnections
  const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, connections)
  const start = performance.now()
  let left = 0
  for (let more = true; more; ) {
    const round = await deliver(system, mailer, crypto.randomUUID())
    left += round.sent
    more = isFull(round)
  }
  const seconds = (performance.now() - start) / 1000
  mailer.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (left === 0) throw new Error('no letter left')
  return { ours: left / seconds, limit: (connections * 1000) / LATENCY_MS }
}
