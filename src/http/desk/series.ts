import { type Context, Hono } from 'hono'
import { SeriesFormPage } from '../../../templates/desk/series/form.tsx'
import { SeriesListPage } from '../../../templates/desk/series/list.tsx'
import { type Offer, SeriesPreviewPage } from '../../../templates/desk/series/preview.tsx'
import { choosable } from '../../../templates/desk/view.ts'
import { page } from '../../../templates/layout.tsx'
import { questionTexts } from '../../../templates/text/questions.ts'
import { busyIn, type Elsewhere } from '../../advisers/free.ts'
import { advisersFor } from '../../advisers/queries.ts'
import { canManage, requireDesk, requireReader } from '../../base/actor.ts'
import { type Duty, NO_DUTY } from '../../base/duty.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { suspendedDates } from '../../changes/suspended-dates.ts'
import type { Ctx } from '../../context.ts'
import { allDesks } from '../../people/queries.ts'
import { dutyAlong } from '../../planning/advisers/assign-series.ts'
import { heldAfter } from '../../planning/affected.ts'
import { beginSeries, clashesOfSeries } from '../../planning/begin-series.ts'
import { checkPrefecture } from '../../planning/check-prefecture.ts'
import { withDesk } from '../../planning/desks/queries.ts'
import { type Change, editSeries, previewSeries } from '../../planning/edit-series.ts'
import { previewSeriesDeletion } from '../../planning/ending/delete-series.ts'
import { previewOccurrences } from '../../planning/preview-series.ts'
import { aheadOf, seriesById, seriesDates, seriesOf } from '../../planning/queries.ts'
import { questionsOfOwner } from '../../planning/questions/queries.ts'
import { chosenOf, listedDates, SeriesInput, seriesColumns } from '../../planning/series-input.ts'
import { copiedFrom } from '../../planning/take-along.ts'
import { undoSeries } from '../../planning/undo-series.ts'
import { mayUndo } from '../../planning/undo-session.ts'
import { venuesToChoose } from '../../planning/venues/queries.ts'
import { parseDeadline } from '../../schedule/deadline.ts'
import { venues } from '../../schedule/place-queries.ts'
import type { SeriesRow, SessionRow } from '../../store/schema.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { dutyWords } from './advisers/session.ts'
import { deskView, foreignChoice, typedBeside } from './view.ts'

const text = (value: string | number | null) => (value === null ? '' : String(value))

/** What a session or series offers, as form values. */
export function offerValues(row: SeriesRow | SessionRow): Values {
  const closes = parseDeadline(row.closes)
  return {
    title_ja: row.title_ja,
    // Left empty, the Japanese name stands for it.
    title_en: row.title_en === row.title_ja ? '' : row.title_en,
    title_kana: text(row.title_kana),
    note_ja: text(row.note_ja),
    note_en: text(row.note_en),
    venue: text(row.venue),
    formats: row.formats.split(','),
    capacity: text(row.capacity),
    acceptance: row.acceptance,
    closes_shape: closes.shape,
    closes_count: String(closes.shape === 'hours' ? closes.hours : closes.days),
    closes_at: closes.shape === 'hours' ? '' : closes.at,
    apply_name: text(row.apply_name),
    apply_phone: text(row.apply_phone),
    apply_url: text(row.apply_url),
  }
}

/** A series with the dates that it lists, as form values. */
async function valuesOf(ctx: Ctx, series: SeriesRow): Promise<Values> {
  const dates = await seriesDates(ctx, series.id)
  const { repeat, weekdays, nths } = chosenOf(series.rule) ?? { repeat: '', weekdays: [], nths: [] }
  return {
    ...offerValues(series),
    desk: series.desk,
    repeat,
    weekdays: [...weekdays],
    nths: [...nths],
    dates: dates.map(({ date }) => date).join('\n'),
    starts_on: series.starts_on,
    until: text(series.until),
    slot_starts: series.slot_starts.replaceAll(',', ' '),
    slot_minutes: text(series.slot_minutes),
    slot_capacity: text(series.slot_capacity),
    starts: text(series.starts),
    ends: text(series.ends),
    revision: String(series.revision),
  }
}

type Against = {
  errors?: Faults
  refusal?: 'changed' | 'used' | 'clash' | 'busy' | null
  done?: string | undefined
  others?: Elsewhere[]
}

/** The venues and desks that this person may choose for a series: of its prefecture, and desks of none. */
async function places(c: Context<Env>, series: SeriesRow | null) {
  const { ctx, pass } = c.var
  const codes = series ? [series.prefecture] : choosable(pass.account)
  const mayBe = (prefecture: string | null) => codes === null || (prefecture !== null && codes.includes(prefecture))
  return {
    venues: (await venuesToChoose(ctx, series?.venue)).filter(
      ({ id, prefecture }) => mayBe(prefecture) || id === series?.venue,
    ),
    desks: (await allDesks(ctx)).filter(
      (one) => one.id === series?.desk || (!one.ended && (one.kind !== 'local' || one.prefectures.some(mayBe))),
    ),
  }
}

