import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { NOW } from '../world.ts'
import { site } from './app.ts'

const ready = { status: 'ready', database: 'ok', migrations: 'current', oldest_unsent_letter_seconds: null }

test('/healthz says that the process answers and its version, and asks nothing of the database', async () => {
  const s = await site()
  s.reads()
  const answer = await s.ask('/healthz')
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { ok: true, version: manifest.version }])
  expect(s.reads()).toBe(0)
})

test('/readyz says that the database answers and its migrations are current', async () => {
  const s = await site()
  const answer = await s.ask('/readyz')
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, ready])
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('/readyz tells the age of the oldest letter that should have been sent, until it is sent', async () => {
  const s = await site({ env: { SMTP_URL: 'smtp://mail.invalid' } })
  const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString()
  await s.booked()
  s.at(later(100))
  await s.booked()
  s.at(later(130))
  expect(JSON.parse((await s.ask('/readyz')).body)).toEqual({ ...ready, oldest_unsent_letter_seconds: 130 })
  await s.run("update outbox set state = 'sent' where created_at < '2026-11-22T01:00:30.000Z'")
  expect(JSON.parse((await s.ask('/readyz')).body)).toEqual({ ...ready, oldest_unsent_letter_seconds: 30 })
  await s.run("update outbox set state = 'failed'")
  expect(JSON.parse((await s.ask('/readyz')).body)).toEqual(ready)
})

test('/readyz warns that the last programme ends soon, and is ready all the same', async () => {
  const s = await site()
  await s.run("delete from programme where starts_on > '2027-03-31'")
  s.at('2026-12-30T14:59:59.999Z')
  expect(JSON.parse((await s.ask('/readyz')).body)).toEqual(ready)
  s.at('2026-12-30T15:00:00.000Z')
  const answer = await s.ask('/readyz')
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    200,
    { ...ready, warnings: [expect.stringContaining('the last programme ends on 2027-03-31: ')] },
  ])
})

test('/readyz does not wait for letters that are only kept', async () => {
  const s = await site()
  await s.booked()
  s.at('2026-11-23T01:00:00.000Z')
  expect(JSON.parse((await s.ask('/readyz')).body)).toEqual(ready)
})

test('/readyz is 503 and names them while migrations are pending', async () => {
  const s = await site({
    pending: [
      { name: '9998_one', sql: '' },
      { name: '9999_two', sql: '' },
    ],
  })
  const answer = await s.ask('/readyz')
  expect(answer.status).toBe(503)
  expect(JSON.parse(answer.body)).toEqual({ ...ready, status: 'not ready', migrations: 'pending: 9998_one, 9999_two' })
  expect((await s.ask('/healthz')).status).toBe(200)
})

test('/readyz is 503 if the database is newer than the code', async () => {
  const s = await site()
  await s.run("insert into migration values ('9999_from_the_future', '2026-11-22T01:00:00.000Z')")
  expect((await s.ask('/readyz')).status).toBe(503)
})

test('/readyz is 503 if the database does not answer, and the log says why', async () => {
  const s = await site({ level: 'error' })
  await s.ctx.store.close()
  const answer = await s.ask('/readyz')
  expect([answer.status, JSON.parse(answer.body)]).toEqual([503, { status: 'not ready', database: 'unreachable' }])
  expect(s.lines.join('')).toContain('not ready')
  expect((await s.ask('/healthz')).status).toBe(200)
})

test('both answer a HEAD, as load balancers send it', async () => {
  const s = await site()
  for (const path of ['/healthz', '/readyz']) {
    const head = await s.ask(path, { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, ''])
  }
})
