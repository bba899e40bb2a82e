import * as z from 'zod'

const timeOfDay = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)`

/** `name@host`, or a name and the address in angle brackets. */
const mailbox = z
  .string()
  .regex(/^(?:[^<>]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be an address, or a name and <address>')

const url = (text: string, protocols: string[]) => {
  const parsed = URL.parse(text)
  return parsed !== null && protocols.includes(parsed.protocol)
}

/** `tls=optional` sends in clear if the server offers no STARTTLS; `tls=required` is the default. */
const isTlsKnown = (text: string) => {
  const { protocol, searchParams } = URL.parse(text) ?? {}
  const given = searchParams?.getAll('tls') ?? []
  return given.every((value) => value === 'required' || (value === 'optional' && protocol === 'smtp:'))
}

/** Whether nobody on the way reads what is sent to an address of the web. */
function isEncrypted(text: string): boolean {
  const { protocol = '', hostname = '' } = URL.parse(text) ?? {}
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+|d1:\w+)/, 'must be sqlite:<path> or postgres://…')
    .default('sqlite:var/madoguchi.db'),
  DATABASE_READ_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/.+/, 'must be postgres://…')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine((text) => url(text, ['http:', 'https:']), 'must be an http or https address')
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => url(text, ['smtp:', 'smtps:']), 'must be smtp://… or smtps://…')
    .refine(isTlsKnown, 'tls= must be required, or optional for smtp://')
    .optional(),
  SMS_URL: z.string().refine(isEncrypted, 'must be an https address, or http on this machine').optional(),
  SMS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be visible characters')
    .optional(),
  MAIL_CONNECTIONS: z.coerce.number().int().min(1).max(50).default(4),
  MAIL_FROM: mailbox.default('窓口 <noreply@localhost>'),
  MAIL_REPLY_TO: mailbox.optional(),
  SECRET: z
    .string()
    .refine((text) => text.split(',').every((one) => one.length >= 16), 'must be 16 characters or more (each)')
    .optional(),
  DESK_SECOND_FACTOR: z.enum(['on', 'off']).optional(),
  DESK_IDLE_MINUTES: z.coerce.number().int().min(10).max(720).default(60),
  SEED: z.enum(['demo', 'none']).optional(),
  RATE_LIMIT: z.enum(['on', 'off']).default('on'),
  CAPS: z.enum(['on', 'off']).optional(),
  CAP_RECIPIENT: z.coerce.number().int().min(1).default(20),
  CAP_PHONE: z.coerce.number().int().min(1).default(60),
  CAP_NETWORK: z.coerce.number().int().min(1).default(60),
  CAP_LETTERS: z.coerce.number().int().min(1).default(30),
  CAP_PLACES: z.coerce.number().int().min(1).default(60),
  OFFER_HOURS: z
    .string()
    .regex(new RegExp(`^${timeOfDay}-${timeOfDay}$`), 'must be HH:MM-HH:MM')
    .default('08:00-21:00'),
  OFFER_MINUTES: z.coerce.number().int().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: z.enum(['0', '1', 'true', 'false']).default('0'),
  BACKUP_DIR: z.string().min(1).default('var/backup'),
  APPROVAL_DAYS: z.coerce.number().int().min(1).max(30).default(3),
  CONFIRM_DAYS: z.coerce.number().int().min(1).max(30).default(2),
  FIRST_RIGHT_HOURS: z.coerce.number().int().min(1).max(336).default(24),
  RETENTION_YEARS: z.coerce.number().int().min(1).max(30).default(1),
})

/** The names of all environment variables that are read, for `.env.example`. */
export const ENVIRONMENT_NAMES = Object.keys(environment.shape)

/** The most that the public may do from one source; desks are not capped. */
export type Caps = {
  /** Bookings, requests and entries a day by one e-mail address, telephone and network. */
  bookings: { recipient: number; phone: number; network: number }
  /** Letters a day to one e-mail address that the public causes. */
  letters: number
  /** Places held at once by one source of any kind. */
  places: number
}

/** The parsed environment. */
export type Config = {
  environment: 'development' | 'production' | 'test'
  port: number
  host: string
  databaseUrl: string
  /** A streaming replica of the database, for answers to everybody. null without one. */
  databaseReadUrl: string | null
  /** Without a slash at the end. */
  publicUrl: string
  /** Domain of calendar UIDs and Message-IDs. */
  domain: string
  /** null if no letter is sent; letters are then only kept. */
  smtpUrl: string | null
  /** The gateway for short messages, null if none is sent, and its token. */
  smsUrl: string | null
  smsToken: string | null
  /** How many letters each process sends at once. */
  mailConnections: number
  mailFrom: string
  mailReplyTo: string | null
  /** The first secret signs; the others are still accepted. Empty until `main` has made one in development. */
  secrets: string[]
  /** Whether desks and viewers need a second factor, as the secretariat always does: they read people's data. */
  deskSecondFactor: boolean
  /** Minutes without use after which the console asks for a proof again. */
  deskIdleMinutes: number
  seed: 'demo' | 'none'
  rateLimit: boolean
  /** null if nothing is capped. */
  caps: Caps | null
  /** Hours in which offers and reminders are sent, Asia/Tokyo, `HH:MM`. */
  offerHours: { from: string; to: string }
  /** Null: four hours near the day, else to the next business day (waitlist/offer-hours.ts). */
  offerMinutes: number | null
  /**
   * Business days, until 17:00, before an unanswered request of 承認制 lapses and an unconfirmed place won by lot lapses.
   */
  approvalDays: number
  confirmDays: number
  /** Hours for which people who registered their interest in a session may book before everybody else. */
  firstRightHours: number
  logLevel: string
  trustProxy: boolean
  backupDir: string
  /** Years after the end of a programme until personal data are removed. */
  retentionYears: number
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]']

/** Whether a host name is this machine's own, which nobody else reaches. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host.toLowerCase())
}

/**
 * Whether a secret may sign in production: 32 characters or more, without those of a sentence or placeholder. A secret
 * that only verifies may be older and shorter.
 */
function isRandom(secret: string): boolean {
  return secret.length >= 32 && !/[\s<>]/.test(secret) && new Set(secret).size >= 8
}

/** Whether a PostgreSQL address reaches another machine and does not say whether it does so over TLS. */
function isUnclear(address: string): boolean {
  const { hostname = '', searchParams } = URL.parse(address) ?? {}
  // Without a host, or with a path as the host, it is a socket of this machine.
  const isLocal = hostname === '' || hostname.startsWith('%2F') || searchParams?.get('host')?.startsWith('/')
  return !isLocal && !isLoopback(hostname) && !searchParams?.has('sslmode')
}

/** The faults of the addresses of databases that each are right in themselves. */
function databaseFaults({ DATABASE_URL = '', DATABASE_READ_URL = '' }: Record<string, string | undefined>): string[] {
  const isPostgres = (address: string) => /^postgres(ql)?:/.test(address)
  const unclear = Object.entries({ DATABASE_URL, DATABASE_READ_URL }).filter(
    ([, address]) => isPostgres(address) && isUnclear(address),
  )
  const found = unclear.map(
    ([name]) =>
      `${name}: must end in ?sslmode=verify-full, or in ?sslmode=disable if only trusted machines share the line`,
  )
  if (isPostgres(DATABASE_READ_URL) && !isPostgres(DATABASE_URL)) {
    found.push('DATABASE_READ_URL: is a replica of a PostgreSQL database, which DATABASE_URL does not name')
  }
  return found
}

/** The faults of values that are right in themselves, but not in this environment. */
function startFaults(given: Record<string, string | undefined>, faults: readonly string[]): string[] {
  const { NODE_ENV = 'development', HOST, PUBLIC_URL, SECRET } = given
  const faulty = (name: string) => faults.some((fault) => fault.startsWith(`${name}: `))
  const found: string[] = []
  // In development letters and their sign-in links are kept for everybody who reaches the server.
  if (NODE_ENV === 'development') {
    if (HOST !== undefined && !isLoopback(HOST)) {
      found.push('HOST: must be 127.0.0.1, ::1 or localhost in development; set NODE_ENV=production to serve others')
    }
    if (PUBLIC_URL?.startsWith('https:')) {
      found.push('PUBLIC_URL: must not be https in development; set NODE_ENV=production to serve others')
    }
  }
  found.push(...databaseFaults(given))
  if (NODE_ENV === 'production') {
    for (const name of ['PUBLIC_URL', 'MAIL_FROM', 'SECRET']) {
      if (given[name] === undefined) found.push(`${name}: is required in production`)
    }
    if (SECRET !== undefined && !faulty('SECRET') && !isRandom(SECRET.split(',')[0] ?? '')) {
      found.push('SECRET: must be 32 random characters or more in production, as of head -c 32 /dev/urandom | base64')
    }
  }
  return found
}

function capsOf(e: z.output<typeof environment>): Caps | null {
  if (e.CAPS === undefined ? e.NODE_ENV === 'test' : e.CAPS === 'off') return null
  return {
    bookings: { recipient: e.CAP_RECIPIENT, phone: e.CAP_PHONE, network: e.CAP_NETWORK },
    letters: e.CAP_LETTERS,
    places: e.CAP_PLACES,
  }
}

/** Reads the environment. Refuses with all faults at once, each as `NAME: what is wrong`. */
export function parseConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; faults: string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  faults.push(...startFaults(given, faults))
  if (!parsed.success || faults.length > 0) return { ok: false, faults }
  const e = parsed.data
  const production = e.NODE_ENV === 'production'
  const publicUrl = (e.PUBLIC_URL ?? `http://localhost:${e.PORT}`).replace(/\/+$/, '')
  const [from = '08:00', to = '21:00'] = e.OFFER_HOURS.split('-')
  return {
    ok: true,
    config: {
      environment: e.NODE_ENV,
      port: e.PORT,
      host: e.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
      databaseUrl: e.DATABASE_URL,
      databaseReadUrl: e.DATABASE_READ_URL ?? null,
      publicUrl,
      domain: new URL(publicUrl).hostname,
      smtpUrl: e.SMTP_URL ?? null,
      smsUrl: e.SMS_URL ?? null,
      smsToken: e.SMS_TOKEN ?? null,
      mailConnections: e.MAIL_CONNECTIONS,
      mailFrom: e.MAIL_FROM,
      mailReplyTo: e.MAIL_REPLY_TO ?? null,
      secrets: e.SECRET?.split(',') ?? [],
      deskSecondFactor: e.DESK_SECOND_FACTOR === undefined ? production : e.DESK_SECOND_FACTOR === 'on',
      deskIdleMinutes: e.DESK_IDLE_MINUTES,
      seed: e.SEED ?? (production ? 'none' : 'demo'),
      rateLimit: e.RATE_LIMIT === 'on',
      caps: capsOf(e),
      offerHours: { from, to },
      offerMinutes: e.OFFER_MINUTES ?? null,
      approvalDays: e.APPROVAL_DAYS,
      confirmDays: e.CONFIRM_DAYS,
      firstRightHours: e.FIRST_RIGHT_HOURS,
      logLevel: e.LOG_LEVEL,
      trustProxy: e.TRUST_PROXY === '1' || e.TRUST_PROXY === 'true',
      backupDir: e.BACKUP_DIR,
      retentionYears: e.RETENTION_YEARS,
    },
  }
}
