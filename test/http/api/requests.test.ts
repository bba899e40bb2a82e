import { beforeEach, describe, expect, test } from 'vitest'
import { asking } from '../../matching/fixtures.ts'
import { freshKey } from '../../world.ts'
import { type Site, site } from '../app.ts'

let s: Site
beforeEach(async () => {
  s = await site()
})

const apply = (body: unknown = asking(), key: string | null = freshKey()) =>
  s.send('/api/v1/requests', body, key === null ? {} : { 'idempotency-key': key })

async function made() {
  const answer = await apply()
  const { request } = JSON.parse(answer.body)
  return { ...request, bearer: { authorization: `Bearer ${request.manage_url.split('/').at(-1)}` } }
}

describe('/api/v1/requests', () => {
  test('takes an application, and answers the same to a repetition', async () => {
    const [given, key] = [asking(), freshKey()]
    const first = await apply(given, key)
    expect(first.status).toBe(201)
    expect(JSON.parse(first.body).request).toMatchObject({
      number: 'IB-T-0001',
      status: 'matching',
      visits: { allowed: 3, used: 0, left: 3 },
      expert: null,
      manage_url: expect.stringMatching(/^http:\/\/localhost:8787\/c\/[\w-]{43}$/),
    })
    const again = await apply(given, key)
    expect([again.status, JSON.parse(again.body)]).toEqual([200, JSON.parse(first.body)])
  })

  test('refuses with a code, and says what is wrong with each field', async () => {
    const invalid = await apply(asking({ topics: [], municipality: '' }), null)
    expect([invalid.status, Object.keys(JSON.parse(invalid.body).errors).toSorted()]).toEqual([
      422,
      ['Idempotency-Key', 'municipality', 'topics'],
    ])
    const given = asking()
    await apply(given)
    const twice = await apply({ ...given, message: '' })
    expect([twice.status, JSON.parse(twice.body).code]).toEqual([409, 'twice'])
    expect(twice.body).not.toContain('IB-T-0001')
    await s.run("update request set state = 'withdrawn'")
    await s.run('update entitlement set used = 3')
    expect(JSON.parse((await apply(given)).body)).toMatchObject({ status: 409, code: 'used_up', used: 3 })
  })

  test('shows and withdraws a request with its token alone; again changes nothing', async () => {
    const one = await made()
    const path = `/api/v1/requests/${one.id}`
    expect((await s.ask(path)).status).toBe(401)
    expect((await s.ask(path, { headers: (await made()).bearer })).status).toBe(403)
    expect(JSON.parse((await s.ask(path, { headers: one.bearer })).body).request.number).toBe(one.number)
    const changed = await s.send(`${path}/withdraw`, { shown: 'another' }, one.bearer)
    expect([changed.status, JSON.parse(changed.body).code]).toEqual([409, 'changed'])
    for (const _ of ['first', 'again']) {
      const answer = await s.send(`${path}/withdraw`, { shown: undefined }, one.bearer)
      expect([answer.status, JSON.parse(answer.body).request.status]).toEqual([200, 'withdrawn'])
    }
  })
})
