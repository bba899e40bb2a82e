import { sql } from 'kysely'
import { newId } from '../../base/id.ts'
import type { AccountLetterKind } from '../../base/letters.ts'
import type { Locale } from '../../base/locale.ts'
import type { Ctx } from '../../context.ts'
import { queue } from '../../store/outbox.ts'
import type { Write } from '../../store/store.ts'
import { text } from '../../store/text.ts'

/** What a letter about an account tells. Its row of the outbox keeps it until it goes with `forgetSignIns`. */
export type AccountNews = {
  /** The browser in which it was done, as it names itself. */
  agent?: string
  factor?: 'totp' | 'passkey' | 'all'
  /** The secretariat did it. Else the owner, or somebody in the owner's place. */
  by?: 'secretariat'
  /** The recovery codes that are left. */
  left?: number
  /** The former address of the account. The letter goes there. */
  email?: string
  /** The addresses before and after a change. */
  emails?: { former: string; present: string }
  /** The host of a webhook that was stopped, and why. */
  webhook?: { host: string; why: 'gone' | 'failed' }
}

/** The browser of a pass as it names itself, for a letter. */
export async function agentOf({ store }: Pick<Ctx, 'store'>, pass: string): Promise<Pick<AccountNews, 'agent'>> {
  const row = await store.db.selectFrom('pass').select('agent').where('id', '=', pass).executeTakeFirst()
  return row ? { agent: row.agent } : {}
}

/** The write that queues a letter to the owner of an account about what happened to it. It is in the owner's language. */
export function tellAccount(ctx: Ctx, kind: AccountLetterKind, account: string, news: AccountNews): Write {
  const dedupe_key = newId(ctx.clock.now())
  return queue(ctx, {
    kind,
    subject: account,
    sequence: 0,
    locale: sql<Locale>`coalesce((select locale from account where id = ${account}), ${text(ctx.locale)})`,
    dedupe_key,
    before: JSON.stringify(news),
  })
}
