import { settledHours } from '../base/hours.ts'
import { civilDate, civilTime } from '../base/japan/civil.ts'
import { prefectureByCode } from '../base/japan/prefecture.ts'
import { formerPlaceText, placeText } from '../calendar/place.ts'
import { WORDS } from '../calendar/words.ts'
import { type Session, withDay } from '../schedule/session.ts'
import { prefectureLgCode } from './local-government-code.ts'
import { cellsOf, type OpenColumn, type OpenRow, openExtension, openPhone } from './table.ts'

/** A session of the file: with the day that it has or had, and the address of the site. */
type Event = { session: Session; publicUrl: string }

const words = WORDS.ja

/** What stands before the name and in the remark: a state that no column of the data set holds. */
function markOf({ status }: Session): '中止' | '延期' | null {
  return status === 'called_off' ? '中止' : status === 'postponed' ? '延期' : null
}

const prefectureOf = ({ prefecture }: Session) => prefectureByCode(prefecture)?.ja ?? ''

/** The place: the venue on site, the way otherwise, and the prefecture while nothing is decided. */
function placeOf(session: Session): string {
  const { venue, formats } = session
  if (formats.includes('onsite')) return venue?.name.ja ?? prefectureOf(session)
  return placeText(session, formats, 'ja') ?? formerPlaceText(session, 'ja') ?? prefectureOf(session)
}

/** The venue that people go to, or null. */
const siteOf = ({ venue, formats }: Session) => (formats.includes('onsite') ? venue : null)

/** How people apply, in words. The file says nothing of free places: they change all day. */
function howToApply({ apply, acceptance }: Session): string {
  if (apply.kind === 'elsewhere') return `${apply.name}へ申し込み`
  const order = { first_come: '先着順', approval: '承認制', lottery: '抽選' }[acceptance]
  return `URLのページから申し込み（${order}）`
}

/** What takes place: the notice of the desk, and the forms in which people take part. */
function descriptionOf({ note, formats, kind }: Session): string {
  const held = formats.map((format) => words.formats[format]).join(words.between)
  return [note?.ja, words.kinds[kind], held && `${words.format}${words.colon}${held}`].filter(Boolean).join(' ')
}

const phoneOf = ({ apply, desk }: Session) => (apply.kind === 'elsewhere' ? apply.phone : desk.phones[0])
const hours = ({ session }: Event) => settledHours(session)
const closes = ({ session: { apply, closes_at } }: Event) => (apply.kind === 'here' ? closes_at : null)
const site = (of: (venue: NonNullable<Session['venue']>) => string | null | undefined) => (event: Event) => {
  const venue = siteOf(event.session)
  return venue ? (of(venue) ?? null) : null
}

