import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path/posix'
import { expect, test } from 'vitest'
import { MOST_FILES, ROOMS } from '../../src/rooms.ts'

/** Only files that match the right may import what matches the left. */
const leaves: [RegExp, RegExp][] = [
  [/^@?hono(\/|$)/, /^src\/(http\/|app\.ts|node\/|main\.)|^templates\//],
  [/^better-sqlite3$/, /^src\/(store\/sqlite|main\.node)\.ts$/],
  [/^pg(\/|$)/, /^src\/(store\/postgres|main\.node)\.ts$/],
  [/^nodemailer(\/|$)/, /^src\/mail\/smtp\.ts$/],
  [/^ical-generator(\/|$)/, /^src\/calendar\//],
  [/^prom-client$/, /^src\/node\/prometheus\.ts$/],
  [/^munkres$/, /^src\/matching\/assign\.ts$/],
  [/^(csv-stringify|encoding-japanese|fflate|hucre)(\/|$)/, /^src\/sheets\//],
  [/^(node:process|process\.env)$/, /^src\/(main\.node|cli)\.ts$|^db\/[^/]+\.ts$/],
  [/^node:crypto$/, /^src\/(base\/token\.ts|node\/|store\/)|^(?!src\/|templates\/)/], // Workers have it too
  [
    /^node:(?!crypto$)/,
    /^(?!templates\/|src\/(figures|sheets|retention|matching|experts|survey|lottery|changes|waitlist|booking|interest|planning|schedule|people|base|worker)\/|src\/(context|config)\.ts)/,
  ],
  [/^src\/store\/(sqlite|d1|postgres)\.ts$/, /^src\/(store\/|node\/|worker\/|main\.|cli\.)|^db\//],
  [/package\.json$/, /^src\/base\/version\.ts$/],
  [/^src\/http\/.*\bindex\.ts$/, /^src\/(app|main\.\w+)\.ts$/], // a child never imports its parent
]
const vague = /(^|\/)(utils?|helpers?|services?|common|types?)[/.]|(?<!^src\/http\/\w+\/|^templates\/text\/)\bindex\./
const imports =
  /\b(?:import|export)\s+(type\b)?(?:[\w\s{},*$]*?\bfrom\s*)?'([^']+)'|\bimport\(\s*'([^']+)'|\b(process\.env)\b/g

type Sources = Record<string, string>

const floor = (path: string) => ROOMS.findIndex((room) => room.path.test(path))
const room = (path: string) => ROOMS[floor(path)]?.path.exec(path)?.[0]

/** What a file uses: packages, `node:` modules, and files of ours by their path from the root. */
function usesOf(file: string, text: string): { target: string; ours: boolean; type: boolean }[] {
  const code = text.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '').replaceAll('"', "'")
  return [...code.matchAll(imports)].map(([, type, from, dynamic, env]) => {
    const said = from ?? dynamic ?? env ?? ''
    const ours = said.startsWith('.') && !said.endsWith('/package.json')
    const target = ours ? join(dirname(file), said) : builtinModules.includes(said) ? `node:${said}` : said
    return { target, ours, type: type !== undefined }
  })
}

/** Each import of a file that breaks the order, and whether it has a place at all. */
function misplaced(file: string, text: string): string[] {
  const found = usesOf(file, text).flatMap(({ target, ours, type }) => {
    const climbs = ours && room(target) !== room(file) && floor(target) <= floor(file)
    const takesValue = ours && !type && file.startsWith('templates/') && /^src\/(?!base|calendar)/.test(target)
    const strays = leaves.some(([what, where]) => what.test(target) && !where.test(file))
    return climbs || takesValue || strays ? [`${file} may not use ${target}`] : []
  })
  return floor(file) < 0 || vague.test(file) ? [`${file} has no place in the house`, ...found] : found
}

/** The files that import each other in a circle, types included, each circle once. */
function circles(sources: Sources): string[] {
  const uses = new Map(
    Object.entries(sources).map(([file, text]) => [
      file,
      usesOf(file, text).flatMap(({ target }) => (target in sources ? [target] : [])),
    ]),
  )
  const done = new Set<string>()
  const found: string[] = []
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' > '))
    if (path.includes(file) || done.has(file)) return
    for (const next of uses.get(file) ?? []) walk(next, [...path, file])
    done.add(file)
  }
  for (const file of uses.keys()) walk(file, [])
  return found
}

/** The folders with more than `MOST_FILES` files side by side. */
function crowded(files: string[]): string[] {
  const folders = Map.groupBy(files, (file) => dirname(file))
  return [...folders].filter(([, inside]) => inside.length > MOST_FILES).map(([folder]) => folder)
}

function sourcesOf(...patterns: string[]): Sources {
  const files = globSync(patterns).map((file) => file.replaceAll('\\', '/'))
  return Object.fromEntries(files.toSorted().map((file) => [file, readFileSync(file, 'utf8')]))
}

const house = sourcesOf('{src,templates,db}/**/*.{ts,tsx}')

