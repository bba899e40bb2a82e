import { type Instant, plusMinutes } from '../../base/clock.ts'
import type { Ctx } from '../../context.ts'
import { actsAbout } from '../../store/acts.ts'
import { actorText, lineOf } from '../../store/journal.ts'
import { ExportInput } from './rows.ts'

/** The journal acts of an export. */
const EXPORTS = actsAbout('export')

/** Minutes for which a requested export can be downloaded. */
const MINUTES = 60

/** An export without a journal line for so many minutes has stopped. */
const SILENT_MINUTES = 3

/** A long export: the request, and its progress. `rows` and `sent` count bookings. */
export type LongExport = {
  id: string
  wanted: ExportInput
  rows: number
  sent: number
  state: 'asked' | 'sending' | 'stopped' | 'finished'
}

/** The export that this actor requested within the last hour, or undefined. It is computed from the journal. */
export async function exportById(ctx: Ctx, id: string): Promise<LongExport | undefined> {
  if (id.includes('\0')) return undefined
  const now = ctx.clock.now()
  const rows = await ctx.store.db
    .selectFrom('journal')
    .select(['act', 'at', 'detail'])
    .where('subject', '=', id)
    .where('actor', '=', actorText(ctx.actor))
    .where('act', 'in', EXPORTS)
    .orderBy('id')
    .execute()
  const lines = rows.flatMap((row) => {
    const line = lineOf(row, EXPORTS)
    return line ? [{ ...line, at: row.at }] : []
  })
  const asked = lines.find((line) => line.act === 'export.asked')
  const wanted = ExportInput.safeParse(asked?.detail)
  if (!asked || asked.at < plusMinutes(now, -MINUTES) || !wanted.success) return undefined
  const begun = lines.findLast((line) => line.act === 'export.made')?.at ?? null
  const since = begun === null ? [] : lines.filter((line) => line.at >= begun)
  const sent = Math.max(0, ...since.flatMap((line) => (line.act === 'export.sent' ? line.detail.rows : [])))
  const last =
    since
      .map((line) => line.at)
      .toSorted()
      .at(-1) ?? null
  const finished = since.some((line) => line.act === 'export.finished')
  const all = asked.detail.rows
  return { id, wanted: wanted.data, rows: all, sent: finished ? all : sent, state: stateOf(last, finished, now) }
}

function stateOf(last: Instant | null, finished: boolean, now: Instant): LongExport['state'] {
  if (finished) return 'finished'
  if (last === null) return 'asked'
  return last < plusMinutes(now, -SILENT_MINUTES) ? 'stopped' : 'sending'
}
