import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { type Assigned, assign } from '../../matching/assign.ts'

/** The lines of the usage. */
export const MATCH_USAGE = `  match     --problem FILE|- [--json]
                             give the requests of a file to its experts and print the pairs; nothing is read or kept:
                             { "requests": [{ "id": "r1", "arcs": { "A": 90 }, "age": 0 }],
                               "experts": [{ "id": "A", "places": 1, "load": 0 }] }
`

/** The most requests and experts of a problem. More would take minutes. */
const MOST = 1000

const id = z.string('an id is a text').min(1, 'an id is missing').max(100, 'an id is too long')
const count = (name: string, most: number) => {
  const said = `${name} is a whole number from 0 to ${most}`
  return z.number(said).int(said).min(0, said).max(most, said)
}
const VALUE = 'the value of an arc is a whole number from -1000 to 1000'
const value = z.number(VALUE).int(VALUE).min(-1000, VALUE).max(1000, VALUE)
const listOf = <T extends z.ZodType>(name: string, one: T) =>
  z.array(one, `${name} is a list`).max(MOST, `${name}: at most ${MOST}`)

const Problem = z
  .strictObject(
    {
      requests: listOf(
        'requests',
        z.strictObject({ id, arcs: z.record(id, value, 'arcs name experts'), age: count('age', 10_000).optional() }),
      ),
      experts: listOf(
        'experts',
        z.strictObject({ id, places: count('places', 100), load: count('load', 100).optional() }),
      ),
    },
    'a problem is { "requests": […], "experts": […] }',
  )
  .superRefine(({ requests, experts }, check) => {
    const known = new Set(experts.map((expert) => expert.id))
    const twice = (all: readonly { id: string }[]) =>
      all.find((one, i) => all.findIndex((same) => same.id === one.id) < i)
    for (const [name, all] of [['requests', requests] as const, ['experts', experts] as const]) {
      const found = twice(all)
      if (found) check.addIssue({ code: 'custom', path: [name], message: `${found.id} is there twice` })
    }
    for (const [i, { arcs }] of requests.entries()) {
      const unknown = Object.keys(arcs).find((expert) => !known.has(expert))
      if (unknown !== undefined) {
        check.addIssue({ code: 'custom', path: ['requests', i, 'arcs'], message: `there is no expert ${unknown}` })
      }
    }
  })

/** The text of a file, or of standard input with `-`, as JSON. Throws in words. */
function read(file: string): unknown {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file === '-' ? 'standard input' : file} is not JSON`)
  }
}

/**
 * Gives the requests of a problem to its experts. Returns the pairs and their total as JSON, or in lines. Pure: it needs no
 * database. Throws what is wrong with the problem, one line a fault.
 */
export function matchCommand(args: string[]): string {
  const options = { problem: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values } = parseArgs({ args, options })
  if (values.problem === undefined) throw new Error(MATCH_USAGE)
  const parsed = Problem.safeParse(read(values.problem))
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(': ')).join('\n'),
    )
  }
  const { requests, experts } = parsed.data
  const assigned = assign(
    requests.map(({ id: request, arcs, age = 0 }) => ({ id: request, arcs, age })),
    experts.map(({ id: expert, places, load = 0 }) => ({ id: expert, places, load })),
  )
  return values.json ? JSON.stringify(assigned, null, 2) : inLines(assigned)
}

function inLines({ pairs, total, unmatched, later }: Assigned): string {
  return [
    ...pairs.map(({ request, expert, value: worth }) => `${request} > ${expert} ${worth}`),
    ...unmatched.map((request) => `${request} > nobody`),
    ...later.map((request) => `${request} > the next run`),
    `total ${total}`,
  ].join('\n')
}
