import { spoken } from '../spoken.ts'

/** The sections after the facts, and the last lines. */
export const sections = spoken({
  ja: {
    manage: {
      title: '予約の確認・変更・キャンセル',
      text: '次のリンクからできます。リンクはご本人だけのものです。ほかの人に知らせないでください。',
      open: 'ご予約のページを開く',
    },
    /** Once it cannot be changed or cancelled by the link any more. */
    see: {
      title: '予約の確認',
      text: '次のリンクで確認できます。リンクはご本人だけのものです。ほかの人に知らせないでください。',
      open: 'ご予約のページを開く',
    },
    application: {
      title: 'お申し込みの確認・取り消し',
      text: '次のリンクからできます。リンクはご本人だけのものです。ほかの人に知らせないでください。',
      open: 'お申し込みのページを開く',
    },
    answer: {
      title: 'お返事（予約する・辞退する）',
      text: '次のリンクのページで選んでください。開いただけでは何も決まりません。',
      open: 'お返事のページを開く',
    },
    byPhone: {
      title: 'お電話でも手続きできます',
      text: (number: string) =>
        `リンクが開けないときや、お急ぎのときは、窓口にお電話ください。受付番号「${number}」をお伝えいただければ、予約の確認・変更・キャンセルをいたします。`,
    },
    applicationByPhone: {
      title: 'お電話でも手続きできます',
      text: (number: string) =>
        `リンクが開けないときや、お急ぎのときは、窓口にお電話ください。受付番号「${number}」をお伝えいただければ、お申し込みの確認や取り消しをいたします。`,
    },
    answerByPhone: {
      title: 'お電話でもお返事いただけます',
      text: (number: string) =>
        `リンクが開けないときや、お急ぎのときは、窓口にお電話ください。受付番号「${number}」をお伝えいただければ、お返事を承ります。`,
    },
    ask: {
      title: 'お問い合わせ',
      text: (number: string) => `窓口にお電話のうえ、受付番号「${number}」をお伝えください。`,
    },
    calendar: {
      title: 'カレンダーに追加',
      text: 'このメールに付いている invite.ics か、次のリンクを開くと、お使いのカレンダーに予定が入ります。',
      linkOnly: '次のリンクを開くと、お使いのカレンダーに予定が入ります。',
      file: 'カレンダーファイル（.ics）',
    },
    again: {
      title: 'ほかの日程を探す',
      text: 'これからの日程は、次のリンクからご覧いただけます。',
      open: 'これからの日程を見る',
    },
    phone: (phones: string[]) => `電話 ${phones.join('、')}`,
    replies: 'このメールは自動でお送りしています。ご質問は、このメールへの返信でもお受けします。',
    noReplies: 'このメールは送信専用です。返信いただいてもお読みできませんので、ご用の方は窓口にお電話ください。',
    unread: 'このメールは送信専用です。返信いただいてもお読みできません。',
  },
  en: {
    manage: {
      title: 'See, change or cancel your booking',
      text: 'Follow this link. It is yours alone: please do not pass it on.',
      open: 'Open your booking',
    },
    see: {
      title: 'See your booking',
      text: 'Follow this link. It is yours alone: please do not pass it on.',
      open: 'Open your booking',
    },
    application: {
      title: 'See or withdraw your application',
      text: 'Follow this link. It is yours alone: please do not pass it on.',
      open: 'Open your application',
    },
    answer: {
      title: 'Take it or decline it',
      text: 'Choose on this page. Opening it decides nothing.',
      open: 'Open the page to answer',
    },
    byPhone: {
      title: 'You can also call (in Japanese)',
      text: (number) =>
        `If the link does not open, or if it is urgent, please call the desk and give the booking number ${number}. They can check, change or cancel your booking.`,
    },
    applicationByPhone: {
      title: 'You can also call (in Japanese)',
      text: (number) =>
        `If the link does not open, or if it is urgent, please call the desk and give the booking number ${number}. They can check or withdraw your application.`,
    },
    answerByPhone: {
      title: 'You can also call (in Japanese)',
      text: (number) =>
        `If the link does not open, or if it is urgent, please call the desk and give the booking number ${number}. They can take your answer.`,
    },
    ask: {
      title: 'Questions',
      text: (number) => `Please call the desk (in Japanese) and give the booking number ${number}.`,
    },
    calendar: {
      title: 'Add it to your calendar',
      text: 'Open the attached invite.ics or this link to put the date into your calendar.',
      linkOnly: 'Open this link to put the date into your calendar.',
      file: 'Calendar file (.ics)',
    },
    again: {
      title: 'Find another date',
      text: 'These are the dates ahead:',
      open: 'See the dates ahead',
    },
    phone: (phones) => `Phone ${phones.join(', ')}`,
    replies: 'This letter was sent automatically. You may reply to it if you have questions.',
    noReplies:
      'This letter was sent automatically and replies are not read. Please call the desk (in Japanese) instead.',
    unread: 'This letter was sent automatically and replies are not read.',
  },
})
