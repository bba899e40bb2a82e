import './node/need-node.ts'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readMigrations } from '../db/seed/migrations.ts'
import { seed } from '../db/seed/seed.ts'
import type { Actor } from './base/actor.ts'
import { atThisInstant, systemClock } from './base/clock.ts'
import { localeOfTerminal } from './base/locale.ts'
import { VERSION } from './base/version.ts'
import type { Config } from './config.ts'
import type { Ctx } from './context.ts'
import { backup, backupPath, type Contents } from './node/backup.ts'
import { MATCH_USAGE, matchCommand } from './node/commands/match-command.ts'
import { copy } from './node/copy.ts'
import { DESK_USAGE, deskCommand, isDeskCommand } from './node/desk.ts'
import { OFFICE_USAGE, officeCommand } from './node/desk-office.ts'
import { doctor, warned } from './node/doctor.ts'
import { explained, meaningOf } from './node/explain.ts'
import { IMPORT_USAGE, importCommand, isDryRun, takeInCommand } from './node/import-command.ts'
import { configure, demoStaff, openHome } from './node/prepare.ts'
import { PROGRAMME_USAGE, programmeCommand } from './node/programme-command.ts'
import { refusalText } from './node/refusal.ts'
import { restore } from './node/restore.ts'
import { serve } from './node/serve.ts'
import { accountEmail } from './people/account.ts'
import { addAccount } from './people/add-account.ts'
import { invite } from './people/invite/invite.ts'
import { inviteAgain } from './people/invite/invite-again.ts'
import { accountByEmail } from './people/queries.ts'
import { forget, forgettable } from './retention/forget.ts'
import { type Migration, migrate } from './store/migrate.ts'

const USAGE = `madoguchi <command>

  serve     migrate, seed an empty development database, and serve
  migrate   bring the database up to date
  seed      fill an empty database with the published schedule
  backup    [FILE]           copy a SQLite database, also while it is served (into BACKUP_DIR where no file is named)
  restore   FILE             put a backup in its place, also while it is served; what was there is kept in BACKUP_DIR
  copy      --from URL --to URL   copy a serving database into an empty one: sqlite:…, postgres://…, to d1:FILE as SQL for D1
  doctor    [--json]         recount every counter, look for letters that are missing and rows that hang loose
  staff     invite EMAIL --name NAME --role viewer|desk|secretariat|expert [--prefectures 08,13]
                             add an account and print its link, good for a week; also a new link if nobody signed in yet
  staff     add EMAIL …      the same without a link: they ask for one at /desk
  forget    [--dry-run]      make bookings anonymous whose programme ended more than RETENTION_YEARS ago, and those of
                             people who were erased before and came back with a backup
  --version                  print the version; doctor and /healthz say it too
${IMPORT_USAGE}${MATCH_USAGE}${PROGRAMME_USAGE}${OFFICE_USAGE}${DESK_USAGE}`

// Databases, backups and exports hold personal data: only their owner reads them.
process.umask(0o077)
if (existsSync('.env')) process.loadEnvFile('.env')

const CLI: Actor = { kind: 'system', name: 'cli' }

const [command, ...rest] = process.argv.slice(2)

function configuration(): Config {
  const configured = configure(process.env)
  if (!configured.ok) throw new Error(configured.faults.join('\n'))
  return configured.config
}

/** What holds after a fault of the disk, a file or a lock. */
const AFTER_FAULT: Record<string, string> = {
  migrate: 'What was applied before stays. Run it again: it continues.',
  seed: 'Run it again: it continues.',
  backup: 'No backup was made.',
  restore: 'Nothing was changed.',
  copy: 'No row was copied.',
  forget: 'Who was forgotten before stays forgotten. Run it again: it continues.',
}

const told = (contents: Contents) =>
  Object.entries(contents)
    .map(([table, rows]) => `${rows} ${table} rows`)
    .join(', ')

/** Runs work that needs the file of a SQLite database. Throws for PostgreSQL, which has its own tools for that. */
async function onFile(
  work: (path: string, given: { config: Config; migrations: Migration[]; now: string }) => Promise<string>,
): Promise<void> {
  const config = configuration()
  const { databaseUrl } = config
  if (!databaseUrl.startsWith('sqlite:')) {
    throw new Error('PostgreSQL is backed up by pg_dump --format=custom and restored by pg_restore')
  }
  console.log(
    await work(databaseUrl.replace(/^sqlite:/, ''), { config, migrations: readMigrations(), now: systemClock.now() }),
  )
}

/** Adds an account and returns how its owner signs in. */
async function staff(ctx: Ctx, given: Record<string, unknown>): Promise<string> {
  const done = await addAccount(ctx, given)
  if (done.ok) return `Added. They sign in at ${ctx.config.publicUrl}/desk with a link sent to ${String(given.email)}`
  throw new Error(refusalText(ctx.locale, 'account', done))
}

/** Adds an account, or finds one that nobody has signed in with. Returns the link that signs its owner in. */
async function invited(ctx: Ctx, given: Record<string, unknown>): Promise<string> {
  const link = (token: string | null) => `${ctx.config.publicUrl}/desk/sign-in/${token}`
  const done = await invite(ctx, given, 'link')
  if (done.ok) return link(done.token)
  const found = done.why === 'twice' ? await accountByEmail(ctx, accountEmail.parse(given.email)) : undefined
  const again = found && (await inviteAgain(ctx, found.id, 'link'))
  if (again?.ok) return link(again.token)
  throw new Error(refusalText(ctx.locale, 'account', done))
}

