import { type HTMLElement, parse } from 'node-html-parser'
import { SMTPServer } from 'smtp-server'
import { readMigrations } from '../../db/seed/migrations.ts'
import { createApp } from '../../src/app.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { readAssets } from '../../src/node/assets.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { tickAndSend } from '../mail/fixtures.ts'
import { world } from '../world.ts'
import { fileName, type folder, unzipped } from './files.ts'
import { aside, reseed, setNow } from './fixed.ts'

/** A browser with its cookies. */
export type Visitor = { name: string; cookies: Map<string, string> }

/** What a form sends. */
export type Fields = Record<string, string | string[]>

/** An answer, its body read as text. */
export type Answer = { status: number; body: string; location: string; path: string }

type Asking = {
  method?: string
  fields?: Fields
  json?: unknown
  body?: string | FormData
  headers?: Record<string, string>
  name?: string
}

export function visitor(name: string, locale: 'ja' | 'en', of?: Visitor): Visitor {
  const cookies = new Map(of?.cookies)
  if (locale === 'en') cookies.set('lang', 'en')
  return { name: `${name}-${locale}`, cookies }
}

/** The names of steps that are refused on purpose. */
const MEANT = /\b(wrong|refused|twice|too|full|unknown|limited|elsewhere|of another)\b/

/** Visitors who ask for what their role may not do. */
const WITHOUT = /^(viewer|expert|tokyo)-/

const pairsOf = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))

function valuesOf(control: HTMLElement): string[] {
  const type = control.getAttribute('type') ?? 'text'
  if (control.tagName === 'TEXTAREA') return [control.text]
  if (control.tagName === 'SELECT') {
    const chosen = control.querySelector('option[selected]') ?? control.querySelector('option')
    return chosen ? [chosen.getAttribute('value') ?? chosen.text] : []
  }
  if (type === 'submit' || type === 'button') return []
  if ((type === 'radio' || type === 'checkbox') && !control.hasAttribute('checked')) return []
  return [control.getAttribute('value') ?? '']
}

/** What a browser sends of the form to an address, with what a person changed. Throws if the page has no such form. */
export function formOf(answer: Answer, action: string, changes: Fields = {}): Fields {
  const form = parse(answer.body)
    .querySelectorAll('form')
    .find((one) => one.getAttribute('action') === action)
  if (!form) throw new Error(`no form to ${action} on ${answer.path} (${answer.status})`)
  return fieldsOf(form, changes)
}

/** What a browser sends of a form, with what a person changed. */
export function fieldsOf(form: HTMLElement, changes: Fields = {}): Fields {
  const fields: Record<string, string[]> = {}
  for (const control of form.querySelectorAll('input, select, textarea')) {
    const name = control.getAttribute('name')
    if (name === undefined || control.hasAttribute('disabled')) continue
    const values = valuesOf(control)
    if (values.length > 0) fields[name] = [...(fields[name] ?? []), ...values]
  }
  return { ...fields, ...changes }
}

