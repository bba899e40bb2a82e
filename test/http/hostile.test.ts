import { beforeAll, describe, expect, test } from 'vitest'
import { MITO } from '../world.ts'
import { type Fields, fieldsOf, pathOf, type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk/fixtures.ts'

/** Values of the right alphabet that an engine or a decoder throws for. */
const HOSTILE = ['a\u0000b', '\u0000', '2147483648', '-2147483649', '9'.repeat(30), 'A'.repeat(41), 'A'.repeat(45)]

/** Every parameter that an address of the site has. */
const PARAMETERS =
  'after cursor date desk done first format from kind lang limit month n page prefecture q s session slot sort state status text to view waitlist'.split(
    ' ',
  )

let s: Site
let all: Staff
let booking: { id: string; token: string }
beforeAll(async () => {
  s = await site()
  all = await signedIn(s, 'secretariat')
  booking = await s.booked()
})

const filled = (path: string) =>
  path
    .replace(/:file\{.*\}/, `${MITO}.ics`)
    .replace(':token', booking.token)
    .replace(':act', 'venue')
    .replace(':name', 'style.css')
    .replace(':id', path.includes('bookings') ? booking.id : path.includes('people') ? all.id : MITO)

test('a parameter that an engine or a decoder cannot read is no fault of the server, at any route', async () => {
  const routes = s.app.routes.filter(({ method, path }) => method === 'GET' && !path.includes('*'))
  const broken: string[] = []
  for (const path of new Set(routes.map((route) => filled(route.path)))) {
    for (const value of HOSTILE) {
      const query = new URLSearchParams(PARAMETERS.map((name): [string, string] => [name, value]))
      for (const asked of [query, new URLSearchParams({ s: value }), new URLSearchParams({ after: value })]) {
        const { status } = await s.ask(`${path}?${asked.toString()}`, { headers: { cookie: all.cookie } })
        if (status >= 500) broken.push(`${status} ${path} ${JSON.stringify(value)}`)
      }
    }
  }
  expect(broken).toEqual([])
})

describe('a form', () => {
  const pages = () => [
    `/desk/sessions/${MITO}/edit`,
    '/desk/series/ibaraki',
    `/desk/bookings/${booking.id}`,
    `/desk/people/${all.id}`,
    '/desk/venues/mito',
  ]

  test('with a revision that no row can have is no fault of the server', async () => {
    const broken: string[] = []
    let sent = 0
    for (const path of pages()) {
      const page = await s.page(path, { headers: { cookie: all.cookie } })
      for (const form of page.root.querySelectorAll('form')) {
        if (!form.querySelector('[name=revision]')) continue
        for (const revision of ['2147483648', '-2147483649', '9'.repeat(30)]) {
          sent++
          const action = pathOf(form.getAttribute('action') || path)
          const { status } = await all.post(action, fieldsOf(form, { revision }))
          if (status >= 500) broken.push(`${status} ${action} ${revision}`)
        }
      }
    }
    expect(broken).toEqual([])
    expect(sent).toBeGreaterThanOrEqual(5 * 3)
  })

  test('with U+0000 in the choice of a venue, looked at before it is done, is no fault of the server', async () => {
    const reason: Fields = [['reason_ja', '会場の都合により']]
    const { status } = await all.post(`/desk/sessions/${MITO}/venue`, [['venue', 'a\u0000'], ...reason])
    expect(status).toBeLessThan(500)
  })

  test('with a query of 60 kB is not answered with an address of 60 kB', async () => {
    const fields: Fields = [
      ['name', '電話の分'],
      ['query', `channel=phone&x=${'a'.repeat(60_000)}`],
    ]
    const { status, location } = await all.post('/desk/bookings/views', fields)
    expect([status, location.length < 1000]).toEqual([422, true])
  })
})

test('an endless address of the console is not repeated in the way to sign in', async () => {
  const { status, location } = await s.ask(`/desk/${'a'.repeat(10_000)}`)
  expect([status, pathOf(location)]).toEqual([303, '/desk/sign-in'])
  expect(pathOf((await s.ask('/desk/bookings?page=2')).location)).toBe('/desk/sign-in?to=%2Fdesk%2Fbookings%3Fpage%3D2')
})

test.each(['/lookup', `/sessions/${MITO}/book`, '/api/v1/bookings', '/desk/sign-in'])(
  'a body sent to %s in pieces that ends in the middle is answered 400, and is no error of ours in the log',
  async (address) => {
    const one = await site({ level: 'error' })
    const body = new ReadableStream({
      start(sink) {
        sink.enqueue(new TextEncoder().encode('number=A-1&ph'))
        sink.error(new Error('aborted'))
      },
    })
    const headers = {
      'content-type': address.startsWith('/api') ? 'application/json' : 'application/x-www-form-urlencoded',
    }
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    expect((await one.ask(address, init)).status).toBe(400)
    expect(one.lines).toEqual([])
  },
)
