import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { applying, booked, caller, type Held, look, series } from './bookings.ts'
import { fileName, folder } from './files.ts'
import { reseed } from './fixed.ts'
import { signIn, withTotp } from './people.ts'
import { formOf, type House, house, visitor } from './site.ts'

const LETTERS = [
  ...[
    'booked',
    'cancelled',
    'link',
    'waiting',
    'offered',
    'promoted',
    'lapsed',
    'left',
    'moved',
    'called_off',
    'postponed',
  ],
  ...[
    'rescheduled',
    'converted',
    'relocated',
    'meeting',
    'reminder',
    'requested',
    'turned_down',
    'unanswered',
    'withdrawn',
  ],
  ...['entered', 'won', 'reserve', 'survey', 'confirm_interest', 'settled', 'sign_in'],
]
const LOCALES = ['ja', 'en'] as const
const MITO = 'ibaraki-2026-11-27'
/** Sessions that somebody changed or booked. */
const CHANGED = "revision > 1 and date between '2026-11-20' and '2027-01-20'"

const out = process.argv[2]
if (out === undefined) throw new Error('npm run golden -- OUT_FOLDER')
rmSync(out, { recursive: true, force: true })
const files = folder(out)
const h = await house(files, '')
const anybody = LOCALES.map((locale) => visitor('anybody', locale))
const [ja, en] = anybody as [(typeof anybody)[0], (typeof anybody)[0]]
const all: Held[] = []

async function api(
  ...given: Parameters<typeof booked> extends [unknown, unknown, ...infer Rest] ? Rest : never
): Promise<Held> {
  const held = await booked(h, ja, ...given)
  all.push(held)
  return held
}

const press = (held: Held, act: string, more: Record<string, string> = {}) =>
  h.send(held.locale === 'ja' ? ja : en, `${held.path}/${act}`, more, `b ${held.name} pressed ${act}`)

/** The public pages as they are now. */
async function publicPages(most: number): Promise<void> {
  for (const who of anybody)
    await h.crawl(who, ['/', '/calendar', '/calendar?view=list', '/lookup', '/desks', '/subscribe'], most)
}

/** Every session that is undated or near, in both languages, with its files and its form. */
async function sessionPages(which = "date between '2026-11-10' and '2026-12-24'"): Promise<void> {
  const ids = await h.column<string>(`select id from session where date is null or (${which}) order by id`)
  for (const id of ids) {
    for (const who of anybody) await h.ask(who, `/sessions/${id}`)
    for (const path of [`/sessions/${id}/book`, `/sessions/${id}.ics`, `/api/v1/sessions/${id}`]) await h.ask(ja, path)
  }
  for (const path of ['/calendar.ics', '/calendar.ics?prefecture=08', '/api/v1/sessions?limit=200']) {
    for (const who of anybody) await h.ask(who, path)
  }
}

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
    '/?lang=en',
    '/?lang=ja',
    '/desk',
    '/desk/sign-in/nothing',
  ]) {
    await h.ask(who, path)
  }
  await h.ask(who, '/', { method: 'DELETE' })
  await h.ask(who, '/calendar', { method: 'POST' })
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

h.begin('01-staff')
await h.run(
  `insert into account (id, email, name, role, prefectures, state, revision, created_at, updated_at)
   values ('golden-secretariat', 'chief@example.jp', '事務局 花子', 'secretariat', '', 'active', 0, ?, ?)`,
  ...[h.now(), h.now()],
)
const chief = visitor('secretariat', 'ja')
await h.ask(chief, '/desk/sign-in', { fields: { email: 'x' } })
await h.ask(chief, '/desk/sign-in', { fields: { email: 'unknown@example.jp' }, name: 'sign-in unknown' })
await signIn(h, chief, 'chief@example.jp', 'link')
await h.ask(chief, '/desk')
const secret = await withTotp(h, chief)
const STAFF = { desk: '08', viewer: '08', expert: '', tokyo: '13', spare: '08' }
for (const [name, prefectures] of Object.entries(STAFF)) {
  const role = name === 'tokyo' || name === 'spare' ? 'desk' : name
  const form = await h.ask(chief, '/desk/people/new')
  const fields = formOf(form, '/desk/people/new', {
    email: `${name}@example.jp`,
    name: `担当 ${name}`,
    role,
    prefectures,
  })
  if (name === 'desk')
    await h.send(chief, '/desk/people/new', { ...fields, email: 'x', name: '', prefectures: '' }, 'people wrong')
  await h.send(chief, '/desk/people/new', fields, `people ${name}`)
  if (name === 'desk') await h.send(chief, '/desk/people/new', fields, 'people twice')
}
const desk = visitor('desk', 'ja')
const viewer = visitor('viewer', 'en')
const expert = visitor('expert', 'ja')
const tokyo = visitor('tokyo', 'ja')
const staff = { desk, viewer, expert, tokyo }
async function everybodyIn(): Promise<void> {
  for (const [name, who] of Object.entries(staff))
    await signIn(h, who, `${name}@example.jp`, name === 'desk' ? 'code' : 'link')
}
await everybodyIn()
const [spare = ''] = await h.column<string>("select id from account where email = 'spare@example.jp'")
const shown = await h.ask(chief, `/desk/people/${spare}`)
for (const changes of [{ name: '' }, { name: '別の名' }, { name: '古い' }, { state: 'closed', revision: '1' }]) {
  await h.send(chief, `/desk/people/${spare}`, formOf(shown, `/desk/people/${spare}`, changes), 'people edited')
}

