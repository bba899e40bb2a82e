import { spoken } from '../spoken.ts'

/** Letters about a change of the whole session. */
export const changes = spoken({
  ja: {
    called_off: {
      mark: '【開催中止】',
      heading: '開催を中止します',
      opening: [
        'お申し込みいただいた次の回は、開催を中止することになりました。ご迷惑をおかけし、申し訳ございません。',
        'お申し込みは取り消しました。お手続きは必要ありません。当日の開催はありませんので、お間違えのないようお願いします。',
      ],
    },
    held_again: {
      mark: '【開催します】',
      heading: '中止を取り消し、開催します',
      opening: [
        '中止とお知らせした次の回は、開催することになりました。たびたびのご連絡となり、申し訳ございません。',
        'お申し込みは、中止の前の状態に戻しました。',
      ],
      booked: 'お手続きは必要ありません。ご都合が悪いときは、リンクのページからキャンセルできます。',
    },
    restored: {
      mark: '【お申し込みを元に戻しました】',
      heading: 'お申し込みを元に戻しました',
      opening: [
        'いったん終了した次のお申し込みを、窓口で元の状態に戻しました。たびたびのご連絡となり、申し訳ございません。',
      ],
      booked: 'お手続きは必要ありません。ご都合が悪いときは、リンクのページからキャンセルできます。',
    },
    converted_back: {
      mark: '【開催形式の変更】',
      heading: '元の開催形式に戻ります',
      opening: ['お申し込みいただいた次の回は、元の開催形式に戻ることになりました。日時は変わりません。'],
      booked:
        'このままでよろしければ、お手続きは必要ありません。ご都合が悪いときは、リンクのページからキャンセルできます。',
      others: (forms: string[]) =>
        `このままでよろしければ、お手続きは必要ありません。${forms.join('や')}での参加をご希望のときや、ご都合が悪いときは、リンクのページから変更やキャンセルができます。`,
    },
    postponed: {
      mark: '【延期】',
      heading: '開催を延期します',
      opening: [
        'お申し込みいただいた次の回は、延期することになりました。ご迷惑をおかけし、申し訳ございません。',
        '新しい日時は、決まり次第お知らせします。お申し込みはそのままお預かりします。',
      ],
      booked: 'ご都合が悪いときは、リンクのページかお電話でキャンセルできます。',
    },
    rescheduled: {
      mark: '【変更】',
      heading: '開催の日時が変わります',
      opening: ['お申し込みいただいた回の日時が、次のとおり変わりました。ご迷惑をおかけし、申し訳ございません。'],
      booked:
        'このままでよろしければ、お手続きは必要ありません。ご都合が悪いときは、リンクのページかお電話で変更やキャンセルができます。',
    },
    converted: {
      mark: '【開催形式の変更】',
      heading: '開催形式が変わります',
      opening: ['お申し込みいただいた次の回は、開催形式が変わりました。'],
      warns: '会場にお越しにならないようお願いします。',
      booked:
        'このままでよろしければ、お手続きは必要ありません。ご都合が悪いときは、リンクのページかお電話で変更やキャンセルができます。',
    },
    relocated: {
      mark: '【変更】会場のお知らせ ',
      heading: '会場のお知らせ',
      opening: ['お申し込みいただいた回の会場が、次のとおりになりました。'],
      booked:
        'このままでよろしければ、お手続きは必要ありません。ご都合が悪いときは、リンクのページかお電話で変更やキャンセルができます。',
      entry: 'カレンダーの予定も、この会場になります。',
    },
    meeting: {
      mark: '【変更】WEB会議のご案内 ',
      heading: 'WEB会議の接続先をお知らせします',
      opening: [
        'WEB会議の接続先が決まりましたので、お知らせします。お時間になりましたら、下の接続先を開いてください。',
        '接続先は、一緒に参加される方以外には知らせないでください。',
      ],
    },
  },
  en: {
    called_off: {
      mark: '[Called off]',
      heading: 'This session is called off',
      opening: [
        'The session you applied for will not take place. We are sorry.',
        'Your application has been cancelled; there is nothing to do. Nothing is held on that day.',
      ],
    },
    held_again: {
      mark: '[Held after all]',
      heading: 'This session is held after all',
      opening: [
        'We told you that this session was called off. It is held after all. We are sorry for the trouble.',
        'Your application is as it was before.',
      ],
      booked: 'There is nothing to do. If it does not suit you, you can cancel on the page of the link.',
    },
    restored: {
      mark: '[Your application is back]',
      heading: 'Your application is as it was before',
      opening: [
        'Your application had ended. The desk has brought it back as it was before. We are sorry for the trouble.',
      ],
      booked: 'There is nothing to do. If it does not suit you, you can cancel on the page of the link.',
    },
    converted_back: {
      mark: '[Held as before]',
      heading: 'This session is held as before',
      opening: ['The session you applied for is held in its original format again. The time stays the same.'],
      booked: 'If it suits you there is nothing to do. If not, you can cancel on the page of the link.',
      others: (forms) =>
        `If it suits you there is nothing to do. To take part another way (${forms.join(', ')}), or to cancel, open the page of the link.`,
    },
    postponed: {
      mark: '[Postponed]',
      heading: 'This session is postponed',
      opening: [
        'The session you applied for is postponed. We are sorry.',
        'We will tell you as soon as it has a new date, and keep your application until then.',
      ],
      booked: 'If you do not want to wait for it, you can cancel on the page of the link, or by phone.',
    },
    rescheduled: {
      mark: '[New time]',
      heading: 'This session has a new time',
      opening: ['The session you applied for has a new time, as below. We are sorry for the trouble.'],
      booked:
        'If it suits you there is nothing to do. If not, you can change or cancel on the page of the link, or by phone.',
    },
    converted: {
      mark: '[Held in another way]',
      heading: 'This session is held in another way',
      opening: ['The session you applied for is held in another way now.'],
      warns: 'Please do not come in person.',
      booked:
        'If it suits you there is nothing to do. If not, you can change or cancel on the page of the link, or by phone.',
    },
    relocated: {
      mark: '[Changed] The venue:',
      heading: 'The venue of this session',
      opening: ['The session you applied for is held at the venue below.'],
      booked:
        'If it suits you there is nothing to do. If not, you can change or cancel on the page of the link, or by phone.',
      entry: 'Your calendar entry changes with it.',
    },
    meeting: {
      mark: '[Web meeting]',
      heading: 'Where the web meeting takes place',
      opening: [
        'Here is where the web meeting takes place. Please open the link below at your time.',
        'Please pass the link on only to the people who take part with you.',
      ],
    },
  },
})