async function form(c: Context<Env>, series: SeriesRow | null, values: Values, against: Against = {}) {
  const { ctx } = c.var
  const { errors = {}, refusal = null, done, others = [] } = against
  const mayPlan = series === null || canManage(ctx.actor, series.prefecture)
  const view = {
    ...deskView(c),
    series,
    values,
    errors,
    refusal,
    others,
    done,
    ...(await places(c, series)),
    ahead: series ? await aheadOf(ctx, series.id, civilDate(ctx.clock.now())) : [],
    undoable: series !== null && (await mayUndo(ctx, series)),
    unknownRule: series !== null && chosenOf(series.rule) === null,
    mayPlan,
    removable: series !== null && mayPlan && (await previewSeriesDeletion(ctx, series.id)).kept === null,
  }
  if (refusal) c.set('refused', refusal)
  return c.html(page(SeriesFormPage(view)), statusFor({ refusal, errors }))
}

/** The name of each row in the language of the page, by id. */
function namesOf<Row extends { id: string }>(rows: readonly Row[], of: (row: Row) => string): Map<string, string> {
  return new Map(rows.map((row) => [row.id, of(row)]))
}

/** The names of all venues in the language of the page, by id. */
export async function venueNames({ ctx, frame: { locale } }: Context<Env>['var']): Promise<Map<string, string>> {
  return namesOf(await venues(ctx), (one) => (locale === 'ja' ? one.name_ja : one.name_en))
}

/** What a series asks, in the language of the page. */
async function askedBy(c: Context<Env>, series: string): Promise<string[]> {
  const { ctx, frame } = c.var
  const rows = (await questionsOfOwner(ctx, { series, session: null })).filter((row) => row.retired_at === null)
  return rows.map((row) => {
    const label = frame.locale === 'ja' ? row.label_ja : row.label_en || row.label_ja
    return label || questionTexts(frame.locale).editor.kinds[row.kind]
  })
}

/** Who advises on a copy of a series, and in which room. */
async function dutyOfCopy(c: Context<Env>, from: string, input: SeriesInput): Promise<Duty> {
  const { ctx } = c.var
  const duty = await dutyAlong(ctx, from, input)
  return duty ? dutyWords(await advisersFor(ctx, input.prefecture, [duty]), duty) : NO_DUTY
}

/** A series as it is and as its form would save it. `from`: that of which it is a copy. */
async function offerOf(
  c: Context<Env>,
  input: SeriesInput,
  series: SeriesRow | null,
  from: SeriesRow | null = series,
): Promise<Offer> {
  const { ctx, frame } = c.var
  const known = series && (await seriesDates(ctx, series.id)).map(({ date }) => date)
  const columns = seriesColumns(input)
  return {
    before: series && known && { ...series, dates: known, chosen: chosenOf(series.rule) },
    after: { ...columns, dates: listedDates(input), chosen: chosenOf(columns.rule) },
    questions: from ? await askedBy(c, from.id) : [],
    duty: from && !series ? await dutyOfCopy(c, from.id, input) : null,
    desks: namesOf(await allDesks(ctx), (one) => one.name[frame.locale]),
  }
}

/** The dates that a series would have, and those of them on which a suspension changes its form. */
async function datesAhead(ctx: Ctx, input: SeriesInput, series: string | null) {
  const dates = await previewOccurrences(ctx, input, series)
  const held = dates.filter(({ closed, off }) => closed === null && off === null).map(({ date }) => date)
  return { dates, suspended: await suspendedDates(ctx, [{ ...input, dates: held }]) }
}

async function asked(c: Context<Env>): Promise<SeriesRow> {
  const series = await seriesById(c.var.ctx, c.req.param('id') ?? '')
  if (!series) throw new NotFound('series')
  requireReader(c.var.ctx.actor, series.prefecture)
  return series
}

/** The sessions that have the advisers or rooms of a series at its new times. */
function busyAfter(ctx: Ctx, changes: readonly Change[]): Promise<Elsewhere[]> {
  const held = changes.flatMap(({ session, becomes, set, slots, times }) => {
    const after = { ...session, ...set }
    return becomes === 'changed' && after.state === 'published' ? [heldAfter(after, slots, times)] : []
  })
  return busyIn(ctx, held)
}

