import { execFileSync, fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'

/**
 * From the start of a process to its first page in milliseconds. Its memory in MB: at rest afterwards, and at rest again
 * after it answered many requests.
 */
export type Started = { ms: number; mb: number; after: number }

/** Milliseconds after the first page until a process counts as at rest. */
const REST_MS = 2000

/** Pages that many readers ask for. */
const PATHS = ['/', '/calendar', '/calendar?prefecture=08', '/api/v1/sessions', '/calendar.ics?prefecture=13']

const SERVER = new URL('../dist/main.js', import.meta.url)
const BARE = new URL('bare.ts', import.meta.url)

async function atRest(pid: number | undefined): Promise<number> {
  await pause(REST_MS)
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

/**
 * Starts the built product on this SQLite file, or bare Hono if the path is null. Asks for `requests` pages and ends it.
 * `npm run build` comes first.
 */
export async function started(path: string | null, requests: number): Promise<Started> {
  const start = performance.now()
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: '0',
    SEED: 'none',
    SECRET: 'a secret for the bench only',
    LOG_LEVEL: 'silent',
    RATE_LIMIT: 'off',
    DATABASE_URL: `sqlite:${path}`,
  }
  const execArgv = path === null ? ['--import', 'tsx'] : []
  const child = fork(path === null ? BARE : SERVER, { env, execArgv, silent: true })
  try {
    const base = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
      child.once('message', ({ port }: { port: number }) => resolve(`http://127.0.0.1:${port}`))
      child.stdout?.on('data', (said) => {
        const port = /open at \S+:(\d+)/.exec(String(said))?.[1]
        if (port) resolve(`http://127.0.0.1:${port}`)
      })
    })
    const answer = await fetch(`${base}/`)
    await answer.text()
    if (path !== null && answer.status !== 200) throw new Error(`the first page is ${answer.status}`)
    const ms = performance.now() - start
    const mb = await atRest(child.pid)
    const asked = PATHS.map((each) => ({ path: each }))
    await autocannon({ url: base, connections: 20, amount: requests, requests: asked })
    return { ms, mb, after: await atRest(child.pid) }
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
}
