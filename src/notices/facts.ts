import { WEEKDAY_LETTERS } from '../base/japan/civil.ts'
import { PREFECTURES } from '../base/japan/prefecture.ts'
import { weekdayOf } from './days.ts'
import { printedPart } from './fold.ts'
import type { Role } from './labels.ts'
import { isBlank, type Row, type Segment } from './layout.ts'
import type { DayState, Hours } from './record.ts'
import type {
  CapacityToken,
  DayToken,
  Format,
  MonthToken,
  RuleToken,
  StateToken,
  TimeToken,
  Token,
  Weekday,
  YearToken,
} from './tokens.ts'

/** From a first day to a last one. */
export type Period = { kind: 'period'; first: DayToken; last: DayToken }

type At<T> = T & { from: number; to: number }

/** A day of a row, and what the row says of it. */
export type Listed = {
  day: DayToken
  printed: string
  isCancelled: boolean
  /** What else is said of it. */
  says: Omit<DayState, 'date'>[]
  movedTo: DayToken | null
  /** The last day of a range that begins here. */
  through: DayToken | null
  /** The other day of `9日または10日`. */
  or: DayToken | null
}

/** Days that share their hours. */
export type Group = { days: Listed[]; hours: Hours[] }

/** What one row says. Empty lists and null: it says nothing about that. */
export type Facts = {
  row: Row
  groups: Group[]
  rules: RuleToken[]
  /** The day from which a rule is valid. */
  since: DayToken | null
  until: DayToken | MonthToken | null
  /** Days, periods and words that are taken out. */
  except: (DayToken | Period | string)[]
  claims: { weekday: Weekday; printed: string }[]
  deadlines: DayToken[]
  issued: DayToken | null
  years: (YearToken | MonthToken)[]
  hours: Hours[]
  breaks: Hours[]
  formats: Format[]
  capacities: CapacityToken[]
  prefectures: string[]
  place: string | null
  apply: string | null
  kind: 'consultation' | 'seminar' | null
  /** The day is not settled, in the words of the row. */
  undecided: boolean
  /** The words that leave the hours undecided: 時間未定. */
  hoursOpen: string | null
  /** Other forms are offered besides: オンラインも可. */
  also: boolean
  /** The old or the new state of an amendment in rows of their own: 変更前, 変更後. */
  amends: 'before' | 'after' | null
  /** A heading that calls off what stands below it: `【中止】相談会`. */
  callsOff: boolean
  /** Speaks of all days: いずれも, 各回, 両日. */
  ofAll: boolean
}

const SAYS_DAYS: readonly Role[] = ['day', 'text', 'time', 'note', 'part', 'title']
const SAYS_NOTHING: readonly Role[] = ['apply', 'aside', 'deadline']

const ISSUED_BEFORE = /(?:更新日?|発行日?|掲載日?|公開日?|作成日?|最終更新)[ :は]*$/
const ISSUED_AFTER = /^ ?(?:現在|付け|更新|発行|作成|掲載|公開)/
const EXCEPT_AFTER =
  /^[^、。※(~]{0,8}?(?:を|は|も|のみ)?(?:除|休[みむ止館]|お休み|休業|行いません|開催しません|開催なし|ありません|実施しません)/
/** 休業：12月29日. */
const EXCEPT_BEFORE = /(?:休業日?|休館日?|休止日?|お休み|休み)[ :は(]*$/
const RESERVE_BEFORE = /(?:予備日|雨天時は?|荒天時は?)[ :は]*$/
const DEADLINE_AFTER =
  /^ ?(?:午前|午後)?[\d:時分正午半 ]*(?:までに?(?:$|[ 、。)必お申受予電ご先]|の)|[^、。~]{0,6}(?:締切|締め切|〆切|必着|消印)|(?:から|より)[^、。~]{0,10}(?:受け?付|電話|申込|申し込|募集|予約)|[^、。~]{0,4}(?:受付開始|募集開始|予約開始|申込開始|応募))/
const DEADLINE_BEFORE =
  /(?:締切|締め切り?|〆切|期限|受付開始|申込|申し込み?|募集|予約(?:開始|受付)?|受付期間|受付)[^、。]{0,5}$/
/** The first day of the application is no deadline. */
const OPENS_AFTER =
  /^ ?(?:午前|午後)?[\d:時分正午半 ]*(?:から|より)(?!.{0,3}まで)|^[^、。]{0,4}(?:受付開始|募集開始|予約開始|申込開始)/
/** 【受付終了】 in front of a day is its state. */
const STATE_BEFORE = /(?:終了|締切済み?|受付中|募集中|予約可)[】)\]>」』》] ?$/
const isDeadlineBehind = (before: string) => DEADLINE_BEFORE.test(before) && !STATE_BEFORE.test(before)
const OF_ALL = /いずれも|各回|各日|すべて|全て|全日程|全会場|共通|両日|全回/
const SEMINAR =
  /セミナー|講座|講習|研修(?!室|センター|所|棟)|説明会|講演|フォーラム|シンポジウム|勉強会|ワークショップ|seminar|workshop/i
