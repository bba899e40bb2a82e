import type { FreedBy } from '../../../src/base/seating.ts'
import { spoken } from '../spoken.ts'

/** What an unconfirmed booking waits for: its turn, a draw, or an answer of the desk or its holder. */
export const PENDING = ['waiting', 'entered', 'reserve', 'offered', 'won', 'requested'] as const
export type PendingState = (typeof PENDING)[number]

/** What each means, for letters about a change of the whole session. */
export const pending = spoken({
  ja: {
    ...({
      waiting: 'お申し込みは、キャンセル待ちとしてお預かりしています。まだ予約は決まっていません。',
      entered: 'お申し込みは、抽選のお申し込みとしてお預かりしています。まだ参加は決まっていません。',
      reserve: 'お申し込みは、補欠としてお預かりしています。まだ参加は決まっていません。',
      offered: '席をお取りして、お返事をお待ちしています。まだ予約は決まっていません。下の期限までにお返事ください。',
      won: '当選された方として、席をお取りしています。まだ予約は決まっていません。下の期限までに「予約する」を選んでください。',
      requested: 'お申し込みは、窓口で確認しています。まだ予約は決まっていません。結果は、下の期限までにご連絡します。',
    } satisfies Record<PendingState, string>),
    /** How a place that becomes free reaches somebody who waits. */
    freed: {
      offer: '席が空いたときは、順番にご案内します。期限までにお返事をいただくと、予約が決まります。',
      booked: '席が空いたときは、お申し込みの順に自動で予約が決まり、お知らせします。',
      request: '席が空いたときは、順番に窓口で内容を確認し、結果をお知らせします。',
      call: '受付は締め切りました。席が空いたときは、窓口からお電話でご案内します。',
      none: '席のご案内は終了しました。',
    } satisfies Record<FreedBy, string>,
    ways: 'ご都合が悪いときは、リンクのページかお電話で、お申し込みを取り消せます。',
    /** After the deadline for cancelling. */
    late: 'ご都合が悪いときは、窓口にお電話ください。',
    lateBooked: 'このままでよろしければ、お手続きは必要ありません。ご都合が悪いときは、窓口にお電話ください。',
  },
  en: {
    waiting: 'You are on the waiting list. You have no booking yet.',
    entered: 'Your application is in the draw. You have no place yet.',
    reserve: 'You are a reserve. You have no place yet.',
    offered: 'A place is held for you. You have no booking yet: please answer by the time below.',
    won: 'You have been drawn, and your place is held. You have no booking yet: please take it by the time below.',
    requested:
      'The desk is looking at your application. You have no booking yet. You will hear from us by the time below.',
    freed: {
      offer:
        'When a place becomes free, we tell the people who wait in their order. You are booked once you answer in time.',
      booked: 'When a place becomes free, the next person is booked at once and told so.',
      request: 'When a place becomes free, the desk looks at the applications in their order and tells you the result.',
      call: 'Applications are closed. If a place becomes free, the desk phones you.',
      none: 'No more places are given.',
    },
    ways: 'If it does not suit you, you can withdraw on the page of the link, or by phone.',
    late: 'If it does not suit you, please phone the desk.',
    lateBooked: 'If it suits you there is nothing to do. If not, please phone the desk.',
  },
})
