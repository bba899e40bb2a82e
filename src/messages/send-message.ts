import { type SqlBool, sql } from 'kysely'
import { requireAccount } from '../base/actor.ts'
import { isAsShown, shownIn } from '../base/fingerprint.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { markTold, toldIn } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { expectSame, lockRow } from '../store/expectation.ts'
import { note, noteAll } from '../store/journal.ts'
import { queueEach } from '../store/outbox.ts'
import type { LetterFileRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { documentsOf } from './letter-file.ts'
import { MessageInput, messageMark, type Target } from './message.ts'
import { messageFields, type Receiver, receivers, receiversOf, requireTarget } from './receivers.ts'

/**
 * Queued. Refuses `invalid` with the fault of each field, and `nobody` without receivers. Refuses `used` if the key came
 * with another message, `changed` if the receivers differ from those that were shown.
 */
export type MessageSent =
  | Ok<{ message: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'nobody' | 'used' | 'changed'>

/** The writes that lock the documents of a message. They break `still_true` unless these are as they were read. */
function sameDocuments(ctx: Ctx, owner: string, documents: readonly LetterFileRow[]): Write[] {
  const found = ctx.store.db.selectFrom('letter_file').select(['letter_file.id', sql.lit(0).as('revision')])
  return [
    lockRow(ctx, 'account', requireAccount(ctx.actor)),
    expectSame(
      ctx,
      found.where('owner', '=', owner),
      documents.map(({ id }) => ({ id, revision: 0 })),
    ),
  ]
}

/** The writes that take those of `told` off the call list of a message that this commit queues. */
const knownWrites = (ctx: Ctx, message: string, told: readonly string[]): Write[] =>
  markTold(ctx, told, sql<SqlBool>`kind = 'message' and before = ${messageMark(message)}`)

/**
 * Sends a message to everybody of a target, once for each `key` of the account. All its letters are queued in one commit.
 * People without e-mail are on the call list, but for those in `told`. Each letter carries the documents of its key. People
 * who leave or refuse messages before their letter is sent get none.
 * For the desk of the prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function sendMessage(ctx: Ctx, target: Target, given: unknown): Promise<MessageSent> {
  await requireTarget(ctx, target)
  const parsed = MessageInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const input = parsed.data
  const { pending: _, files: key, ...words } = input
  let people: Receiver[] = []
  let documents = await documentsOf(ctx, key)
  const those = () => receivers(ctx, target, input)
  const target_id = target.kind === 'ledger' ? '' : target.id
  const made = await makeOnce(
    ctx,
    { act: 'message.sent', key: keyIn(given), input: { target, ...input, files: documents.map(({ hash }) => hash) } },
    (id) => {
      const stamp = `${newId(ctx.clock.now())}-`
      const prefectures = [...new Set(people.map(({ prefecture }) => prefecture))].toSorted().join(',')
      const calls = people.filter(({ email }) => email === null).length
      const files = documents[0]?.owner ?? null
      const row = { id, target: target.kind, target_id, prefectures, ...words, files, created_at: ctx.clock.now() }
      return [
        ...(files === null ? [] : sameDocuments(ctx, files, documents)),
        expectSame(ctx, those().select(['booking.id', 'booking.revision']), people),
        ctx.store.db.insertInto('message').values(row),
        queueEach(ctx, those(), { kind: 'message', dedupe_key: id, before: messageMark(id) }, stamp),
        ...knownWrites(ctx, id, toldIn(given)),
        noteAll(ctx, 'booking.messaged', those(), { message: id }, stamp),
        note(ctx, 'message.sent', id, {
          target: target.kind,
          of: target_id,
          letters: people.length - calls,
          calls,
          ...(files !== null && { files: documents.length }),
        }),
      ]
    },
    async () => {
      people = await receiversOf(ctx, target, input)
      documents = await documentsOf(ctx, key)
      if (people.length === 0) return refused('nobody')
      return (await isAsShown(shownIn(given), messageFields(input, people, documents))) ? null : refused('changed')
    },
  )
  return made.ok ? ok({ message: made.made }) : made
}