async function onDatabase(
  work: (home: Awaited<ReturnType<typeof openHome>>) => Promise<string>,
  { isNew = false } = {},
): Promise<void> {
  const config = configuration()
  const path = config.databaseUrl.replace(/^sqlite:/, '')
  if (!isNew && config.databaseUrl !== path && !existsSync(path)) throw new Error(`there is no file ${path}`)
  const home = await openHome(config, CLI, localeOfTerminal(process.env))
  try {
    console.log(await work({ ...home, ctx: atThisInstant(home.ctx) }))
  } finally {
    await home.ctx.store.close()
  }
}

try {
  if (command === '--version') {
    console.log(VERSION)
  } else if (command === 'serve') {
    await serve(process.env, (line) => console.log(line))
  } else if (command === 'migrate') {
    await onDatabase(
      async ({ ctx, migrations }) => {
        const applied = await migrate(ctx.store, migrations, ctx.clock.now())
        return applied.length > 0 ? `Applied ${applied.join(', ')}` : 'Nothing to apply: the database is up to date'
      },
      { isNew: true },
    )
  } else if (command === 'seed') {
    await onDatabase(
      async ({ ctx, migrations }) => {
        await migrate(ctx.store, migrations, ctx.clock.now())
        return (await seed(ctx, demoStaff(ctx.config)))
          ? 'Seeded the published schedule'
          : 'Nothing seeded: the database is not empty'
      },
      { isNew: true },
    )
  } else if (command === 'backup') {
    await onFile(async (path, { config, migrations, now }) => {
      const to = rest[0] ?? backupPath(config.backupDir, now)
      return `Backed up to ${to}: ${told(await backup(path, to, migrations))}`
    })
  } else if (command === 'restore') {
    const [from] = rest
    if (from === undefined) throw new Error('restore FILE: which file?')
    await onFile(async (database, { config, migrations, now }) => {
      const kept = backupPath(config.backupDir, now).replace(/\.db$/, '-before-restore.db')
      const given = { clock: systemClock, config, actor: CLI, locale: localeOfTerminal(process.env) }
      const done = await restore(given, { from, database, kept, migrations })
      return [
        `Restored ${from}: ${told(done.contents)}`,
        ...(done.again > 0 ? [`Erased again, as in the database before: ${done.again} bookings`] : []),
        ...(done.kept === null ? [] : [`What was there before is kept: ${done.kept}`]),
      ].join('\n')
    })
  } else if (command === 'copy') {
    const text = { type: 'string' } as const
    const { from, to } = parseArgs({ args: rest, options: { from: text, to: text } }).values
    if (from === undefined || to === undefined) throw new Error('copy --from URL --to URL: from where, and where to?')
    const sums = await copy(from, to, readMigrations(), systemClock.now())
    const lines = Object.entries(sums).map(([table, { rows = 0 }]) => `  ${table}: ${rows} rows`)
    console.log(['Copied and compared, column by column:', ...lines].join('\n'))
  } else if (command === 'doctor') {
    await onDatabase(async (home) => {
      const found = await doctor(home)
      const warnings = await warned(home, found)
      if (found.length > 0) process.exitCode = 1
      if (rest.includes('--json')) return JSON.stringify({ version: VERSION, faults: found, warnings }, null, 2)
      const lines = found.map(
        ({ code, count, ids }) => `${code}: ${count}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`,
      )
      const said = lines.length > 0 ? 'Faults found:' : 'No fault found'
      return [`madoguchi ${VERSION}`, said, ...lines, ...warnings.map((one) => `Warning: ${one}`)].join('\n')
    })
  } else if (command === 'forget') {
    await onDatabase(async ({ ctx }) => {
      if (rest.includes('--dry-run')) return `${await forgettable(ctx)} bookings would be made anonymous`
      const { forgotten, again } = await forget(ctx)
      return `${forgotten + again} bookings made anonymous`
    })
  } else if (command === 'staff') {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { name: text, role: text, prefectures: text },
    })
    const [verb, email] = positionals
    if (verb !== 'add' && verb !== 'invite') {
      throw new Error('staff invite EMAIL --name NAME --role ROLE [--prefectures 08,13]')
    }
    const way = verb === 'invite' ? invited : staff
    await onDatabase(
      async ({ ctx, migrations }) => {
        await migrate(ctx.store, migrations, ctx.clock.now())
        return way(ctx, { ...values, email, prefectures: values.prefectures?.split(',') ?? [] })
      },
      { isNew: true },
    )
  } else if (command === 'programme') {
    await onDatabase(
      async ({ ctx, migrations }) => {
        await migrate(ctx.store, migrations, ctx.clock.now())
        return programmeCommand(ctx, rest)
      },
      { isNew: true },
    )
  } else if (command === 'desk') {
    await onDatabase(
      async ({ ctx, migrations }) => {
        await migrate(ctx.store, migrations, ctx.clock.now())
        return officeCommand(ctx, rest)
      },
      { isNew: true },
    )
  } else if (command === 'import' && (isDryRun(rest) || rest.length === 0)) {
    console.log(await importCommand(rest, systemClock.now()))
  } else if (command === 'import') {
    await onDatabase(async ({ ctx }) => {
      const { said, isWhole } = await takeInCommand(ctx, rest)
      if (!isWhole) process.exitCode = 3
      return said
    })
  } else if (command === 'match') {
    console.log(matchCommand(rest))
  } else if (isDeskCommand(command)) {
    await onDatabase(({ ctx }) => deskCommand(ctx, command, rest))
  } else {
    console.log(USAGE)
    process.exitCode = command === undefined || command === 'help' ? 0 : 2
  }
} catch (error) {
  console.error(explained(error))
  const after = command !== undefined && meaningOf(error) !== null && AFTER_FAULT[command]
  if (after) console.error(after)
  process.exitCode = 1
}
