import { look } from '../bookings.ts'
import { all, anybody, en, h, ja, LOCALES, MITO, press } from '../stage.ts'
import { on } from './02-plan.ts'
import { of } from './03-book.ts'

h.begin('04-holders')
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const mine = of(locale, 'plain')
  const bearer = { authorization: `Bearer ${mine.token}` }
  await h.ask(who, `/api/v1/bookings/${mine.id}`, { headers: bearer, name: 'api booking' })
  await h.ask(who, `/api/v1/bookings/${mine.id}`, { name: 'api booking without token' })
  await h.ask(who, `/api/v1/bookings/${of(locale, 'gone').id}`, { headers: bearer, name: 'api booking of another' })
  await h.ask(who, `/api/v1/bookings/${mine.id}/accept`, { method: 'POST', headers: bearer, name: 'api accept' })
  await h.ask(who, `/api/v1/bookings/${mine.id}/decline`, {
    method: 'POST',
    headers: bearer,
    name: 'api decline refused',
  })
  await h.ask(who, `/api/v1/bookings/${mine.id}/move`, {
    json: { session: 'x' },
    headers: bearer,
    name: 'api move refused',
  })
  await h.ask(who, `/api/v1/bookings/${mine.id}/move`, {
    json: { session: MITO, slot: `${MITO}-1400` },
    headers: bearer,
    name: 'api move',
  })
  await h.ask(who, `/lookup/link`, {
    fields: { email: String((await h.column('select email from booking where id = ?', mine.id))[0]) },
    name: 'link asked',
  })
  await h.send(
    who,
    '/lookup',
    { number: mine.number, phone: String((await h.column('select phone from booking where id = ?', mine.id))[0]) },
    'lookup found',
  )
  await press(mine, 'amend', { phone: '1', message: 'x' }, 'wrong')
  await press(mine, 'amend', { phone: '029-224-9999', message: '駐車場はありますか' })
  const moving = of(locale, 'moving')
  const place = { place: 'ibaraki-2026-12-11 ibaraki-2026-12-11-1100', format: 'onsite' }
  await press(moving, 'move', {}, 'wrong')
  await press(moving, 'move', { ...place, place: `${on('small', '2026-12-09')} ` }, 'where it is full')
  await press(moving, 'move', place)
  await press(moving, 'move', { ...place, step: 'move' })
  await press(of(locale, 'gone'), 'cancel')
  await press(of(locale, 'gone'), 'cancel')
  await press(of(locale, 'gone'), 'amend', { phone: '029-224-9999', message: '' }, 'too late')
  await press(of(locale, 'leaving'), 'cancel')
  await press(of(locale, 'holder'), 'cancel')
  await press(of(locale, 'r3'), 'cancel')
}
await h.ask(ja, `/api/v1/bookings/${of('ja', 'early').id}/cancel`, {
  method: 'POST',
  headers: { authorization: `Bearer ${of('ja', 'early').token}` },
  name: 'api cancel',
})
await press(of('ja', 'speaker'), 'cancel')
await h.work()
for (const locale of LOCALES) {
  await look(h, anybody, of(locale, 'w1'), true)
  await press(of(locale, 'w1'), 'decline')
}
await press(of('ja', 'listener'), 'cancel')
await h.work()
for (const locale of LOCALES) {
  await press(of(locale, 'w2'), 'accept')
  await look(h, anybody, of(locale, 'w2'), true)
  await press(of(locale, 'w2'), 'cancel')
}
await h.work()
h.set('2026-11-22T06:30:00.000Z')
await h.work()
for (const one of all) await look(h, anybody, one, /w1|w3|gone|leaving|r3|moving/.test(one.name))