function initOf(who: Visitor, method: string, { fields, json, body, headers }: Asking): RequestInit {
  const cookie = [...who.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const init = { method, headers: { ...(cookie && { cookie }), ...headers } }
  if (fields) return { ...init, body: new URLSearchParams(pairsOf(fields)) }
  if (json === undefined) return body === undefined ? init : { ...init, body }
  return { ...init, body: JSON.stringify(json), headers: { ...init.headers, 'content-type': 'application/json' } }
}

function keepCookies(who: Visitor, answer: Response): void {
  for (const set of answer.headers.getSetCookie()) {
    const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    if (value === '') who.cookies.delete(key)
    else who.cookies.set(key, value)
  }
}

/** The path and query of an address of this site. Returns null for another site. */
function ownPath(href: string, at: string): string | null {
  const url = URL.parse(href, `http://localhost:8787${at}`)
  return url?.origin === 'http://localhost:8787' ? url.pathname + url.search : null
}

/** A mail server that keeps letters as they were sent. Boundaries are replaced by numbers. */
async function postOffice() {
  const letters: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push(Buffer.concat(chunks).toString('utf8'))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    letters,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

function plainMime(raw: string): string {
  const found = new Map<string, string>()
  return raw.replaceAll(/--_NmP-[\w-]+|----_NmP-[\w-]+|-{2,}_[\w-]*Part_[\w.-]+/g, (one) => {
    const key = one.replace(/^-+/, '').replace(/-+$/, '')
    if (!found.has(key)) found.set(key, `boundary-${found.size + 1}`)
    return one.replace(key, found.get(key) ?? '')
  })
}

/** The product with its routes, letters and clock. Every answer is written to a folder. */
export async function house(files: ReturnType<typeof folder>, prefix: string, env: Record<string, string> = {}) {
  const post = await postOffice()
  const w = await world({
    shared: true,
    env: { RATE_LIMIT: 'off', DESK_IDLE_MINUTES: '720', SMTP_URL: post.url, MAIL_CONNECTIONS: '1', ...env },
  })
  const logged: string[] = []
  const log = (entry: object, message?: string) => {
    logged.push(JSON.stringify({ ...entry, ...(message !== undefined && { message }) }))
  }
  const assets = readAssets()
  const app = createApp({
    store: w.ctx.store,
    clock: w.ctx.clock,
    config: w.ctx.config,
    assets,
    metrics: prometheus(),
    cache: false,
    log: { error: log, warn: log, info: log },
    migrations: readMigrations(),
    nudge: () => undefined,
  })
  const routes = app.routes
    .filter((one) => one.method !== 'ALL')
    .map(({ method, path }) => {
      const pattern = path.replaceAll(/:\w+(\{[^}]+\})?/g, (_, rule?: string) => (rule ? rule.slice(1, -1) : '[^/]+'))
      return { name: `${method} ${path}`, method, fits: new RegExp(`^${pattern}/?$`) }
    })
  const visited = new Set<string>()
  const refused: string[] = []
  let step = prefix
  let now = '2026-11-22T01:00:00.000Z'
  let ticks = 0

  const routeOf = (method: string, path: string) =>
    routes.find((one) => one.method === method && one.fits.test(path.split('?')[0] ?? ''))?.name ?? `${method} none`

  /** Asks for an address and writes the answer: its status, sorted headers and body. */
  async function ask(who: Visitor, path: string, asking: Asking = {}): Promise<Answer> {
    const { name = '' } = asking
    const sends = asking.fields || asking.json !== undefined || asking.body !== undefined
    const method = asking.method ?? (sends ? 'POST' : 'GET')
    const file = files.named(`${step}/${who.name}/${method} ${name === '' ? fileName(path) : name}`)
    reseed(file)
    visited.add(routeOf(method, path))
    const init = initOf(who, method, asking)
    const answer = await app.request(path, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
    keepCookies(who, answer)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const type = answer.headers.get('content-type') ?? ''
    const kept = type.includes('spreadsheetml') ? Buffer.from(unzipped(bytes)) : bytes
    const head = [...answer.headers].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}: ${value}`)
    files.write(file, Buffer.concat([Buffer.from(`${method} ${path}\n${answer.status}\n${head.join('\n')}\n\n`), kept]))
    const location = answer.headers.get('location') ?? ''
    const isRefused = answer.status >= 400 && method !== 'GET'
    // What a role may not do is asked on purpose.
    if (isRefused && !MEANT.test(name) && !(answer.status === 403 && WITHOUT.test(who.name))) {
      refused.push(`${file} (${answer.status})`)
    }
    return { status: answer.status, body: bytes.toString('utf8'), location: ownPath(location, path) ?? location, path }
  }

  /** Sends a form and follows where it leads. */
  async function send(who: Visitor, path: string, fields: Fields = {}, name?: string): Promise<Answer> {
    const answer = await ask(who, path, { fields, ...(name !== undefined && { name }) })
    if (answer.status !== 303) return answer
    return ask(who, answer.location, name === undefined ? {} : { name: `${name} then` })
  }

  /** Follows the links of pages, at most `most` of a kind: the same route with the same names in its query. */
  async function crawl(who: Visitor, starts: string[], most: number, within = ''): Promise<void> {
    const queue = [...starts]
    const seen = new Set<string>()
    const counts = new Map<string, number>()
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (seen.has(path)) continue
      seen.add(path)
      const kind = `${routeOf('GET', path)} ${[...new URLSearchParams(path.split('?')[1])].map(([key]) => key).join(' ')}`
      const count = counts.get(kind) ?? 0
      if (count >= most) continue
      counts.set(kind, count + 1)
      const answer = await ask(who, path)
      if (!answer.body.startsWith('<!')) continue
      for (const one of parse(answer.body).querySelectorAll('a[href], iframe[src]')) {
        const href = one.getAttribute('href') ?? one.getAttribute('src') ?? ''
        const to = ownPath(href.replaceAll('&amp;', '&'), path)
        if (to?.startsWith(within || '/') && !/[?&]lang=|^\/assets/.test(to)) queue.push(to)
      }
    }
  }

  const kinds = new Set<string>()
  const mailer = smtpMailer(post.url, 1)
  const recording: typeof mailer = {
    async send(letter) {
      const id = letter.messageId.slice(1).split('@')[0] ?? ''
      const [row] = await w.rows<{ kind: string; locale: string }>('select kind, locale from outbox where id = ?', id)
      const { text, html, calendar, ...rest } = letter
      const name = files.named(`letters/${row?.kind} ${row?.locale}`)
      kinds.add(`${row?.kind} ${row?.locale}`)
      files.write(
        `${name} parts`,
        [JSON.stringify(rest, null, 2), calendar?.method ?? 'no calendar', text, html, calendar?.content ?? ''].join(
          '\n\n',
        ),
      )
      if (letter.to.address.startsWith('bounce'))
        return { ok: false, permanent: true, fault: 'RCPT TO: 550 no such user' }
      const sent = await aside(() => mailer.send(letter))
      files.write(`${name} raw`, plainMime(post.letters.pop() ?? 'not received'))
      texts.push({ to: letter.to.address, text })
      return sent
    },
    close: () => undefined,
  }
  const texts: { to: string; text: string }[] = []

  /** Sets every clock. */
  const set = (instant: string) => {
    now = instant
    setNow(instant)
    w.at(instant)
  }

  /** Lets the clockwork run once at this moment. */
  async function work(): Promise<void> {
    ticks++
    reseed(`${step} tick ${ticks}`)
    await tickAndSend(w.system, recording, 'golden')
    // What follows happens after these letters left.
    set(new Date(Date.parse(now) + 1000).toISOString())
  }

  return {
    ...w,
    app,
    ask,
    send,
    crawl,
    work,
    routes,
    visited,
    refused,
    kinds,
    assets,
    logged,
    begin: (name: string) => {
      step = `${prefix}${name}`
      ticks = 0
    },
    set,
    now: () => now,
    /** The last letter to an address. */
    letterTo: (address: string) => texts.findLast((one) => one.to === address)?.text ?? '',
    async end() {
      mailer.close()
      await w.close()
      await post.close()
    },
  }
}

export type House = Awaited<ReturnType<typeof house>>
