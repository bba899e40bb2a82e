import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ENVIRONMENT_NAMES, parseConfig } from '../src/config.ts'
import { PRODUCTION } from './world.ts'

const { SECRET } = PRODUCTION

function config(env: Record<string, string | undefined> = {}) {
  const parsed = parseConfig(env)
  if (!parsed.ok) throw new Error(parsed.faults.join())
  return parsed.config
}

function faults(env: Record<string, string | undefined>): string[] {
  const parsed = parseConfig(env)
  return parsed.ok ? [] : parsed.faults
}

test('an empty environment is that of a fresh clone: every default', () => {
  expect(config()).toEqual({
    environment: 'development',
    port: 8787,
    host: '127.0.0.1',
    databaseUrl: 'sqlite:var/madoguchi.db',
    databaseReadUrl: null,
    publicUrl: 'http://localhost:8787',
    domain: 'localhost',
    smtpUrl: null,
    smsUrl: null,
    smsToken: null,
    mailConnections: 4,
    mailFrom: '窓口 <noreply@localhost>',
    mailReplyTo: null,
    secrets: [],
    deskSecondFactor: false,
    deskIdleMinutes: 60,
    seed: 'demo',
    rateLimit: true,
    caps: { bookings: { recipient: 20, phone: 60, network: 60 }, letters: 30, places: 60 },
    offerHours: { from: '08:00', to: '21:00' },
    offerMinutes: null,
    logLevel: 'info',
    trustProxy: false,
    backupDir: 'var/backup',
    approvalDays: 3,
    confirmDays: 2,
    firstRightHours: 24,
    retentionYears: 1,
  })
})

test('what is set is read', () => {
  const env = {
    NODE_ENV: 'production',
    PORT: '80',
    HOST: '::1',
    DATABASE_URL: 'postgres://localhost/m',
    DATABASE_READ_URL: 'postgres://localhost:5433/m',
    SMTP_URL: 'smtps://u:p@mail:465',
    SMS_URL: 'https://sms.example/send',
    SMS_TOKEN: 'token-of-the-gateway',
    MAIL_CONNECTIONS: '50',
    PUBLIC_URL: 'https://madoguchi.example/',
    MAIL_FROM: 'desk@madoguchi.example',
    MAIL_REPLY_TO: '窓口 <d@example.jp>',
    SECRET: `${SECRET},the one before it`,
    DESK_SECOND_FACTOR: 'off',
    DESK_IDLE_MINUTES: '30',
    SEED: 'demo',
    RATE_LIMIT: 'off',
    CAPS: 'on',
    CAP_RECIPIENT: '1',
    CAP_PHONE: '2',
    CAP_NETWORK: '3',
    CAP_LETTERS: '4',
    CAP_PLACES: '5',
    OFFER_HOURS: '09:30-24:00',
    OFFER_MINUTES: '60',
    LOG_LEVEL: 'silent',
    TRUST_PROXY: '1',
    BACKUP_DIR: '/backup',
    RETENTION_YEARS: '5',
    APPROVAL_DAYS: '5',
    CONFIRM_DAYS: '4',
    FIRST_RIGHT_HOURS: '48',
  }
  expect(Object.keys(env).toSorted()).toEqual(ENVIRONMENT_NAMES.toSorted())
  expect(config(env)).toEqual({
    environment: 'production',
    port: 80,
    host: '::1',
    databaseUrl: 'postgres://localhost/m',
    databaseReadUrl: 'postgres://localhost:5433/m',
    publicUrl: 'https://madoguchi.example',
    domain: 'madoguchi.example',
    smtpUrl: 'smtps://u:p@mail:465',
    smsUrl: 'https://sms.example/send',
    smsToken: 'token-of-the-gateway',
    mailConnections: 50,
    mailFrom: 'desk@madoguchi.example',
    mailReplyTo: '窓口 <d@example.jp>',
    secrets: [SECRET, 'the one before it'],
    deskSecondFactor: false,
    deskIdleMinutes: 30,
    seed: 'demo',
    rateLimit: false,
    caps: { bookings: { recipient: 1, phone: 2, network: 3 }, letters: 4, places: 5 },
    offerHours: { from: '09:30', to: '24:00' },
    offerMinutes: 60,
    logLevel: 'silent',
    trustProxy: true,
    backupDir: '/backup',
    approvalDays: 5,
    confirmDays: 4,
    firstRightHours: 48,
    retentionYears: 5,
  })
})

test('the address of the mail server says whether TLS is asked for', () => {
  for (const SMTP_URL of [
    'smtp://m?tls=optional',
    'smtp://m:25?tls=required',
    'smtps://m?tls=required',
    'smtp://m?x=1',
  ])
    expect(config({ SMTP_URL }).smtpUrl).toBe(SMTP_URL)
})

