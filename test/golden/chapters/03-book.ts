import { applying, type Held, look } from '../bookings.ts'
import { formOf } from '../site.ts'
import { all, anybody, api, en, h, ja, LOCALES, MITO } from '../stage.ts'
import { on, WED } from './02-plan.ts'

h.begin('03-book')
const undecided: { sessions: { id: string; date: string | null }[] } = JSON.parse(
  (await h.ask(ja, '/api/v1/sessions?status=undecided&limit=50')).body,
)
export const later = undecided.sessions.at(-1)?.id ?? ''
export const dated = undecided.sessions.find((one) => one.date !== null)?.id ?? later
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const email = `wish-${locale}@example.jp`
  await h.ask(who, `/sessions/${later}/tell`, { fields: { email: 'x', locale }, name: 'tell wrong' })
  for (const one of [later, dated])
    await h.ask(who, `/sessions/${one}/tell`, { fields: { email, consent: 'true', locale }, name: `tell ${one}` })
  await h.work()
  const token = /\/tell\/([\w-]+)/.exec(h.letterTo(email))?.[1] ?? ''
  await h.ask(who, `/tell/${token}`, { name: 'tell asked' })
  await h.send(who, `/tell/${token}/confirm`, {}, 'tell confirm')
  await h.send(who, `/tell/${token}/end`, {}, 'tell end')
  await h.ask(who, `/sessions/${dated}/tell`, { fields: { email, consent: 'true', locale }, name: 'tell again' })
}

/** Books on the web: the form, its mistakes, the confirmation, the booking, and the last page. */
async function onTheWeb(
  who: typeof ja,
  locale: string,
  session: string,
  slot: string | null,
  waitlist = false,
): Promise<void> {
  const path = `/sessions/${session}/book`
  const name = `web ${session.slice(-14)} ${waitlist ? 'waiting' : ''}`
  const form = await h.ask(who, waitlist ? `${path}?waitlist=true` : path, { name: `${name} form` })
  const { consent: _, corporate_number: __, ...typed } = applying(session, slot, locale)
  const fields = {
    ...formOf(form, path),
    ...Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, String(value)])),
    seats: '1',
    consent: 'true',
    slot: typed.slot ?? '',
  }
  await h.ask(who, path, {
    fields: {
      ...fields,
      name: '',
      name_kana: '漢字',
      email: 'x',
      phone: '1',
      consent: '',
      employees: 'x',
      format: 'x',
      corporate_number: '123',
    },
    name: `${name} wrong`,
  })
  const shownFirst = await h.ask(who, path, { fields, name: `${name} look` })
  await h.ask(who, path, { fields: { ...fields, step: 'edit' }, name: `${name} edit` })
  const sure = formOf(shownFirst, path)
  await h.send(who, path, { ...fields, ...sure, step: 'book' }, `${name} book`)
  await h.send(who, path, { ...fields, ...sure, step: 'book' }, `${name} book again`)
  await h.send(
    who,
    path,
    { ...fields, idempotency_key: 'another-key-of-golden-01', step: 'book' },
    `${name} book twice`,
  )
}
await onTheWeb(ja, 'ja', MITO, '1000')
await onTheWeb(en, 'en', MITO, '1100')
await onTheWeb(ja, 'ja', on('talk', '2026-12-21'), null)
await onTheWeb(en, 'en', on('talk', '2026-12-21'), null, true)
await onTheWeb(ja, 'ja', on('lottery', '2026-12-17'), null)
await onTheWeb(en, 'en', on('approval', '2026-12-15'), null)
await onTheWeb(ja, 'ja', on('acts', '2026-11-24'), '1000')

for (const [changes, headers] of [
  [
    { name: '', email: 'x', slot: 'none', seats: 99, corporate_number: '1234567890123', locale: 'en' },
    { 'idempotency-key': 'golden-refused-0001' },
  ],
  [{}, {}],
  [{ session: 'nothing' }, { 'idempotency-key': 'golden-refused-0002' }],
  [{ session: on('elsewhere', '2026-12-18'), slot: null }, { 'idempotency-key': 'golden-refused-0003' }],
  [{ session: dated, slot: null }, { 'idempotency-key': 'golden-refused-0004' }],
] as const) {
  await h.ask(ja, '/api/v1/bookings', {
    json: { ...applying(MITO, '1300', 'ja'), ...changes },
    headers,
    name: 'api refused',
  })
}
await h.ask(ja, '/api/v1/bookings', {
  method: 'POST',
  body: 'x',
  headers: { 'content-type': 'text/plain' },
  name: 'api wrong: no json',
})
await h.ask(en, '/api/v1/bookings', { json: [], name: 'api wrong: no object' })

export const held: Record<string, Record<string, Held>> = { ja: {}, en: {} }
export const of = (locale: string, name: string): Held => {
  const one = held[locale]?.[name]
  if (!one) throw new Error(`nobody is ${name} ${locale}`)
  return one
}
for (const [i, locale] of LOCALES.entries()) {
  const mine: Record<string, Held> = {}
  held[locale] = mine
  const small = on('small', WED[i] ?? '')
  const [approval, lottery, talk] = [
    on('approval', '2026-12-08'),
    on('lottery', '2026-12-03'),
    on('talk', '2026-12-07'),
  ]
  const wait = { waitlist: true }
  mine.plain = await api('plain', MITO, '1300', locale)
  mine.gone = await api('gone', on('acts', '2026-12-22').replace('2026-12-22', '2026-12-17'), '1100', locale)
  mine.moving = await api('moving', 'ibaraki-2026-12-04', '1000', locale)
  mine.holder = await api('holder', small, null, locale)
  mine.w1 = await api('w1', small, null, locale, wait)
  mine.w2 = await api('w2', small, null, locale, wait)
  mine.w3 = await api('w3', small, null, locale, wait)
  mine.w4 = await api('w4', small, null, locale, wait)
  mine.leaving = await api('leaving', small, null, locale, wait)
  for (const name of ['r1', 'r2', 'r3', 'r4']) mine[name] = await api(name, approval, null, locale)
  for (const name of ['e1', 'e2', 'e3']) mine[name] = await api(name, lottery, null, locale)
  if (locale === 'ja') mine.speaker = await api('speaker', talk, null, locale)
  mine.listener = await api('listener', talk, null, locale, wait)
  for (const date of [
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-08',
    '2026-12-10',
    '2026-12-14',
    '2026-12-15',
    '2026-12-16',
  ]) {
    mine[`acts ${date}`] = await api(`acts ${date.slice(5)}`, on('acts', date), i === 0 ? '1000' : '1100', locale)
    mine[`web ${date}`] = await api(`web ${date.slice(5)}`, on('acts', date), i === 0 ? '1300' : '1400', locale, {
      format: 'online',
    })
  }
  await api('bounced', 'ibaraki-2026-12-18', '1000', locale, { email: `bounce-${locale}@example.jp` })
  mine.early = await api('early', on('acts', '2026-11-24'), '1300', locale)
}
await h.work()
for (const one of all) await look(h, anybody, one, /plain|holder|w1|r1|e1|web 12-01/.test(one.name))
