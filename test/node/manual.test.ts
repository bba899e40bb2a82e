import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { manualPictures, renderManual } from '../../src/node/manual.ts'

const pictures = () =>
  new Map(
    manualPictures().map(([name, path]) => [name, { body: readFileSync(path), address: `/assets/${name}` }] as const),
  )

test('each chapter of the manual has a place to which its table of contents leads', () => {
  const { html, chapters } = renderManual(pictures())
  expect(chapters.length).toBeGreaterThan(8)
  for (const { id, title } of chapters) expect(html).toContain(`<h2 id="${id}">${title}</h2>`)
  expect(html.match(/<h2/g)).toHaveLength(chapters.length)
})

test('the manual shows each of its pictures in the size it has, and names what is on it', () => {
  const { html } = renderManual(pictures())
  const shown = [...html.matchAll(/<img src="\/assets\/([^"]+)" alt="[^"]{4,}" width="1280" height="800"/g)]
  expect(new Set(shown.map(([, name]) => name))).toEqual(new Set(pictures().keys()))
})

test('a picture that does not exist is found when the manual is made', () => {
  const all = pictures()
  all.delete('manual-today.png')
  expect(() => renderManual(all)).toThrow('the manual has no picture manual/today.png')
})