h.begin('02-plan')
const VENUE = { prefecture: '08', name_ja: '水戸市民会館', name_en: 'Mito Hall', address: '水戸市泉町1-7-1' }
const venueForm = formOf(await h.ask(desk, '/desk/venues/new'), '/desk/venues/new')
await h.send(desk, '/desk/venues/new', { ...venueForm, name_ja: '' }, 'venue wrong')
await h.send(desk, '/desk/venues/new', { ...venueForm, ...VENUE }, 'venue new')
const [venue = ''] = await h.column<string>("select id from venue where name_ja = '水戸市民会館'")
const venueEdit = formOf(await h.ask(desk, `/desk/venues/${venue}`), `/desk/venues/${venue}`)
for (const name_en of ['', 'Mito Civic Hall', 'Too late'])
  await h.send(desk, `/desk/venues/${venue}`, { ...venueEdit, name_en }, 'venue edited')

const WED = ['2026-12-02', '2026-12-09', '2026-12-16']
const SERIES: Record<string, Parameters<typeof series>[0]> = {
  lottery: {
    title_ja: '抽選の会',
    acceptance: 'lottery',
    capacity: '2',
    dates: ['2026-12-03', '2026-12-17'].join('\n'),
  },
  approval: {
    title_ja: '承認の会',
    acceptance: 'approval',
    capacity: '9',
    dates: ['2026-12-08', '2026-12-15'].join('\n'),
  },
  small: {
    title_ja: '小さな会',
    capacity: '1',
    dates: [...WED, '2026-12-01', '2026-12-10', '2026-12-14', '2026-11-25'].join(' '),
  },
  talk: { title_ja: '小さな講座', kind: 'seminar', capacity: '1', dates: ['2026-12-07', '2026-12-21'].join(' ') },
  acts: {
    title_ja: '変わる会',
    closes_shape: 'hours',
    closes_count: '1',
    closes_at: '',
    starts: '',
    ends: '',
    slot_starts: '10:00 11:00 13:00 14:00',
    slot_minutes: '50',
    slot_capacity: '2',
    dates: [
      '2026-11-24',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
      '2026-12-08',
      '2026-12-10',
      '2026-12-14',
      '2026-12-15',
      '2026-12-16',
      '2026-12-17',
      '2026-12-22',
    ].join('\n'),
  },
  elsewhere: {
    title_ja: '他で受付の会',
    apply_name: '大洗町',
    apply_phone: '029-267-5111',
    apply_url: 'https://oarai.example.jp/',
    dates: '2026-12-18',
  },
  monthly: { title_ja: '毎月の会', repeat: 'monthly', weekdays: ['TU'], nths: ['2', '-1'], until: '2027-03-31' },
}
const begun: Record<string, string> = {}
for (const [name, changes] of Object.entries(SERIES)) {
  const { key = '' } = formOf(await h.ask(desk, '/desk/series/new'), '/desk/series/new')
  const fields = { ...series(changes), key }
  if (name === 'acts')
    await h.send(
      desk,
      '/desk/series/new',
      { ...fields, title_ja: '', formats: [], dates: 'x', slot_minutes: '' },
      'series wrong',
    )
  await h.send(desk, '/desk/series/new', fields, `series ${name} looked at`)
  if (name === 'acts') await h.send(desk, '/desk/series/new', { ...fields, step: 'edit' }, 'series edited again')
  await h.send(desk, '/desk/series/new', { ...fields, step: 'do' }, `series ${name}`)
  const [id = ''] = await h.column<string>('select id from series where title_ja = ?', String(changes.title_ja))
  begun[name] = id
}
h.set('2026-11-22T01:05:00.000Z')
await h.work()
const on = (name: string, date: string) => `${begun[name]}-${date}`
const monthly = `/desk/series/${begun.monthly}`
const edited = formOf(await h.ask(desk, monthly), monthly)
for (const changes of [{ title_ja: '' }, { weekdays: ['TU', 'TH'], capacity: '9' }]) {
  await h.send(desk, monthly, { ...edited, ...changes }, 'series edit')
  await h.send(desk, monthly, { ...edited, ...changes, step: 'do' }, 'series edit done')
}
await h.send(desk, monthly, { ...edited, step: 'do' }, 'series edit too late')
await h.send(desk, `${monthly}/undo`, {}, 'series undo')
await h.send(desk, `${monthly}/undo`, {}, 'series undo twice')
const plain = `/desk/sessions/${on('acts', '2026-12-22')}`
const plainEdit = formOf(await h.ask(desk, `${plain}/edit`), `${plain}/edit`)
for (const changes of [{ title_ja: '' }, { title_ja: '出張相談会', capacity: '3' }, { title_ja: '遅い' }])
  await h.send(desk, `${plain}/edit`, { ...plainEdit, ...changes }, 'session edit')
