import { parseArgs } from 'node:util'
import type { Preview } from '../../templates/desk/change-preview.tsx'
import { civilDate, isCivilDate } from '../base/japan/civil.ts'
import { phoneText } from '../base/japan/phone.ts'
import { PREFECTURES } from '../base/japan/prefecture.ts'
import { readDate } from '../base/japan/read-date.ts'
import { approve } from '../booking/approve.ts'
import { sendOwnMeetingLink } from '../booking/send-meeting-link.ts'
import { turnDown } from '../booking/turn-down.ts'
import { applySuspensions } from '../changes/apply-suspensions.ts'
import { callOff } from '../changes/call-off.ts'
import { convert } from '../changes/convert.ts'
import { giveFormatsBack } from '../changes/give-formats-back.ts'
import { liftSuspension } from '../changes/lift-suspension.ts'
import { markCalled } from '../changes/mark-called.ts'
import { SCOPES } from '../changes/queries.ts'
import { reschedule } from '../changes/reschedule.ts'
import { sendMeetingLink } from '../changes/send-meeting-link.ts'
import { setDate } from '../changes/set-date.ts'
import { suspend } from '../changes/suspend.ts'
import { sessionsOfSuspension, suspendedSessions } from '../changes/suspension-queries.ts'
import type { Ctx } from '../context.ts'
import { announceDraw } from '../lottery/announce.ts'
import { draw } from '../lottery/draw.ts'
import { callsToMake } from '../mail/call.ts'
import { asCalledOff, asConverted, asConvertedBack, asRescheduled, preview } from '../mail/preview.ts'
import { reasonOf } from '../schedule/reason.ts'
import { freedPlaces } from '../waitlist/freed.ts'
import { promote } from '../waitlist/promote.ts'
import { type Reason, type Refusal, refusalText, type Subject } from './refusal.ts'

/** The desk's commands. Acts on many people are only previewed until `--yes` is given. */
export const DESK_USAGE = `  call-off   SESSION --reason TEXT [--reason-en TEXT] [--yes]
  reschedule SESSION (--date YYYY-MM-DD [--starts HH:MM] | --postpone) --reason TEXT [--reason-en TEXT]
                     [--beside TEXT] [--yes]   --beside: why at the same time as another session
  convert    SESSION --into online|phone --reason TEXT [--reason-en TEXT] [--yes]
  suspend    (--prefectures 08,13 | --region kanto) --from DATE --to DATE --into online|phone --reason TEXT [--yes]
  lift       SUSPENSION [--beside TEXT] [--yes]   in person again; people who were converted get their form back
  meeting    SESSION URL          tell who has a place on the web where the meeting is
  own-meeting BOOKING URL         … or one party, where it meets elsewhere than the others
  calls                           who has no e-mail and has to be called, as tab-separated lines; \`freed\`: who waits for
                                  a place that came free after the deadline, with the booking to promote
  called     CALL                 mark one of them as told
  promote    BOOKING              give a freed place to somebody who waits, as agreed on the phone
  approve    BOOKING              in a session by approval (承認制): confirm what was asked for
  turn-down  BOOKING              … or tell them that there is no place for them
  settle     SESSION [--date YYYY-MM-DD] [--starts HH:MM --ends HH:MM] [--formats onsite,online] [--venue VENUE]
                     [--capacity N] [--beside TEXT]   give it its date, or its date and hours
  draw       SESSION              draw the lots (抽選) once entries are closed; nobody is told yet
  announce   SESSION              tell everybody how the lots fell
`

type Options = ReturnType<typeof optionsOf>['values']

function optionsOf(args: string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const changes = {
    reason: text,
    beside: text,
    'reason-en': text,
    date: text,
    starts: text,
    ends: text,
    into: text,
    from: text,
    to: text,
  }
  const where = { prefectures: text, region: text }
  const settled = { formats: text, venue: text, capacity: text }
  return parseArgs({
    args,
    allowPositionals: true,
    options: { ...changes, ...where, ...settled, postpone: flag, yes: flag },
  })
}

const reason = (given: Options) => ({ reason_ja: given.reason ?? '', reason_en: given['reason-en'] ?? null })
const because = (given: Options) => reasonOf(reason(given))

