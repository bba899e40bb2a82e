import { weekday } from '../../src/base/japan/civil.ts'
import { hmac } from '../../src/base/token.ts'
import { askTicked } from '../../src/booking/ticked/ask-ticked.ts'
import { addAbsence } from '../../src/experts/add-absence.ts'
import { askForExport } from '../../src/figures/exports/request.ts'
import { addLetterFile } from '../../src/messages/add-letter-file.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { addQuestion } from '../../src/planning/questions/add-question.ts'
import { makeShort } from '../../src/planning/short/make-short.ts'
import { addWebhook } from '../../src/webhooks/add-webhook.ts'
import { account, expert, fields as expertFields } from '../experts/fixtures.ts'
import { type Fields, fieldsOf, formTo, pathOf, type Site } from '../http/app.ts'
import { caller, type Staff, WEEK } from '../http/desk/fixtures.ts'
import { asked, asking } from '../matching/fixtures.ts'
import { browser } from '../people/fixtures.ts'
import { seminar, series } from '../schedule/fixtures.ts'
import { freshKey, MITO, NOW } from '../world.ts'
import { call, form, type Sent } from './requests.ts'

/**
 * What a route asks of its caller. `proof`: signed in, also without the second factor. `own`: the row of one account.
 * `theirs`: that too, or the secretariat. `token`: the secret in the address. `bearer`: the secret in the header. The rest
 * is as `src/base/actor.ts` decides it.
 */
export type Need =
  | ('anybody' | 'token' | 'bearer' | 'proof' | 'account' | 'own' | 'theirs')
  | ('read' | 'figures' | 'manage' | 'plan' | 'export' | 'secretariat')

/** A request that its rightful caller may send. */
export type Asked = { sent: Sent; token?: string }

/** One route: who may ask it, and a request about new rows of Ibaraki that goes through. */
export type Entry = {
  needs: Need
  ask(f: Facts): Promise<Asked> | Asked
  /** The status for the rightful caller. By default it is done: 200, 201 or 303. */
  answers?: number
  /** Sent by its rightful caller only, because it ends the caller's own pass. */
  alone?: true
}

/** Words that occur only in what people of Ibaraki typed. */
export const MARKS = ['目印商会', '目印花子', 'メジルシ', 'mejirushi', '029-999-0001', '駐車場の目印']

const PERSON = {
  company: '目印商会',
  name: '目印花子',
  name_kana: 'メジルシ ハナコ',
  phone: '029-999-0001',
  message: '駐車場の目印',
}

/** Publishes a day in Ibaraki for each request: two a day, because the schedule reaches some months ahead only. */
export async function withDays(s: Site): Promise<void> {
  const daily = { rule: 'FREQ=DAILY', starts_on: '2026-12-01', until: '2027-03-31' }
  for (const id of ['daily', 'daily-too']) {
    await importSeries(s.system, series({ ...daily, id, desk: 'secretariat', venue: 'ibaraki' }))
  }
  await plan(s.system)
}

/** Makes the rows that a request is about. Each call makes new ones. */
export function facts(s: Site, desk: Staff, secretariat: Staff) {
  const open = s.column<string>(
    "select id from session where series like 'daily%' and state = 'published' order by series, date",
  )
  let days = 0
  let people = 0
  const session = async () => {
    const id = (await open)[days++]
    if (id === undefined) throw new Error('the schedule has no further day')
    return id
  }
  const booked = async (changes: Record<string, unknown> = {}) => {
    people++
    const on = await session()
    const email = `mejirushi-${people}@example.jp`
    return { ...(await s.booked({ ...PERSON, session: on, slot: `${on}-1000`, email, ...changes })), on }
  }
  const letter = async (about: string) =>
    (await s.column<string>('select id from outbox where subject = ? order by created_at', about))[0] ?? ''
  const cookie = { cookie: desk.cookie }
  const get = (path: string) => ({ sent: call('desk', 'GET', path, undefined, cookie) })
  const post = (path: string, fields: Fields | Record<string, string> = []) => ({
    sent: form('desk', path, Array.isArray(fields) ? fields : Object.entries(fields), cookie),
  })
  /** The same request, by the secretariat. */
  const high = ({ sent }: Asked) => ({
    sent: { ...sent, as: 'secretariat', headers: { ...sent.headers, cookie: secretariat.cookie } },
  })
  return { s, desk, secretariat, session, booked, letter, get, post, high }
}

export type Facts = ReturnType<typeof facts>

const REASON = { reason_ja: '大雪のため', reason_en: '', step: 'do' }
const TSUKUBA = {
  ...WEEK,
  prefecture: '08',
  title_ja: 'つくば',
  capacity: '5',
  dates: '2027-01-26',
  beside: '担当が二人いるため',
}
const PERIOD = { starts_on: '2027-02-01', ends_on: '2027-02-28', prefectures: '08', into: 'online', ...REASON }
const EXPORT = { from: '2026-04-01', to: '2027-03-31', prefecture: '08', kind: '', status: '', format: 'csv' }

const OFFICE = { kind: 'local', prefectures: '08', name_ja: '水戸の窓口', phones: '029-999-0002' }

/** Begins a weekly series of Ibaraki. Returns its id. */
async function begunSeries(f: Facts): Promise<string> {
  const weekly = { ...TSUKUBA, dates: '', repeat: 'weekly', weekdays: 'SA', starts_on: '2027-02-06', key: freshKey() }
  const { location } = await f.desk.post('/desk/series/new', Object.entries(weekly))
  return location.split('/').at(-1)?.split('?')[0] ?? ''
}

/** Adds a desk of Ibaraki that holds nothing. Returns its id. */
async function office(f: Facts): Promise<string> {
  const id = freshKey()
  const { kind, prefectures, name_ja, phones } = OFFICE
  await f.s.run(
    `insert into desk (id, kind, name_ja, name_en, prefecture, prefectures, phones, email_use, topics)
      values (?, ?, ?, ?, '08', ?, ?, 'none', 'general')`,
    id,
    kind,
    name_ja,
    name_ja,
    prefectures,
    phones,
  )
  return id
}

/** A webhook of a desk of Ibaraki. Returns its address in the console. */
async function hook(f: Facts): Promise<string> {
  const given = { url: 'https://hooks.example.jp/', types: ['session.full'], desk: await office(f) }
  const added = await addWebhook(f.s.system, given)
  if (!added.ok) throw new Error(added.why)
  return `/desk/webhooks/${added.webhook}`
}

/** A key of a desk of Ibaraki. Returns its id. */
async function partnerKey(f: Facts): Promise<string> {
  const id = freshKey()
  await f.s.run(
    `insert into api_key (id, desk, name, scope, token_hash, hint, created_at) values (?, ?, '商工会', 'read', ?, '', ?)`,
    id,
    await office(f),
    id,
    NOW,
  )
  return id
}

/** The form of an expert, filled in. */
function expertForm(others: Record<string, string>): Fields {
  const lists = Object.entries({ ...expertFields(), ...others })
  return lists.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]))
}

/** A page of a new expert, or a form sent to it, by the secretariat. */
async function ofExpert(f: Facts, way: string, typed?: Fields | Record<string, string>): Promise<Asked> {
  const path = `/desk/experts/${await expert(f.s, freshKey())}${way}`
  return f.high(typed ? f.post(path, typed) : f.get(path))
}

const QUESTION = { kind: 'text', label_ja: '駐車場を使いますか' }

const TEXT = { kind: 'booked', text_ja: '印鑑をお持ちください。', text_en: '', revision: '-1', step: 'do' }
const SENDER = { sender_ja: '水戸の窓口', revision: '-1', step: 'do' }

