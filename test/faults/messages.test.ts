import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { progressOf } from '../../src/messages/queries.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { booked, forSeminar, mito } from '../booking/fixtures.ts'
import { parsed, postOffice } from '../mail/post-office.ts'
import { program } from '../programs.ts'
import { NOW, type World } from '../world.ts'

const PEOPLE = 500

/** The letter at which the first sender is killed. */
const KILLED_AT = 170

/** How many letters a sender has under way at once. */
const AT_ONCE = 4

/** A seminar with five hundred people, whose confirmations have left. */
async function crowd(w: World): Promise<void> {
  await w.run(`update session set capacity = ${PEOPLE} where id = 'seminar'`)
  await booked(w, forSeminar())
  const [row = {}] = await w.rows("select * from booking where session = 'seminar'")
  const own = ['id', 'number', 'uid', 'token_hash', 'idempotency_hash']
  const values = Object.keys(row).map((column) => {
    if (own.includes(column)) return `${column} || '-' || cast(i as text)`
    if (column === 'email') return "'reader' || cast(i as text) || '@example.jp'"
    return column === 'person_key' ? "'mail:reader' || cast(i as text) || '@example.jp'" : column
  })
  await w.run(`insert into booking (${Object.keys(row).join(', ')})
    with recursive n (i) as (select 2 union all select i + 1 from n where i < ${PEOPLE})
    select ${values.join(', ')} from booking, n where session = 'seminar'`)
  await w.run(`update session set seats_taken = ${PEOPLE} where id = 'seminar'`)
  await w.run("update outbox set state = 'sent', sent_at = created_at")
}

test('a message to five hundred people by a process that is killed in the middle, and by another to the end: each once', async () => {
  const w = await mito({
    shared: true,
    env: { SMTP_URL: 'smtp://localhost', MAIL_FROM: '窓口 <noreply@madoguchi.example>' },
  })
  await crowd(w)
  const given = { subject_ja: '会場の変更はありません', body_ja: '{氏名} 様\n予定どおり開催します。' }
  const done = await sendMessage(w.system, { kind: 'session', id: 'seminar' }, given)
  if (!done.ok) throw new Error(`not sent: ${done.why}`)

  let kill: (() => void) | null = null
  const post = await postOffice({
    data: (nth) => {
      if (nth === KILLED_AT) kill?.()
      return null
    },
  })
  const started = (now: string) =>
    spawn(process.execPath, [program('sender'), w.address, post.url, now], { stdio: ['ignore', 'inherit', 'inherit'] })
  const first = started(NOW)
  kill = () => first.kill('SIGKILL')
  const [, signal] = (await once(first, 'exit')) as unknown[]
  expect(signal).toBe('SIGKILL')
  const half = (await progressOf(w.system, done.message)).letters
  expect(half.sent).toBeGreaterThan(PEOPLE / 4)
  expect(half.waiting).toBeGreaterThan(PEOPLE / 4)

  // The claims of the killed process have run out.
  const [code] = (await once(started(plusMinutes(NOW, 2)), 'exit')) as unknown[]
  expect(code).toBe(0)
  expect((await progressOf(w.system, done.message)).letters).toEqual({
    sent: PEOPLE,
    kept: 0,
    waiting: 0,
    failed: 0,
    withheld: 0,
  })
  const letters = await Promise.all(
    post.received.map(async (one) => ({ ...(await parsed(one)), reader: one.to.join() })),
  )
  const byReader = Map.groupBy(letters, ({ reader }) => reader)
  expect(byReader.size).toBe(PEOPLE)
  expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(PEOPLE)
  // What was handed over but not marked goes out again under the same id, by which mail programs know it.
  // So does what was handed over and waited to be marked together, fewer than leave at once.
  expect(letters.length - PEOPLE).toBeLessThan(2 * AT_ONCE)
  expect(new Set(letters.map(({ subject }) => subject))).toEqual(new Set([given.subject_ja]))
  await post.close()
  await w.close()
})
