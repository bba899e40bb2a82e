import { afterTest } from '../ends.ts'
import { createDatabase, dropDatabase, MIGRATED, SEEDED } from '../engines/postgres-database.ts'

let names = 0

/**
 * Options for a world on an engine that this file chooses itself: `seeded` with the published schedule. Its database ends
 * with the test.
 */
export async function onEngine(engine: 'SQLite' | 'PostgreSQL' | 'D1', want: { seeded: boolean; shared?: boolean }) {
  if (engine === 'SQLite') return { shared: want.shared ?? false, ...(!want.seeded && { seeded: false }) }
  if (engine === 'D1') {
    const { d1 } = await import('../engines/d1.ts')
    const opened = await d1.openFresh({ seeded: want.seeded, shared: true }, () => undefined)
    afterTest(opened.close)
    return { on: opened.address }
  }
  names++
  const name = `fault_${process.pid}_${names}`
  const on = await createDatabase(name, want.seeded ? SEEDED : MIGRATED)
  afterTest(() => dropDatabase(name))
  return { on }
}
