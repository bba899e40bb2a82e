import { WORDS } from '../../src/calendar/words.ts'
import type { Session } from '../../src/schedule/session.ts'
import { formatsText, placeText, prefectureName, sessionHours } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { dateText } from '../text/when.ts'
import type { Entry } from './atom.ts'

/** A session as an entry of the news. It has no free places: they are no news, and change all day. */
export function newsEntry({ locale, origin }: PageContext, session: Session): Entry {
  const t = texts(locale)
  const { off, sampleMark } = WORDS[locale]
  const { id, uid, kind, title, prefecture, status, reason, note, sample, created_at, updated_at } = session
  const date = session.date ?? session.former?.date ?? null
  const mark = status === 'called_off' || status === 'postponed' || status === 'skipped' ? off[status] : ''
  const day = date === null ? t.tba : dateText(locale, date)
  const facts = [
    [day, sessionHours(locale, session)],
    [placeText(locale, session)],
    [formatsText(t, session)],
    [reason?.[locale]],
    [note?.[locale]],
  ]
  return {
    id: `urn:uuid:${uid.replace(/@.*$/, '')}`,
    title: `${mark}${sample ? sampleMark : ''}${[title[locale], prefectureName(locale, prefecture), day].join(' ')}`,
    summary: facts
      .map((line) => line.filter(Boolean).join(' '))
      .filter(Boolean)
      .join('\n'),
    kind,
    url: `${origin}/sessions/${id}`,
    published: created_at,
    updated: updated_at,
  }
}
