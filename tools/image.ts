import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/*
 * Runs the steps of the Dockerfile in order, each stage in a folder that stands for its root. Then starts CMD as USER,
 * calls HEALTHCHECK, and stops it like `docker stop`. Knows only the instructions that the Dockerfile uses.
 */

type Stage = { root: string; workdir: string; env: Record<string, string>; uid?: number; gid?: number }

const context = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-image-'))
const stages = new Map<string, Stage>()
const last: { stage?: Stage; health?: string[]; command?: string[] } = {}

/** The files of the context that `.dockerignore` includes: it excludes everything, then includes names. */
const [everything, ...letIn] = readFileSync('.dockerignore', 'utf8').trim().split('\n')
if (everything !== '*' || letIn.some((line) => !/^![\w.-]+$/.test(line)))
  throw new Error('.dockerignore: * and !name only')

/** Replaces absolute paths by paths in the folder of the stage. */
const within = ({ root }: Stage, text: string) => text.replaceAll(/(^|[\s:=])\/(?=[a-z])/g, `$1${root}/`)

function environment(stage: Stage): Record<string, string> {
  const own = Object.entries(stage.env).map(([name, value]) => [name, within(stage, value)])
  const path = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`
  return { PATH: path, HOME: process.env.HOME ?? stage.root, ...Object.fromEntries(own) }
}

function at(stage: Stage, env: Record<string, string> = {}) {
  const { uid, gid } = stage
  return { cwd: join(stage.root, stage.workdir), env: { ...environment(stage), ...env }, ...(uid && { uid, gid }) }
}

function copy(stage: Stage, words: string[]): void {
  const from = words[0]?.startsWith('--from=') ? stages.get(words.shift()?.slice(7) ?? '') : null
  if (from === undefined) throw new Error('COPY from a stage that does not exist')
  const to = words.pop() ?? ''
  for (const name of words) {
    if (!from && !letIn.includes(`!${name}`)) throw new Error(`.dockerignore leaves out ${name}`)
    const target = join(stage.root, stage.workdir, to)
    cpSync(join(from?.root ?? context, name), to.endsWith('/') ? join(target, basename(name)) : target, {
      recursive: true,
    })
  }
}

const INSTRUCTIONS: Record<string, (stage: Stage, rest: string) => void> = {
  FROM() {},
  VOLUME() {},
  EXPOSE() {},
  WORKDIR(stage, rest) {
    stage.workdir = rest
    mkdirSync(join(stage.root, rest), { recursive: true })
  },
  COPY: (stage, rest) => copy(stage, rest.split(' ')),
  RUN(stage, rest) {
    const { status } = spawnSync('sh', ['-ec', within(stage, rest)], { ...at(stage), stdio: 'inherit' })
    if (status !== 0) throw new Error(`RUN ended with ${status}`)
  },
  ENV(stage, rest) {
    const [name = '', value = ''] = rest.split('=', 2)
    stage.env[name] = value
  },
  USER(stage, rest) {
    const [uid, gid] = rest.split(':').map(Number)
    Object.assign(stage, { uid, gid })
  },
  HEALTHCHECK(_, rest) {
    last.health = JSON.parse(rest.slice(rest.indexOf('['))) as string[]
  },
  CMD(_, rest) {
    last.command = JSON.parse(rest) as string[]
  },
}

function begin(image: string, name: string): Stage {
  if (!image.startsWith(`node:${process.version.slice(1)}-`)) {
    throw new Error(`FROM ${image}: the packages bring Node ${process.version.slice(1)}`)
  }
  const stage = { root: join(folder, name), workdir: '/', env: {} }
  mkdirSync(stage.root)
  stages.set(name, stage)
  return stage
}

function build(): void {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n')
  for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
    const [, instruction = '', rest = ''] = /^(\w+) (.*)$/.exec(line) ?? []
    console.log(`${instruction} ${rest}`)
    if (instruction === 'FROM') last.stage = begin(rest.split(' ')[0] ?? '', rest.split(' AS ')[1] ?? 'image')
    const follow = INSTRUCTIONS[instruction]
    if (!follow || !last.stage) throw new Error(`not an instruction that is known here: ${line}`)
    follow(last.stage, rest)
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return String(typeof address === 'object' && address?.port)
}

/** Calls HEALTHCHECK until it succeeds. */
async function healthy(stage: Stage, env: Record<string, string>, server: ChildProcess): Promise<void> {
  const [program = '', ...args] = last.health ?? []
  for (let tries = 0; tries < 60 && server.exitCode === null; tries++) {
    if (spawnSync(program, args, at(stage, env)).status === 0) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('HEALTHCHECK never said yes')
}

/** Starts the image as an operator does, checks it, and stops it. */
async function tryOut(stage: Stage): Promise<void> {
  const port = await freePort()
  const env = {
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    MAIL_FROM: 'noreply@localhost',
    SECRET: randomBytes(32).toString('base64'),
  }
  const [program = '', ...args] = last.command ?? []
  const server = spawn(program, args, { ...at(stage, env), stdio: 'inherit' })
  try {
    await healthy(stage, env, server)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    const said = (await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as { version: string }
    if (said.version !== version) throw new Error(`/healthz says ${said.version}, package.json ${version}`)
    if (!existsSync(join(stage.root, 'data/madoguchi.db'))) throw new Error('the database is not on the volume')
    console.log(execFileSync('node', ['dist/cli.js', 'doctor'], { ...at(stage, env), encoding: 'utf8' }))
    server.kill('SIGTERM')
    const [code] = (await once(server, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`SIGTERM ended it with ${code}`)
  } finally {
    server.kill('SIGKILL')
  }
}

try {
  if (process.getuid?.() !== 0) throw new Error('Only root may become the USER of the image: run this as root')
  chmodSync(folder, 0o755)
  build()
  if (!last.stage) throw new Error('the Dockerfile has no stage')
  await tryOut(last.stage)
  console.log('The steps of the Dockerfile make an image that starts, answers and stops')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
