import { spoken } from '../spoken.ts'

/** Letters about a lottery. */
export const lottery = spoken({
  ja: {
    entered: {
      mark: '【受付完了】抽選 ',
      heading: '抽選のお申し込みを受け付けました',
      opening: [
        'お申し込みありがとうございます。次の回は抽選です。まだ参加は決まっていません。',
        '申込期限のあとに抽選を行い、お申し込みの方全員に結果をご連絡します。',
      ],
    },
    won: {
      mark: '【抽選結果】当選 ',
      heading: '抽選の結果、当選されました',
      opening: [
        '抽選の結果、次の回に当選されました。席は下の期限までお取りしています。',
        '期限までに、リンクのページで「予約する」を選んでください。窓口へのお電話でも承ります。期限を過ぎると、当選は取り消しになります。',
      ],
    },
    reserve: {
      mark: '【抽選結果】補欠 ',
      heading: '抽選の結果、補欠となりました',
      opening: ['抽選の結果、次の回の補欠となりました。まだ参加は決まっていません。'],
    },
  },
  en: {
    entered: {
      mark: '[In the draw]',
      heading: 'Your application is in the draw',
      opening: [
        'Thank you for applying. Places in this session are given by lot. You have no place yet.',
        'Lots are drawn once applications are closed, and everybody is told the result.',
      ],
    },
    won: {
      mark: '[You have been drawn]',
      heading: 'You have been drawn',
      opening: [
        'You have been drawn for this session. We hold your place until the time below.',
        'Please take it on the page of the link, or call the desk. After that time it is no longer held.',
      ],
    },
    reserve: {
      mark: '[Reserve]',
      heading: 'You are a reserve',
      opening: ['You have been drawn as a reserve for this session. You have no place yet.'],
    },
  },
})

/** The letter to a winner whose time to confirm is over. */
export const lapsedDraw = spoken({
  ja: {
    mark: '【抽選結果】期限切れ ',
    heading: '当選のご確認の期限が過ぎました',
    opening: [
      '当選のご確認がないまま期限が過ぎたため、当選を取り消しました。このお申し込みは終了しました。',
      'ほかの日程のお申し込みを、お待ちしています。',
    ],
  },
  en: {
    mark: '[Your place has lapsed]',
    heading: 'The time to confirm is over',
    opening: [
      'You were drawn, but did not confirm in time. The place is no longer held for you, and your application has ended.',
      'You are welcome to book another date.',
    ],
  },
})

/** To people who gave up an offered place, of a draw or of a waiting list. */
export const declined = spoken({
  ja: {
    mark: '【辞退】',
    heading: 'ご案内した席の辞退を承りました',
    opening: [
      '次の回にご案内した席の辞退を承りました。このお申し込みは終了しました。',
      '辞退した覚えがないときは、お手数ですが、下の窓口にお電話ください。',
    ],
  },
  en: {
    mark: '[Place declined]',
    heading: 'You have declined the place',
    opening: [
      'You have declined the place that we offered you in this session, and your application has ended.',
      'If you did not do this, please call the desk named below.',
    ],
  },
})

/** To reserves of a draw, who never stood on a waiting list. */
export const reserves = spoken({
  ja: {
    offered: {
      mark: '【補欠の方へのご案内】',
      heading: '席が空きました',
      opening: [
        '抽選で補欠となった次の回に、席が空きました。席は下の期限までお取りしています。まだ参加は決まっていません。',
        '期限までに、リンクのページで「予約する」または「辞退する」を選んでください。窓口へのお電話でも承ります。期限を過ぎると、この席は取り消しになります。',
      ],
    },
    promoted: {
      mark: '【予約確定】',
      heading: '席が空き、ご予約が決まりました',
      opening: [
        '抽選で補欠となった次の回に席が空き、ご予約が決まりました。',
        'ご都合が悪くなったときは、お早めにキャンセルの手続きをお願いします。',
      ],
    },
    lapsed: {
      mark: '【補欠の方へのご案内】期限切れ ',
      heading: 'ご案内の期限が過ぎました',
      opening: [
        'お返事がないまま期限が過ぎたため、お取りしていた席を取り消しました。このお申し込みは終了しました。',
        'ほかの日程でのお申し込みをお待ちしています。',
      ],
    },
  },
  en: {
    offered: {
      mark: '[A place for a reserve]',
      heading: 'A place has become free',
      opening: [
        'You were drawn as a reserve for this session, and a place has become free. We hold it until the time below. You have no place yet.',
        'Please take it or decline it on the page of the link, or call the desk. After that time it is no longer held.',
      ],
    },
    promoted: {
      mark: '[Booking confirmed]',
      heading: 'A place became free, and your booking is confirmed',
      opening: [
        'You were drawn as a reserve for this session. A place became free, and your booking is confirmed.',
        'If you cannot come, please cancel as early as you can.',
      ],
    },
    lapsed: {
      mark: '[Place no longer held]',
      heading: 'The time to answer has passed',
      opening: [
        'The time to answer is over, and the place is no longer held for you. Your application has ended.',
        'You are welcome to book another date.',
      ],
    },
  },
})

/** To the entries of a lottery that came to no result before its session was over. */
export const undrawn = spoken({
  ja: {
    mark: '【終了のお知らせ】',
    heading: '抽選の結果をご連絡できませんでした',
    opening: [
      '次の回は、抽選の結果をご連絡できないまま終了しました。お待ちいただいたのに、申し訳ございません。',
      'このお申し込みは終了しました。お手数ですが、窓口にお電話いただくか、ほかの日程をお申し込みください。',
    ],
  },
  en: {
    mark: '[Session over]',
    heading: 'We did not tell you the result of the draw',
    opening: [
      'The session below is over, and we never told you the result of its draw. We are sorry.',
      'Your application has ended. Please phone the desk, or apply for another date.',
    ],
  },
})
