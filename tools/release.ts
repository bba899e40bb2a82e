import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { billOfMaterials } from './sbom.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: false }, date: { type: 'string' } },
})

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()

/** Today in Japan, unless `--date` names a day. */
const day = values.date ?? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())

function ordered(version: string): number[] {
  if (!/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(version)) throw new Error(`${version} is not X.Y.Z`)
  return version.split('.').map(Number)
}

/** Whether `next` is later than `now`: the first number that differs decides. */
function isLater(next: string, now: string): boolean {
  const before = ordered(now)
  const step = ordered(next)
    .map((number, place) => number - (before[place] ?? 0))
    .find((difference) => difference !== 0)
  return (step ?? 0) > 0
}

/** The file with its version set, in the form that npm writes. The lockfile names the version twice. */
function versioned(path: string, version: string): string {
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { version: string; packages?: Record<string, object> }
  manifest.version = version
  if (manifest.packages) Object.assign(manifest.packages[''] ?? {}, { version })
  return `${JSON.stringify(manifest, null, 2)}\n`
}

function release(version: string): void {
  const { version: now } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  if (!isLater(version, now)) throw new Error(`${version} is not later than ${now}`)
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD')
  if (branch !== 'main') throw new Error(`A release is made on main, not on ${branch}`)
  if (git('status', '--porcelain') !== '') throw new Error('The working tree has changes: commit them first')
  if (git('tag', '--list', `v${version}`) !== '') throw new Error(`The tag v${version} exists`)
  const changes = readFileSync('CHANGELOG.md', 'utf8')
  const [, section = ''] = /^## Unreleased\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changes) ?? []
  if (!/^- /m.test(section)) throw new Error('CHANGELOG.md has nothing under Unreleased')

  const files = {
    'CHANGELOG.md': changes.replace(/^## Unreleased\n/m, () => `## Unreleased\n\n## ${version} (${day})\n`),
    'package.json': versioned('package.json', version),
    'package-lock.json': versioned('package-lock.json', version),
  }
  const bill = `var/release/madoguchi-${version}.cdx.json`
  console.log(
    `${now} → ${version} (${day}): ${Object.keys(files).join(', ')}; commit; tag v${version}; ${bill}\n${section.trim()}`,
  )
  if (values['dry-run']) {
    console.log('Nothing was done yet: leave out --dry-run to do it')
    return
  }
  const materials = billOfMaterials(files['package.json'], files['package-lock.json'])
  for (const [path, text] of Object.entries(files)) writeFileSync(path, text)
  git('commit', '--quiet', '--message', `Version ${version}`, '--', ...Object.keys(files))
  git(
    'tag',
    '--annotate',
    '--cleanup=whitespace',
    `v${version}`,
    '--message',
    `Madoguchi ${version}\n\n${section.trim()}`,
  )
  mkdirSync(dirname(bill), { recursive: true })
  writeFileSync(bill, materials)
  console.log(`Done. To publish it: git push origin main v${version}, and add ${bill} to the release`)
}

try {
  const [version] = positionals
  if (version === undefined) throw new Error('npm run release -- X.Y.Z [--dry-run] [--date YYYY-MM-DD]')
  release(version)
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exitCode = 1
}
