import { addDesk, type PublishedDesk } from '../../src/people/add-desk.ts'
import type { SeriesInput } from '../../src/planning/import-series.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import type { SessionInput } from '../../src/planning/publish-session.ts'
import type { ClosureRow } from '../../src/store/schema.ts'
import { type World, world } from '../world.ts'

const DESK = 'mito'

export function desk(changes: Partial<PublishedDesk> = {}): PublishedDesk {
  return {
    id: DESK,
    kind: 'local',
    name_ja: '水戸の窓口',
    name_en: 'Mito desk',
    prefecture: '08',
    region: null,
    address: null,
    phones: '029-000-0001,029-000-0002',
    hours_ja: null,
    hours_en: null,
    email: null,
    email_use: 'none',
    url: null,
    topics: 'general',
    printed: null,
    ...changes,
  }
}

/** Fridays in Mito from 21 August 2020 on: five slots of two people, five people a day. */
export function series(changes: Partial<SeriesInput> = {}): SeriesInput {
  return {
    id: 'ibaraki',
    kind: 'consultation',
    desk: DESK,
    venue: null,
    prefecture: '08',
    title: { ja: 'テレワーク無料相談会', en: 'Free telework consultation day' },
    note: null,
    rule: 'FREQ=WEEKLY;BYDAY=FR',
    dates: [],
    starts_on: '2020-08-21',
    until: null,
    hours: { slots: ['10:00', '11:00', '13:00', '14:00', '15:00'], minutes: 50, capacity: 2 },
    capacity: 5,
    formats: ['onsite', 'online'],
    apply: { kind: 'here' },
    printed: null,
    sample: false,
    ...changes,
  }
}

/** A seminar on the web on Thursday 10 December 2026, 13:00 to 16:00, for thirty people. */
export function seminar(changes: Partial<SessionInput> = {}): SessionInput {
  return {
    id: 'seminar',
    kind: 'seminar',
    desk: DESK,
    venue: null,
    prefecture: '31',
    title: { ja: 'テレワークセミナー', en: 'Telework seminar' },
    note: null,
    date: '2026-12-10',
    hours: { starts: '13:00', ends: '16:00' },
    announced_on: '2026-11-05',
    formats: ['online'],
    capacity: 30,
    apply: { kind: 'here' },
    printed: null,
    printed_weekday: null,
    sample: false,
    ...changes,
  }
}

/** A day off, in all prefectures or one. */
export function closure(changes: Partial<ClosureRow> & Pick<ClosureRow, 'date'>): ClosureRow {
  const { date, scope = 'all' } = changes
  return {
    id: `${scope}-${date}`,
    scope,
    reason_ja: '館内整備',
    reason_en: 'Maintenance',
    state: 'confirmed',
    batch: null,
    ...changes,
  }
}

/** The programmes of 2026 and 2027 and one desk; no series and no session. */
export async function emptySchedule(options: Parameters<typeof world>[0] = {}): Promise<World> {
  const w = await world({ seeded: false, ...options })
  for (const fiscalYear of [2026, 2027]) {
    await openProgramme(w.system, { fiscalYear, name: { ja: `${fiscalYear}年度`, en: `Fiscal year ${fiscalYear}` } })
  }
  await addDesk(w.system, desk())
  return w
}
