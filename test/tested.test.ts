import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Folders without acts: the code below them, and the routes that call them. */
const WITHOUT_ACTS = ['base', 'store', 'http', 'node', 'worker', 'calendar']

type Act = { path: string; name: string }
type File = { path: string; text: string }

const files = (pattern: string): File[] =>
  globSync(pattern).map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))

/** The acts of a file that commits: each exported function with `ctx` first, except previews. */
function actsOf({ path, text }: File): Act[] {
  const room = path.split('/')[1] ?? ''
  if (WITHOUT_ACTS.includes(room) || !/\bstore\s*\.commit\(/.test(text)) return []
  return [...text.matchAll(/^export async function (?!preview)(\w+)\(\s*ctx: Ctx\b/gm)].map(([, name = '']) => ({
    path,
    name,
  }))
}

/** What a test imports of the product: `path name` of each name. */
function importsOf({ path, text }: File): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from '(\.[^']*)'/g)].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map((one) => one.trim().split(/\s+as\s+/)[0] ?? '')
      .filter((one) => one !== '' && !one.startsWith('type '))
      .map((one) => `${join(dirname(path), from).replaceAll('\\', '/')} ${one}`),
  )
}

const untested = (sources: File[], tests: File[]) => {
  const imported = new Set(tests.flatMap(importsOf))
  return sources
    .flatMap(actsOf)
    .map(({ path, name }) => `${path} ${name}`)
    .filter((act) => !imported.has(act))
}

test('every act is imported by a test of its own', () => {
  const sources = files('src/*/**/*.ts')
  expect(sources.flatMap(actsOf).length).toBeGreaterThan(60)
  expect(untested(sources, files('test/**/*.test.{ts,tsx}'))).toEqual([])
})

describe('a file with an act', () => {
  const act = {
    path: 'src/people/greet.ts',
    text: 'export async function greet(ctx: Ctx) {\n  await ctx.store.commit()\n}',
  }
  const asked = (path: string, text: string) => untested([act], [{ path, text }])

  test('is reported if no test imports the act, or only its types, or another file of that name', () => {
    const told = ['src/people/greet.ts greet']
    expect(asked('test/people/greet.test.ts', '')).toEqual(told)
    expect(asked('test/people/greet.test.ts', "import { type greet } from '../../src/people/greet.ts'")).toEqual(told)
    expect(asked('test/people/greet.test.ts', "import { greet } from '../../src/booking/greet.ts'")).toEqual(told)
  })

  test('is not reported if one does', () => {
    expect(asked('test/people/greet.test.ts', "import { greet } from '../../src/people/greet.ts'")).toEqual([])
    expect(asked('test/people.test.ts', "import {\n  NOW,\n  greet,\n} from '../src/people/greet.ts'")).toEqual([])
  })
})
