import { spoken } from '../spoken.ts'

/** The letters that were sent. */
export const letters = spoken({
  ja: {
    title: '送信メール',
    lead: '予約した方へのメールです。送信できなかったものには理由を表示します。「届いていない」と連絡があったメールは、開いて再送できます。',
    state: '状態',
    all: 'すべて',
    go: '表示する',
    resend: 'もう一度送る',
    resent: 'もう一度送ります。',
    cannot: 'このメールは、もう一度送れません。',
    next: '次のページ',
    prev: '前のページ',
    empty: '当てはまるメールはありません。',
    booking: '予約を見る',
    preview: 'メールの見本',
    previewLead: 'この予約の方に今お送りする場合の内容です。表示するだけで、送信はされません。',
    kind: '種類',
  },
  en: {
    title: 'Letters',
    lead: 'Letters to the people who booked. If a letter could not be sent, the reason is shown. Open a letter to send it again.',
    state: 'State',
    all: 'All',
    go: 'Show',
    resend: 'Send again',
    resent: 'It will be sent again.',
    cannot: 'This letter cannot be sent again.',
    next: 'Next page',
    prev: 'Previous page',
    empty: 'No letters found.',
    booking: 'See the booking',
    preview: 'Preview of letters',
    previewLead: 'The letter as the applicant would get it now. Nothing is sent.',
    kind: 'Kind',
  },
})
