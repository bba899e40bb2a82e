import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const TOOL = join(process.cwd(), 'tools/release.ts')
const AUTHOR = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' }
const CHANGES = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A bell.\n\n## 0.1.0 (2026-04-01)\n\n- All of it.\n'

let folder: string
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...AUTHOR } }).trim()
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

function change(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
  git('add', name)
  git('commit', '--quiet', '--message', `Change ${name}`)
}

function release(...args: string[]) {
  const run = spawnSync(process.execPath, [TOOL, '--date', '2026-12-01', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...AUTHOR },
  })
  return { code: run.status, printed: run.stdout + run.stderr }
}

type Locked = { version: string; license?: string; dev?: boolean }
type Component = {
  'bom-ref': string
  name: string
  version: string
  licenses: { license?: { id: string }; expression?: string }[]
  hashes: { content: string }[]
}
type Bill = {
  metadata: { component: object }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/** Every file that a release may change. */
const all = () => [git('log', '--format=%H %s'), git('tag'), git('status', '--porcelain'), read('CHANGELOG.md')]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-release-'))
  git('init', '--quiet', '--initial-branch', 'main')
  cpSync('package.json', join(folder, 'package.json'))
  cpSync('package-lock.json', join(folder, 'package-lock.json'))
  cpSync('.gitignore', join(folder, '.gitignore'))
  git('add', '.')
  change('CHANGELOG.md', CHANGES)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a release dates the section, sets every version, commits and tags', () => {
  const before = { manifest: read('package.json'), lock: read('package-lock.json') }
  expect(release('9.2.0')).toMatchObject({ code: 0 })
  expect(read('CHANGELOG.md')).toBe(CHANGES.replace('## Unreleased\n', '## Unreleased\n\n## 9.2.0 (2026-12-01)\n'))
  const { version } = JSON.parse(before.manifest) as { version: string }
  expect(read('package.json')).toBe(before.manifest.replace(`"version": "${version}"`, '"version": "9.2.0"'))
  expect(JSON.parse(read('package-lock.json'))).toMatchObject({
    version: '9.2.0',
    packages: { '': { version: '9.2.0' }, 'node_modules/hono': { version: expect.not.stringMatching('9.2.0') } },
  })
  expect(read('package-lock.json').split('\n')).toHaveLength(before.lock.split('\n').length)
  expect(git('log', '-1', '--format=%s')).toBe('Version 9.2.0')
  expect(git('rev-parse', 'v9.2.0^{commit}')).toBe(git('rev-parse', 'HEAD'))
  expect(git('tag', '--list', '--format=%(contents)', 'v9.2.0')).toBe('Madoguchi 9.2.0\n\n### Added\n\n- A bell.')
  expect(git('status', '--porcelain')).toBe('')
})

test('a release has a CycloneDX list of every shipped package, with version, licence and hash', () => {
  expect(release('9.2.0').printed).toContain('add var/release/madoguchi-9.2.0.cdx.json to the release')
  const bill = JSON.parse(read('var/release/madoguchi-9.2.0.cdx.json')) as Bill
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/) })
  expect(bill.metadata.component).toMatchObject({ type: 'application', name: 'madoguchi', version: '9.2.0' })

  const refs = ['madoguchi@9.2.0', ...bill.components.map((one) => one['bom-ref'])]
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
  const locked = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev)
  const named = locked.map(([path, { version, license }]) => [path.replace(/^.*node_modules\//, ''), version, license])
  const listed = bill.components.map(({ name, version, licenses: [first] }) => [
    name,
    version,
    first?.license?.id ?? first?.expression,
  ])
  const texts = (rows: unknown[]) =>
    [...new Set(rows.map((row) => JSON.stringify(row)))].toSorted((a, b) => (a < b ? -1 : 1))
  expect(texts(listed)).toEqual(texts(named))
  expect(new Set(refs).size).toBe(refs.length)
  expect(listed.length).toBeGreaterThan(100)
  expect(bill.components.filter(({ hashes: [first] }) => !/^[0-9a-f]{128}$/.test(first?.content ?? ''))).toEqual([])

  expect(
    bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.includes(ref)),
  ).toEqual([])
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object }
  const [own] = bill.dependencies.filter(({ ref }) => ref === 'madoguchi@9.2.0')
  expect(own?.dependsOn).toEqual(expect.arrayContaining(Object.entries(dependencies).map((one) => one.join('@'))))
})

test('the next release needs something new', () => {
  release('9.2.0')
  const before = all()
  expect(release('9.3.0')).toEqual({ code: 1, printed: 'CHANGELOG.md has nothing under Unreleased\n' })
  expect(all()).toEqual(before)
})

test('a dry run says what would be done, and does nothing', () => {
  const before = all()
  const { code, printed } = release('9.2.0', '--dry-run')
  expect(code).toBe(0)
  expect(printed).toContain('→ 9.2.0 (2026-12-01): CHANGELOG.md, package.json, package-lock.json; commit; tag v9.2.0')
  expect(printed).toContain('- A bell.')
  expect(all()).toEqual(before)
})

test.each<[string, string, () => void, string[]]>([
  ['no version', 'npm run release -- X.Y.Z', () => {}, []],
  ['something that is no version', 'v9.2.0 is not X.Y.Z', () => {}, ['v9.2.0']],
  ['an earlier version', '0.0.9 is not later than', () => {}, ['0.0.9']],
  ['a changed tree', 'has changes', () => writeFileSync(join(folder, 'CHANGELOG.md'), `${CHANGES}\n`), ['9.2.0']],
  ['a file git does not know', 'has changes', () => writeFileSync(join(folder, 'new.md'), ''), ['9.2.0']],
  ['another branch', 'made on main, not on side', () => git('checkout', '--quiet', '-b', 'side'), ['9.2.0']],
  ['a tag that exists', 'The tag v9.2.0 exists', () => git('tag', 'v9.2.0'), ['9.2.0']],
  [
    'an empty section',
    'nothing under Unreleased',
    () => change('CHANGELOG.md', CHANGES.replace('- A bell.\n', '')),
    ['9.2.0'],
  ],
])('%s is refused, and nothing is done', (_, words, given, args) => {
  given()
  const before = all()
  const { code, printed } = release(...args)
  expect([code, printed]).toEqual([1, expect.stringContaining(words)])
  expect(all()).toEqual(before)
})
