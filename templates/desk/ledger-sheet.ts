import type { Instant } from '../../src/base/clock.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import { phoneText } from '../../src/base/japan/phone.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { Locale } from '../../src/base/locale.ts'
import { isAnonymous } from '../../src/base/person.ts'
import type { Extras, Question } from '../../src/base/questions.ts'
import { standingAt } from '../../src/base/standing.ts'
import type { LedgerRow } from '../../src/figures/exports/rows.ts'
import type { Cell, Column, Sheet } from '../../src/sheets/sheet.ts'
import { answerText, supportText } from '../extras.ts'
import { wordFor } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { figuresTexts } from '../text/figures.ts'
import { texts } from '../text/index.ts'
import { questionTexts } from '../text/questions.ts'

type Heads = ReturnType<typeof figuresTexts>['export']['columns']

/** A telephone in half width. +81 at its beginning becomes 0: CSV would hold a formula, or an apostrophe before it. */
const phoneOf = (typed: string): string => phoneText(typed).replace(/^\+81[\s-]*(?:\(0\)|0(?=[0-9]))?[\s-]*/, '0')

/** An answer as a cell: a number stays a number. */
function answerCell(locale: Locale, question: Question, { answers }: Extras): Cell {
  const answer = answers.find((one) => one.question.id === question.id)?.answer
  if (answer === undefined) return null
  return typeof answer === 'number' ? answer : answerText(locale, question, answer)
}

/** How each column of the ledger is filled, in the order of the columns. Codes are beside names. */
function cells(
  locale: Locale,
  now: Instant,
  questions: readonly Question[],
): [name: keyof Heads | Question, holds: Column['holds'], cell: (row: LedgerRow) => Cell][] {
  const t = texts(locale)
  const isOwn = ({ id }: Question) => questions.some((question) => question.id === id)
  const prefecture = (code: string) => prefectureByCode(code)?.[locale] ?? null
  const at = (instant: string | null): Cell => (instant === null ? null : { at: instant })
  const timeOf = (instant: string | null): Cell => (instant === null ? null : { time: civilTime(instant) })
  const topics: Readonly<Record<string, string>> = t.topics
  const { attendance } = figuresTexts(locale).export
  const industries: Readonly<Record<string, string>> = t.industries
  return [
    ['number', 'text', (row) => row.number],
    ['status', 'text', (row) => t.standings[standingAt(row, row, now)]],
    ['attendance', 'text', ({ status }) => wordFor(attendance, status) ?? null],
    ['came_at', 'moment', (row) => at(row.came_at)],
    ['session_code', 'text', (row) => row.session_prefecture],
    ['session_prefecture', 'text', (row) => prefecture(row.session_prefecture)],
    ['kind', 'text', (row) => t.kind[row.kind]],
    ['title', 'text', (row) => (locale === 'ja' ? row.title_ja : row.title_en)],
    ['date', 'day', (row) => (row.date === null ? null : { day: row.date })],
    ['starts', 'time', (row) => timeOf(row.starts_at)],
    ['ends', 'time', (row) => timeOf(row.ends_at)],
    // Only people who come there have a venue.
    ['venue', 'text', (row) => (row.format !== 'onsite' ? null : locale === 'ja' ? row.venue_ja : row.venue_en)],
    ['format', 'text', (row) => t.format[row.format]],
    ['seats', 'number', (row) => row.seats],
    ['company', 'text', (row) => row.company],
    ['name', 'text', (row) => row.name],
    ['name_kana', 'text', (row) => row.name_kana],
    ['email', 'text', (row) => row.email],
    ['phone', 'text', (row) => phoneOf(row.phone)],
    ['code', 'text', (row) => row.prefecture],
    ['prefecture', 'text', (row) => prefecture(row.prefecture)],
    ['employees', 'number', (row) => (isAnonymous(row) ? null : row.employees)],
    ['industry_code', 'text', (row) => row.industry],
    ['industry', 'text', (row) => (row.industry === null ? null : (industries[row.industry] ?? null))],
    ['corporate_number', 'text', (row) => row.corporate_number],
    [
      'topics',
      'text',
      (row) =>
        row.topics
          .split(',')
          .map((one) => topics[one] ?? one)
          .join(locale === 'ja' ? '、' : ', '),
    ],
    ['message', 'text', (row) => row.message],
    ...questions.map((question): [Question, Column['holds'], (row: LedgerRow) => Cell] => [
      question,
      question.kind === 'number' ? 'number' : 'text',
      ({ extras }) => answerCell(locale, question, extras),
    ]),
    // Answers to the questions that have no column of their own.
    [
      'answers',
      'text',
      ({ extras }) =>
        extras.answers
          .filter(({ question }) => !isOwn(question))
          .map(({ question, answer }) =>
            questionTexts(locale).pair(question.label[locale], answerText(locale, question, answer)),
          )
          .join('\n'),
    ],
    ['companions', 'text', ({ extras }) => extras.companions.join('\n')],
    ['support', 'text', ({ extras }) => supportText(locale, extras.support)],
    ['note', 'text', (row) => row.note],
    ['minutes', 'number', (row) => row.minutes],
    ['advised', 'text', (row) => row.advised],
    ['next_step', 'text', (row) => row.next_step],
    ['channel', 'text', (row) => deskTexts(locale).channel[row.channel]],
    ['created_at', 'moment', (row) => at(row.created_at)],
    ['cancelled_at', 'moment', (row) => at(row.cancelled_at)],
  ]
}

/**
 * Pages of the ledger as a sheet in a language, with a column for each of `questions`. `ticked`: how many bookings were
 * ticked for it; null if it has all that fit.
 */
export function ledgerSheet(
  locale: Locale,
  now: Instant,
  pages: AsyncIterable<LedgerRow[]>,
  questions: readonly Question[] = [],
  ticked: number | null = null,
): Sheet {
  const f = figuresTexts(locale)
  const columns = cells(locale, now, questions)
  async function* filled() {
    for await (const rows of pages) yield rows.map((row) => columns.map(([, , cell]) => cell(row)))
  }
  return {
    name: ticked === null ? f.export.sheet : f.export.sheetTicked(ticked),
    columns: columns.map(([name, holds]) => ({
      head: typeof name === 'string' ? f.export.columns[name] : name.label[locale],
      holds,
    })),
    pages: filled(),
  }
}
