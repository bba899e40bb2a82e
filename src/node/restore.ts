import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { chunks } from '../base/chunks.ts'
import type { Ctx } from '../context.ts'
import { ERASING } from '../retention/erase-again.ts'
import { forget } from '../retention/forget.ts'
import { takeOver } from '../store/journal.ts'
import { type Migration, migrate } from '../store/migrate.ts'
import type { AccountRow, JournalRow } from '../store/schema.ts'
import { openSqlite, openSqliteReadonly } from '../store/sqlite.ts'
import { orThrow } from '../store/store.ts'
import { type Contents, contentsOf, expectOurs, isOurs } from './backup.ts'
import { copyWhole, removeFile, replaceBySource } from './whole.ts'

/** Milliseconds for which a restore waits until nobody else writes. */
const LOCK_MS = 30_000

/** Journal lines of one statement. */
const BATCH = 500

/** What to restore: the backup, the database that it replaces, and the path for the state before. */
export type Restoring = { from: string; database: string; kept: string; migrations: Migration[]; lockMs?: number }

/** Row counts, the path of the state before (null if there was none), and the bookings that were erased again. */
export type Restored = { contents: Contents; kept: string | null; again: number }

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
}

/** Takes the write lock of a database, so that only readers go on. Throws if another process keeps it for longer. */
function lock({ raw }: ReturnType<typeof openSqlite>, database: string, milliseconds: number): void {
  raw.pragma(`busy_timeout = ${milliseconds}`)
  try {
    raw.exec('begin immediate')
  } catch (cause) {
    throw new Error(
      `${database} could not be locked within ${milliseconds / 1000} seconds. Stop what writes to it, and try again.`,
      { cause },
    )
  }
}

/** What the replaced database says about access, by account. */
type Access = {
  accounts: Pick<AccountRow, 'id' | 'role' | 'prefectures' | 'state' | 'totp_secret' | 'totp_step'>[]
  passkeys: string[]
  feeds: string[]
  /** Those that nobody has used. */
  codes: string[]
}

/** The access of staff in a database. Null if it is older than accounts. */
function accessIn({ raw }: ReturnType<typeof openSqlite>): Access | null {
  if (raw.prepare("select 1 from sqlite_schema where name = 'account'").get() === undefined) return null
  const ids = (table: string) => raw.prepare<[], string>(`select id from ${table}`).pluck().all()
  const hasCodes = raw.prepare("select 1 from sqlite_schema where name = 'recovery_code'").get() !== undefined
  const columns = 'id, role, prefectures, state, totp_secret, totp_step'
  return {
    accounts: raw.prepare<[], Access['accounts'][number]>(`select ${columns} from account`).all(),
    passkeys: ids('passkey'),
    feeds: ids('staff_feed'),
    codes: hasCodes ? ids('recovery_code where used_at is null') : [],
  }
}

/** Gives accounts of the draft no right, factor or private feed that was taken from them since the backup. */
async function keepAccess({ store: { db, commit } }: Ctx, { accounts, passkeys, feeds, codes }: Access): Promise<void> {
  for (const { id, ...access } of accounts) {
    orThrow(
      await commit(
        db.updateTable('account').set(access).where('id', '=', id),
        db.deleteFrom('passkey').where('account', '=', id).where('id', 'not in', passkeys),
        db.deleteFrom('staff_feed').where('account', '=', id).where('id', 'not in', feeds),
        // A code that was used since the backup would work again.
        db.deleteFrom('recovery_code').where('account', '=', id).where('id', 'not in', codes),
      ),
    )
  }
}

/** Erases again in the draft whom the replaced database erased, forgets whose time is over, and ends all sign-ins. */
async function withErasures(ctx: Ctx, lines: JournalRow[]): Promise<number> {
  const { db, commit } = ctx.store
  // Browsers and codes that ended since the backup would be valid again.
  const now = ctx.clock.now()
  orThrow(
    await commit(
      db.updateTable('sign_in').set({ expires_at: now }).where('expires_at', '>', now),
      db.updateTable('pass').set({ expires_at: now }).where('expires_at', '>', now),
    ),
  )
  for (const part of chunks(lines, BATCH)) orThrow(await commit(takeOver(ctx, part)))
  return (await forget(ctx)).again
}

/** Whether there are rows to keep in the file that is replaced. Throws if they are not ours, or cannot be read. */
function hasRows(database: string): boolean {
  if (!existsSync(database)) return false
  const { raw } = openSqliteReadonly(database)
  try {
    return isOurs(raw, database)
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${words}. Move it away, and restore again.`, { cause })
  } finally {
    raw.close()
  }
}

/** The journal lines of people who were erased at their own request. */
function erasedIn({ raw }: ReturnType<typeof openSqlite>): JournalRow[] {
  const acts = ERASING.map((act) => `'${act}'`).join()
  return raw
    .prepare<[], JournalRow>(`select id, at, actor, act, subject, detail from journal where act in (${acts})`)
    .all()
}

/**
 * Replaces a SQLite database by a backup, also while it is served. A draft of the backup is migrated first. Then nobody
 * else writes until all is done. The state before is copied to `kept`. People whom it erased are erased in the draft.
 * Accounts keep the rights and factors of the state before. All rows change in one transaction, so that readers see the old or the new state. Throws, with nothing changed, if the
 * backup is missing, damaged, not ours or newer than the code. Also if the database is not ours, or stays locked.
 */
export async function restore(given: Omit<Ctx, 'store'>, restoring: Restoring): Promise<Restored> {
  const { from, database, kept, migrations, lockMs = LOCK_MS } = restoring
  await expectOurs(from, migrations)
  if (isSameFile(from, database)) throw new Error(`${from} is the database itself: name a backup`)
  const isNew = !existsSync(database)
  const keeps = hasRows(database)
  mkdirSync(dirname(database), { recursive: true })
  const draft = `${database}.${crypto.randomUUID()}.part`
  let unfinished = isNew ? [database] : []
  const opened: ReturnType<typeof openSqlite>[] = []
  const open = (path: string) => {
    const file = openSqlite(path)
    opened.unshift(file)
    return file
  }
  try {
    copyWhole(from, draft)
    const made = open(draft)
    await migrate(made, migrations, given.clock.now())
    if (isNew) closeSync(openSync(database, 'wx', 0o600))
    const target = open(database)
    target.raw.pragma('foreign_keys = OFF')
    lock(target, database, lockMs)
    if (keeps) {
      copyWhole(database, kept)
      unfinished.push(kept)
    }
    const access = keeps ? accessIn(target) : null
    if (access) await keepAccess({ ...given, store: made }, access)
    const again = await withErasures({ ...given, store: made }, keeps ? erasedIn(target) : [])
    target.raw.prepare('attach ? as source').run(draft)
    replaceBySource(target.raw)
    const contents = contentsOf(target.raw)
    unfinished = [] // from here on the state before is kept, whatever the disk answers
    target.raw.exec('commit')
    target.scrub?.()
    return { contents, kept: keeps ? kept : null, again }
  } finally {
    for (const { raw } of opened) raw.close()
    for (const path of [draft, ...unfinished]) removeFile(path)
  }
}
