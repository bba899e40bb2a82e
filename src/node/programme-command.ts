import { parseArgs } from 'node:util'
import type { Ctx } from '../context.ts'
import { saveProgramme } from '../planning/programmes/save-programme.ts'
import { refusalText } from './refusal.ts'

/** The lines of the usage. */
export const PROGRAMME_USAGE = `  programme add YEAR [--name NAME] [--name-en NAME] [--from DATE] [--to DATE] [--keep YEARS]
                             open a fiscal year, from 1 April to 31 March; --keep: years until its people are forgotten
`

/** Opens the programme of a fiscal year, from 1 April to 31 March. Returns its id. Throws refusals in words. */
export async function programmeCommand(ctx: Ctx, args: string[]): Promise<string> {
  const text = { type: 'string' } as const
  const options = { name: text, 'name-en': text, from: text, to: text, keep: text }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [verb, fiscal_year] = positionals
  if (verb !== 'add' || fiscal_year === undefined) throw new Error(PROGRAMME_USAGE)
  const { name: name_ja, 'name-en': name_en, from: starts_on, to: ends_on, keep: retention_years } = values
  const done = await saveProgramme(ctx, null, { fiscal_year, name_ja, name_en, starts_on, ends_on, retention_years })
  if (!done.ok) throw new Error(refusalText(ctx.locale, 'programme', done))
  return done.programme
}
