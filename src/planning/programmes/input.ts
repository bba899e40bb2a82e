import * as z from 'zod'
import { day, wholeNumber } from '../../base/fields.ts'
import { type Faults, faultsOf, line, optional } from '../../base/input.ts'
import { fiscalYearDays } from '../../base/japan/civil.ts'
import { fiscalYearName } from '../../base/japan/era.ts'
import type { ProgrammeRow } from '../../store/schema.ts'
import { VISITS } from '../session-rows.ts'

/** A programme as it is entered: its year, and what differs from the usual. */
const ProgrammeInput = z.object({
  fiscal_year: wholeNumber(2000, 2100, 'number'),
  name_ja: optional(line(40)),
  name_en: optional(line(60)),
  starts_on: optional(day),
  ends_on: optional(day),
  retention_years: optional(wholeNumber(1, 30, 'number')),
  visits: optional(wholeNumber(0, 30, 'number')),
  experts_until: optional(day),
})

/** The columns of a programme that people may set. */
export type ProgrammeColumns = Omit<ProgrammeRow, 'id' | 'revision'>

/**
 * The columns of a programme from a form, or its faults. Without other dates it lasts from 1 April to 31 March. Other
 * dates lie within these. So no two programmes have a day in common.
 */
export function programmeColumns(given: unknown): { columns: ProgrammeColumns } | { errors: Faults } {
  const read = ProgrammeInput.safeParse(given)
  if (!read.success) return { errors: faultsOf(read.error) }
  const { fiscal_year: year, name_ja, name_en, starts_on, ends_on, retention_years, visits, experts_until } = read.data
  const [first, last] = fiscalYearDays(year)
  const columns = {
    fiscal_year: year,
    name_ja: name_ja ?? fiscalYearName(year),
    name_en: name_en ?? `Fiscal year ${year}`,
    starts_on: starts_on ?? first,
    ends_on: ends_on ?? last,
    retention_years,
    visits: visits ?? VISITS,
    experts_until,
  }
  const errors: Faults = {
    ...((columns.starts_on < first || columns.starts_on > last) && { starts_on: 'choice' as const }),
    ...((columns.ends_on > last || columns.ends_on <= columns.starts_on) && { ends_on: 'choice' as const }),
    ...(experts_until !== null &&
      (experts_until < columns.starts_on || experts_until > columns.ends_on) && { experts_until: 'choice' as const }),
  }
  return Object.keys(errors).length > 0 ? { errors } : { columns }
}
