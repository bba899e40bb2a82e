import { spoken, type What } from '../spoken.ts'

/** The page of a booking, for its holder. */
export const booking = spoken({
  ja: {
    title: 'ご予約の内容',
    /** Of what is not booked, or not any more. */
    applied: 'お申し込みの内容',
    status: '状態',
    /** Its time is over, and attendance is not recorded. */
    past: '終了しました',
    done: {
      saved: '変更を保存しました。',
      same: '変更した項目はありません。お申し込みの内容はそのままです。',
      amended: '変更を保存しました。',
      moved: '日時を変更しました。',
      email:
        '新しいメールアドレスに、確認のメールをお送りしました。メールのリンクで確認するまで、アドレスは変わりません。',
      readdressed: 'メールアドレスを変更しました。このページのリンクも新しくなりました。',
      accepted: 'ご予約が決まりました。',
    },
    /** What its holder gave up just now, by what it was. */
    given: {
      cancelled: 'キャンセルしました。',
      withdrawn: 'お申し込みを取り消しました。',
      left: 'キャンセル待ちを取り消しました。',
      declined: '辞退しました。',
    },
    mailed: '確認のメールをお送りします。',
    amend: 'お申し込みの内容の変更',
    amendText: ({ seats, format }: { seats: boolean; format: boolean }) =>
      `${seats ? '人数・' : ''}${format ? '開催形式・' : ''}お名前・連絡先・相談したいことは、ここで変更できます。`,
    /** Once nothing can be booked any more. */
    placeClosed: '受付を締め切ったため、人数を増やすことや開催形式の変更は、ここではできません。窓口にお電話ください。',
    save: '変更を保存する',
    pending: (email: string) =>
      `${email} への変更は、確認待ちです。そのアドレスに届いたメールのリンクで確認してください。`,
    emailHelp: '変更すると、新しいアドレスに確認のメールをお送りします',
    cancelTitle: 'キャンセル',
    cancel: 'この予約をキャンセルする',
    cancelText: (moment: string) => `キャンセルは、${moment} までこのページからできます。`,
    tooLate: 'このページからのキャンセルは締め切りました。ご都合が悪くなったときは、窓口にお電話ください。',
    refused: {
      closed: {
        what: '締め切りを過ぎたため、手続きできませんでした。',
        next: 'お申し込みの内容はそのままです。ご用の方は、窓口にお電話ください。',
      },
      unoffered: {
        what: '今は空きのご案内中ではないため、この手続きはできません。',
        next: '今の状態は、下のとおりです。',
      },
      changed: {
        what: '内容が変わったため、まだ手続きしていません。',
        next: '下の新しい内容をお確かめのうえ、もう一度お手続きください。',
      },
      twice: {
        what: 'その電話番号では、同じ日程にすでにお申し込みがあります。',
        next: 'お申し込みの内容はそのままです。ご用の方は、窓口にお電話ください。',
      },
      full: {
        what: '人数を増やせるだけの空きがありません。',
        next: 'ご予約の内容はそのままです。ほかの時間や日程への変更もご検討ください。',
      },
      capped: {
        what: 'お一人で押さえられる席の数を超えるため、人数を増やせません。',
        next: 'ご予約の内容はそのままです。窓口にお電話ください。',
      },
      postponed: {
        what: '延期のため、まだ日程が決まっていません。この手続きは、日程が決まってからできます。',
        next: 'お申し込みの内容はそのままです。新しい日程は、決まり次第お知らせします。',
      },
      ended: {
        what: 'お申し込みはすでに終了しているため、手続きできませんでした。',
        next: '今の状態は、下のとおりです。',
      },
    } satisfies Record<'closed' | 'unoffered' | 'changed' | 'twice' | 'full' | 'capped' | 'postponed' | 'ended', What>,
    again: 'ほかの日程を探す',
    private: 'このページのアドレスは、ご本人専用です。ほかの方には知らせないでください。',
    sessionLink: '日程のページ',
    /** Without a word of what changed: several changes may have followed each other. */
    reason: '窓口からのお知らせ',
    meeting: '接続先（WEB会議）',
  },
  en: {
    title: 'Your booking',
    applied: 'Your application',
    status: 'Status',
    past: 'Over',
    done: {
      saved: 'Your changes are saved.',
      same: 'There was nothing to change. Your application is as it was.',
      amended: 'Your changes are saved.',
      moved: 'Your booking has been moved.',
      email: 'We have sent an e-mail to your new address. The address changes once you confirm it there.',
      readdressed: 'Your e-mail address is changed. This page has a new address too.',
      accepted: 'Your booking is confirmed.',
    },
    given: {
      cancelled: 'Your booking is cancelled.',
      withdrawn: 'Your application is withdrawn.',
      left: 'You have left the waiting list.',
      declined: 'You have declined the place.',
    },
    mailed: ' We will send you an e-mail to confirm.',
    amend: 'Change your details',
    amendText: ({ seats, format }) =>
      `You can change ${seats ? 'the number of people, ' : ''}${format ? 'the format, ' : ''}your name, contact and questions here.`,
    placeClosed: 'Booking is closed. For more people or another format, please phone the desk.',
    save: 'Save changes',
    pending: (email) => `The change to ${email} is not confirmed yet. Please open the link in the e-mail sent there.`,
    emailHelp: 'If you change it, we send an e-mail to the new address to confirm it',
    cancelTitle: 'Cancelling',
    cancel: 'Cancel this booking',
    cancelText: (moment) => `You can cancel on this page until ${moment}.`,
    tooLate: 'It is too late to cancel on this page. If you cannot come, please phone the desk.',
    refused: {
      closed: {
        what: 'It is too late for this.',
        next: 'Nothing was changed. If you need help, please phone the desk.',
      },
      unoffered: {
        what: 'No place is being offered to you now, so this was not done.',
        next: 'How it stands is shown below.',
      },
      changed: {
        what: 'The details have changed, so this was not done.',
        next: 'Please check the new details below and try again.',
      },
      twice: {
        what: 'There is already a booking for this date with that phone number.',
        next: 'Nothing was changed. If you need help, please phone the desk.',
      },
      full: {
        what: 'There is no room for that many people.',
        next: 'Your booking is as it was. Another time or date may have room.',
      },
      capped: {
        what: 'That is more places than one person may hold.',
        next: 'Your booking is as it was. Please phone the desk.',
      },
      postponed: {
        what: 'The session is postponed and has no date yet. You can do this once there is one.',
        next: 'Nothing was changed. We will tell you the new date as soon as it is decided.',
      },
      ended: {
        what: 'This application is over, so nothing was done.',
        next: 'Its state is shown below.',
      },
    },
    again: 'Find another date',
    private: 'The address of this page is personal. Please do not share it.',
    sessionLink: 'Page of the session',
    reason: 'Note of the desk',
    meeting: 'Meeting link',
  },
})

