import type { HTMLElement } from 'node-html-parser'
import { hmac } from '../../../src/base/token.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { type Fields, fieldsOf, type Page, pageOf, pathOf, type Site } from '../../http/app.ts'
import { type Staff, signedIn } from '../../http/desk/fixtures.ts'
import { pages } from '../../http/desk/odd.ts'
import { seminar } from '../../schedule/fixtures.ts'
import { application, freshKey, MITO } from '../../world.ts'
import type { Sent } from '../requests.ts'
import type { Plan } from './hostile.ts'

/** A request as a form, link or program sends it. */
export type Template = {
  as: string
  method: string
  path: string
  fields: Fields
  json?: Record<string, unknown>
}

/** Who sends requests, with the headers of each. */
export type Roles = Record<string, Record<string, string>>

export type House = {
  s: Site
  roles: Roles
  templates: Template[]
  /** Names of parameters that links and forms of the site have. */
  parameters: string[]
}

type Schema = { properties?: Record<string, unknown> }
type Operation = { parameters?: { name: string; in: string }[]; requestBody?: unknown }
type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

const ENDS_A_PASS = /sign-out|security\/(end|totp|drop)/

/** The forms of a page. */
function formsOf(as: string, path: string, root: HTMLElement): Template[] {
  return root.querySelectorAll('form').map((form) => ({
    as,
    method: (form.getAttribute('method') ?? 'get').toUpperCase(),
    path: pathOf(form.getAttribute('action') || path),
    fields: [
      ...fieldsOf(form),
      ...form
        .querySelectorAll('button[name]')
        .map((one): [string, string] => [one.getAttribute('name') ?? '', one.getAttribute('value') ?? '']),
    ],
  }))
}

/** The links of a page to this site. */
function linksOf(as: string, root: HTMLElement): Template[] {
  return root.querySelectorAll('a[href]').flatMap((link) => {
    const url = URL.parse(link.getAttribute('href') ?? '', 'http://localhost:8787')
    if (url?.host !== 'localhost:8787') return []
    url.searchParams.delete('lang')
    return [{ as, method: 'GET', path: url.pathname, fields: [...url.searchParams] }]
  })
}

/** The operations of the API as its description has them, with a body that is taken. */
async function operations(s: Site, ids: { booking: string; session: string }): Promise<Template[]> {
  const answer = await s.ask('/api/openapi.json')
  const description: Description = JSON.parse(answer.body)
  const { BookInput } = description.components.schemas
  const body = application()
  for (const name of Object.keys(BookInput?.properties ?? {})) body[name] ??= null
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      as: 'bearer',
      method: method.toUpperCase(),
      path: `/api/v1${path}`.replace('{id}', path.includes('bookings') ? ids.booking : ids.session),
      fields: parameters.filter((one) => one.in === 'query').map((one): [string, string] => [one.name, '']),
      ...(requestBody !== undefined && {
        json: path.endsWith('move') ? { session: MITO, slot: `${MITO}-1100` } : body,
      }),
    })),
  )
}

/** Every route, with rows that exist in its address. */
function routesOf(s: Site, ids: Record<string, string>): Template[] {
  const routes = s.app.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  return routes.map(({ method, path }) => {
    const part = Object.keys(ids).find((one) => path.includes(one))
    const filled = path
      .replace(/:file\{.*\}/, `${MITO}.ics`)
      .replace(':act', 'venue')
      .replace(':name', 'style.css')
      .replace(/:(id|token)/, (part && ids[part]) ?? MITO)
    // What ends a pass is asked by nobody.
    const asStaff = path.startsWith('/desk') && !ENDS_A_PASS.test(path)
    const as = asStaff ? 'secretariat' : path.startsWith('/api') ? 'bearer' : 'public'
    return { as, method, path: filled, fields: [] }
  })
}

/** A booking whose texts would be markup, formulas or lines if anything took them for such. */
const MARKED = {
  company: '株式会社<x0 y=1>" y0="1',
  name: '=1+1<x0 y=1>',
  message: 'a\nATTENDEE:mailto:evil@example.jp\nX-Evil:1\n<x0 y=1>',
}

/** Signs in the members of staff again whose browser is signed out by now. */
export async function signedInAgain({ s, roles }: House): Promise<void> {
  for (const role of ['viewer', 'desk', 'secretariat'] as const) {
    const { status } = await s.ask('/desk/bookings', { headers: roles[role] ?? {} })
    if (status !== 200) roles[role] = { cookie: (await signedIn(s, role, '08')).cookie }
  }
}

