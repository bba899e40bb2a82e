import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import semver from 'semver'
import * as z from 'zod'
import { type Finding, inDatabase, LEVELS, type Level, type Locked, severityOf, Unanswered } from './osv.ts'

/*
 * Known vulnerabilities of every package in package-lock.json. Asks the registry (`npm audit`), or without a network a
 * database of advisories. Exit 0: none at or above the level. Exit 1: some. Exit 2: nobody could say.
 */

/** What is accepted for now: which advisory, in which package, until which day, and why. */
const EXCEPTIONS = 'tools/audit-exceptions.json'
const Exceptions = z.array(
  z.strictObject({ id: z.string(), package: z.string(), until: z.iso.date(), reason: z.string().min(20) }),
)
type Exception = z.infer<typeof Exceptions>[number]

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ name: z.string().optional(), version: z.string().optional(), dev: z.boolean().default(false) }),
  ),
})

/** The locked packages by their paths. */
function lockedPackages(folder: string): Map<string, Locked> {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')))
  const locked = new Map<string, Locked>()
  for (const [path, { name = path.replace(/^.*node_modules\//, ''), version, dev }] of Object.entries(packages)) {
    if (path !== '' && version !== undefined) locked.set(path, { name, version, dev })
  }
  return locked
}

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      nodes: z.array(z.string()),
      via: z.array(z.union([z.string(), z.object({ url: z.string(), severity: z.string(), range: z.string() })])),
    }),
  ),
})

function report(text: string) {
  try {
    return Report.parse(JSON.parse(text)).vulnerabilities
  } catch {
    throw new Unanswered('The registry does not answer. With a database: npm run audit -- --database FILE')
  }
}

/** What the registry says about the locked packages. A package that only needs a vulnerable one is not told again. */
function inRegistry(folder: string, locked: Map<string, Locked>): Finding[] {
  const command = ['audit', '--json', '--package-lock-only']
  const { stdout } = spawnSync('npm', command, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return Object.values(report(stdout)).flatMap(({ nodes, via }) =>
    via.flatMap((cause) => {
      if (typeof cause === 'string') return []
      const { url, severity, range } = cause
      const [id = url] = /[^/]+$/.exec(url) ?? []
      const [, fixed = ''] = /<(\d\S*)$/.exec(range) ?? []
      return nodes
        .flatMap((path) => locked.get(path) ?? [])
        .filter(({ version }) => semver.satisfies(version, range, { loose: true, includePrerelease: true }))
        .map((one) => ({ ...one, id, aliases: [], severity: severityOf(severity), fixed }))
    }),
  )
}

/** Each finding once: a package may be locked at several paths, and told under several names. */
function distinct(found: Finding[]): Finding[] {
  const once = new Map<string, Finding>()
  for (const one of found) {
    const key = [one.name, one.version, ...[one.id, ...one.aliases].toSorted()].join(' ')
    once.set(key, { ...one, dev: one.dev && (once.get(key)?.dev ?? true) })
  }
  return [...once].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

const covers = (exception: Exception, { name, id, aliases }: Finding) =>
  exception.package === name && [id, ...aliases].includes(exception.id)

/** One line, and whether it counts: not below the level, and not accepted for today. */
function judged(finding: Finding, least: Level, today: string, exceptions: Exception[]) {
  const { name, version, dev, id, severity, fixed } = finding
  const accepted = exceptions.find((one) => covers(one, finding))
  const isAccepted = accepted !== undefined && today <= accepted.until
  const isLow = severity !== 'unknown' && LEVELS.indexOf(severity) < LEVELS.indexOf(least)
  const until = accepted && `accepted until ${accepted.until}${isAccepted ? '' : ', which is over'}: ${accepted.reason}`
  const facts = [`${name} ${version}`, id, severity, fixed === '' ? 'no fixed version' : `fixed in ${fixed}`]
  return {
    line: [...facts, dev ? 'tools only' : 'shipped', until].filter(Boolean).join(', '),
    counts: !isLow && !isAccepted,
  }
}

function exceptionsIn(folder: string): Exception[] {
  const path = join(folder, EXCEPTIONS)
  return existsSync(path) ? Exceptions.parse(JSON.parse(readFileSync(path, 'utf8'))) : []
}

/** Where package-lock.json is, a database of advisories (empty: the registry), the least level that counts, the day. */
export type Asked = { folder: string; database: string; level: string; today: string }

/** What is known about package-lock.json, as lines to print, and the exit code 0 or 1. Throws `Unanswered`. */
export async function audit({ folder, database, level, today }: Asked): Promise<{ code: number; lines: string[] }> {
  const least = LEVELS.find((one) => one === level)
  if (least === undefined) throw new Error(`--level is one of ${LEVELS.join(', ')}`)
  const exceptions = exceptionsIn(folder)
  const locked = lockedPackages(folder)
  const asked = database === '' ? null : await inDatabase(database, locked.values())
  const found = distinct(asked ? asked.found : inRegistry(folder, locked))
  const all = found.map((finding) => judged(finding, least, today, exceptions))
  const bad = all.filter(({ counts }) => counts).length
  const unused = exceptions.filter((exception) => !found.some((finding) => covers(exception, finding)))
  return {
    code: bad > 0 ? 1 : 0,
    lines: [
      ...(asked ? [`${asked.known} advisories in ${database}, the newest of ${asked.newest}`] : []),
      ...all.map(({ line }) => line),
      ...unused.map((one) => `${EXCEPTIONS}: ${one.package} no longer has ${one.id}: remove the exception`),
      `${locked.size} packages, ${found.length} known vulnerabilities, ${bad} at ${least} or above`,
    ],
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      database: { type: 'string', default: process.env.AUDIT_DATABASE ?? '' },
      level: { type: 'string', default: 'moderate' },
    },
  })
  try {
    const { code, lines } = await audit({ ...values, folder: '.', today: new Date().toISOString().slice(0, 10) })
    console.log(lines.join('\n'))
    process.exitCode = code
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    process.exitCode = fault instanceof Unanswered ? 2 : 1
  }
}
