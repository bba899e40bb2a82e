import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matchCommand } from '../../src/node/commands/match-command.ts'

const PROBLEM = {
  requests: [
    { id: 'r1', arcs: { A: 90, B: 80 } },
    { id: 'r2', arcs: { A: 85 } },
    { id: 'r3', arcs: { B: 20 } },
  ],
  experts: [
    { id: 'A', places: 1, load: 0 },
    { id: 'B', places: 2, load: 0 },
  ],
}

/** A file with a text, or with a value as JSON. */
function file(contents: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'madoguchi-match-')), 'problem.json')
  writeFileSync(path, typeof contents === 'string' ? contents : JSON.stringify(contents))
  return path
}

test('as JSON: the pairs, their total, and who is left', () => {
  expect(JSON.parse(matchCommand(['--problem', file(PROBLEM), '--json']))).toEqual({
    pairs: [
      { request: 'r1', expert: 'B', value: 80 },
      { request: 'r2', expert: 'A', value: 85 },
      { request: 'r3', expert: 'B', value: 20 },
    ],
    total: 185,
    unmatched: [],
    later: [],
  })
})

test('in lines', () => {
  const requests = [...PROBLEM.requests, { id: 'r4', arcs: {} }]
  expect(matchCommand(['--problem', file({ ...PROBLEM, requests })]).split('\n')).toEqual([
    'r1 > B 80',
    'r2 > A 85',
    'r3 > B 20',
    'r4 > nobody',
    'total 185',
  ])
})

test('the older of two comes first', () => {
  const requests = [
    { id: 'r1', arcs: { A: 90 } },
    { id: 'r2', arcs: { A: 10 }, age: 1 },
  ]
  const printed = matchCommand(['--problem', file({ requests, experts: [{ id: 'A', places: 1 }] }), '--json'])
  expect(JSON.parse(printed)).toMatchObject({ pairs: [{ request: 'r2' }], unmatched: ['r1'] })
})

test('nothing to give out is no fault', () => {
  const printed = matchCommand(['--problem', file({ requests: [], experts: [] }), '--json'])
  expect(JSON.parse(printed)).toEqual({ pairs: [], total: 0, unmatched: [], later: [] })
})

const experts = [{ id: 'A', places: 1 }]
test.each<[string, unknown, string]>([
  ['no JSON', '{', 'is not JSON'],
  ['another shape', [], 'a problem is {'],
  ['no requests', { experts }, 'requests: requests is a list'],
  ['a misspelt field', { requests: [], experts: [{ id: 'A', place: 1 }] }, 'experts: 0: places'],
  [
    'a broken number',
    { requests: [{ id: 'r', arcs: { A: 1.5 } }], experts },
    'requests: 0: arcs: A: the value of an arc',
  ],
  ['a number as text', { requests: [{ id: 'r', arcs: { A: '9' } }], experts }, 'the value of an arc'],
  ['places below nothing', { requests: [], experts: [{ id: 'A', places: -1 }] }, 'places is a whole number from 0'],
  [
    'a request twice',
    {
      requests: [
        { id: 'r', arcs: {} },
        { id: 'r', arcs: {} },
      ],
      experts,
    },
    'requests: r is there twice',
  ],
  ['an expert twice', { requests: [], experts: [...experts, ...experts] }, 'experts: A is there twice'],
  ['an unknown expert', { requests: [{ id: 'r', arcs: { Z: 9 } }], experts }, 'there is no expert Z'],
])('is refused in words: %s', (_, problem, why) => {
  expect(() => matchCommand(['--problem', file(problem), '--json'])).toThrow(why)
})

test('without a file it says how it is called', () => {
  expect(() => matchCommand([])).toThrow('match     --problem FILE|-')
})
