import { expect, test } from 'vitest'
import { civilDate } from '../../../../src/base/japan/civil.ts'
import { JOURNAL_SUBJECTS, WEBHOOK_TYPES } from '../../../../src/base/vocabulary.ts'
import type { Ctx } from '../../../../src/context.ts'
import type { JournalSubject } from '../../../../src/figures/journal.ts'
import { dropIntake } from '../../../../src/intake/drop.ts'
import { keepIntake } from '../../../../src/intake/keep.ts'
import { read } from '../../../../src/notices/read.ts'
import { addVenue } from '../../../../src/planning/add-venue.ts'
import { addDay } from '../../../../src/planning/days/add-day.ts'
import { deleteSession } from '../../../../src/planning/ending/delete-session.ts'
import { deleteVenue } from '../../../../src/planning/ending/delete-venue.ts'
import { addQuestion } from '../../../../src/planning/questions/add-question.ts'
import { removeQuestion } from '../../../../src/planning/questions/remove-question.ts'
import { retireQuestion } from '../../../../src/planning/questions/retire-question.ts'
import { ACTS, type Act } from '../../../../src/store/acts.ts'
import { note } from '../../../../src/store/journal.ts'
import { addWebhook } from '../../../../src/webhooks/add-webhook.ts'
import { deskTexts } from '../../../../templates/text/desk.ts'
import { dateText } from '../../../../templates/text/when.ts'
import { sessionForm } from '../../../planning/forms.ts'
import { MITO, NOW } from '../../../world.ts'
import { type Site, site } from '../../app.ts'
import { type Staff, signedIn } from '../fixtures.ts'

const t = deskTexts('ja').journal

/** An id of any row: nothing that people read. */
const RAW = /an-id|gone-id|[0-9a-hjkmnp-tv-z]{26}|[a-z]+-\d{4}-\d{2}-\d{2}|(series|session|programme|message):/

const PARKING = { kind: 'text', required: '', label_ja: '駐車場', label_en: 'Car park' }
const NOTICE = [['2026年12月7日（月）13:00～16:00', '茨城県']]
const VENUE = { name_ja: '水戸の新しい会場', name_en: 'New Hall', address: null, area_only: 0, printed: null } as const

/** Somebody of the secretariat, and what their acts get. */
async function secretariat(s: Site): Promise<{ all: Staff; ctx: Ctx }> {
  const all = await signedIn(s, 'secretariat')
  const actor = { kind: 'staff', id: all.id, role: 'secretariat', prefectures: [], provenAt: NOW } as const
  return { all, ctx: { ...s.ctx, actor } }
}

/** The last cells of each line of a journal, on all its pages. */
async function cells({ page }: Staff, path: string) {
  const found: { row: string; text: string; links: string[] }[] = []
  for (let next: string | undefined = path; next; ) {
    const { main, status } = await page(next)
    expect(status, main.text).toBe(200)
    for (const row of main.querySelectorAll('tbody tr')) {
      const cell = row.querySelectorAll('td').at(-1)
      const links = cell?.querySelectorAll('a').map((a) => a.getAttribute('href') ?? '') ?? []
      found.push({ row: row.text, text: cell?.text.trim() ?? '', links })
    }
    const older = main.querySelector('a[rel=next]')?.getAttribute('href')
    const lang = new URL(path, 'http://x').searchParams.get('lang')
    next = older ? `${older}&lang=${lang}` : undefined
  }
  return found
}

