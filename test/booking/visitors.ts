import { once } from 'node:events'
import { book } from '../../src/booking/book.ts'
import { application, MITO, world } from '../world.ts'

/*
 * One of several processes on the same rows. `visitors.ts <address> <name> <count>` opens it, says `ready`, and on a word
 * from its parent lets so many people ask at once for a place in Mito; then it tells what each was answered.
 */
const [on = '', name = '', count = '0'] = process.argv.slice(2)
const SLOTS = ['1000', '1100', '1300', '1400', '1500']

const w = await world({ on })

function visit(i: number) {
  const given = application({ email: `${name}-${i}@example.jp`, slot: `${MITO}-${SLOTS[i % 5]}` })
  return book(w.ctx, given, { channel: 'api', key: `key-of-visitor-${name}-${i}` })
}

process.stdout.write('ready\n')
await once(process.stdin, 'data')
const answers = await Promise.all(Array.from({ length: Number(count) }, (_, i) => visit(i)))
await w.close()
process.stdout.write(`${JSON.stringify(answers.map((one) => (one.ok ? 'booked' : one.why)))}\n`)
process.stdin.destroy()
