import { globSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path/posix'
import { expect, test } from 'vitest'

/** From the top down. A file imports from its own room (the text that matched) or from a lower floor. */
const floors = [
  /^src\/(main\.\w+|cli)\.ts$|^db\/[^/]+\.ts$/,
  /^src\/node\//,
  /^src\/worker\//,
  /^db\/seed\//,
  /^src\/(app|clockwork)\.ts$/,
  /^src\/http\/(public|desk|api|feeds)\b/, // the doors
  /^src\/http\//,
  /^src\/mail\//,
  /^templates\//,
  /^src\/calendar\//,
  /^src\/matching\//,
  /^src\/figures\//,
  /^src\/booking\//,
  /^src\/schedule\//,
  /^src\/people\//,
  /^src\/context\.ts$/,
  /^src\/store\//,
  /^src\/base\/|^src\/config\.ts$/,
  /^package\.json$/, // the version
]

/** What matches the left is used only by files that match the right. */
const leaves: [RegExp, RegExp][] = [
  [/^@?hono(\/|$)/, /^src\/(http\/|app\.ts|node\/|main\.)|^templates\//],
  [/^better-sqlite3$/, /^src\/(store\/sqlite|main\.node)\.ts$/],
  [/^pg(\/|$)/, /^src\/(store\/postgres|main\.node)\.ts$/],
  [/^nodemailer(\/|$)/, /^src\/mail\/smtp\.ts$/],
  [/^ical-generator(\/|$)/, /^src\/calendar\//],
  [/^prom-client$/, /^src\/node\/prometheus\.ts$/],
  [/^(csv-stringify|encoding-japanese|hucre)(\/|$)/, /^src\/figures\//],
  [/^(node:process|process\.env)$/, /^src\/(main\.node|cli)\.ts$|^db\/[^/]+\.ts$/],
  [
    /^node:/,
    /^(?!templates\/|src\/(matching|figures|booking|schedule|people|base|worker)\/|src\/(context|config)\.ts)/,
  ],
  [/^src\/store\/(sqlite|d1|postgres)\.ts$/, /^src\/(store\/|node\/|worker\/|main\.|cli\.)|^db\//],
  [/^src\/http\/.*\bindex\.ts$/, /^src\/(app|main\.\w+)\.ts$/], // a child never imports its parent
]
const dull = /(^|\/)(utils?|helpers?|services?|common|types?)[/.]|(?<!^src\/http\/\w+\/|^templates\/text\/)\bindex\./
const uses =
  /\b(?:import|export)\s+(type\b)?(?:[\w\s{},*$]*?\bfrom\s*)?'([^']+)'|\bimport\(\s*'([^']+)'|\b(process\.env)\b/g

/** Imports that break the order and are known. This list may only shrink. */
const allowed: string[] = []

function faults(file: string, text: string): string[] {
  const floor = (path: string) => floors.findIndex((room) => room.test(path))
  const room = (path: string) => floors[floor(path)]?.exec(path)?.[0]
  const code = text.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '').replaceAll('"', "'")
  const found = [...code.matchAll(uses)].flatMap(([, type, from, dynamic, env]) => {
    const said = from ?? dynamic ?? env ?? ''
    const ours = said.startsWith('.')
    const target = ours ? join(dirname(file), said) : builtinModules.includes(said) ? `node:${said}` : said
    const climbs = ours && room(target) !== room(file) && floor(target) <= floor(file)
    const takesValue = ours && !type && file.startsWith('templates/') && /^src\/(?!base|calendar)/.test(target)
    const strays = leaves.some(([what, where]) => what.test(target) && !where.test(file))
    return climbs || takesValue || strays ? [`${file} may not use ${target}`] : []
  })
  return floor(file) < 0 || dull.test(file) ? [`${file} has no place in the house`, ...found] : found
}

test('every import goes down the floors of the house', () => {
  const files = globSync('{src,templates,db}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'))
  expect(files).toContain('src/context.ts')
  expect(files.toSorted().flatMap((file) => faults(file, readFileSync(file, 'utf8')))).toEqual(allowed)
})

test.each([
  ['src/schedule/plan.ts', "import { book } from '../booking/book.ts'"],
  ['src/schedule/plan.ts', "import type {\n  Booking,\n} from '../booking/booking.ts'"],
  ['src/booking/book.ts', "export * from '../../templates/kit.tsx'"],
  ['src/booking/book.ts', "const open = () => import('../store/sqlite.ts')"],
  ['src/base/id.ts', "import '../config.ts'"],
  ['src/base/token.ts', "import { createHmac } from 'crypto'"],
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
  ['src/http/public/book.ts', "import { row } from '../desk/bookings.ts'"],
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
  expect(faults(file, text)).toHaveLength(1)
})

test.each([
  ['src/booking/book.ts', "import { sessionById } from '../schedule/queries.ts'\nimport { rule } from './booking.ts'"],
  ['src/http/public/index.ts', "import { Hono } from 'hono'\nimport { book } from './book.ts'"],
  ['src/app.ts', "import { router } from './http/public/index.ts'"],
  ['src/cli.ts', "import { seed } from '../db/seed/demo.ts'\nconst env = process.env"],
  ['templates/public/home.tsx', "import type { Session } from '../../src/schedule/session.ts'"],
  ['src/base/id.ts', "// import { book } from '../booking/book.ts'"],
])('the check lets pass what is right in %s: %s', (file, text) => {
  expect(faults(file, text)).toEqual([])
})