/** The site with rows of every kind, and what may be sent to it. */
export async function house(s: Site): Promise<House> {
  const secretariat = await signedIn(s, 'secretariat')
  const desk = await signedIn(s, 'desk', '08')
  const viewer = await signedIn(s, 'viewer', '08')
  const later = { ...seminar({ id: 'later', prefecture: '08', date: null, hours: null }), desk: 'secretariat' }
  await publishSession(s.system, later)
  await s.post('/sessions/later/tell', Object.entries({ email: 'later@example.jp', consent: 'true', locale: 'ja' }))
  const [asked = ''] = await s.column<string>("select id from interest where session = 'later'")
  const told = await hmac(s.ctx.config.secrets[0] ?? '', `${asked}.interest`)
  const booking = await s.booked({ ...MARKED, slot: `${MITO}-1300` })
  const [letter = ''] = await s.column<string>('select id from outbox where subject = ?', booking.id)
  const cookie = (staff: Staff) => ({ cookie: staff.cookie })
  const roles: Roles = {
    public: {},
    bearer: { authorization: `Bearer ${booking.token}` },
    viewer: cookie(viewer),
    desk: cookie(desk),
    secretariat: cookie(secretariat),
  }
  const opened: [string, Page][] = []
  const look = async (as: string, paths: string[]) => {
    for (const path of paths) {
      const answer = await s.ask(path, { headers: roles[as] ?? {} })
      if (/html/.test(answer.headers.get('content-type') ?? '') && answer.status === 200) {
        opened.push([`${as} ${path}`, pageOf(answer)])
      }
    }
  }
  await look('secretariat', await pages(s, secretariat))
  await look('public', [
    '/',
    '/calendar',
    '/desks',
    '/lookup',
    '/subscribe',
    '/desk/sign-in',
    '/sessions/later',
    `/tell/${told}`,
    `/sessions/${MITO}`,
    `/sessions/${MITO}/book`,
    `/sessions/${MITO}/book?waitlist=true`,
    ...['', '/cancel', '/move', '/erase', '/survey', '/done'].map((tail) => `/b/${booking.token}${tail}`),
  ])
  const found = opened.flatMap(([name, { root }]) => {
    const [as = '', path = ''] = name.split(' ')
    return { forms: formsOf(as, path, root), links: linksOf(as, root) }
  })
  const forms = found.flatMap((one) => one.forms).filter(({ path }) => !ENDS_A_PASS.test(path))
  const links = found.flatMap((one) => one.links)
  const queried = [...new Map(links.filter((one) => one.fields.length > 0).map((one) => [one.path, one])).values()]
  const ids = {
    '/desk/people/': desk.id,
    '/desk/outbox/': letter,
    '/desk/bookings/': booking.id,
    '/api/v1/bookings/': booking.id,
    '/desk/series/': 'ibaraki',
    '/desk/venues/': 'ibaraki',
    '/b/': booking.token,
    '/tell/': told,
  }
  const of = await operations(s, { booking: booking.id, session: MITO })
  const names = [...forms.filter((one) => one.method === 'GET'), ...links, ...of].flatMap((one) =>
    one.fields.map(([name]) => name),
  )
  const templates = [...routesOf(s, ids), ...forms, ...forms, ...queried, ...of, ...of, ...of]
  return { s, roles, templates, parameters: [...new Set(names)].toSorted() }
}

/** The names and values after the edits of a plan. Where there are no fields, parameters of the site are tried. */
function edited(fields: Fields, { edits }: Plan, parameters: string[]): Fields {
  let all = [...fields]
  for (const { field, text, how } of edits) {
    const names = all.length > 0 ? all.map(([name]) => name) : parameters
    const name = names[field % names.length] ?? 'x'
    const others = all.filter(([each]) => each !== name)
    if (how === 'drop') all = others
    else if (how === 'twice') all = [...all, [name, text]]
    else if (how === 'list') all = [...others, [`${name}[]`, text]]
    else if (how === 'append') all = [...others, [name, `${new Map(all).get(name) ?? ''}${text}`]]
    else all = [...others, [name, text]]
  }
  return all
}

