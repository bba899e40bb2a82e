import { foldName } from '../base/japan/fold.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { hmac, secretId } from '../base/token.ts'
import { OPEN_REQUEST } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { expectNone, expectSome } from '../store/expectation.ts'
import type { FirmKeyRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'

/** What of an application says which firm it is. */
type Known = { corporate_number: string | null; company: string; phone: string }

/** A legal form says no more of a firm than its name does: some leave it out. */
const nameKey = (company: string) => foldName(company).replaceAll(/⟨.*?⟩/g, '')

/**
 * The keys by which a firm is known, the strongest first: its number, and its telephone with its name. Several firms of one
 * house share a telephone.
 */
export function firmKeys({ corporate_number, company, phone }: Known): string[] {
  const shared = `tel:${phoneDigits(phone) ?? ''}:${nameKey(company)}`
  return [...(corporate_number === null ? [] : [`corp:${corporate_number}`]), shared]
}

/** A key as it is kept, under each secret in service. The first is the one under which new keys are kept. */
async function hashesOf(ctx: Pick<Ctx, 'config'>, key: string): Promise<Pick<FirmKeyRow, 'key_hash' | 'secret_id'>[]> {
  return Promise.all(
    ctx.config.secrets.map(async (secret) => ({
      key_hash: await hmac(secret, `firm ${key}`),
      secret_id: await secretId(secret),
    })),
  )
}

/**
 * The firm of an application as its keys find it. `firm` is null if it is new. `others`: firms that another of its keys
 * names. `missing`: the keys to be kept for it.
 */
export type FoundFirm = {
  firm: string | null
  others: readonly string[]
  missing: readonly Pick<FirmKeyRow, 'key_hash' | 'secret_id'>[]
}

/** Looks a firm up by any of its keys. The strongest key that is known decides. */
export async function findFirm(ctx: Pick<Ctx, 'config' | 'store'>, known: Known): Promise<FoundFirm> {
  const hashes = await Promise.all(firmKeys(known).map((key) => hashesOf(ctx, key)))
  const rows = await ctx.store.db
    .selectFrom('firm_key')
    .select(['key_hash', 'firm'])
    .where(
      'key_hash',
      'in',
      hashes.flat().map(({ key_hash }) => key_hash),
    )
    .execute()
  const firms = new Map(rows.map((row) => [row.key_hash, row.firm]))
  const owners = hashes.map((own) => own.map(({ key_hash }) => firms.get(key_hash)).find((one) => one !== undefined))
  const firm = owners.find((one) => one !== undefined) ?? null
  // A key that names another firm stays its own: a person decides whether the two are one.
  const missing = hashes.flatMap(([now], i) => {
    const owner = owners[i] ?? firm
    return now !== undefined && owner === firm && !firms.has(now.key_hash) ? [now] : []
  })
  const others = [...new Set(owners)].filter((one) => one !== undefined && one !== firm)
  return { firm, others: others.filter((one) => one !== undefined), missing }
}

/**
 * The writes that begin the request of a firm: they make it, lock it, and keep its keys. They break `still_true` if a key
 * went to another firm meanwhile, or if one of `others` has an open request. Its own is kept by `firm_has_one_request`.
 */
export function firmWrites(ctx: Pick<Ctx, 'store' | 'clock'>, id: string, { others, missing }: FoundFirm): Write[] {
  const { db } = ctx.store
  const lock = (firm: string): Write =>
    db
      .updateTable('firm')
      .set((eb) => ({ first_seen: eb.ref('first_seen') }))
      .where('id', '=', firm)
  const keys = missing.toSorted((a, b) => (a.key_hash < b.key_hash ? -1 : 1))
  const open = db.selectFrom('request').select('id').where('state', 'in', OPEN_REQUEST)
  return [
    db
      .insertInto('firm')
      .values({ id, first_seen: ctx.clock.now() })
      .onConflict((oc) => oc.doNothing()),
    ...[id, ...others].toSorted().map(lock),
    ...keys.flatMap((key) => [
      db
        .insertInto('firm_key')
        .values({ ...key, firm: id })
        .onConflict((oc) => oc.doNothing()),
      expectSome(
        ctx,
        db.selectFrom('firm_key').select('firm').where('key_hash', '=', key.key_hash).where('firm', '=', id),
      ),
    ]),
    ...(others.length === 0 ? [] : [expectNone(ctx, open.where('firm', 'in', others))]),
  ]
}
