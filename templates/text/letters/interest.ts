import { spoken } from '../spoken.ts'

/** The link to book, for people who know the date. */
const BOOK = {
  ja: {
    title: '予約する',
    text: '次のリンクは、ご本人だけのものです。ほかの人に知らせないでください。',
    open: '予約のページを開く',
  },
  en: {
    title: 'Book',
    text: 'This link is yours alone: please do not pass it on.',
    open: 'Open the page to book',
  },
}

/** The link to the page of the notice, for people who wait for the date. */
const TELL = {
  ja: {
    title: 'お知らせのお申し込み',
    text: 'お知らせが不要なときは、次のリンクのページで「お知らせをやめる」を押してください。',
    open: 'お知らせのページを開く',
  },
  en: {
    title: 'Notice of the date',
    text: 'If you do not want to hear of it, press “Stop these e-mails” on this page.',
    open: 'Open the page of the notice',
  },
}

/** Letters to people who asked to hear when a date is set. */
export const interest = spoken({
  ja: {
    first: '先に予約できる期限',
    early: 'ほかの方より先に、下の期限まで、リンクのページからご予約いただけます。席には限りがあります。',
    open: 'リンクのページからご予約いただけます。席には限りがあります。',
    end: 'お知らせをやめる',
    confirm_interest: {
      mark: '【お知らせの確認】',
      heading: '日程が決まったらお知らせします',
      opening: [
        '次の回の日程が決まったときに、このメールアドレスにお知らせするお申し込みがありました。',
        'お心当たりがないときは、そのままにしてください。お知らせはお送りしません。',
      ],
      title: 'お申し込みの確認',
      text: '次のリンクのページで「お知らせを受け取る」を押してください。開いただけでは何も決まりません。',
      open: '確認のページを開く',
    },
    settled: {
      mark: '【日程決定】',
      heading: '日程が決まりました',
      opening: ['お知らせをご希望の回の日程が、次のとおり決まりました。まだ予約は決まっていません。'],
      ...BOOK.ja,
    },
    redated: {
      mark: '【日程変更】',
      heading: '日程が変わりました',
      opening: [
        'お知らせした回の日程が、次のとおり変わりました。ご迷惑をおかけし、申し訳ございません。まだ予約は決まっていません。',
      ],
      ...BOOK.ja,
    },
    dated_again: {
      mark: '【開催します】',
      heading: '開催することになりました',
      opening: [
        '開催しないとお知らせした回を、次の日程で開催することになりました。たびたびのご連絡となり、申し訳ございません。まだ予約は決まっていません。',
      ],
      ...BOOK.ja,
    },
    interest_again: {
      mark: '【開催します】',
      heading: '開催することになりました',
      opening: [
        '開催しないとお知らせした次の回は、開催することになりました。たびたびのご連絡となり、申し訳ございません。',
        '日程が決まりましたら、改めてお知らせします。',
      ],
      ...TELL.ja,
    },
    interest_postponed: {
      mark: '【延期】',
      heading: '開催を延期します',
      opening: [
        '日程をお知らせした次の回は、延期することになりました。ご迷惑をおかけし、申し訳ございません。',
        '新しい日程が決まりましたら、改めてお知らせします。',
      ],
      ...TELL.ja,
    },
    interest_over: {
      mark: '【お知らせの終了】',
      heading: '日程が決まらないまま終了しました',
      opening: [
        'お知らせをご希望の次の回は、日程が決まらないまま終了しました。お待たせしたまま、申し訳ございません。',
        'このお知らせは、これで終わりです。メールアドレスは、このメールの送信後に削除します。',
      ],
      title: 'ほかの日程を探す',
      text: 'これからの日程は、次のリンクからご覧いただけます。',
      open: 'これからの日程を見る',
    },
    skipped: {
      mark: '【休止】',
      heading: 'この日の開催はありません',
      opening: [
        'お知らせをご希望の次の回は、休止となり、この日の開催はありません。申し訳ございません。',
        'このお知らせは、これで終わりです。メールアドレスは、開催することになったときにお知らせできるよう7日間保管し、その後削除します。',
      ],
      title: 'ほかの日程を探す',
      text: 'これからの日程は、次のリンクからご覧いただけます。',
      open: 'これからの日程を見る',
    },
    off: {
      mark: '【開催中止】',
      heading: '開催を中止します',
      opening: [
        'お知らせをご希望の次の回は、開催を中止します。申し訳ございません。',
        'このお知らせは、これで終わりです。メールアドレスは、中止を取り消したときにお知らせできるよう7日間保管し、その後削除します。',
      ],
      title: 'ほかの日程を探す',
      text: 'これからの日程は、次のリンクからご覧いただけます。',
      open: 'これからの日程を見る',
    },
  },
  en: {
    first: 'Yours to book first',
    early: 'Until the time below you can book on the page of the link before everybody else. Places are limited.',
    open: 'You can book on the page of the link. Places are limited.',
    end: 'Stop these e-mails',
    confirm_interest: {
      mark: '[Please confirm]',
      heading: 'We will tell you when the date is set',
      opening: [
        'Somebody asked us to write to this address when the date of the session below is set.',
        'If this was not you, there is nothing to do: you will not hear from us.',
      ],
      title: 'Confirm that it was you',
      text: 'Press “Tell me” on this page. Opening it decides nothing.',
      open: 'Open the page to confirm',
    },
    settled: {
      mark: '[Date set]',
      heading: 'The date is set',
      opening: ['The session you asked about has its date, as below. You have no booking yet.'],
      ...BOOK.en,
    },
    redated: {
      mark: '[New date]',
      heading: 'The date has changed',
      opening: ['The session you asked about has another date, as below. We are sorry. You have no booking yet.'],
      ...BOOK.en,
    },
    dated_again: {
      mark: '[Held after all]',
      heading: 'This session is held after all',
      opening: [
        'We told you that this session would not be held. It is held, as below. We are sorry for the trouble. You have no booking yet.',
      ],
      ...BOOK.en,
    },
    interest_again: {
      mark: '[Held after all]',
      heading: 'This session is held after all',
      opening: [
        'We told you that this session would not be held. It is held after all. We are sorry for the trouble.',
        'We will write to you when the date is set.',
      ],
      ...TELL.en,
    },
    interest_postponed: {
      mark: '[Postponed]',
      heading: 'This session is postponed',
      opening: [
        'The session whose date we told you is postponed. We are sorry.',
        'We will write to you when it has a new date.',
      ],
      ...TELL.en,
    },
    interest_over: {
      mark: '[No date was set]',
      heading: 'No date was set',
      opening: [
        'The session you asked about has ended without a date. We are sorry that you waited for it.',
        'This is our last e-mail about it. We delete your address after this e-mail.',
      ],
      title: 'Find another date',
      text: 'These are the dates ahead:',
      open: 'See the dates ahead',
    },
    skipped: {
      mark: '[No session]',
      heading: 'There is no session on this day',
      opening: [
        'The session you asked about is not held on this day. We are sorry.',
        'This is our last e-mail about it. We keep your address for 7 days, in case it is held after all, and then delete it.',
      ],
      title: 'Find another date',
      text: 'These are the dates ahead:',
      open: 'See the dates ahead',
    },
    off: {
      mark: '[Called off]',
      heading: 'The session is called off',
      opening: [
        'The session you asked about will not take place. We are sorry.',
        'This is our last e-mail about it. We keep your address for 7 days, in case it is held after all, and then delete it.',
      ],
      title: 'Find another date',
      text: 'These are the dates ahead:',
      open: 'See the dates ahead',
    },
  },
})
