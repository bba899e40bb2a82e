import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { letterOf } from '../../src/mail/letters.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { mailWorld, booked, cancelled } from './fixtures.ts'
test('x', async () => {
  const w = await mailWorld()
  const one = await booked(w)
  let b = await bookingById(w.ctx, one.id)
  if (!b) throw 1
  for (const locale of ['ja','en'] as const) for (const kind of ['booked','link','cancelled'] as const) {
    if (kind === 'cancelled' && b.status === 'booked') { await cancelled(w, one); b = (await bookingById(w.ctx, one.id))! }
    const l = await letterOf(w.ctx, { id: 'X', kind, locale }, b)
    console.log('=====', kind, locale, '\n' + l!.subject + '\n' + l!.text)
    writeFileSync(`/tmp/look/${kind}.${locale}.html`, l!.html)
    if (l!.calendar) console.log(l!.calendar.content)
  }
})
