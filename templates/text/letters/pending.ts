import { spoken } from '../spoken.ts'

/** What an unconfirmed booking waits for: its turn, a draw, or an answer of the desk or its holder. */
export const PENDING = ['waiting', 'entered', 'reserve', 'offered', 'won', 'requested'] as const
export type PendingState = (typeof PENDING)[number]

/** What each means, for letters about a change of the whole session. */
export const pending = spoken({
  ja: {
    ...({
      waiting:
        'お申し込みは、キャンセル待ちのままお預かりしています。まだ予約は決まっていません。席が空いたときは、順にご案内します。',
      entered: 'お申し込みは、抽選のお申し込みとしてお預かりしています。まだ参加は決まっていません。',
      reserve:
        'お申し込みは、補欠のままお預かりしています。まだ参加は決まっていません。席が空いたときは、補欠の順にご案内します。',
      offered: '席をお取りして、お返事をお待ちしています。まだ予約は決まっていません。下の期限までにお返事ください。',
      won: '当選された方として、席をお取りしています。まだ予約は決まっていません。下の期限までに「予約する」を選んでください。',
      requested: 'お申し込みは、窓口で確認しています。まだ予約は決まっていません。結果は、下の期限までにご連絡します。',
    } satisfies Record<PendingState, string>),
    ways: 'ご都合が悪いときは、リンクのページかお電話で、お申し込みを取り消せます。',
  },
  en: {
    waiting:
      'You are still on the waiting list. You have no booking yet. When a place comes free, we tell those who wait in their order.',
    entered: 'Your application is still in the draw. You have no place yet.',
    reserve:
      'You are still a reserve. You have no place yet. When a place comes free, we tell the reserves in their order.',
    offered: 'A place is held for you. You have no booking yet: please answer by the time below.',
    won: 'You have been drawn, and your place is held. You have no booking yet: please take it by the time below.',
    requested:
      'The desk is still looking at your application. You have no booking yet. You will hear from us by the time below.',
    ways: 'If it does not suit you, you can withdraw on the page of the link, or by phone.',
  },
})
