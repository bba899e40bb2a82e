import { randomUUID } from 'node:crypto'
import { argv, env } from 'node:process'
import { type Application, type Madoguchi, madoguchi, tokenOf } from './client.ts'

/** The first session of a prefecture that has a free place, or undefined. */
export async function firstFree(api: Madoguchi, prefecture: string) {
  const { data, error } = await api.GET('/sessions', {
    params: { query: { prefecture, status: 'open,few', limit: 1 } },
  })
  if (error) throw new Error(error.code)
  return data.sessions[0]
}

/** Books a place in a session, in its first free time if it has times. Sent again with the same key it is one booking. */
export async function book(api: Madoguchi, application: Application, key: string = randomUUID()) {
  const header = { 'Idempotency-Key': key }
  const { data, error } = await api.POST('/bookings', { params: { header }, body: application })
  if (error) throw new Error(`${error.code}: ${JSON.stringify(error.errors ?? {})}`)
  return data.booking
}

/** Cancels a booking by the token of its link. */
export async function cancel(api: Madoguchi, { id, manage_url }: { id: string; manage_url: string | null }) {
  const headers = { authorization: `Bearer ${tokenOf(manage_url ?? '')}` }
  const { data, error } = await api.POST('/bookings/{id}/cancel', { params: { path: { id } }, headers })
  if (error) throw new Error(error.code)
  return data.booking
}

/** Books the first free place in Ibaraki and cancels it again: `node example.ts http://localhost:8787`. */
async function main(address: string) {
  const api = madoguchi(address, env.MADOGUCHI_KEY === undefined ? {} : { key: env.MADOGUCHI_KEY })
  const session = await firstFree(api, '08')
  if (!session) return console.log('nothing is free')
  console.log(`${session.date} ${session.title.ja}`)
  const made = await book(api, {
    session: session.id,
    slot: session.slots.find((slot) => slot.remaining !== 0)?.id ?? null,
    format: session.formats[0] ?? 'online',
    company: '見本株式会社',
    name: '見本 花子',
    name_kana: 'ミホン ハナコ',
    email: 'hanako@example.jp',
    phone: '029-000-0000',
    prefecture: '08',
    consent: true,
  })
  console.log(`booked: ${made.number}`)
  console.log(`now: ${(await cancel(api, made)).status}`)
}

if (argv[1]?.endsWith('example.ts')) await main(argv[2] ?? 'http://localhost:8787')
