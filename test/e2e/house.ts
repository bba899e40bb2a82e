import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { freePort } from '../free-port.ts'
import { program } from '../programs.ts'

/** The product as `npm start` runs it, a real SMTP server that keeps what it is sent, and a browser. */
export type House = {
  base: string
  browser: Browser
  /** The environment the product runs in, for commands beside it. */
  env: NodeJS.ProcessEnv
  /** What the product has printed so far. */
  printed(): string
  /** The letters that have arrived at an address, read back. */
  lettersTo(address: string): Promise<Email[]>
  close(): Promise<void>
}

async function untilReady(base: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error('the server ended before it was ready')
    const ready = await fetch(`${base}/readyz`).catch(() => null)
    if (ready?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server did not become ready')
}

/** A real Chromium that connects only to this server. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Starts a product of its own on an empty database, which is seeded unless `given` says otherwise. */
export async function openHouse(given: Record<string, string> = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-e2e-'))
  const arrived: { to: string; raw: Buffer }[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) arrived.push({ to: address, raw: Buffer.concat(chunks) })
        done()
      })
    },
  })
  const smtpPort = await freePort()
  await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', resolve))
  const port = await freePort()
  const base = `http://localhost:${port}`
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: base,
    DATABASE_URL: `sqlite:${join(folder, 'madoguchi.db')}`,
    SECRET: 'a secret for the browser tests',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'silent',
    ...given,
  }
  const child = spawn(process.execPath, [program('main')], { stdio: ['ignore', 'pipe', 'ignore'], env })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  await untilReady(base, child)
  const browser = await openBrowser()
  return {
    base,
    browser,
    env,
    printed: () => printed,
    async lettersTo(address) {
      for (let i = 0; i < 100 && !arrived.some((one) => one.to === address); i++) {
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      return Promise.all(arrived.filter((one) => one.to === address).map((one) => PostalMime.parse(one.raw)))
    },
    async close() {
      await browser.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await new Promise<void>((resolve) => smtp.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs a command of `madoguchi` beside the product, to its end. */
export async function madoguchi({ env }: Pick<House, 'env'>, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [program('cli'), ...args], { stdio: 'ignore', env })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`madoguchi ${args.join(' ')}: ${String(code)}`)
}

/** The next open consultation day in Mito, as the API returns it. */
export async function nextInMito(base: string): Promise<{ id: string; date: string; slots: { id: string }[] }> {
  const answer = await fetch(`${base}/api/v1/sessions?prefecture=08&kind=consultation&status=open,few`)
  const { sessions } = (await answer.json()) as { sessions: { id: string; date: string; slots: { id: string }[] }[] }
  const [next] = sessions
  if (!next) throw new Error('no open day in Mito')
  return next
}

/** The violations of WCAG 2.2 AA and of axe's best practices. */
export async function barriers(page: Page): Promise<string[]> {
  // The source is long: a page that has it already is given nothing.
  const given = (await page.evaluate<boolean>('"axe" in window')) ? { axeSource: ';' } : {}
  // A page of its own for the results is needed only with frames from elsewhere; without it this takes a third.
  const { violations } = await new AxeBuilder({ page, ...given })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(true)
    .analyze()
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`)
}

/** The number of pixels by which the page is wider than its window. */
export function sideScroll(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
