import { makeFirstLink } from '../../../src/people/first/first-link.ts'
import { applying, booked } from '../bookings.ts'
import { withTotp } from '../people.ts'
import { formOf, house, visitor } from '../site.ts'
import { files, ja, LOCALES, MITO } from '../stage.ts'

/** Another server with other settings: letters are kept and shown, rates are limited, and an address books once a day. */
export const kept = await house(files, 'kept-', { SMTP_URL: '', RATE_LIMIT: 'on', CAPS: 'on', CAP_RECIPIENT: '1' })
kept.begin('letters')
for (const locale of LOCALES) {
  const who = visitor('anybody', locale)
  await booked(kept, who, 'kept', MITO, '1000', locale)
  await kept.crawl(who, ['/desk/letters'], 8, '/desk/letters')
  for (let i = 0; i < 11; i++)
    await kept.ask(who, '/lookup', { fields: { number: 'IB-1127-99', phone: '029-224-0001' }, name: 'lookup limited' })
}

kept.begin('first')
const first = visitor('first', 'ja')
const made = await makeFirstLink(kept.system)
const path = `/desk/first/${made.token}`
const form = formOf(await kept.ask(first, path, { name: 'first account' }), path, { name: '事務局 一郎' })
await kept.send(first, path, { ...form, email: 'x' }, 'first account wrong')
await kept.send(first, path, { ...form, email: 'first@example.jp' }, 'first account made')
await withTotp(kept, first)
for (const day of [MITO, 'ibaraki-2026-12-04']) {
  const headers = { 'idempotency-key': `golden-capped-${day}` }
  const json = applying(day, '1100', 'ja', { email: 'often@example.jp' })
  await kept.ask(ja, '/api/v1/bookings', { json, headers, name: day === MITO ? 'api' : 'api limited by a cap' })
}
const [cap = 'none'] = await kept.column<string>('select id from cap where refused > 0')
for (const who of [first, visitor('first', 'en', first)]) {
  await kept.ask(who, '/desk/caps')
  await kept.ask(who, `/desk/caps/${cap}`)
}
const lift = `/desk/caps/${cap}/lift`
await kept.send(first, lift, formOf(await kept.ask(first, `/desk/caps/${cap}`, { name: 'cap' }), lift), 'cap lifted')
await kept.send(first, `/desk/caps/${cap}/restore`, {}, 'cap restored')

kept.begin('letters')
for (let i = 0; i < 130; i++)
  if (i > 118) await kept.ask(ja, '/api/v1/bookings', { json: {}, name: 'api limited' })
  else
    await kept.app.request(
      '/api/v1/bookings',
      { method: 'POST' },
      { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
    )
await kept.end()