test('the public address follows the port unless it is set', () => {
  expect(config({ PORT: '9000' }).publicUrl).toBe('http://localhost:9000')
  expect(config({ PORT: '9000', PUBLIC_URL: 'http://office:80' }).publicUrl).toBe('http://office:80')
})

test('sources are capped in production unless it says otherwise, and not in tests', () => {
  expect(config(PRODUCTION).caps).toMatchObject({ letters: 30 })
  expect(config({ ...PRODUCTION, CAPS: 'off' }).caps).toBeNull()
  expect(config({ NODE_ENV: 'test' }).caps).toBeNull()
})

test('what is set to nothing is not set', () => {
  expect(config(Object.fromEntries(ENVIRONMENT_NAMES.map((name) => [name, ''])))).toEqual(config())
  expect(config(Object.fromEntries(ENVIRONMENT_NAMES.map((name) => [name, undefined])))).toEqual(config())
})

test('what is none of ours is passed over', () => {
  expect(config({ PATH: '/bin', PORTS: 'x', port: 'x' })).toEqual(config())
})

test('all faults are reported together, each under its name and without what was set', () => {
  const env = {
    NODE_ENV: 'staging',
    PORT: '65536',
    DATABASE_URL: 'mysql://hidden',
    SMTP_URL: 'http://hidden',
    SMS_URL: 'http://hidden',
    SMS_TOKEN: 'hid den',
    MAIL_CONNECTIONS: 'hidden',
    SECRET: 'hidden',
    PUBLIC_URL: 'hidden',
    MAIL_FROM: 'hidden',
    MAIL_REPLY_TO: '<hidden>',
    DESK_SECOND_FACTOR: 'yes',
    DESK_IDLE_MINUTES: '9',
    SEED: 'full',
    RATE_LIMIT: '1',
    CAPS: '1',
    CAP_NETWORK: '0',
    OFFER_HOURS: '8-21',
    OFFER_MINUTES: '0',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'yes',
  }
  const told = faults(env)
  expect(told.map((fault) => fault.split(': ')[0] ?? '').toSorted()).toEqual(Object.keys(env).toSorted())
  for (const fault of told) expect(fault).toMatch(/^[A-Z_]+: \S/)
  expect(told.join()).not.toContain('hidden')
})

describe('is not right:', () => {
  test.each([
    ['PORT', ['-1', '1.5', 'http', '65536', '8787x']],
    ['DATABASE_URL', ['var/madoguchi.db', 'sqlite:', 'mysql://host/db']],
    ['DATABASE_READ_URL', ['sqlite:var/copy.db', 'replica.example', 'postgres://localhost/copy']],
    ['PUBLIC_URL', ['localhost', 'ftp://host', '//host', 'javascript:alert(1)']],
    ['SMTP_URL', ['mail.example', 'http://mail.example', '25']],
    ['SMTP_URL', ['smtp://m?tls=off', 'smtp://m?tls=', 'smtp://m?tls=optional&tls=no', 'smtps://m?tls=optional']],
    ['SMS_URL', ['sms.example', 'ftp://sms.example', 'http://sms.example']],
    ['SMS_TOKEN', ['two words', 'トークン']],
    ['MAIL_CONNECTIONS', ['0', '51', '1.5', 'many']],
    ['MAIL_FROM', ['noreply', '窓口', '窓口 <noreply>', '<>', 'a@b@c', 'a b@c']],
    ['MAIL_REPLY_TO', ['noreply', 'a@b, c@d']],
    ['SECRET', ['short', `${SECRET},short`, `${SECRET},`]],
    ['DESK_SECOND_FACTOR', ['yes', '1']],
    ['DESK_IDLE_MINUTES', ['9', '721', '30.5', 'never']],
    ['SEED', ['all', 'DEMO']],
    ['RATE_LIMIT', ['true', '0']],
    ['CAPS', ['true', '0']],
    ['CAP_RECIPIENT', ['0', '1.5', 'many']],
    ['OFFER_HOURS', ['08:00', '8:00-21:00', '08:00-24:01', '24:59-25:00', '08:60-21:00', '08:00〜21:00']],
    ['OFFER_MINUTES', ['0', '-5', '1.5', 'day']],
    ['LOG_LEVEL', ['verbose', 'INFO']],
    ['NODE_ENV', ['prod', 'Production']],
  ])('%s %j', (name, values) => {
    for (const value of values) {
      expect([value, faults({ [name]: value })]).toEqual([value, [expect.stringMatching(new RegExp(`^${name}: `))]])
    }
  })
})

