import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SESSION_ACTS } from '../../src/base/vocabulary.ts'
import { consultTexts } from '../../templates/text/consult.ts'
import { HELP } from '../../templates/text/desk/help/pages.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { figuresTexts } from '../../templates/text/figures.ts'
import { letterFileTexts } from '../../templates/text/letter-files.ts'
import { messageTexts } from '../../templates/text/messages.ts'
import { outline } from '../../templates/text/public/outline.ts'
import { questionTexts } from '../../templates/text/questions.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { everything, sentences } from './sentences.ts'

const MANUAL = readFileSync('docs/manual.ja.md', 'utf8')

const [d, s, f] = [deskTexts('ja'), scheduleTexts('ja'), figuresTexts('ja')]
const [messages, questions, files] = [messageTexts('ja'), questionTexts('ja'), letterFileTexts('ja')]

/** Quoted, but no name of the product: what people say or type, and what the manual itself calls its pages. */
const SAID = [
  '届いていない',
  '受付の上限に達した',
  '10:00 11:00',
  '10:00-12:00, 13:00-17:00',
  '開催のページ',
  '予約のページ',
  '＋',
  '?',
]

/** The names of the product, as it writes them. Its manual writes ○ for a number in a name. */
const NAMES = new Set(
  sentences({ ...everything('ja'), messages, questions, files }).flatMap(([, sentence]) => {
    const name = sentence.replace(/。$/, '')
    return [name, name.replaceAll(/[0-9]+/g, '○')]
  }),
)

const quoted = (text: string) => [...text.matchAll(/「([^」]+)」/g)].map(([, name = '']) => name)
const unknown = (text: string) => quoted(text).filter((name) => !SAID.includes(name) && !NAMES.has(name))

/** What each part of the console is called in the manual, by its address; or null, and why it is left out. */
const SECTIONS: Record<string, readonly string[] | null> = {
  '': [d.nav.today],
  bookings: [d.nav.bookings, d.booking.move, d.booking.cancel.cancelled, d.booking.approve, d.booking.turnDown].concat([
    d.booking.promote,
    d.booking.restore,
    d.consultation.title,
    d.ledger.ticked.acts.move,
  ]),
  calls: [d.today.calls],
  caps: [d.nav.caps],
  closures: [s.closures.title],
  desks: [s.desks.title],
  experts: [d.experts.title, d.experts.add, d.experts.hours.change, d.experts.ways.leave],
  exports: [f.export.title],
  figures: [d.nav.figures, f.report.title],
  first: [d.first.make],
  import: [s.intake.open],
  journal: [d.journal.title],
  keys: [d.apiKeys.title],
  webhooks: [d.webhooks.title],
  outbox: [d.nav.letters],
  requests: [consultTexts('ja').enter.title],
  messages: [messages.title],
  mine: [d.nav.mine],
  people: [d.nav.people],
  programme: [s.programme.list.copy],
  programmes: [s.programme.list.title],
  // A step of other acts, which says itself what to do.
  proof: null,
  questions: [questions.editor.title],
  schedule: [d.nav.schedule, s.days.copy.openWeek],
  security: [d.nav.security],
  series: [s.series.title, s.poster.open, s.ending.end.open, s.ending.copy],
  sessions: [d.advisers.title, d.session.sheet, s.session.skip, s.session.open, s.days.copy.open, outline.ja.edit.open],
  setup: [d.setup.title, d.setup.house.title],
  'sign-in': [d.signIn.send],
  survey: [d.survey.title],
  suspensions: [s.ways.suspensions, s.suspensions.lift],
  texts: [messages.texts.title, files.sender.title, files.title],
  venues: [s.venues.title, s.venues.area],
}

test('every name that the manual quotes is written so in the product', () => {
  expect(unknown(MANUAL)).toEqual([])
  expect(unknown('「作成する日程を見る」を押します。')).toEqual(['作成する日程を見る'])
  expect(quoted(MANUAL).length).toBeGreaterThan(150)
})

test('so is every name that the help of a page quotes', () => {
  const said = Object.values(HELP).flatMap(({ ja }) => [...ja])
  expect(said.flatMap(unknown)).toEqual([])
})

test('the table of ways to give up a day leads to a postponed session by the act that it has', () => {
  expect(quoted(d.stopping.ways.postpone.back)).toEqual([d.session.names.reschedule])
})

test('the manual names every part of the console, and every act on a session', () => {
  const parts = Object.keys(HELP).map((path) => path.split('/')[2] ?? '')
  expect(Object.keys(SECTIONS).toSorted()).toEqual([...new Set(parts)].toSorted())
  const names = [
    ...Object.values(SECTIONS).flatMap((own) => own ?? []),
    ...SESSION_ACTS.map((act) => d.session.names[act]),
  ]
  expect(names.filter((name) => !MANUAL.includes(name))).toEqual([])
})