await h.ask(desk, plain)
await h.send(desk, `${plain}/undo`, {}, 'session undo')
await h.send(desk, `${plain}/undo`, {}, 'session undo twice')
await h.ask(desk, `${plain}/skip`)
await h.send(desk, `${plain}/skip`, { reason_ja: '' }, 'session skip wrong')
await h.send(desk, `${plain}/skip`, { reason_ja: '館内工事のため', reason_en: 'Works' }, 'session skip')
await h.send(desk, `${plain}/open`, {}, 'session open')
await h.send(desk, `${plain}/skip`, { reason_ja: '館内工事のため' }, 'session skip again')
for (const [state, date] of [
  ['confirmed', '2026-12-18'],
  ['lifted', '2026-12-18'],
  ['confirmed', '2026-12-25'],
  ['confirmed', 'x'],
] as const) {
  await h.send(desk, '/desk/closures', { date, scope: '08', reason_ja: '館内整備', reason_en: '', state }, 'closure')
}

h.begin('03-book')
const undecided: { sessions: { id: string; date: string | null }[] } = JSON.parse(
  (await h.ask(ja, '/api/v1/sessions?status=undecided&limit=50')).body,
)
const later = undecided.sessions.at(-1)?.id ?? ''
const dated = undecided.sessions.find((one) => one.date !== null)?.id ?? later
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

/** Books on the web: the form, its mistakes, the look, the booking, and the page that says it is done. */
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
  name: 'api no json',
})
await h.ask(en, '/api/v1/bookings', { json: [], name: 'api no object' })