/** The columns of 推奨データセット「イベント一覧」, in the order of its edition of 2020/21. */
export const EVENT_COLUMNS: readonly OpenColumn<Event>[] = [
  {
    name: '都道府県コード又は市区町村コード',
    holds: 'text',
    required: false,
    of: ({ session }) => prefectureLgCode(session.prefecture),
  },
  { name: 'NO', holds: 'text', required: false, of: ({ session }) => session.id },
  { name: '都道府県名', holds: 'text', required: false, of: ({ session }) => prefectureOf(session) },
  { name: '市区町村名', holds: 'text', required: false, of: () => null },
  {
    name: 'イベント名',
    holds: 'text',
    required: true,
    of: ({ session }) => {
      const mark = markOf(session)
      return `${mark === null ? '' : `【${mark}】`}${session.title.ja}`
    },
  },
  { name: 'イベント名_カナ', holds: 'text', required: true, of: ({ session }) => session.title_kana },
  {
    name: 'イベント名_英語',
    holds: 'text',
    required: false,
    of: ({ session: { title } }) => (title.en === title.ja ? null : title.en),
  },
  { name: '開始日', holds: 'date', required: true, of: ({ session }) => session.date },
  {
    name: '終了日',
    holds: 'date',
    required: true,
    of: (event) => {
      const ends = hours(event)
      return ends ? civilDate(ends.ends_at) : event.session.date
    },
  },
  {
    name: '開始時間',
    holds: 'time',
    required: true,
    of: (event) => {
      const begun = hours(event)
      return begun && civilTime(begun.starts_at)
    },
  },
  {
    name: '終了時間',
    holds: 'time',
    required: true,
    of: (event) => {
      const ends = hours(event)
      return ends && civilTime(ends.ends_at)
    },
  },
  {
    name: '開始日時特記事項',
    holds: 'text',
    required: false,
    of: (event) => {
      if (markOf(event.session) !== null) return null
      if (event.session.date === null) return '日程未定'
      return hours(event) === null ? '時間未定' : null
    },
  },
  { name: '説明', holds: 'text', required: true, of: ({ session }) => descriptionOf(session) },
  { name: '料金(基本)', holds: 'number', required: false, of: () => 0 },
  { name: '料金(詳細)', holds: 'text', required: false, of: () => '無料（通信料はご負担ください）' },
  {
    name: '連絡先名称',
    holds: 'text',
    required: false,
    of: ({ session: { apply, desk } }) => (apply.kind === 'elsewhere' ? apply.name : desk.name.ja),
  },
  {
    name: '連絡先電話番号',
    holds: 'text',
    required: false,
    of: ({ session }) => openPhone(phoneOf(session)),
  },
  { name: '連絡先内線番号', holds: 'text', required: false, of: ({ session }) => openExtension(phoneOf(session)) },
  { name: '主催者', holds: 'text', required: false, of: ({ session }) => session.desk.name.ja },
  { name: '場所名称', holds: 'text', required: true, of: ({ session }) => placeOf(session) },
  {
    name: '住所',
    holds: 'text',
    required: true,
    of: ({ session }) => siteOf(session)?.address ?? placeOf(session),
  },
  { name: '方書', holds: 'text', required: false, of: site((venue) => venue.room?.ja) },
  { name: '緯度', holds: 'number', required: false, of: () => null },
  { name: '経度', holds: 'number', required: false, of: () => null },
  { name: 'アクセス方法', holds: 'text', required: false, of: site((venue) => venue.guide?.access?.ja) },
  { name: '駐車場情報', holds: 'text', required: false, of: site((venue) => venue.guide?.parking?.ja) },
  { name: '定員', holds: 'number', required: false, of: ({ session }) => session.capacity },
  {
    name: '参加申込終了日',
    holds: 'date',
    required: false,
    of: (event) => {
      const until = closes(event)
      return until && civilDate(until)
    },
  },
  {
    name: '参加申込終了時間',
    holds: 'time',
    required: false,
    of: (event) => {
      const until = closes(event)
      return until && civilTime(until)
    },
  },
  { name: '参加申込方法', holds: 'text', required: false, of: ({ session }) => howToApply(session) },
  {
    name: 'URL',
    holds: 'text',
    required: false,
    of: ({ session, publicUrl }) =>
      session.apply.kind === 'elsewhere' ? session.apply.url : `${publicUrl}/sessions/${session.id}`,
  },
  { name: '備考', holds: 'text', required: false, of: ({ session }) => markOf(session) },
]

/**
 * A session as a row of the file. Null for a sample, and for a date on which nothing takes place. It has no
 * people, no meeting link and no free places.
 */
export function eventRow(given: Session, publicUrl: string): (OpenRow & { dated: boolean }) | null {
  if (given.sample || given.status === 'skipped') return null
  // A day that is off keeps its date, so that others can find what they announced.
  const session = withDay(given)
  const cells = cellsOf(EVENT_COLUMNS, { session, publicUrl })
  return { cells, id: session.id, updated_at: session.updated_at, dated: session.date !== null }
}
