import { spoken } from '../spoken.ts'

/** What a booking that is not confirmed asks for: a place in the queue or in a draw, an answer of the desk, or one of its holder. */
export type PendingState = 'waiting' | 'entered' | 'reserve' | 'offered' | 'won' | 'requested'

type Words = { state: string; text: string }

/** Its state, and what that means, for letters about a change of the whole session. */
export const pending = spoken({
  ja: {
    ...({
      waiting: {
        state: 'キャンセル待ち',
        text: 'お申し込みは、キャンセル待ちのままお預かりしています。まだ予約は決まっていません。席が空いたときは、順にご案内します。',
      },
      entered: {
        state: '抽選待ち',
        text: 'お申し込みは、抽選のお申し込みとしてお預かりしています。まだ参加は決まっていません。',
      },
      reserve: {
        state: '補欠',
        text: 'お申し込みは、補欠のままお預かりしています。まだ参加は決まっていません。席が空いたときは、補欠の順にご案内します。',
      },
      offered: {
        state: 'お返事待ち（席をお取りしています）',
        text: '席をお取りして、お返事をお待ちしています。まだ予約は決まっていません。下の期限までにお返事ください。',
      },
      won: {
        state: '当選（ご確認待ち）',
        text: '当選された方として、席をお取りしています。まだ予約は決まっていません。下の期限までに「予約する」を選んでください。',
      },
      requested: {
        state: '窓口で確認中',
        text: 'お申し込みは、窓口で確認しています。まだ予約は決まっていません。結果は、下の期限までにご連絡します。',
      },
    } satisfies Record<PendingState, Words>),
    ways: 'ご都合が悪いときは、リンクのページかお電話で、お申し込みを取り消せます。',
  },
  en: {
    waiting: {
      state: 'On the waiting list',
      text: 'You are still on the waiting list. You have no booking yet. When a place comes free, we tell those who wait in their order.',
    },
    entered: {
      state: 'In the draw',
      text: 'Your application is still in the draw. You have no place yet.',
    },
    reserve: {
      state: 'Reserve',
      text: 'You are still a reserve. You have no place yet. When a place comes free, we tell the reserves in their order.',
    },
    offered: {
      state: 'A place is held for you, please answer',
      text: 'A place is held for you. You have no booking yet: please answer by the time below.',
    },
    won: {
      state: 'Drawn, please confirm',
      text: 'You have been drawn, and your place is held. You have no booking yet: please take it by the time below.',
    },
    requested: {
      state: 'The desk is looking at it',
      text: 'The desk is still looking at your application. You have no booking yet. You will hear from us by the time below.',
    },
    ways: 'If it does not suit you, you can withdraw on the page of the link, or by phone.',
  },
})