const held: Record<string, Record<string, Held>> = { ja: {}, en: {} }
const of = (locale: string, name: string): Held => {
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
  await h.ask(who, `/api/v1/bookings/${mine.id}/decline`, { method: 'POST', headers: bearer, name: 'api decline' })
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
  await press(mine, 'amend', { phone: '1', message: 'x' })
  await press(mine, 'amend', { phone: '029-224-9999', message: '駐車場はありますか' })
  const moving = of(locale, 'moving')
  const place = { place: 'ibaraki-2026-12-11 ibaraki-2026-12-11-1100', format: 'onsite' }
  await press(moving, 'move', {})
  await press(moving, 'move', { ...place, place: `${on('small', '2026-12-09')} ` })
  await press(moving, 'move', place)
  await press(moving, 'move', { ...place, step: 'move' })
  await press(of(locale, 'gone'), 'cancel')
  await press(of(locale, 'gone'), 'cancel')
  await press(of(locale, 'gone'), 'amend', { phone: '029-224-9999', message: '' })
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

h.begin('05-desk')
const bookingPage = (one: Held) => `/desk/bookings/${one.id}`
const act = (one: Held, verb: string, fields: Parameters<House['send']>[2] = {}) =>
  h.send(desk, `${bookingPage(one)}/${verb}`, fields, `desk ${one.name} ${verb}`)
for (const locale of LOCALES) {
  await act(of(locale, 'r1'), 'approve')
  await act(of(locale, 'r1'), 'approve')
  await act(of(locale, 'r2'), 'turn-down')
  await act(of(locale, 'w4'), 'cancel')
  await act(of(locale, 'plain'), 'note', { note: '午後に電話' })
  const wrong = of(locale, 'moving')
  for (const changes of [{ name: '' }, { company: '直した会社', email: `new-${locale}@example.jp` }]) {
    const path = bookingPage(wrong)
    await act(wrong, 'correct', formOf(await h.ask(desk, path), `${path}/correct`, changes))
  }
  await act(of(locale, 'web 2026-12-16'), 'meeting', { url: 'x' })
  await act(of(locale, 'web 2026-12-16'), 'meeting', { url: 'https://meet.example.jp/own' })
  await act(of(locale, 'acts 2026-12-16'), 'move', {
    place: `${on('acts', '2026-12-17')} ${on('acts', '2026-12-17')}-1400`,
    format: 'onsite',
  })
  for (const below of ['', '/cancel', '/move', '/letter', '/arrive']) {
    await h.ask(desk, bookingPage(of(locale, 'plain')) + below, {
      name: `desk ${locale} plain${below.replace('/', ' ')}`,
    })
    await h.ask(tokyo, bookingPage(of(locale, 'plain')) + below, {
      name: `desk ${locale} plain${below.replace('/', ' ')}`,
    })
  }
  for (const kind of LETTERS)
    await h.ask(desk, `${bookingPage(of(locale, 'plain'))}/letter?kind=${kind}`, { name: `preview ${kind} ${locale}` })
}
await h.ask(desk, `/desk/bookings/new?session=${MITO}`)
await h.ask(desk, `/desk/bookings/places?session=${MITO}`)
await h.ask(desk, '/desk/bookings/alike', { fields: { name_kana: 'たかはし たろう' } })
await h.ask(desk, '/desk/bookings/new', { fields: { ...caller(MITO), step: 'session' }, name: 'enter session' })
await h.ask(desk, '/desk/bookings/new', {
  fields: caller(MITO, { name: '', phone: '1', slot: 'x' }),
  name: 'enter wrong',
})
await h.send(desk, '/desk/bookings/new', caller(MITO, { slot: `${MITO}-1500` }), 'enter')
await h.send(
  desk,
  '/desk/bookings/new',
  caller(MITO, { slot: `${MITO}-1500`, sure: '', name_kana: 'たかはし たろう' }),
  'enter alike',
)
await h.send(
  desk,
  '/desk/bookings/new',
  caller(MITO, { slot: `${MITO}-1500`, full: 'over', over: '急ぎ' }),
  'enter over',
)
const calledTo = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-08', '2026-12-10'].map((date) => on('acts', date))
for (const session of calledTo)
  await h.send(desk, '/desk/bookings/new', caller(session, { slot: `${session}-1300` }), `enter ${session.slice(-5)}`)
const tiny = on('small', '2026-12-14')
await h.send(desk, '/desk/bookings/new', caller(tiny), 'enter tiny')
await h.send(desk, '/desk/bookings/new', caller(tiny), 'enter tiny full')
for (const locale of LOCALES)
  held[locale] = {
    ...held[locale],
    promoted: await api(
      'promoted',
      locale === 'ja' ? tiny : on('small', '2026-12-10'),
      null,
      locale,
      locale === 'ja' ? { waitlist: true } : {},
    ),
  }
await h.send(
  desk,
  '/desk/bookings',
  {
    text: 'たかはし',
    from: '2026-11-15',
    to: '2027-01-21',
    prefecture: '',
    status: '',
    channel: '',
    format: '',
    sort: '',
  },
  'ledger searched',
)
await h.send(desk, '/desk/bookings/views', { name: '予約済み', query: 'status=booked' }, 'view kept')
for (const name of ['promoted', 'plain']) await act(of('ja', name), 'promote')
const tinyHolder = (
  await h.column<string>(
    "select id from booking where session = ? and status = 'booked' order by created_at limit 1",
    tiny,
  )
)[0]
await h.send(desk, `/desk/bookings/${tinyHolder}/cancel`, {}, 'tiny cancelled')
await act(of('ja', 'promoted'), 'promote')
await h.work()

h.begin('06-sessions')
const because = { reason_ja: '大雪のため', reason_en: 'Heavy snow' }
const ACTS: [string, string, Record<string, string>][] = [
  ['2026-12-01', 'call-off', because],
  ['2026-12-02', 'reschedule', { ...because, date: '2026-12-23', starts: '11:00' }],
  ['2026-12-03', 'reschedule', { ...because, postpone: 'true', date: '', starts: '' }],
  ['2026-12-08', 'convert', { ...because, into: 'online' }],
  ['2026-12-10', 'venue', { ...because, venue }],
  ['2026-12-14', 'meeting', { url: 'https://meet.example.jp/abc' }],
]
for (const name of ['call-off', 'reschedule', 'convert', 'venue', 'settle', 'meeting', 'draw', 'announce', 'nothing']) {
  for (const who of [desk, viewer, tokyo]) await h.ask(who, `/desk/sessions/${on('acts', '2026-12-15')}/${name}`)
  await h.send(desk, `/desk/sessions/${on('acts', '2026-12-15')}/${name}`, {}, `${name} empty`)
}
for (const [date, name, fields] of ACTS) {
  const path = `/desk/sessions/${on('acts', date)}`
  const { revision = '' } = formOf(await h.ask(desk, `${path}/${name}`), `${path}/${name}`)
  await h.send(desk, `${path}/${name}`, { ...fields, revision }, `${name} look`)
  await h.send(desk, `${path}/${name}`, { ...fields, revision, step: 'edit' }, `${name} edit`)
  await h.send(desk, `${path}/${name}`, { ...fields, revision, step: 'do' }, `${name} do`)
  await h.send(desk, `${path}/${name}`, { ...fields, revision, step: 'do' }, `${name} again`)
  await h.ask(desk, `${path}/sheet`)
}
for (const fields of [
  {},
  { date: '2026-12-24' },
  { date: '2026-12-24', starts: '13:00', ends: '16:00', formats: 'online', capacity: '20' },
]) {
  await h.send(chief, `/desk/sessions/${dated}/settle`, fields, 'settle')
}
await h.work()
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const token = /\/tell\/([\w-]+)/.exec(h.letterTo(`wish-${locale}@example.jp`))?.[1]
  if (token !== undefined) await h.ask(who, `/tell/${token}`, { name: 'tell told' })
  await h.ask(who, `/sessions/${later}/tell`, {
    fields: { email: `late-${locale}@example.jp`, consent: 'true', locale },
    name: 'tell late',
  })
  await h.work()
  const mine = /\/tell\/([\w-]+)/.exec(h.letterTo(`late-${locale}@example.jp`))?.[1] ?? ''
  await h.send(who, `/tell/${mine}/confirm`, {}, 'tell late confirmed')
}
for (const fields of [
  { date: '2026-12-22', starts: '13:00', ends: '12:00' },
  { date: '2026-12-22', starts: '13:00', ends: '16:00', formats: 'online', capacity: '20' },
]) {
  await h.send(chief, `/desk/sessions/${later}/settle`, fields, 'settle later')
}
await h.work()
for (const [who, locale] of [
  [ja, 'ja'],
  [en, 'en'],
] as const) {
  const letter = h.letterTo(`late-${locale}@example.jp`)
  const first = /[?&]first=([\w-]+)/.exec(letter)?.[1] ?? ''
  await h.ask(who, `/sessions/${later}/book?first=${first}`, { name: 'book first' })
  await h.ask(who, `/tell/${first}`, { name: 'tell first' })
}
await sessionPages(CHANGED)
const order = {
  prefectures: '08',
  starts_on: '2026-12-17',
  ends_on: '2026-12-31',
  into: 'phone',
  reason_ja: '感染対策',
  reason_en: 'Infection control',
}
await h.send(desk, '/desk/suspensions', { ...order, starts_on: '' }, 'suspension wrong')
await h.send(tokyo, '/desk/suspensions', order, 'suspension of another')
await h.send(desk, '/desk/suspensions', order, 'suspension look')
await h.send(desk, '/desk/suspensions', { ...order, step: 'edit' }, 'suspension edit')
await h.send(desk, '/desk/suspensions', { ...order, step: 'do' }, 'suspension do')
await h.work()
const [suspension = ''] = await h.column<string>('select id from suspension')
await h.send(desk, `/desk/suspensions/${suspension}/lift`, {}, 'suspension lift')
await h.work()
for (const one of all) await look(h, [one.locale === 'ja' ? ja : en], one, false)

