import type { AlertLetterKind } from '../../../src/base/letters.ts'
import { spoken } from '../spoken.ts'

type Words = { mark: string; heading: string; opening: string[]; title: string; text: string; open: string }

/** Letters to people who asked to hear of free places. */
export const alert = spoken({
  ja: {
    subject: (mark: string, place: string) => `${mark}${place}の空きのお知らせ`,
    kinds: {
      confirm_alert: {
        mark: '【お知らせの確認】',
        heading: '空きが出たらお知らせします',
        opening: [
          '次の内容で空きが出たときに、このメールアドレスにお知らせするお申し込みがありました。',
          'お心当たりがないときは、そのままにしてください。お知らせはお送りしません。',
        ],
        title: 'お申し込みの確認',
        text: '7日以内に、次のリンクのページで「お知らせを受け取る」を押してください。開いただけでは何も決まりません。',
        open: '確認のページを開く',
      },
      place_free: {
        mark: '【空きあり】',
        heading: '予約できる回があります',
        opening: [
          'ご希望の内容に合う回が、予約できるようになりました。このメールを作成した時点の空きです。席は確保されていません。先着順のため、満席になることがあります。',
        ],
        title: 'お知らせをやめる',
        text: 'お知らせが不要なときは、次のリンクのページで「お知らせをやめる」を押してください。',
        open: 'お知らせのページを開く',
      },
      alert_over: {
        mark: '【お知らせの終了】',
        heading: '空きのお知らせの期間が終了しました',
        opening: ['次の内容の空きのお知らせは、期間が終了しました。メールアドレスは、このメールの送信後に削除します。'],
        title: 'もう一度申し込む',
        text: '引き続きお知らせが必要なときは、次のリンクからもう一度お申し込みください。',
        open: 'お申し込みのページを開く',
      },
    } satisfies Record<AlertLetterKind, Words>,
    book: 'この回を見る・予約する',
  },
  en: {
    subject: (mark, place) => `${mark} Free places in ${place}`,
    kinds: {
      confirm_alert: {
        mark: '[Please confirm]',
        heading: 'We will tell you when a place frees',
        opening: [
          'Somebody asked us to write to this address when a place frees, as below.',
          'If this was not you, there is nothing to do: you will not hear from us.',
        ],
        title: 'Confirm that it was you',
        text: 'Press “Tell me” on this page within 7 days. Opening it decides nothing.',
        open: 'Open the page to confirm',
      },
      place_free: {
        mark: '[Free places]',
        heading: 'You can book now',
        opening: [
          'What you asked for can be booked now. Places were free when we wrote this. None is kept for you, and they may go quickly.',
        ],
        title: 'Stop these e-mails',
        text: 'If you do not need them any more, press “Stop these e-mails” on this page.',
        open: 'Open the page of these e-mails',
      },
      alert_over: {
        mark: '[E-mails ended]',
        heading: 'Our e-mails about free places have ended',
        opening: ['The time for which you asked us to write is over. We delete your address after this e-mail.'],
        title: 'Sign up again',
        text: 'If you still want to hear of free places, please sign up again here.',
        open: 'Open the page to sign up',
      },
    },
    book: 'See and book this session',
  },
})
