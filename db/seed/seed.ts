import { addDays, type CivilDate, civilDate, daysBetween, fiscalYear, weekday } from '../../src/base/japan/civil.ts'
import { fiscalYearName } from '../../src/base/japan/era.ts'
import { proposedClosure } from '../../src/base/japan/holiday.ts'
import type { Ctx } from '../../src/context.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { addDesk, type PublishedDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import type { Apply, Localized } from '../../src/schedule/session.ts'
import { readPublished } from './published.ts'

type Published = ReturnType<typeof readPublished>

const SECRETARIAT = 'secretariat'
const OFFICE_HOURS: Localized = { ja: '平日 9:00〜17:00', en: 'weekdays 9:00–17:00' }
/** Sample hours of the weekly series, because the source prints none. */
const SAMPLE_HOURS = { slots: ['10:00', '11:00', '13:00', '14:00', '15:00'], minutes: 50, capacity: 2 }
const SAMPLE_HOURS_NOTE: Localized = {
  ja: '公表資料に時間の記載がないため、時間割は見本です。ご予約は、お選びいただいた時間で承ります。',
  en: 'The published schedule prints no hours, so this timetable is a sample. A booking stands at the time chosen.',
}
const SAMPLE_NOTE: Localized = {
  ja: 'これは見本です。令和2年度に公表された日程を、今年度の同じ曜日に置きかえたものです。',
  en: 'This is a sample: a date published for fiscal year 2020, moved to the same weekday of this fiscal year.',
}
const CONSULTATION: Localized = { ja: 'テレワーク無料相談会', en: 'Free telework consultation day' }
const WEB_CONSULTATION: Localized = { ja: 'オンライン相談会', en: 'Online consultation day' }
const TOYOTA_CONSULTATION: Localized = { ja: '豊田市 テレワーク相談', en: 'Toyota City telework consultation' }

/** The same weekday about the same date in fiscal year `year`, whole weeks later. */
export function correspondingDay(date: CivilDate, year: number): CivilDate {
  const years = year - fiscalYear(date)
  return addDays(date, Math.round((years * 365.2425) / 7) * 7)
}

/** Publishes a session. Throws if it is refused: then the published schedule is at fault. */
async function publish(ctx: Ctx, input: Parameters<typeof publishSession>[1]): Promise<void> {
  const done = await publishSession(ctx, input)
  if (!done.ok) throw new Error(`session ${input.id} of the published schedule is refused: ${done.why}`)
}

async function addDesks(ctx: Ctx, { organisations, desks }: Published): Promise<void> {
  const blank = { prefecture: null, region: null, address: null, email: null, email_use: 'none' as const, url: null }
  const kinds = { 'local-desk': 'local', 'regional-bureau': 'bureau', 'regional-base': 'base' } as const
  for (const one of organisations) {
    const central = one.id === 'org-secretariat'
    const desk: PublishedDesk = {
      ...blank,
      id: central ? SECRETARIAT : 'toyota',
      kind: central ? 'secretariat' : 'local',
      name_ja: one.nameJa,
      name_en: one.nameEn,
      prefecture: central ? null : '23',
      address: one.address ?? null,
      phones: one.phone,
      hours_ja: central ? OFFICE_HOURS.ja : null,
      hours_en: central ? OFFICE_HOURS.en : null,
      email: one.email ?? null,
      email_use: one.email ? 'show' : 'none',
      url: one.url ?? null,
      topics: 'general',
      printed: one.source,
    }
    await addDesk(ctx, desk)
  }
  for (const one of desks) {
    await addDesk(ctx, {
      ...blank,
      id: one.id,
      kind: kinds[one.type],
      name_ja: one.nameJa ?? one.nameJaPrinted ?? '',
      name_en: one.nameEn,
      prefecture: one.prefecture ?? null,
      region: one.region ?? null,
      address: one.addressPrinted,
      phones: one.phones.join(','),
      hours_ja: null,
      hours_en: null,
      email: one.emailPrinted ?? null,
      email_use: one.emailPrinted ? 'damaged' : 'none',
      topics: one.categories.map((topic) => topic.replace('telework-', '')).join(','),
      printed: one.source,
    })
  }
}