/** The console as everybody sees it, by its links. */
async function consolePages(most: number): Promise<void> {
  const starts = [
    '/desk',
    '/desk/schedule',
    '/desk/bookings',
    '/desk/letters',
    '/desk/people',
    '/desk/programme',
    '/desk/figures',
    '/desk/figures/report',
    '/desk/survey',
    '/desk/security',
    '/desk/venues',
    '/desk/closures',
    '/desk/suspensions',
    '/desk/series',
  ]
  for (const who of [chief, desk, viewer, expert, tokyo]) await h.crawl(who, starts, most, '/desk')
  const abroad = visitor('desk', 'en', desk)
  await h.crawl(abroad, starts, most, '/desk')
  await h.crawl(
    visitor('secretariat', 'en', chief),
    ['/desk/people', '/desk/programme', '/desk/security', '/desk/people/new'],
    3,
    '/desk',
  )
  for (const query of [
    'date=2026-12-01',
    'view=week&date=2026-11-27',
    'view=list',
    'view=list&prefecture=08&date=2026-12-01',
  ]) {
    for (const who of [desk, abroad]) await h.ask(who, `/desk/schedule?${query}`)
  }
}
h.begin('07-console')
await consolePages(5)
const [call = ''] = await h.column<string>(
  "select id from outbox where channel = 'phone' and state = 'waiting' order by id",
)
await h.send(desk, `/desk/calls/${call}`, {}, 'called')
const [sent = ''] = await h.column<string>("select id from outbox where kind = 'booked' and state = 'sent' order by id")
await h.send(desk, `/desk/letters/${sent}/resend`, {}, 'letter resent')
const [failed = ''] = await h.column<string>("select id from outbox where state = 'failed' order by id")
await h.ask(desk, `/desk/letters/${failed}`, { name: 'letter failed' })
await h.send(desk, `/desk/letters/${failed}/resend`, {}, 'letter failed resent')
await h.send(desk, `/desk/letters/nothing/resend`, {}, 'letter resent none')
await h.ask(desk, '/desk/security/feeds', { fields: { name: '' }, name: 'feed wrong' })
const made = await h.ask(desk, '/desk/security/feeds', { fields: { name: '机のカレンダー' }, name: 'feed made' })
const feedPath = /\/desk\/feeds\/[\w-]+\.ics/.exec(made.body)?.[0] ?? '/desk/feeds/none.ics'
for (const who of anybody) await h.ask(who, feedPath, { name: 'desk feed' })
await h.send(
  desk,
  `/desk/security/feeds/${(await h.column<string>('select id from staff_feed'))[0]}/drop`,
  {},
  'feed dropped',
)
await h.send(
  desk,
  `/desk/bookings/views/${(await h.column<string>('select id from ledger_view'))[0]}/drop`,
  {},
  'view dropped',
)
for (const path of ['/desk/proof/passkey/challenge', '/desk/security/passkey/challenge'])
  await h.ask(desk, path, { method: 'POST' })
