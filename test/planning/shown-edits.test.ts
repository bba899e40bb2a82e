import { afterAll, beforeAll, expect, test } from 'vitest'
import { fingerprint } from '../../src/base/fingerprint.ts'
import { beginSeries } from '../../src/planning/begin-series.ts'
import { previewDesk, saveDesk } from '../../src/planning/desks/save-desk.ts'
import { editSeries, previewSeries } from '../../src/planning/edit-series.ts'
import { editSession, previewEdit } from '../../src/planning/edit-session.ts'
import { plan } from '../../src/planning/plan.ts'
import { undoSeries } from '../../src/planning/undo-series.ts'
import { undo } from '../../src/planning/undo-session.ts'
import { as } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { NOW, type World } from '../world.ts'
import { seriesForm, sessionForm } from './forms.ts'
import { bookedOn, type Fridays, fridays } from './fridays.ts'

let w: Fridays
beforeAll(async () => {
  w = await fridays()
})
afterAll(() => w.close())

const OTHER_HOURS = { slot_starts: '11:00 13:00' }
const form = (changes: Record<string, unknown> = {}) => sessionForm({ revision: '0', ...changes })

let people = 0
/** Somebody who asked for the date of a session: `notified` knows it. */
async function asked(session: string, state: 'confirmed' | 'notified' = 'notified'): Promise<string> {
  const id = `interest-${++people}`
  await w.run(
    `insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at)
      values (?, ?, ?, ?, 'ja', ?, ?, '1', ?, ?)`,
    id,
    session,
    `${id}@example.jp`,
    id,
    state,
    id,
    NOW,
    NOW,
  )
  return id
}

const lettersTo = (id: string) =>
  w.rows<{ kind: string; before: string }>('select kind, before from outbox where subject = ? order by id', id)

/** What the page of an edit showed. */
async function lookAt(preview: Promise<{ ok: boolean; fields?: readonly unknown[] } | null>): Promise<string> {
  const found = await preview
  if (!found?.fields) throw new Error(JSON.stringify(found))
  return fingerprint(found.fields)
}

const why = (done: { ok: true } | { ok: false; why: string }) => (done.ok ? 'done' : done.why)

test('who knows the hours of a session gets a letter about others, also when that is taken back', async () => {
  const id = w.next()
  const known = await asked(id)
  const waits = await asked(id, 'confirmed')
  await editSession(as(w, 'desk'), id, form(OTHER_HOURS))
  const date = id.slice(-10)
  const before = { date, starts_at: `${date}T01:00:00.000Z`, ends_at: `${date}T06:50:00.000Z` }
  expect(await lettersTo(known)).toEqual([{ kind: 'settled', before: JSON.stringify(before) }])
  // The next tick tells who still waits for the hours.
  expect(await lettersTo(waits)).toEqual([])
  expect(await undo(as(w, 'desk'), id)).toMatchObject({ ok: true })
  expect((await lettersTo(known)).map(({ kind }) => kind)).toEqual(['settled', 'settled'])
})

test('who knows the hours gets no letter about another title', async () => {
  const id = w.next()
  const known = await asked(id)
  await editSession(as(w, 'desk'), id, form({ title_ja: '別の名' }))
  expect(await lettersTo(known)).toEqual([])
})

test('the edit of a series tells them too, and so does taking it back', async () => {
  const series = await begun()
  const known = await asked(`${series}-2026-12-02`)
  const edited = seriesForm({ until: '2026-12-09', revision: '0', slot_starts: '14:00' })
  const preview = await previewSeries(as(w, 'desk'), series, edited)
  expect(preview.ok && [...preview.following.values()].flat()).toEqual([{ id: known, locale: 'ja', revision: 0 }])
  expect(await editSeries(as(w, 'desk'), series, edited)).toMatchObject({ ok: true })
  expect((await lettersTo(known)).map(({ kind }) => kind)).toEqual(['settled'])
  expect(await undoSeries(as(w, 'desk'), series)).toMatchObject({ ok: true })
  expect((await lettersTo(known)).map(({ kind }) => kind)).toEqual(['settled', 'settled'])
})

/** Begins a series of Wednesdays on 25 November, 2 and 9 December. */
async function begun(): Promise<string> {
  const done = await beginSeries(as(w, 'desk'), seriesForm({ desk: 'one', until: '2026-12-09' }))
  if (!done.ok) throw new Error(JSON.stringify(done))
  await plan(w.system)
  return done.series
}

/** Each edit: its page, and the edit with what that showed. */
async function edits() {
  const session = w.next()
  const series = await begun()
  const hours = form(OTHER_HOURS)
  const weekly = seriesForm({ desk: 'one', until: '2026-12-09', revision: '0', slot_starts: '14:00' })
  const office = { kind: 'local', name_ja: '新しい窓口', prefectures: ['08'], phones: '029-000-0001', topics: ['ict'] }
  const [desk] = await w.rows<{ revision: number }>("select revision from desk where id = 'two'")
  const renamed = { ...office, name_en: `New ${series}`, revision: String(desk?.revision) }
  const by = (ctx: World | Fridays) => as(ctx, 'secretariat')
  const at = `${series}-2026-12-02`
  return {
    session: {
      look: () => previewEdit(by(w), session, hours),
      act: (shown: string, world: World = w) => editSession(by(world), session, { ...hours, shown }),
      concerned: () => asked(session),
      harmless: () => w.run('update session set updated_at = ? where id = ?', NOW, session),
    },
    series: {
      look: () => previewSeries(by(w), series, weekly),
      act: (shown: string, world: World = w) => editSeries(by(world), series, { ...weekly, shown }),
      concerned: () => bookedOn(w, at),
      harmless: () => bookedOn(w, w.next()),
    },
    desk: {
      look: async () => {
        const found = await previewDesk(by(w), 'two', renamed)
        return found && { ok: true, ...found }
      },
      act: (shown: string, world: World = w) => saveDesk(by(world), 'two', { ...renamed, shown }),
      concerned: () => w.run("update session set desk = 'two' where id = ?", at),
      harmless: () => bookedOn(w, w.next()),
    },
  }
}

test.each(['session', 'series', 'desk'] as const)(
  'the edit of a %s does what its page showed, or refuses what it did not',
  async (kind) => {
    const { look, act, concerned, harmless } = (await edits())[kind]
    const stale = await lookAt(look())
    await concerned()
    expect(why(await act(stale))).toBe('changed')
    const shown = await lookAt(look())
    expect(shown).not.toBe(stale)
    await harmless()
    expect(why(await act(shown))).toBe('done')
  },
)

test.each(['session', 'series', 'desk'] as const)(
  'the edit of a %s refuses what comes between look and commit',
  async (kind) => {
    const { look, act, concerned } = (await edits())[kind]
    const shown = await lookAt(look())
    const slower = meanwhile(w, async () => {
      await concerned()
    })
    expect(why(await act(shown, slower))).toBe('changed')
  },
)
