import { expect, test } from 'vitest'
import { expectSound, furnished, house, onRows } from './house.ts'
import { visitors } from './visitors.ts'

test('an answer without its row, a row without its answer, and a letter too few or too many are found', async () => {
  const home = await house(await furnished())
  const load = await visitors(home.ask)
  await load.more(5)
  await load.stop()
  expect(await home.end('SIGTERM')).toBe(0)
  const [one = '', ...others] = load.answered
  const letter = "from outbox where subject = ? and kind in ('booked', 'requested', 'waiting', 'entered')"

  await onRows(home.address, async (w) => {
    const saying = (what: string, answered: string[], again: string[] = []) =>
      expect(expectSound('meddled', w, { ...load, answered, strange: again }), what).rejects.toThrow(/FAULT_SEED/)
    await expectSound('as they were answered', w, load)
    await saying('a lost row', [...load.answered, 'bk_lost'])
    await saying('a second answer', [...load.answered, one])
    await saying('a row of nobody', others)
    await saying('an answer that no fault excuses', load.answered, ['500 internal'])
    await w.run(`update outbox set kind = 'reminder' where id in (select id ${letter})`, one)
    await saying('a letter that was never written', load.answered)
    await w.run("update outbox set kind = 'booked' where subject = ?", one)
    await expectSound('as they were answered', w, load)
    const moved = "update outbox set subject = ?, kind = 'waiting' where subject = ? and kind = 'booked'"
    await w.run(moved, one, others[0] ?? '')
    await saying('a letter too many', load.answered)
  })
})
