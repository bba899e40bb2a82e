import { globSync, readFileSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { openApi } from '../../../src/http/api/openapi.ts'
import { CODES } from '../../../src/http/errors.ts'
import { PROBLEM_CODES, PROBLEMS } from '../../../src/http/problem.ts'

/** The faults that the recommended rules of Redocly find in a description. */
async function faults(description: unknown): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source: JSON.stringify(description), absoluteRef: 'openapi.json', config })
  return found.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

describe('the description of the API', () => {
  const description = openApi('https://madoguchi.example.jp')

  test('has no fault by the recommended rules', async () => {
    expect(await faults(description)).toEqual([])
  })

  test('with an operation that answers nothing has one', async () => {
    const broken = { ...description, paths: { '/sessions': { get: { operationId: 'sessions', responses: {} } } } }
    expect((await faults(broken)).length).toBeGreaterThan(0)
  })
})

describe('docs/api/problems.md', () => {
  const row = (code: (typeof PROBLEM_CODES)[number]) =>
    `| \`${code}\` | ${PROBLEMS[code].statuses.join(', ')} | ${PROBLEMS[code].means} |`

  // `npx vitest -u` writes the table again.
  test('lists every code with its statuses', async () => {
    const page = [
      '# Problem codes of the API',
      '',
      'Refusals and errors are `application/problem+json` (RFC 9457). `code` is stable: programs decide by it. `title` is for',
      'people, in the language of the request.',
      '',
      '| code | status | means |',
      '|---|---|---|',
      ...PROBLEM_CODES.map(row),
      '',
    ]
    await expect(page.join('\n')).toMatchFileSnapshot('../../../docs/api/problems.md')
  })

  test('says the statuses that the code answers', () => {
    const calls = globSync('src/http/**/*.ts').flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/\bproblem\(c, (\d{3}), '(\w+)'/g),
    ])
    const answered = [
      ...calls.map(([, status, code]) => [code ?? '', Number(status)] as const),
      ...Object.entries(CODES).map(([status, code]) => [code ?? '', Number(status)] as const),
    ]
    expect(answered.length).toBeGreaterThan(12)
    const statuses: Record<string, { statuses: readonly number[] }> = PROBLEMS
    expect(answered.filter(([code, status]) => !statuses[code]?.statuses.includes(status))).toEqual([])
  })
})
