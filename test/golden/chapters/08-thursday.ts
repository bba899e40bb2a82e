import { look } from '../bookings.ts'
import { all, en, h, ja } from '../stage.ts'

h.begin('08-thursday')
h.set('2026-11-24T01:00:00.000Z')
await h.work()
h.set('2026-11-26T01:00:00.000Z')
await h.work()
h.set('2026-11-26T08:30:00.000Z')
await h.work()
for (const one of all) await look(h, [one.locale === 'ja' ? ja : en], one, false)