/** A form with a document for the confirmations of a series. */
function upload(f: Facts, of: string): Asked {
  const { sent } = f.post('/desk/texts/files')
  const part = (name: string, more: string, content: string) =>
    `--part\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
  const file = part('document', '; filename="a.pdf"\r\nContent-Type: application/pdf', '%PDF-1.7')
  const body = `${part('series', '', of)}${part('purpose', '', 'document')}${file}--part--\r\n`
  return { sent: { ...sent, headers: { ...sent.headers, 'content-type': 'multipart/form-data; boundary=part' }, body } }
}

/** Adds a document to the confirmations of a series. Returns its id. */
async function carried(f: Facts, of: string): Promise<string> {
  const file = { name: 'a.pdf', bytes: new TextEncoder().encode('%PDF-1.7') }
  await addLetterFile(f.s.system, { scope: 'series', id: of }, 'document', file)
  return (await f.s.column<string>('select id from letter_file where series = ?', of))[0] ?? ''
}

const MESSAGE = { subject_ja: '駐車場について', body_ja: '{氏名} 様\n当日は満車です。' }

/** A question of a new day. Returns its id. */
async function question(f: Facts): Promise<string> {
  const done = await addQuestion(f.s.system, { series: null, session: await f.session() }, QUESTION)
  if (!done.ok) throw new Error(`not added: ${done.why}`)
  return done.question
}

let schedules = 0

/** A schedule that the desk reads in, of a day that no other has. Returns its page. */
async function importing(f: Facts): Promise<string> {
  schedules++
  const text = `茨城県 サイバーセキュリティセミナー 2027年2月${1 + (schedules % 28)}日 10:00～12:00 オンライン`
  const { location } = await f.desk.post('/desk/import', [['text', text]])
  return pathOf(location)
}

/** The page of a schedule that was taken in. */
async function imported(f: Facts): Promise<string> {
  const path = await importing(f)
  const look = await f.s.page(`${path}/look`, { headers: { cookie: f.desk.cookie } })
  const action = `${path}/look`
  await f.desk.post(action, fieldsOf(formTo(look, action), { beside: '担当が二人いるため' }))
  return path
}

/** Reading a page of a new booking. */
const ofBooking = (tail: string) => async (f: Facts) => f.get(`/desk/bookings/${(await f.booked()).id}${tail}`)

/** A button on a booking. */
const tend =
  (act: string, fields: Record<string, string> = {}, changes: Record<string, unknown> = {}) =>
  async (f: Facts) =>
    f.post(`/desk/bookings/${(await f.booked(changes)).id}/${act}`, fields)

/** A form as its page sends it, with changes. */
async function filled(f: Facts, path: string, changes: Record<string, string>, action = path): Promise<Asked> {
  const page = await f.s.page(path, { headers: { cookie: f.desk.cookie } })
  return f.post(action, fieldsOf(formTo(page, action), changes))
}

/** A page or button behind the manage link. */
const held =
  (method: 'GET' | 'POST', tail: string, fields: Record<string, string> = {}, changes: Record<string, unknown> = {}) =>
  async (f: Facts) => {
    const { token } = await f.booked(changes)
    const path = `/b/${token}${tail}`
    return {
      token,
      sent: method === 'GET' ? call('holder', 'GET', path) : form('holder', path, Object.entries(fields)),
    }
  }

/** An act of the holder through the API. */
const bearing = (tail: string, body?: unknown) => async (f: Facts) => {
  const { id, token } = await f.booked()
  const bearer = { authorization: `Bearer ${token}` }
  return { sent: call('holder', tail === '' ? 'GET' : 'POST', `/api/v1/bookings/${id}${tail}`, body, bearer) }
}

/** The page or button behind the link to a new e-mail address. */
const readdressed = (method: 'GET' | 'POST') => async (f: Facts) => {
  const booking = await f.booked()
  const email = `mejirushi-${freshKey()}@example.jp`
  await f.s.post(`/b/${booking.token}/amend`, [['email', email]])
  const [id = ''] = await f.s.column<string>('select id from email_change where booking = ?', booking.id)
  const token = await hmac(f.s.ctx.config.secrets[0] ?? '', `${id}.email`)
  const path = `/b/email/${token}`
  return { token, sent: method === 'GET' ? call('holder', 'GET', path) : form('holder', path, []) }
}

/** An interest in a session without a date. */
async function interested(f: Facts): Promise<{ id: string; token: string }> {
  const undated = {
    ...seminar({ id: `later-${freshKey()}`, prefecture: '08', date: null, hours: null }),
    desk: 'secretariat',
  }
  await publishSession(f.s.system, undated)
  const email = `mejirushi-${freshKey()}@example.jp`
  await f.s.post(`/sessions/${undated.id}/tell`, Object.entries({ email, consent: 'true', locale: 'ja' }))
  const [id = ''] = await f.s.column<string>('select id from interest where session = ?', undated.id)
  return { id, token: await hmac(f.s.ctx.config.secrets[0] ?? '', `${id}.interest`) }
}

const interest =
  (method: 'GET' | 'POST', tail = '') =>
  async (f: Facts) => {
    const { token } = await interested(f)
    const path = `/tell/${token}${tail}`
    return { token, sent: method === 'GET' ? call('holder', 'GET', path) : form('holder', path, []) }
  }

/** The fields of the form that asks about free places in Ibaraki. */
const alertFields = (email: string): [string, string][] => [
  ['prefecture', '08'],
  ['kinds', 'consultation'],
  ['weekdays', '5'],
  ['days', '30'],
  ['email', email],
  ['consent', 'true'],
  ['locale', 'ja'],
]

const alert =
  (method: 'GET' | 'POST', tail = '') =>
  async (f: Facts) => {
    await f.s.post('/alerts', alertFields(`mejirushi-${freshKey()}@example.jp`))
    const [id = ''] = await f.s.column<string>('select id from alert order by id desc')
    const token = await hmac(f.s.ctx.config.secrets[0] ?? '', `${id}.alert`)
    const path = `/alerts/${token}${tail}`
    return { token, sent: method === 'GET' ? call('holder', 'GET', path) : form('holder', path, []) }
  }

const requested =
  (method: 'GET' | 'POST', tail = '') =>
  async (f: Facts) => {
    const { token } = await asked(f.s, asking({ company: `目印${freshKey()}` }))
    const path = `/c/${token}${tail}`
    return { token, sent: method === 'GET' ? call('holder', 'GET', path) : form('holder', path, []) }
  }

const requestBearing =
  (method: 'GET' | 'POST', tail = '') =>
  async (f: Facts) => {
    const { id, token } = await asked(f.s, asking({ company: `目印${freshKey()}` }))
    const bearer = { authorization: `Bearer ${token}` }
    return {
      token,
      sent: call('holder', method, `/api/v1/requests/${id}${tail}`, method === 'GET' ? undefined : {}, bearer),
    }
  }

/** A person without e-mail on the list of those to call. */
async function toCall(f: Facts): Promise<string> {
  const on = await f.session()
  const who = caller({
    session: on,
    slot: `${on}-1000`,
    name: PERSON.name,
    company: PERSON.company,
    phone: PERSON.phone,
  })
  await f.desk.post('/desk/bookings/new', [...who, ['sure', 'true']])
  await f.desk.post(`/desk/sessions/${on}/convert`, Object.entries({ ...REASON, into: 'online' }))
  const [id] = await f.s.column<string>("select id from outbox where channel = 'phone' order by created_at desc")
  if (id === undefined) throw new Error('nobody is to be called')
  return id
}

async function exported(f: Facts): Promise<string> {
  const actor = { kind: 'staff' as const, id: f.desk.id, role: 'desk' as const, prefectures: ['08'], provenAt: NOW }
  const done = await askForExport({ ...f.s.ctx, actor }, EXPORT)
  if (!done.ok) throw new Error('no export')
  return done.export
}

/** A cap that refused an application in Ibaraki, after a desk allowed so many more. */
async function reached(f: Facts, extra: number): Promise<string> {
  const id = freshKey()
  const values = [id, '2026-11-22', 'bookings', 'phone', id, '', 1000, 1000 + extra, extra, 1, NOW, MITO]
  await f.s.run(
    `insert into cap (id, day, counted, source, key_hash, mask, n, most, extra, refused, refused_at, session)
     values (${values.map(() => '?').join()})`,
    ...values,
  )
  return id
}

const get =
  (path: string) =>
  (f: Facts): Asked =>
    f.get(path)
const open = (path: string) => (): Asked => ({ sent: call('public', 'GET', path) })
const own = async (f: Facts, table: string) =>
  (await f.s.column<string>(`select id from ${table} where account = ? order by id desc`, f.desk.id))[0] ?? ''

/** Every route of the site. */
export const MATRIX: Record<string, Entry> = {
  // First: sessions without a date, which others make, would be taken for those of a schedule.
  'GET /desk/import': { needs: 'plan', ask: get('/desk/import') },
  'POST /desk/import': {
    needs: 'plan',
    ask: (f) => f.post('/desk/import', { text: '茨城県 2027年1月26日(火) 10:00～12:00 オンライン' }),
  },
  'GET /desk/import/bookings': { needs: 'plan', ask: get('/desk/import/bookings') },
  'POST /desk/import/bookings': {
    needs: 'plan',
    ask: (f) =>
      f.post('/desk/import/bookings', {
        text: '日付,会社名,氏名,電話番号\n2026-12-04,大洗建設,海野 次郎,029-000-0000',
      }),
  },
  'GET /desk/import/:id': { needs: 'theirs', ask: async (f) => f.get(await importing(f)) },
  'POST /desk/import/:id': {
    needs: 'theirs',
    ask: async (f) => filled(f, await importing(f), { '0.title_ja': '年始の相談会' }),
  },
  'GET /desk/import/:id/look': { needs: 'theirs', ask: async (f) => f.get(`${await importing(f)}/look`) },
  'POST /desk/import/:id/look': {
    needs: 'theirs',
    ask: async (f) => filled(f, `${await importing(f)}/look`, { beside: '担当が二人いるため' }),
  },
  'POST /desk/import/:id/undo': { needs: 'theirs', ask: async (f) => f.post(`${await imported(f)}/undo`) },
  'POST /desk/import/:id/drop': { needs: 'theirs', ask: async (f) => f.post(`${await importing(f)}/drop`) },
  'GET /': { needs: 'anybody', ask: open('/') },
  'GET /about/accessibility': { needs: 'anybody', ask: open('/about/accessibility') },
  'GET /about/privacy': { needs: 'anybody', ask: open('/about/privacy') },
  'GET /api/docs': { needs: 'anybody', ask: open('/api/docs') },
  'GET /api/openapi.json': { needs: 'anybody', ask: open('/api/openapi.json') },
  'GET /assets/:name': { needs: 'anybody', ask: open('/assets/style.css') },
  'GET /calendar': { needs: 'anybody', ask: open('/calendar?prefecture=08') },
  'GET /calendar.ics': { needs: 'anybody', ask: open('/calendar.ics?prefecture=08') },
  'GET /feed.xml': { needs: 'anybody', ask: open('/feed.xml?prefecture=08') },
  'GET /sitemap.xml': { needs: 'anybody', ask: open('/sitemap.xml') },
  'GET /robots.txt': { needs: 'anybody', ask: open('/robots.txt') },
  'GET /embed': { needs: 'anybody', ask: open('/embed?prefecture=08') },
  'GET /open-data': { needs: 'anybody', ask: open('/open-data') },
  'GET /open-data/:file{events\\.csv|events\\.json}': { needs: 'anybody', ask: open('/open-data/events.csv') },
  'GET /open-data/:file{desks\\.csv|desks\\.json}': { needs: 'anybody', ask: open('/open-data/desks.json') },
  'GET /desks': { needs: 'anybody', ask: open('/desks') },
  'GET /healthz': { needs: 'anybody', ask: open('/healthz') },
  'GET /readyz': { needs: 'anybody', ask: open('/readyz') },
  'GET /metrics': { needs: 'anybody', ask: open('/metrics') },
  'GET /subscribe': { needs: 'anybody', ask: open('/subscribe') },
  'GET /s/:short': {
    needs: 'anybody',
    ask: async (f) => {
      const done = await makeShort(f.s.system, { scope: 'series', id: 'ibaraki' })
      if (!done.ok) throw new Error('not made')
      return { sent: call('public', 'GET', `/s/${done.short}`) }
    },
  },
  'GET /sessions/:id': { needs: 'anybody', ask: open(`/sessions/${MITO}`) },
  'GET /sessions/:id/book': { needs: 'anybody', ask: open(`/sessions/${MITO}/book`) },
  'GET /sessions/:file{[^/]+\\.ics}': { needs: 'anybody', ask: open(`/sessions/${MITO}.ics`) },
  'GET /api/v1/sessions': { needs: 'anybody', ask: open('/api/v1/sessions?prefecture=08') },
  'GET /api/v1/sessions/:id': { needs: 'anybody', ask: open(`/api/v1/sessions/${MITO}`) },
  'POST /api/v1/bookings': {
    needs: 'anybody',
    answers: 422,
    ask: () => ({ sent: call('public', 'POST', '/api/v1/bookings', { session: MITO }) }),
  },
  'POST /sessions/:id/book': {
    needs: 'anybody',
    answers: 422,
    ask: () => ({ sent: form('public', `/sessions/${MITO}/book`, []) }),
  },
  'POST /sessions/:id/tell': {
    needs: 'anybody',
    answers: 422,
    ask: () => ({ sent: form('public', `/sessions/${MITO}/tell`, []) }),
  },
  'GET /archive': { needs: 'anybody', ask: open('/archive') },
  'GET /alerts': { needs: 'anybody', ask: open('/alerts') },
  'POST /alerts': { needs: 'anybody', answers: 422, ask: () => ({ sent: form('public', '/alerts', []) }) },
  'GET /prefecture': { needs: 'anybody', ask: open('/prefecture') },
  'GET /prefecture/dates': { needs: 'anybody', ask: open('/prefecture/dates') },
  'POST /prefecture': {
    needs: 'anybody',
    ask: () => ({ sent: form('public', '/prefecture', Object.entries({ prefecture: '08' })) }),
  },
  'POST /prefecture/forget': { needs: 'anybody', ask: () => ({ sent: form('public', '/prefecture/forget', []) }) },
  'GET /lookup': { needs: 'anybody', ask: open('/lookup') },
  // The number of a booking, and the telephone of somebody else.
  'POST /lookup': {
    needs: 'anybody',
    answers: 404,
    ask: async (f) => {
      const { number } = await f.booked()
      return { sent: form('public', '/lookup', Object.entries({ number, phone: '029-000-0000' })) }
    },
  },
  'POST /lookup/link': {
    needs: 'anybody',
    ask: () => ({ sent: form('public', '/lookup/link', Object.entries({ email: 'nobody@example.jp' })) }),
  },

  'GET /consult': { needs: 'anybody', ask: open('/consult') },
  'POST /consult': { needs: 'anybody', answers: 422, ask: () => ({ sent: form('public', '/consult', []) }) },
  'GET /c/erased': { needs: 'anybody', ask: open('/c/erased') },
  'GET /c/:token': { needs: 'token', ask: requested('GET') },
  'GET /c/:token/done': { needs: 'token', ask: requested('GET', '/done') },
  'GET /c/:token/withdraw': { needs: 'token', ask: requested('GET', '/withdraw') },
  'GET /c/:token/erase': { needs: 'token', ask: requested('GET', '/erase') },
  'POST /c/:token/withdraw': { needs: 'token', ask: requested('POST', '/withdraw') },
  'POST /c/:token/erase': { needs: 'token', ask: requested('POST', '/erase') },

  'GET /b/erased': { needs: 'anybody', ask: open('/b/erased') },
  'GET /b/:token': { needs: 'token', ask: held('GET', '') },
  'GET /b/:token/booking.ics': { needs: 'token', ask: held('GET', '/booking.ics') },
  'GET /b/:token/cancel': { needs: 'token', ask: held('GET', '/cancel') },
  'GET /b/:token/decline': { needs: 'token', ask: held('GET', '/decline') },
  'GET /b/:token/done': { needs: 'token', ask: held('GET', '/done') },
  'GET /b/:token/erase': { needs: 'token', ask: held('GET', '/erase') },
  'GET /b/:token/move': { needs: 'token', ask: held('GET', '/move') },
  'GET /b/:token/survey': { needs: 'token', ask: held('GET', '/survey') },
  'POST /b/:token/accept': { needs: 'token', ask: held('POST', '/accept') },
  'POST /b/:token/amend': {
    needs: 'token',
    ask: held('POST', '/amend', { phone: '029-999-0001', message: '駐車場の目印' }),
  },
  'POST /b/:token/cancel': { needs: 'token', ask: held('POST', '/cancel') },
  'POST /b/:token/decline': { needs: 'token', answers: 409, ask: held('POST', '/decline') },
  'POST /b/:token/erase': { needs: 'token', ask: held('POST', '/erase') },
  'POST /b/:token/move': {
    needs: 'token',
    ask: async (f) => {
      const [{ token }, to] = [await f.booked(), await f.session()]
      const fields = { place: `${to} ${to}-1100`, format: 'onsite', step: 'move' }
      return { token, sent: form('holder', `/b/${token}/move`, Object.entries(fields)) }
    },
  },
  'GET /b/:token/messages': { needs: 'token', ask: held('GET', '/messages') },
  'POST /b/:token/messages': { needs: 'token', ask: held('POST', '/messages') },
  'POST /b/:token/survey': { needs: 'token', ask: held('POST', '/survey') },
  'GET /b/email/:token': { needs: 'token', ask: readdressed('GET') },
  'POST /b/email/:token': { needs: 'token', ask: readdressed('POST') },
  'GET /tell/:token': { needs: 'token', ask: interest('GET') },
  'POST /tell/:token/confirm': { needs: 'token', ask: interest('POST', '/confirm') },
  'POST /tell/:token/end': { needs: 'token', ask: interest('POST', '/end') },
  'GET /alerts/:token': { needs: 'token', ask: alert('GET') },
  'POST /alerts/:token/confirm': { needs: 'token', ask: alert('POST', '/confirm') },
  'POST /alerts/:token/end': { needs: 'token', ask: alert('POST', '/end') },
  'POST /api/v1/requests': {
    needs: 'anybody',
    answers: 422,
    ask: () => ({ sent: call('public', 'POST', '/api/v1/requests', {}) }),
  },
  'GET /api/v1/requests/:id': { needs: 'bearer', ask: requestBearing('GET') },
  'POST /api/v1/requests/:id/withdraw': { needs: 'bearer', ask: requestBearing('POST', '/withdraw') },
  'GET /api/v1/bookings/:id': { needs: 'bearer', ask: bearing('') },
  'PATCH /api/v1/bookings/:id': {
    needs: 'bearer',
    ask: async (f) => {
      const { id, token } = await f.booked()
      const bearer = { authorization: `Bearer ${token}` }
      return { sent: call('holder', 'PATCH', `/api/v1/bookings/${id}`, { message: '駐車場の目印' }, bearer) }
    },
  },
  'POST /api/v1/bookings/:id/accept': { needs: 'bearer', ask: bearing('/accept', {}) },
  'POST /api/v1/bookings/:id/cancel': { needs: 'bearer', ask: bearing('/cancel', {}) },
  'POST /api/v1/bookings/:id/decline': { needs: 'bearer', answers: 409, ask: bearing('/decline', {}) },
  'POST /api/v1/bookings/:id/move': {
    needs: 'bearer',
    ask: async (f) => {
      const [{ id, token }, to] = [await f.booked(), await f.session()]
      const given = { session: to, slot: `${to}-1100`, format: 'onsite' }
      const bearer = { authorization: `Bearer ${token}` }
      return { sent: call('holder', 'POST', `/api/v1/bookings/${id}/move`, given, bearer) }
    },
  },

  'GET /desk/first/:token': { needs: 'anybody', answers: 409, ask: open('/desk/first/unknown') },
  'POST /desk/first/:token': {
    needs: 'anybody',
    answers: 409,
    ask: () => ({ sent: form('public', '/desk/first/unknown', []) }),
  },
  'GET /desk/sign-in': { needs: 'anybody', ask: open('/desk/sign-in') },
  'GET /desk/sign-in/:token': { needs: 'anybody', ask: open('/desk/sign-in/unknown') },
  'POST /desk/sign-in': {
    needs: 'anybody',
    ask: () => ({ sent: form('public', '/desk/sign-in', [['email', 'nobody@example.jp']]) }),
  },
  'POST /desk/sign-in/:token': {
    needs: 'anybody',
    answers: 409,
    ask: () => ({ sent: form('public', '/desk/sign-in/unknown', []) }),
  },
  'POST /desk/sign-in/code': {
    needs: 'anybody',
    answers: 422,
    ask: () => ({
      sent: form('public', '/desk/sign-in/code', Object.entries({ email: 'nobody@example.jp', code: '1' })),
    }),
  },
  'GET /desk/feeds/:file{[^/]+\\.ics}': {
    needs: 'token',
    ask: async (f) => {
      const page = await f.desk.post('/desk/security/feeds', [['name', '水戸']])
      const token = /\/desk\/feeds\/(\w+)\.ics/.exec(page.body)?.[1] ?? ''
      return { token, sent: call('holder', 'GET', `/desk/feeds/${token}.ics`) }
    },
  },
  'POST /desk/sign-out': {
    needs: 'proof',
    answers: 303,
    alone: true,
    ask: async (f) => {
      const cookie = `${f.desk.cookie.split('=')[0]}=${await browser(f.s, f.desk.id)}`
      return { sent: form('desk', '/desk/sign-out', [], { cookie }) }
    },
  },

  'GET /desk': { needs: 'account', ask: get('/desk') },
  'GET /desk/calls/:id': { needs: 'read', ask: async (f) => f.get(`/desk/calls/${await toCall(f)}`) },
  'POST /desk/calls/:id': { needs: 'manage', ask: async (f) => f.post(`/desk/calls/${await toCall(f)}`) },
  'POST /desk/calls/:id/back': { needs: 'manage', ask: async (f) => f.post(`/desk/calls/${await toCall(f)}/back`) },
  'POST /desk/calls/:id/unreached': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/calls/${await toCall(f)}/unreached`, { tries: '0' }),
  },
  'POST /desk/freed/:id': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/freed/${(await f.booked()).id}`, { as: 'called' }),
  },
  'GET /desk/bookings': { needs: 'account', ask: get('/desk/bookings?from=2026-11-01&to=2027-10-01') },
  'POST /desk/bookings': { needs: 'account', ask: (f) => f.post('/desk/bookings', { text: '花子' }) },
  'POST /desk/bookings/ticked': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/bookings/ticked', { act: 'absent', ids: (await f.booked()).id }),
  },
  'GET /desk/bookings/ticked/:id': {
    needs: 'manage',
    ask: async (f) => {
      const ids = [(await f.booked()).id]
      const by = { kind: 'staff' as const, id: f.desk.id, role: 'desk' as const, prefectures: ['08'] }
      const done = await askTicked({ ...f.s.ctx, actor: by }, { act: 'absent', ids })
      if (!done.ok) throw new Error(`not asked: ${done.why}`)
      return f.get(`/desk/bookings/ticked/${done.ticked}`)
    },
  },
  'POST /desk/bookings/alike': {
    needs: 'account',
    ask: (f) => f.post('/desk/bookings/alike', { phone: PERSON.phone, name_kana: PERSON.name_kana }),
  },
  'POST /desk/bookings/views': {
    needs: 'account',
    ask: (f) => f.post('/desk/bookings/views', { name: '電話の分', query: 'channel=phone' }),
  },
  'POST /desk/bookings/views/:id/drop': {
    needs: 'own',
    ask: async (f) => {
      await f.desk.post('/desk/bookings/views', Object.entries({ name: '水戸の分', query: 'prefecture=08' }))
      return f.post(`/desk/bookings/views/${await own(f, 'ledger_view')}/drop`)
    },
  },
  'GET /desk/requests': { needs: 'plan', ask: get('/desk/requests') },
  'GET /desk/requests/new': { needs: 'plan', ask: get('/desk/requests/new') },
  'POST /desk/requests/new': { needs: 'plan', answers: 422, ask: (f) => f.post('/desk/requests/new', {}) },
  'GET /desk/bookings/new': { needs: 'plan', ask: get(`/desk/bookings/new?session=${MITO}`) },
  'GET /desk/bookings/places': { needs: 'read', ask: get(`/desk/bookings/places?session=${MITO}`) },
  'POST /desk/bookings/new': {
    needs: 'manage',
    ask: async (f) => {
      const on = await f.session()
      const who = caller({ session: on, slot: `${on}-1000`, phone: '029-267-7777', name_kana: 'ベツノ ヒト' })
      return f.post('/desk/bookings/new', [...who, ['sure', 'true']])
    },
  },
  'GET /desk/bookings/:id': { needs: 'read', ask: ofBooking('') },
  'GET /desk/bookings/:id/arrive': { needs: 'read', ask: ofBooking('/arrive') },
  'GET /desk/bookings/:id/cancel': { needs: 'manage', ask: ofBooking('/cancel') },
  'GET /desk/bookings/:id/letter': { needs: 'read', ask: ofBooking('/letter') },
  'GET /desk/bookings/:id/move': { needs: 'manage', ask: ofBooking('/move') },
  // Nothing of a booked party is to be decided.
  'GET /desk/bookings/:id/approve': { needs: 'manage', answers: 409, ask: ofBooking('/approve') },
  'GET /desk/bookings/:id/restore': { needs: 'manage', answers: 409, ask: ofBooking('/restore') },
  'GET /desk/bookings/:id/promote': { needs: 'manage', answers: 409, ask: ofBooking('/promote') },
  'GET /desk/bookings/:id/turn-down': { needs: 'manage', answers: 409, ask: ofBooking('/turn-down') },
  'POST /desk/bookings/:id/approve': {
    needs: 'manage',
    ask: async (f) => {
      const on = await f.session()
      await f.s.run("update session set acceptance = 'approval' where id = ?", on)
      return tend('approve', {}, { session: on, slot: `${on}-1000` })(f)
    },
  },
  'POST /desk/bookings/:id/turn-down': {
    needs: 'manage',
    ask: async (f) => {
      const on = await f.session()
      await f.s.run("update session set acceptance = 'approval' where id = ?", on)
      return tend('turn-down', {}, { session: on, slot: `${on}-1000` })(f)
    },
  },
  // Nobody has arrived before the day.
  'POST /desk/bookings/:id/attend': { needs: 'manage', answers: 409, ask: tend('attend', { as: 'attended' }) },
  'POST /desk/bookings/:id/cancel': { needs: 'manage', ask: tend('cancel') },
  'POST /desk/bookings/:id/amend': {
    needs: 'manage',
    ask: async (f) => {
      const { id } = await f.booked()
      return filled(f, `/desk/bookings/${id}`, { format: 'online' }, `/desk/bookings/${id}/amend`)
    },
  },
  'POST /desk/bookings/:id/correct': {
    needs: 'manage',
    ask: async (f) => {
      const { id } = await f.booked()
      return filled(f, `/desk/bookings/${id}`, { phone: '029-999-0002' }, `/desk/bookings/${id}/correct`)
    },
  },
  'POST /desk/bookings/:id/answers': {
    needs: 'manage',
    ask: async (f) => {
      const { id } = await f.booked()
      return filled(f, `/desk/bookings/${id}`, { 'support.captions': 'true' }, `/desk/bookings/${id}/answers`)
    },
  },
  'POST /desk/bookings/:id/meeting': {
    needs: 'manage',
    ask: tend('meeting', { url: 'https://meet.example.jp/1', step: 'do' }, { format: 'online' }),
  },
  'POST /desk/bookings/:id/move': {
    needs: 'manage',
    ask: async (f) => {
      const to = await f.session()
      return tend('move', { place: `${to} ${to}-1100`, format: 'onsite' })(f)
    },
  },
  'POST /desk/bookings/:id/messages': { needs: 'manage', ask: tend('messages', { messages: 'stop' }) },
  'POST /desk/bookings/:id/sms': { needs: 'manage', ask: tend('sms', { sms: 'agree' }) },
  'POST /desk/bookings/:id/note': { needs: 'manage', ask: tend('note', { note: '折り返し', revision: '0' }) },
  'POST /desk/bookings/:id/promote': { needs: 'manage', ask: tend('promote', {}, { waitlist: true, slot: null }) },
  'POST /desk/bookings/:id/restore': { needs: 'manage', ask: tend('restore') },

  'GET /desk/series/:id/advisers': { needs: 'manage', ask: get('/desk/series/ibaraki/advisers') },
  'POST /desk/series/:id/advisers': {
    needs: 'manage',
    ask: (f) => f.post('/desk/series/ibaraki/advisers', { 'whole.room': `会議室${freshKey()}` }),
  },
  'GET /desk/mine': { needs: 'account', ask: get('/desk/mine') },
  'GET /desk/bookings/:id/record': { needs: 'read', ask: ofBooking('/record') },
  'POST /desk/bookings/:id/record': {
    needs: 'manage',
    ask: async (f) => {
      const { id, on } = await f.booked()
      const hours = "starts_at = '2026-11-22T01:00:00.000Z', ends_at = '2026-11-22T02:00:00.000Z'"
      await f.s.run(`update session set date = '2026-11-22', ${hours} where id = ?`, on)
      await f.s.run(`update slot set ${hours} where id = ?`, `${on}-1000`)
      return f.post(`/desk/bookings/${id}/record`, { state: 'draft', advised: '助言' })
    },
  },
  'GET /desk/sessions/:id': { needs: 'read', ask: get(`/desk/sessions/${MITO}`) },
  'GET /desk/sessions/:id/sheet': { needs: 'read', ask: get(`/desk/sessions/${MITO}/sheet`) },
  'GET /desk/sessions/:id/:act': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/call-off`) },
  'GET /desk/sessions/:id/edit': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/edit`) },
  'GET /desk/sessions/:id/advisers': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/advisers`) },
  'POST /desk/sessions/:id/advisers': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/sessions/${await f.session()}/advisers`, { 'whole.room': '会議室' }),
  },
  'GET /desk/sessions/:id/outline': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/outline`) },
  'POST /desk/sessions/:id/outline': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/sessions/${await f.session()}/outline`, { target_ja: '中小企業' }),
  },
  'GET /desk/sessions/:id/skip': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/skip`) },
  'POST /desk/sessions/:id/:act': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/sessions/${(await f.booked()).on}/call-off`, REASON),
  },
  'POST /desk/sessions/:id/edit': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/sessions/${await f.session()}/edit`, { capacity: '4' }),
  },
  'POST /desk/sessions/:id/skip': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/sessions/${await f.session()}/skip`, { reason_ja: '工事' }),
  },
  'POST /desk/sessions/:id/open': {
    needs: 'manage',
    ask: async (f) => {
      const on = await f.session()
      const { sent } = await filled(f, `/desk/sessions/${on}/skip`, { reason_ja: '工事' })
      await f.s.ask(sent.path, sent)
      return f.post(`/desk/sessions/${on}/open`, { beside: 'ほか' })
    },
  },
  'POST /desk/sessions/:id/undo': {
    needs: 'manage',
    ask: async (f) => {
      const on = await f.session()
      const { sent } = await filled(f, `/desk/sessions/${on}/edit`, { capacity: '4' })
      await f.s.ask(sent.path, sent)
      return f.post(`/desk/sessions/${on}/undo`)
    },
  },

  'GET /desk/schedule': { needs: 'account', ask: get('/desk/schedule') },
  'GET /desk/schedule/new': { needs: 'plan', ask: get('/desk/schedule/new?date=2027-01-20') },
  'GET /desk/schedule/copy': { needs: 'plan', ask: get('/desk/schedule/copy?week=2027-02-15') },
  'POST /desk/schedule/copy': {
    needs: 'manage',
    ask: async (f) => {
      const day = { ...TSUKUBA, dates: '', date: '2027-02-18', key: freshKey() }
      await f.desk.post('/desk/schedule/new', Object.entries(day))
      const copy = {
        week: '2027-02-15',
        into: '2027-03-10',
        prefecture: '08',
        key: freshKey(),
        beside: 'ほか',
        step: 'do',
      }
      return f.post('/desk/schedule/copy', copy)
    },
  },
  'GET /desk/sessions/:id/copy': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/copy`) },
  'POST /desk/sessions/:id/copy': {
    needs: 'manage',
    ask: (f) =>
      f.post(`/desk/sessions/${MITO}/copy`, { dates: '2027-01-21', key: freshKey(), beside: 'ほか', step: 'do' }),
  },
  'GET /desk/sessions/:id/delete': { needs: 'manage', ask: get(`/desk/sessions/${MITO}/delete`) },
  'POST /desk/sessions/:id/delete': {
    needs: 'manage',
    ask: async (f) => {
      const day = { ...TSUKUBA, dates: '', date: '2027-01-22', key: freshKey() }
      const { location } = await f.desk.post('/desk/schedule/new', Object.entries(day))
      const id = location.split('/').at(-1)?.split('?')[0] ?? ''
      return filled(f, `/desk/sessions/${id}/delete`, {})
    },
  },
  'GET /desk/series/:id/copy': { needs: 'manage', ask: get('/desk/series/ibaraki/copy') },
  'GET /desk/series/:id/poster': { needs: 'manage', ask: get('/desk/series/ibaraki/poster') },
  'POST /desk/series/:id/poster': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/series/${await begunSeries(f)}/poster`),
  },
  'GET /desk/series/:id/end': { needs: 'manage', ask: get('/desk/series/ibaraki/end') },
  'POST /desk/series/:id/end': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/series/${await begunSeries(f)}/end`, { until: '2027-03-31', step: 'do' }),
  },
  'GET /desk/series/:id/delete': { needs: 'manage', ask: get('/desk/series/ibaraki/delete') },
  'POST /desk/series/:id/delete': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/series/${await begunSeries(f)}/delete`, {}),
  },
  'GET /desk/venues/:id/delete': { needs: 'manage', ask: get('/desk/venues/ibaraki/delete') },
  'POST /desk/venues/:id/delete': {
    needs: 'manage',
    ask: async (f) => {
      await f.s.run(
        `insert into venue (id, prefecture, name_ja, name_en, area_only, revision)
          values ('unused', '08', '会場', 'Venue', 0, 0) on conflict do nothing`,
      )
      return filled(f, '/desk/venues/unused/delete', {})
    },
  },
  'POST /desk/schedule/new': {
    needs: 'manage',
    ask: (f) => f.post('/desk/schedule/new', { ...TSUKUBA, date: '2027-01-20', key: freshKey() }),
  },
  'GET /desk/questions': { needs: 'manage', ask: get(`/desk/questions?session=${MITO}`) },
  'POST /desk/questions': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/questions', { ...QUESTION, session: await f.session(), key: freshKey() }),
  },
  'GET /desk/questions/:id': { needs: 'manage', ask: async (f) => f.get(`/desk/questions/${await question(f)}`) },
  'POST /desk/questions/:id': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/questions/${await question(f)}`, { ...QUESTION, revision: '0' }),
  },
  'POST /desk/questions/:id/:act': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/questions/${await question(f)}/retire`),
  },

  'GET /desk/series': { needs: 'account', ask: get('/desk/series') },
  'GET /desk/series/new': { needs: 'plan', ask: get('/desk/series/new') },
  'GET /desk/series/:id': { needs: 'read', ask: get('/desk/series/ibaraki') },
  'POST /desk/series/new': { needs: 'manage', ask: (f) => f.post('/desk/series/new', { ...TSUKUBA, key: freshKey() }) },
  'POST /desk/series/:id': {
    needs: 'manage',
    ask: async (f) => {
      const { sent } = await filled(f, '/desk/series/ibaraki', { title_ja: '相談会' })
      return { sent: { ...sent, body: `${sent.body}&step=do` } }
    },
  },
  'POST /desk/series/:id/undo': { needs: 'manage', ask: (f) => f.post('/desk/series/ibaraki/undo') },
  'GET /desk/desks': { needs: 'account', ask: get('/desk/desks') },
  'GET /desk/desks/new': { needs: 'plan', ask: get('/desk/desks/new') },
  'POST /desk/desks/new': { needs: 'manage', ask: (f) => f.post('/desk/desks/new', { ...OFFICE, key: freshKey() }) },
  'GET /desk/desks/:id': { needs: 'manage', ask: async (f) => f.get(`/desk/desks/${await office(f)}`) },
  'POST /desk/desks/:id': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/desks/${await office(f)}`, { phones: '029-999-0003', step: 'do' }),
  },
  'GET /desk/desks/:id/poster': { needs: 'manage', ask: async (f) => f.get(`/desk/desks/${await office(f)}/poster`) },
  'POST /desk/desks/:id/poster': { needs: 'manage', ask: async (f) => f.post(`/desk/desks/${await office(f)}/poster`) },
  'GET /desk/desks/:id/end': { needs: 'manage', ask: async (f) => f.get(`/desk/desks/${await office(f)}/end`) },
  'POST /desk/desks/:id/end': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/desks/${await office(f)}/end`, {}),
  },
  'POST /desk/desks/:id/reopen': {
    needs: 'manage',
    ask: async (f) => {
      const id = await office(f)
      await f.s.run("update desk set ended_at = '2026-11-22T00:00:00.000Z' where id = ?", id)
      return f.post(`/desk/desks/${id}/reopen`)
    },
  },
  'GET /desk/desks/:id/delete': { needs: 'manage', ask: async (f) => f.get(`/desk/desks/${await office(f)}/delete`) },
  'POST /desk/desks/:id/delete': {
    needs: 'manage',
    ask: async (f) => filled(f, `/desk/desks/${await office(f)}/delete`, {}),
  },
  'POST /desk/schedule/copy/:first/undo': {
    needs: 'manage',
    ask: async (f) => {
      // Each request copies to a day of its own. On Fridays the series itself makes one.
      let on = await f.session()
      while (weekday(on.slice(-10)) === 5) on = await f.session()
      const copy = { dates: on.slice(-10), key: freshKey(), beside: 'ほか', step: 'do' }
      const { location } = await f.desk.post(`/desk/sessions/${MITO}/copy`, Object.entries(copy))
      return f.post(`/desk/schedule/copy/${location.split('copies=')[1]}/undo`)
    },
  },
  'GET /desk/venues': { needs: 'account', ask: get('/desk/venues') },
  'GET /desk/venues/new': { needs: 'plan', ask: get('/desk/venues/new') },
  'GET /desk/venues/:id': { needs: 'manage', ask: get('/desk/venues/ibaraki') },
  'POST /desk/venues/new': {
    needs: 'manage',
    ask: (f) =>
      f.post('/desk/venues/new', { prefecture: '08', name_ja: '会場A', name_en: '', address: '', key: freshKey() }),
  },
  'POST /desk/venues/:id': {
    needs: 'manage',
    ask: (f) => filled(f, '/desk/venues/ibaraki', { name_ja: '水戸の会場' }),
  },
  'GET /desk/venues/:id/retire': { needs: 'manage', ask: get('/desk/venues/ibaraki/retire') },
  'POST /desk/venues/:id/retire': { needs: 'manage', ask: (f) => filled(f, '/desk/venues/ibaraki/retire', {}) },
  'POST /desk/venues/:id/reopen': {
    needs: 'manage',
    ask: async (f) => {
      await f.s.run("update venue set retired_at = '2026-11-22T00:00:00.000Z' where id = 'ibaraki'")
      return f.post('/desk/venues/ibaraki/reopen')
    },
  },
  'GET /desk/closures': { needs: 'account', ask: get('/desk/closures') },
  'POST /desk/closures': {
    needs: 'manage',
    ask: (f) =>
      f.post('/desk/closures', {
        date: '2027-03-15',
        scope: '08',
        reason_ja: '館内整備',
        reason_en: '',
        state: 'confirmed',
      }),
  },
  'GET /desk/suspensions': { needs: 'account', ask: get('/desk/suspensions') },
  'POST /desk/suspensions': {
    needs: 'manage',
    ask: (f) => f.post('/desk/suspensions', { ...PERIOD, key: freshKey() }),
  },
  'POST /desk/suspensions/:id/lift': {
    needs: 'manage',
    ask: async (f) => {
      const march = { ...PERIOD, starts_on: '2027-03-01', ends_on: '2027-03-31', key: freshKey() }
      await f.desk.post('/desk/suspensions', Object.entries(march))
      const [id = ''] = await f.s.column<string>("select id from suspension where starts_on = '2027-03-01'")
      return f.post(`/desk/suspensions/${id}/lift`)
    },
  },
  'GET /desk/programmes': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/programmes')) },
  'POST /desk/programmes': {
    needs: 'secretariat',
    ask: (f) => f.high(f.post('/desk/programmes', { fiscal_year: '2040' })),
  },
  'GET /desk/programmes/:id': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/programmes/fy2026')) },
  'POST /desk/programmes/:id': {
    needs: 'secretariat',
    ask: (f) => f.high(f.post('/desk/programmes/fy2026', { name_ja: '令和8年度', revision: '0' })),
  },
  'GET /desk/programme': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/programme')) },
  'POST /desk/programme': {
    needs: 'secretariat',
    ask: (f) => f.high(f.post('/desk/programme', { beside: '担当が二人いるため' })),
  },

  'GET /desk/messages': { needs: 'figures', ask: get('/desk/messages') },
  'GET /desk/messages/new': { needs: 'manage', ask: get(`/desk/messages/new?session=${MITO}`) },
  'POST /desk/messages/new': {
    needs: 'manage',
    ask: async (f) => {
      const { on } = await f.booked()
      return f.post('/desk/messages/new', { ...MESSAGE, session: on, key: freshKey(), step: 'do' })
    },
  },
  'GET /desk/messages/:id': {
    needs: 'read',
    ask: async (f) => {
      const { on } = await f.booked()
      const done = await sendMessage(f.s.system, { kind: 'session', id: on }, MESSAGE)
      if (!done.ok) throw new Error(`not sent: ${done.why}`)
      return f.get(`/desk/messages/${done.message}`)
    },
  },
  'GET /desk/texts': { needs: 'manage', ask: get(`/desk/texts?session=${MITO}`) },
  'POST /desk/texts': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/texts', { ...TEXT, session: await f.session() }),
  },
  'POST /desk/texts/standard': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/texts/standard', { ...TEXT, session: await f.session() }),
  },
  'GET /desk/texts/sender': { needs: 'manage', ask: get(`/desk/texts/sender?session=${MITO}`) },
  'POST /desk/texts/sender': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/texts/sender', { ...SENDER, session: await f.session() }),
  },
  'POST /desk/texts/sender/standard': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/texts/sender/standard', { session: await f.session() }),
  },
  'GET /desk/texts/sample': {
    needs: 'manage',
    ask: async (f) => f.get(`/desk/texts/sample?session=${(await f.booked()).on}`),
  },
  'GET /desk/texts/files': {
    needs: 'manage',
    ask: async (f) => f.get(`/desk/texts/files?series=${await begunSeries(f)}`),
  },
  'POST /desk/texts/files': { needs: 'manage', ask: async (f) => upload(f, await begunSeries(f)) },
  'POST /desk/texts/files/drop': {
    needs: 'manage',
    ask: async (f) => {
      const of = await begunSeries(f)
      return f.post('/desk/texts/files/drop', { series: of, file: await carried(f, of) })
    },
  },
  'GET /desk/texts/files/:id': {
    needs: 'read',
    ask: async (f) => f.get(`/desk/texts/files/${await carried(f, await begunSeries(f))}`),
  },
  'GET /desk/outbox': { needs: 'account', ask: get('/desk/outbox') },
  'POST /desk/outbox': { needs: 'account', ask: (f) => f.post('/desk/outbox', { text: '大洗' }) },
  'GET /desk/outbox/:id': {
    needs: 'read',
    ask: async (f) => f.get(`/desk/outbox/${await f.letter((await f.booked()).id)}`),
  },
  'GET /desk/outbox/:id/html': {
    needs: 'read',
    ask: async (f) => f.get(`/desk/outbox/${await f.letter((await interested(f)).id)}/html`),
  },
  'POST /desk/outbox/:id/resend': {
    needs: 'manage',
    ask: async (f) => {
      const id = await f.letter((await f.booked()).id)
      await f.s.run("update outbox set state = 'failed', fault = 'RCPT TO: 550' where id = ?", id)
      return f.post(`/desk/outbox/${id}/resend`)
    },
  },

  'GET /desk/survey': { needs: 'figures', ask: get('/desk/survey') },
  'GET /desk/figures': { needs: 'figures', ask: get('/desk/figures') },
  'GET /desk/figures/report': { needs: 'figures', ask: get('/desk/figures/report') },
  'POST /desk/exports': { needs: 'manage', ask: (f) => f.post('/desk/exports', EXPORT) },
  'GET /desk/exports/:id': { needs: 'own', ask: async (f) => f.get(`/desk/exports/${await exported(f)}`) },
  'POST /desk/exports/:id/file': { needs: 'own', ask: async (f) => f.post(`/desk/exports/${await exported(f)}/file`) },

  'GET /desk/caps': { needs: 'account', ask: get('/desk/caps') },
  'GET /desk/caps/:id': { needs: 'manage', ask: async (f) => f.get(`/desk/caps/${await reached(f, 0)}`) },
  'POST /desk/caps/:id/lift': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/caps/${await reached(f, 0)}/lift`, { most: '1000' }),
  },
  'POST /desk/caps/:id/restore': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/caps/${await reached(f, 1000)}/restore`),
  },

  'GET /desk/keys': { needs: 'plan', ask: get('/desk/keys') },
  'GET /desk/keys/new': { needs: 'plan', ask: get('/desk/keys/new') },
  'POST /desk/keys/new': {
    needs: 'manage',
    ask: async (f) => f.post('/desk/keys/new', { name: '商工会', desk: await office(f), scope: 'read' }),
  },
  'GET /desk/keys/:id/revoke': { needs: 'manage', ask: async (f) => f.get(`/desk/keys/${await partnerKey(f)}/revoke`) },
  'POST /desk/keys/:id/revoke': {
    needs: 'manage',
    ask: async (f) => f.post(`/desk/keys/${await partnerKey(f)}/revoke`),
  },
  'GET /desk/webhooks': { needs: 'plan', ask: get('/desk/webhooks') },
  'GET /desk/webhooks/new': { needs: 'plan', ask: get('/desk/webhooks/new') },
  'POST /desk/webhooks/new': {
    needs: 'manage',
    ask: async (f) => {
      const given = { url: 'https://hooks.example.jp/', types: 'session.full', desk: await office(f), key: freshKey() }
      return f.post('/desk/webhooks/new', given)
    },
  },
  'GET /desk/webhooks/:id': { needs: 'manage', ask: async (f) => f.get(await hook(f)) },
  'POST /desk/webhooks/:id': {
    needs: 'manage',
    ask: async (f) => filled(f, await hook(f), { url: 'https://hooks.example.jp/other' }),
  },
  'POST /desk/webhooks/:id/secret': { needs: 'manage', ask: async (f) => f.post(`${await hook(f)}/secret`) },
  'POST /desk/webhooks/:id/rotate': { needs: 'manage', ask: async (f) => f.post(`${await hook(f)}/rotate`) },
  'POST /desk/webhooks/:id/pause': { needs: 'manage', ask: async (f) => f.post(`${await hook(f)}/pause`) },
  'POST /desk/webhooks/:id/resume': { needs: 'manage', ask: async (f) => f.post(`${await hook(f)}/resume`) },
  'POST /desk/webhooks/:id/again': {
    needs: 'manage',
    ask: async (f) => {
      const path = await hook(f)
      await f.s.run(
        `insert into webhook_delivery (id, webhook, type, session, sequence, happened_at, state, due_at, attempts,
          updated_at) values (?, ?, 'session.full', 'daily', 0, '', 'failed', '', 1, '')`,
        freshKey(),
        path.split('/').at(-1) ?? '',
      )
      return f.post(`${path}/again`)
    },
  },
  'GET /desk/webhooks/:id/delete': { needs: 'manage', ask: async (f) => f.get(`${await hook(f)}/delete`) },
  'POST /desk/webhooks/:id/delete': { needs: 'manage', ask: async (f) => filled(f, `${await hook(f)}/delete`, {}) },

  'GET /desk/experts': { needs: 'plan', ask: get('/desk/experts') },
  'POST /desk/experts': { needs: 'plan', ask: (f) => f.post('/desk/experts', { text: '専門' }) },
  'GET /desk/experts/new': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/experts/new')) },
  'POST /desk/experts/new': {
    needs: 'secretariat',
    ask: async (f) => {
      const id = freshKey()
      await account(f.s, id)
      return f.high(f.post('/desk/experts/new', expertForm({ account: id })))
    },
  },
  'GET /desk/experts/:id': { needs: 'secretariat', ask: (f) => ofExpert(f, '') },
  'POST /desk/experts/:id': {
    needs: 'secretariat',
    ask: (f) => ofExpert(f, '', expertForm({ state: 'active', revision: '0' })),
  },
  'GET /desk/experts/:id/hours': { needs: 'secretariat', ask: (f) => ofExpert(f, '/hours') },
  'POST /desk/experts/:id/hours': {
    needs: 'secretariat',
    ask: (f) => ofExpert(f, '/hours', { 'hours.1': '10:00-12:00', revision: '0' }),
  },
  'GET /desk/experts/:id/absences': { needs: 'secretariat', ask: (f) => ofExpert(f, '/absences') },
  'POST /desk/experts/:id/absences': {
    needs: 'secretariat',
    ask: (f) => ofExpert(f, '/absences', { from: '2026-12-21', to: '2026-12-22' }),
  },
  'POST /desk/experts/:id/absences/drop': {
    needs: 'secretariat',
    ask: async (f) => {
      const id = await expert(f.s, freshKey())
      const done = await addAbsence(f.s.system, id, { from: '2026-12-21', to: '2026-12-22' })
      if (!done.ok) throw new Error(`no absence: ${done.why}`)
      return f.high(f.post(`/desk/experts/${id}/absences/drop`, { absence: done.absence }))
    },
  },
  'GET /desk/experts/:id/ties': { needs: 'secretariat', ask: (f) => ofExpert(f, '/ties') },
  'POST /desk/experts/:id/ties': {
    needs: 'secretariat',
    ask: (f) => ofExpert(f, '/ties', { 'ties.0.company': '甲商店', 'ties.0.kind': 'client', revision: '0' }),
  },
  'GET /desk/experts/:id/leave': { needs: 'secretariat', ask: (f) => ofExpert(f, '/leave') },
  'POST /desk/experts/:id/leave': {
    needs: 'secretariat',
    ask: (f) => ofExpert(f, '/leave', { ends_on: '2026-12-31', revision: '0' }),
  },

  'GET /desk/people': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/people')) },
  'GET /desk/people/new': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/people/new')) },
  'GET /desk/people/:id': { needs: 'secretariat', ask: (f) => f.high(f.get(`/desk/people/${f.desk.id}`)) },
  'POST /desk/people/new': {
    needs: 'secretariat',
    ask: (f) =>
      f.high(
        f.post('/desk/people/new', { email: 'new@example.jp', name: '新しい人', role: 'desk', prefectures: '08' }),
      ),
  },
  'POST /desk/people/:id': {
    needs: 'secretariat',
    ask: async (f) => {
      const path = `/desk/people/${f.desk.id}`
      const page = await f.secretariat.page(path)
      return f.high(f.post(path, fieldsOf(formTo(page, path), { name: '水戸の担当' })))
    },
  },
  'POST /desk/people/:id/invite': {
    needs: 'secretariat',
    ask: (f) => f.high(f.post(`/desk/people/${f.desk.id}/invite`)),
  },
  'GET /desk/setup': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/setup')) },
  'POST /desk/setup/trial': { needs: 'secretariat', ask: (f) => f.high(f.post('/desk/setup/trial')) },
  'POST /desk/setup/booking': { needs: 'secretariat', ask: (f) => f.high(f.post('/desk/setup/booking')) },
  'POST /desk/setup/booking/end': { needs: 'secretariat', ask: (f) => f.high(f.post('/desk/setup/booking/end')) },
  'GET /desk/setup/house': { needs: 'secretariat', ask: (f) => f.high(f.get('/desk/setup/house')) },
  'POST /desk/setup/house': {
    needs: 'secretariat',
    ask: async (f) => {
      const path = '/desk/setup/house'
      const page = await f.secretariat.page(path)
      return f.high(f.post(path, fieldsOf(formTo(page, path), { name_ja: '相談の窓口', name_en: 'Desk' })))
    },
  },
  'GET /desk/journal': { needs: 'figures', ask: get('/desk/journal') },

  'GET /desk/manual': { needs: 'account', ask: get('/desk/manual') },
  'GET /desk/proof': { needs: 'proof', ask: get('/desk/proof') },
  'POST /desk/proof': { needs: 'proof', answers: 422, ask: (f) => f.post('/desk/proof', { code: '000000' }) },
  'POST /desk/proof/again': {
    needs: 'proof',
    answers: 422,
    ask: (f) => f.post('/desk/proof/again', { proof_code: '000000' }),
  },
  'POST /desk/proof/letter': { needs: 'proof', ask: (f) => f.post('/desk/proof/letter') },
  'POST /desk/proof/passkey/challenge': { needs: 'proof', ask: (f) => f.post('/desk/proof/passkey/challenge') },
  'POST /desk/proof/passkey': { needs: 'proof', answers: 422, ask: (f) => f.post('/desk/proof/passkey') },
  'GET /desk/security': { needs: 'account', ask: get('/desk/security') },
  'POST /desk/security/totp': {
    needs: 'account',
    answers: 422,
    ask: (f) => f.post('/desk/security/totp', { secret: 'A'.repeat(32), code: '000000' }),
  },
  'POST /desk/security/passkey/challenge': { needs: 'account', ask: (f) => f.post('/desk/security/passkey/challenge') },
  'POST /desk/security/passkey': { needs: 'account', answers: 422, ask: (f) => f.post('/desk/security/passkey') },
  'POST /desk/security/codes': { needs: 'account', ask: (f) => f.post('/desk/security/codes') },
  'POST /desk/security/drop': { needs: 'own', ask: (f) => f.post('/desk/security/drop', { passkey: 'a passkey' }) },
  'POST /desk/security/feeds': { needs: 'account', ask: (f) => f.post('/desk/security/feeds', { name: '水戸' }) },
  'POST /desk/security/feeds/:id/drop': {
    needs: 'own',
    ask: async (f) => {
      await f.desk.post('/desk/security/feeds', [['name', '水戸']])
      return f.post(`/desk/security/feeds/${await own(f, 'staff_feed')}/drop`)
    },
  },
  'POST /desk/security/keys': { needs: 'account', ask: (f) => f.post('/desk/security/keys', { keys: 'off' }) },
  'POST /desk/security/end': {
    needs: 'own',
    ask: async (f) => {
      await browser(f.s, f.desk.id)
      return f.post('/desk/security/end', { pass: await own(f, 'pass') })
    },
  },
}