const CONSULTATION = /相談(?!室|センター|コーナー|員|所)|カウンセリング|診断|consultation/i

/** Reads what one row says. */
export function factsOf(row: Row): Facts {
  const facts: Facts = {
    row,
    groups: [],
    rules: [],
    since: null,
    until: null,
    except: [],
    claims: [],
    deadlines: [],
    issued: null,
    years: [],
    hours: [],
    breaks: [],
    formats: [],
    capacities: [],
    prefectures: [],
    place: null,
    apply: null,
    kind: null,
    undecided: false,
    hoursOpen: null,
    also: false,
    amends: amends(row),
    callsOff: false,
    ofAll: OF_ALL.test(row.segments.map((each) => each.line.text).join(' ')),
  }
  const ofColumns = row.table && row.segments.some((each) => each.role === 'day' && each.labelled)
  facts.except.push(...exceptWords(row))
  for (const segment of row.segments) {
    if (SAYS_NOTHING.includes(segment.role)) readDeadlines(facts, segment)
    else readSegment(facts, segment, ofColumns)
  }
  giveRowState(facts)
  joinColumns(facts)
  facts.kind ??= kindOf(row)
  facts.place = placeOf(row)
  facts.apply = row.segments.find((each) => each.role === 'apply')?.line.printed.trim() ?? null
  return facts
}

function readDeadlines(facts: Facts, segment: Segment): void {
  if (segment.role === 'aside') return
  for (const token of segment.tokens) {
    if (isDay(token) && !OPENS_AFTER.test(segment.line.text.slice(token.to))) facts.deadlines.push(token)
  }
}

const isDay = (token: Token): token is At<DayToken> => token.kind === 'day'

function readSegment(facts: Facts, segment: Segment, ofColumns: boolean): void {
  const { line, tokens, role } = segment
  const sayDays = SAYS_DAYS.includes(role) && (!ofColumns || role === 'day')
  const days = tokens.filter(isDay)
  const listed = new Map<Token, Listed>()
  for (const [i, token] of days.entries()) readDay(facts, segment, token, days[i - 1], sayDays, listed)
  linkDays(line.text, tokens, listed)
  let group: Group = { days: [], hours: [] }
  for (const token of tokens) {
    const entry = listed.get(token)
    if (entry) {
      if (group.hours.length > 0 && group.days.length > 0) {
        facts.groups.push(group)
        group = { days: [], hours: [] }
      }
      group.days.push(entry)
    } else if (token.kind === 'time' && SAYS_DAYS.includes(role)) readTime(facts, segment, token, group)
    else readOther(facts, segment, token)
  }
  if (group.days.length > 0) facts.groups.push(group)
  else facts.hours.push(...group.hours)
}

