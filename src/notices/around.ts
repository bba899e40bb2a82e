import type { Facts } from './facts.ts'
import type { NoticeRecord } from './record.ts'
import type { Around } from './records.ts'
import type { Format } from './tokens.ts'

/** A part of a notice: rows with one heading above them. */
export type Part = { rows: number[]; days: number }

/** Whether a row is about days: listed, repeated or not settled yet. */
export function yields(facts: Facts): boolean {
  if (facts.groups.length > 0 || facts.rules.length > 0) return true
  return facts.undecided && (facts.prefectures.length > 0 || facts.row.table)
}

/** `第1部 13:30～15:00` goes on with the day above it. */
const ROUND = /^ *第 ?\d+ ?部/

/** Cuts a notice into parts at a heading or a second label of days, if the part before has days. */
export function partsOf(facts: readonly Facts[]): Part[] {
  const parts: Part[] = [{ rows: [], days: 0 }]
  for (const [i, one] of facts.entries()) {
    const last = parts.at(-1)
    const labelled = one.row.segments[0]
    const days = one.groups.length > 0 || one.rules.length > 0
    const isNamed = labelled?.labelled && labelled.whole !== labelled.line.printed
    const again = isNamed && labelled.role === 'day' && !one.row.table && last && last.days > 0
    const titled = labelled?.labelled && labelled.role === 'title' && !one.row.table && last && last.days > 0
    const isRound = one.hours.length > 0 && ROUND.test(labelled?.line.text ?? '')
    const headed = one.row.heading && !days && last && last.days > 0 && !one.ofAll && !isRound
    if (again || titled || headed) parts.push({ rows: [], days: 0 })
    const part = parts.at(-1)
    part?.rows.push(i)
    if (part && days) part.days++
  }
  return parts
}

/** Gives for a row of days what it takes from the rows around it. */
export type Surroundings = (part: Part, i: number) => Around

/**
 * What rows of days take from the rows around them. The nearest row counts: one attached to the day, then one of its part
 * above, then below. Last come the rows before all parts, and those that speak of all days.
 */
export function surroundings(facts: readonly Facts[], parts: readonly Part[]): Surroundings {
  const all = (indices: readonly number[]) => indices.map((index) => facts[index]).filter((one) => one !== undefined)
  const says = (index: number) => facts[index] !== undefined && !yields(facts[index])
  const said = new Map(
    parts.map((part) => [part, part.rows.filter((index) => says(index) && !belongsAbove(facts, index))]),
  )
  const [first] = parts
  const before = first ? first.rows.slice(0, first.rows.findIndex((index) => !says(index)) >>> 0) : []
  const preamble = all(before).toReversed()
  const foot = facts.flatMap((one, index) => (one.ofAll && says(index) ? [index] : []))
  const prefecture = prefectureAnywhere(facts)
  const kind = kindAnywhere(facts)
  return (part, i) => {
    const own = said.get(part) ?? []
    const attached = attachedTo(facts, i)
    const above = all(own.filter((index) => index < i)).toReversed()
    const below = all(own.filter((index) => index > i))
    const around = [
      ...attached,
      ...above,
      ...below,
      ...(part === first ? [] : preamble),
      ...all(foot.filter((index) => index > i)),
    ]
    return { ...takenFrom(around, attached), ...titleOf(facts, own, i), ...orElse(around, prefecture, kind) }
  }
}

type Nearest = <T>(pick: (one: Facts) => readonly T[]) => T[]

const nearestIn =
  (around: readonly Facts[]): Nearest =>
  (pick) => [...(around.map(pick).find((list) => list.length > 0) ?? [])]

function takenFrom(
  around: readonly Facts[],
  attached: readonly Facts[],
): Omit<Around, 'title' | 'titleNamed' | 'prefecture' | 'kind'> {
  const nearest = nearestIn(around)
  const ofRows = around.filter((one) => !isTitle(one))
  const saying = ofRows.find((one) => saidFormats(one, attached).length > 0)
  const formats = saying && saidFormats(saying, attached)
  return {
    place: nearest((one) => (one.place && !isTitle(one) ? [one.place] : []))[0] ?? null,
    hours: roundsOf(around) ?? nearest((one) => one.hours),
    breaks: nearest((one) => one.breaks),
    formats: formats ?? titleFormats(around),
    formatsNamed: saying !== undefined && namesFormats(saying, attached),
    also: ofRows.some((one) => one.also),
    capacities: nearest((one) => one.capacities),
    apply: nearest((one) => (one.apply ? [one.apply] : []))[0] ?? null,
    deadlines: nearest((one) => one.deadlines),
    claims: nearest((one) => one.claims),
  }
}

/** The hours of the rounds of a day, each in its own line. Null if the nearest hours are no round. */
function roundsOf(around: readonly Facts[]): Facts['hours'] | null {
  const timed = around.filter((one) => one.hours.length > 0)
  const isRound = ({ row }: Facts) => ROUND.test(row.segments[0]?.line.text ?? '')
  if (!timed[0] || !isRound(timed[0])) return null
  const each = timed.filter(isRound).flatMap((one) => one.hours)
  return each.toSorted((one, other) => (one.start < other.start ? -1 : 1))
}

function orElse(
  around: readonly Facts[],
  prefecture: string | null,
  kind: NoticeRecord['kind'],
): Pick<Around, 'prefecture' | 'kind'> {
  const nearest = nearestIn(around)
  const ofTitles = nearest((one) => (one.kind && isTitle(one) ? [one.kind] : []))[0]
  return {
    prefecture: nearest((one) => one.prefectures)[0] ?? prefecture,
    kind: ofTitles ?? nearest((one) => (one.kind ? [one.kind] : []))[0] ?? kind,
  }
}

