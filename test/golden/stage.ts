import { rmSync } from 'node:fs'
import { booked, type Held } from './bookings.ts'
import { folder } from './files.ts'
import { house, visitor } from './site.ts'

export const LOCALES = ['ja', 'en'] as const
export const MITO = 'ibaraki-2026-11-27'
/** Sessions that somebody changed or booked. */
export const CHANGED = "revision > 1 and date between '2026-11-20' and '2027-01-20'"

export const out = process.argv[2]
if (out === undefined) throw new Error('npm run golden -- OUT_FOLDER')
rmSync(out, { recursive: true, force: true })
export const files = folder(out)
export const h = await house(files, '')
export const anybody = LOCALES.map((locale) => visitor('anybody', locale))
export const [ja, en] = anybody as [(typeof anybody)[0], (typeof anybody)[0]]
export const all: Held[] = []

export async function api(
  ...given: Parameters<typeof booked> extends [unknown, unknown, ...infer Rest] ? Rest : never
): Promise<Held> {
  const held = await booked(h, ja, ...given)
  all.push(held)
  return held
}

/** Presses a button behind the manage link. `how` says why it is refused, if it is to be. */
export const press = (held: Held, act: string, more: Record<string, string> = {}, how = '') =>
  h.send(held.locale === 'ja' ? ja : en, `${held.path}/${act}`, more, `b ${held.name} pressed ${act} ${how}`.trim())

/** The public pages as they are now. */
export async function publicPages(most: number): Promise<void> {
  for (const who of anybody)
    await h.crawl(who, ['/', '/calendar', '/calendar?view=list', '/lookup', '/desks', '/subscribe'], most)
}

/** Every session that is undated or near, in both languages, with its files and its form. */
export async function sessionPages(which = "date between '2026-11-10' and '2026-12-24'"): Promise<void> {
  const ids = await h.column<string>(`select id from session where date is null or (${which}) order by id`)
  for (const id of ids) {
    for (const who of anybody) await h.ask(who, `/sessions/${id}`)
    for (const path of [`/sessions/${id}/book`, `/sessions/${id}.ics`, `/api/v1/sessions/${id}`]) await h.ask(ja, path)
  }
  for (const path of ['/calendar.ics', '/calendar.ics?prefecture=08', '/api/v1/sessions?limit=200']) {
    for (const who of anybody) await h.ask(who, path)
  }
}
