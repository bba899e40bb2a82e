import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { freshKey, MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'
import { BOOKINGS, type Told } from './fixtures.ts'

let s: Site

async function list(query = ''): Promise<{ sessions: Told[]; next: string | null }> {
  const answer = await s.ask(`/api/v1/sessions${query}`)
  expect([query, answer.status]).toEqual([query, 200])
  return JSON.parse(answer.body)
}

async function one(id: string): Promise<Told> {
  return JSON.parse((await s.ask(`/api/v1/sessions/${id}`)).body)
}

const apply = (body: unknown, key: string | null = freshKey()) =>
  s.send(BOOKINGS, body, key === null ? {} : { 'idempotency-key': key })

describe('/api/openapi.json', () => {
  type Operation = { operationId: string; responses: Record<string, unknown>; security?: unknown }
  type Description = {
    openapi: string
    info: { title: string; version: string }
    servers: { url: string }[]
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, Parameters<typeof z.fromJSONSchema>[0]> }
  }
  let description: Description

  beforeAll(async () => {
    s = await site()
    description = JSON.parse((await s.ask('/api/openapi.json')).body)
  })

  test('is OpenAPI 3.1 of this server', () => {
    expect(description.openapi).toMatch(/^3\.1\./)
    expect(description.info.title).not.toBe('')
    expect(description.servers).toEqual([{ url: 'http://localhost:8787/api/v1' }])
  })

  test('describes every door there is and none that is not', () => {
    const there = s.app.routes
      .filter((route) => route.method !== 'ALL' && route.path.startsWith('/api/v1/'))
      .map((route) => `${route.method} ${route.path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')}`)
    const described = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.toSorted()).toEqual([...new Set(there)].toSorted())
  })

  test('names every operation once and refers to nothing that is missing', () => {
    const names = Object.values(description.paths).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    )
    expect(new Set(names).size).toBe(names.length)
    const refs = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    )
    expect(refs.length).toBeGreaterThan(5)
    for (const name of refs) expect(description.components.schemas).toHaveProperty(name ?? '')
  })

  test('describes what is answered: its schemas read the answers, and refuse others', async () => {
    const { Session, Booking, Problem } = description.components.schemas
    const schemaOf = (schema: typeof Session) => z.fromJSONSchema(schema ?? false)
    for (const session of (await list('?from=2020-04-01')).sessions) schemaOf(Session).parse(session)
    const { token: _, ...booking } = await s.booked()
    schemaOf(Booking).parse(booking)
    schemaOf(Problem).parse(JSON.parse((await apply({})).body))
    const { status: __, ...incomplete } = await one(MITO)
    expect(schemaOf(Session).safeParse(incomplete).success).toBe(false)
    expect(schemaOf(Session).safeParse({ ...incomplete, status: 'nice' }).success).toBe(false)
  })

  test('describes every refusal that the tests of this file meet', () => {
    const book = description.paths['/bookings']?.post?.responses ?? {}
    expect(Object.keys(book)).toEqual(['200', '201', '401', '403', '404', '409', '413', '415', '422', '429'])
    const own = description.paths['/bookings/{id}/cancel']?.post
    expect(Object.keys(own?.responses ?? {})).toEqual(['200', '401', '403', '409'])
    expect(own?.security).toEqual([{ bearer: [] }])
  })

  test('can be browsed without anything from elsewhere', async () => {
    const page = await s.page('/api/docs')
    const from = page.root
      .querySelectorAll('script, link:not([rel=canonical]):not([rel=alternate])')
      .map((each) => each.getAttribute('src') ?? each.getAttribute('href'))
    expect(from.filter((address) => !address?.startsWith('/assets/'))).toEqual([])
    expect(page.root.querySelector('#api-docs')).not.toBeNull()
  })
})
