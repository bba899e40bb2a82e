import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/** Folders to which a path in a document may be relative, besides the root. */
const BASES = ['src', 'templates', 'templates/assets', 'templates/text', 'docs']

/** Named on purpose although the repository does not have it: built, of a package, or an example of a wrong name. */
const ELSEWHERE = new Set(['dist/', 'var/release/', 'swagger-ui.css', 'utils/date.ts'])

const names = new Set(globSync('{src,templates,test,db,docs,tools}/**/*.*').map((path) => path.split(/[\\/]/).at(-1)))

const exists = (path: string) =>
  path.includes('/') ? ['', ...BASES].some((base) => existsSync(join(base, path))) : names.has(path) || existsSync(path)

/** Files (`booking/book.ts`) and folders (`lottery/`) in backticks, and targets of links, that do not exist. */
function missing(document: string, text: string): string[] {
  const quoted = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*(?:\/|\.(?:tsx?|js|css|md|json|toml)))`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !ELSEWHERE.has(path) && !exists(path))
  const linked = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)\s]*)?\)/g)]
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(dirname(document), path)))
  return [...quoted, ...linked].map((path) => `${document}: ${path}`)
}

test('every file and folder that a document names exists', () => {
  const documents = [...globSync('docs/**/*.md'), 'README.md', 'CONTRIBUTING.md', 'SECURITY.md']
  expect(documents.flatMap((document) => missing(document, readFileSync(document, 'utf8')))).toEqual([])
})

test('a file, a folder and the target of a link that do not exist are found', () => {
  const text = 'In `booking/nothing.ts`, `nowhere/`, `nobody.css` and [this](gone.md#part); not in `/healthz` or `a/b`.'
  const found = ['booking/nothing.ts', 'nowhere/', 'nobody.css', 'gone.md'].map((path) => `docs/STYLE.md: ${path}`)
  expect(missing('docs/STYLE.md', text)).toEqual(found)
})

test('a file in `src`, at the root or by its name alone, and a link from the folder of its document exist', () => {
  const text =
    '`booking/book.ts`, `lottery/`, `package.json`, `queries.ts`, [decisions](decisions/README.md), [x](#part)'
  expect(missing('docs/STYLE.md', text)).toEqual([])
})
