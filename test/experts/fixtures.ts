import { addExpert } from '../../src/experts/add-expert.ts'
import { orThrow } from '../../src/store/store.ts'
import { NOW, type World } from '../world.ts'

/** The fields of an expert in Mito. */
export const fields = (given: Record<string, unknown> = {}) => ({
  name: '専門 一郎',
  name_kana: 'せんもん いちろう',
  profile_ja: '就業規則と情報セキュリティ',
  home: '08',
  places: ['09', '08'],
  formats: ['visit', 'online'],
  topics: ['security', 'general'],
  industries: ['D', 'E'],
  stages: ['preparing'],
  languages: ['ja'],
  starts_on: '2026-04-01',
  ...given,
})

/** An account with the role of an expert, with this id. */
export async function account(w: World, id: string, role = 'expert'): Promise<void> {
  await w.run(
    `insert into account (id, email, name, role, prefectures, state, revision, created_at, updated_at)
      values (?, ?, '専門 一郎', ?, '', 'active', 0, ?, ?)`,
    id,
    `${id}@example.jp`,
    role,
    NOW,
    NOW,
  )
}

/** An expert whose account has this id. */
export async function expert(w: World, id = 'expert', given: Record<string, unknown> = {}): Promise<string> {
  await account(w, id)
  const done = await addExpert(w.system, id, fields(given))
  if (!done.ok) throw new Error(`no expert: ${JSON.stringify(done)}`)
  return id
}

/** A request of a firm of its own, in a state. */
export async function request(w: World, id: string, given: { firm?: string; state?: 'matching' | 'finished' } = {}) {
  const { firm = `firm of ${id}`, state = 'matching' } = given
  const { db } = w.ctx.store
  const [programme = ''] = await w.column<string>('select id from programme order by starts_on limit 1')
  orThrow(
    await w.ctx.store.commit(
      db
        .insertInto('firm')
        .values({ id: firm, first_seen: NOW })
        .onConflict((oc) => oc.doNothing()),
    ),
  )
  return w.ctx.store.commit(
    db.insertInto('request').values({
      id,
      number: id,
      programme,
      firm,
      organisation: 'company',
      company: '水戸建設株式会社',
      corporate_number: null,
      prefecture: '08',
      municipality: '水戸市',
      address: '',
      employees: 12,
      industry: 'D',
      name: '水戸 花子',
      name_kana: 'ミト ハナコ',
      email: 'hanako@example.jp',
      phone: '029-224-0001',
      phone_digits: '0292240001',
      locale: 'ja',
      stage: 'preparing',
      topics: 'security',
      formats: 'visit,online',
      wished: '[]',
      wishes_former: 0,
      wishes_second: 0,
      message: '',
      channel: 'web',
      from_desk: null,
      from_booking: null,
      state,
      hold: null,
      round: 1,
      outcome: null,
      consented_at: NOW,
      token_hash: `token of ${id}`,
      token_version: 0,
      secret_id: 'secret',
      idempotency_hash: null,
      input_hash: null,
      applied_at: NOW,
      matched_at: null,
      first_at: null,
      finished_at: null,
      sequence: 0,
      revision: 0,
      created_at: NOW,
      updated_at: NOW,
    }),
  )
}

/** The write of an offer. `role` is free text to the database, so that a control can step around what is unique. */
export const offerWrite = (w: World, to: { request: string; expert: string; id: string; role?: string }) =>
  w.ctx.store.db.insertInto('match').values({
    id: to.id,
    request: to.request,
    expert: to.expert,
    role: (to.role ?? 'lead') as 'lead',
    round: 1,
    state: 'offered',
    score: 71,
    parts: '{}',
    offered_at: NOW,
    expires_at: NOW,
    answered_at: null,
    why: null,
    chosen_by: 'auto',
    token_hash: `token of ${to.id}`,
    secret_id: 'secret',
    revision: 0,
  })
