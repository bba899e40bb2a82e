import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterFile } from '../ends.ts'
import { newFolder } from '../folder.ts'
import { program } from '../programs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The folder of the running file, and the processes that it started. */
let own: { folder: string; children: Set<ChildProcess> } | null = null

function ours(): NonNullable<typeof own> {
  if (own) return own
  const { folder, children } = {
    folder: newFolder('node'),
    children: new Set<ChildProcess>(),
  }
  afterFile(async () => {
    own = null
    const left = [...children].map((child) => {
      child.kill('SIGKILL')
      return once(child, 'exit')
    })
    await Promise.all(left)
    rmSync(folder, { recursive: true, force: true })
  })
  own = { folder, children }
  return own
}

let names = 0

/** The path of a database that does not exist yet. */
export function freshDatabase(): string {
  names++
  return join(ours().folder, `${names}.db`)
}

export type Process = {
  /** What it has printed so far. */
  printed(): string
  /** Waits until it has printed a match. Throws if it ends without one. */
  prints(pattern: RegExp): Promise<RegExpExecArray>
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void
  /** The exit code, or the name of the signal that ended it. */
  ended: Promise<number | string | null>
}

/** Starts a program as after `npm run build`. Its environment is `env` alone. */
export function start(name: 'main' | 'cli', args: string[], env: Record<string, string>): Process {
  const child = spawn(process.execPath, [program(name), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', SECRET: 'a secret for tests only', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { children } = ours()
  children.add(child)
  let output = ''
  const heard = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const listener of heard) listener()
    })
  }
  // `close` comes after `exit`, when all that was printed has been read.
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    children.delete(child)
    return (code ?? signal) as number | string | null
  })
  return {
    printed: () => output,
    kill: (signal) => child.kill(signal),
    ended,
    async prints(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output)
          if (found) {
            heard.delete(look)
            resolve(found)
          }
        }
        heard.add(look)
        ended.then(
          (how) => reject(new Error(`ended with ${how} before it printed ${pattern.source}:\n${output}`)),
          reject,
        )
        look()
      })
    },
  }
}

/** Starts the server on a free port; resolves once it has printed its address. */
export async function serve(
  path: string,
  env: Record<string, string> = {},
): Promise<Process & { port: number; url: string }> {
  const running = start('main', [], { PORT: '0', DATABASE_URL: `sqlite:${path}`, SEED: 'none', ...env })
  const [, port] = await running.prints(/open at http:\/\/localhost:(\d+)/)
  return { ...running, port: Number(port), url: `http://127.0.0.1:${port}` }
}

/** A port that is in use. */
export async function takenPort(): Promise<{ port: number; server: Server }> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, server }
}
