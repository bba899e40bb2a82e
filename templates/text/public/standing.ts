import type { Standing } from '../../../src/base/standing.ts'
import type { ListedStatus } from '../../../src/base/vocabulary.ts'
import { spoken, type What } from '../spoken.ts'

/** The standings in which nothing is left to come. */
type Over = Extract<
  Standing,
  | ('cancelled' | 'cancelled_by_desk' | 'called_off' | 'turned_down' | 'unanswered')
  | ('offer_over' | 'confirm_over' | 'session_over' | 'reserve_over' | 'never_held' | 'undrawn')
  | ('declined' | 'declined_by_desk' | 'unheard')
>

/** The words of each standing of a booking: for pages, letters, ledger and exports alike. */
export const standing = spoken({
  ja: {
    standings: {
      booked: '予約済み',
      requested: '窓口の回答待ち',
      waiting: 'キャンセル待ち',
      entered: '抽選待ち',
      reserve: '補欠',
      offered: '空きのご案内中',
      won: '当選（お返事待ち）',
      attended: '参加',
      absent: '欠席',
      cancelled: 'キャンセル済み',
      cancelled_by_desk: '窓口でキャンセル',
      called_off: '開催中止による取り消し',
      offer_over: 'ご案内の期限切れ',
      confirm_over: '当選後の期限切れ',
      turned_down: 'お断り',
      unanswered: '窓口の回答期限切れ',
      session_over: 'ご案内できずに終了',
      reserve_over: '補欠のまま終了',
      never_held: '延期のまま終了',
      undrawn: '抽選結果の連絡なしで終了',
      declined: '辞退',
      declined_by_desk: '窓口で辞退',
      unheard: 'ご連絡できずに終了',
    } satisfies Record<Standing, string>,
    /** Filters and figures count by status: what each has in common. */
    statuses: {
      booked: '予約済み',
      requested: '窓口の回答待ち',
      waiting: 'キャンセル待ち・抽選待ち・補欠',
      offered: 'ご本人の回答待ち',
      cancelled: 'キャンセル・開催中止',
      declined: '辞退',
      lapsed: '予約にならず終了',
      attended: '参加',
      absent: '欠席',
    } satisfies Record<ListedStatus, string>,
    /** To its holder, once it is over. */
    over: {
      cancelled: { what: 'キャンセル済みです。', next: 'またのご利用をお待ちしています。' },
      cancelled_by_desk: {
        what: '窓口でキャンセルの手続きをしました。',
        next: 'お心当たりがないときは、お手数ですが窓口にお電話ください。',
      },
      called_off: {
        what: 'この回は中止になりました。お申し込みは取り消しました。',
        next: 'お手続きは必要ありません。当日の開催はありませんので、お間違えのないようお願いします。',
      },
      turned_down: {
        what: '窓口で確認しましたが、今回はご希望に添えませんでした。申し訳ございません。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
      unanswered: {
        what: '期限までに窓口からお返事できず、このお申し込みは終了しました。申し訳ございません。',
        next: 'お手数ですが、窓口にお電話いただくか、ほかの日程をお申し込みください。',
      },
      offer_over: {
        what: '空きのご案内の期限が過ぎたため、このお申し込みは終了しました。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
      confirm_over: {
        what: '当選後のお返事の期限が過ぎたため、このお申し込みは終了しました。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
      session_over: {
        what: '席をご案内できないまま、この回は終了しました。申し訳ございません。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
      undrawn: {
        what: '抽選の結果をご連絡できないまま、この回は終了しました。申し訳ございません。',
        next: 'お手数ですが、窓口にお電話いただくか、ほかの日程をお申し込みください。',
      },
      declined: {
        what: 'ご案内した席を辞退されました。',
        next: 'またのご利用をお待ちしています。',
      },
      declined_by_desk: {
        what: '窓口で、ご案内した席の辞退を承りました。',
        next: 'お心当たりがないときは、お手数ですが窓口にお電話ください。',
      },
      /** To people for whom a place was held, if nobody reached them in time. */
      unheard: {
        what: '席をお取りしていましたが、お返事の期限までにご連絡できず、このお申し込みは終了しました。申し訳ございません。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
      reserve_over: {
        what: '補欠の順番が回らないまま、この回は終了しました。申し訳ございません。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
      never_held: {
        what: '延期していたこの回は、日程が決まらないまま年度が終わったため、開催しないことになりました。申し訳ございません。',
        next: 'ほかの日程のお申し込みをお待ちしています。',
      },
    } satisfies Record<Over, What>,
  },
  en: {
    standings: {
      booked: 'Booked',
      requested: 'Waiting for the desk’s answer',
      waiting: 'On the waiting list',
      entered: 'In the draw',
      reserve: 'Reserve',
      offered: 'A place is offered',
      won: 'Drawn, not confirmed yet',
      attended: 'Attended',
      absent: 'Absent',
      cancelled: 'Cancelled',
      cancelled_by_desk: 'Cancelled by the desk',
      called_off: 'Session called off',
      offer_over: 'Offer expired',
      confirm_over: 'Drawn, not confirmed in time',
      turned_down: 'Not accepted',
      unanswered: 'Not answered in time',
      session_over: 'Ended without a place',
      reserve_over: 'Reserve, ended without a place',
      never_held: 'Postponed, never held',
      undrawn: 'Lottery without a result',
      declined: 'Declined by the applicant',
      declined_by_desk: 'Declined through the desk',
      unheard: 'Ended, not reached in time',
    },
    statuses: {
      booked: 'Booked',
      requested: 'Waiting for the desk’s answer',
      waiting: 'Waiting list, draw, reserve',
      offered: 'Waiting for the applicant’s answer',
      cancelled: 'Cancelled or called off',
      declined: 'Offer declined',
      lapsed: 'Ended without a booking',
      attended: 'Attended',
      absent: 'Absent',
    },
    over: {
      cancelled: { what: 'This has been cancelled.', next: 'You are welcome to book again.' },
      cancelled_by_desk: {
        what: 'The desk has cancelled this for you.',
        next: 'If you did not ask for it, please phone the desk.',
      },
      called_off: {
        what: 'This session will not take place, and your application has been cancelled.',
        next: 'You do not need to do anything. Please do not come on that day.',
      },
      turned_down: {
        what: 'The desk has looked at your application, and cannot offer you a place this time. We are sorry.',
        next: 'You are welcome to book another date.',
      },
      unanswered: {
        what: 'The desk could not answer your application in time, so it has ended. We are sorry.',
        next: 'Please phone the desk, or apply for another date.',
      },
      offer_over: {
        what: 'The time for the offer passed, so your application has ended.',
        next: 'You are welcome to book another date.',
      },
      confirm_over: {
        what: 'You were drawn, but the time to confirm has passed, so your application has ended.',
        next: 'You are welcome to book another date.',
      },
      session_over: {
        what: 'This session is over, and no place became free for you. We are sorry.',
        next: 'You are welcome to book another date.',
      },
      undrawn: {
        what: 'This session is over, and we never told you the result of its draw. We are sorry.',
        next: 'Please phone the desk, or apply for another date.',
      },
      declined: {
        what: 'You declined the place that was offered to you.',
        next: 'You are welcome to book another date.',
      },
      declined_by_desk: {
        what: 'The desk recorded that you declined the place that was offered to you.',
        next: 'If you did not ask for it, please phone the desk.',
      },
      unheard: {
        what: 'We held a place for you, but did not reach you before the time to answer was over. We are sorry. Your application has ended.',
        next: 'You are welcome to book another date.',
      },
      reserve_over: {
        what: 'This session is over, and no place became free for you as a reserve. We are sorry.',
        next: 'You are welcome to book another date.',
      },
      never_held: {
        what: 'This session was postponed. The fiscal year ended without a new date, so it will not be held. We are sorry.',
        next: 'You are welcome to book another date.',
      },
    },
  },
})