/** `/desk/series`: plans and edits series, after a preview of the effects. */
export const seriesRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx, pass } = c.var
    const mayPlan = canManage(ctx.actor, ...pass.account.prefectures)
    const series = (await seriesOf(ctx)).map((row) => ({ ...row, chosen: chosenOf(row.rule) }))
    return c.html(page(SeriesListPage({ ...deskView(c), series, mayPlan, done: c.req.query('done') })))
  })
  .get('/new', async (c) => {
    requireDesk(c.var.ctx.actor)
    const [prefecture = ''] = c.var.pass.account.prefectures
    const today = civilDate(c.var.ctx.clock.now())
    const usual = {
      key: newId(c.var.ctx.clock.now()),
      repeat: 'weekly',
      starts_on: today,
      closes_shape: 'business_days',
      closes_count: '1',
      closes_at: '15:00',
    }
    return form(c, null, { kind: 'consultation', prefecture, desk: '', ...usual })
  })
  .get('/:id/copy', async (c) => {
    const { ctx } = c.var
    const series = await asked(c)
    requireDesk(ctx.actor, series.prefecture)
    const values = await valuesOf(ctx, series)
    const today = civilDate(ctx.clock.now())
    const until = series.until !== null && series.until < today ? '' : values.until
    const own = { key: newId(ctx.clock.now()), from: series.id, kind: series.kind, prefecture: series.prefecture }
    return form(c, null, { ...values, ...own, dates: '', starts_on: today, until: until ?? '' })
  })
  .post('/new', async (c) => {
    const { ctx, deps } = c.var
    requireDesk(ctx.actor)
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit' || showsForm(c)) return form(c, null, values)
    const foreign = foreignChoice(c, 'prefecture', values.prefecture)
    if (foreign) return form(c, null, values, { errors: foreign })
    const parsed = SeriesInput.safeParse(await withDesk(ctx, values))
    if (!parsed.success) return form(c, null, values, { errors: faultsOf(parsed.error) })
    requireDesk(ctx.actor, parsed.data.prefecture)
    const faults = await checkPrefecture(ctx, parsed.data.prefecture, parsed.data)
    if (Object.keys(faults).length > 0) return form(c, null, values, { errors: faults })
    const look = async (errors: Faults = {}) => {
      const { clashes } = await clashesOfSeries(ctx, parsed.data)
      const offer = await offerOf(c, parsed.data, null, await copiedFrom(ctx, values))
      const nobody = { effects: [], following: 0, shown: null, changed: false, venues: await venueNames(c.var) }
      const view = { ...deskView(c), series: null, values, offer, clashes, errors, ...nobody }
      const ahead = await datesAhead(ctx, parsed.data, null)
      return c.html(page(SeriesPreviewPage({ ...view, ...ahead })), statusFor({ errors }))
    }
    if (step !== 'do') return look()
    const done = await beginSeries(ctx, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/series/${done.series}?done=saved`)
    if (done.why === 'invalid' && done.errors.beside) return look({ beside: done.errors.beside })
    if (done.why === 'invalid') return form(c, null, values, { errors: done.errors })
    // Sent once more, deliberately, it is another series: the form gets another key.
    const again = done.why === 'used' ? { ...values, key: newId(ctx.clock.now()) } : values
    return form(c, null, again, { refusal: done.why })
  })
  .get('/:id', async (c) => {
    const series = await asked(c)
    return form(c, series, await valuesOf(c.var.ctx, series), { done: c.req.query('done') })
  })
  .post('/:id', async (c) => {
    const { ctx, deps } = c.var
    const series = await asked(c)
    requireDesk(ctx.actor, series.prefecture)
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit' || showsForm(c)) return form(c, series, values)
    const look = async (errors: Faults = {}, changed = false) => {
      const found = await previewSeries(ctx, series.id, values)
      if (!found.ok) return form(c, series, values, { errors: found.errors })
      const { effects, clashes, input } = found
      const others = await busyAfter(ctx, found.changes)
      if (others.length > 0) return form(c, series, values, { refusal: 'busy', others })
      const offer = await offerOf(c, input, series)
      const following = [...found.following.values()].flat().length
      const shown = await fingerprint(found.fields)
      if (changed) c.set('refused', 'changed')
      const seen = { following, shown, changed, venues: await venueNames(c.var) }
      const view = { ...deskView(c), series, values, offer, effects, clashes, errors, ...seen }
      const ahead = await datesAhead(ctx, input, series.id)
      return c.html(page(SeriesPreviewPage({ ...view, ...ahead })), statusFor({ refusal: changed, errors }))
    }
    if (step !== 'do') return look()
    const done = await editSeries(ctx, series.id, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/series/${series.id}?done=saved`)
    if (done.why === 'invalid' && done.errors.beside) return look({ beside: done.errors.beside })
    const known = await seriesById(ctx, series.id)
    if (done.why === 'changed' && oneOf(values, 'revision') === String(known?.revision)) return look({}, true)
    if (done.why === 'invalid') return form(c, series, values, { errors: done.errors })
    const now = known ?? series
    const kept = done.why === 'changed' ? typedBeside(c, values, await valuesOf(ctx, now)) : values
    return form(c, now, kept, { refusal: done.why })
  })
  .post('/:id/undo', async (c) => {
    const { ctx, deps } = c.var
    const series = await asked(c)
    const done = await undoSeries(ctx, series.id)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/series/${series.id}?done=undone`)
    return form(c, series, await valuesOf(ctx, series), { refusal: done.why === 'clash' ? 'clash' : 'changed' })
  })
