import { once } from 'node:events'
import { connect } from 'node:net'
import { type Arbitrary, boolean, constantFrom, double, record } from 'fast-check'
import { expect, test } from 'vitest'
import { application, freshKey } from '../world.ts'
import { chosen, expectSound, furnished, house, onRows } from './house.ts'
import { SEED, times } from './size.ts'
import { visitors } from './visitors.ts'

const JSON_BODY = JSON.stringify(application({ company: '半分株式会社' }))
const FORM_BODY = 'email=taro%40example.jp&locale=ja'

/** The doors that read a body, and a body that each would take. */
const DOORS = [
  { path: '/api/v1/bookings', type: 'application/json', body: JSON_BODY },
  { path: '/lookup', type: 'application/x-www-form-urlencoded', body: FORM_BODY },
  { path: '/desk/sign-in', type: 'application/x-www-form-urlencoded', body: FORM_BODY },
]

/** How a body ends too early. */
const ENDS = ['sent no more, then closed', 'closed', 'reset'] as const

/** A body of which only a part is sent. */
type Half = { door: (typeof DOORS)[number]; chunked: boolean; end: (typeof ENDS)[number]; part: number }

const halves: Arbitrary<Half> = record({
  door: constantFrom(...DOORS),
  chunked: boolean(),
  end: constantFrom(...ENDS),
  part: double({ min: 0, max: 0.99, noNaN: true }),
})

/** Sends a part of a body, and never the rest. */
async function sendHalf(port: number, { door, chunked, end, part }: Half): Promise<void> {
  const body = Buffer.from(door.body)
  const sent = body.subarray(0, Math.floor(body.length * part))
  const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(`POST ${door.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${door.type}\r\n`)
  socket.write(`Idempotency-Key: ${freshKey()}\r\n${length}\r\n\r\n`)
  if (chunked && sent.length > 0) socket.write(`${body.length.toString(16)}\r\n`)
  await new Promise((written) => socket.write(sent, written))
  if (end === 'reset') socket.resetAndDestroy()
  else if (end === 'closed') socket.destroy()
  else {
    socket.end()
    socket.resume()
  }
  await once(socket, 'close')
}

test('bodies cut off in the middle make no row, no fault in the log, and keep nobody else from booking', async () => {
  const home = await house(await furnished())
  const load = await visitors(home.ask)
  const count = times(150, 5000)
  const cut: Half[] = chosen(halves, count)
  const { port } = home.server()
  await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      for (let at = i; at < count; at += 10) await sendHalf(port, cut[at] as Half)
    }),
  )
  await load.more(10)
  await load.stop()
  expect(load.again, `FAULT_SEED=${SEED}`).toEqual([])
  expect(await home.end('SIGTERM')).toBe(0)
  // Only errors are logged: a cut is nobody's fault.
  expect(
    home
      .server()
      .printed()
      .split('\n')
      .filter((line) => line.startsWith('{')),
    `FAULT_SEED=${SEED}`,
  ).toEqual([])
  await onRows(home.address, async (w) => {
    expect(await w.column("select id from booking where company = '半分株式会社'")).toEqual([])
    await expectSound(`${count} half bodies`, w, load)
  })
})