function shown({ parties, calls, texted, letters, spoken, messages }: Preview, sessions: readonly string[]): string {
  const people = parties.reduce((sum, party) => sum + party.seats, 0)
  return [
    `${sessions.length} sessions, ${parties.length} bookings (${people} people): ` +
      `${parties.length - calls.length - texted.length} told by letter, ${calls.length} by phone` +
      (texted.length > 0 ? `, ${texted.length} by SMS` : ''),
    ...sessions.map((id) => `  ${id}: ${parties.filter((party) => party.session === id).length} bookings`),
    ...(calls.length > 0
      ? ['To be called:', ...calls.map((one) => `  ${one.number} ${one.name} ${phoneText(one.phone)}`)]
      : []),
    ...letters.flatMap((letter) => ['The letter:', letter.subject, '', letter.text]),
    ...spoken.flatMap(({ heading, facts }) => [
      'What to tell on the phone:',
      heading,
      ...facts.map(({ label, value }) => `  ${label}: ${value}`),
    ]),
    ...messages.flatMap(({ text }) => ['The SMS:', text]),
    'Nothing was done yet: say --yes to do it.',
  ].join('\n')
}

type Outcome<About extends Subject> = { ok: true } | Refusal<Reason<About>>

/** Throws the console's sentence for a refusal. */
function refuse<About extends Subject>(ctx: Ctx, about: About, refusal: Refusal<Reason<About>>): never {
  throw new Error(refusalText(ctx.locale, about, refusal))
}

/** Returns the words if the act was done. Throws the console's sentence for a refusal. */
function said<About extends Subject>(ctx: Ctx, about: About, done: Outcome<About>, words: string): string {
  return done.ok ? words : refuse(ctx, about, done)
}

const named = (id: string | undefined, what: string): string => {
  if (id === undefined) throw new Error(`which ${what}?`)
  return id
}

function formatInto(given: Options) {
  return given.into === 'phone' ? ('phone' as const) : ('online' as const)
}

async function suspension(ctx: Ctx, given: Options): Promise<string> {
  const inRegion = PREFECTURES.filter(({ region }) => region.id === given.region).map(({ code }) => code)
  const prefectures = given.region === undefined ? (given.prefectures ?? '').split(',') : inRegion
  const today = civilDate(ctx.clock.now())
  const [starts_on, ends_on] = [given.from, given.to].map((text = '') => readDate(text, today) ?? text) as [
    string,
    string,
  ]
  if (given.yes) {
    const done = await suspend(ctx, { prefectures, starts_on, ends_on, into: given.into, ...reason(given) })
    // A command has no key and shows no page, so it never repeats another and nothing differs.
    if (!done.ok && done.why !== 'invalid') throw new Error(`a suspension of the command line is refused: ${done.why}`)
    if (!done.ok) refuse(ctx, 'session', done)
    const carried = await applySuspensions(ctx)
    return `In force as ${done.suspension}: ${carried.converted} sessions converted`
  }
  if (!isCivilDate(starts_on) || !isCivilDate(ends_on)) throw new Error('--from and --to: which days (YYYY-MM-DD)?')
  const range = { prefectures: prefectures.join(','), starts_on, ends_on }
  const ids = await suspendedSessions(ctx, range, ctx.clock.now())
  return shown(
    await preview(ctx, 'converted', ids, asConverted(formatInto(given), because(given)), SCOPES.convert),
    ids,
  )
}

