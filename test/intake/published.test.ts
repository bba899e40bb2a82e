import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { decideIntake } from '../../src/intake/decide.ts'
import { keepIntake } from '../../src/intake/keep.ts'
import { countsOf, lookAt } from '../../src/intake/look.ts'
import { intakeById } from '../../src/intake/queries.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { read } from '../../src/notices/read.ts'
import type { Reading } from '../../src/notices/record.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { plan } from '../../src/planning/plan.ts'
import { as } from '../acts.ts'
import { afterFile } from '../ends.ts'
import { desk } from '../schedule/fixtures.ts'
import { type World, world } from '../world.ts'

/** The day on which the table of 2020 is taken in, and the last one that planning makes from then. */
const TODAY = '2020-08-01'
const LAST_PLANNED = '2020-10-29'

type Printed = { source: { verbatim: string[] } }
const data = JSON.parse(readFileSync(`${import.meta.dirname}/../../db/seed/seed-data.json`, 'utf8')) as {
  consultationSeries: Printed[]
  seminars: Printed[]
  seminarProgramme: { titlePrinted: string }
}
const verbatim = (rows: Printed[]) => [...new Set(rows.flatMap(({ source }) => source.verbatim))]
const TABLE = verbatim(data.consultationSeries)
const SEMINARS = [data.seminarProgramme.titlePrinted, ...verbatim(data.seminars.slice(0, -1))]

const readingOf = (lines: string[]) =>
  read(
    lines.map((line) => line.split('\t')),
    TODAY,
  )

/** The hours that the seed gives the weekly series, whose table prints none. */
const SLOTS = { slot_starts: '10:00, 11:00, 13:00, 14:00, 15:00', slot_minutes: '50', slot_capacity: '2' }

let house: World
let seeded: World

async function emptyHouse(): Promise<World> {
  const w = await world({ seeded: false, now: `${TODAY}T01:00:00.000Z` })
  afterFile(w.close)
  await openProgramme(w.system, { fiscalYear: 2020, name: { ja: '令和2年度', en: 'Fiscal year 2020' } })
  await addDesk(w.system, desk({ id: 'secretariat', kind: 'secretariat', prefecture: null }))
  await addDesk(w.system, desk({ id: 'toyota', prefecture: '23' }))
  const venues = [
    ['ibaraki', '08', '水戸エリア'],
    ['miyagi', '04', 'スマートイノベーション仙台'],
    ['aichi', '23', '豊田市就労支援室'],
  ] as const
  for (const [id, prefecture, name] of venues) {
    await addVenue(w.system, {
      id,
      prefecture,
      name_ja: name,
      name_en: name,
      address: null,
      area_only: 0,
      printed: null,
    })
  }
  return w
}

/** Takes a list in as a person does: doubtful days stand as printed, and what the list lacks is filled in. */
async function takenIn(reading: Reading, lacks: (row: { title_ja: string; rule: string | null }) => object) {
  const ctx = as(house, 'secretariat')
  const kept = await keepIntake(ctx, reading, 'table.txt')
  if (!kept.ok) throw new Error(kept.why)
  const intake = await intakeById(ctx, kept.id)
  const { rows } = await lookAt(ctx, intake)
  const given = rows.flatMap(({ record, decision, days, faults }, i) => {
    const { days: _, leave: _left, ...fields } = decision
    const form = {
      ...fields,
      ...(faults.formats && { formats: ['onsite'] }),
      ...lacks({ ...decision, rule: record.rule }),
    }
    const own = Object.entries({ row: '1', ...form }).map(([name, value]) => [`${i}.${name}`, value])
    const asPrinted = days.map(({ read: day }, d) => [`${i}.day.${d}`, day.date ?? 'undated'])
    return [...own, ...asPrinted]
  })
  expect(await decideIntake(ctx, kept.id, Object.fromEntries(given))).toMatchObject({ ok: true })
  expect(countsOf(await lookAt(ctx, await intakeById(ctx, kept.id)))).toMatchObject({ open: 0, changed: 0, missing: 0 })
  expect(await takeIn(ctx, kept.id)).toMatchObject({ ok: true })
  return rows
}

const sessionsOf = (w: World) =>
  w.rows(
    `select prefecture, kind, date, starts_at, ends_at, capacity, venue, desk, state, printed_weekday,
       (select count(*) from slot where slot.session = session.id) as slots
     from session where sample = 0 and (date is null or date <= ? or series is null or
       series in (select id from series where rule is null))
     order by date, prefecture`,
    LAST_PLANNED,
  )

/** The forms of each date. The seed keeps two seminars with hours and no form; the console asks for one. */
const formatsOf = async (w: World) => {
  const rows = await w.rows<{ prefecture: string; date: string; formats: string }>(
    `select prefecture, date, formats from session where sample = 0 and (date <= ? or kind = 'seminar')
     order by date, prefecture`,
    LAST_PLANNED,
  )
  const unsaid = ['28 2020-10-29', '20 2020-11-18']
  return rows
    .map(({ prefecture, date, formats }) => ({ at: `${prefecture} ${date}`, formats }))
    .filter(({ at }) => !unsaid.includes(at))
}

const doubts = (reading: Reading) =>
  reading.records.flatMap(({ problems }) =>
    problems.filter(({ code }) => code === 'weekday').map(({ date, printed }) => `${date} ${printed}`),
  )

describe('the schedule published in 2020', () => {
  const table = readingOf(TABLE)
  const seminars = readingOf(SEMINARS)

  beforeAll(async () => {
    seeded = await world()
    afterFile(seeded.close)
    house = await emptyHouse()
    await takenIn(table, ({ rule }) => (rule === null ? {} : SLOTS))
    await takenIn(seminars, () => ({}))
    await plan(house.system)
  })

  test('is doubted in exactly its two false weekdays', () => {
    expect([...doubts(table), ...doubts(seminars)]).toEqual(['2020-09-26 月', '2021-01-14 火'])
  })

  test('goes whole through the import, and makes the sessions that the seed makes', async () => {
    const expected = await sessionsOf(seeded)
    expect(expected.length).toBeGreaterThan(40)
    expect(await sessionsOf(house)).toEqual(expected)
    expect(await formatsOf(house)).toEqual(await formatsOf(seeded))
  })
})
