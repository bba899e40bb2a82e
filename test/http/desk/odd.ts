import { expect } from 'vitest'
import { MITO } from '../../world.ts'
import { type Fields, fieldsOf, pageOf, pathOf, type Site } from '../app.ts'
import type { Staff } from './fixtures.ts'

/** Texts that no form sends by itself, but that a client may send. */
export const ODD = [
  '',
  ' ',
  '　',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  '1.5',
  'NaN',
  'null',
  '[object Object]',
  '__proto__',
  '2026-02-31',
  '0000-00-00',
  '9999-12-31',
  '24:00',
  '25:61',
  '2026-11-27T10:00',
  '𠮷髙﨑👨‍👩‍👧',
  '\u0000',
  '\uD800',
  '\u202E',
  "' or 1=1 --",
  '<b>&amp;',
  '=1+1',
  '../../etc/passwd',
  'http://example.jp/',
  'javascript:alert(1)',
  'a\r\nBcc: x@y.z',
  'あ'.repeat(5000),
  '%',
  '%E0%A4%A',
  '*',
  '"',
  '08',
  'all',
  'x'.repeat(300),
]

/** The pages of the console with a form, about rows that exist. */
export async function pages(s: Site, all: Staff): Promise<string[]> {
  const { id } = await s.booked({ message: '駐車場' })
  await s.booked({ email: 'hanako@example.jp', slot: `${MITO}-1100` })
  const acts = ['call-off', 'reschedule', 'convert', 'venue', 'meeting', 'edit', 'skip']
  return [
    '/desk',
    '/desk/bookings',
    `/desk/bookings/new?session=${MITO}`,
    `/desk/bookings/${id}`,
    ...['move', 'letter', 'arrive', 'cancel'].map((act) => `/desk/bookings/${id}/${act}`),
    `/desk/sessions/${MITO}`,
    ...acts.map((act) => `/desk/sessions/${MITO}/${act}`),
    '/desk/schedule',
    '/desk/series',
    '/desk/series/new',
    '/desk/series/ibaraki',
    '/desk/venues',
    '/desk/venues/new',
    '/desk/closures',
    '/desk/suspensions',
    '/desk/programme',
    '/desk/outbox',
    '/desk/survey',
    '/desk/figures',
    '/desk/figures/report',
    '/desk/people',
    '/desk/people/new',
    `/desk/people/${all.id}`,
    '/desk/security',
  ]
}

/** Sends these texts in every field of every form. Returns the server errors and the number of requests. */
export async function sweep(s: Site, all: Staff, odd: string[]): Promise<{ broken: string[]; sent: number }> {
  const broken: string[] = []
  let sent = 0
  const send = async (method: string, action: string, fields: Fields, note: string) => {
    sent++
    const address = `${action}${action.includes('?') ? '&' : '?'}${new URLSearchParams(fields).toString()}`
    const answer =
      method === 'post' ? await all.post(action, fields) : await s.ask(address, { headers: { cookie: all.cookie } })
    if (answer.status >= 500) broken.push(`${answer.status} ${method} ${action} ${note}`)
  }
  for (const path of await pages(s, all)) {
    const page = pageOf(await s.ask(path, { headers: { cookie: all.cookie } }))
    expect([path, page.status]).toEqual([path, 200])
    for (const form of page.root.querySelectorAll('form')) {
      const action = pathOf(form.getAttribute('action') || path)
      const method = (form.getAttribute('method') ?? 'get').toLowerCase()
      if (action.endsWith('/sign-out') || action.endsWith('/security/end')) continue
      const standing = fieldsOf(form)
      const names = new Set(form.querySelectorAll('[name]').map((one) => one.getAttribute('name') ?? ''))
      await send(method, action, [], 'nothing')
      for (const name of names) {
        const others = standing.filter(([each]) => each !== name)
        await send(method, action, others, `without ${name}`)
        await send(method, action, [...others, [name, '1'], [name, '2'], [`${name}[]`, '3']], `${name} twice`)
        for (const text of odd) await send(method, action, [...others, [name, text]], `${name}=${text.slice(0, 30)}`)
      }
    }
  }
  for (const { path, method } of s.app.routes.filter((route) => /^\/desk\/.*:(id|act|token|file)/.test(route.path))) {
    for (const id of ['%00', '%E0%A4%A', '..%2f..', '__proto__', 'x'.repeat(3000)]) {
      const address = path.replaceAll(/:\w+(\{[^/]*\})?/g, id)
      await send(method === 'GET' ? 'get' : 'post', address, [], 'as an id')
    }
  }
  const [booking = ''] = await s.column<string>('select id from booking')
  for (const text of odd) {
    for (const path of [
      '/desk/bookings/new?session=',
      '/desk/bookings/places?session=',
      `/desk/bookings/${booking}/move?session=`,
      '/desk/bookings?page=',
      '/desk/outbox?page=',
      '/desk/schedule?date=',
      '/desk/survey?month=',
      '/desk?date=',
      `/sessions/${MITO}/book?slot=`,
      `/sessions/${MITO}/book?first=`,
      '/calendar?month=',
      '/calendar?prefecture=',
      '/desks?prefecture=',
      '/subscribe?prefecture=',
      '/api/v1/sessions?from=',
      '/api/v1/sessions?series=',
    ]) {
      await send('get', path + encodeURIComponent(text.toWellFormed()), [], '')
    }
  }
  return { broken, sent }
}
