import * as z from 'zod'
import { paragraphs, seenRevision } from '../../base/fields.ts'
import type { Locale } from '../../base/locale.ts'
import type { OutlineRow } from '../../store/schema.ts'

/** The texts of an outline, each in Japanese and English. */
const OUTLINE_TEXTS = ['target', 'hosts', 'speakers', 'agenda'] as const

/** The columns that a desk types. */
export const OUTLINE_COLUMNS = [
  'target_ja',
  'target_en',
  'hosts_ja',
  'hosts_en',
  'speakers_ja',
  'speakers_en',
  'agenda_ja',
  'agenda_en',
  'materials',
] as const

/** One document of a session: its title and its address on the web. */
export type Material = { title: string; url: string }

/** A line of an agenda: the time that it begins with, as `HH:MM` or `HH:MM〜HH:MM`, or null. Then the rest. */
export type AgendaLine = { time: string | null; text: string }

/** What a session is about, in one language. Empty texts are left out. */
export type Outline = {
  target: string
  hosts: string[]
  speakers: string[]
  agenda: AgendaLine[]
  materials: Material[]
}

const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])

const URL_AT_END = /^(.*?)\s*(https?:\/\/\S+)$/

/** Reads lines of materials: a title, then an address on the web. Returns null if a line has none. */
export function materialsIn(text: string): Material[] | null {
  const read = linesOf(text).map((line) => {
    const [, title = '', url = ''] = URL_AT_END.exec(line) ?? []
    return URL.canParse(url) ? { title: title || url, url } : null
  })
  return read.every((one) => one !== null) ? read : null
}

const TIME = /^(\d{1,2}[:：]\d{2}(?:\s*[-〜～~–]\s*\d{1,2}[:：]\d{2})?)[\s　]*(.*)$/

function agendaLine(line: string): AgendaLine {
  const [, time, text] = TIME.exec(line) ?? []
  return time === undefined ? { time: null, text: line } : { time: time.replaceAll('：', ':'), text: text ?? '' }
}

/** Returns an outline in a language. A text without English is shown in Japanese. */
export function outlineOf(row: Pick<OutlineRow, (typeof OUTLINE_COLUMNS)[number]>, locale: Locale): Outline {
  const said = (name: (typeof OUTLINE_TEXTS)[number]) => row[`${name}_${locale}`] || row[`${name}_ja`]
  return {
    target: said('target'),
    hosts: linesOf(said('hosts')),
    speakers: linesOf(said('speakers')),
    agenda: linesOf(said('agenda')).map(agendaLine),
    materials: materialsIn(row.materials) ?? [],
  }
}

const text = (most: number) => paragraphs(most).default('')

/** The form of an outline. Materials are lines of a title and an address. */
export const OutlineInput = z.object({
  target_ja: text(300),
  target_en: text(300),
  hosts_ja: text(500),
  hosts_en: text(500),
  speakers_ja: text(2000),
  speakers_en: text(2000),
  agenda_ja: text(3000),
  agenda_en: text(3000),
  materials: text(3000).refine((lines) => materialsIn(lines) !== null, 'choice'),
  revision: seenRevision,
})