for (const path of ['/desk/proof/passkey', '/desk/security/passkey']) await h.ask(desk, path, { json: { id: 'x' } })
await h.send(desk, '/desk/security/drop', { passkey: 'nothing' }, 'factor dropped')
await h.send(chief, '/desk/security/drop', { passkey: '' }, 'factor dropped')
await h.send(desk, '/desk/programme', {}, 'programme of a desk')

h.begin('08-thursday')
h.set('2026-11-24T01:00:00.000Z')
await h.work()
h.set('2026-11-26T01:00:00.000Z')
await h.work()
h.set('2026-11-26T08:30:00.000Z')
await h.work()
for (const one of all) await look(h, [one.locale === 'ja' ? ja : en], one, false)

h.begin('09-friday')
h.set('2026-11-27T01:00:00.000Z')
await h.work()
await everybodyIn()
await signIn(h, chief, 'chief@example.jp', 'link', secret)
await h.ask(desk, '/desk')
await act(of('ja', 'plain'), 'attend', { as: 'attended', back: 'today' })
await act(of('en', 'plain'), 'attend', { as: 'absent' })
await act(of('en', 'plain'), 'attend', { as: 'attended' })
await act(of('ja', 'e1'), 'attend', { as: 'attended' })
await consolePages(2)

h.begin('10-survey')
h.set('2026-11-28T01:00:00.000Z')
await h.work()
for (const one of all) await look(h, anybody, one, /plain/.test(one.name))
for (const one of all.filter(({ name }) => /plain|early/.test(name))) {
  await press(one, 'survey', { satisfaction: '9', comment: 'x'.repeat(3000) })
  await press(one, 'survey', {
    satisfaction: '5',
    understood: '4',
    telework: 'considering',
    recommend: '3',
    comment: '助かりました',
  })
  await press(one, 'survey', { satisfaction: '1', understood: '1', telework: 'no', recommend: '1', comment: '' })
}

