import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { newFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'
import { program } from '../programs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

type Command = { printed(): string; ended: Promise<number>; kill(): void }

/** Starts one of our programs as an operator does, in a process group of its own. */
function start(args: string[], env: Record<string, string> = {}): Command {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', CI: 'true', ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return {
    printed: () => output,
    ended: once(child, 'close').then(([code]: unknown[]) => Number(code)),
    kill: () => {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    },
  }
}

/** Runs a wrangler command. Returns its output; throws if it fails. */
export async function wrangler(...args: string[]): Promise<string> {
  const command = start([WRANGLER, ...args])
  if ((await command.ended) !== 0) throw new Error(`wrangler ${args.join(' ')}\n${command.printed()}`)
  return command.printed()
}

async function applyMigrations(folder: string): Promise<void> {
  const fresh = `${folder}-being-made`
  await wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', fresh)
  renameSync(fresh, folder)
}

/**
 * A new folder with a local D1 database to which wrangler applied the migrations. It starts workerd for each of them, so
 * that this is done once a run: the first process that asks does it, and others wait.
 */
export async function migratedFolder(): Promise<string> {
  const run = dirname(process.env.MADOGUCHI_SEEDED ?? '')
  const [migrated, begun] = [join(run, 'migrated'), join(run, 'migrating')]
  while (!existsSync(migrated)) {
    const isFirst = mkdirSync(begun, { recursive: true }) !== undefined
    if (!isFirst) await pause(100)
    else
      await applyMigrations(migrated).catch((error) => {
        rmdirSync(begun)
        throw error
      })
  }
  const folder = newFolder('worker')
  cpSync(migrated, folder, { recursive: true })
  return folder
}

/** The rows of a folder's D1 database, which is a file of SQLite. workerd may have it open too. */
export function rowsIn(folder: string): DatabaseSync {
  const objects = join(folder, 'v3/d1/miniflare-D1DatabaseObject')
  const name = readdirSync(objects).find((one) => /^[0-9a-f]{64}\.sqlite$/.test(one))
  return new DatabaseSync(join(objects, name ?? ''), { timeout: 5000 })
}

/** A local D1 database in a folder of its own, its migrations applied and the published schedule in it. */
export async function openDatabase() {
  const folder = await migratedFolder()
  const printing = start([program('seed-sql')])
  await printing.ended
  writeFileSync(join(folder, 'schedule.sql'), printing.printed())
  await wrangler('d1', 'execute', 'DB', '--local', '--persist-to', folder, '--file', join(folder, 'schedule.sql'))
  const rows = rowsIn(folder)
  return {
    folder,
    rows,
    close() {
      rows.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The Worker as `wrangler dev` runs it in workerd, on the rows of a folder. Resolves at its first answer. */
export async function openWorker(folder: string, vars: Record<string, string> = {}) {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const file = join(folder, `${port}.vars`)
  const all = {
    NODE_ENV: 'test',
    PUBLIC_URL: base,
    SECRET: 'a secret for the worker tests',
    RATE_LIMIT: 'off',
    ...vars,
  }
  writeFileSync(
    file,
    Object.entries(all)
      .map(([name, text]) => `${name}="${text}"\n`)
      .join(''),
  )
  const dev = start([
    WRANGLER,
    'dev',
    '--local',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--inspector-port',
    '0',
    '--test-scheduled',
    '--persist-to',
    folder,
    '--env-file',
    file,
  ])
  const close = async () => {
    dev.kill()
    await dev.ended
  }
  for (let i = 0; i < 600; i++) {
    const answer = await fetch(`${base}/healthz`).catch(() => null)
    if (answer) return { base, printed: dev.printed, close }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await close()
  throw new Error(`wrangler dev did not answer\n${dev.printed()}`)
}
