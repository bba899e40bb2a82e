import Database from 'better-sqlite3'

/**
 * The limit of a booking: inserts the rows of made bookings again, by better-sqlite3 alone. Same tables, one durable
 * commit for `group` bookings. Returns bookings a second over `seconds`.
 */
export function rowsASecond(from: string, to: string, seconds: number, group = 1): number {
  const source = new Database(from, { readonly: true })
  const tables = source.prepare("select sql from sqlite_master where sql is not null and name not like 'sqlite%'").all()
  const rows = (sql: string) => source.prepare(sql).all() as Record<string, string | number | null>[]
  const bookings = rows("select * from booking where session like 'bench-%' limit 2000")
  const letters = Map.groupBy(rows('select * from outbox'), (row) => row.subject)
  const lines = Map.groupBy(rows("select * from journal where act = 'booking.made'"), (row) => row.subject)

  const target = new Database(to)
  target.pragma('journal_mode = WAL')
  target.pragma('synchronous = FULL')
  for (const { sql } of tables as { sql: string }[]) target.exec(sql)
  target.pragma('foreign_keys = OFF')
  const insert = (table: string, row: Record<string, string | number | null>) => {
    const names = Object.keys(row)
    return target.prepare(`insert into ${table} (${names.join()}) values (${names.map((name) => `@${name}`).join()})`)
  }
  const [booking, letter, line] = [bookings[0], letters.values().next().value?.[0], lines.values().next().value?.[0]]
  if (!booking || !letter || !line) throw new Error('no bookings to take as a measure')
  const statements = {
    booking: insert('booking', booking),
    outbox: insert('outbox', letter),
    journal: insert('journal', line),
  }
  let made = 0
  const insertOne = (row: Record<string, string | number | null>) => {
    const n = `${made}`
    const id = `${row.id}${n}`
    statements.booking.run({
      ...row,
      id,
      number: n,
      uid: `${row.uid}${n}`,
      token_hash: `${row.token_hash}${n}`,
      person_key: `${row.person_key}${n}`,
      idempotency_hash: `${row.idempotency_hash}${n}`,
    })
    for (const each of letters.get(row.id) ?? []) statements.outbox.run({ ...each, id: `${each.id}${n}`, subject: id })
    for (const each of lines.get(row.id) ?? []) statements.journal.run({ ...each, id: `${each.id}${n}`, subject: id })
    made++
  }
  const insertGroup = target.transaction(() => {
    for (let i = 0; i < group; i++) {
      const row = bookings[made % bookings.length]
      if (row) insertOne(row)
    }
  })
  const start = performance.now()
  while (performance.now() - start < seconds * 1000) insertGroup()
  const rate = made / ((performance.now() - start) / 1000)
  source.close()
  target.close()
  return rate
}
