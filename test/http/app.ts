import { Writable } from 'node:stream'
import { type HTMLElement, parse } from 'node-html-parser'
import { pino } from 'pino'
import { readMigrations } from '../../db/seed/migrations.ts'
import { createApp } from '../../src/app.ts'
import type { Clock } from '../../src/base/clock.ts'
import { readAssets } from '../../src/node/assets.ts'
import { compress } from '../../src/node/built-assets.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import type { Migration } from '../../src/store/migrate.ts'
import type { Store } from '../../src/store/store.ts'
import { afterTest } from '../ends.ts'
import { application, freshKey, world } from '../world.ts'

/** An answer of the site, its body read. */
export type Answer = { status: number; headers: Headers; body: string; location: string }

/** A page of the site as a browser without JavaScript has it. `text` is what it says, without its folded help. */
export type Page = Answer & { root: HTMLElement; main: HTMLElement; title: string; text: string }

/** What a form sends, in the order of its controls. */
export type Fields = [name: string, value: string][]

/** A booking as the API answers it. */
type Told = {
  id: string
  number: string
  status: string
  session: string
  slot: string | null
  format: string
  seats: number
  sequence: number
  manage_url: string
  ics_url: string
  shown: string
}

const assets = readAssets()
type Options = Parameters<typeof world>[0] & {
  /** Keep public pages for a second. */
  cache?: boolean | 'finished'
  /** The clock of caches and limits, in milliseconds. By default the time of the site. */
  elapsed?: () => number
  /** A clock that moves on a millisecond whenever it is read, as a real one does. */
  moving?: boolean
  /** What is logged; read it in `lines`. */
  level?: string
  /** What the site has in place of its rows. */
  around?: (store: Store) => Store
  /** Migrations that the code knows beside those applied. */
  pending?: Migration[]
}

/** A clock that moves on a millisecond whenever it is read. */
export function movingFrom(clock: Clock): Clock {
  let reads = 0
  return { now: () => new Date(Date.parse(clock.now()) + reads++).toISOString() }
}

/**
 * Every route, on rows and a clock of its own. By default pages are not cached, rates not limited and browsers not
 * locked.
 */
export async function site(options: Options = {}) {
  const { cache = false, level = 'silent', pending = [], moving = false, around = (store) => store, ...rest } = options
  const w = await world({ ...rest, env: { RATE_LIMIT: 'off', DESK_IDLE_MINUTES: '720', ...rest.env } })
  afterTest(w.close)
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  let nudges = 0
  const app = createApp({
    store: around(w.ctx.store),
    clock: moving ? movingFrom(w.ctx.clock) : w.ctx.clock,
    config: w.ctx.config,
    log: pino({ level, base: null }, stream),
    migrations: [...readMigrations(), ...pending],
    assets,
    metrics: prometheus(),
    cache,
    compress,
    elapsed: options.elapsed ?? (() => Date.parse(w.ctx.clock.now())),
    nudge: () => {
      nudges++
    },
  })

  async function ask(address: string, init?: RequestInit, from = '192.0.2.1'): Promise<Answer> {
    const answer = await app.request(address, init, { incoming: { socket: { remoteAddress: from } } })
    const { status, headers } = answer
    return { status, headers, body: await answer.text(), location: headers.get('location') ?? '' }
  }

  async function page(address: string, init?: RequestInit): Promise<Page> {
    return pageOf(await ask(address, init))
  }

  /** Posts a form as a browser without scripts encodes it. */
  const post = (address: string, fields: Fields = [], headers: Record<string, string> = {}, from?: string) =>
    ask(address, { method: 'POST', body: new URLSearchParams(fields), headers }, from)

  /** Sends a form and follows where it leads. */
  async function submit(form: HTMLElement, fields: Fields = fieldsOf(form)): Promise<Page> {
    const answer = await post(form.getAttribute('action') ?? '', fields)
    return answer.status === 303 ? page(pathOf(answer.location)) : pageOf(answer)
  }

  /** Posts JSON as a program does. */
  const send = (address: string, body: unknown, headers: Record<string, string> = {}, from?: string) =>
    ask(
      address,
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } },
      from,
    )

  /** Books through the API; throws unless it answered 201. */
  async function booked(changes: Record<string, unknown> = {}, key = freshKey()): Promise<Told & { token: string }> {
    const answer = await send('/api/v1/bookings', application(changes), { 'idempotency-key': key })
    if (answer.status !== 201) throw new Error(`not booked: ${answer.status} ${answer.body}`)
    const { booking }: { booking: Told } = JSON.parse(answer.body)
    return { ...booking, token: booking.manage_url.split('/').at(-1) ?? '' }
  }

  return { ...w, app, lines, nudges: () => nudges, ask, page, post, submit, send, booked }
}

export type Site = Awaited<ReturnType<typeof site>>

/** Reads an answer as a page. Throws if it is not a page. */
export function pageOf(answer: Answer): Page {
  const root = parse(answer.body)
  const main = root.querySelector('main')
  if (!main) throw new Error(`answered ${answer.status} without a page: ${answer.body.slice(0, 200)}`)
  const help = main.querySelector('.guide')?.text ?? ''
  return { ...answer, root, main, title: root.querySelector('title')?.text ?? '', text: main.text.replace(help, '') }
}

/** Path and query of an address of this site. */
export function pathOf(address: string): string {
  const { pathname, search } = new URL(address, 'http://localhost:8787')
  return pathname + search
}

function valuesOf(control: HTMLElement): string[] {
  const type = control.getAttribute('type') ?? 'text'
  if (control.tagName === 'TEXTAREA') return [control.text]
  if (control.tagName === 'SELECT') {
    const selected = control.querySelectorAll('option[selected]')
    // A list of several may have nothing chosen; any other has its first option then.
    const first = control.hasAttribute('multiple') ? [] : control.querySelectorAll('option').slice(0, 1)
    return (selected.length > 0 ? selected : first).map((option) => option.getAttribute('value') ?? option.text)
  }
  if (type === 'submit' || type === 'button') return []
  if (type === 'radio' || type === 'checkbox') {
    return control.hasAttribute('checked') ? [control.getAttribute('value') ?? 'on'] : []
  }
  return [control.getAttribute('value') ?? '']
}

/** The fields a browser sends (HTML, "constructing the entry list"), with the given changes. */
export function fieldsOf(form: HTMLElement, changes: Record<string, string | string[]> = {}): Fields {
  const standing = form
    .querySelectorAll('input, select, textarea')
    .filter((control) => control.hasAttribute('name') && !control.hasAttribute('disabled'))
    .flatMap((control) => valuesOf(control).map((value): Fields[number] => [control.getAttribute('name') ?? '', value]))
  return [
    ...standing.filter(([name]) => !(name in changes)),
    ...Object.entries(changes).flatMap(([name, value]) => [value].flat().map((one): Fields[number] => [name, one])),
  ]
}

/** The form that posts to an address. `step` chooses between several. */
export function formTo(page: Page, action: string, step?: string): HTMLElement {
  const form = page.root
    .querySelectorAll(`form[action="${action}"]`)
    .find((one) => one.querySelector('input[name=step]')?.getAttribute('value') === step)
  if (!form) throw new Error(`no form to ${action} (${step ?? 'no step'}) on ${page.title}`)
  return form
}

/** The first file that the rule of a route names: `a.csv` of `a\.csv|a\.json`. Undefined if it names none. */
export function fileNamed(rule: string): string | undefined {
  return rule.includes('|') ? rule.split('|')[0]?.replaceAll('\\', '') : undefined
}
