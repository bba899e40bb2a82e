import { expect, test } from 'vitest'
import { cancel } from '../../../src/booking/cancel.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { changeVenue } from '../../../src/changes/change-venue.ts'
import { convert } from '../../../src/changes/convert.ts'
import { convertBack } from '../../../src/changes/convert-back.ts'
import { holdAgain } from '../../../src/changes/hold-again.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { saveVenue } from '../../../src/changes/save-venue.ts'
import { setDate } from '../../../src/changes/set-date.ts'
import { suspend } from '../../../src/changes/suspend.ts'
import { tick } from '../../../src/clockwork.ts'
import { saveHouse } from '../../../src/house/save-house.ts'
import { saveLetterSender } from '../../../src/messages/save-letter-sender.ts'
import { saveLetterText } from '../../../src/messages/save-letter-text.ts'
import { sendMessage } from '../../../src/messages/send-message.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { closeDay } from '../../../src/planning/closures/close-day.ts'
import { saveDesk } from '../../../src/planning/desks/save-desk.ts'
import { editSession } from '../../../src/planning/edit-session.ts'
import { saveProgramme } from '../../../src/planning/programmes/save-programme.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { skip } from '../../../src/planning/skip.ts'
import { accept } from '../../../src/waitlist/accept.ts'
import { as } from '../../acts.ts'
import { sessionForm } from '../../planning/forms.ts'
import { MITO, NOW } from '../../world.ts'
import { type Site, site } from '../app.ts'

const NEXT = 'ibaraki-2026-12-04'
const UNDATED = 'seminar-fukui-sample'
const WHY = { reason_ja: '大雪のため', reason_en: 'Snow' }

const PAGES = [
  '/',
  '/?lang=en',
  '/calendar',
  '/calendar?prefecture=08&lang=en',
  '/calendar?prefecture=13',
  '/calendar?month=2026-12&view=list',
  '/calendar?status=open',
  '/calendar?month=2027-04&prefecture=08',
  '/calendar?view=week',
  '/calendar?view=week&week=2026-12-02&prefecture=08&lang=en',
  '/calendar?prefecture=47&kind=seminar',
  '/desks',
  '/subscribe?prefecture=08',
  '/about/privacy',
  '/about/accessibility',
  '/calendar.ics',
  '/feed.xml',
  '/embed?prefecture=08',
  '/embed?prefecture=08&lang=en',
  '/open-data',
  '/open-data/events.csv',
  '/open-data/events.json?prefecture=08',
  '/open-data/desks.json',
  '/calendar.ics?prefecture=08&lang=en',
  '/api/v1/sessions?limit=300',
  '/api/v1/sessions?prefecture=08',
  '/api/v1/sessions?status=open,few&limit=20',
  '/api/v1/sessions?status=full,closed,held,not_yet_open&from=2026-11-01',
]
const PATHS = [
  ...PAGES,
  ...[MITO, NEXT, UNDATED].flatMap((id) => [`/sessions/${id}`, `/sessions/${id}.ics`, `/api/v1/sessions/${id}`]),
]

/** Every public answer: its status, what it says of itself, and its body. */
async function answers(of: Site): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const path of PATHS) {
    const { status, headers, body } = await of.ask(path)
    const said = ['etag', 'last-modified', 'content-type'].map((name) => headers.get(name))
    // What is not there is not kept, and its answer names the request.
    found.set(path, JSON.stringify(status === 200 ? [status, said, body] : status))
  }
  return found
}

const different = (one: Map<string, string>, other: Map<string, string>) =>
  PATHS.filter((path) => one.get(path) !== other.get(path))

/** A site that keeps its answers, and one on the same rows and clock that keeps none. */
async function both(now = NOW) {
  const kept = await site({ cache: true, shared: true, elapsed: () => 0 })
  const plain = await site({ on: kept.address })
  const at = (instant: string) => {
    kept.at(instant)
    plain.at(instant)
  }
  at(now)
  return { kept, plain, at }
}

type Step = [what: string, touched: 'schedule' | 'places' | 'nothing', act: (s: Site) => unknown, isSeen?: false]