function readDay(
  facts: Facts,
  { line, role }: Segment,
  token: At<DayToken>,
  previous: At<DayToken> | undefined,
  sayDays: boolean,
  listed: Map<Token, Listed>,
): void {
  const before = line.text.slice(Math.max(0, token.from - 12), token.from)
  const after = line.text.slice(token.to, token.to + 24)
  const gap = previous && line.text.slice(previous.to, token.from)
  if (ISSUED_BEFORE.test(before) || ISSUED_AFTER.test(after)) facts.issued ??= token
  else if (isTakenOut(facts, token, previous, { before, after, gap }, listed)) return
  else if (RESERVE_BEFORE.test(before)) return
  else if (facts.rules.length > 0 && /^ ?まで/.test(after)) facts.until = token
  else if (role !== 'day' && (DEADLINE_AFTER.test(after) || isDeadlineBehind(before))) {
    if (!OPENS_AFTER.test(after)) facts.deadlines.push(token)
  } else if (sayDays) {
    const printed = printedPart(line, token.from, token.to)
    listed.set(token, { day: token, printed, isCancelled: false, says: [], movedTo: null, through: null, or: null })
  }
}

/** What stands before and behind a day, and between it and the day before. */
type Beside = { before: string; after: string; gap: string | undefined }

/** Takes a day out, alone or with the period that it ends, if the text says so. */
function isTakenOut(
  { except }: Facts,
  token: At<DayToken>,
  previous: At<DayToken> | undefined,
  { before, after, gap = '' }: Beside,
  listed: Map<Token, Listed>,
): boolean {
  const isJoined = previous !== undefined && /^ ?[、・と~-] ?$/.test(gap)
  const goesOn = isJoined && except.includes(previous)
  const isAfter = EXCEPT_AFTER.test(after)
  if (!goesOn && !isAfter && !EXCEPT_BEFORE.test(before)) return false
  const isWith = goesOn || (isAfter && isJoined && listed.delete(previous))
  if (isWith && /[~-]/.test(gap)) except.push({ kind: 'period', first: previous, last: token })
  else except.push(...(isWith && !goesOn ? [previous] : []), token)
  return true
}

