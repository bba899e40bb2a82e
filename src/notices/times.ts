import { clockText } from '../base/japan/civil.ts'
import type { Recogniser } from './tokens.ts'

const MARK = '(午前|午後|正午|夜|[AaPp]\\.?[Mm]\\.?)?'
const POINT = `${MARK} ?(?:(\\d{1,2}) ?(?:時 ?(?:(\\d{1,2})分|(半))?|: ?(\\d{2})(?!\\d))|(?<=正午))`
const START = new RegExp(POINT, 'y')
/** The hour of a start whose 時 stands only at the end: `10-16時`, `午後4~7時`. */
const BARE_START = /(午前|午後|[AaPp]\.?[Mm]\.?)? ?(\d{1,2})(?= ?(?:~|-|から) ?\d{1,2} ?時)/y
const TO = / ?(?:~|-|から|より|→|―) ?/y
const LENGTH = / ?(?:から|より|~)? ?(?:約)?(\d{1,2})(?:\.(5))?時間(半)?/y
const OPEN = / ?(?:~|から|より|開始|開会|スタート)/y

type Point = { minutes: number; mark: string; end: number }

function pointAt(text: string, at: number): Point | null {
  START.lastIndex = at
  BARE_START.lastIndex = at
  const found = START.exec(text) ?? BARE_START.exec(text)
  if (!found) return null
  const [whole, mark = '', hour, minutes, half, colon] = found
  const sign = mark.replaceAll('.', '').toUpperCase()
  const to = at + whole.length
  if (sign === '正午') return { minutes: 720, mark: '午前', end: to }
  const h = Number(hour)
  const m = half ? 30 : Number(minutes ?? colon ?? 0)
  if (hour === undefined || h > 24 || m > 59) return null
  const pm = AFTERNOON.includes(sign)
  return { minutes: (pm && h < 12 ? h + 12 : h) * 60 + m, mark: pm ? '午後' : sign && '午前', end: to }
}

const AFTERNOON = ['午後', 'PM', '夜']

/** An end without 午後 of its own lies after the start: `午後1時から4時`. */
function afterStart(start: Point, end: Point): number {
  if (end.mark !== '' || end.minutes > start.minutes) return end.minutes
  return end.minutes + 720 <= 1440 ? end.minutes + 720 : end.minutes
}

/**
 * Hours: `10時~16時`, `午後1時30分~4時`, `14時から2時間`, `14:00~`, `正午`. An end that is not after the start belongs to
 * something else. `alone` says that only one time is printed, without a sign that it begins.
 */
export const time: Recogniser = (text, at) => {
  if (/[\d:.]/.test(text[at - 1] ?? '')) return null
  const start = pointAt(text, at)
  if (!start) return null
  const read = (end: number | null, to: number, alone = false) => ({
    token: { kind: 'time' as const, start: clockText(start.minutes), end: end === null ? null : clockText(end), alone },
    to,
  })
  LENGTH.lastIndex = start.end
  const length = LENGTH.exec(text)
  if (length) {
    const end = start.minutes + Number(length[1]) * 60 + (length[2] || length[3] ? 30 : 0)
    if (end <= 1440) return read(end, LENGTH.lastIndex)
  }
  TO.lastIndex = start.end
  const end = TO.exec(text) && pointAt(text, TO.lastIndex)
  if (end) {
    const minutes = afterStart(start, end)
    if (minutes > start.minutes) return read(minutes, end.end)
  }
  OPEN.lastIndex = start.end
  const open = OPEN.exec(text) !== null
  return read(null, open ? OPEN.lastIndex : start.end, !open)
}
