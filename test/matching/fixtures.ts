import { ask } from '../../src/matching/ask.ts'
import { requestById } from '../../src/matching/queries.ts'
import { requestToken } from '../../src/matching/request.ts'
import { freshKey, type World } from '../world.ts'

let firms = 0

/** An application for an expert. Each call is another firm. */
export function asking(changes: Record<string, unknown> = {}): Record<string, unknown> {
  firms++
  return {
    organisation: 'company',
    company: `株式会社すみれ${firms}`,
    corporate_number: null,
    prefecture: '08',
    municipality: '水戸市',
    address: '',
    employees: '１２',
    industry: 'E',
    name: '髙橋 花子',
    name_kana: 'たかはし はなこ',
    email: `hanako${firms}@example.jp`,
    phone: `029-224-${String(1000 + firms)}`,
    stage: 'preparing',
    topics: ['security', 'ict'],
    formats: ['online', 'phone'],
    wished: [{ date: '2026-12-03', half: 'morning' }],
    wishes_former: false,
    message: 'ひみつの相談',
    locale: 'ja',
    consent: true,
    ...changes,
  }
}

/** Applies on the web. Throws if it is refused. Returns the request and the token of its link. */
export async function asked(w: World, given = asking()): Promise<{ id: string; token: string }> {
  const done = await ask(w.ctx, given, { channel: 'web', key: freshKey() })
  if (!done.ok) throw new Error(`not asked: ${JSON.stringify(done)}`)
  const row = await requestById(w.ctx, done.request)
  return { id: done.request, token: (row && (await requestToken(w.ctx, row))) ?? '' }
}
