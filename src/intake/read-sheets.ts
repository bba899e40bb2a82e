import type { CivilDate } from '../base/japan/civil.ts'
import { read } from '../notices/read.ts'
import type { Reading } from '../notices/record.ts'
import { taken } from '../sheets/take.ts'

/**
 * Reads a schedule from the bytes of a text, .csv or .xlsx file. Sheets that are hidden in their workbook are not read.
 * Their names are among what stayed unread, in the words of `hiddenAs`. Throws `NotTaken`.
 */
export async function readSheets(
  bytes: Uint8Array,
  name: string,
  today: CivilDate,
  hiddenAs: (sheet: string) => string,
): Promise<Reading> {
  const sheets = await taken(bytes, name)
  const hidden = sheets.filter((sheet) => sheet.hidden)
  const readings = sheets.filter((sheet) => !sheet.hidden).map((sheet) => read(sheet.rows, today))
  return {
    records: readings.flatMap((one) => one.records),
    unread: [...readings.flatMap((one) => one.unread), ...hidden.map((sheet) => hiddenAs(sheet.name))],
  }
}
