import { once } from 'node:events'
import { copyFileSync, existsSync } from 'node:fs'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { createConnection } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { openSqlite } from '../../src/store/sqlite.ts'
import { postOffice } from '../mail/post-office.ts'
import { application, freshKey, PRODUCTION, world } from '../world.ts'
import { freshDatabase, type Process, serve, start, takenPort } from './server.ts'

/** Starting processes on a busy machine takes long. None of these tests measures time. */
const PATIENT = { timeout: 60_000 }

type Session = { id: string; formats: string[]; slots: { id: string }[] }

let seeded: string

/** The published schedule as of today, in a file to be copied. */
beforeAll(async () => {
  seeded = freshDatabase()
  const w = await world({ on: seeded, seeded: true, now: new Date().toISOString() })
  await w.close()
}, PATIENT.timeout)

function copy(): string {
  const path = freshDatabase()
  copyFileSync(seeded, path)
  return path
}

async function openSessions(url: string, count: number): Promise<Session[]> {
  const answer = await fetch(`${url}/api/v1/sessions?status=open&kind=consultation&limit=${count}`)
  const { sessions } = (await answer.json()) as { sessions: Session[] }
  return sessions
}

async function applicationTo(url: string): Promise<string> {
  const [session] = await openSessions(url, 1)
  if (!session) throw new Error('no session is open')
  return JSON.stringify(application({ session: session.id, slot: session.slots[0]?.id, format: session.formats[0] }))
}

const jsonHeaders = () => ({ 'content-type': 'application/json', 'idempotency-key': freshKey() })

async function post(url: string): Promise<{ status: number; booking: { id: string; manage_url: string } }> {
  const body = await applicationTo(url)
  const answer = await fetch(`${url}/api/v1/bookings`, { method: 'POST', body, headers: jsonHeaders() })
  const { booking } = (await answer.json()) as { booking: { id: string; manage_url: string } }
  return { status: answer.status, booking }
}

/** Begins to post a booking and keeps the second half of it back. */
function beginPosting(
  port: number,
  body: string,
  agent?: Agent,
): { rest: () => void; sent: ClientRequest; answer: Promise<IncomingMessage> } {
  const bytes = Buffer.from(body)
  const headers = { ...jsonHeaders(), 'content-length': bytes.length }
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/api/v1/bookings',
    method: 'POST',
    headers,
    ...(agent && { agent }),
  })
  sent.write(bytes.subarray(0, 50))
  const answer = once(sent, 'response').then(([response]: unknown[]) => response as IncomingMessage)
  return { sent, answer, rest: () => sent.end(bytes.subarray(50)) }
}