/** A line that speaks only of the row of days above it. It is indented, or a note between two rows of days. */
function belongsAbove(facts: readonly Facts[], i: number): boolean {
  const one = facts[i]
  if (!one || one.row.table || one.ofAll || one.row.segments[0]?.labelled)
    return one?.row.indented === true && one.row.note && !one.ofAll
  if (one.row.indented) return true
  const [above, below] = [facts[i - 1], facts[i + 1]]
  return one.row.note && above !== undefined && below !== undefined && yields(above) && yields(below)
}

function attachedTo(facts: readonly Facts[], i: number): Facts[] {
  const found: Facts[] = []
  for (let next = i + 1; next < facts.length; next++) {
    const one = facts[next]
    if (!one || yields(one) || !belongsAbove(facts, next)) break
    found.push(one)
  }
  return found
}

const isTitle = ({ row, groups, rules }: Facts) =>
  groups.length === 0 &&
  rules.length === 0 &&
  !row.table &&
  !row.note &&
  row.segments.every((each) => !each.labelled || each.role === 'title')

/** A sentence says the form only if it is about it; a wish (`オンラインをご希望の方`) is none. */
function saidFormats(one: Facts, attached: readonly Facts[]): Format[] {
  if (one.row.segments.some((each) => each.labelled) || one.ofAll || attached.includes(one)) return one.formats
  const text = one.row.segments.map((each) => each.line.text).join(' ')
  return /開催|実施|のみ|形式|配信/.test(text) && !/希望|場合|可能|ご相談/.test(text) ? one.formats : []
}

/** Whether a row names the form by a label, in a table, of all days or at its day. A sentence alone does not. */
function namesFormats(one: Facts, attached: readonly Facts[]): boolean {
  return one.row.table || one.ofAll || attached.includes(one) || one.row.segments.some(({ role }) => role === 'format')
}

function titleFormats(around: readonly Facts[]): Format[] {
  return (
    around
      .filter(isTitle)
      .map((one) => one.formats)
      .find((list) => list.length > 0) ?? []
  )
}

/** The one prefecture of a notice: of rows without days, else of all rows, else of its host. */
function prefectureAnywhere(facts: readonly Facts[]): string | null {
  const only = (list: readonly string[]) => (new Set(list).size === 1 ? (list[0] ?? null) : null)
  const hosts = facts.flatMap(({ row }) => row.segments).filter((each) => /^[\s・]*主催/.test(each.whole))
  const ofHosts = hosts.flatMap(({ tokens }) =>
    tokens.flatMap((token) => (token.kind === 'prefecture' ? [token.code] : [])),
  )
  return (
    only(facts.filter((one) => !yields(one)).flatMap((one) => one.prefectures)) ??
    only(facts.flatMap((one) => one.prefectures)) ??
    only(ofHosts)
  )
}

function kindAnywhere(facts: readonly Facts[]): NoticeRecord['kind'] {
  return facts.find((one) => one.kind)?.kind ?? 'consultation'
}

/** What became of a session is no part of its title. */
const STATE = /^[【［<＜《(（](?:開催)?(?:中止|延期|日程変更|変更|満席|受付終了)[】］>＞》)）]/

function titleOf(facts: readonly Facts[], said: readonly number[], i: number): Pick<Around, 'title' | 'titleNamed'> {
  const own = facts[i]?.row.segments.find((each) => each.role === 'title')
  const above = said.filter((index) => index <= i).map((index) => facts[index])
  const labelled = above.flatMap((one) => one?.row.segments ?? []).findLast((each) => each.role === 'title')
  const heading = above.findLast((one) => one?.kind && isHeadline(one))
  const [top] = facts
  const head = facts.slice(0, Math.max(0, facts.findIndex(yields))).filter(isHeadline)
  const below = () => facts.find((one) => one.kind && isHeadline(one))
  const first =
    top?.kind && !top.row.table && !isAside(top) ? top : (head.find((one) => one.kind) ?? head[0] ?? below())
  const printed = own?.line.printed ?? labelled?.line.printed ?? heading?.row.printed ?? first?.row.printed ?? ''
  const bare = printed.replace(/^[\s■◆●◇○□▽★*]+|[\s■◆●◇○□▽★*]+$/g, '').trim()
  const named = bare.replace(STATE, '').trim()
  const title = named.replace(/^[【＜<《]([^】＞>》]*)[】＞>》]$/, '$1').replace(ANNOUNCED, '$1')
  const label = own ?? labelled
  return { title, titleNamed: label !== undefined && !/件名/.test(label.whole) }
}

/** `「セミナー」を開催します`: the name alone. */
const ANNOUNCED = /^「([^」]+)」(?:を開催します|の開催(?:について)?|を実施します|について)。?$/
/** The way to a page, the kind of a paper, a salutation. */
const ASIDE = / > .* > |送信票|報道発表|(?:各位|御中|様|殿)$|^(?:拝啓|敬具|記|以上|各位)$|第 ?\d+ ?号/

const isAside = ({ row }: Facts) => row.segments.some(({ line }) => ASIDE.test(line.text.trim()))

const SENTENCE = /。|(?:です|ます|ません|ください|下さい)$/

/** A title that is no sentence. */
const isHeadline = (one: Facts) => {
  const text = one.row.printed.trim()
  return isTitle(one) && !isAside(one) && (!SENTENCE.test(text) || ANNOUNCED.test(text))
}
