import { anybody, en, h, ja, MITO, publicPages, sessionPages } from '../stage.ts'

h.begin('00-public')
await publicPages(8)
await sessionPages()
for (const who of anybody) {
  for (const month of ['2020-12', '2026-12', '2027-01', '2027-03', '2027-06', 'nonsense']) {
    for (const view of ['month', 'list']) await h.ask(who, `/calendar?month=${month}&view=${view}`)
  }
  for (const filter of [
    'prefecture=08',
    'prefecture=99',
    'kind=seminar',
    'kind=consultation',
    'format=online',
    'status=open',
    'status=full',
    'status=undecided',
    'prefecture=08&kind=seminar&format=onsite&status=few',
  ]) {
    for (const page of [
      '/calendar?month=2026-12&',
      '/calendar?view=list&month=2026-12&',
      '/subscribe?',
      '/calendar.ics?',
    ])
      await h.ask(who, page + filter)
  }
  for (const path of [
    '/nothing',
    '/sessions/nothing',
    '/sessions/nothing.ics',
    '/sessions/nothing/book',
    '/b/nothing',
    '/b/nothing/booking.ics',
    '/b/erased',
    '/tell/nothing',
    '/desk/feeds/nothing.ics',
    '/api/v1/nothing',
    '/api/docs',
    '/api/openapi.json',
    '/a%00b',
    '/desk',
    '/desk/sign-in/nothing',
  ]) {
    await h.ask(who, path)
  }
  for (const lang of who === ja ? ['en', 'ja'] : ['ja', 'en']) await h.ask(who, `/?lang=${lang}`)
  await h.ask(who, '/', { method: 'DELETE', name: 'wrong method' })
  await h.ask(who, '/calendar', { method: 'POST', name: 'wrong method of calendar' })
  await h.ask(who, '/prefecture')
  await h.ask(who, '/prefecture/dates')
  await h.ask(who, '/prefecture', { fields: { prefecture: '08' }, name: 'prefecture chosen' })
  await h.ask(who, '/prefecture', { fields: { prefecture: '' }, name: 'prefecture wrong' })
  await h.ask(who, '/prefecture/forget', { fields: {}, name: 'prefecture forgotten' })
  await h.ask(who, '/lookup', {
    fields: { number: 'x' },
    headers: { origin: 'https://elsewhere.example' },
    name: 'lookup from elsewhere',
  })
  await h.ask(who, '/lookup', { fields: { number: 'x'.repeat(70_000) }, name: 'lookup too large' })
  await h.ask(who, '/lookup', { fields: { number: '', phone: '1' }, name: 'lookup wrong' })
  await h.ask(who, '/lookup', { fields: { number: 'IB-1127-99', phone: '029-224-0001' }, name: 'lookup unknown' })
  await h.ask(who, '/lookup/link', { fields: { email: 'x' }, name: 'link wrong' })
  await h.ask(who, `/sessions/${MITO}/tell`, {
    fields: { email: 'a@example.jp', consent: 'true' },
    name: 'tell closed',
  })
}
for (const path of [
  '/healthz',
  '/readyz',
  '/feed.xml',
  '/feed.xml?prefecture=08&kind=seminar',
  '/feed.xml?prefecture=99',
  '/sitemap.xml',
  '/robots.txt',
  '/api/v1/sessions?limit=3',
  '/api/v1/sessions?limit=0&from=x&to=y&prefecture=99&kind=x&format=x&status=x&cursor=+',
  '/api/v1/sessions?from=2026-12-01&to=2026-11-01',
  '/api/v1/sessions?kind=seminar&format=online&status=open,few&desk=secretariat',
  '/api/v1/bookings/nothing',
]) {
  await h.ask(ja, path)
  await h.ask(en, path)
}
let next: string | null = ''
for (let i = 0; next !== null && i < 4; i++) {
  const page: { next: string | null } = JSON.parse(
    (await h.ask(ja, `/api/v1/sessions?limit=5&from=2026-11-22${next && `&cursor=${next}`}`)).body,
  )
  next = page.next
}
await h.ask(ja, '/calendar.ics', { headers: { 'if-none-match': '*' }, name: 'feed not modified' })
await h.ask(ja, '/', { headers: { 'if-none-match': '*' }, name: 'home not modified' })
h.begin('assets')
for (const [name, asset] of h.assets) {
  await h.ask(ja, `/assets/${name}`)
  await h.ask(ja, `/assets/${name}?v=${asset.tag}`, { headers: { 'if-none-match': `"${asset.tag}"` } })
}
await h.ask(ja, '/assets/nothing.css')
