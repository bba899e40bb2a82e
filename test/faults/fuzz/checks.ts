import { readSheet } from 'read-excel-file/node'
import { deskTexts } from '../../../templates/text/desk.ts'
import { type ErrorStatus, fault, faultPage } from '../../../templates/text/public/error.ts'
import { read } from '../../calendar/reader.ts'
import { type Part, parsed, partsOf, type Received } from '../../mail/post-office.ts'
import type { Got } from '../requests.ts'
import { ATTRIBUTE, ELEMENT, EVIL_HEADER } from './hostile.ts'

/** Addresses that would run or show what was sent. */
const RUNNING = /\b(?:href|src|action|formaction)="\s*(?:javascript|data:text)/i

/** The status that an error page shows: 401 is shown as 403. */
const shownAs = (status: number) => (status === 401 ? 403 : status) as ErrorStatus

/** Whether a status is the server's fault. 503 is an answer by design if it says when to come back. */
const isFault = ({ status, headers }: Got) => status >= 500 && !(status === 503 && headers.has('retry-after'))

function wrongInPage({ status }: Got, text: string, lang: 'ja' | 'en'): string[] {
  const wrong: string[] = []
  if (text.includes(ELEMENT) || text.includes(ATTRIBUTE)) wrong.push('shows markup as markup')
  if (RUNNING.test(text)) wrong.push('links to a script')
  if (!text.includes(`<html lang="${lang}"`)) wrong.push('is not in the language of the person')
  if (!/<title>[^<]+<\/title>/.test(text)) wrong.push('has no title')
  const code = /class="fault-code num">(\d+)</.exec(text)?.[1]
  if (status >= 400 && code !== undefined) {
    const { words, signedOut } = deskTexts(lang).error
    const { brokenLink, brokenTell, deadLink } = faultPage[lang]
    const links = [brokenLink, brokenTell, ...Object.values(deadLink)]
    const said = [fault[lang][shownAs(status)], ...links, words[shownAs(status)], signedOut]
    const titles = said.map(({ what }) => `<h1>${what}</h1>`)
    if (Number(code) !== shownAs(status)) wrong.push(`shows ${code}`)
    if (!titles.some((one) => text.includes(one))) wrong.push('has another title')
  }
  return wrong
}

/** Rows of a CSV file by RFC 4180, or null if a quote is left open. */
export function csvRows(text: string): string[][] | null {
  const rows: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y
  const row: string[] = []
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    if (!found) return null
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] !== ',') rows.push(row.splice(0))
  }
  return rows
}

function wrongInCsv(text: string): string[] {
  const rows = csvRows(text.replace(/^\uFEFF/, ''))
  if (!rows) return ['is no CSV']
  const wrong: string[] = []
  if (new Set(rows.map((row) => row.length)).size > 1) wrong.push('has rows of other lengths')
  const led = rows.flat().filter((one) => /^[=+\-@\t\r＝＋－＠]/.test(one) && !/^-?\d+(\.\d+)?$/.test(one))
  if (led.length > 0) wrong.push(`has a formula: ${JSON.stringify(led[0])}`)
  return wrong
}

function wrongInCalendar(text: string): string[] {
  try {
    const { events } = read(text)
    const names = text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
    if (names.some((line) => /^(x-evil|bcc)\b/i.test(line))) return ['has a line of somebody else']
    const guests = events.flatMap((event) => event.getAllProperties('attendee'))
    return guests.some((one) => String(one.getFirstValue()).includes('evil@')) ? ['invites somebody else'] : []
  } catch (error) {
    return [`is no calendar: ${String(error).slice(0, 200)}`]
  }
}

function wrongInJson({ status, type }: Got, text: string): string[] {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return ['is no JSON']
  }
  if (!type.includes('problem')) return []
  const { title, status: told, code } = given as Record<string, unknown>
  return typeof title === 'string' && title !== '' && told === status && typeof code === 'string'
    ? []
    : ['is no problem document']
}

/** What is wrong with an answer, whatever was asked. Empty if nothing is. */
export async function wrongIn(got: Got, lang: 'ja' | 'en', letter: boolean): Promise<string[]> {
  const { status, type, location, body, headers } = got
  const wrong = isFault(got) ? ['is a fault of the server'] : []
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  if (headers.has(EVIL_HEADER)) wrong.push('has a header of somebody else')
  if (location !== '' && !location.startsWith('http://localhost:8787/')) wrong.push(`leads to ${location}`)
  if (location.length > 4000) wrong.push('leads to an endless address')
  if (body.length === 0) return wrong
  if (type.startsWith('text/html') && !letter) return [...wrong, ...wrongInPage(got, text, lang)]
  if (type.startsWith('text/html')) return text.includes(ELEMENT) ? [...wrong, 'shows markup as markup'] : wrong
  if (/json/.test(type)) return [...wrong, ...wrongInJson(got, text)]
  if (type.startsWith('text/calendar')) return [...wrong, ...wrongInCalendar(text)]
  if (type.startsWith('text/csv')) {
    const shown = type.includes('shift_jis') ? new TextDecoder('shift_jis').decode(body) : text
    return [...wrong, ...wrongInCsv(shown)]
  }
  if (type.includes('spreadsheetml')) {
    const rows = await readSheet(Buffer.from(body)).catch(() => null)
    return rows === null || rows.length === 0 ? [...wrong, 'cannot be opened'] : wrong
  }
  return status >= 400 ? [...wrong, `is a refusal of type ${type}`] : wrong
}

/** The calendars of a message. */
function calendarsIn({ headers, body, parts }: Part): string[] {
  const own = headers['content-type']?.startsWith('text/calendar') ? [Buffer.from(body, 'base64').toString('utf8')] : []
  return [...own, ...parts.flatMap(calendarsIn)]
}

/** What is wrong with a letter as it came over the wire. */
export async function wrongInLetter(message: Received, to: string): Promise<string[]> {
  const wrong: string[] = []
  if (message.to.length !== 1 || message.to[0]?.toLowerCase() !== to.toLowerCase()) {
    wrong.push(`went to ${message.to.join()} instead of ${to}`)
  }
  const [head = ''] = message.raw.split('\r\n\r\n')
  const { headers } = partsOf(message.raw)
  for (const name of ['bcc', 'cc', EVIL_HEADER.toLowerCase()]) if (name in headers) wrong.push(`has the header ${name}`)
  if (head.split('\r\n').some((line) => line.length > 998 || /[^\t\x20-\x7e]/.test(line)))
    wrong.push('has a bad header')
  if (/(?<!\r)\n|\r(?!\n)/.test(message.raw)) wrong.push('has a line break of its own')
  const letter = await parsed(message)
  if (letter.to?.length !== 1) wrong.push('has other recipients')
  if (letter.html?.includes(ELEMENT)) wrong.push('shows markup as markup')
  for (const part of calendarsIn(partsOf(message.raw))) wrong.push(...wrongInCalendar(part))
  return wrong
}