test('every import goes down the rooms of the house', () => {
  expect(Object.keys(house)).toContain('src/context.ts')
  expect(Object.entries(house).flatMap(([file, text]) => misplaced(file, text))).toEqual([])
})

test('no files import each other in a circle, types included', () => {
  expect(circles(house)).toEqual([])
})

test('no folder has more files than one can take in', () => {
  expect(crowded(Object.keys(house))).toEqual([])
})

test('every room has files, and a sentence', () => {
  const files = Object.keys(house)
  expect(ROOMS.filter(({ path }) => !files.some((file) => path.test(file)))).toEqual([])
  expect(ROOMS.filter(({ holds }) => !/^[A-Z].*\.$/.test(holds))).toEqual([])
})

test.each([
  ['src/planning/plan.ts', "import { book } from '../booking/book.ts'"],
  ['src/schedule/closure.ts', "import { plan } from '../planning/plan.ts'"],
  ['src/booking/book.ts', "import { offer } from '../waitlist/offer.ts'"],
  ['src/changes/settle.ts', "import { draw } from '../lottery/draw.ts'"],
  ['src/schedule/queries.ts', "import type {\n  Booking,\n} from '../booking/booking.ts'"],
  ['src/booking/book.ts', "export * from '../../templates/kit.tsx'"],
  ['src/booking/book.ts', "const open = () => import('../store/sqlite.ts')"],
  ['src/base/id.ts', "import { note } from '../store/journal.ts'"],
  ['src/base/id.ts', "import { createHmac } from 'crypto'"],
  ['src/booking/book.ts', "import { figures } from '../figures/queries.ts'"],
  ['src/http/desk/figures.ts', "import { stringify } from 'csv-stringify/sync'"],
  ['src/people/desk.ts', 'import { readFile } from "node:fs/promises"'],
  ['src/mail/letters.ts', "import { html } from 'hono/html'"],
  ['src/mail/deliver.ts', "import { createTransport } from 'nodemailer'"],
  ['src/http/feeds.ts', "import ical from 'ical-generator'"],
  ['src/store/migrate.ts', "import Database from 'better-sqlite3'"],
  ['src/store/sqlite.ts', "import { Pool } from 'pg'"],
  ['src/http/metrics.ts', "import { Counter } from 'prom-client'"],
  ['src/mail/deliver.ts', 'const url = process.env.SMTP_URL'],
  ['src/http/public/book.ts', "import { router } from './index.ts'"],
  ['src/http/public/book.ts', "import { row } from '../desk/ledger.ts'"],
  ['src/http/open.ts', "import { gate } from './public/gate.ts'"],
  ['src/clockwork.ts', "import { config } from './main.node.ts'"],
  ['src/app.ts', "import { seed } from '../db/seed/demo.ts'"],
  ['templates/public/home.tsx', "import { isOpen } from '../../src/booking/booking.ts'"],
  ['src/worker/open.ts', "import { readAssets } from '../node/assets.ts'"],
  ['src/worker/open.ts', "import { readFileSync } from 'node:fs'"],
  ['src/booking/utils.ts', ''],
  ['src/booking/index.ts', ''],
  ['src/statistics/count.ts', ''],
])('the check finds what is wrong in %s: %s', (file, text) => {
  expect(misplaced(file, text)).toHaveLength(1)
})

test.each([
  ['src/booking/book.ts', "import { sessionById } from '../schedule/queries.ts'\nimport { rule } from './booking.ts'"],
  ['src/lottery/draw.ts', "import { seated } from '../booking/write/seats.ts'"],
  ['src/http/public/index.ts', "import { Hono } from 'hono'\nimport { book } from './book.ts'"],
  ['src/app.ts', "import { router } from './http/public/index.ts'"],
  ['src/cli.ts', "import { seed } from '../db/seed/demo.ts'\nconst env = process.env"],
  ['templates/public/home.tsx', "import type { Session } from '../../src/schedule/session.ts'"],
  ['src/base/id.ts', "// import { book } from '../booking/book.ts'"],
])('the check lets pass what is right in %s: %s', (file, text) => {
  expect(misplaced(file, text)).toEqual([])
})

test('the check finds circles: of two files, of three, of types alone', () => {
  const sources = {
    'src/a/one.ts': "import type { Two } from './two.ts'",
    'src/a/two.ts': "import { one } from './one.ts'",
    'src/a/x.ts': "import { y } from './y.ts'",
    'src/a/y.ts': "import { z } from './z.ts'",
    'src/a/z.ts': "import { x } from './x.ts'\nimport { one } from './one.ts'",
    'src/a/alone.ts': "import { x } from './x.ts'",
  }
  expect(circles(sources)).toEqual([
    'src/a/one.ts > src/a/two.ts > src/a/one.ts',
    'src/a/x.ts > src/a/y.ts > src/a/z.ts > src/a/x.ts',
  ])
})

test('the check finds a crowded folder', () => {
  const files = Array.from({ length: MOST_FILES + 1 }, (_, i) => `src/a/${i}.ts`)
  expect(crowded(files)).toEqual(['src/a'])
  expect(crowded(files.slice(1))).toEqual([])
})