const tokens = new Map<string, string>()
async function booking(s: Site, name: string, changes: Record<string, unknown>) {
  tokens.set(name, (await s.booked(changes)).token)
}
const held = (name: string) => ({ token: tokens.get(name) ?? '' })
const only = async (s: Site, sql: string, ...given: unknown[]) => (await s.column<string>(sql, ...given))[0] ?? ''
const revision = async (s: Site, table: string, id: string) =>
  Number(await only(s, `select revision from ${table} where id = ?`, id))
const desk = (s: Site) => as(s, 'secretariat')
const clerk = (s: Site) => as(s, 'system')

const STEPS: Step[] = [
  ['a booking', 'places', (s) => booking(s, 'first', { seats: 2 })],
  ['a full slot', 'places', async (s) => s.booked({ slot: `${MITO}-1100`, seats: 2 })],
  ['the last place', 'places', async (s) => s.booked({ slot: `${MITO}-1300` })],
  ['a party that waits', 'places', (s) => booking(s, 'waiting', { seats: 2, waitlist: true })],
  ['a cancellation', 'places', (s) => cancel(s.ctx, held('first')), false],
  ['an offer of the clockwork', 'places', (s) => tick(s.system)],
  ['an offer that is taken', 'places', (s) => accept(s.ctx, held('waiting')), false],
  ['a session converted', 'schedule', (s) => convert(clerk(s), NEXT, { into: 'online', ...WHY })],
  ['a session converted back', 'schedule', (s) => convertBack(clerk(s), NEXT, WHY)],
  [
    'a session edited',
    'schedule',
    async (s) =>
      editSession(desk(s), NEXT, sessionForm({ revision: await revision(s, 'session', NEXT), title_ja: '別の名' })),
  ],
  ['a date settled', 'schedule', (s) => setDate(clerk(s), UNDATED, { date: '2026-12-09' })],
  [
    'hours settled',
    'schedule',
    (s) => setDate(clerk(s), UNDATED, { date: '2026-12-09', starts: '13:00', ends: '15:00', formats: ['online'] }),
  ],
  [
    'a closure',
    'schedule',
    (s) => closeDay(clerk(s), { date: '2026-12-18', scope: '08', state: 'confirmed', reason_ja: '県の休業日' }),
  ],
  [
    'a national closure, by which deadlines move',
    'schedule',
    (s) => closeDay(clerk(s), { date: '2026-12-03', scope: 'all', state: 'confirmed', reason_ja: '休日' }),
  ],
  [
    'a venue of its own',
    'schedule',
    async (s) => {
      const hall = { id: 'hall', name_ja: '新しい会場', name_en: 'Hall', address: null, area_only: 0 as const }
      await addVenue(s.system, { ...hall, printed: null, prefecture: '08' })
      return changeVenue(clerk(s), NEXT, { venue: 'hall', ...WHY })
    },
  ],
  [
    'a venue',
    'schedule',
    (s) => saveVenue(clerk(s), 'hall', { name_ja: '別館', name_en: 'Annexe', prefecture: '08', revision: 0 }),
  ],
  [
    'a desk',
    'schedule',
    (s) =>
      saveDesk(clerk(s), null, {
        kind: 'local',
        name_ja: '新しい窓口',
        prefectures: ['08'],
        topics: ['general'],
        phones: '029-000-0000',
      }),
  ],
  [
    'a programme',
    'schedule',
    async (s) => {
      const year = { name_ja: '2026年度', starts_on: '2026-04-01', ends_on: '2027-03-31', retention_years: '2' }
      return saveProgramme(desk(s), 'fy2026', { ...year, revision: await revision(s, 'programme', 'fy2026') })
    },
    false,
  ],
  ['a session postponed', 'schedule', (s) => reschedule(clerk(s), NEXT, { to: 'later', postpone: true, ...WHY })],
  ['a session called off', 'schedule', (s) => callOff(clerk(s), MITO, WHY)],
  ['a session held again', 'schedule', (s) => holdAgain(clerk(s), MITO, WHY)],
  ['a session skipped', 'schedule', (s) => skip(clerk(s), 'ibaraki-2026-12-11', WHY)],
  [
    'a question',
    'schedule',
    (s) => addQuestion(desk(s), { series: null, session: MITO }, { kind: 'text', label_ja: '業種', required: '' }),
  ],
  [
    'a suspension',
    'schedule',
    async (s) => {
      const days = { prefectures: ['08'], starts_on: '2026-12-20', ends_on: '2026-12-31' }
      const done = await suspend(clerk(s), { ...days, into: 'online', ...WHY })
      await tick(s.system)
      return done
    },
  ],
  [
    'a letter text',
    'nothing',
    (s) =>
      saveLetterText(desk(s), { scope: 'session', id: MITO }, 'booked', { text_ja: '右', text_en: '', revision: -1 }),
  ],
  [
    'a sender',
    'nothing',
    (s) => saveLetterSender(desk(s), { scope: 'session', id: MITO }, { sender_ja: '係', revision: -1 }),
  ],
  [
    'a message',
    'nothing',
    (s) => sendMessage(clerk(s), { kind: 'session', id: MITO }, { subject_ja: '駐車場', body_ja: '満車です。' }),
  ],
  [
    'the house',
    'schedule',
    (s) => saveHouse(desk(s), { name_ja: '相談の窓口', name_en: 'Advice Desk', operator_ja: '水戸市', revision: 0 }),
  ],
]