/** The words to people whom a desk had moved, unheard, to a session that was called off. */
export const displaced = spoken({
  ja: {
    mark: '【開催中止】',
    heading: '変更先の回が中止になり、お申し込みを取り消しました',
    opening: [
      '次のお申し込みは、窓口で別の回に移していましたが、その回は開催を中止することになりました。ご連絡が遅くなり、申し訳ございません。',
      'お申し込みは取り消しました。お手続きは必要ありません。次の日時にお席はありませんので、お間違えのないようお願いします。',
    ],
  },
  en: {
    mark: '[Called off]',
    heading: 'The session to which we moved you is called off',
    opening: [
      'The desk had moved the application below to another session, and that one is called off now. We are sorry that we tell you so late.',
      'Your application has been cancelled; there is nothing to do. No place is held for you at the time below.',
    ],
  },
})

/** The words of a letter to people whose session was postponed and got no day in its fiscal year. */
export const neverHeld = spoken({
  ja: {
    mark: '【終了のお知らせ】',
    heading: '延期していた回は、開催しないことになりました',
    opening: [
      '延期していた次の回は、日程が決まらないまま年度が終わったため、開催しないことになりました。お待ちいただいたのに、申し訳ございません。',
      'このお申し込みは終了しました。ほかの日程でのお申し込みをお待ちしています。',
    ],
  },
  en: {
    mark: '[Not held]',
    heading: 'The postponed session will not be held',
    opening: [
      'The session below was postponed. The fiscal year ended without a new date, so it will not be held. We are sorry.',
      'Your application has ended. You are welcome to book another date.',
    ],
  },
})

/** The words of a letter to people whose postponed session was called off by a slip. It still has no day. */
export const postponedAgain = spoken({
  ja: {
    mark: '【中止の取り消し】',
    heading: '中止を取り消しました（日程は未定です）',
    opening: [
      '開催中止とお知らせした次の回は、中止を取り消し、延期のままとしました。たびたびのご連絡となり、申し訳ございません。',
      'お申し込みは、中止の前の状態に戻しました。新しい日時は、決まり次第お知らせします。',
    ],
    booked: 'ご都合が悪いときは、リンクのページかお電話でキャンセルできます。',
  },
  en: {
    mark: '[Not called off]',
    heading: 'This session is not called off; its date is still open',
    opening: [
      'We told you that the session below was called off. That has been taken back: it is still postponed. We are sorry for the trouble.',
      'Your application is as it was before. We will tell you as soon as the session has a new date.',
    ],
    booked: 'If you do not want to wait for it, you can cancel on the page of the link, or by phone.',
  },
})