async function addVenues(ctx: Ctx, { consultationSeries }: Published): Promise<void> {
  const names: Record<string, { name: Localized; areaOnly: boolean }> = {
    'series-ibaraki': { name: { ja: '水戸エリア', en: 'Mito area' }, areaOnly: true },
    'series-miyagi': { name: { ja: 'スマートイノベーション仙台', en: 'Smart Innovation Sendai' }, areaOnly: false },
    'series-aichi': { name: { ja: '豊田市就労支援室', en: 'Toyota City Employment Support Office' }, areaOnly: false },
  }
  for (const series of consultationSeries) {
    const place = names[series.id]
    if (!place) continue
    const printed = series.venueCorrected ?? series.venuePrinted
    const address = printed.replace(/^\S+[\s　]+/, '').replaceAll('　', ' ')
    await addVenue(ctx, {
      id: series.id.replace('series-', ''),
      prefecture: series.prefecture,
      name_ja: place.name.ja,
      name_en: place.name.en,
      address: place.areaOnly ? null : address,
      area_only: place.areaOnly ? 1 : 0,
      printed: series.venuePrinted,
    })
  }
}

async function startAllSeries(ctx: Ctx, { consultationSeries, organisations }: Published, year: number): Promise<void> {
  for (const series of consultationSeries) {
    const { application: at, time } = series
    const id = series.id.replace('series-', '')
    const dates = series.dates ?? []
    const outside = organisations.find((one) => one.id === at.contact && at.kind === 'external')
    const apply: Apply = outside
      ? { kind: 'elsewhere', name: outside.nameJa, phone: at.phone, url: null, url_printed: at.urlPrinted }
      : { kind: 'here' }
    const shared = {
      kind: 'consultation' as const,
      desk: outside ? 'toyota' : SECRETARIAT,
      venue: series.modes.includes('onsite') ? id : null,
      prefecture: series.prefecture,
      title: outside ? TOYOTA_CONSULTATION : series.modes.includes('onsite') ? CONSULTATION : WEB_CONSULTATION,
      rule: series.rrule ?? null,
      until: null,
      hours: time ? { starts: time.start, ends: time.end } : series.rrule ? SAMPLE_HOURS : null,
      capacity: series.capacity.count,
      formats: series.modes,
      apply,
      printed: series.source,
    }
    await importSeries(ctx, {
      ...shared,
      id,
      note: time ? null : SAMPLE_HOURS_NOTE,
      starts_on: series.firstDate?.date ?? dates[0]?.date ?? '',
      dates: dates.map((one) => ({ date: one.date, printed_weekday: one.weekdayPrinted })),
      sample: false,
    })
    if (series.rrule) continue
    const again = dates.map((one) => ({ date: correspondingDay(one.date, year), printed_weekday: one.weekdayPrinted }))
    await importSeries(ctx, {
      ...shared,
      id: `${id}-sample`,
      note: SAMPLE_NOTE,
      starts_on: again[0]?.date ?? '',
      dates: again,
      sample: true,
    })
  }
}

async function publishSeminars(ctx: Ctx, { seminars, seminarProgramme }: Published, year: number): Promise<void> {
  const title = { ja: seminarProgramme.titlePrinted, en: seminarProgramme.titleEn }
  for (const seminar of seminars) {
    const shared = {
      kind: 'seminar' as const,
      desk: SECRETARIAT,
      venue: null,
      prefecture: seminar.prefecture,
      title,
      hours: seminar.time ? { starts: seminar.time.start, ends: seminar.time.end } : null,
      formats: seminar.mode ? [seminar.mode] : [],
      capacity: null,
      apply: { kind: 'here' as const },
      printed: seminar.source,
      printed_weekday: seminar.weekdayPrinted ?? null,
    }
    await publish(ctx, {
      ...shared,
      id: seminar.id,
      note: null,
      date: seminar.date,
      announced_on: '2020-11-05',
      sample: false,
    })
    await publish(ctx, {
      ...shared,
      id: `${seminar.id}-sample`,
      note: SAMPLE_NOTE,
      date: seminar.date && correspondingDay(seminar.date, year),
      announced_on: `${year}-11-05`,
      formats: seminar.time && !seminar.mode ? ['onsite'] : shared.formats,
      capacity: seminar.time ? 30 : null,
      sample: true,
    })
  }
}

