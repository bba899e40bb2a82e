import { beforeAll, expect, test } from 'vitest'
import { madoguchi, tokenOf } from '../../../docs/api/client/client.ts'
import { book, cancel, firstFree } from '../../../docs/api/client/example.ts'
import { application, freshKey } from '../../world.ts'
import { type Site, site } from '../app.ts'

let s: Site
beforeAll(async () => {
  s = await site()
})

/** The client with the site in place of a network. */
const client = (key?: string) =>
  madoguchi('http://localhost:8787/', {
    ...(key === undefined ? {} : { key }),
    fetch: async (request: Request) => {
      const body = request.method === 'GET' ? undefined : await request.text()
      const { pathname, search } = new URL(request.url)
      const {
        status,
        headers,
        body: said,
      } = await s.ask(`${pathname}${search}`, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(body === undefined ? {} : { body }),
      })
      return new Response(status === 304 ? null : said, { status, headers })
    },
  })

test('the example of the typed client finds a free place, books it once, and cancels it', async () => {
  const api = client()
  const session = await firstFree(api, '08')
  expect(session?.prefecture).toBe('08')
  const slot = session?.slots.find(({ remaining }) => remaining !== 0)?.id ?? null
  const wanted = application({ session: session?.id, slot, format: session?.formats[0] }) as Parameters<typeof book>[1]
  const key = freshKey()
  const made = await book(api, wanted, key)
  expect(made).toMatchObject({ status: 'booked', number: expect.stringMatching(/^IB/) })
  expect((await book(api, wanted, key)).id).toBe(made.id)
  expect(await s.column('select count(*) as n from booking')).toEqual([expect.anything()])
  expect((await cancel(api, made)).status).toBe('cancelled')
})

test('a refusal is a problem with its code, and a wrong key is none of a partner', async () => {
  const api = client()
  await expect(book(api, { ...application(), session: 'nowhere' } as Parameters<typeof book>[1])).rejects.toThrow(
    'unknown',
  )
  await expect(book(api, { ...application(), email: 'x' } as Parameters<typeof book>[1])).rejects.toThrow('invalid')
  await expect(cancel(api, { id: 'nobody', manage_url: 'http://localhost:8787/b/wrong' })).rejects.toThrow(
    'unauthorized',
  )
  await expect(firstFree(client('mk_wrong'), '08')).rejects.toThrow('unauthorized')
})

test('the token is read from a private link', () => {
  expect(tokenOf('https://example.jp/b/abc')).toBe('abc')
  expect(tokenOf('https://example.jp/')).toBe('')
})
