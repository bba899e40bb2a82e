import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { rush } from './crowd.ts'

/*
 * The opening rush of a popular seminar. `bench:rush --url <empty database> [--processes n] [--people 2000] [--places
 * 100] [--views 5000] [--bookings 10000]`.
 */
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    url: text,
    processes: { ...text, default: '1' },
    people: { ...text, default: '2000' },
    places: { ...text, default: '100' },
    views: { ...text, default: '5000' },
    bookings: { ...text, default: '10000' },
  },
})
if (values.url === undefined) throw new Error('--url sqlite:<path> or postgres://…')
const processes = Number(values.processes)
const { engine, seats, answers, took, seconds } = await rush(values.url, {
  processes,
  people: Number(values.people),
  places: Number(values.places),
  views: Number(values.views),
  bookings: Number(values.bookings),
})
const at = (list: number[], part: number) => list[Math.floor(list.length * part)]?.toFixed(0) ?? '−'
console.log(`${engine}, ${processes} process(es), ${cpus().length} cores: ${seconds.toFixed(1)} s in all`)
console.log(`seats taken: ${seats} of ${values.places}; answers: ${JSON.stringify(answers)}`)
for (const [what, list] of [
  ['a press of the button', took.booking],
  ['a view of the page', took.view],
] as const) {
  console.log(`${what}: p50 ${at(list, 0.5)} ms, p99 ${at(list, 0.99)} ms, last ${list.at(-1)?.toFixed(0)} ms`)
}
