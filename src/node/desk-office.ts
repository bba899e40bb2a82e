import { parseArgs } from 'node:util'
import type { Ctx } from '../context.ts'
import { endDesk } from '../planning/desks/end-desk.ts'
import { holdingOf, isFree, successorsOf } from '../planning/desks/queries.ts'
import { saveDesk } from '../planning/desks/save-desk.ts'
import { deskById } from '../schedule/place-queries.ts'
import { refusalText } from './refusal.ts'

/** The commands about the desks themselves. */
export const OFFICE_USAGE = `  desk add   --name NAME --prefectures 08,13 --phones NUMBER[,NUMBER] [--kind local|base|bureau|secretariat] [--name-en NAME]
             [--hours TEXT] [--hours-en TEXT] [--mail ADDRESS] [--replies] [--url URL] [--address TEXT]
             [--topics general,ict] [--position N]   prints its id; --replies: answers to letters go to that address
  desk edit  DESK [the options of add]
  desk end   DESK [--successor DESK] [--beside TEXT] [--yes]   shows the series and sessions that it still holds until
             --yes is given; --beside: why at the same time as sessions of the successor
`

const TEXT = { type: 'string' } as const
const FLAG = { type: 'boolean' } as const
const OPTIONS = {
  name: TEXT,
  'name-en': TEXT,
  kind: TEXT,
  prefectures: TEXT,
  phones: TEXT,
  hours: TEXT,
  'hours-en': TEXT,
  mail: TEXT,
  replies: FLAG,
  url: TEXT,
  address: TEXT,
  topics: TEXT,
  position: TEXT,
  successor: TEXT,
  beside: TEXT,
  yes: FLAG,
}

type Given = ReturnType<typeof given>['values']

function given(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options: OPTIONS })
}

/** The fields of the act for the options that were given. */
function fieldsOf(options: Given): Record<string, unknown> {
  const list = (text: string | undefined) => text?.split(',').filter((one) => one !== '')
  const fields = {
    name_ja: options.name,
    name_en: options['name-en'],
    kind: options.kind,
    prefectures: list(options.prefectures),
    phones: options.phones?.replaceAll(',', '\n'),
    hours_ja: options.hours,
    hours_en: options['hours-en'],
    email: options.mail,
    mailed: options.replies,
    url: options.url,
    address: options.address,
    topics: list(options.topics),
    position: options.position,
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** A desk as the fields of the act, so that an edit changes only what was given. */
async function knownFields(ctx: Ctx, id: string): Promise<Record<string, unknown>> {
  const row = await deskById(ctx, id)
  if (!row) throw new Error(`there is no desk ${id}`)
  const list = (text: string) => text.split(',').filter((one) => one !== '')
  return {
    ...row,
    prefectures: list(row.prefectures),
    topics: list(row.topics),
    phones: row.phones.replaceAll(',', '\n'),
    mailed: row.email_use === 'mail',
  }
}

async function end(ctx: Ctx, id: string, { successor, beside, yes = false }: Given): Promise<string> {
  const row = await deskById(ctx, id)
  if (!row) throw new Error(`there is no desk ${id}`)
  const held = await holdingOf(ctx, id)
  if (!isFree(held) && !yes) {
    const heirs = await successorsOf(ctx, id, held)
    return [
      `${held.series.length} series and ${held.sessions.length} sessions ahead:`,
      ...held.series.map((one) => `  ${one.id} ${one.title_ja}`),
      ...held.sessions.map((one) => `  ${one.id} ${one.date ?? ''} ${one.title_ja}`),
      'Desks that can take them over (--successor):',
      ...heirs.map((one) => `  ${one.id} ${one.name.ja}`),
      'Nothing was done yet: say --yes to do it.',
    ].join('\n')
  }
  const done = await endDesk(ctx, id, { revision: row.revision, successor, beside })
  if (!done.ok) throw new Error(refusalText(ctx.locale, 'office', done))
  return `${id} has ended`
}

/** Adds, edits or ends a desk. Returns the text to print. Throws refusals in words. */
export async function officeCommand(ctx: Ctx, args: string[]): Promise<string> {
  const { values, positionals } = given(args)
  const [verb, id] = positionals
  if (verb === 'end' && id !== undefined) return end(ctx, id, values)
  const isNew = verb === 'add'
  if (!isNew && (verb !== 'edit' || id === undefined)) throw new Error(OFFICE_USAGE)
  const start = isNew || id === undefined ? { kind: 'local', topics: ['general'] } : await knownFields(ctx, id)
  const done = await saveDesk(ctx, isNew ? null : (id ?? null), { ...start, ...fieldsOf(values) })
  if (!done.ok) throw new Error(refusalText(ctx.locale, 'office', done))
  return done.desk
}