function editedJson(json: Record<string, unknown>, { edits }: Plan): Record<string, unknown> {
  const all = { ...json }
  for (const { field, value, text, how } of edits) {
    const names = Object.keys(all)
    const name = names[field % names.length] ?? 'x'
    if (how === 'drop') delete all[name]
    else if (how === 'append') all[name] = `${String(all[name])}${text}`
    else if (how === 'list') all[name] = [all[name], value]
    else if (how === 'twice') all[text] = value
    else all[name] = value
  }
  return all
}

const BOUNDARY = 'boundary-of-a-test'

/** A body as a browser sends a form with files, with whatever stands in names and values. */
function multipart(fields: Fields): string {
  const parts = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const file = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n\u0000\r\n`
  return `${parts.join('')}${file}--${BOUNDARY}--\r\n`
}

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** The body of a form in the shape of the plan, with its type. */
function formBody(fields: Fields, shape: Plan['shape']): { type: string | null; body: string } {
  const encoded = new URLSearchParams(fields).toString()
  const type = 'application/x-www-form-urlencoded'
  if (shape === 'multipart') return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: multipart(fields) }
  if (shape === 'other') return { type: 'text/plain', body: encoded }
  if (shape === 'cut') return { type, body: `${encoded}&x=%E0%A4%A&%&=&${encoded.slice(0, -1)}%` }
  if (shape === 'nested') return { type: 'application/json', body: JSON.stringify(Object.fromEntries(fields)) }
  if (shape === 'listed') return { type: 'multipart/form-data', body: multipart(fields) }
  if (shape === 'untyped') return { type: null, body: encoded }
  return { type, body: encoded }
}

/** A JSON body in the shape of the plan, with its type. */
function jsonBody(json: Record<string, unknown>, shape: Plan['shape']): { type: string | null; body: string } {
  const body = JSON.stringify(json)
  const type = 'application/json'
  if (shape === 'multipart') return { type: 'application/json; charset=utf-16', body }
  if (shape === 'other') return { type: 'text/plain', body }
  if (shape === 'cut') return { type, body: body.slice(0, body.length / 2) }
  if (shape === 'nested') return { type, body: deep(20_000) }
  if (shape === 'listed') return { type, body: `[${body}]` }
  if (shape === 'untyped') return { type: null, body }
  return { type, body }
}

/** A query, for some shapes with percent signs that encode nothing. */
function queryOf(fields: Fields, { shape, english }: Plan): string {
  const encoded = new URLSearchParams(
    fields.map(([name, value]): [string, string] => [name, value.slice(0, 2000)]),
  ).toString()
  const raw = shape === 'cut' ? '&%E0%A4%A=%&%ED%A0%80' : ''
  const query = `${encoded}${english ? '&lang=en' : ''}${raw}`
  return query === '' ? '' : `?${query}`
}

/** One of the segments of a path, replaced. */
function withSegment(path: string, segment: Plan['segment']): string {
  if (!segment) return path
  const [nth, text] = segment
  const parts = path.split('/')
  const at = 1 + (nth % Math.max(1, parts.length - 1))
  parts[at] = encodeURIComponent(text.toWellFormed().slice(0, 500))
  return parts.join('/')
}

/** The request of a template, as a plan changes it. */
export function requestOf({ roles, parameters }: House, template: Template, plan: Plan): Sent {
  const names = Object.keys(roles)
  // Mostly whose form it is, sometimes somebody else.
  const as = plan.as % 5 === 0 ? (names[plan.which % names.length] ?? 'public') : template.as
  const [base = '', query = ''] = template.path.split('?')
  const path = withSegment(base, plan.segment)
  const headers: Record<string, string> = { ...roles[as], ...(plan.header && { [plan.header[0]]: plan.header[1] }) }
  const method = template.method === 'GET' && plan.as % 7 === 0 ? 'HEAD' : template.method
  const fields = edited(template.fields, plan, parameters)
  if (method !== 'POST') {
    return { as, method, path: `${path}${queryOf([...new URLSearchParams(query), ...fields], plan)}`, headers }
  }
  const { type, body } = template.json
    ? jsonBody(editedJson(template.json, plan), plan.shape)
    : formBody(fields, plan.shape)
  if (type !== null) headers['content-type'] = type
  if (template.json) headers['idempotency-key'] ??= freshKey()
  const asked = `${path}${queryOf([...new URLSearchParams(query)], plan)}`
  return { as, method, path: asked, headers, body }
}