/** `21日(当初19日)`: the day before it is the new one. */
const FORMERLY = /^ ?[(（]?(?:当初|変更前|旧日程|旧)(?:は|の)?[ :]*$/

/** Joins the days of a range, of an amendment (→, 延期) and of a choice (または). Gives each day its state. */
function linkDays(text: string, tokens: readonly Token[], listed: Map<Token, Listed>): void {
  let last: { token: Token; entry: Listed } | null = null
  for (const token of tokens) {
    if (last && token.kind === 'state') giveState(text, tokens, listed, last.entry, token)
    const entry = listed.get(token)
    if (!entry || !isDay(token)) continue
    const gap = last && text.slice(last.token.to, token.from)
    const link = gap === null ? null : linkOf(gap, text.slice(token.to, token.to + 16))
    if (last && gap !== null && FORMERLY.test(gap)) {
      last.entry.movedTo = last.entry.day
      last.entry.day = token
      listed.delete(token)
    } else if (last && link) {
      last.entry[link] = token
      listed.delete(token)
    } else last = { token, entry }
  }
}

/** `8日を10日に変更`, `8日の開催は10日へ延期`. */
const MOVED_FROM = /^ ?(?:の開催|開催分?|の分|分|に予定していた[^、。]{0,12})?(?:は|を|から|より)、? ?$/
const MOVED_TO = /^ ?(?:に|へ)(?:開催日を|日程を)?(?:変更|延期|振替|振り替え|移動|順延)/

/** How two days are joined by what stands between them, and behind the second one. */
function linkOf(gap: string, behind: string): 'through' | 'or' | 'movedTo' | null {
  if (MOVED_FROM.test(gap) && MOVED_TO.test(behind)) return 'movedTo'
  if (/^ ?(?:~|-|から|より) ?$/.test(gap)) return 'through'
  if (/^ ?(?:または|又は|もしくは|或いは|か) ?$/.test(gap)) return 'or'
  return /[→⇒]/.test(gap) ? 'movedTo' : null
}

function giveState(
  text: string,
  tokens: readonly Token[],
  listed: Map<Token, Listed>,
  entry: Listed,
  state: At<StateToken>,
): void {
  if (state.state === 'cancelled') entry.isCancelled = true
  if (state.state === 'full' || state.state === 'closed')
    entry.says.push({ state: state.state, printed: text.slice(state.from, state.to) })
  if (state.state !== 'moved' || entry.movedTo !== null) return
  const isBehind = (one: Token) => one.from >= state.to && /^[ :は]*$/.test(text.slice(state.to, one.from))
  const to = tokens.filter(isDay).find((one) => listed.has(one) && isBehind(one))
  if (to) {
    entry.movedTo = to
    listed.delete(to)
  } else if (!/[→⇒]/.test(text.slice(0, state.from))) postpone(entry, text.slice(state.from, state.to))
}

/** Without a new day, a postponed day is not held. */
function postpone(entry: Listed, printed: string): void {
  entry.isCancelled = true
  entry.says.push({ state: 'postponed', printed })
}

/** A state in front of the days, or alone in its cell: 【中止】, 【延期】. */
function rowState({ row }: Facts): { state: StateToken['state']; printed: string; segment: Segment } | null {
  for (const [i, segment] of row.segments.entries()) {
    const token = segment.tokens.find((one) => one.kind === 'state')
    if (token?.kind !== 'state') continue
    const { text } = segment.line
    const isFirst =
      (i === 0 || row.table) && /^[^\p{L}\d]*$/u.test(text.slice(0, token.from)) && /^ *[【[(<「『《]/.test(text)
    const isAlone = isBlank(text.slice(0, token.from) + text.slice(token.to))
    const isMove = row.table && token.state === 'moved' && segment.tokens.some(isDay)
    if (isFirst || (row.table && isAlone) || isMove)
      return { state: token.state, printed: text.slice(token.from, token.to), segment }
  }
  return null
}

/** Gives the days of a row the state in front of them, or in a cell of its own. */
function giveRowState(facts: Facts): void {
  const entries = facts.groups.flatMap((group) => group.days)
  for (const said of rowStates(facts)) for (const one of entries) one.says.push(said)
  const found = rowState(facts)
  if (!found) return
  const { state, printed, segment } = found
  const [entry] = entries
  const isNotice = /のお知らせ|について|ご案内|一部/.test(segment.line.text)
  if (state === 'cancelled' && entries.length === 0 && !facts.row.table) facts.callsOff = !isNotice
  if (state !== 'cancelled' && state !== 'moved') return
  const to = state === 'moved' ? segment.tokens.filter(isDay).find((day) => day !== entry?.day) : undefined
  if (entry && entries.length === 1 && entry.movedTo === null && to) entry.movedTo = to
  for (const one of entries) {
    if (one.movedTo !== null) continue
    if (state === 'moved' && !one.isCancelled) postpone(one, printed)
    one.isCancelled = true
  }
}

/** What a row says of all its days: that they are full or closed, or their hours undecided. */
function rowStates({ row, hoursOpen }: Facts): Omit<DayState, 'date'>[] {
  const found = row.segments.flatMap(({ role, labelled, tokens, line: { text } }) => {
    if (role === 'apply' || role === 'aside') return []
    const first = tokens.find(isDay)?.from ?? (row.table || labelled ? Number.POSITIVE_INFINITY : 0)
    return tokens.flatMap((token) =>
      token.kind === 'state' && (token.state === 'full' || token.state === 'closed') && token.from < first
        ? [{ state: token.state, printed: text.slice(token.from, token.to) }]
        : [],
    )
  })
  return [...found, ...(hoursOpen === null ? [] : [{ state: 'hours_open' as const, printed: hoursOpen }])]
}

function readTime(facts: Facts, { line, role }: Segment, token: At<TimeToken>, group: Group): void {
  const after = line.text.slice(token.to, token.to + 8)
  const before = line.text.slice(Math.max(0, token.from - 3), token.from)
  const hours = { start: token.start, end: token.end }
  if (/^ ?(?:を|は)?除/.test(after)) facts.breaks.push(hours)
  else if (/^ ?(?:まで|締切|必着|に受付|受付開始)/.test(after) && token.alone) return
  else if (token.alone && role === 'text' && !/[日)曜 ]$/.test(before)) return
  else group.hours.push(hours)
}

function readOther(facts: Facts, { line, role, labelled }: Segment, token: Token): void {
  const printed = printedPart(line, token.from, token.to)
  if (token.kind === 'rule') {
    facts.rules.push(token)
  } else if (token.kind === 'claim') facts.claims.push({ weekday: token.weekday, printed })
  else if (token.kind === 'year') facts.years.push(token)
  else if (token.kind === 'month') {
    const until = facts.rules.length > 0 && /^ ?(?:まで|末まで)/.test(line.text.slice(token.to))
    if (until) facts.until = token
    else facts.years.push(token)
    if (token.part && !token.last) facts.undecided = true
  } else if (token.kind === 'prefecture') facts.prefectures.push(token.code)
  else if (token.kind === 'capacity') facts.capacities.push(token)
  else if (token.kind === 'format' && (role !== 'place' || token.format === 'online')) {
    facts.formats.push(token.format)
    facts.also ||= /^(?:(?:で|による|での相談)?も(?:可|対応|受|実施|選)|可)/.test(line.text.slice(token.to))
  } else if (token.kind === 'state' && token.state === 'undecided') readUndecided(facts, printed, role, labelled)
}

function readUndecided(facts: Facts, printed: string, role: Role, labelled: boolean): void {
  if (isOfTheDay(printed, role, labelled)) facts.undecided = true
  else if (/時/.test(printed) || role === 'time') facts.hoursOpen = printed
}

/** Whether 未定 speaks of the day, not of the hours or the place. */
function isOfTheDay(printed: string, role: Role, labelled: boolean): boolean {
  if (/日/.test(printed)) return !/日時・|時間/.test(printed) || /日程/.test(printed)
  if (/時間|会場/.test(printed)) return false
  return role === 'day' || role === 'note' || (role === 'text' && !labelled)
}

/** What stands in columns of their own: weekday, begin and end, rounds, numbers without a unit. */
function joinColumns(facts: Facts): void {
  const { row } = facts
  const cell = (role: Role) => row.segments.find((each) => each.role === role && each.labelled)
  const start = cell('start')?.tokens.find((token) => token.kind === 'time')
  const end = cell('end')?.tokens.find((token) => token.kind === 'time')
  if (start) facts.hours.push({ start: start.start, end: start.end ?? end?.start ?? null })
  const letter = cell('weekday')?.line.text.trim()[0]
  const days = facts.groups.flatMap((group) => group.days)
  if (letter && days.length === 1 && days[0] && WEEKDAY_LETTERS.includes(letter)) {
    days[0].day = { ...days[0].day, weekday: days[0].day.weekday ?? weekdayOf(letter) }
  }
  const number = cell('capacity')
  if (number && /^ ?\d{1,4} ?$/.test(number.line.text)) {
    facts.capacities.push({ kind: 'capacity', count: Number(number.line.text), per: null, format: null })
  }
  const named = cell('prefecture')
  if (named && facts.prefectures.length === 0) facts.prefectures.push(...shortNames(named.line.text.trim()))
  for (const part of row.segments) {
    if (part.hours && !/^ *(?:[-ー—xX]|なし|休|)? *$/.test(part.line.text))
      facts.hours.push({ start: part.hours.start, end: part.hours.end })
  }
  facts.formats = changedInto(facts)
  const place = row.segments.find((each) => each.role === 'place')
  if (
    place &&
    facts.formats.includes('online') &&
    /または|又は|及び|＋|\+|と/.test(place.line.text) &&
    VENUE.test(place.line.text)
  )
    facts.formats.push('onsite')
}

/** `会場開催からWEBに変更`, `現地→オンライン`: only the later form holds. */
function changedInto({ row, formats }: Facts): Format[] {
  for (const { line, tokens } of row.segments) {
    const found = tokens.filter((token) => token.kind === 'format')
    const [one, two] = found
    if (one && two && /変更/.test(line.text) && /から|→|⇒|より/.test(line.text.slice(one.to, two.from)))
      return [two.format]
    if (one && /変更/.test(line.text.slice(one.to, one.to + 8)) && found.length === 1) return [one.format]
  }
  return [...new Set(formats)]
}

/** Consultation or seminar, by the word that stands first in what is no place and no contact. */
function kindOf(row: Row): Facts['kind'] {
  const said = row.segments.filter((each) => ['kind', 'title', 'note', 'text', 'day'].includes(each.role))
  for (const role of ['kind', 'title', 'text', 'note', 'day']) {
    const text = said
      .filter((each) => each.role === role)
      .map((each) => each.line.text)
      .join(' ')
    const seminar = text.search(SEMINAR)
    const consultation = text.search(CONSULTATION)
    if (seminar >= 0 && (consultation < 0 || seminar < consultation)) return 'seminar'
    if (consultation >= 0) return 'consultation'
  }
  return null
}

const VENUE =
  /館|ホール|センター|プラザ|ビル|会議所|公民館|庁舎|役所|役場|会議室|研修室|支援室|室内|荘|亭|サロン|テラス|スクエア|ポータル|図書|大学|会場|エリア|舎|タワー|ホテル|広場|文化/

/** `倉敷会場` names the day; the house beside it is the place. */
const NAME_OF_DAY = /^[・●○\s]*\S{1,20}会場$/

function placeOf(row: Row): string | null {
  const named = row.segments.find((each) => each.role === 'place')
  const found = row.segments.flatMap(({ role, line, tokens }) =>
    role === 'text' || role === 'day' ? venuesIn(line, tokens) : [],
  )
  const house = found.find((place) => !NAME_OF_DAY.test(place) && !place.endsWith('県'))
  if (!named) return house ?? found[0] ?? null
  const printed = named.line.printed.trim()
  if (NAME_OF_DAY.test(printed) && house && !row.table) return house
  return isBlank(named.line.text) || isOnlyOnline(named) ? null : printed
}

/** What is a place in a text, by its words. */
function venuesIn(line: Segment['line'], tokens: readonly Token[]): string[] {
  return between(line.text, tokens)
    .filter(([from, to]) => VENUE.test(line.text.slice(from, to)))
    .map((chunk) =>
      printedPart(line, ...chunk)
        .trim()
        .replace(/^[・●○*＊\s]+/, '')
        .replace(/(?:において|では|にて|で|は|に|へ|の)$/, ''),
    )
    .filter((place) => place !== '' && !place.startsWith('同'))
}

/** The parts of a text between its tokens and wide gaps. A prefecture or a floor is part of a place. */
function between(text: string, tokens: readonly Token[]): [number, number][] {
  const parts: [number, number][] = []
  let from = 0
  const cut = (to: number, next: number) => {
    for (const found of text.slice(from, to).matchAll(/[^ ／/、。,;()（）【】※:]+(?: [^ ／/、。,;()（）【】※:]+)*/g)) {
      parts.push([from + found.index, from + found.index + found[0].length])
    }
    from = next
  }
  for (const token of tokens) {
    if (token.kind !== 'prefecture' && token.kind !== 'quiet') cut(token.from, token.to)
  }
  cut(text.length, text.length)
  return parts
}

/** `オンライン(Teams)` in the column of places is no place. */
function isOnlyOnline({ line, tokens }: Segment): boolean {
  const [first] = tokens
  return (
    first?.kind === 'format' &&
    first.format === 'online' &&
    isBlank(line.text.slice(0, first.from) + line.text.slice(first.to))
  )
}

/** 茨城 in a column of prefectures is 茨城県. */
function shortNames(text: string): string[] {
  return PREFECTURES.filter(({ ja }) => text.startsWith(ja.replace(/[都府県]$/, ''))).map(({ code }) => code)
}

const EXCEPT_WORDS =
  /([^、。()※ :=「」~]*(?:祝日|祝祭日|年末年始|お盆|土日|夏季休業)[^、。()]{0,12}?)(?:を|は)?(?:除|お?休み|休止|休業|休館)/g

/** What is taken out in words: 祝日, 年末年始. */
function exceptWords(row: Row): string[] {
  const said = row.segments.filter((each) => !SAYS_NOTHING.includes(each.role))
  return said.flatMap(({ line }) =>
    [...line.text.matchAll(EXCEPT_WORDS)].map((found) => found[1]?.replace(/(?:の場合|等|など)$/, '') ?? ''),
  )
}

function amends(row: Row): Facts['amends'] {
  const text = row.segments.map((each) => each.line.text).join(' ')
  if (/^ *[(【<]?(?:変更前|旧)/.test(text)) return 'before'
  return /^ *[(【<]?(?:変更後|新)[)】> :]/.test(text) ? 'after' : null
}