h.begin('11-lots')
h.set('2026-12-02T07:00:00.000Z')
await h.work()
await signIn(h, desk, 'desk@example.jp', 'link')
const lots = `/desk/sessions/${on('lottery', '2026-12-03')}`
await h.send(desk, `${lots}/announce`, {}, 'announce too early')
for (const verb of ['draw', 'draw', 'announce', 'announce']) {
  await h.ask(desk, `${lots}/${verb}`)
  await h.send(desk, `${lots}/${verb}`, { step: 'do' }, verb)
  await h.ask(desk, lots)
}
await h.work()
const entries = all.filter(({ name }) => /^e\d/.test(name))
for (const one of entries) await look(h, anybody, one, true)
const [winner, other] = await h.column<string>(
  "select id from booking where session = ? and status = 'offered' order by draw_order",
  on('lottery', '2026-12-03'),
)
for (const one of entries.filter(({ id }) => id === winner)) await press(one, 'accept')
for (const one of entries.filter(({ id }) => id === other)) await press(one, 'decline')
await h.work()
h.set('2026-12-03T05:00:00.000Z')
await h.work()
for (const one of entries) await look(h, anybody, one, true)

h.begin('12-winter')
h.set('2026-12-20T01:00:00.000Z')
await h.work()
await everybodyIn()
await signIn(h, chief, 'chief@example.jp', 'code', secret)
await publicPages(3)
await sessionPages(CHANGED)
await consolePages(4)
for (const who of [desk, chief, viewer, expert, tokyo, visitor('desk', 'en', desk)]) {
  for (const query of [
    'month=2026-11',
    'month=2026-11&compare=1',
    'month=2026-12&compare=1',
    'month=2026-11&as=csv',
    'month=2026-11&as=sjis',
    'month=x',
  ])
    await h.ask(who, `/desk/figures/report?${query}`)
  for (const query of [
    '',
    'from=2026-04-01&to=2027-03-31',
    'from=2026-04-01&to=2027-03-31&kind=seminar',
    'from=2026-04-01&to=2027-03-31&prefecture=08',
    'from=x',
  ])
    await h.ask(who, `/desk/figures?${query}`)
  for (const format of ['csv', 'sjis', 'xlsx']) {
    const fields = { from: '2026-04-01', to: '2027-03-31', format, prefecture: '', kind: '', status: '' }
    await h.send(who, '/desk/exports', fields, `export ${format}`)
    if (format === 'sjis') await h.send(who, '/desk/exports', { ...fields, anyway: '1' }, 'export sjis anyway')
  }
  await h.send(who, '/desk/exports', { from: 'x', to: '', format: 'x' }, 'export wrong')
  await h.ask(who, '/desk/exports/nothing')
  await h.ask(who, '/desk/exports/nothing/file', { method: 'POST' })
  for (const query of ['', 'prefecture=08', 'prefecture=13', 'month=2026-11&prefecture=08'])
    await h.ask(who, `/desk/survey?${query}`)
  for (const state of ['waiting', 'sent', 'failed', 'superseded']) await h.ask(who, `/desk/letters?state=${state}`)
  for (const query of [
    'status=booked',
    'status=cancelled',
    'channel=phone',
    'format=online',
    'sort=company',
    'sort=made',
    'from=2026-12-01&to=2026-12-31',
    'page=2',
  ])
    await h.ask(who, `/desk/bookings?${query}`)
}
for (const one of all) await look(h, [one.locale === 'ja' ? ja : en], one, /plain|gone|w1|r1/.test(one.name))
for (const locale of LOCALES) {
  await press(of(locale, 'gone'), 'erase')
  await press(of(locale, 'gone'), 'cancel')
  await press(of(locale, 'plain'), 'erase')
  await press(of(locale, 'r1'), 'erase')
}
await h.send(chief, '/desk/programme', {}, 'programme copied')
await h.work()
await h.ask(ja, '/healthz')
await h.ask(ja, '/readyz')
const [pass = ''] = await h.column<string>(
  "select id from pass where account = 'golden-secretariat' order by created_at",
)
await h.send(chief, '/desk/security/end', { pass }, 'pass ended')
await h.send(viewer, '/desk/sign-out', {}, 'signed out')
const metrics = await h.app.request('/metrics')
h.visited.add('GET /metrics')
files.write(
  '12-winter/metrics',
  (await metrics.text())
    .split('\n')
    .filter((line) => line.includes('madoguchi'))
    .join('\n'),
)

