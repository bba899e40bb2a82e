import { parseArgs } from 'node:util'
import { type Outcome, simulate, WAYS } from './simulation.ts'

/*
 * Compares three ways to find an expert for each request: `bench:matching [--requests 1000] [--experts 100] [--seed 1]`.
 * What is assumed stands in `simulation.ts`. The same numbers and seed give the same table.
 */
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    requests: { ...text, default: '1000' },
    experts: { ...text, default: '100' },
    seed: { ...text, default: '1' },
  },
})
const world = { requests: Number(values.requests), experts: Number(values.experts), seed: Number(values.seed) }
if (!Object.values(world).every((count) => Number.isSafeInteger(count) && count > 0)) {
  throw new Error('--requests, --experts and --seed are whole numbers from 1 on')
}

const NAMES: Record<keyof typeof WAYS, string> = {
  one_by_one: 'one expert after another, given out together',
  three_at_once: 'letters to three at once',
  by_hand: 'two people by hand',
}
const line = (name: string, { within, matched, letters_a_match, p50, p90 }: Outcome) =>
  `| ${[name, `${within[1]} %`, `${within[3]} %`, `${within[5]} %`, matched, letters_a_match, p50, p90].join(' | ')} |`

console.log(`${world.requests} requests, ${world.experts} experts, seed ${world.seed}\n`)
console.log('| | 1 day | 3 days | 5 days | matched | letters a match | p50, days | p90, days |')
console.log('|---|--:|--:|--:|--:|--:|--:|--:|')
for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) console.log(line(NAMES[way], simulate(way, world)))