describe('in production', () => {
  test('address, sender and secret are required, told together with whatever else is wrong', () => {
    const required = ['PUBLIC_URL', 'MAIL_FROM', 'SECRET'].map((name) => `${name}: is required in production`)
    expect(faults({ NODE_ENV: 'production' })).toEqual(required)
    expect(faults({ NODE_ENV: 'production', PORT: 'x', SECRET: '' })).toHaveLength(4)
    for (const name of ['PUBLIC_URL', 'MAIL_FROM', 'SECRET']) {
      expect(faults({ ...PRODUCTION, [name]: undefined })).toEqual([`${name}: is required in production`])
    }
  })

  test.each([
    ['is short', 'BQ8mHkT2vXw0ZrJ5yLd7NcEa9SfUgPi'],
    ['is the placeholder of docs/deploy.md', '<32 random characters: head -c 32 /dev/urandom | base64>'],
    ['is that of npm run dev:worker', 'known-to-everybody'],
    ['is a sentence', 'a secret for the tests of this product'],
    ['repeats itself', 'abc'.repeat(20)],
  ])('a secret that %s is refused, and not told', (_, given) => {
    const told = faults({ ...PRODUCTION, SECRET: given })
    expect(told).toEqual([expect.stringMatching(/^SECRET: must be 32 random characters/)])
    expect(told.join()).not.toContain(given)
  })

  test('an older secret that only verifies may be shorter', () => {
    expect(config({ ...PRODUCTION, SECRET: `${SECRET},sixteen letters!` }).secrets).toHaveLength(2)
    expect(faults({ ...PRODUCTION, SECRET: `sixteen letters!,${SECRET}` })).toHaveLength(1)
  })

  test('the server listens to everybody, nothing is seeded, desks need a second factor, unless said otherwise', () => {
    expect(config(PRODUCTION)).toMatchObject({ host: '0.0.0.0', seed: 'none', deskSecondFactor: true })
    const said = { ...PRODUCTION, HOST: '127.0.0.1', SEED: 'demo', DESK_SECOND_FACTOR: 'off' }
    expect(config(said)).toMatchObject({ host: '127.0.0.1', seed: 'demo', deskSecondFactor: false })
  })
})

describe('PostgreSQL on another machine', () => {
  const at = (address: string) => faults({ DATABASE_URL: address })

  test.each(['postgres://u:hidden@db/m', 'postgresql://u:hidden@192.0.2.1:5432/m?connect_timeout=3'])(
    'is refused unless the address says whether it goes over TLS: %s',
    (address) => {
      expect(at(address)).toEqual([expect.stringMatching(/^DATABASE_URL: must end in \?sslmode=verify-full/)])
      expect(at(address).join()).not.toContain('hidden')
      const joined = `${address}${address.includes('?') ? '&' : '?'}`
      for (const mode of ['verify-full', 'disable']) expect(at(`${joined}sslmode=${mode}`)).toEqual([])
      const copied = faults({ DATABASE_URL: 'postgres://localhost/m', DATABASE_READ_URL: address })
      expect(copied).toEqual([expect.stringMatching(/^DATABASE_READ_URL: must end in/)])
    },
  )

  test.each([
    'postgres://u@127.0.0.1:5432/m',
    'postgres://u@[::1]/m',
    'postgres://localhost/m',
    'postgres:///m?host=/var/run/postgresql',
    'postgres://u@%2Fvar%2Frun%2Fpostgresql/m',
  ])('need not say so on this machine: %s', (address) => {
    expect(at(address)).toEqual([])
  })
})

describe('in development', () => {
  test.each(['0.0.0.0', '::', '192.0.2.1', 'office'])('a server that others reach (%s) is refused', (HOST) => {
    expect(faults({ HOST })).toEqual([expect.stringMatching(/^HOST: must be 127\.0\.0\.1/)])
  })

  test.each(['127.0.0.1', '::1', 'localhost'])('this machine’s own address (%s) is right', (HOST) => {
    expect(config({ HOST }).host).toBe(HOST)
  })

  test('an https address is refused, as of a proxy that lets others in', () => {
    expect(faults({ PUBLIC_URL: 'https://madoguchi.example' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL: must not/),
    ])
  })
})

describe('.env.example', () => {
  const example = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'))

  test('names every variable there is, and none that is not', () => {
    expect(Object.keys(example).toSorted()).toEqual(ENVIRONMENT_NAMES.toSorted())
  })

  test('copied to .env unchanged changes nothing', () => {
    expect(config(example)).toEqual(config())
  })
})
