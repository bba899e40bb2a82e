import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Asked, audit } from '../../tools/audit.ts'
import { Unanswered } from '../../tools/osv.ts'

const TOOL = join(process.cwd(), 'tools/audit.ts')
const REASON = 'Only run by maintainers on their own files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-audit-'))
  write('package.json', { name: 'sample', version: '1.0.0', dependencies: { bell: '1.2.0' } })
  write('package-lock.json', {
    name: 'sample',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: {
      '': {
        name: 'sample',
        version: '1.0.0',
        dependencies: { bell: '1.2.0' },
        devDependencies: { '@tool/saw': '2.0.0' },
      },
      'node_modules/bell': { version: '1.2.0' },
      'node_modules/@tool/saw': { version: '2.0.0', dev: true, dependencies: { bell: '0.9.0' } },
      'node_modules/@tool/saw/node_modules/bell': { version: '0.9.0', dev: true },
    },
  })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

/** Runs the command. It ends with 0, 1 or 2. */
async function command(args: string[], registry: string) {
  const env = { ...process.env, npm_config_registry: registry, npm_config_fetch_retries: '0' }
  const run = spawn(process.execPath, [TOOL, ...args], { cwd: folder, env })
  let printed = ''
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (part) => (printed += part))
  const [code] = await once(run, 'close')
  return { code, lines: printed.trim().split('\n') }
}

/** An advisory as osv.dev exports those of GitHub. */
const advisory = (id: string, name: string, events: Record<string, string>[], changes: object = {}) => ({
  schema_version: '1.7.0',
  id,
  modified: '2026-11-20T06:13:42.000Z',
  published: '2026-11-19T12:00:00Z',
  aliases: [`CVE-${id}`],
  summary: `${name} rings`,
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }],
  affected: [
    {
      package: { ecosystem: 'npm', name, purl: `pkg:npm/${name}` },
      ranges: [{ type: 'SEMVER', events }],
      database_specific: { source: 'https://github.com/github/advisory-database' },
    },
  ],
  references: [{ type: 'WEB', url: 'https://example.com' }],
  database_specific: { severity: 'HIGH', cwe_ids: ['CWE-200'], github_reviewed: true },
  ...changes,
})

const HIT = advisory('GHSA-hit', 'bell', [{ introduced: '1.0.0' }, { fixed: '1.2.1' }])
const TOLD = 'bell 1.2.0, GHSA-hit, high, fixed in 1.2.1, shipped'

/** What is said on 2026-12-01 by a database of these advisories, or the one at this path. */
function asked(database: object | string, changes: Partial<Asked> = {}) {
  const path = typeof database === 'string' ? database : write('osv.json', database)
  return audit({ folder, database: path, level: 'moderate', today: '2026-12-01', ...changes })
}

const found = (lines: string[]) => lines.filter((line) => / (GHSA|MAL)-/.test(line))

test.each<[string, Record<string, string>[], string[]]>([
  ['before the fixed one', [{ introduced: '0' }, { fixed: '1.2.0' }], ['0.9.0, fixed in 1.2.0']],
  ['up to the last affected', [{ introduced: '0' }, { last_affected: '1.2.0' }], ['0.9.0', '1.2.0']],
  ['in one of several spans', [{ introduced: '0' }, { fixed: '0.5.0' }, { introduced: '1.2.0' }], ['1.2.0']],
  ['told out of order', [{ fixed: '1.0.0' }, { introduced: '0.9.0' }], ['0.9.0, fixed in 1.0.0']],
  ['after a pre-release that is fixed', [{ introduced: '1.2.0-rc.1' }, { fixed: '1.2.0' }], []],
  ['outside of the range', [{ introduced: '0.9.1' }, { fixed: '1.2.0' }], []],
])('a version %s is found if it is in the range', async (_, events, versions) => {
  const { lines } = await asked(advisory('GHSA-range', 'bell', events))
  const facts = found(lines).map((line) => /^bell (\S+), GHSA-range, high(, fixed in [\d.]+)?/.exec(line) ?? [])
  expect(facts.map(([, version = '', fixed = '']) => version + fixed)).toEqual(versions)
})

test('a finding names package, version, advisory, severity, the version that mends it, and whether it is shipped', async () => {
  expect(await asked([HIT])).toEqual({
    code: 1,
    lines: [
      `1 advisories in ${join(folder, 'osv.json')}, the newest of 2026-11-20`,
      TOLD,
      '3 packages, 1 known vulnerabilities, 1 at moderate or above',
    ],
  })
})

test('malware is found by its listed versions, and is critical', async () => {
  const malware = {
    id: 'MAL-2026-1',
    modified: '2026-11-20T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name: '@tool/saw' }, versions: ['2.0.0'] }],
  }
  const { code, lines } = await asked(malware, { level: 'critical' })
  expect([code, found(lines)]).toEqual([1, ['@tool/saw 2.0.0, MAL-2026-1, critical, no fixed version, tools only']])
})

