import { parse } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import { NO_DUTY } from '../../src/base/duty.ts'
import { LOCALES, type Locale } from '../../src/base/locale.ts'
import { NOTHING_ASKED } from '../../src/base/questions.ts'
import { givenUp, type Standing, standingAt, standingOf } from '../../src/base/standing.ts'
import {
  BOOKING_STATUSES,
  type BookingState,
  END_NAMES,
  ENDS,
  type End,
  STATUS,
  stateColumns,
  stateOf,
} from '../../src/base/vocabulary.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { LedgerLine } from '../../src/booking/ledger.ts'
import type { LedgerRow } from '../../src/figures/exports/rows.ts'
import { BookingPage } from '../../templates/desk/booking/page.tsx'
import { Summary } from '../../templates/desk/booking/summary.tsx'
import { LedgerPage } from '../../templates/desk/ledger.tsx'
import { ledgerSheet } from '../../templates/desk/ledger-sheet.ts'
import { DayLines } from '../../templates/desk/lines.tsx'
import { TodayPage } from '../../templates/desk/today.tsx'
import { bookingLetter } from '../../templates/mail/booking-letter.ts'
import { ManagePage } from '../../templates/public/booking/manage.tsx'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { booking, frame, links, nothing, session, staff } from '../templates/fixtures.ts'
import { NOW } from '../world.ts'

const live = BOOKING_STATUSES.filter(
  (status): status is Exclude<typeof status, 'cancelled' | 'lapsed'> => !STATUS[status].over,
)
const STATES: BookingState[] = [...live, ...END_NAMES]

test.each(STATES)('the columns of the state %s are read as that state again', (state) => {
  const columns = stateColumns(state)
  expect(stateOf(columns)).toBe(state)
  expect(columns.ended === null).toBe(!STATUS[columns.status].over)
})

test('a row of an earlier version, which does not say how it ended, still has a state', () => {
  expect(stateOf({ status: 'cancelled', ended: null })).toBe('cancelled')
  expect(stateOf({ status: 'lapsed', ended: null })).toBe('offer_over')
})

const lot = (draw: 'drawn' | 'announced' | null) => session({ acceptance: 'lottery', draw })

test.each<[BookingState, 'won' | 'reserve' | null, ReturnType<typeof session>, Standing]>([
  ['waiting', null, session(), 'waiting'],
  ['waiting', null, lot(null), 'entered'],
  ['waiting', null, lot('drawn'), 'entered'],
  ['waiting', null, lot('announced'), 'waiting'],
  ['waiting', 'reserve', lot('drawn'), 'reserve'],
  ['waiting', 'reserve', lot('announced'), 'reserve'],
  ['offered', null, session(), 'offered'],
  ['offered', 'reserve', lot('announced'), 'offered'],
  ['offered', 'won', lot('announced'), 'won'],
  ['offer_over', 'won', lot('announced'), 'confirm_over'],
  ['offer_over', 'reserve', lot('announced'), 'offer_over'],
  ['session_over', 'reserve', lot('announced'), 'reserve_over'],
  ['session_over', null, lot(null), 'undrawn'],
  ['session_over', null, lot('drawn'), 'undrawn'],
  ['session_over', null, lot('announced'), 'session_over'],
  ['booked', 'won', lot('announced'), 'booked'],
  ['turned_down', null, session(), 'turned_down'],
])('%s, drawn %s, stands as it says', (state, drawn, of, standing) => {
  expect(standingOf({ ...stateColumns(state), drawn }, of)).toBe(standing)
})

test('an offered place that was given up is declined, also through the desk, but not if its session is called off', () => {
  const from = { status_before: 'offered', drawn: null } as const
  expect(standingOf({ ...stateColumns('cancelled'), ...from }, session())).toBe('declined')
  expect(standingOf({ ...stateColumns('cancelled_by_desk'), ...from }, session())).toBe('declined_by_desk')
  expect(standingOf({ ...stateColumns('called_off'), ...from }, session())).toBe('called_off')
})

test.each([
  [{ status: 'booked' }, 'cancelled'],
  [{ status: 'requested' }, 'withdrawn'],
  [{ status: 'waiting' }, 'left'],
  [{ status: 'waiting', session: lot(null) }, 'withdrawn'],
  [{ status: 'waiting', drawn: 'reserve', session: lot('announced') }, 'withdrawn'],
  [{ status: 'offered' }, 'declined'],
  [{ status: 'offered', drawn: 'won', session: lot('announced') }, 'declined'],
] as const)('who is %o gives up what is %s', (given, what) => {
  expect(givenUp(booking(given))).toBe(what)
})

test.each(['ja', 'en'] as const)('no two standings have the same word, in %s', (locale) => {
  const { standings, over } = texts(locale)
  expect(new Set(Object.values(standings)).size).toBe(Object.keys(standings).length)
  expect(new Set(Object.values(over).map(({ what }) => what)).size).toBe(Object.keys(over).length)
  const ended = Object.keys(over).filter((name) => !Object.hasOwn(ENDS, name))
  expect(ended.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'confirm_over',
    'declined',
    'declined_by_desk',
    'never_held',
    'reserve_over',
    'undrawn',
    'unheard',
  ])
})