async function read(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** Whether the port still accepts connections. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function refuses(port: number): Promise<void> {
  while (await accepts(port)) await pause(10)
}

/** The rows of the database after it was closed. */
async function rows<T>(path: string, look: (raw: ReturnType<typeof openSqlite>['raw']) => T): Promise<T> {
  const store = openSqlite(path)
  try {
    return look(store.raw)
  } finally {
    await store.close()
  }
}

async function stopped(running: Process, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<void> {
  running.kill(signal)
  expect(await running.ended).toBe(0)
}

describe.concurrent('npm start', PATIENT, () => {
  test('with a faulty environment prints all faults and exits 1', async () => {
    const env = { PORT: 'http', DATABASE_URL: 'mysql://host', LOG_LEVEL: 'loud', NODE_ENV: 'production', SECRET: '' }
    const running = start('main', [], env)
    expect(await running.ended).toBe(1)
    for (const name of [
      'PORT: ',
      'DATABASE_URL: ',
      'LOG_LEVEL: ',
      'SECRET: is required',
      'PUBLIC_URL: is',
      'MAIL_FROM: is',
    ]) {
      expect(running.printed()).toContain(name)
    }
    expect(running.printed()).not.toMatch(/\n\s+at /)
  })

  test('in development refuses an address that others reach, and exits 1', async () => {
    const running = start('main', [], { PORT: '0', HOST: '0.0.0.0', PUBLIC_URL: 'https://madoguchi.example' })
    expect(await running.ended).toBe(1)
    expect(running.printed()).toMatch(/HOST: must be .*\n.*PUBLIC_URL: must not be https/)
  })

  test('on an address of D1 says that only Workers reach it and exits 1', async () => {
    const running = start('main', [], { PORT: '0', DATABASE_URL: 'd1:DB' })
    expect(await running.ended).toBe(1)
    expect(running.printed()).toContain('DATABASE_URL: d1:… is reached from Workers only')
  })

  test('on a port in use says so, exits 1 and leaves no database', async () => {
    const { port, server } = await takenPort()
    const path = freshDatabase()
    const running = start('main', [], { PORT: String(port), DATABASE_URL: `sqlite:${path}` })
    expect(await running.ended).toBe(1)
    expect(running.printed()).toContain(`Port ${port} is in use`)
    expect(running.printed()).not.toMatch(/\n\s+at /)
    expect(existsSync(path)).toBe(false)
    server.close()
  })

  test('names the accounts of the demonstration at every start', async () => {
    const path = freshDatabase()
    const named = /Staff sign in at .* as desk@example\.jp or secretariat@example\.jp/
    const env = { PORT: '0', DATABASE_URL: `sqlite:${path}` }
    const first = start('main', [], env)
    await first.prints(named)
    await stopped(first)
    const second = start('main', [], env)
    await second.prints(named)
    expect(second.printed()).not.toContain('has been seeded')
    await stopped(second)
  })

  test('on a database of a newer version says so in words and exits 1', async () => {
    const path = copy()
    const { raw, close } = openSqlite(path)
    raw.exec("insert into migration values ('9999_later.sql', '2030-01-01T00:00:00.000Z')")
    await close()
    const running = start('main', [], { PORT: '0', DATABASE_URL: `sqlite:${path}` })
    expect(await running.ended).toBe(1)
    expect(running.printed()).toContain('the database is newer than this code: it knows 9999_later.sql.')
    expect(running.printed()).not.toMatch(/\n\s+at /)
  })

  test('on a database that cannot be opened says so and exits 1', async () => {
    const running = start('main', [], { PORT: '0', DATABASE_URL: 'sqlite:/dev/null/x.db' })
    expect(await running.ended).toBe(1)
    expect(running.printed()).not.toContain('open at')
  })

  test('in production with a demo names no account that was not made', async () => {
    const env = { ...PRODUCTION, PORT: '0', HOST: '127.0.0.1', SEED: 'demo' }
    const running = start('main', [], { ...env, DATABASE_URL: `sqlite:${freshDatabase()}` })
    const [told] = await running.prints(/\/desk\/first\/\w{64}/)
    expect(running.printed()).toContain('has been seeded')
    expect(told).toBeDefined()
    expect(running.printed()).not.toContain('example.jp')
    running.kill('SIGTERM')
    expect(await running.ended).toBe(0)
  })

  test('twice at once on one empty database fills it as once, and serves the same bookings from both', async () => {
    const path = freshDatabase()
    const [one, two] = await Promise.all([serve(path, { SEED: 'demo' }), serve(path, { SEED: 'demo' })])
    const made = await post(one.url)
    expect(made.status).toBe(201)
    const headers = { authorization: `Bearer ${made.booking.manage_url.split('/').at(-1)}` }
    expect((await fetch(`${two.url}/api/v1/bookings/${made.booking.id}`, { headers })).status).toBe(200)
    await Promise.all([stopped(one), stopped(two)])
    const ids = (file: string) => rows(file, (raw) => raw.prepare('select id from session order by id').pluck().all())
    expect(await ids(path)).toEqual(await ids(seeded))
  })
})

describe.concurrent('SIGTERM', PATIENT, () => {
  test('lets a request under way finish, accepts no other, and exits 0', async () => {
    const path = copy()
    const running = await serve(path)
    const agent = new Agent({ keepAlive: true })
    const idle = request({ port: running.port, host: '127.0.0.1', path: '/healthz', agent })
    const slow = beginPosting(running.port, await applicationTo(running.url))
    idle.end()
    await read((await once(idle, 'response'))[0])
    running.kill('SIGTERM')
    await refuses(running.port)
    slow.rest()
    const answer = await slow.answer
    expect(answer.statusCode).toBe(201)
    const { booking } = JSON.parse(await read(answer))
    expect(await running.ended).toBe(0)
    expect(await rows(path, (raw) => raw.prepare('select id from booking').pluck().all())).toEqual([booking.id])
    agent.destroy()
  })

  test('does not wait for ever for a request that never ends, and a second one changes nothing', async () => {
    const path = copy()
    const running = await serve(path)
    const slow = beginPosting(running.port, await applicationTo(running.url))
    const cut = once(slow.sent, 'error')
    slow.answer.catch(() => {})
    await fetch(`${running.url}/healthz`)
    running.kill('SIGTERM')
    await refuses(running.port)
    running.kill('SIGTERM')
    expect(await running.ended).toBe(0)
    await cut
    expect(await rows(path, (raw) => raw.prepare('select id from booking').all())).toEqual([])
  })
})

test.concurrent('a booking answered 201 survives SIGKILL at once after, with its letter', PATIENT, async () => {
  const path = copy()
  const running = await serve(path)
  const slow = beginPosting(running.port, await applicationTo(running.url))
  slow.rest()
  const answer = await slow.answer
  running.kill('SIGKILL')
  expect(answer.statusCode).toBe(201)
  expect(await running.ended).toBe('SIGKILL')
  const found = await rows(path, (raw) =>
    raw
      .prepare(
        'select outbox.kind, session.seats_taken from booking join outbox on outbox.subject = booking.id join session on session.id = booking.session',
      )
      .all(),
  )
  expect(found).toEqual([{ kind: 'booked', seats_taken: 1 }])
})

test.concurrent('work that is due does not wait for a mail server that hangs', PATIENT, async () => {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const office = await postOffice({ mail: () => answered })
  const path = copy()
  const running = await serve(path, { SMTP_URL: office.url })
  const first = await post(running.url)
  await vi.waitFor(() => expect(office.seen.now).toBe(1), { timeout: 20_000 })
  const over = "update booking set status = 'offered', offer_expires_at = '2020-01-01T00:00:00.000Z' where id = ?"
  await rows(path, (raw) => raw.prepare(over).run(first.booking.id))
  await post(running.url)
  const status = () =>
    rows(path, (raw) => raw.prepare('select status from booking where id = ?').pluck().get(first.booking.id))
  await vi.waitFor(async () => expect(await status()).toBe('lapsed'), { timeout: 20_000, interval: 100 })
  expect(office.received).toEqual([])
  answer()
  await stopped(running)
  await office.close()
})

describe.concurrent('madoguchi', PATIENT, () => {
  async function command(args: string[], env: Record<string, string> = {}): Promise<[unknown, string]> {
    const ran = start('cli', args, env)
    const how = await ran.ended
    return [how, ran.printed()]
  }

  test('migrate brings a database up to date, seed fills it, and seeding it again leaves it alone', async () => {
    const path = freshDatabase()
    const env = { ...PRODUCTION, DATABASE_URL: `sqlite:${path}` }
    const count = () => rows(path, (raw) => raw.prepare('select count(*) from session').pluck().get())
    expect(await command(['migrate'], env)).toEqual([0, expect.stringMatching(/^Applied 0001_\w+/)])
    expect(await count()).toBe(0)
    expect(await command(['seed'], env)).toEqual([0, expect.stringContaining('Seeded')])
    const filled = await count()
    expect(filled).toBeGreaterThan(100)
    expect(await command(['seed'], env)).toEqual([0, expect.stringContaining('Nothing seeded')])
    expect(await count()).toBe(filled)
  })

  test('serve is npm start', async () => {
    const running = start('cli', ['serve'], { PORT: '0', DATABASE_URL: `sqlite:${copy()}`, SEED: 'none' })
    const [, port] = await running.prints(/open at http:\/\/localhost:(\d+)/)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    await stopped(running)
  })

  test('without a command says what there is', async () => {
    expect(await command([])).toEqual([0, expect.stringMatching(/madoguchi <command>.*serve.*migrate.*seed/s)])
  })

  test('with an unknown command says what there is and exits 2', async () => {
    expect(await command(['dance'])).toEqual([2, expect.stringContaining('madoguchi <command>')])
  })

  test('with a faulty environment says what is wrong and exits 1', async () => {
    const [how, printed] = await command(['migrate'], { DATABASE_URL: 'mysql://host', PORT: 'x' })
    expect(how).toBe(1)
    expect(printed).toContain('DATABASE_URL: ')
    expect(printed).toContain('PORT: ')
  })
})
