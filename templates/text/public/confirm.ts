import { spoken, type What } from '../spoken.ts'

/** The page that shows an application before it is sent. */
export const confirm = spoken({
  ja: {
    title: 'お申し込み内容の確認',
    notYet: 'まだ予約は完了していません。',
    check: '内容をお確かめのうえ、「この内容で予約する」を押してください。',
    apply: {
      what: 'まだ申し込みは完了していません。',
      next: '内容をお確かめのうえ、「この内容で申し込む」を押してください。',
      submit: 'この内容で申し込む',
    },
    changed: {
      what: 'お確かめいただいている間に、日時や会場などの内容が変わりました。',
      next: 'まだ予約も申し込みも完了していません。下の新しい内容でよろしければ、もう一度ボタンを押してください。',
    } satisfies What,
    consented: '同意する',
    submit: 'この内容で予約する',
    edit: '修正する',
    meant: (address: string) => `メールアドレスは「${address}」ではありませんか。`,
    meantText: (edit: string) =>
      `入力を間違えたときは、下の「${edit}」から修正してください。入力のとおりでよろしければ、そのままお進みください。`,
    meantAgain: '入力を間違えたときは、修正してください。入力のとおりでよろしければ、もう一度ボタンを押してください。',
  },
  en: {
    title: 'Review your booking',
    notYet: 'You have not booked yet.',
    check: 'Please check the details, then press “Book now”.',
    apply: {
      what: 'You have not applied yet.',
      next: 'Please check what you wrote, then press “Apply”.',
      submit: 'Apply',
    },
    changed: {
      what: 'The date, the time, the venue or another detail changed while you were checking.',
      next: 'Nothing is booked yet. Please check the new details below. If they suit you, press the button again.',
    },
    consented: 'Agreed',
    submit: 'Book now',
    edit: 'Make changes',
    meant: (address) => `Did you mean ${address}?`,
    meantText: (edit) => `If so, press “${edit}” below. If your address is as you typed it, just go on.`,
    meantAgain: 'If so, please correct it. If your address is as you typed it, press the button once more.',
  },
})

/** What Back and Forward show instead of the page before it. */
export const sent = spoken({
  ja: {
    title: 'お申し込みの状況',
    made: {
      what: 'この内容のお申し込みは受け付け済みです。',
      next: '受付番号と電話番号で、内容の確認や変更ができます。',
    },
    notYet: {
      what: 'お申し込みは、まだ完了していません。',
      next: 'ブラウザーの「戻る」を押すと、入力した内容に戻れます。',
    },
    another: '別のお申し込みをする',
    anew: '空のフォームに入力し直す',
  },
  en: {
    title: 'Your application',
    made: {
      what: 'We have received this application.',
      next: 'You can see and change it with its number and your phone number.',
    },
    notYet: {
      what: 'You have not sent your application yet.',
      next: 'Press “Back” in your browser to see what you typed.',
    },
    another: 'Make another application',
    anew: 'Start again with an empty form',
  },
})

/** The page after a booking. */
export const done = spoken({
  ja: {
    title: 'ご予約が完了しました',
    requested: 'お申し込みを受け付けました',
    requestedText: '窓口で確認し、予約が決まりましたらご連絡します。まだ予約は決まっていません。',
    entered: '抽選のお申し込みを受け付けました',
    enteredText: '申込期限のあとに抽選を行い、結果をご連絡します。まだ参加は決まっていません。',
    mailed: (email: string) => `${email} に、予約の確認メールをお送りしました。`,
    noMail:
      '数分たっても届かないときは、迷惑メールフォルダーをご確認ください。届かなくても予約は完了しています。このページを印刷するか、受付番号を書き留めてください。アドレスが違うときは、窓口にお電話ください。',
    noticeMailed: (email: string) =>
      `${email} に、受付のお知らせをお送りしました。まだ予約が決まったわけではありません。`,
    noNotice:
      '数分たっても届かないときは、迷惑メールフォルダーをご確認ください。届かなくても受付は済んでいます。このページを印刷するか、受付番号を書き留めてください。アドレスが違うときは、窓口にお電話ください。',
    manageEntry: '申し込みの確認・変更・取り消し',
    keep: '受付番号は当日必要です。書き留めるか、この画面を保存してください。',
    keepApplied: '受付番号は、確認やお問い合わせのときに必要です。書き留めるか、この画面を保存してください。',
    qr: '受付用のQRコード',
    qrText: '当日、この画面か印刷したものを窓口でお見せください。受付番号をお伝えいただくだけでも受け付けます。',
    manage: '予約の確認・変更・キャンセル',
    calendar: 'カレンダーに追加',
    file: 'カレンダーファイル（.ics）',
    google: 'Google カレンダー',
    outlook: 'Outlook.com',
    outlook365: 'Microsoft 365',
    details: 'ご予約の内容',
  },
  en: {
    title: 'Your booking is complete',
    requested: 'We have received your application',
    requestedText: 'The desk will check it and let you know when your place is confirmed. You have no booking yet.',
    entered: 'Your application for the draw has been received',
    enteredText: 'Lots are drawn once applications are closed, and you will be told the result. You have no place yet.',
    mailed: (email) => `We have sent a confirmation to ${email}.`,
    noMail:
      'If it does not arrive within a few minutes, please look in your spam folder. Your booking is complete even without it: print this page or write down the booking number. If the address is wrong, please phone the desk.',
    noticeMailed: (email) => `We have sent a notice to ${email}. Nothing is booked yet.`,
    noNotice:
      'If it does not arrive within a few minutes, please look in your spam folder. We have your application even without it: print this page or write down the booking number. If the address is wrong, please phone the desk.',
    manageEntry: 'See, change or withdraw the application',
    keep: 'You need this number on the day. Please write it down or save this page.',
    keepApplied: 'You need this number if you contact us. Please write it down or save this page.',
    qr: 'QR code for check-in',
    qrText: 'Show this screen or a printout at reception on the day. The booking number alone is enough as well.',
    manage: 'See, change or cancel your booking',
    calendar: 'Add to your calendar',
    file: 'Calendar file (.ics)',
    google: 'Google Calendar',
    outlook: 'Outlook.com',
    outlook365: 'Microsoft 365',
    details: 'Your booking',
  },
})