test('an offer or a request is over once its time has passed, before its row says so; not while there is no day', () => {
  const ends = '2026-11-26T06:00:00.000Z'
  const stands = (status: 'offered' | 'requested', now: string, former: object | null = null) =>
    standingAt({ ...booking({ status }), offer_expires_at: ends }, { ...booking({}).session, former }, now)
  expect(stands('requested', '2026-11-26T05:59:59.999Z')).toBe('requested')
  expect(stands('requested', ends)).toBe('unanswered')
  expect(stands('offered', ends)).toBe('offer_over')
  expect(stands('requested', ends, FORMER)).toBe('requested')
})

const FORMER = { date: '2026-11-27', starts_at: '2026-11-27T01:00:00.000Z', ends_at: '2026-11-27T06:50:00.000Z' }

const OF: Record<Standing, Partial<Booking>> = {
  ...(Object.fromEntries(STATES.map((state) => [state, stateColumns(state)])) as Record<
    BookingState,
    Partial<Booking>
  >),
  entered: { status: 'waiting', session: lot(null) },
  reserve: { status: 'waiting', drawn: 'reserve', session: lot('announced') },
  won: { status: 'offered', drawn: 'won', session: lot('announced') },
  confirm_over: { ...stateColumns('offer_over'), drawn: 'won', session: lot('announced') },
  reserve_over: { ...stateColumns('session_over'), drawn: 'reserve', session: lot('announced') },
  never_held: {
    ...stateColumns('session_over'),
    session: session({ status: 'postponed', date: null, former: FORMER }),
  },
  undrawn: { ...stateColumns('session_over'), session: lot(null) },
  declined: { ...stateColumns('cancelled'), status_before: 'offered', drawn: 'won', session: lot('announced') },
  declined_by_desk: { ...stateColumns('cancelled_by_desk'), status_before: 'offered' },
  unheard: { ...stateColumns('offer_over'), unheard: true },
}
const STANDINGS = Object.keys(OF) as Standing[]

/** A row of a list with a booking that stands so. */
function rowOf(standing: Standing) {
  const { session: of, slot: _, topics, ...one } = booking(OF[standing])
  const { acceptance, draw, kind, date, id } = of
  const names = { title_ja: '', title_en: '', venue_ja: null, venue_en: null, channel: 'web', note: '', support: '{}' }
  const day = { session: id, slot: null, session_prefecture: '08', kind, date, starts_at: null, ends_at: null }
  return { ...one, ...day, ...names, postponed_from: of.former?.date ?? null, acceptance, draw, topics: topics.join() }
}

/** The words of standings among these texts. */
const named = (locale: Locale, said: readonly unknown[]) =>
  STANDINGS.filter((one) => said.includes(texts(locale).standings[one]))