const everyVersion = [{ introduced: '0' }]
test.each<[string, object]>([
  ['was withdrawn', { ...HIT, withdrawn: '2026-11-21T00:00:00Z' }],
  [
    'is about a package of the same name elsewhere',
    {
      ...HIT,
      affected: [
        { package: { ecosystem: 'PyPI', name: 'bell' }, ranges: [{ type: 'ECOSYSTEM', events: everyVersion }] },
        { package: { ecosystem: 'npm', name: 'other' }, ranges: [{ type: 'SEMVER', events: everyVersion }] },
      ],
    },
  ],
  [
    'names commits only',
    {
      ...HIT,
      affected: [{ package: { ecosystem: 'npm', name: 'bell' }, ranges: [{ type: 'GIT', events: everyVersion }] }],
    },
  ],
  ['is below the level', { ...HIT, database_specific: { severity: 'LOW' } }],
])('an advisory that %s does not count', async (_, one) => {
  expect((await asked(one)).code).toBe(0)
})

test('an unknown severity counts at every level, and an unknown level is refused', async () => {
  expect((await asked({ ...HIT, database_specific: {} }, { level: 'critical' })).code).toBe(1)
  await expect(asked(HIT, { level: 'severe' })).rejects.toThrow('--level')
})

test('the export of osv.dev is read as it comes, and unpacked', async () => {
  const other = advisory('GHSA-other', 'other', everyVersion)
  mkdirSync(join(folder, 'unpacked'))
  write('unpacked/GHSA-hit.json', HIT)
  write('unpacked/GHSA-other.json', other)
  const packed = { 'GHSA-hit.json': strToU8(JSON.stringify(HIT)), 'GHSA-other.json': strToU8(JSON.stringify(other)) }
  writeFileSync(join(folder, 'all.zip'), zipSync(packed))
  for (const name of ['all.zip', 'unpacked']) {
    const { lines } = await asked(join(folder, name))
    expect([lines[0], found(lines)]).toEqual([expect.stringMatching(/^2 advisories/), [TOLD]])
  }
})

describe('an exception', () => {
  const excepted = (changes: object) => {
    mkdirSync(join(folder, 'tools'))
    const one = { id: 'GHSA-hit', package: 'bell', until: '2026-12-01', reason: REASON, ...changes }
    write('tools/audit-exceptions.json', [one])
    return asked(HIT)
  }

  test.each(['GHSA-hit', 'CVE-GHSA-hit'])('for %s holds until its last day, and is printed', async (id) => {
    const { code, lines } = await excepted({ id })
    expect([code, found(lines)]).toEqual([0, [`${TOLD}, accepted until 2026-12-01: ${REASON}`]])
  })

  test('is over the day after', async () => {
    const { code, lines } = await excepted({ until: '2026-11-30' })
    expect([code, found(lines)]).toEqual([1, [`${TOLD}, accepted until 2026-11-30, which is over: ${REASON}`]])
  })

  test('for another package accepts nothing, and is named as unused', async () => {
    const { code, lines } = await excepted({ package: '@tool/saw' })
    expect([code, lines]).toEqual([1, expect.arrayContaining([expect.stringContaining('remove the exception')])])
  })

  test('needs a reason', async () => {
    await expect(excepted({ reason: '' })).rejects.toThrow('reason')
  })
})

test.each<[string, (path: string) => void]>([
  ['is not there', () => {}],
  ['is cut off', (path) => writeFileSync(path, JSON.stringify(HIT).slice(0, -9))],
  ['is empty', (path) => writeFileSync(path, '[]')],
  ['is of another language', (path) => writeFileSync(path, JSON.stringify({ id: 'PYSEC-1', affected: [] }))],
])('a database that %s says nothing, which is no clean bill', async (_, make) => {
  const path = join(folder, 'osv.json')
  make(path)
  await expect(asked(path)).rejects.toThrow(Unanswered)
})

test('the command asks the registry without a database, and ends with 2 if it does not answer', async () => {
  const about = (id: number, name: string, range: string) => ({
    id,
    url: `https://github.com/advisories/${name}`,
    title: 'Rings',
    severity: 'high',
    vulnerable_versions: range,
    cwe: [],
    cvss: { score: 7.5, vectorString: null },
  })
  const bulk = { bell: [about(1, 'GHSA-new', '>=1.0.0 <1.2.1'), about(2, 'GHSA-old', '<1.0.0')] }
  let answers = true
  const server = createServer((request, answer) => {
    request.resume().on('end', () => {
      if (answers && request.url?.endsWith('/advisories/bulk')) answer.end(JSON.stringify(bulk))
      else answer.writeHead(answers ? 404 : 405).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    const { code, lines } = await command([], registry)
    expect([code, found(lines)]).toEqual([
      1,
      ['bell 0.9.0, GHSA-old, high, fixed in 1.0.0, tools only', 'bell 1.2.0, GHSA-new, high, fixed in 1.2.1, shipped'],
    ])
    answers = false
    expect(await command(['--level', 'low'], registry)).toEqual({
      code: 2,
      lines: ['The registry does not answer. With a database: npm run audit -- --database FILE'],
    })
  } finally {
    server.close()
  }
})
