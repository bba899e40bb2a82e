import { plusMinutes } from '../../src/base/clock.ts'
import type { Ctx } from '../../src/context.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { type Site, site } from '../http/app.ts'
import { type Staff, signedIn } from '../http/desk/fixtures.ts'
import { desk, seminar, series } from '../schedule/fixtures.ts'
import { NOW } from '../world.ts'
import type { Told } from './told.ts'

/** Somebody who books, or asks for a date. */
export type Person = {
  nth: number
  name: string
  kana: string
  email: string | null
  phone: string
  locale: 'ja' | 'en'
}

/** A booking as the walk holds it. */
export type Held = { id: string; person: Person }

/** A small town: two desks, their sessions, those who book, and what everybody was told. */
export type Town = {
  s: Site
  /** Two rooms of the console: of both prefectures, and of the secretariat. */
  desk: Staff
  high: Staff
  /** The same rows as the desk sees them. */
  staff: Ctx
  now(): string
  /** Lets time pass. */
  pass(minutes: number): Promise<void>
  /** What the walk did, in order. */
  done: string[]
  /** What each booking's person was told last, by its id. */
  told: Map<string, Told>
  held: Map<string, Held>
  /** What feeds and receipts said before. */
  seen: Map<string, unknown>
}

const KANA = ['アオキ', 'イトウ', 'ウエダ', 'エンドウ', 'オカダ', 'カトウ', 'キムラ', 'クドウ', 'ケンモチ']

/** Every third has only a telephone, every fourth reads English. */
export function person(nth: number): Person {
  const kana = `${KANA[nth % KANA.length]} ハナ`
  const english = nth % 4 === 1
  return {
    nth,
    name: english ? `Hana ${nth}` : `青木 花${nth}`,
    kana,
    email: nth % 3 === 2 ? null : `person${nth}@example.jp`,
    phone: `029-224-${String(1000 + nth)}`,
    locale: english ? 'en' : 'ja',
  }
}

export const PEOPLE = 9

const HALLS = ['hall', 'annex', 'house']

async function settle(s: Site): Promise<void> {
  const { system } = s
  await openProgramme(system, { fiscalYear: 2026, name: { ja: '2026年度', en: 'Fiscal year 2026' } })
  await addDesk(system, desk({ id: 'mito' }))
  await addDesk(system, desk({ id: 'tottori', prefecture: '31', name_ja: '鳥取の窓口', name_en: 'Tottori desk' }))
  for (const [nth, id] of HALLS.entries()) {
    const prefecture = id === 'house' ? '31' : '08'
    const names = { name_ja: `第${nth + 1}会館`, name_en: `Hall ${nth + 1}` }
    await addVenue(system, { id, prefecture, ...names, address: `中央${nth + 1}-1`, area_only: 0, printed: null })
  }
  const slots = { slots: ['10:00', '11:00'], minutes: 50, capacity: 2 }
  const fridays = series({ id: 'fri', desk: 'mito', venue: 'hall', hours: slots, capacity: 3 })
  await importSeries(system, { ...fridays, starts_on: '2026-11-27', until: '2026-12-11' })
  await plan(system)
  const formats = ['onsite', 'online'] as const
  const mito = { desk: 'mito', prefecture: '08', venue: 'hall', formats: [...formats] }
  const single = { kind: 'consultation' as const, capacity: 2 }
  const sessions = [
    seminar({ ...mito, ...single, id: 'asked', acceptance: 'approval', date: '2026-12-08' }),
    seminar({
      ...mito,
      ...single,
      id: 'lots',
      acceptance: 'lottery',
      date: '2026-12-09',
      closes: { shape: 'hours', hours: 300 },
    }),
    seminar({ id: 'seminar', desk: 'tottori', venue: 'house', formats: [...formats], capacity: 2 }),
    seminar({ id: 'later', desk: 'tottori', date: null, hours: null, capacity: 2 }),
    seminar({ ...mito, ...single, id: 'hourless', date: '2026-12-15', hours: null }),
  ]
  for (const each of sessions) await publishSession(system, each)
}

/** A new town at NOW. */
export async function town(): Promise<Town> {
  const env = { SMTP_URL: 'smtp://mail.invalid', MAIL_FROM: 'テレワーク窓口 <noreply@madoguchi.example>' }
  const s = await site({ seeded: false, env, cache: true })
  await settle(s)
  let now = NOW
  const both = await signedIn(s, 'desk', '08', '31')
  const high = await signedIn(s, 'secretariat')
  const actor = { kind: 'staff' as const, id: both.id, role: 'desk' as const, prefectures: ['08', '31'] }
  return {
    s,
    desk: both,
    high,
    staff: { ...s.ctx, actor },
    now: () => now,
    async pass(minutes) {
      now = plusMinutes(now, minutes)
      s.at(now)
      // Nobody signs in during a walk.
      const expires = plusMinutes(now, 600)
      await s.run(
        'update pass set seen_at = ?, expires_at = ?, proven_at = ? where proven_at is not null',
        now,
        expires,
        now,
      )
      await s.run('update pass set seen_at = ?, expires_at = ? where proven_at is null', now, expires)
    },
    done: [],
    told: new Map(),
    held: new Map(),
    seen: new Map(),
  }
}