describe.each(LOCALES)('in %s', (locale) => {
  test.each(STANDINGS)('whoever is %s reads so in the letter with the link, and in no other words', (standing) => {
    const view = bookingLetter({
      kind: 'link',
      locale,
      booking: booking(OF[standing]),
      time: null,
      cancelsUntil: null,
      entriesClosed: false,
      mayCancel: true,
      freedBy: 'offer',
      publicUrl: '',
      manageUrl: null,
      calendars: links,
      replies: false,
      meetingUrl: null,
      surveyUntil: null,
      was: null,
      attached: false,
      known: null,
      unheard: false,
      reason: null,
      said: null,
      paragraph: null,
    })
    expect(
      named(
        locale,
        view.facts.map(({ value }) => value),
      ),
    ).toEqual([standing])
  })

  test('each line of an export names its own standing', async () => {
    async function* pages() {
      yield STANDINGS.map(rowOf) as unknown as LedgerRow[]
    }
    const cells: unknown[][] = []
    for await (const page of ledgerSheet(locale, NOW, pages()).pages) cells.push(...page)
    expect(cells.map((line) => named(locale, line))).toEqual(STANDINGS.map((standing) => [standing]))
  })

  test('each list of the desk names the standing of each of its lines', () => {
    const [view, d] = [{ frame: frame(locale), staff }, deskTexts(locale)]
    const lines = STANDINGS.map(rowOf) as unknown as LedgerLine[]
    const cells = (html: unknown, label: string) =>
      parse(String(html))
        .querySelectorAll(`td[data-label="${label}"]`)
        .map((cell) => cell.text.trim())
    const words = (of: readonly Standing[]) => of.map((standing) => texts(locale).standings[standing])
    const paged = {
      query: '',
      paging: '',
      sealed: undefined,
      expired: false,
      unread: false,
      total: lines.length,
      at: 1,
      pages: 1,
      period: null,
      dated: false,
    }
    const filter = { from: '2026-11-27', to: '2026-11-27' }
    const ledger = LedgerPage({
      ...view,
      ...paged,
      filter,
      lines,
      views: [],
      ticked: [],
      naming: { values: {}, errors: {} },
    })
    expect(cells(ledger, d.ledger.columns.status)).toEqual(words(STANDINGS))
    // Whoever is booked is checked in there.
    const unmarked = STANDINGS.filter((one) => !['booked', 'attended', 'absent'].includes(one))
    const some = unmarked.map(rowOf) as unknown as LedgerLine[]
    const shown = {
      label: '',
      back: 'today' as const,
      mayTend: false,
      marks: new Map<string, string>(),
      duties: undefined,
      records: new Map(),
    }
    const day = DayLines({ frame: view.frame, lines: some, ...shown })
    expect(cells(day, d.today.columns.act)).toEqual(words(unmarked))
    const open = ['requested', 'offered', 'won'] as const
    const today = TodayPage({
      ...view,
      today: '2026-11-27',
      next: '2026-11-28',
      sessions: [],
      tended: new Set(),
      lines: [],
      duties: new Map(),
      records: new Map(),
      unwritten: { lines: [], total: 0 },
      mine: null,
      unrecorded: { lines: [], total: 0, from: null },
      unlinked: [],
      marks: new Map(),
      calls: [],
      called: null,
      draws: [],
      missed: [],
      pending: open.map(rowOf),
      freed: [],
      erased: [],
      stranded: [],
      marked: null,
      ending: null,
      failed: 0,
      unsettled: [],
      postponed: [],
      setup: null,
    })
    expect(cells(today, d.today.pendingColumns.state)).toEqual(words(open))
  })

  /** The page of its holder. */
  const managed = (standing: Standing, given: Partial<Booking> = {}) =>
    String(
      ManagePage({
        frame: frame(locale),
        token: 'tok',
        acts: new Set<never>(),
        done: null,
        shown: '',
        ...nothing,
        ...links,
        booking: booking({ ...OF[standing], ...given }),
      }),
    )
  const textsIn = (html: string) => html.split(/<[^>]*>/).map((text) => text.trim())

  test('the page of each names its own standing, and how it ended, and nothing of others', () => {
    const over = Object.entries(texts(locale).over)
    for (const standing of STANDINGS) {
      const said = textsIn(managed(standing))
      expect(named(locale, said)).toEqual([standing])
      const ends = over.flatMap(([name, { what, next }]) => (said.includes(what) && said.includes(next) ? [name] : []))
      expect(ends).toEqual(over.flatMap(([name]) => (name === standing ? [name] : [])))
    }
  })

  test('the page of an offer of which nobody heard says that, and no time that its holder let pass', () => {
    const { over, standings } = texts(locale)
    const said = textsIn(managed('offer_over', { unheard: true }))
    expect(named(locale, said)).toEqual(['unheard'])
    for (const words of [standings.unheard, ...Object.values(over.unheard)]) expect(said).toContain(words)
  })

  test('each page of the desk that asks before an act names the standing', () => {
    for (const standing of STANDINGS) {
      const html = String(Summary({ frame: frame(locale), booking: booking(OF[standing]) }))
      expect(named(locale, textsIn(html))).toEqual([standing])
    }
  })

  /** The page of the desk. */
  const tended = (standing: Standing, ended: End[] = []) => {
    const history = ended.map((one) => ({
      at: '2026-11-22T01:00:00.000Z',
      by: 'system',
      act: 'booking.lapsed' as const,
      detail: { session: 'session-1', ended: one },
    }))
    const view = {
      frame: frame(locale),
      staff,
      values: {},
      done: undefined,
      errors: {},
      refusal: null,
      texts: false,
      getsMessages: true,
      letters: [],
    }
    const shown = {
      mark: '',
      hears: null,
      print: '',
      mayTend: true,
      from: '',
      acts: new Set<never>(),
      duty: NO_DUTY,
      record: undefined,
      whyNotRecorded: null,
      withheld: [],
      asked: NOTHING_ASKED,
    }
    return parse(String(BookingPage({ ...view, ...shown, booking: booking(OF[standing]), history })))
  }

  test('the page of the desk names the standing, at its head and among its facts', () => {
    for (const standing of STANDINGS) {
      const page = tended(standing)
      expect(page.querySelector('.pill')?.text).toBe(texts(locale).standings[standing])
      expect(named(locale, textsIn(page.innerHTML))).toEqual([standing])
    }
  })

  test('the record of the desk names how each lapse ended', () => {
    const said = tended('booked', [...END_NAMES])
      .querySelectorAll('ol.plain li')
      .map((line) => line.text.trim())
    expect(END_NAMES.map((end, i) => said[i]?.endsWith(` ${texts(locale).standings[end]}`))).toEqual(
      END_NAMES.map(() => true),
    )
  })

  test('a moment in a sentence reads as a part of it', () => {
    const until = { offer_expires_at: '2026-11-25T06:00:00.000Z' }
    for (const standing of ['requested', 'offered', 'booked'] as const) {
      expect(textsIn(managed(standing, until)).join('\n')).not.toMatch(/[a-z.] Until /)
    }
  })

  test('a page is about a booking only if there is or was one', () => {
    const t = texts(locale).booking
    const titled = STANDINGS.filter((standing) => managed(standing).includes(`<h1>${t.title}</h1>`))
    expect(titled).toEqual(['booked', 'attended', 'absent'])
  })
})