const COMMANDS: Record<string, (ctx: Ctx, id: string | undefined, given: Options, more: string[]) => Promise<string>> =
  {
    async 'call-off'(ctx, id, given) {
      const session = named(id, 'session')
      if (given.yes) return said(ctx, 'session', await callOff(ctx, session, reason(given)), `${session} is called off`)
      return shown(await preview(ctx, 'called_off', [session], asCalledOff(because(given))), [session])
    },
    async reschedule(ctx, id, given) {
      const session = named(id, 'session')
      if (given.date === undefined && !given.postpone) throw new Error('--date YYYY-MM-DD, or --postpone')
      const { beside, starts = null } = given
      const date = given.date === undefined ? null : (readDate(given.date, civilDate(ctx.clock.now())) ?? given.date)
      const to = { date, starts, beside, ...reason(given) }
      if (given.yes) return said(ctx, 'session', await reschedule(ctx, session, to), `${session} is rescheduled`)
      const kind = given.date === undefined ? 'postponed' : 'rescheduled'
      const later = asRescheduled(date, given.starts ?? null, because(given))
      return shown(await preview(ctx, kind, [session], later), [session])
    },
    async convert(ctx, id, given) {
      const session = named(id, 'session')
      const input = { into: given.into, ...reason(given) }
      if (given.yes)
        return said(ctx, 'session', await convert(ctx, session, input), `${session} is held by ${given.into}`)
      return shown(
        await preview(ctx, 'converted', [session], asConverted(formatInto(given), because(given)), SCOPES.convert),
        [session],
      )
    },
    suspend: (ctx, _, given) => suspension(ctx, given),
    async lift(ctx, id, given) {
      const lifted = named(id, 'suspension')
      const ids = await sessionsOfSuspension(ctx, lifted, ctx.clock.now())
      const look = await preview(ctx, 'converted_back', ids, asConvertedBack(null), SCOPES['convert-back'])
      if (look.parties.length > 0 && !given.yes) return shown(look, ids)
      const done = await liftSuspension(ctx, lifted, { beside: given.beside })
      if (!done.ok) refuse(ctx, 'session', done)
      const others = await giveFormatsBack(ctx)
      return `Lifted: ${done.sessions + others.sessions} sessions are held in person again`
    },
    async meeting(ctx, id, _, [url]) {
      const session = named(id, 'session')
      return said(ctx, 'session', await sendMeetingLink(ctx, session, { url }), `${session}: told`)
    },
    async 'own-meeting'(ctx, id, _, [url]) {
      return said(ctx, 'booking', await sendOwnMeetingLink(ctx, named(id, 'booking'), { url }), `${id}: told`)
    },
    async calls(ctx) {
      const calls = await callsToMake(ctx)
      const lines = calls.map((row) =>
        [
          row.id,
          row.kind,
          row.prefecture,
          row.date,
          row.title_ja,
          row.number,
          row.company,
          row.name,
          phoneText(row.phone),
        ].join('\t'),
      )
      const freed = (await freedPlaces(ctx)).flatMap(({ session: { prefecture, date, title }, parties }) =>
        parties.map(({ id, number, company, name, phone }) =>
          [id, 'freed', prefecture, date, title.ja, number, company, name, phone].join('\t'),
        ),
      )
      return lines.length + freed.length === 0 ? 'Nobody has to be called' : [...lines, ...freed].join('\n')
    },
    async called(ctx, id) {
      const done = await markCalled(ctx, named(id, 'call'))
      return done.again ? 'Was marked already' : 'Marked as told'
    },
    async promote(ctx, id) {
      return said(ctx, 'booking', await promote(ctx, named(id, 'booking')), `${id} is booked`)
    },
    async approve(ctx, id) {
      return said(ctx, 'booking', await approve(ctx, named(id, 'booking')), `${id} is booked`)
    },
    async 'turn-down'(ctx, id) {
      return said(ctx, 'booking', await turnDown(ctx, named(id, 'booking')), `${id} is turned down`)
    },
    async settle(ctx, id, { date, starts, ends, formats, venue, capacity, beside }) {
      const done = await setDate(ctx, named(id, 'session'), { date, starts, ends, formats, venue, capacity, beside })
      if (!done.ok) refuse(ctx, 'session', done)
      return `${id} is settled; ${done.told} people are told first`
    },
    async draw(ctx, id) {
      const done = await draw(ctx, named(id, 'session'))
      if (!done.ok) refuse(ctx, 'session', done)
      return [`seed ${done.seed}`, ...done.numbers.map((number, i) => `${i + 1}\t${number}`)].join('\n')
    },
    async announce(ctx, id) {
      const done = await announceDraw(ctx, named(id, 'session'))
      if (!done.ok) refuse(ctx, 'session', done)
      return `${done.won} have a place to confirm, ${done.reserves} are reserves`
    },
  }

/** Whether a word is a command of the desk. */
export function isDeskCommand(command: string | undefined): command is string {
  return command !== undefined && Object.hasOwn(COMMANDS, command)
}

/** Runs a command of the desk, or previews it. Returns the text to print. Throws refusals in words. */
export async function deskCommand(ctx: Ctx, command: string, args: string[]): Promise<string> {
  const { values, positionals } = optionsOf(args)
  const [id, ...more] = positionals
  const run = COMMANDS[command]
  if (!run) throw new Error(`no such command: ${command}`)
  return run(ctx, id, values, more)
}
