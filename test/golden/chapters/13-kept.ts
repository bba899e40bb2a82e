import { booked } from '../bookings.ts'
import { house, visitor } from '../site.ts'
import { files, ja, LOCALES, MITO } from '../stage.ts'

/** Another server with other settings: letters are kept and shown, and rates are limited. */
export const kept = await house(files, 'kept-', { SMTP_URL: '', RATE_LIMIT: 'on' })
kept.begin('letters')
for (const locale of LOCALES) {
  const who = visitor('anybody', locale)
  await booked(kept, who, 'kept', MITO, '1000', locale)
  await kept.crawl(who, ['/desk/letters'], 8, '/desk/letters')
  for (let i = 0; i < 11; i++)
    await kept.ask(who, '/lookup', { fields: { number: 'IB-1127-99', phone: '029-224-0001' }, name: 'lookup limited' })
}
for (let i = 0; i < 130; i++)
  if (i > 118) await kept.ask(ja, '/api/v1/bookings', { json: {}, name: 'api limited' })
  else
    await kept.app.request(
      '/api/v1/bookings',
      { method: 'POST' },
      { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
    )
await kept.end()
