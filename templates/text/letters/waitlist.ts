import { spoken } from '../spoken.ts'

/** Letters about the waiting list. */
export const waitlist = spoken({
  ja: {
    waiting: {
      mark: '【キャンセル待ち】',
      heading: 'キャンセル待ちを承りました',
      opening: [
        'お申し込みありがとうございます。次の回は満席のため、キャンセル待ちとして承りました。まだ予約は決まっていません。',
      ],
    },
    offered: {
      mark: '【空きのご案内】',
      heading: '席が空きました',
      opening: [
        'キャンセル待ちをいただいていた次の回に、席が空きました。席は下の期限までお取りしています。まだ予約は決まっていません。',
        '期限までに、リンクのページで「予約する」または「辞退する」を選んでください。窓口へのお電話でも承ります。期限を過ぎると、この席は取り消しになります。',
      ],
    },
    promoted: {
      mark: '【予約確定】',
      heading: '席が空き、ご予約が決まりました',
      opening: [
        'キャンセル待ちをいただいていた次の回に席が空き、ご予約が決まりました。',
        'ご都合が悪くなったときは、お早めにキャンセルの手続きをお願いします。',
      ],
    },
    lapsed: {
      mark: '【空きのご案内】期限切れ ',
      heading: '空きのご案内の期限が過ぎました',
      opening: [
        'お返事がないまま期限が過ぎたため、お取りしていた席を取り消しました。このキャンセル待ちは終了しました。',
        'ほかの日程でのお申し込みをお待ちしています。',
      ],
    },
    session_over: {
      mark: '【終了のお知らせ】',
      heading: '席をご案内できませんでした',
      opening: [
        '次の回は終了しました。お待ちいただきましたが、席をご案内できませんでした。申し訳ございません。',
        'このお申し込みは終了しました。ほかの日程でのお申し込みをお待ちしています。',
      ],
    },
    left: {
      mark: '【キャンセル】キャンセル待ち ',
      heading: 'キャンセル待ちを取り消しました',
      opening: [
        '次の回のキャンセル待ちを取り消しました。',
        '取り消した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
      ],
    },
  },
  en: {
    waiting: {
      mark: '[Waiting list]',
      heading: 'You are on the waiting list',
      opening: ['Thank you. This session is full, so you are on its waiting list. You have no booking yet.'],
    },
    offered: {
      mark: '[A place for you]',
      heading: 'A place has become free',
      opening: [
        'A place has become free in a session you are waiting for. We hold it for you until the time below. You have no booking yet.',
        'Please take it or decline it on the page of the link, or call the desk. After that time it is no longer held.',
      ],
    },
    promoted: {
      mark: '[Booking confirmed]',
      heading: 'A place became free: you are booked',
      opening: [
        'A place became free in a session you were waiting for, and you are booked.',
        'If you cannot come any more, please cancel soon.',
      ],
    },
    lapsed: {
      mark: '[Offer expired]',
      heading: 'The offer has expired',
      opening: [
        'The time to answer is over, and the place is no longer held for you. You are no longer on the waiting list.',
        'You are welcome to book another date.',
      ],
    },
    session_over: {
      mark: '[Session over]',
      heading: 'No place became free',
      opening: [
        'The session below is over. You waited for a place, and none became free for you. We are sorry.',
        'Your application has ended. You are welcome to book another date.',
      ],
    },
    left: {
      mark: '[Left the waiting list]',
      heading: 'You have left the waiting list',
      opening: [
        'You are no longer on the waiting list of this session.',
        'If you did not ask for this, please call the desk named below.',
      ],
    },
  },
})

/** To people for whom a place was held, and who never heard of it. */
export const unheard = spoken({
  ja: {
    offered: {
      mark: '【お申し込みの終了】',
      heading: '席が空きましたが、期限までにご連絡できませんでした',
      opening: [
        '次の回に席が空き、お取りしていましたが、お返事の期限までにご連絡できませんでした。申し訳ございません。',
        'このお申し込みは終了しました。ほかの日程でのお申し込みをお待ちしています。',
      ],
    },
    won: {
      mark: '【お申し込みの終了】',
      heading: '当選されましたが、期限までにご連絡できませんでした',
      opening: [
        '抽選の結果、次の回に当選され、席をお取りしていましたが、お返事の期限までにご連絡できませんでした。申し訳ございません。',
        'このお申し込みは終了しました。ほかの日程でのお申し込みをお待ちしています。',
      ],
    },
  },
  en: {
    offered: {
      mark: '[Application ended]',
      heading: 'A place became free, but we did not reach you in time',
      opening: [
        'A place became free in the session below, and we held it for you. We did not reach you before the time to answer was over. We are sorry.',
        'Your application has ended. You are welcome to book another date.',
      ],
    },
    won: {
      mark: '[Application ended]',
      heading: 'You were drawn, but we did not reach you in time',
      opening: [
        'You were drawn for the session below, and we held a place for you. We did not reach you before the time to answer was over. We are sorry.',
        'Your application has ended. You are welcome to book another date.',
      ],
    },
  },
})