/** The page that asks before a booking is cancelled. */
export const cancel = spoken({
  ja: {
    title: '予約をキャンセルしますか',
    text: 'キャンセルすると、お取りした席はなくなります。ご自身で元に戻すことはできません。',
    submit: 'キャンセルする',
    back: 'キャンセルしないで戻る',
  },
  en: {
    title: 'Cancel your booking?',
    text: 'You give up your place. You cannot undo this yourself.',
    submit: 'Cancel my booking',
    back: 'Keep my booking',
  },
})

/** The page by which a new e-mail address is confirmed. */
export const emailChange = spoken({
  ja: {
    title: 'メールアドレスの変更',
    text: 'お申し込みのご連絡先を、次のアドレスに変更します。これからのお知らせは、このアドレスに届きます。',
    submit: 'このアドレスに変更する',
    refused: {
      closed: {
        what: 'このリンクの期限が切れたか、お申し込みが終了しています。',
        next: 'ご予約のページで、もう一度アドレスを入力してください。お急ぎのときは、窓口にお電話ください。',
      },
      twice: {
        what: 'そのアドレスでは、同じ日程にすでにお申し込みがあります。',
        next: 'アドレスは変わっていません。ご用の方は、窓口にお電話ください。',
      },
      changed: {
        what: 'ほかの操作と重なったため、手続きできませんでした。',
        next: 'メールのリンクから、もう一度お試しください。',
      },
    } satisfies Record<'closed' | 'twice' | 'changed', What>,
  },
  en: {
    title: 'Your new e-mail address',
    text: 'Your application will use the address below. All news will come to it from now on.',
    submit: 'Use this address',
    refused: {
      closed: {
        what: 'This link has expired, or the booking is over.',
        next: 'Please enter the address once more on the page of your booking. If it is urgent, please phone the desk.',
      },
      twice: {
        what: 'There is already a booking for this date with that address.',
        next: 'The address is as it was. If you need help, please phone the desk.',
      },
      changed: {
        what: 'Something else changed at the same time, so this was not done.',
        next: 'Please try again from the link in the e-mail.',
      },
    },
  },
})

/** Deleting one’s personal data. */
export const erase = spoken({
  ja: {
    open: '個人情報を削除する',
    title: '個人情報の削除',
    lead: 'お申し込みでいただいた情報は、このページに表示しています。ご希望により、お名前・連絡先・ご相談内容を削除できます。窓口の控えや相談の記録の文章も、一緒に削除します。',
    ask: '個人情報を削除しますか',
    ahead: 'ご予約（キャンセル待ちを含みます）は、同時に取り消されます。',
    text: 'お名前・会社名・連絡先・ご相談内容を、元に戻せない形で削除します。このあと、メールはお送りしません。このページも開けなくなります。カレンダーに登録した予定は、ご自身で削除してください。',
    rest: '個人が分からない集計用の情報（都道府県・業種・開催日など）だけが残ります。',
    submit: '削除する',
    back: '削除しないで戻る',
    closed:
      'ご予約の日が近いため、このページからは削除できません。開催が終了した後にもう一度お試しいただくか、窓口にお電話ください。',
    done: '個人情報を削除しました。',
    doneText: 'ご利用ありがとうございました。',
  },
  en: {
    open: 'Erase my data',
    title: 'Your data',
    lead: 'This page shows the information that you gave us when you applied. If you wish, we erase your name, contact details and messages. The notes of the desk and of the consultation go with them.',
    ask: 'Erase your data?',
    ahead: 'Your booking (or your turn on the waiting list) is cancelled at the same time.',
    text: 'Your name, company, contact details and messages are erased permanently. We will not write to you any more, and this page will not open again. Please delete the entry in your calendar yourself.',
    rest: 'Only data for statistics remain (prefecture, industry, date). They identify nobody.',
    submit: 'Erase it',
    back: 'Go back without erasing',
    closed: 'Your session is too soon to erase your data here. Please try again after it, or phone the desk.',
    done: 'Your data has been erased.',
    doneText: 'Thank you for using our service.',
  },
})
