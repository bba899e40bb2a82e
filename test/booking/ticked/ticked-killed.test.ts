import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { plusMinutes } from '../../../src/base/clock.ts'
import { runTicked } from '../../../src/booking/ticked/run-ticked.ts'
import { findings } from '../../../src/node/findings.ts'
import { program } from '../../programs.ts'
import { NOW } from '../../world.ts'
import { unlawful } from '../fixtures.ts'
import { asked, twoSeminars } from './fixtures.ts'

test('forty moves by a process that is killed in the middle go on in another one, each once with one letter', async () => {
  const { w, ids } = await twoSeminars(40, { shared: true })
  await asked(w, 'move', ids)
  const child = spawn(process.execPath, [program('runner'), w.address], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  let commits = 0
  for await (const _ of createInterface({ input: child.stdout })) {
    commits++
    if (commits === 15) child.kill('SIGKILL')
  }
  const [, signal] = (await gone) as unknown[]
  expect(signal).toBe('SIGKILL')
  const moved = () => w.column<string>("select id from booking where session = 'there'")
  const half = (await moved()).length
  expect(half).toBeGreaterThan(5)
  expect(half).toBeLessThan(40)
  // One that was done already is moved back by hand: nobody moves it again.
  const [first = ''] = ids
  await w.run("update booking set session = 'here', revision = revision + 1 where id = ?", first)
  for (const id of ['here', 'there']) {
    await w.run(
      'update session set seats_taken = (select count(*) from booking where session = session.id) where id = ?',
      id,
    )
  }

  // Until its claim is over, nobody else goes on.
  await runTicked(w.system)
  expect(await moved()).toHaveLength(half - 1)
  w.at(plusMinutes(NOW, 2))
  await runTicked(w.system)
  expect((await moved()).toSorted()).toEqual(ids.slice(1).toSorted())
  const letters = await w.column<string>("select subject from outbox where kind = 'moved'")
  expect(letters.toSorted()).toEqual(ids.toSorted())
  expect(await w.column('select distinct state from ticked_booking')).toEqual(['done'])
  expect(await w.column('select state from ticked')).toEqual(['finished'])
  await w.run("update session set seats_taken = 39 where id = 'there'")
  await w.run("update session set seats_taken = 1 where id = 'here'")
  expect(await unlawful(w)).toEqual([])
  expect(await findings(w.system)).toEqual([])
  await w.close()
}, 120_000)