test('each act that the code writes has an object in words, with a page while it is there and never an id', async () => {
  const s = await site()
  const { all, ctx } = await secretariat(s)
  const one = async (table: string) => (await s.column<string>(`select id from ${table} order by id limit 1`))[0] ?? ''
  const [booking, venue, desk, programme] = [
    (await s.booked({ session: MITO, slot: `${MITO}-1000` })).id,
    await one('venue'),
    await one('desk'),
    await one('programme'),
  ]
  const question = await addQuestion(ctx, { series: 'ibaraki', session: null }, PARKING)
  const intake = await keepIntake(ctx, read(NOTICE, '2026-11-22'), '')
  const hook = await addWebhook(ctx, { desk, url: 'https://hooks.example.jp/secret', types: [...WEBHOOK_TYPES] })
  if (!question.ok || !intake.ok || !hook.ok) throw new Error(JSON.stringify([question, intake, hook]))
  const there: Partial<Record<JournalSubject, [subject: string, way: string]>> = {
    booking: [booking, `/desk/bookings/${booking}`],
    session: [MITO, `/desk/sessions/${MITO}`],
    series: ['ibaraki', '/desk/series/ibaraki'],
    venue: [venue, `/desk/venues/${venue}`],
    desk: [desk, `/desk/desks/${desk}`],
    programme: [programme, `/desk/programmes/${programme}`],
    question: [question.question, `/desk/questions/${question.question}`],
    intake: [intake.id, `/desk/import/${intake.id}`],
    webhook: [hook.webhook, `/desk/webhooks/${hook.webhook}`],
    account: [all.id, `/desk/people/${all.id}`],
    closure: ['08-2027-01-04', '/desk/closures'],
  }
  const details: Partial<Record<Act, object>> = {
    'letter_text.saved': { scope: 'series' },
    'letter_text.dropped': { scope: 'programme' },
    'letter_sender.saved': { scope: 'session' },
    'letter_file.added': { of: 'series:gone-id' },
    'letter_file.dropped': { of: 'message:an-id:an-id' },
    'question.added': { series: 'gone-id', session: null },
  }
  for (const act of Object.keys(ACTS) as Act[]) {
    const { about } = ACTS[act]
    const subjects = [about === 'closure' ? 'venue:an-id-2027-01-04' : 'an-id', there[about]?.[0]]
    for (const subject of subjects) {
      if (subject) await s.ctx.store.commit(note(s.system, act, subject, (details[act] ?? {}) as never))
    }
  }
  await s.run("update journal set actor = 'cli'")
  const subjects = new Set(Object.values(ACTS).map(({ about }) => about))
  expect(new Set(JOURNAL_SUBJECTS)).toEqual(subjects)
  for (const lang of ['ja', 'en']) {
    for (const about of JOURNAL_SUBJECTS) {
      const found = await cells(all, `/desk/journal?who=cli&about=${about}&lang=${lang}`)
      expect(found.filter(({ text }) => text === '' || RAW.test(text) || text.includes('undefined'))).toEqual([])
      const ways = found.flatMap(({ links }) => links)
      expect(ways.filter((way) => /an-id|gone-id|undefined/.test(way) && !/cap/.test(way))).toEqual([])
      const [, ...missing] = there[about] ?? []
      expect(
        missing.filter((way) => !ways.includes(way)),
        about,
      ).toEqual([])
    }
  }
})

test('what was deleted keeps its name in each line about it, without a link', async () => {
  const s = await site()
  const { all, ctx } = await secretariat(s)
  const [desk] = await s.column<string>("select desk from series where id = 'ibaraki'")
  const day = { kind: 'consultation', prefecture: '08', desk, date: '2026-12-07' }
  const session = await addDay(ctx, { ...sessionForm(), ...day })
  const question = await addQuestion(ctx, { series: 'ibaraki', session: null }, PARKING)
  const intake = await keepIntake(ctx, read(NOTICE, '2026-11-22'), '予約 太郎.xlsx')
  if (!session.ok || !question.ok || !intake.ok) throw new Error(JSON.stringify([session, question, intake]))
  await addVenue(s.system, { ...VENUE, id: 'new-venue', prefecture: '08' })
  const [title = ''] = await s.column<string>('select title_ja from session where id = ?', session.session)
  await retireQuestion(ctx, question.question)
  await removeQuestion(ctx, question.question)
  await deleteVenue(ctx, 'new-venue')
  await deleteSession(ctx, session.session)
  await dropIntake(ctx, intake.id)
  await s.run("update journal set actor = 'cli'")
  const readOn = dateText('ja', civilDate(NOW))
  for (const [about, acts, name] of [
    ['session', ['session.published', 'session.deleted'], `${dateText('ja', '2026-12-07')} ${title}`],
    ['question', ['question.added', 'question.retired', 'question.removed'], PARKING.label_ja],
    ['venue', ['venue.added', 'venue.deleted'], VENUE.name_ja],
    ['intake', ['intake.kept', 'intake.dropped'], `${t.none(t.abouts.intake)} ${readOn}`],
  ] as const) {
    const found = await cells(all, `/desk/journal?who=cli&about=${about}&lang=ja`)
    const gone = found.filter(({ text }) => text.replaceAll('\u{2060}', '').includes(name))
    expect(gone.length, `${about}: ${found.map(({ text }) => text).join('|')}`).toBe(acts.length)
    expect(gone.flatMap(({ links }) => links)).toEqual([])
  }
})
