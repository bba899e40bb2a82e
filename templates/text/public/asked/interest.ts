import { spoken, type What } from '../../spoken.ts'

/** Asking for a letter when an undecided date is set. */
export const interest = spoken({
  ja: {
    title: '日程が決まったらお知らせします',
    lead: 'メールアドレスを登録すると、日時が決まったときにお知らせします。決まってからしばらくの間は、ほかの方より先にご予約いただけます。',
    /** Booking of a session that had a day opens again to everybody at once. */
    leadPostponed: 'メールアドレスを登録すると、新しい日程が決まったときにお知らせします。',
    consent: 'お知らせのために、メールアドレスを使うことに同意します',
    submit: 'お知らせを申し込む',
    sent: {
      what: '確認のメールをお送りします。',
      next: 'メールのリンクを開いて「お知らせを受け取る」を押すと、お申し込みが完了します。数分たっても届かないときは、アドレスの間違いや迷惑メールの設定をご確認ください。',
    } satisfies What,
    page: 'お知らせのお申し込み',
    asked: 'まだお申し込みは完了していません。',
    confirm: 'お知らせを受け取る',
    confirmed: '日程が決まりましたら、メールでお知らせします。',
    notified: '日程が決まりました。内容は下のとおりです。',
    book: '予約のページを開く',
    first: '先に予約できる期限',
    end: 'お知らせをやめる',
    ended: 'お知らせをやめました。メールアドレスは削除しました。',
    over: 'この回は終了したため、お知らせも終了しました。',
    off: 'この回は中止になったため、お知らせも終了しました。',
  },
  en: {
    title: 'We will tell you when the date is set',
    lead: 'Leave your e-mail address, and we will write to you when the date is set. You can then book before everybody else for a while.',
    leadPostponed: 'Leave your e-mail address, and we will write to you when the new date is set.',
    consent: 'I agree to the use of my e-mail address for this notice',
    submit: 'Notify me',
    sent: {
      what: 'We are sending you an e-mail to confirm.',
      next: 'Open its link and press “Tell me” to finish. If it does not arrive within a few minutes, please check the address and your spam folder.',
    },
    page: 'Notice of the date',
    asked: 'You have not finished yet.',
    confirm: 'Tell me',
    confirmed: 'We will write to you when the date is set.',
    notified: 'The date is set, as below.',
    book: 'Open the page to book',
    first: 'Yours to book first',
    end: 'Stop these e-mails',
    ended: 'You will get no more e-mails about this date. Your address has been deleted.',
    over: 'This session is over, and so are our e-mails about it.',
    off: 'This session was called off, and so are our e-mails about it.',
  },
})
