import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAssets } from '../../src/node/assets.ts'

const FOLDER = new URL('../../templates/assets/', import.meta.url)
const SHEETS = ['style.css', 'desk.css']
const source = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')

/** The parts of the style sheets, as `css/….css`. */
const parts = readdirSync(new URL('css/', FOLDER), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => `css/${name.replaceAll('\\', '/')}`)

/** The start of each block and statement outside all braces. */
function outermost(css: string): string[] {
  let depth = 0
  return css.split(/(?<=[{};])/).flatMap((piece) => {
    const before = depth
    depth += Number(piece.endsWith('{')) - Number(piece.endsWith('}'))
    return before === 0 && piece.trim() ? [piece] : []
  })
}

test('each style sheet is one file whose rules all lie in the layers of style.css', async () => {
  const assets = readAssets()
  const order = /@layer ([^;]+);/.exec(source('style.css'))?.[1]?.split(', ') ?? []
  expect(order.length).toBeGreaterThan(5)
  for (const sheet of SHEETS) {
    const css = new TextDecoder().decode(assets.get(sheet)?.body())
    const blocks = outermost(css).filter((piece) => piece.endsWith('{'))
    expect(blocks.length).toBeGreaterThan(0)
    expect(blocks.filter((piece) => !order.some((layer) => piece.trim() === `@layer ${layer}{`))).toEqual([])
    expect(css).not.toContain('@import')
  }
})

test('every part is imported by one style sheet, and none is long', () => {
  const imported = SHEETS.flatMap((sheet) =>
    [...source(sheet).matchAll(/@import '\.\/([^']+)'/g)].map(([, name]) => name),
  )
  expect(imported).toHaveLength(parts.length)
  expect(new Set(imported)).toEqual(new Set(parts))
  expect(parts.filter((name) => source(name).split('\n').length >= 450)).toEqual([])
})