/** Publishes the one seminar printed with a mode (web) again, three weeks ahead or later. It can be booked. */
async function publishSeminarAhead(
  ctx: Ctx,
  { seminars, seminarProgramme }: Published,
  today: CivilDate,
): Promise<void> {
  const printed = seminars.find((one) => one.mode === 'online' && one.date && one.time)
  if (!printed?.date || !printed.time) throw new Error('the published schedule has no web seminar with hours')
  const ahead = addDays(today, 21)
  let date = addDays(ahead, (weekday(printed.date) - weekday(ahead) + 7) % 7)
  while (proposedClosure(date)) date = addDays(date, 7)
  await publish(ctx, {
    id: 'seminar-ahead-sample',
    kind: 'seminar',
    desk: SECRETARIAT,
    venue: null,
    prefecture: printed.prefecture,
    title: { ja: seminarProgramme.titlePrinted, en: seminarProgramme.titleEn },
    note: {
      ja: 'これは見本です。お申し込みをお試しいただけるよう、先の日付に置いています。',
      en: 'This is a sample, set on a coming date so that applying can be tried.',
    },
    date,
    hours: { starts: printed.time.start, ends: printed.time.end },
    announced_on: today,
    formats: ['online'],
    capacity: 30,
    apply: { kind: 'here' },
    printed: printed.source,
    printed_weekday: null,
    sample: true,
  })
}

/** Whether the database is empty or its seeding was interrupted. Marks the start of seeding. */
async function isToBeSeeded(ctx: Ctx): Promise<boolean> {
  const { db } = ctx.store
  const marked = await db.selectFrom('chore').selectAll().where('name', '=', 'seed').executeTakeFirst()
  if (marked) return marked.done_on === 'begun'
  const programme = await db.selectFrom('programme').select('id').limit(1).executeTakeFirst()
  if (programme) return false
  const mark = { name: 'seed', done_on: 'begun' }
  await ctx.store.commit(
    db
      .insertInto('chore')
      .values(mark)
      .onConflict((oc) => oc.doNothing()),
  )
  return true
}

/**
 * Fills an empty database with the published schedule, through the acts. The weekly series continue to today and ahead.
 * The dated records of 2020 stay as history, and appear again in the current fiscal year, marked 見本. Adds the accounts of
 * `staff`. Continues at the next start if interrupted. Returns false, and changes nothing, if there are other rows.
 */
export async function seed(ctx: Ctx, staff: readonly unknown[] = []): Promise<boolean> {
  if (!(await isToBeSeeded(ctx))) return false
  const today = civilDate(ctx.clock.now())
  const year = fiscalYear(today)
  const published = readPublished()
  for (let one = 2020; one <= year + 1; one++) {
    await openProgramme(ctx, { fiscalYear: one, name: { ja: fiscalYearName(one), en: `Fiscal year ${one}` } })
  }
  await addDesks(ctx, published)
  await addVenues(ctx, published)
  await startAllSeries(ctx, published, year)
  await publishSeminars(ctx, published, year)
  await publishSeminarAhead(ctx, published, today)
  const first = published.consultationSeries.flatMap((one) => one.firstDate?.date ?? []).toSorted()[0] ?? today
  for (let from = first; from < today; from = addDays(from, 365)) {
    await plan(ctx, { from, to: addDays(from, Math.min(364, daysBetween(from, today))) })
  }
  await plan(ctx)
  for (const one of staff) await addAccount({ ...ctx, actor: { kind: 'system', name: 'seed' } }, one)
  await ctx.store.commit(ctx.store.db.updateTable('chore').set({ done_on: today }).where('name', '=', 'seed'))
  return true
}
