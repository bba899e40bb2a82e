import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { measured } from '../../src/http/metrics.ts'
import { prometheus } from '../../src/node/prometheus.ts'
import { application, freshKey, MITO } from '../world.ts'
import { type Site, site } from './app.ts'

let s: Site
beforeEach(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://mail.invalid' } })
})

/** Each sample by its name and labels, as a second reader of the exposition format sees it. */
async function samples(): Promise<Map<string, number>> {
  const { body } = await s.ask('/metrics')
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const found = /^([a-z_:][\w:]*(?:\{.*\})?) (\S+)$/i.exec(line)
      if (!found) throw new Error(`no sample: ${line}`)
      return [found[1] ?? '', Number(found[2])]
    }),
  )
}

const requests = (route: string, method: string, status: number) =>
  `madoguchi_request_seconds_count{route="${route}",method="${method}",status="${status}"}`

test('is text that Prometheus reads, each name with its help and type', async () => {
  const answer = await s.ask('/metrics')
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  expect(answer.headers.get('cache-control')).toBe('no-store')
  for (const name of [
    'madoguchi_request_seconds histogram',
    'madoguchi_letters gauge',
    'madoguchi_refusals_total counter',
  ]) {
    expect(answer.body).toContain(`# TYPE ${name}`)
  }
})

test('has every name that the sample of alerts asks for', async () => {
  const asked = new Set(readFileSync('docs/deploy/alerts.yml', 'utf8').match(/\bmadoguchi_\w+/g))
  await s.send('/api/v1/bookings', { name: 1 }, { 'idempotency-key': freshKey() })
  await s.ask('/')
  const names = new Set([...(await samples()).keys()].map((sample) => sample.replace(/\{.*/, '')))
  expect([...asked].filter((name) => !names.has(name))).toEqual([])
  expect(asked.size).toBeGreaterThan(3)
})

test('counts requests by route and status, refusals by reason and unsent letters', async () => {
  const one = await s.booked({ slot: `${MITO}-1000` })
  await s.booked({ slot: `${MITO}-1000` })
  await s.ask(`/b/${one.token}`)
  await s.ask('/b/none')
  await s.ask('/nowhere/at/all')
  await s.send('/api/v1/bookings', application({ session: 'none' }), { 'idempotency-key': freshKey() })
  for (let i = 0; i < 3; i++) await s.send('/api/v1/bookings', { name: 1 }, { 'idempotency-key': freshKey() })
  s.at('2026-11-22T01:01:40.000Z')
  const found = await samples()
  expect(found.get(requests('/api/v1/bookings', 'POST', 201))).toBe(2)
  expect(found.get(requests('/api/v1/bookings', 'POST', 422))).toBe(3)
  expect(found.get(requests('/b/:token', 'GET', 200))).toBe(1)
  expect(found.get(requests('/b/:token', 'GET', 404))).toBe(1)
  expect(found.get(requests('none', 'GET', 404))).toBe(1)
  expect(found.get('madoguchi_refusals_total{why="invalid"}')).toBe(3)
  expect(found.get('madoguchi_refusals_total{why="unknown"}')).toBe(1)
  expect(found.get('madoguchi_letters{state="waiting"}')).toBe(2)
  expect(found.get('madoguchi_oldest_unsent_letter_seconds')).toBe(100)
})

test('holds nothing of anybody, nor a link', async () => {
  const one = await s.booked({ email: 'taro@example.jp' })
  await s.ask(`/b/${one.token}/cancel`)
  const { body } = await s.ask('/metrics')
  for (const text of [one.token, one.number, one.id, 'taro', '髙橋']) expect(body).not.toContain(text)
})

test('is two reads, however many letters there are', async () => {
  for (const slot of ['1000', '1000', '1100']) await s.booked({ slot: `${MITO}-${slot}` })
  s.reads()
  await s.ask('/metrics')
  expect(s.reads()).toBe(2)
})

test('commits are counted by what became of them', async () => {
  const metrics = prometheus()
  const store = measured(s.ctx.store, metrics)
  const holds = (value: number) => store.db.insertInto('expectation').values({ holds: value })
  await store.commit(holds(1))
  expect(await store.commit(holds(0))).toEqual({ ok: false, broke: 'still_true' })
  const { body } = await metrics.text({ letters: {}, oldestUnsentSeconds: 0 })
  expect(body).toContain('madoguchi_commits_total{outcome="ok"} 1')
  expect(body).toContain('madoguchi_commits_total{outcome="still_true"} 1')
})
