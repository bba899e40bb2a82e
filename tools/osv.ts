import { createReadStream, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Unzip, UnzipInflate } from 'fflate'
import semver from 'semver'
import * as z from 'zod'

/** One locked package, and whether it is only a tool of developers. */
export type Locked = { name: string; version: string; dev: boolean }

/** The levels of severity, from the lowest. */
export const LEVELS = ['low', 'moderate', 'high', 'critical'] as const
export type Level = (typeof LEVELS)[number]

/** A known vulnerability of a locked package. `fixed` is the lowest later version that has it no more; it may be empty. */
export type Finding = Locked & { id: string; aliases: string[]; severity: Level | 'unknown'; fixed: string }

/** Nobody could say whether there is something. */
export class Unanswered extends Error {}

/** The parts of an OSV advisory (schema 1.x) that say which versions it is about. */
const Advisory = z.object({
  id: z.string(),
  modified: z.string().default(''),
  withdrawn: z.string().optional(),
  aliases: z.array(z.string()).default([]),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
        versions: z.array(z.string()).default([]),
        ranges: z.array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) })).default([]),
      }),
    )
    .default([]),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
})
type Advisory = z.infer<typeof Advisory>
type Affected = Advisory['affected'][number]

/** A severity by its name in a report. */
export function severityOf(told: string): Finding['severity'] {
  const name = told.toLowerCase().replace('medium', 'moderate')
  return LEVELS.find((level) => level === name) ?? 'unknown'
}

/** Reports of malware carry no severity. */
const severityIn = ({ id, database_specific }: Advisory) =>
  id.startsWith('MAL-') ? 'critical' : severityOf(database_specific?.severity ?? '')

const LOOSE = { loose: true }
const order = (a: string, b: string) => semver.compare(a, b, LOOSE)
const isVersion = (text: string) => semver.valid(text, LOOSE) !== null

/** Whether a range holds this version. As in the OSV schema, the last event at or below it decides. */
function holds(events: Record<string, string>[], version: string): boolean {
  const steps = events
    .flatMap((event) => Object.entries(event))
    .map(([kind, at]) => ({ kind, at: at === '0' ? '0.0.0-0' : at }))
    .filter(({ at }) => isVersion(at))
    .toSorted((a, b) => order(a.at, b.at))
  let inside = false
  for (const { kind, at } of steps) {
    const passed = order(version, at)
    if (kind === 'introduced' && passed >= 0) inside = true
    if ((kind === 'fixed' && passed >= 0) || (kind === 'last_affected' && passed > 0)) inside = false
  }
  return inside
}

const eventsOf = ({ ranges }: Affected) =>
  ranges.filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM').map(({ events }) => events)

const isAbout = (affected: Affected, version: string) =>
  affected.versions.includes(version) || eventsOf(affected).some((events) => holds(events, version))

const fixedIn = (affected: Affected, version: string) =>
  eventsOf(affected)
    .flat()
    .flatMap(({ fixed }) => fixed ?? [])
    .filter((fixed) => isVersion(fixed) && order(fixed, version) > 0)
    .toSorted(order)[0] ?? ''

async function* zipped(path: string): AsyncGenerator<string> {
  const texts: string[] = []
  const unzip = new Unzip((file) => {
    const parts: Uint8Array[] = []
    file.ondata = (fault, part, last) => {
      if (fault) throw fault
      parts.push(part)
      if (last && file.name.endsWith('.json')) texts.push(Buffer.concat(parts).toString('utf8'))
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for await (const part of createReadStream(path)) {
    unzip.push(part as Uint8Array)
    yield* texts.splice(0)
  }
  unzip.push(new Uint8Array(), true)
  yield* texts
}

/** The texts of the JSON files in a database, one after the other. */
async function* jsonFiles(database: string): AsyncGenerator<string> {
  if (database.endsWith('.zip')) yield* zipped(database)
  else if (!statSync(database).isDirectory()) yield readFileSync(database, 'utf8')
  else for (const name of globSync('**/*.json', { cwd: database })) yield readFileSync(join(database, name), 'utf8')
}

async function* advisories(database: string): AsyncGenerator<Advisory> {
  for await (const text of jsonFiles(database)) {
    const content: unknown = JSON.parse(text)
    for (const one of Array.isArray(content) ? content : [content]) yield Advisory.parse(one)
  }
}

/** What one advisory says about the locked packages. */
function findings(advisory: Advisory, locked: Map<string, Locked[]>): Finding[] {
  if (advisory.withdrawn !== undefined) return []
  const { id, aliases } = advisory
  const severity = severityIn(advisory)
  return advisory.affected.flatMap((affected) =>
    (affected.package?.ecosystem === 'npm' ? (locked.get(affected.package.name) ?? []) : [])
      .filter(({ version }) => isAbout(affected, version))
      .map((one) => ({ ...one, id, aliases, severity, fixed: fixedIn(affected, one.version) })),
  )
}

/**
 * What a database says about the locked packages. A database is the npm export of osv.dev (all.zip), its folder, or one
 * JSON file. Throws `Unanswered` if it cannot be read or holds nothing about npm.
 */
export async function inDatabase(database: string, packages: Iterable<Locked>) {
  const locked = Map.groupBy(packages, ({ name }) => name)
  const found: Finding[] = []
  let known = 0
  let newest = ''
  try {
    for await (const advisory of advisories(database)) {
      if (advisory.affected.some((affected) => affected.package?.ecosystem === 'npm')) known++
      if (advisory.modified > newest) newest = advisory.modified
      found.push(...findings(advisory, locked))
    }
  } catch (fault) {
    throw new Unanswered(`${database} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
  if (known === 0) throw new Unanswered(`${database} has no advisory about npm`)
  return { known, newest: newest.slice(0, 10), found }
}
