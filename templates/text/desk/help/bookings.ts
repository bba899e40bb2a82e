import type { Help } from './help.ts'

/** Help for the ledger and the pages of one booking. */
export const ofBookings = {
  '/desk/bookings': {
    ja: [
      '電話・ネット・窓口で受けた予約が、すべてここに並びます。',
      '受付番号、お名前、会社名、電話番号の一部で探せます。条件は名前を付けて保存できます。',
      '左の欄で選んだ予約は、まとめて欠席の記録、日程の変更、書き出し、お知らせの送信ができます。',
    ],
    en: [
      'All bookings are here, whether they came by phone, on the web or at the counter.',
      'Find them by part of a number, name, company or phone number. Searches can be saved under a name.',
      'Tick bookings to mark them absent, move them, export them or write to them.',
    ],
  },
  '/desk/requests': {
    ja: [
      '専門家への相談のお申し込みが、新しい順に並びます。',
      'お問い合わせのときは、受付番号と企業・団体の名前で確かめます。',
      '電話で受けたお申し込みは、ここから登録できます。',
    ],
    en: [
      'Requests for an expert, the newest first.',
      'If a firm calls, find its request by the number and the name of the firm.',
      'Requests that come by phone can be entered from here.',
    ],
  },
  '/desk/requests/new': {
    ja: [
      '電話や窓口で受けた、専門家への相談のお申し込みを登録します。',
      '予約のページから開くと、その企業・団体について分かっていることが入っています。',
      'メールアドレスがなければ、受付番号を電話でお伝えください。',
    ],
    en: [
      'Enter the request of a firm that called or came, and that would like an expert.',
      'Opened from a booking, the form has what is known of the firm.',
      'Without an e-mail address, say the number on the phone.',
    ],
  },
  '/desk/bookings/new': {
    ja: [
      '電話や窓口で受けた申し込みを登録します。',
      '日程と時間を選び、お名前と電話番号を入力します。メールアドレスはなくても登録できます。',
      'メールアドレスがあれば確認メールが届き、なければ結果を電話でお伝えします。',
    ],
    en: [
      'Enter an application that came by phone or at the counter.',
      'Choose a session and a time, then enter the name and phone number. An e-mail address is not needed.',
      'People with an address get a confirmation. The others are told by phone.',
    ],
  },
  '/desk/bookings/ticked': {
    ja: [
      '選んだ予約について、できるものとできないものを先に確かめます。',
      'ボタンを押すまでは、何も変わりません。',
      '1件ずつ行います。途中でできないものがあっても、ほかの予約はそのまま進みます。',
    ],
    en: [
      'See first for which of the ticked bookings this is possible.',
      'Nothing changes until you press the button.',
      'Each booking is done on its own. If one is refused, the others still go through.',
    ],
  },
  '/desk/bookings/ticked/:id': {
    ja: [
      '選んだ予約の一括処理が、どこまで進んだかのページです。',
      'ページを閉じても処理は続きます。予約台帳から、またこのページに戻れます。',
      'できなかった予約には理由が出ます。受付番号から、その予約を開けます。',
    ],
    en: [
      'See how far an act on many ticked bookings is.',
      'It goes on when you leave this page. The ledger leads back here.',
      'Bookings that were refused say why. Their number leads to their page.',
    ],
  },
  '/desk/bookings/:id': {
    ja: [
      '1件の予約の内容と、これまでの記録です。',
      '上のボタンから、出欠の記録、日時の変更、キャンセルなどができます。今できるものだけが表示されます。',
      '日時や人数を変更すると、ご本人にお知らせが届きます。お名前や電話番号の訂正では、届きません。',
    ],
    en: [
      'One booking, with everything that happened to it.',
      'Record attendance, change the time or cancel with the buttons. Only what is possible now is shown.',
      'A new time or number of people is told to the holder. A corrected name or phone number is not.',
    ],
  },
  '/desk/bookings/:id/cancel': {
    ja: [
      'ご本人の申し出で、予約を取り消します。',
      '席がどうなるかと、ご本人へのお知らせを確かめてから、ボタンを押してください。',
      '開催そのものをやめるときは、開催のページの「中止にする」を使ってください。',
    ],
    en: [
      'End a booking because its holder asks for it.',
      'Check what becomes of the place and what the holder is told before you press the button.',
      'To give up the whole session, use “Call off” on its page.',
    ],
  },
  '/desk/bookings/:id/record': {
    ja: [
      '相談の後に、助言した内容と次の対応を記録します。',
      '途中のときは、下書きとして保存できます。',
      '記録を読めるのは、窓口と担当する相談員だけです。本人の情報を削除すると、記録も削除されます。',
    ],
    en: [
      'Record what was advised, and what comes next.',
      'Save it as a draft if it is not finished.',
      'Only the desk and its adviser read it. It goes with the data of the person.',
    ],
  },
  '/desk/bookings/:id/move': {
    ja: [
      '予約を、同じ日の別の時間や、別の日程に移します。',
      '日程を選ぶと、空いている時間が表示されます。',
      '今の席は、新しい席が決まると同時に空きます。どちらも失うことはありません。',
    ],
    en: [
      'Move a booking to another time or another session.',
      'Choose a session to see its free times.',
      'The old place is freed as the new one is taken, so that the holder never has none.',
    ],
  },
  '/desk/bookings/:id/letter': {
    ja: [
      'この方に届くメールを、種類ごとに表示します。',
      '見るだけで、送信はされません。',
      '実際に送ったメールは、予約のページの「送信メール」にあります。',
    ],
    en: [
      'See each kind of letter as this person would get it.',
      'This is only a look. Nothing is sent.',
      'Letters that did leave are under “Letters” on the page of the booking.',
    ],
  },
  '/desk/bookings/:id/arrive': {
    ja: [
      '受付で、お越しになった方を確認するページです。',
      '確認メールのQRコードを読み取るか、「今日」から開きます。お名前を確かめて「参加」を押してください。',
      '間違えて押したときは、予約のページで取り消せます。',
    ],
    en: [
      'Check people in as they arrive.',
      'Scan the code of their letter, check the name and press “Attended”.',
      'A mistake can be taken back on the page of the booking.',
    ],
  },
  '/desk/bookings/:id/approve': {
    ja: [
      '承認制の申し込みを承認し、予約を確定します。',
      '届くメールの内容を確かめてから、ボタンを押してください。',
      'メールアドレスのない方は「お電話が必要な方」に加わります。',
    ],
    en: [
      'Approve an application, which confirms the booking.',
      'Check the letter before you press the button.',
      'People without an e-mail address are put on the call list.',
    ],
  },
  '/desk/bookings/:id/turn-down': {
    ja: [
      '承認制の申し込みをお断りします。',
      '届くメールの内容を確かめてから、ボタンを押してください。',
      'お取りしていた席は空き、待っている方がいれば順番にご案内します。',
    ],
    en: [
      'Turn an application down.',
      'Check the letter before you press the button.',
      'Its place is free again and goes to people who wait, in turn.',
    ],
  },
  '/desk/bookings/:id/promote': {
    ja: [
      'キャンセル待ちの方と電話で話し、その場で予約を確定します。',
      '先に待っている方がいるときは、その方が表示されます。',
      '確定すると、メールでお知らせします。',
    ],
    en: [
      'Confirm a waiting party after a talk on the phone.',
      'If others wait longer, they are named here.',
      'The party is told by e-mail.',
    ],
  },
  '/desk/bookings/:id/restore': {
    ja: [
      '間違えて取り消した申し込みを、元の状態に戻します。',
      '戻した後の状態を確かめてから、ボタンを押してください。',
      '席がほかの方で埋まっているときは、戻せません。',
    ],
    en: [
      'Bring back an application that was ended by mistake.',
      'Check the state it will have before you press the button.',
      'This is not possible if its place is taken by somebody else.',
    ],
  },
} as const satisfies Record<string, Help>