test('after each commit no public answer is older than it', async () => {
  const { kept, plain } = await both()
  let before = await answers(kept)
  for (const [what, touched, act, isSeen = touched !== 'nothing'] of STEPS) {
    const { changes } = kept.ctx.store
    const begun = changes.count()
    const done = await act(kept)
    const refused = (done as { ok?: boolean } | undefined)?.ok === false ? done : null
    const after = await answers(kept)
    const seen = different(before, after).length > 0
    before = after
    const stale = different(after, await answers(plain))
    const noted = changes.schedule() > begun ? 'schedule' : changes.places() > begun ? 'places' : 'nothing'
    expect({ what, refused, stale, seen, noted }).toEqual({
      what,
      refused: null,
      stale: [],
      seen: isSeen,
      noted: touched,
    })
  }
}, 240_000)

test('as the clock goes on, no public answer stays longer than it is true', async () => {
  const { kept, plain, at } = await both()
  await kept.run("update session set opens_at = '2026-11-24T03:00:00.000Z' where id = ?", NEXT)
  await kept.run("update session set closes = 'hours:2' where id = ?", MITO)
  const instants = [
    '2026-11-22T15:00:00.000Z', // midnight in Japan
    '2026-11-24T03:00:00.000Z', // booking opens
    '2026-11-26T23:00:00.000Z', // booking of a slot closes
    '2026-11-27T01:00:00.000Z', // it begins
    '2026-11-27T06:50:00.000Z', // the session ends
    '2027-03-31T15:00:00.000Z', // a programme ends
  ]
  for (const instant of instants) {
    for (const before of [1, 0]) {
      const now = new Date(Date.parse(instant) - before).toISOString()
      at(now)
      expect([now, different(await answers(kept), await answers(plain))]).toEqual([now, []])
    }
  }
}, 240_000)

test('a booking leaves feeds, and pages that do not show its session, as they are kept', async () => {
  const { kept } = await both()
  await answers(kept)
  await kept.booked()
  const again: string[] = []
  for (const path of PATHS) {
    kept.reads()
    const { status } = await kept.ask(path)
    if (status === 200 && kept.reads() > 0) again.push(path)
  }
  expect(again.filter((path) => path.includes('.ics'))).toEqual([])
  for (const path of ['/desks', `/sessions/${NEXT}`]) expect(again).not.toContain(path)
  expect(again).toContain(`/sessions/${MITO}`)
})

test('after a booking only its session is read again for a list', async () => {
  const { kept } = await both()
  const read = async () => {
    kept.reads()
    await kept.ask('/api/v1/sessions?limit=300')
    return kept.reads()
  }
  await read()
  expect(await read()).toBe(0)
  await kept.booked()
  // The session with its closures and slots; nobody waits.
  expect(await read()).toBe(3)
})
