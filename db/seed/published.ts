import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { prefectureByName } from '../../src/base/japan/prefecture.ts'

const prefecture = z.string().transform((name) => {
  const code = prefectureByName(name)?.code
  if (code === undefined) throw new Error(`no such prefecture: ${name}`)
  return code
})
const source = z.object({ verbatim: z.array(z.string()) }).transform(({ verbatim }) => verbatim.join('\n'))
const time = z.object({ start: z.string(), end: z.string() }).nullish()

/** The schedule published in autumn 2020, record by record, with the fields that the seed reads. */
const published = z.object({
  organisations: z.array(
    z.object({
      id: z.string(),
      nameJa: z.string(),
      nameEn: z.string(),
      phone: z.string(),
      email: z.string().optional(),
      url: z.string().optional(),
      address: z
        .object({ prefecture: z.string(), city: z.string(), line: z.string(), building: z.string() })
        .transform((one) => `${one.prefecture}${one.city}${one.line} ${one.building}`)
        .optional(),
      source,
    }),
  ),
  desks: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['local-desk', 'regional-bureau', 'regional-base']),
      prefecture: prefecture.optional(),
      region: z.string().optional(),
      nameJa: z.string().optional(),
      nameJaPrinted: z.string().optional(),
      nameEn: z.string(),
      categories: z.array(z.string()),
      addressPrinted: z.string().nullable(),
      phones: z.array(z.string()),
      emailPrinted: z.string().optional(),
      source,
    }),
  ),
  consultationSeries: z.array(
    z.object({
      id: z.string(),
      prefecture,
      firstDate: z.object({ date: z.string() }).optional(),
      rrule: z.string().optional(),
      dates: z.array(z.object({ date: z.string(), weekdayPrinted: z.string() })).optional(),
      time,
      venuePrinted: z.string(),
      venueCorrected: z.string().optional(),
      modes: z.array(z.enum(['onsite', 'online'])),
      capacity: z.object({ count: z.number() }),
      application: z.object({
        kind: z.enum(['central-web', 'external']),
        contact: z.string(),
        phone: z.string(),
        urlPrinted: z.string().nullable(),
      }),
      source,
    }),
  ),
  seminarProgramme: z.object({ titlePrinted: z.string(), titleEn: z.string() }),
  seminars: z.array(
    z.object({
      id: z.string(),
      prefecture,
      date: z.string().nullable(),
      weekdayPrinted: z.string().optional(),
      time,
      mode: z.enum(['online']).optional(),
      confidence: z.string().optional(),
      source,
    }),
  ),
})

/** Reads the published schedule. Leaves out the twelfth seminar, which the source only infers. */
export function readPublished(): z.output<typeof published> {
  const data = published.parse(JSON.parse(readFileSync(new URL('./seed-data.json', import.meta.url), 'utf8')))
  return { ...data, seminars: data.seminars.filter((one) => one.confidence !== 'inferred') }
}
