import { spoken } from '../spoken.ts'

/** The page on which people choose whether messages of the desk come. */
export const messages = spoken({
  ja: {
    title: 'お知らせの受け取り',
    gets: '窓口からのお知らせとアンケートをお届けしています。',
    none: '窓口からのお知らせとアンケートは、お届けしていません。',
    always: '予約の確認や変更、前日のご案内は、どちらの場合もお届けします。',
    stop: '今後受け取らない',
    want: 'また受け取る',
    back: 'ご予約のページへ',
    said: {
      stopped: {
        what: 'これからは、お知らせをお届けしません。',
        next: '取り消すときは「また受け取る」を押してください。',
      },
      wanted: { what: 'お知らせをお届けします。', next: 'いつでも、ここで停止できます。' },
      changed: { what: '受け付けられませんでした。', next: 'もう一度お試しください。' },
    },
  },
  en: {
    title: 'Messages',
    gets: 'You get messages and surveys from the desk.',
    none: 'You get no messages and no surveys from the desk.',
    always: 'Letters about your booking, its changes and the day before come in either case.',
    stop: 'Send me no more',
    want: 'Send them again',
    back: 'To your booking',
    said: {
      stopped: { what: 'No more messages will come.', next: 'If that was a mistake, choose “Send them again”.' },
      wanted: { what: 'Messages will come again.', next: 'You can stop them here at any time.' },
      changed: { what: 'That did not work.', next: 'Please try again.' },
    },
  },
})
