import { parse } from 'node-html-parser'
import type { Locale } from '../../src/base/locale.ts'
import { STATUS } from '../../src/base/vocabulary.ts'
import { tokenOf } from '../../src/booking/link.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { texts } from '../../templates/text/index.ts'
import { letterTexts } from '../../templates/text/letters.ts'
import { factsOn, pageIn } from './read.ts'
import type { Town } from './town.ts'

/** What somebody was told of their booking, in comparable words: the day and hours, the form, the people, the state. */
export type Told = { when: string; format: string; seats: string; state: string; until: string; place: string }

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A day and hours in words of both languages as one text. */
export function whenOf(text: string): string {
  const ja = /(\d{4})年(\d+)月(\d+)日/.exec(text)
  const en = /(\d+) ([A-Z][a-z]+) (\d{4})/.exec(text)
  const month = en ? MONTHS.indexOf(en[2] ?? '') + 1 : 0
  const day = ja ? `${ja[1]}-${ja[2]}-${ja[3]}` : en && month > 0 ? `${en[3]}-${month}-${en[1]}` : null
  if (day === null) return /延期|postponed/.test(text) ? 'postponed' : 'undecided'
  const hours = /(\d\d:\d\d)[〜–](\d\d:\d\d)/.exec(text)
  if (hours) return `${day} ${hours[1]}-${hours[2]}`
  return /どの時間|[Aa]ny time/.test(text) ? `${day} any` : `${day} no hours`
}

/** The word by which everybody reads of what is over. */
const OVER = 'over'

/** Whether a word for a state says that all is over. A letter with a link is sent then too. */
const isOverWord = (locale: Locale, word?: string) =>
  Object.entries(texts(locale).standings).some(([name, said]) => said === word && name in texts(locale).over)

const OF_MEETING = /WEB|オンライン|[Oo]nline/
const OF_PHONE = /電話|[Pp]hone/

/** A form of taking part in words of pages and letters as one text. */
function formatOf(text: string): string {
  if (OF_MEETING.test(text)) return 'online'
  return OF_PHONE.test(text) ? 'phone' : 'onsite'
}

const digits = (text: string) => /\d+/.exec(text)?.[0] ?? ''

/** The moment in a text, such as an offer's end. */
const momentOf = (text: string) =>
  /(\d+)月(\d+)日\(.\) (\d\d:\d\d)/.exec(text)?.slice(1).join('/') ??
  ((found) => (found ? [MONTHS.indexOf(found[2] ?? '') + 1, found[1], found[3]].join('/') : ''))(
    /(\d+) ([A-Z][a-z]+), (\d\d:\d\d)/.exec(text),
  )

const halls = (text: string) => /第.会館|Hall \d/.exec(text)?.[0].replace(/第|会館|Hall /g, '') ?? ''

/** What the facts of a letter or a call tell. */
export function toldBy(locale: Locale, facts: ReadonlyMap<string, string>): Told {
  const l = letterTexts(locale)
  const t = texts(locale)
  const over = !facts.has(t.session.cost)
  const format = formatOf(facts.get(l.format) ?? '')
  return {
    when: facts.has(l.when) ? whenOf(facts.get(l.when) ?? '') : 'postponed',
    format,
    seats: digits(facts.get(t.book.labels.seats) ?? ''),
    state:
      over || isOverWord(locale, facts.get(t.booking.status))
        ? OVER
        : (facts.get(t.booking.status) ?? t.standings.booked),
    until: momentOf(facts.get(l.offerEnds) ?? facts.get(l.confirmEnds) ?? ''),
    place: format === 'onsite' && !over ? halls(facts.get(l.place) ?? '') : '',
  }
}

/** The rows of the facts of a letter in HTML. */
export function factsIn(html: string): Map<string, string> {
  const rows = parse(html).querySelectorAll('table tr')
  return new Map(rows.map((row) => [row.querySelector('th')?.text ?? '', row.querySelector('td')?.text ?? '']))
}

/** What the page of a booking tells its holder now, in their language. Null if it is anonymous. */
export async function onPage(town: Town, id: string): Promise<Told | null> {
  const booking = await bookingById(town.s.ctx, id)
  const token = booking && (await tokenOf(town.s.ctx, booking))
  if (!booking || !token || booking.name === '') return null
  const { locale } = booking
  const t = texts(locale)
  const page = await pageIn(town.s, `/b/${token}`, locale)
  const facts = factsOn(page)
  const said = page.main.querySelector('.state')?.text ?? ''
  const state = said.slice(said.indexOf(': ') + 2)
  const offer = page.main.querySelector('.offer .notice')?.text ?? ''
  const format = formatOf(facts.get(t.session.form) ?? '')
  const over = STATUS[booking.status].over
  return {
    when: whenOf(`${facts.get(t.session.date) ?? ''} ${facts.get(t.session.time) ?? ''}`),
    format,
    seats: digits(facts.get(t.book.labels.seats) ?? ''),
    state: over ? OVER : state,
    until: momentOf(offer),
    place: format === 'onsite' && !over ? halls(facts.get(t.session.venue) ?? '') : '',
  }
}

/** Whether somebody knows what is. What is over needs no more than that. */
export function isKnown(told: Told | undefined, is: Told): boolean {
  if (told === undefined) return false
  if (is.state === OVER || told.state === OVER) return is.state === told.state
  return JSON.stringify(told) === JSON.stringify(is)
}