/** Another house with other rules: letters are kept and shown, and rates are limited. */
const kept = await house(files, 'kept-', { SMTP_URL: '', RATE_LIMIT: 'on' })
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

/** The texts of the command line, on the same rows. */
async function commands(): Promise<void> {
  const entry = resolve('src/cli.ts')
  const reason = ['--reason', '停電のため']
  const session = on('acts', '2026-12-02')
  const lines = [
    ...[
      ['help'],
      ['nothing'],
      ['doctor'],
      ['doctor', '--json'],
      ['calls'],
      ['forget', '--dry-run'],
      ['migrate'],
      ['seed'],
      ['copy'],
      ['staff'],
    ],
    ...[
      ['call-off', session, ...reason],
      ['reschedule', session, '--date', '2026-12-24', ...reason],
      ['reschedule', session],
    ],
    ...[
      ['reschedule', session, '--postpone', ...reason],
      ['convert', session, '--into', 'phone', ...reason],
      ['call-off', 'nothing', ...reason],
    ],
    ['suspend', '--region', 'kanto', '--from', '2026-12-21', '--to', '2027-01-31', '--into', 'online', ...reason],
    ...[
      ['promote', of('ja', 'plain').id],
      ['draw', on('lottery', '2026-12-17')],
      ['announce', on('lottery', '2026-12-17')],
    ],
  ]
  Object.assign(process.env, {
    NODE_ENV: 'test',
    SECRET: 'a secret for tests only',
    PUBLIC_URL: 'http://localhost:8787',
    DATABASE_URL: `sqlite:${h.address}`,
  })
  const { argv } = process
  const { log, error } = console
  for (const [i, args] of lines.entries()) {
    const said: string[] = []
    Object.assign(console, {
      log: (line: string) => said.push(line),
      error: (line: string) => said.push(`error: ${line}`),
    })
    reseed(`cli ${i}`)
    process.argv = [...argv.slice(0, 2), ...args]
    process.exitCode = 0
    await import(`${pathToFileURL(entry).href}?run=${i}`)
    Object.assign(console, { log, error })
    files.write(
      `cli/${String(i).padStart(2, '0')} ${fileName(args.join(' ').slice(0, 80))}`,
      `${process.exitCode}\n${said.join('\n')}\n`,
    )
  }
  process.argv = argv
  process.exitCode = 0
}
await commands()

files.write('log', h.logged.join('\n'))
const tables = await h.column<string>(
  "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
)
for (const table of tables) {
  const rows = await h.rows(`select * from "${table}"`)
  files.write(
    `tables/${table}`,
    rows
      .map((row) => JSON.stringify(row, Object.keys(row).toSorted()))
      .toSorted()
      .join('\n'),
  )
}
await h.end()

const missed = [...new Set(h.routes.map((one) => one.name))].filter(
  (name) => !h.visited.has(name) && !kept.visited.has(name),
)
const unwritten = LETTERS.flatMap((kind) => LOCALES.map((locale) => `${kind} ${locale}`)).filter(
  (one) => !h.kinds.has(one),
)
const said = [
  `${files.count()} files in ${out}`,
  ...missed.map((name) => `not visited: ${name}`),
  ...unwritten.map((name) => `not written: ${name}`),
]
process.stdout.write(`${said.join('\n')}\n`)
if (said.length > 1) process.exitCode = 1
